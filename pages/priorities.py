"""Priorities: which plans share priorities, and which sources show it."""

import streamlit as st

import stp_data
from ui.parts import chrome, copying
from ui.priorities import filters, page

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, filters.read(st.query_params, atlas))


chrome.start("Priorities")
chrome.title("Which plans share priorities?")
body()
copying.this_view()
chrome.footer()
