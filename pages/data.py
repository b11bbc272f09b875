"""Data and methods: files to take, what they mean, how figures were made, whose they are."""

import streamlit as st

import stp_data
from ui.data import page
from ui.parts import chrome

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, st.query_params)


chrome.start("Data and methods")
st.title("Data and methods", anchor=False)
body()
chrome.footer()
