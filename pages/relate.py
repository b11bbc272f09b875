"""Relate: two measures of the 44 footprints against each other."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data.core import wording
from stp_data.overview import comparing, correlation
from stp_data.overview.correlation import Related
from stp_data.places import footprints
from stp_data.places.filters import AREA
from ui.charts import relate, show
from ui.parts import chrome, controls, copying, screen
from ui.parts.cells import line
from ui.relate import filters, tables
from ui.relate.filters import RelateView

atlas = stp_data.load()
places = footprints.all_footprints(atlas)


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes; in a frame, the chart alone."""
    view = filters.read(st.query_params, atlas)
    found = correlation.related(atlas, view.x, view.y)
    if chrome.embedded():
        scatter(view, found)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for axis, label in ((correlation.X, "Horizontal axis"), (correlation.Y, "Vertical axis")):
            controls.choice(atlas, axis, view.query, label, list_=True, width=330)
        controls.choice(
            atlas, AREA, view.query, "Highlighted footprint",
            list_=True, empty="Type a name", width=250,
        )  # fmt: skip
        show.picture_format()
    chrome.notices(view.notices)
    where = copying.address("relate", **view.query)
    said = f" {correlation.coefficient(found)}" if found.codes else ""
    quotation = f"{correlation.finding(found)}.{said} STP Atlas, {wording.data_of(atlas)}, {where}"
    st.html(copying.button("Copy sentence", quotation) + copying.button("Copy link", where))
    if narrow:
        scatter(view, found)
        rank_correlation(found)
        selection(view)
        return
    left, right = st.columns([2, 1], gap="large")
    with left:
        scatter(view, found)
    with right:
        selection(view)
        rank_correlation(found)


def scatter(view: RelateView, found: Related) -> None:
    """The chart, with what is missing from it."""
    finding = correlation.finding(found)
    st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    marked = view.marked
    show.draw(
        relate.chart(
            atlas, view.x, view.y, show.look_of(narrow), marked.code if marked else "",
            view.selected,
        ),
        nothing=f"**{finding}.** Choose another measure.",
        file=file_of(view, "x", "y"),
        embed={"page": "relate", **view.query},
        table=lambda: tables.table(atlas, view.x, view.y),
        table_label="Table: every figure with its source",
        on_pick=lambda code: chrome.write(area=places[code].slug),
        on_area=select,
    )  # fmt: skip
    if marked and found.codes and marked.code in found.missing:
        absent = [one.in_sentence for one in found.missing[marked.code]]
        st.markdown(f"{marked.name} has no figure for {wording.listed(absent)}.")
    if not chrome.embedded() and (missing := tables.without_figure(atlas, found)):
        st.caption(missing)


def file_of(view: RelateView, *names: str) -> str:
    """Address of the CSV with these of the choices."""
    asked = urlencode({k: word for k, word in view.query.items() if k in names}, safe=",")
    return f"download/relate.csv?{asked}".rstrip("?")


def select(codes: tuple[str, ...]) -> None:
    """List these footprints beside the chart."""
    chrome.write(areas=filters.slugs(atlas, codes) or None)


def rank_correlation(found: Related) -> None:
    """The coefficient and what it does not say."""
    if found.codes:
        st.header("Rank correlation", anchor=False)
        st.html(
            line(f"<b>{escape(correlation.coefficient(found))}</b>")
            + "".join(line(escape(said)) for said in correlation.cautions(found))
        )


def selection(view: RelateView) -> None:
    """The footprints selected, with what to do with them."""
    st.header("Selected footprints", anchor=False)
    st.markdown("Use the lasso or box tool above the chart, or choose names here.")
    key = "relate_areas"
    st.session_state[key] = list(view.selected)
    st.multiselect(
        "Footprints",
        [place.code for place in footprints.by_name(atlas)],
        format_func=lambda code: places[code].short_name,
        key=key,
        placeholder="Type a name",
        on_change=lambda: select(tuple(st.session_state[key])),
        label_visibility="collapsed",
    )
    number = len(view.selected)
    if not number:
        return
    link = line(f"To compare footprints, select {comparing.FEWEST} to {comparing.MOST}.")
    if comparing.FEWEST <= number <= comparing.MOST:
        where = f"compare?areas={view.query['areas']}"
        link = line(f'<a href="{where}" target="_self">Compare these {number} footprints</a>')
    file = escape(file_of(view, "x", "y", "areas"))
    csv = f'<a class="stp-copy" href="{file}" download>CSV of this selection</a>'
    st.html(link + csv + tables.table(atlas, view.x, view.y, view.selected))
    st.button("Clear selection", on_click=lambda: chrome.write(areas=None), type="tertiary")


chrome.start("Relate two measures")
chrome.title("Relate two measures")
narrow = screen.is_narrow()
body()
copying.this_view(framed=False)
chrome.footer()
