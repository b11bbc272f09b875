"""Components of our own: a script in static/ draws data and sends what a reader did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.elements.lib.layout_utils import Width

from stp_data.core.atlas import Atlas
from stp_data.evidence import documents
from ui.parts import assets

# A few lines only: what Streamlit is given here travels again at every interaction.
_LOADER = """export default c => {
import(new URL("SCRIPT", document.baseURI)).then(m => m.mount(c, "FILE"))}"""


def draw(atlas: Atlas, key: str, data: dict[str, object], on_pick: Callable[[str], None]) -> None:
    """Draw ``data`` (static/picker.js says of which kinds); a pick is a node's data-code."""
    mount(
        "stp_picker",
        assets.address("picker.js", "picker.css", "evidence.js"),
        f"app/static/{atlas.static_files.who}",
        key=key,
        data=data,
        event="picked",
        on_event=lambda code: on_pick(str(code)),
    )


def mount(
    name: str,
    script: str,
    file: str,
    *,
    key: str,
    data: dict[str, object],
    event: str,
    on_event: Callable[[object], None],
    width: Width = "stretch",
) -> None:
    """Draw ``data`` by the function ``mount`` of a script.

    ``script`` and ``file``, which the script may fetch, are addresses. ``on_event`` is given what
    the script sends as ``event``.
    """

    def sent() -> None:
        value = st.session_state[key].get(event)
        if value:
            on_event(value)

    # Made known to Streamlit once a run, before it is drawn.
    component = st.components.v2.component(
        name,
        html="<div data-holder></div>",
        js=_LOADER.replace("SCRIPT", script).replace("FILE", file),
    )
    callbacks: dict[str, Any] = {f"on_{event}_change": sent}
    component(key=key, data=data, width=width, **callbacks)


def documents_address(atlas: Atlas) -> str:
    """Where a browser fetches the list of all documents, once."""
    return f"assets/documents.json?v={documents.version(atlas)}"
