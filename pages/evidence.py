"""Evidence: what was said and holds, where sources disagree, and what was found at all."""

import streamlit as st

import stp_data
from ui import asked_evidence, chrome, copying, evidence_page

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    evidence_page.draw(atlas, asked_evidence.read(st.query_params, atlas))


chrome.start("Evidence")
st.title("Can I trust it?", anchor=False)
body()
chrome.footer()
copying.listen()
