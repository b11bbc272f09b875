"""The Finance page: its controls, and one view at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.money import gaps
from stp_data.overview import colours, shading
from stp_data.places import footprints, measures
from stp_data.places.filters import REGION
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import sharing
from ui.charts import gaps as gaps_chart
from ui.charts import show as charts
from ui.finance import filters, national, other_funding, tables
from ui.finance.filters import FinanceFilters
from ui.map import deck, picker
from ui.parts import chrome, controls, copying, html

MEASURE_OF = {scope: key for key, scope in measures.SCOPE_OF_GAP.items()}
"""Scope -> the measure that colours a map with it."""


def draw(atlas: Atlas, params: Mapping[str, str], *, narrow: bool) -> None:
    """The page below its title; in a frame, the view without its controls."""
    now = filters.read(params, atlas)
    if not chrome.embedded():
        controls.choice(atlas, filters.SHOW, now.query, "Show", labelled=False)
    SECTIONS[filters.SHOW.word(now.query)](atlas, now, narrow)


def _region(atlas: Atlas, now: FinanceFilters) -> None:
    controls.choice(atlas, REGION, now.query, "NHS region", list_=True, empty="All of England")


def _gaps(atlas: Atlas, now: FinanceFilters, narrow: bool) -> None:
    """Stated gaps: the chart or a map or the table, the sums, and gaps of other kinds."""
    finding = gaps.finding(atlas, now.wanted)
    if chrome.embedded():
        _heading(now, finding)
        _view(atlas, now, finding, narrow)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.choice(atlas, gaps.SCOPE, now.query, "What the money covers", list_=True)
        _region(atlas, now)
        controls.choice(atlas, gaps.UNIT, now.query, "Unit")
        controls.choice(atlas, gaps.SORT, now.query, "Order")
        controls.choice(atlas, filters.VIEW, now.query, "View")
        if filters.VIEW.word(now.query) == "dots":
            charts.picture_format()
    chrome.notices(now.notices)
    _heading(now, finding)
    _take_away(atlas, now, finding)
    view = filters.VIEW.word(now.query)
    if narrow or view == "table":
        if now.figure is None:
            _how_to_choose(view, narrow)
        _view(atlas, now, finding, narrow)
        if now.figure:
            _figure(atlas, now, now.figure)
    else:
        left, right = st.columns([2, 1], gap="large")
        with left:
            _view(atlas, now, finding, narrow)
        with right:
            if now.figure:
                _figure(atlas, now, now.figure)
            else:
                _how_to_choose(view, narrow)
    st.header("Sums, each within one scope", anchor="sums")
    left, right = st.columns(2, gap="large")
    with left:
        st.html(tables.sums(atlas, now.wanted))
    with right:
        st.html(tables.published_sums(atlas))
    st.header("Gaps of other kinds, never set beside those above", anchor="other-gaps")
    st.html(tables.other_gaps(atlas, now.wanted))


def _heading(now: FinanceFilters, finding: str) -> None:
    """The finding; a chart has it as its title, so that there it is only for screen readers."""
    if filters.VIEW.word(now.query) == "dots":
        st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    else:
        st.header(finding, anchor=False)


def _view(atlas: Atlas, now: FinanceFilters, finding: str, narrow: bool) -> None:
    view = filters.VIEW.word(now.query)
    if view == "dots":
        _chart(atlas, now, finding, narrow)
    elif view == "table":
        st.html(tables.every_figure(atlas, now.wanted))
    else:
        _map(atlas, now, finding)


def _chart(atlas: Atlas, now: FinanceFilters, finding: str, narrow: bool) -> None:
    chosen = now.figure.key if now.figure else ""
    charts.draw(
        gaps_chart.chart(atlas, now.wanted, charts.look_of(narrow), chosen),
        nothing=f"**{finding}.**",
        file=_file(now),
        embed={"page": "finance", **now.shared},
        table=lambda: tables.every_figure(atlas, now.wanted),
        table_label="Table: every published figure with its source",
        choices=gaps_chart.choices(atlas, now.wanted),
        chosen=chosen,
        on_pick=_open,
    )
    if missing := gaps_chart.without(atlas, now.wanted):
        st.caption(missing)


def _open(key: str) -> None:
    chrome.write(figure=key)


def _map(atlas: Atlas, now: FinanceFilters, finding: str) -> None:
    """One scope on the map or in hexes: the preferred figures for each of the people."""
    key = MEASURE_OF.get(now.wanted.scope or "")
    if key is None:
        st.markdown(
            "**Choose what the money covers** (NHS and social care, NHS only, or scope not "
            "stated) to see it on a map. One map of all scopes would set unlike things beside "
            "each other, and no figure of social care alone is preferred."
        )
        return
    dark = chrome.is_dark()
    drawn = shading.shading(atlas, key, now.query.get("region"), dark)
    chosen = footprints.all_footprints(atlas)[now.figure.code] if now.figure else None
    st.caption(
        f"{measures.measure(atlas, key).label}: preferred figures, £ for each of the people of "
        "mid-2017. A footprint left blank has no preferred figure of this scope."
    )

    def pick(code: str) -> None:
        gap = stated_figures.preferred_gaps(atlas).get(code)
        chrome.write(figure=gap.key if gap and gap.scope == now.wanted.scope else None)

    alt = f"{finding}. The table view has every figure."
    if filters.VIEW.word(now.query) == "map":
        deck.draw(
            atlas, drawn, chosen, dark=dark, narrow=True, alt=alt, on_pick=pick
        )  # fmt: skip
    else:
        picker.hexes(
            atlas, drawn, chosen,
            title=alt, accent=colours.palette(dark).chosen, on_pick=pick,
        )  # fmt: skip
    st.html(
        f"{html.legend(drawn.legend)}"
        f'<p class="stp-note">People: {html.cite(atlas, sources.PEOPLE)}. '
        "Figures: each named in the table and in the CSV.</p>"
    )


def _file(now: FinanceFilters) -> str:
    asked = urlencode(now.of_files)
    return f"download/gaps.csv{'?' if asked else ''}{asked}"


def _take_away(atlas: Atlas, now: FinanceFilters, finding: str) -> None:
    """Buttons that copy the finding and the link, and the file."""
    figures = [f for one in gaps.lines(atlas, now.wanted) for f in one.figures]
    figure = {"figure": now.figure.key} if now.figure else {}
    where = copying.address("finance", **now.shared, **figure)
    documents = len({one.source for one in figures})
    file = _file(now).replace("&", "&amp;")
    st.html(
        copying.button("Copy sentence", sharing.quotation(atlas, f"{finding}.", documents, where))
        + copying.button("Copy link", where)
        + f'<a class="stp-copy" href="{file}" download>CSV of this view</a>'
        '<a class="stp-copy" href="download/stated.csv" download>All stated figures, CSV</a>'
    )


def _how_to_choose(view: str, narrow: bool) -> None:
    how = "" if view == "dots" else " In the chart every figure can be chosen."
    by = "from the list" if narrow else "by click, or from the list below the chart"
    with st.container(key="stp_how"):
        st.markdown(
            f"**Choose a figure** {by}, to see who says so, what it covers, and which other "
            f"figures there are.{how}"
        )
        st.caption(stated_figures.PREFERENCE)


def _figure(atlas: Atlas, now: FinanceFilters, figure: Stated) -> None:
    """The source of the figure chosen."""
    background = colours.palette(chrome.is_dark()).background
    # Kept in view by style.css, over the chart below it.
    st.html(f"<style>.st-key-stp_figure {{ background: {background} }}</style>")
    with st.container(key="stp_figure", gap=None):
        st.html(tables.one_figure(atlas, figure, now.query))
        st.button("Clear the choice", on_click=lambda: chrome.write(figure=None), type="tertiary")


def _others(atlas: Atlas, now: FinanceFilters, _narrow: bool) -> None:
    """Savings, capital and regimes."""
    if not chrome.embedded():
        _region(atlas, now)
        chrome.notices(now.notices)
    region = now.wanted.region
    st.header(other_funding.finding(atlas, region), anchor=False)
    st.caption(
        "What sources state about money other than the gaps; each row names its own. An amount "
        "that is missing was not found; it is not zero."
    )
    st.html(
        copying.button(
            "Copy link", copying.address("finance", show="other", region=now.query.get("region"))
        )
        + '<a class="stp-copy" href="download/plan_sums.csv" download>These sums, CSV</a>'
        + '<a class="stp-copy" href="download/events.csv" download>All events, CSV</a>'
    )
    places = footprints.all_footprints(atlas).values()
    among = sum(region in (None, place.region) for place in places)
    st.html(other_funding.others(atlas, region, among))


def _national(atlas: Atlas, now: FinanceFilters, narrow: bool) -> None:
    """England as a whole, over the years."""
    chrome.notices(now.notices)
    national.draw(atlas, narrow=narrow, only=st.query_params.get("section"))


SECTIONS: dict[str, Callable[[Atlas, FinanceFilters, bool], None]] = {
    "gaps": _gaps,
    "other": _others,
    "national": _national,
}
"""Name in an address -> what draws it."""
