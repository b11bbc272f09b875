"""Timeline: events, publication of the plans, integrated care, and successor bodies."""

from collections.abc import Callable, Mapping
from dataclasses import replace
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
from ui.charts import show as charts
from ui.charts.look import Chart
from ui.parts import chrome, controls, copying, drawing, screen
from ui.timeline import filters, tables
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


def how_to_choose(now: TimelineFilters, what: str) -> None:
    """How to select a mark, and in which format pictures are saved."""
    by = "from the list" if narrow else "in the chart, or from the list below it"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        charts.picture_format()
        if not now.mark:
            st.caption(f"Select {what} {by}, to see its sources.")


def pick(mark: str) -> None:
    """Open the sources of a mark, or the events that a circle counts."""
    kind, _, year = mark.partition(":")
    if kind in events.kinds(atlas):
        chrome.write(who="local", kind=kind, mark=None, page=None, **{"from": year, "to": year})
    else:
        chrome.write(mark=mark)


def copy_buttons(finding: str, cited: int, query: Mapping[str, str | None]) -> str:
    """Buttons that copy the finding, with what it rests on, and the link."""
    where = copying.address("timeline", **query)
    quotation = sharing.quotation(atlas, f"{finding}.", cited, where)
    return copying.button("Copy sentence", quotation) + copying.button("Copy link", where)


def draw_chart(
    now: TimelineFilters,
    chart: Chart | None,
    finding: str,
    file: str,
    query: Mapping[str, str],
    choices: Mapping[str, str],
    table: Callable[[], str] | None = None,
) -> None:
    """A chart, whose title is also a heading for those who jump by headings."""
    st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    charts.draw(
        chart, nothing=f"**{finding}.** None of them has a date.", file=file,
        embed={"page": "timeline", **query}, table=table, choices=choices, chosen=now.mark,
        on_pick=pick,
    )  # fmt: skip


def show_events(now: TimelineFilters) -> None:
    """The chart of the events asked for, and the list."""
    finding = events.sentence(atlas, now.query, now.found)
    if not now.found:
        st.header(finding, anchor=False)
        st.markdown(f"{wording.NOT_NONE}. Remove a filter to see more.")
        return
    embedded, query = chrome.embedded(), now.of_files
    asked = urlencode(query)
    file = f"download/timeline.csv{'?' if asked else ''}{asked}"
    listed = now.found[(now.page - 1) * AT_ONCE :][:AT_ONCE]
    if not embedded:
        how_to_choose(now, "an event")
        if now.mark:
            st.html(tables.event(atlas, events.by_mark(atlas)[now.mark]))
    chart = events_chart.chart(atlas, now.found, finding, charts.look_of(narrow), now.mark)
    # Only the events of the list below: more would travel with every choice.
    draw_chart(now, chart, finding, file, query, events_chart.choices(atlas, listed))
    if embedded:
        return
    st.header("List of events", anchor="list")
    st.caption(events.ORDER)
    page = str(now.page) if now.page > 1 else None
    more = ""
    if area := query.get("area"):
        more = (
            f'<a class="stp-copy" href="footprint?area={area}#happened" target="_self">'
            "Rating, capital and successor bodies</a>"
        )
    st.html(
        copy_buttons(finding, len(events.cited(now.found)), {**query, "page": page})
        + f'<a class="stp-copy" href="{escape(file)}" download>CSV of this list</a>'
        + more
        + tables.listing(atlas, listed)
    )
    controls.paging(now.page, len(now.found), AT_ONCE)


def show_plans(now: TimelineFilters) -> None:
    """When each plan was published, and by whom."""
    chart_or_table(
        now,
        publication_dates.finding(atlas),
        publication.chart(atlas, charts.look_of(narrow), now.mark),
        publication.choices(atlas),
        tables.publication_table,
        tables.release,
        file="publications",
        what="a date",
        cited=publication_dates.cited(atlas),
        said=publication_dates.first_sentence(atlas),
        note=publication.without_a_date(atlas),
    )


def show_successors(now: TimelineFilters) -> None:
    """The path from footprints to boards."""
    every = successor_bodies.flows(atlas)
    is_all = filters.FLOWS.word(now.query) == "all"
    flows = every if is_all else successor_bodies.changed(atlas)
    chart_or_table(
        now,
        successor_bodies.finding(atlas),
        successors.chart(atlas, flows, charts.look_of(narrow), now.mark),
        successors.choices(atlas, flows),
        tables.successors_table,
        tables.flow,
        file="successors",
        what="a flow",
        cited={sources.PEOPLE, *(flow.source for flow in every)},
    )


def chart_or_table(
    now: TimelineFilters,
    finding: str,
    chart: Chart | None,
    choices: Mapping[str, str],
    table: Callable[[Atlas], str],
    chosen: Callable[[Atlas, Any], str],
    *,
    file: str,
    what: str,
    cited: set[str],
    said: str = "",
    note: str = "",
) -> None:
    """A chart or its table, with what can be copied."""
    query = {name: word for name, word in now.query.items() if name in ("show", "flows")}
    file = f"download/{file}.csv"
    is_table = filters.VIEW.word(now.query) == "table"
    if not chrome.embedded():
        with st.container(horizontal=True, vertical_alignment="bottom"):
            controls.choice(atlas, filters.VIEW, now.query, "View", labelled=False, mark=None)
            if what == "a flow" and not is_table:
                controls.choice(atlas, filters.FLOWS, now.query, "Footprints", labelled=False)
        if is_table:
            st.header(finding, anchor=False)
            st.markdown(said)
            link = f'<a class="stp-copy" href="{file}" download>CSV</a>'
            st.html(copy_buttons(finding, len(cited), query) + link + table(atlas))
            return
        how_to_choose(now, what)
        if now.mark:
            st.html(chosen(atlas, filters.MARKS[query["show"]](atlas)[now.mark]))
    draw_chart(now, chart, finding, file, query, choices, lambda: table(atlas))
    if not chrome.embedded():
        st.html(copy_buttons(finding, len(cited), query))
        if said:
            st.markdown(said)
            st.caption(note)


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
        on_pick=pick,
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
