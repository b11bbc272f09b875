"""Evidence: what was said and holds, where sources disagree, and what was found at all."""

import streamlit as st

import stp_data
from ui.evidence import filters, page
from ui.parts import chrome, copying

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    page.draw(atlas, filters.read(st.query_params, atlas))


chrome.start("Evidence")
st.title("Can I trust it?", anchor=False)
body()
chrome.footer()
copying.listen()
