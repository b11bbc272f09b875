"""Compare: two to five footprints side by side."""

import streamlit as st

import stp_data
from stp_data import comparing, footprints
from stp_data.priorities import Rules
from ui import address, chrome, compare_page

atlas = stp_data.load()
places = footprints.all_footprints(atlas)
KEY = "areas"


def write_areas() -> None:
    """Take the chosen footprints into the address."""
    slugs = [places[code].slug for code in st.session_state[KEY]]
    chrome.write(areas=",".join(slugs) or None)


chrome.start("Compare")
st.title("Us and them", anchor=False)
chosen, notices = address.read_areas(st.query_params, atlas)
st.session_state[KEY] = list(chosen)
st.multiselect(
    "Footprints to compare, two to five",
    list(places),
    format_func=lambda code: places[code].name,
    key=KEY,
    max_selections=comparing.MOST,
    on_change=write_areas,
)
chrome.notices(notices)
if len(chosen) < comparing.FEWEST:
    st.markdown("Choose at least two footprints to set them side by side.")
else:
    st.header("Who, what and what money", anchor=False)
    st.html(compare_page.at_a_glance(atlas, chosen))
    st.html(compare_page.gaps(atlas, chosen))
    st.header("Where they differ most", anchor=False)
    st.html(compare_page.differences(atlas, chosen))
    st.header("What their plans put first", anchor=False)
    st.html(compare_page.themes(atlas, chosen, Rules()))
    st.html(compare_page.changes(atlas, chosen))
chrome.footer()
