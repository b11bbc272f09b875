"""Data and methods: files to download, what they mean, how figures were made, whose they are."""

from __future__ import annotations

from html import escape

import streamlit as st

import stp_data
from stp_data.core import texts
from stp_data.core.errors import DataError
from stp_data.core.filters import Query, lenient
from ui.data import parts
from ui.parts import chrome, controls, prose

atlas = stp_data.load()
DOCUMENTS = {
    "methods": "docs/methods.md",
    "licences": "LICENCE-DATA.md",
    "corrections": "docs/corrections.md",
    "accessibility": "docs/accessibility.md",
    "about": "docs/about.md",
    "new-here": "docs/new-here.md",
    "glossary": "docs/glossary.md",
}
"""Parts that are a document of the repository."""


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    query, notices = lenient(atlas, (parts.SHOW, parts.TABLE), st.query_params)
    controls.choice(atlas, parts.SHOW, query, "Show", labelled=False, table=None)
    chrome.notices(notices)
    show = parts.SHOW.word(query)
    if show == "downloads":
        st.header("Downloads", anchor=False)
        st.html(parts.downloads(atlas))
    elif show == "dictionary":
        dictionary(query)
    else:
        try:
            document(show)
        except DataError as error:
            chrome.notices([f"This text cannot be shown. {error}."])


def document(show: str) -> None:
    """One of DOCUMENTS; with the licences, that of the code."""
    prose.draw(texts.read(DOCUMENTS[show]))
    if show == "licences":
        paragraphs = (part.strip() for part in texts.plain("LICENSE").split("\n\n"))
        said = "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)
        st.subheader("Licence of the code", anchor="licence-of-the-code")
        st.html(f'<div class="stp-prose">{said}</div>')


def dictionary(query: Query) -> None:
    """Every measure, and the columns of the table that is chosen."""
    st.header("Dictionary", anchor=False)
    st.html('<div class="stp-prose"><h3>Tables and columns</h3></div>')
    controls.choice(
        atlas, parts.TABLE, query, "Table", list_=True, empty="Choose a table", width=600
    )  # fmt: skip
    if table := parts.TABLE.word(query):
        st.html(f'<div class="stp-fold">{parts.fields_of(atlas, table)}</div>')
    st.html(parts.measures_listed(atlas))


chrome.start("Data and methods")
st.title("Data and methods", anchor=False)
body()
chrome.footer()
