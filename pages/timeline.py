"""Timeline: what happened when, in England and in each footprint."""

import streamlit as st

import stp_data
from ui.parts import chrome, copying, screen
from ui.timeline import filters, page

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, filters.read(st.query_params, atlas), narrow=narrow)


chrome.start("Timeline")
chrome.title("What happened when?")
narrow = screen.is_narrow()
body()
copying.this_view(framed=False)
chrome.footer()
