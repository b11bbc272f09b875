"""Buttons that copy a sentence or a link."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ui.parts import assets

# On two lines: Streamlit takes a single one for the name of a file.
_LOADER = """export default () => {
import(new URL("SCRIPT", document.baseURI)) }"""


EMBED = '<button type="button" class="stp-copy" data-copy-as="embed">Copy code to embed</button>'
"""A button that copies the code which frames the drawing that the address bar shows."""


def listen() -> None:
    """Make the buttons of this page work: once a run, before or after they are drawn."""
    script = _LOADER.replace("SCRIPT", assets.address("copy.js"))
    st.components.v2.component("stp_copy", js=script)(key="copy", height=1)


def button(label: str, text: str) -> str:
    """HTML of a button that copies ``text``."""
    attributes = f'type="button" class="stp-copy" data-copy="{escape(text)}"'
    return f"<button {attributes}>{escape(label)}</button>"


def file(name: str, label: str) -> str:
    """HTML of a link that downloads a file; ``name`` is what follows "download/"."""
    return f'<a class="stp-copy" href="download/{escape(name)}" download>{escape(label)}</a>'


def finding(words: str, page: str, /, **query: str | None) -> str:
    """HTML of buttons that copy a finding with the address of what shows it, and the address."""
    where = address(page, **query)
    return button("Copy sentence", f"{words}. STP Atlas, {where}") + button("Copy link", where)


def this_view(*, framed: bool = True) -> None:
    """Buttons for what the address bar shows, outside of what a choice changes.

    ``framed`` adds the code to embed the view; each Plotly chart has code of its own.
    """
    listen()
    if st.context.is_embedded:
        return
    st.html(
        '<p class="stp-note"><button type="button" class="stp-copy" data-copy-as="share">'
        f"Copy link with preview</button>{EMBED if framed else ''}</p>"
    )


def address(page: str, /, **query: str | None) -> str:
    """The full address of a page of ours, as the reader's browser knows the site.

    Parameters that are None are left out.
    """
    here = urlsplit(st.context.url or "")
    path = f"{here.path.rpartition('/')[0]}/{page}"
    asked = urlencode({name: value for name, value in query.items() if value}, safe=",:")
    return urlunsplit((here.scheme, here.netloc, path, asked, ""))
