"""Compare: two to five footprints side by side."""

import streamlit as st

import stp_data
from stp_data import comparing, footprints
from ui import address, chrome, compare_page, copying

atlas = stp_data.load()
places = footprints.all_footprints(atlas)
KEY = "areas"


def write_areas() -> None:
    """Take the chosen footprints into the address."""
    slugs = [places[code].slug for code in st.session_state[KEY]]
    chrome.write(areas=",".join(slugs) or None)


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    chosen, notices = address.read_areas(st.query_params, atlas)
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
    chrome.notices(notices)
    if len(chosen) < comparing.FEWEST:
        fewer(chosen)
        return
    st.header(compare_page.headline(atlas, chosen), anchor=False)
    slugs = ",".join(places[code].slug for code in chosen)
    st.html(
        compare_page.links(atlas, chosen)
        + copying.button("Copy link", copying.address("compare", areas=slugs))
    )
    st.header("Who, and what became of them", anchor=False)
    st.html(compare_page.at_a_glance(atlas, chosen))
    st.header("Where they differ most", anchor=False)
    st.html(compare_page.differences(atlas, chosen))
    st.header("Priorities of their plans", anchor=False)
    st.html(compare_page.themes(atlas, chosen))
    st.html(compare_page.changes(atlas, chosen))
    st.header("The money that was said to be short", anchor=False)
    st.html(compare_page.gaps(atlas, chosen))


def fewer(chosen: tuple[str, ...]) -> None:
    """What to do when there is nothing to compare yet."""
    if not chosen:
        st.markdown("Choose at least two footprints to set them side by side.")
        return
    place = places[chosen[0]]
    st.header(f"Whom to set beside {place.name}?", anchor=False)
    st.html(compare_page.suggestions(atlas, place))


chrome.start("Compare")
st.title("Us and them", anchor=False)
body()
chrome.footer()
copying.listen()
