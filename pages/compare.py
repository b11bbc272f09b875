"""Compare: two to five footprints side by side."""

from __future__ import annotations

import streamlit as st

import stp_data
from stp_data.overview import comparing
from stp_data.places import footprints
from ui.charts import compare, show
from ui.compare import tables
from ui.compare.tables import Codes
from ui.parts import address, chrome, copying, screen

atlas = stp_data.load()
places = footprints.all_footprints(atlas)
CHARTS = {
    "measures": (
        compare.scores, tables.differences, "Table: every measure",
        "No measure has a figure for them.",
    ),
    "themes": (
        compare.themes, tables.themes, "Table: every theme with its sources",
        "We found no theme for any of them in the documents we read.",
    ),
    "gaps": (
        compare.stated_gaps, tables.gaps, "Table: every stated gap with its source",
        "We found no yearly gap for any of them in the sources we read.",
    ),
}  # fmt: skip
"""Part of the file, and ``section`` in a frame -> chart, table, its label, what is said without."""


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    codes, notices = address.read_areas(st.query_params, atlas)
    if not chrome.embedded():
        choose(codes)
    chrome.notices(notices)
    if not codes:
        st.markdown("Choose at least two footprints to compare.")
    elif len(codes) < comparing.FEWEST:
        st.header(f"Suggested comparisons for {places[codes[0]].name}", anchor=False)
        st.html(tables.suggestions(atlas, places[codes[0]]))
    elif chrome.embedded():
        only = st.query_params.get("section", "")
        for name in [only] if only in CHARTS else CHARTS:
            draw(codes, name)
    else:
        comparison(codes)


def choose(codes: Codes) -> None:
    """The control that chooses footprints."""
    key = "areas"
    st.session_state[key] = list(codes)

    def write() -> None:
        chrome.write(areas=slugs(st.session_state[key]) or None)

    st.multiselect(
        "Footprints (2 to 5)",
        list(places),
        format_func=lambda code: places[code].name,
        key=key,
        max_selections=comparing.MOST,
        placeholder="Choose by name",
        on_change=write,
    )


def slugs(codes: Codes) -> str:
    """Footprints as an address names several."""
    return ",".join(places[code].slug for code in codes)


def comparison(codes: Codes) -> None:
    """All parts, in their order."""
    where = copying.address("compare", areas=slugs(codes))
    st.html(tables.links(atlas, codes) + copying.button("Copy link", where))
    show.picture_format()
    st.header("Where they differ most", anchor=False)
    draw(codes, "measures")
    st.header("Priorities in the plans", anchor=False)
    draw(codes, "themes")
    with st.expander("Proposed service changes", key="changes", on_change="rerun") as folded:
        if folded.open:
            st.html(tables.proposed_changes(atlas, codes))
    st.header("Stated funding gaps", anchor=False)
    draw(codes, "gaps")
    if missing := tables.without_gaps(atlas, codes):
        st.caption(missing)
    st.header("Overview and successor bodies", anchor=False)
    st.html(tables.overview(atlas, codes))


def draw(codes: Codes, name: str) -> None:
    """One of CHARTS, with its table."""
    chart, table, label, nothing = CHARTS[name]
    show.draw(
        chart(atlas, codes, show.look_of(narrow)),
        nothing=nothing,
        file=f"download/compare.csv?areas={slugs(codes)}&part={name}",
        embed={"page": "compare", "areas": slugs(codes), "section": name},
        table=lambda: table(atlas, codes),
        table_label=label,
    )


chrome.start("Compare")
chrome.title("Compare footprints")
narrow = screen.is_narrow()
body()
chrome.footer()
copying.listen()
