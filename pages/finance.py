"""Finance: published gaps and other sums of the footprints, and figures for all of England."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data.core import sources
from stp_data.core.filters import Query
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
from ui.parts import chrome, controls, copying, html, screen

atlas = stp_data.load()


def _gaps(now: FinanceFilters) -> None:
    """Published gaps: chart, map or table with the source of the figure selected, and the sums."""
    finding = gaps.finding(atlas, now.gaps)
    if chrome.embedded():
        _heading(now, finding)
        _view(now, finding)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.choice(atlas, gaps.SCOPE, now.query, "What the money covers", list_=True)
        _region(now)
        controls.choice(atlas, gaps.UNIT, now.query, "Unit")
        controls.choice(atlas, gaps.SORT, now.query, "Order")
        controls.choice(atlas, filters.VIEW, now.query, "View")
        if now.view == "dots":
            charts.picture_format()
    chrome.notices(now.notices)
    _heading(now, finding)
    _take_away(now, finding)
    if is_narrow or now.view == "table":
        if now.figure is None:
            _how_to_select(now)
        _view(now, finding)
        if now.figure:
            _figure(now.figure, now.query)
    else:
        left, right = st.columns([2, 1], gap="large")
        with left:
            _view(now, finding)
        with right:
            if now.figure:
                _figure(now.figure, now.query)
            else:
                _how_to_select(now)
    st.header("Totals by coverage", anchor="sums")
    left, right = st.columns(2, gap="large")
    left.html(tables.totals(atlas, now.gaps))
    right.html(tables.published_sums(atlas))
    st.header("Other gap measures (not comparable with those above)", anchor="other-gaps")
    st.html(tables.other_gaps(atlas, now.gaps))


def _region(now: FinanceFilters) -> None:
    controls.choice(atlas, REGION, now.query, "NHS region", list_=True, empty="All of England")


def _heading(now: FinanceFilters, finding: str) -> None:
    """The finding; a chart has it as its title, so that there it is only for screen readers."""
    if now.view == "dots":
        st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    else:
        st.header(finding, anchor=False)


def _view(now: FinanceFilters, finding: str) -> None:
    if now.view == "table":
        st.html(tables.every_figure(atlas, now.gaps))
    elif now.view == "dots":
        selected = now.figure.key if now.figure else ""
        charts.draw(
            gaps_chart.chart(atlas, now.gaps, charts.look_of(is_narrow), selected),
            nothing=f"**{finding}.**",
            file=_file(now),
            embed={"page": "finance", **now.of_view},
            table=lambda: tables.every_figure(atlas, now.gaps),
            table_label="Table: every published figure with its source",
            choices=gaps_chart.choices(atlas, now.gaps),
            chosen=selected,
            on_pick=lambda key: chrome.write(figure=key),
        )
        if missing := gaps_chart.without(atlas, now.gaps):
            st.caption(missing)
    else:
        _map(now, f"{finding}. The table view has every figure.")


def _map(now: FinanceFilters, alt: str) -> None:
    """One coverage on the map or in hexes: the figures we use, per person."""
    key = {scope: key for key, scope in measures.SCOPE_OF_GAP.items()}.get(now.gaps.scope or "")
    if key is None:
        st.markdown(
            "**Choose what the money covers** (NHS and social care, NHS only, or scope not stated) "
            "to see a map. Figures with different coverage can't be compared on one map, and we "
            "use no figure for social care alone."
        )
        return
    dark = chrome.is_dark()
    drawn = shading.shading(atlas, key, now.query.get("region"), dark)
    selected = footprints.all_footprints(atlas)[now.figure.code] if now.figure else None
    st.caption(
        f"{measures.measure(atlas, key).label}: the figures we use, £ per person, mid-2017. Blank: "
        "no figure with this coverage."
    )

    def pick(code: str) -> None:
        gap = stated_figures.preferred_gaps(atlas).get(code)
        chrome.write(figure=gap.key if gap and gap.scope == now.gaps.scope else None)

    if now.view == "map":
        deck.draw(atlas, drawn, selected, dark=dark, narrow=True, alt=alt, on_pick=pick)
    else:
        accent = colours.palette(dark).chosen
        picker.hexes(atlas, drawn, selected, title=alt, accent=accent, on_pick=pick)
    st.html(
        f"{html.legend(drawn.legend)}"
        f'<p class="stp-note">People: {html.cite(atlas, sources.PEOPLE)}. '
        "Figures: each source is in the table and the CSV.</p>"
    )


def _file(now: FinanceFilters) -> str:
    asked = urlencode(now.of_file)
    return f"download/gaps.csv{'?' if asked else ''}{asked}"


def _take_away(now: FinanceFilters, finding: str) -> None:
    """Buttons that copy the finding and the link, and the files."""
    figure = {"figure": now.figure.key} if now.figure else {}
    where = copying.address("finance", **now.of_view, **figure)
    documents = len({one.source for one in gaps.figures(atlas, now.gaps)})
    st.html(
        copying.button("Copy sentence", sharing.quotation(atlas, f"{finding}.", documents, where))
        + copying.button("Copy link", where)
        + f'<a class="stp-copy" href="{escape(_file(now))}" download>CSV of this view</a>'
        '<a class="stp-copy" href="download/stated.csv" download>All stated figures, CSV</a>'
    )


def _how_to_select(now: FinanceFilters) -> None:
    how = "" if now.view == "dots" else " In the chart you can select every figure."
    by = "from the list" if is_narrow else "in the chart, or from the list below it"
    with st.container(key="stp_how"):
        st.markdown(
            f"**Select a figure** {by}, to see its source, what it covers and other published "
            f"figures.{how}"
        )
        st.caption(stated_figures.PREFERENCE)


def _figure(figure: Stated, query: Query) -> None:
    """The source of the figure selected."""
    background = colours.palette(chrome.is_dark()).background
    # Kept in view by style.css, over the chart below it.
    st.html(f"<style>.st-key-stp_figure {{ background: {background} }}</style>")
    with st.container(key="stp_figure", gap=None):
        st.html(tables.one_figure(atlas, figure, query))
        st.button("Clear selection", on_click=lambda: chrome.write(figure=None), type="tertiary")


def _other_funding(now: FinanceFilters) -> None:
    if not chrome.embedded():
        _region(now)
        chrome.notices(now.notices)
    st.header(other_funding.finding(atlas, now.gaps.region), anchor=False)
    st.caption("Money other than the gaps. An amount that we didn't find isn't zero.")
    link = copying.address("finance", show="other", region=now.query.get("region"))
    st.html(
        copying.button("Copy link", link)
        + '<a class="stp-copy" href="download/plan_sums.csv" download>These sums, CSV</a>'
        + '<a class="stp-copy" href="download/events.csv" download>All events, CSV</a>'
    )
    st.html(other_funding.sections(atlas, now.gaps.region))


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def _body() -> None:
    """Everything that a choice on this page changes; in a frame, without its controls."""
    now = filters.read(st.query_params, atlas)
    if not chrome.embedded():
        controls.choice(atlas, filters.SHOW, now.query, "Show", labelled=False)
    match filters.SHOW.word(now.query):
        case "gaps":
            _gaps(now)
        case "other":
            _other_funding(now)
        case _:
            chrome.notices(now.notices)
            national.draw(atlas, is_narrow=is_narrow, only=st.query_params.get("section"))


chrome.start("Finance")
chrome.title("Funding gaps")
is_narrow = screen.is_narrow()
_body()
copying.this_view(framed=False)
chrome.footer()
