"""Timeline: events, publication of the plans, integrated care, and successor bodies."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data import Atlas
from stp_data.core import sources, wording
from stp_data.core.filters import Choice
from stp_data.history import events, publication_dates, successor_bodies, waves
from stp_data.overview import colours
from stp_data.places.filters import AREA
from stp_data.priorities import sharing
from ui.charts import events as events_chart
from ui.charts import publication, successors
from ui.charts.look import Chart
from ui.charts.show import look_of
from ui.parts import chrome, controls, copying, drawing, screen
from ui.parts.cells import footprint_link
from ui.timeline import charts, filters, tables
from ui.timeline.filters import AT_ONCE, TimelineFilters

atlas = stp_data.load()


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    now = filters.read(st.query_params, atlas)
    show = filters.SHOW.word(now.query)
    if not chrome.embedded():
        controls.choice(
            atlas, filters.SHOW, now.query, "Show", labelled=False, mark=None, page=None
        )
        if show == "events":
            event_controls(now)
        chrome.notices(now.notices)
    SECTIONS[show](now)


def event_controls(now: TimelineFilters) -> None:
    """National or local, footprint, kind and years; each begins the list anew."""
    since, until = now.query.get("from", ""), now.query.get("to", "9999")
    years = list(events.years(atlas))

    def within(choice: Choice, low: str, high: str) -> Choice:
        return replace(
            choice, options=lambda _: {year: year for year in years if low <= year <= high}
        )

    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.choice(atlas, events.WHO, now.query, "Events", labelled=False, page=None)
        for choice, label, width, empty in (
            (AREA, "Footprint", 300, "All 44 footprints"),
            (events.KIND, "Kind", 180, "All kinds"),
            (within(events.SINCE, "", until), "From", 110, years[0]),
            (within(events.UNTIL, since, "9999"), "To", 110, years[-1]),
        ):
            controls.choice(
                atlas, choice, now.query, label, list_=True, width=width, empty=empty, page=None
            )


def copy_buttons(finding: str, cited: int, query: Mapping[str, str]) -> str:
    """Buttons that copy the finding, with what it rests on, and the link."""
    where = copying.address("timeline", **query)
    quotation = sharing.quotation(atlas, f"{finding}.", cited, where)
    return copying.button("Copy sentence", quotation) + copying.button("Copy link", where)


def show_events(now: TimelineFilters) -> None:
    """The chart of the events asked for, and the list."""
    finding = events.sentence(atlas, now.query, now.found)
    if not now.found:
        st.header(finding, anchor=False)
        st.markdown(f"{wording.NOT_NONE}. Remove a filter to see more.")
        return
    query = now.of_files
    file = f"download/timeline.csv?{urlencode(query)}".rstrip("?")
    listed = now.found[(now.page - 1) * AT_ONCE :][:AT_ONCE]
    chart = events_chart.chart(atlas, now.found, finding, look_of(narrow), now.mark)
    # Only the events of the list below can be chosen by name: more would travel with every choice.
    choices = events_chart.choices(atlas, listed)
    charts.draw(atlas, now, chart, finding, "an event", tables.event, file, query, choices)
    if chrome.embedded():
        return
    st.header("List of events", anchor="list")
    st.caption(events.ORDER)
    page = {"page": str(now.page)} if now.page > 1 else {}
    st.html(
        copy_buttons(finding, len(events.cited(now.found)), {**query, **page})
        + f'<a class="stp-copy" href="{escape(file)}" download>CSV of this list</a>'
        + tables.listing(atlas, listed)
    )
    controls.paging(now.page, len(now.found), AT_ONCE)
    if area := query.get("area"):
        more = footprint_link(area, "Rating, capital and successor bodies", "happened")
        st.html(f'<p class="stp-note">{more}</p>')


def show_plans(now: TimelineFilters) -> None:
    """When each plan was published, and by whom."""
    chart_or_table(
        now, publication_dates.finding(atlas), "a date", tables.release, "publications",
        publication.chart(atlas, look_of(narrow), now.mark), publication.choices(atlas),
        tables.publication_table, len(publication_dates.cited(atlas)),
        said=publication_dates.first_sentence(atlas), note=publication.without_a_date(atlas),
    )  # fmt: skip


def show_successors(now: TimelineFilters) -> None:
    """The path from footprints to boards."""
    every = successor_bodies.flows(atlas)
    is_all = filters.FLOWS.word(now.query) == "all"
    flows = every if is_all else successor_bodies.changed(atlas)
    chart_or_table(
        now, successor_bodies.finding(atlas), "a flow", tables.flow, "successors",
        successors.chart(atlas, flows, look_of(narrow), now.mark),
        successors.choices(atlas, flows), tables.successors_table,
        len({sources.PEOPLE, *(flow.source for flow in every)}),
    )  # fmt: skip


def chart_or_table(
    now: TimelineFilters,
    finding: str,
    what: str,
    chosen: Callable[[Atlas, Any], str],
    name: str,
    chart: Chart | None,
    choices: Mapping[str, str],
    table: Callable[[Atlas], str],
    cited: int,
    said: str = "",
    note: str = "",
) -> None:
    """A chart or its table, with what can be copied."""
    query = {name: word for name, word in now.query.items() if name in ("show", "flows")}
    file, embedded = f"download/{name}.csv", chrome.embedded()
    is_table = filters.VIEW.word(now.query) == "table" and not embedded
    if not embedded:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            controls.choice(atlas, filters.VIEW, now.query, "View", labelled=False, mark=None)
            if what == "a flow" and not is_table:
                controls.choice(atlas, filters.FLOWS, now.query, "Footprints", labelled=False)
    if is_table:
        st.header(finding, anchor=False)
    else:
        whole = partial(table, atlas)
        charts.draw(atlas, now, chart, finding, what, chosen, file, query, choices, whole)
    if embedded:
        return
    st.html(copy_buttons(finding, cited, query))
    if said:
        st.markdown(said)
        st.caption(note)
    if is_table:
        st.html(f'<a class="stp-copy" href="{file}" download>CSV</a>{table(atlas)}')


def show_waves(now: TimelineFilters) -> None:
    """Which footprint was in which wave, as small maps drawn by the server."""
    finding, embedded = waves.finding(atlas), chrome.embedded()
    if not embedded:
        st.header(finding, anchor=False)
        cited = len(waves.cited(atlas))
        st.html(copy_buttons(finding, cited, {"show": "waves"}) + copying.EMBED)
        if now.mark:
            wave, event = filters.MARKS["waves"](atlas)[now.mark]
            st.html(tables.event(atlas, event, f", {wave.label.lower()}"))
        else:
            st.caption("Select a hex to see its sources here.")
    drawing.draw(
        atlas, "waves", {}, narrow=narrow, file="download/timeline.csv?kind=integrated-care",
        headed=embedded, chosen=now.mark, accent=colours.palette(chrome.is_dark()).chosen,
        on_pick=lambda mark: chrome.write(mark=mark),
    )  # fmt: skip
    if not embedded:
        st.html(tables.waves_table(atlas))


SECTIONS: dict[str, Callable[[TimelineFilters], None]] = {
    "events": show_events,
    "plans": show_plans,
    "waves": show_waves,
    "became": show_successors,
}
"""Name in an address -> what draws it; in a frame, the chart alone."""

chrome.start("Timeline")
chrome.title("Timeline")
narrow = screen.is_narrow()
body()
copying.this_view(framed=False)
chrome.footer()
