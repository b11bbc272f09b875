"""Relate: two measures of the 44 footprints against each other."""

import streamlit as st

import stp_data
from ui.parts import chrome, copying, screen
from ui.relate import page

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, st.query_params, narrow=narrow)


chrome.start("Relate two measures")
chrome.title("Relate two measures")
narrow = screen.is_narrow()
body()
copying.this_view(framed=False)
chrome.footer()
