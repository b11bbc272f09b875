"""The Timeline page: its controls, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.history import publication_dates, reported_events, successor_bodies, waves
from stp_data.history.reported_events import Happening
from stp_data.overview import colours
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from stp_data.priorities import sharing
from ui.charts import events, publication, successors
from ui.charts import show as charts
from ui.parts import chrome, controls, copying, drawing
from ui.timeline import filters, tables
from ui.timeline.filters import AT_ONCE, AskedTimeline

SHOW, VIEW, WHO, FLOWS = "show", "view", "who", "flows"
AREA, KIND, FROM, TO = "timeline_area", "timeline_kind", "timeline_from", "timeline_to"


def draw(atlas: Atlas, now: AskedTimeline, *, narrow: bool) -> None:
    """The page below its title; in a frame, the chart of the section alone."""
    if chrome.embedded():
        _CHARTS[now.show](atlas, now, narrow)
        return
    _one_of(SHOW, now.show, filters.SECTIONS, "Show", mark=None, page=None)
    if now.show == "events":
        _controls(atlas, now)
    chrome.notices(now.notices)
    _SECTIONS[now.show](atlas, now, narrow)


def _one_of(
    name: str, chosen: str, words: Mapping[str, str], label: str, **besides: str | None
) -> None:
    """A control for a choice of a few words; ``besides`` is written with a change of it."""
    controls.one_of(
        label, words, chosen,
        key=name, write=lambda word: chrome.write(**{name: word}, **besides),
    )  # fmt: skip


def _controls(atlas: Atlas, now: AskedTimeline) -> None:
    """National or local, footprint, kind and years; each begins the list anew."""
    places, kinds = footprints.all_footprints(atlas), reported_events.kinds(atlas)
    years = [str(year) for year in reported_events.years(atlas)]
    wanted = now.wanted
    st.session_state[AREA] = wanted.code
    st.session_state[KIND] = now.kind
    st.session_state[FROM] = str(wanted.since) if wanted.since else None
    st.session_state[TO] = str(wanted.until) if wanted.until else None

    def area_changed() -> None:
        place = places.get(st.session_state[AREA])
        chrome.write(area=place.slug if place else None, page=None)

    def changed(name: str, key: str) -> Callable[[], None]:
        return lambda: chrome.write(**{name: st.session_state[key]}, page=None)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        _one_of(WHO, wanted.who, reported_events.WHO, "Whose events", page=None)
        st.selectbox(
            "Footprint", list(places), format_func=lambda code: places[code].name, index=None,
            placeholder="All 44 footprints", key=AREA, on_change=area_changed, width=300,
        )  # fmt: skip
        st.selectbox(
            "Kind", list(kinds), format_func=kinds.__getitem__, index=None,
            placeholder="All kinds", key=KIND, on_change=changed("kind", KIND), width=180,
        )  # fmt: skip
        st.selectbox(
            "From", [y for y in years if not wanted.until or int(y) <= wanted.until], index=None,
            placeholder=years[0], key=FROM, on_change=changed("from", FROM), width=110,
        )  # fmt: skip
        st.selectbox(
            "To", [y for y in years if not wanted.since or int(y) >= wanted.since], index=None,
            placeholder=years[-1], key=TO, on_change=changed("to", TO), width=110,
        )  # fmt: skip


def _filters(now: AskedTimeline) -> dict[str, str | None]:
    """The filters of the list as they stand in an address."""
    wanted = now.wanted
    return {
        "area": now.footprint.slug if now.footprint else None,
        "kind": now.kind,
        "who": None if wanted.who == "both" else wanted.who,
        "from": str(wanted.since) if wanted.since else None,
        "to": str(wanted.until) if wanted.until else None,
    }


def _file(**asked: str | None) -> str:
    """Address of the CSV with these filters."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"download/timeline.csv{'?' if query else ''}{query}"


def _to_copy(atlas: Atlas, finding: str, documents: int, **query: str | None) -> str:
    """Buttons that copy the finding, with what it rests on, and the link."""
    where = copying.address("timeline", **query)
    quotation = sharing.quotation(atlas, f"{finding}.", documents, where)
    return copying.button("Copy sentence", quotation) + copying.button("Copy link", where)


def _heading(finding: str) -> None:
    """The finding for screen readers and for whoever jumps by headings: the chart shows it."""
    st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')


def _pick(mark: str) -> None:
    chrome.write(mark=mark)


def _how(now: AskedTimeline, what: str, narrow: bool) -> None:
    """Above a chart: how to choose a mark, and in which format pictures are saved."""
    by = "from the list" if narrow else "by click, or from the list below the chart"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        charts.picture_format()
        if not now.mark:
            st.caption(f"Choose {what} {by}, to see its sources.")


def _events(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """The chart of the events asked for, and the list."""
    finding = reported_events.sentence(atlas, now.wanted, now.found)
    if not now.found:
        st.header(finding, anchor=False)
        st.markdown(f"{wording.NOT_NONE}. Remove a filter to see more.")
        return
    _how(now, "an event", narrow)
    if now.mark:
        st.html(tables.one_event(atlas, now.mark))
    _events_chart(atlas, now, narrow)
    documents = {key for one in now.found for event in one.told for key in event.sources}
    st.header("List of events", anchor="list")
    st.caption(reported_events.ORDER)
    page = str(now.page) if now.page > 1 else None
    file = _file(**_filters(now)).replace("&", "&amp;")
    st.html(
        _to_copy(atlas, finding, len(documents), **_filters(now), page=page)
        + f'<a class="stp-copy" href="{file}" download>CSV of this list</a>'
        + _place_link(now.footprint)
        + tables.listing(atlas, _on_this_page(now))
    )
    _paging(now)


def _on_this_page(now: AskedTimeline) -> tuple[Happening, ...]:
    first = (now.page - 1) * AT_ONCE
    return now.found[first : first + AT_ONCE]


def _events_chart(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """Its table is the list below it."""
    finding = reported_events.sentence(atlas, now.wanted, now.found)
    _heading(finding)
    charts.draw(
        events.chart(atlas, now.found, finding, charts.look_of(narrow), now.mark),
        nothing=f"**{finding}.** None of them has a date.",
        file=_file(**_filters(now)),
        embed={
            "page": "timeline", **{name: word for name, word in _filters(now).items() if word},
        },
        # The events of the list below: more would travel with every choice.
        choices=events.choices(atlas, _on_this_page(now)),
        chosen=now.mark,
        on_pick=_pick,
    )  # fmt: skip


def _place_link(place: Footprint | None) -> str:
    """The way to what else a footprint's page dates."""
    if place is None:
        return ""
    return (
        f'<a class="stp-copy" href="footprint?area={place.slug}#happened" target="_self">'
        "Its rating, capital and boards</a>"
    )


def _paging(now: AskedTimeline) -> None:
    """Buttons to the pages before and after."""
    pages = filters.pages_of(len(now.found))
    if pages == 1:
        return

    def turn(page: int) -> None:
        chrome.write(page=str(page) if page > 1 else None)

    with st.container(horizontal=True, vertical_alignment="center"):
        if now.page > 1:
            st.button(f"Previous {AT_ONCE}", key="previous", on_click=turn, args=(now.page - 1,))
        if now.page < pages:
            left = len(now.found) - now.page * AT_ONCE
            st.button(f"Next {min(AT_ONCE, left)}", key="next", on_click=turn, args=(now.page + 1,))
        st.caption(f"Page {now.page} of {pages}: events by date, the CSV has all of them")


def _plans(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """When each plan was published, by whom, and which leaked."""
    finding = publication_dates.finding(atlas)
    _one_of(VIEW, now.view, filters.VIEWS, "View", mark=None)
    documents = {
        said.source
        for code in publication_dates.in_order(atlas)
        for one in publication_dates.releases(atlas, code)
        for said in one.said
    }
    said = publication_dates.first_sentence(atlas)
    to_copy = _to_copy(atlas, finding, len(documents), show="plans")
    if now.view == "table":
        st.header(finding, anchor=False)
        st.markdown(said)
        st.html(to_copy)
        st.html(tables.plans_table(atlas))
        st.html('<a class="stp-copy" href="download/publications.csv" download>CSV</a>')
        return
    _how(now, "a date", narrow)
    if now.mark:
        st.html(tables.one_release(atlas, now.mark))
    _plans_chart(atlas, now, narrow)
    st.html(to_copy)
    st.markdown(said)
    st.caption(publication.without_a_date(atlas))


def _plans_chart(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    finding = publication_dates.finding(atlas)
    _heading(finding)
    look = charts.look_of(narrow)
    charts.draw(
        publication.chart(atlas, publication_dates.in_order(atlas), look, now.mark),
        nothing=f"**{finding}.**",
        file="download/publications.csv",
        embed={"page": "timeline", "show": "plans"},
        table=lambda: tables.plans_table(atlas),
        table_label="Table: every date with its sources",
        choices=publication.choices(atlas),
        chosen=now.mark,
        on_pick=_pick,
    )


def _waves(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """Which footprint in which wave."""
    documents = {
        key
        for wave in waves.WAVES
        for one in waves.members(atlas, wave).values()
        for event in one.told
        for key in event.sources
    }
    finding = waves.finding(atlas)
    st.header(finding, anchor=False)
    st.html(_to_copy(atlas, finding, len(documents), show="waves") + copying.EMBED)
    if now.mark:
        st.html(tables.one_wave(atlas, now.mark))
    else:
        st.caption("Choose a hex to see its sources here.")
    _waves_chart(atlas, now, narrow)
    st.html(tables.waves_table(atlas) + tables.in_no_wave(atlas))


def _waves_chart(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """Small maps of hexes, drawn by the server."""
    drawing.draw(
        atlas, "waves", {}, narrow=narrow, file=_file(kind="integrated-care"),
        headed=chrome.embedded(), chosen=now.mark,
        accent=colours.palette(chrome.is_dark()).chosen, on_pick=_pick,
    )  # fmt: skip


def _became(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    """The path from footprints to boards."""
    finding = successor_bodies.finding(atlas)
    cited = {flow.source for flow in successor_bodies.flows(atlas)} | {sources.PEOPLE}
    to_copy = _to_copy(atlas, finding, len(cited), show="became")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _one_of(VIEW, now.view, filters.VIEWS, "View", mark=None)
        if now.view == "chart":
            _one_of(FLOWS, now.flows, filters.FLOWS, "Footprints")
    if now.view == "table":
        st.header(finding, anchor=False)
        st.html(to_copy + '<a class="stp-copy" href="download/successors.csv" download>CSV</a>')
        st.html(tables.became_table(atlas))
        return
    _how(now, "a flow", narrow)
    if now.mark:
        st.html(tables.one_flow(atlas, now.mark))
    _became_chart(atlas, now, narrow)
    st.html(to_copy)


def _became_chart(atlas: Atlas, now: AskedTimeline, narrow: bool) -> None:
    finding = successor_bodies.finding(atlas)
    _heading(finding)
    flows = successor_bodies.flows(atlas) if now.flows == "all" else successor_bodies.changed(atlas)
    charts.draw(
        successors.chart(atlas, flows, charts.look_of(narrow), now.mark),
        nothing=f"**{finding}.**",
        file="download/successors.csv",
        embed={"page": "timeline", "show": "became", "flows": now.flows},
        table=lambda: tables.became_table(atlas),
        table_label="Table: every share with its source",
        choices=successors.choices(atlas, flows),
        chosen=now.mark,
        on_pick=_pick,
    )


Section = Callable[[Atlas, AskedTimeline, bool], None]
_SECTIONS: dict[str, Section] = {
    "events": _events,
    "plans": _plans,
    "waves": _waves,
    "became": _became,
}
_CHARTS: dict[str, Section] = {
    "events": _events_chart,
    "plans": _plans_chart,
    "waves": _waves_chart,
    "became": _became_chart,
}
"""What a frame on another site shows of each section."""
