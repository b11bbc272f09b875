"""The one component of our own: draws data in the browser and says what a reader picked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from stp_data import documents
from stp_data.atlas import Atlas
from ui import assets

# A few lines only: what Streamlit is given here travels again at every interaction.
_LOADER = """export default c => {
import(new URL("SCRIPT", document.baseURI)).then(m => m.mount(c, "WHO"))}"""


def draw(atlas: Atlas, key: str, data: dict[str, object], on_pick: Callable[[str], None]) -> None:
    """Draw ``data`` (static/picker.js says of which kinds); a pick is a node's data-code."""

    def picked() -> None:
        code = st.session_state[key].picked
        if code:
            on_pick(str(code))

    _component(atlas)(key=key, data=data, on_picked_change=picked)


def _component(atlas: Atlas) -> Callable[..., object]:
    """Make the component known to Streamlit: once a run, before it is drawn."""
    script = _LOADER.replace("SCRIPT", assets.address("picker.js", "picker.css", "evidence.js"))
    script = script.replace("WHO", f"app/static/{atlas.static_files.who}")
    return st.components.v2.component("stp_picker", html="<div data-holder></div>", js=script)


def documents_address(atlas: Atlas) -> str:
    """Where a browser fetches the list of all documents, once."""
    return f"assets/documents.json?v={documents.version(atlas)}"
