"""One footprint: who lives there, who is at the table, what was promised, what it became."""

import streamlit as st

import stp_data
from stp_data.places import footprints
from ui.footprint import page
from ui.parts import address, chrome, copying, search

atlas = stp_data.load()
place = address.read_place(st.query_params, atlas)


def pick(code: str) -> None:
    """Show another footprint; the address remembers it."""
    chrome.write(area=footprints.all_footprints(atlas)[code].slug)


chrome.start(place.footprint.name if place.footprint else "Footprint")
left, right = st.columns([1.6, 1], gap="large", vertical_alignment="bottom")
with left:
    st.title(place.footprint.name if place.footprint else "Choose a footprint", anchor=False)
with right:
    search.box(atlas, pick)
search.results(atlas, pick)
chrome.notices(place.notices)
if place.footprint is None:
    page.choose(atlas)
else:
    copying.listen()
    page.draw(atlas, place.footprint)
chrome.footer()
