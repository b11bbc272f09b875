"""Explore, the home page: where the 44 are and how they differ."""

from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data.core import texts
from stp_data.core.filters import Query
from stp_data.overview import subject
from stp_data.overview.subject import MEASURE, PRIORITIES, THEME, Subject
from stp_data.places import footprints, measures
from stp_data.places.filters import REGION
from stp_data.places.footprints import Footprint
from ui.map import filters, panel, picker
from ui.map.filters import VIEW
from ui.parts import address, chrome, controls, copying, html, prose, screen, search

atlas = stp_data.load()
# Short, because the list travels at every change.
AIMS = {
    "the place": "Place",
    "health and wellbeing": "Health",
    "care and quality": "Care",
    "finance and efficiency": "Finance",
}


def pick(code: str) -> None:
    """Choose a footprint; the address remembers it."""
    chrome.write(area=footprints.all_footprints(atlas)[code].slug)


def pick_in_view(code: str) -> None:
    """Choose a footprint on the map, in the hexes or in the table."""
    st.session_state["search_was_cleared"] = search.clear()
    pick(code)


def measure_label(key: str) -> str:
    """What a measure is called in the list."""
    if key == PRIORITIES:
        return "Plan: Priorities found"
    one = measures.mapped(atlas)[key]
    return f"{AIMS[one.aim]}: {one.label}"


def show_controls(query: Query) -> None:
    """Search, measure, theme, region and view, in a row or on a phone one below the other."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search.box(atlas, pick)
        controls.choice(
            atlas, MEASURE, query, "Measure",
            list_=True, width=370, names=measure_label, theme=None,
        )  # fmt: skip
        if MEASURE.word(query) == PRIORITIES:
            controls.choice(
                atlas, THEME, query, "Theme", list_=True, width=240, empty="All, counted"
            )
        controls.choice(
            atlas, REGION, query, "NHS region", list_=True, width=240, empty="All of England"
        )
        controls.choice(atlas, VIEW, query, "View")
    search.results(atlas, pick)


def show_figure(query: Query, chosen: Footprint | None, shown: Subject) -> None:
    """The finding, and the map, hexes or table that proves it, with legend, source and files."""
    st.header(shown.finding, anchor=False)
    st.caption(shown.subtitle, help=shown.explanation)
    view = VIEW.word(query)
    alt = f"{shown.finding}. The table view has every figure."
    if view == "table":
        picker.table(atlas, shown, chosen, on_pick=pick_in_view)
    else:
        picker.map_or_hexes(
            atlas, view, shown.shading, chosen, narrow=narrow, alt=alt, on_pick=pick_in_view
        )
    inset = " Top right: London, three times as large." if view == "map" else ""
    links = {"CSV of this view": csv_address(query)}
    if view != "table":
        asked = urlencode(asked_of_files(query))
        links |= {kind.upper(): f"chart/{view}.{kind}?{asked}" for kind in ("png", "svg")}
    files = " · ".join(
        f'<a href="{where.replace("&", "&amp;")}" download>{words}</a>'
        for words, where in links.items()
    )
    st.html(
        f"{html.legend(shown.shading.legend)}"
        f'<p class="stp-note">{source(query, shown)}{inset} {files}</p>'
    )


def asked_of_files(query: Query) -> Query:
    """What charts and files are asked for, the measure always."""
    return {"measure": MEASURE.word(query), **themes_and_region(query)}


def themes_and_region(query: Query) -> Query:
    """What the Priorities page and files take as well."""
    return {one.name: query[one.name] for one in (THEME, REGION) if one.name in query}


def csv_address(query: Query) -> str:
    """The CSV with the same figures."""
    asked = asked_of_files(query)
    if asked["measure"] != PRIORITIES:
        return f"download/view.csv?{urlencode(asked)}"
    del asked["measure"]
    return f"download/shared.csv?{urlencode(asked)}" if "theme" in asked else "download/matrix.csv"


def source(query: Query, shown: Subject) -> str:
    """Who says so; of themes, where each source is named."""
    if shown.sources:
        checked = html.checked(atlas, f"measure:{MEASURE.word(query)}", measures.ENGLAND)
        return f"Source: {html.cite_few(atlas, shown.sources)}.{checked}"
    listed = f"priorities?{urlencode(themes_and_region(query))}".replace("&", "&amp;")
    return f'Each source is on the <a href="{listed}" target="_self">Priorities page</a>.'


def show_chosen(footprint: Footprint | None) -> None:
    """The summary of the chosen footprint, or how to choose one."""
    if footprint is None:
        st.markdown(
            "**Choose a footprint** on the map, in the hexes, in the table or by name, to see its "
            "population, member organisations, leader, plan and published shortfall."
        )
        st.caption(
            "Footprints were the areas of the Sustainability and Transformation Plans that the "
            "NHS and councils in England made from 2016. These are the 44 of April 2017."
        )
        return
    st.html(panel.panel(atlas, footprint.code))
    st.button("Clear selection", on_click=lambda: chrome.write(area=None), type="tertiary")


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    if not chrome.embedded():
        show_controls(filters.read(dict(st.query_params), atlas)[0])
    show_view()


# A fragment of its own: a footprint picked in the view changes no widget above it.
@st.fragment
def show_view() -> None:
    """The finding, the map or table, and the summary of the chosen footprint."""
    if st.session_state.pop("search_was_cleared", False):
        st.rerun()
    query, notices = filters.read(dict(st.query_params), atlas)
    chosen = address.footprint(atlas, query)
    shown = subject.subject(atlas, query, dark=chrome.is_dark())
    if chrome.embedded():
        show_figure(query, chosen, shown)
        return
    chrome.notices(notices)
    left, right = st.columns([1.6, 1], gap="large")
    with right:
        show_chosen(chosen)
    with left:
        show_figure(query, chosen, shown)


chrome.start("Explore")
chrome.title("England's 44 footprints")
narrow = screen.is_narrow()
body()
if not chrome.embedded():
    # Streamlit's own expander fetches a font of icons, as large as a quarter of the first visit.
    st.html(
        "<details class=stp-new><summary>New here? What an STP was, in five sentences</summary>"
        f"<p>{prose.linked(texts.read('docs/new-here.md').opening)}</p>"
        '<p><a href="data?show=new-here" target="_self">Two minutes through the atlas</a> · '
        '<a href="data?show=glossary" target="_self">Words used here</a></p></details>'
    )
copying.this_view()
chrome.footer()
