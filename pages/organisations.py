"""Organisations: who sits in which footprint, and which sources say so."""

import streamlit as st

import stp_data
from ui import asked_bodies, chrome, copying, organisations_page

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    organisations_page.draw(atlas, asked_bodies.read(st.query_params, atlas))


chrome.start("Organisations")
st.title("Who sits in which footprint?", anchor=False)
copying.listen()
body()
chrome.footer()
