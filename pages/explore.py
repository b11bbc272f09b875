"""Explore, the home page: where the 44 are and how they differ."""

import streamlit as st

import stp_data
from stp_data.core import texts
from stp_data.overview import colours
from stp_data.overview.subject import PRIORITIES, Subject, subject
from stp_data.places import footprints, measures
from stp_data.priorities import themes_named
from ui.map import deck, panel, picker
from ui.parts import address, chrome, copying, html, prose, screen, search

atlas = stp_data.load()
catalogue, regions = measures.mapped(atlas), footprints.regions(atlas)
themes = themes_named.themes(atlas)

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


def write_choice() -> None:
    """Take the widgets' values into the address, leaving defaults out of it."""
    measure, view, region = (st.session_state[key] for key in ("measure", "view", "region"))
    chrome.write(
        measure=None if measure == measures.DEFAULT else measure,
        theme=st.session_state["theme"] if measure == PRIORITIES else None,
        view=None if view == address.DEFAULT_VIEW else view,
        region=region,
    )


def label(key: str) -> str:
    """What a measure is called in the list."""
    if key == PRIORITIES:
        return "Plan: Priorities found"
    return f"{AIMS[catalogue[key].aim]}: {catalogue[key].label}"


def controls(by_theme: bool) -> None:
    """Search, measure, theme, region and view, in a row or on a phone one below the other."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search.box(atlas, pick)
        st.selectbox(
            "Measure",
            [*catalogue, PRIORITIES],
            format_func=label,
            key="measure",
            on_change=write_choice,
            width=370,
        )
        if by_theme:
            st.selectbox(
                "Theme",
                list(themes),
                format_func=lambda key: themes[key].label,
                key="theme",
                on_change=write_choice,
                placeholder="All, counted",
                index=None,
                width=240,
            )
        st.selectbox(
            "NHS region",
            list(regions),
            format_func=lambda key: regions[key],
            key="region",
            on_change=write_choice,
            placeholder="All of England",
            index=None,
            width=240,
        )
        st.segmented_control(
            "View",
            list(address.VIEWS),
            format_func=lambda key: address.VIEWS[key],
            key="view",
            on_change=write_choice,
            required=True,
        )
    search.results(atlas, pick)


def drawing(choice: address.Choice, shown: Subject, dark: bool) -> None:
    """The map, the hexes or the table, with legend and source."""
    accent = colours.palette(dark).chosen
    alt = f"{shown.finding}. The table view has every figure."
    match choice.view:
        case "map":
            deck.draw(
                atlas, shown.shading, choice.footprint,
                dark=dark, narrow=narrow, alt=alt, on_pick=pick_in_view,
            )  # fmt: skip
        case "hexes":
            picker.hexes(
                atlas, shown.shading, choice.footprint,
                title=alt, accent=accent, on_pick=pick_in_view,
            )  # fmt: skip
        case _:
            picker.table(
                atlas, shown.label, shown.figures, shown.shading, choice.footprint,
                title=shown.subtitle, accent=accent, on_pick=pick_in_view,
            )  # fmt: skip
    inset = " Top right: London, three times as large." if choice.view == "map" else ""
    st.html(
        f"{html.legend(shown.shading.legend)}"
        f'<p class="stp-note">{_source(choice, shown)}{inset} '
        f'<a href="download/{_file(choice)}" download>CSV of this view</a>{_pictures(choice)}'
    )


def _source(choice: address.Choice, shown: Subject) -> str:
    """Who says so; of themes, where each source is named."""
    if shown.sources:
        checked = html.checked(atlas, f"measure:{choice.measure}", measures.ENGLAND)
        return f"Source: {html.cite_few(atlas, shown.sources)}.{checked}"
    listed = f"priorities?theme={choice.theme or ''}{_region(choice)}"
    return f'Each source is on the <a href="{listed}" target="_self">Priorities page</a>.'


def _file(choice: address.Choice) -> str:
    """The CSV with the same figures."""
    if choice.measure != PRIORITIES:
        return f"view.csv?measure={choice.measure}{_region(choice)}"
    return f"shared.csv?theme={choice.theme}{_region(choice)}" if choice.theme else "matrix.csv"


def _pictures(choice: address.Choice) -> str:
    """The drawing as a file; the table is one already."""
    if choice.view == "table":
        return ""
    theme = f"&theme={choice.theme}" if choice.theme else ""
    asked = f"chart/{choice.view}.KIND?measure={choice.measure}{theme}{_region(choice)}"
    return "".join(
        f' · <a href="{asked.replace("KIND", kind)}" download>{kind.upper()}</a>'
        for kind in ("png", "svg")
    )


def _region(choice: address.Choice) -> str:
    return "" if choice.region is None else f"&region={choice.region}"


def chosen(footprint: footprints.Footprint | None) -> None:
    """The summary of the chosen footprint, or how to choose one."""
    if footprint is None:
        st.markdown(
            "**Choose a footprint** on the map, in the hexes, in the table or by name, to see who "
            "lives there, who is at the table, who led it, and what money the plan said was short."
        )
        st.caption(
            "Footprints were the areas of the Sustainability and Transformation Plans that the "
            "NHS and councils in England made from 2016. These are the 44 of April 2017."
        )
        return
    st.html(panel.panel(atlas, footprint.code))
    st.button("Clear the choice", on_click=lambda: chrome.write(area=None), type="tertiary")


def figure(choice: address.Choice, shown: Subject, dark: bool) -> None:
    """The finding, and the drawing that proves it."""
    st.header(shown.finding, anchor=False)
    st.caption(shown.subtitle, help=shown.explanation)
    drawing(choice, shown, dark)


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    choice = address.read_choice(st.query_params, atlas)
    # Widgets follow the address, which alone knows what the reader chose.
    st.session_state["measure"] = choice.measure
    st.session_state["view"] = choice.view
    st.session_state["region"] = choice.region
    st.session_state["theme"] = choice.theme
    if not chrome.embedded():
        controls(choice.measure == PRIORITIES)
    view()


# A fragment of its own: a footprint picked in the view changes no widget above it.
@st.fragment
def view() -> None:
    """The finding, the map or table, and the summary of the chosen footprint."""
    if st.session_state.pop("search_was_cleared", False):
        st.rerun()
    choice = address.read_choice(st.query_params, atlas)
    dark = chrome.is_dark()
    shown = subject(atlas, choice.measure, choice.theme, choice.region, dark=dark)
    if chrome.embedded():
        figure(choice, shown, dark)
        return
    chrome.notices(choice.notices)
    left, right = st.columns([1.6, 1], gap="large")
    with right:
        chosen(choice.footprint)
    with left:
        figure(choice, shown, dark)


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
