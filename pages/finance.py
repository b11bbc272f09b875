"""Finance: what money was said to be short, asked for and given, and who says so."""

import streamlit as st

import stp_data
from ui.finance import page
from ui.parts import chrome, copying, screen

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, st.query_params, narrow=narrow)


chrome.start("Finance")
chrome.title("What money was short, and who says so?")
narrow = screen.is_narrow()
body()
copying.this_view(framed=False)
chrome.footer()
