"""Organisations: who sits in which footprint, and which sources say so."""

import streamlit as st

import stp_data
from ui.organisations import filters, page
from ui.parts import chrome, copying

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, filters.read(st.query_params, atlas))


chrome.start("Organisations")
st.title("Who sits in which footprint?", anchor=False)
copying.listen()
body()
chrome.footer()
