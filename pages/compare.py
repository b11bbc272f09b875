"""Compare: two to five footprints side by side."""

import streamlit as st

import stp_data
from stp_data.overview import comparing
from stp_data.places import footprints
from ui.compare import charts, tables
from ui.parts import address, chrome, copying, screen

atlas = stp_data.load()
places = footprints.all_footprints(atlas)
KEY = "areas"


def write_areas() -> None:
    """Take the chosen footprints into the address."""
    slugs = [places[code].slug for code in st.session_state[KEY]]
    chrome.write(areas=",".join(slugs) or None)


def choice(chosen: tuple[str, ...]) -> None:
    """The control that chooses footprints."""
    st.session_state[KEY] = list(chosen)
    st.multiselect(
        "Footprints to compare, two to five",
        list(places),
        format_func=lambda code: places[code].name,
        key=KEY,
        max_selections=comparing.MOST,
        placeholder="Choose by name",
        on_change=write_areas,
    )


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    chosen, notices = address.read_areas(st.query_params, atlas)
    if not chrome.embedded():
        choice(chosen)
    chrome.notices(notices)
    if len(chosen) < comparing.FEWEST:
        fewer(chosen)
        return
    charts.draw(atlas, chosen, narrow=narrow)
    if chrome.embedded():
        return
    st.header("Who, and what became of them", anchor=False)
    st.html(tables.at_a_glance(atlas, chosen))


def fewer(chosen: tuple[str, ...]) -> None:
    """What to do when there is nothing to compare yet."""
    if not chosen:
        st.markdown("Choose at least two footprints to set them side by side.")
        return
    place = places[chosen[0]]
    st.header(f"Whom to set beside {place.name}?", anchor=False)
    st.html(tables.suggestions(atlas, place))


chrome.start("Compare")
chrome.title("Us and them")
narrow = screen.is_narrow()
body()
chrome.footer()
copying.listen()
