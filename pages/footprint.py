"""One footprint: people, members, plan, money, what happened and what it is like."""

import streamlit as st

import stp_data
from stp_data.places import footprints
from ui.footprint import head, sections
from ui.parts import address, chrome, copying, search

atlas = stp_data.load()
place = address.read_place(st.query_params, atlas)
chosen = place.footprint


def pick(code: str) -> None:
    """Show another footprint; the address remembers it."""
    chrome.write(area=footprints.all_footprints(atlas)[code].slug)


chrome.start(chosen.name if chosen else "Footprint")
left, right = st.columns([1.6, 1], gap="large", vertical_alignment="bottom")
with left:
    st.title(chosen.name if chosen else "Choose a footprint", anchor=False)
with right:
    search.box(atlas, pick)
search.results(atlas, pick)
chrome.notices(place.notices)
if chosen is None:
    for region in footprints.regions(atlas).values():
        st.header(region, anchor=False)
        st.html(head.footprints_of(atlas, region))
else:
    copying.listen()
    contents = {name: title for name, (title, _) in sections.SECTIONS.items()}
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        st.html(head.head(atlas, chosen.code, contents) + head.citation(atlas, chosen))
    with right:
        st.html(head.location(atlas, chosen.code))
    for name, title in contents.items():
        st.header(title, anchor=name)
        st.html(sections.section(atlas, chosen.code, name))
    st.html(head.before_and_after(atlas, chosen.code, ", again"))
chrome.footer()
