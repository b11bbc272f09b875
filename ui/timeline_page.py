"""The Timeline page: its controls, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from stp_data import became, colours, footprints, happenings, publishing, sharing, sources, waves
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from ui import asked_timeline, chart, chrome, controls, copying, screen, timeline_tables
from ui.asked_timeline import AT_ONCE, AskedTimeline

SHOW, VIEW, WHO = "show", "view", "who"
AREA, KIND, FROM, TO = "timeline_area", "timeline_kind", "timeline_from", "timeline_to"


def draw(atlas: Atlas, now: AskedTimeline) -> None:
    """The page below its title; in a frame, the section without its controls."""
    if chrome.embedded():
        _SECTIONS[now.show](atlas, now)
        return
    _one_of(SHOW, now.show, asked_timeline.SECTIONS, "Show", mark=None, page=None)
    if now.show == "events":
        _controls(atlas, now)
    chrome.notices(now.notices)
    _SECTIONS[now.show](atlas, now)


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
    places, kinds = footprints.all_footprints(atlas), happenings.kinds(atlas)
    years = [str(year) for year in happenings.years(atlas)]
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
        _one_of(WHO, wanted.who, happenings.WHO, "Whose events", page=None)
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


def _events(atlas: Atlas, now: AskedTimeline) -> None:
    """The strip of national events, and the list."""
    finding = happenings.sentence(atlas, now.wanted, now.found)
    st.header(finding, anchor=False)
    if now.wanted.who != "local":
        _chart(atlas, now, "national-events", _file(who="national"), narrow=screen.is_narrow())
        if now.mark:
            st.html(timeline_tables.one_event(atlas, int(now.mark)))
    if not now.found:
        st.markdown(
            "None was found in the sources read; that is not a no. Take a filter off to see more."
        )
        return
    documents = {key for one in now.found for event in one.told for key in event.sources}
    first = (now.page - 1) * AT_ONCE
    shown = now.found[first : first + AT_ONCE]
    st.caption(happenings.ORDER)
    page = str(now.page) if now.page > 1 else None
    file = _file(**_filters(now)).replace("&", "&amp;")
    st.html(
        _to_copy(atlas, finding, len(documents), **_filters(now), page=page)
        + f'<a class="stp-copy" href="{file}" download>CSV of this list</a>'
        + _place_link(now.footprint)
        + timeline_tables.listing(atlas, shown)
    )
    _paging(now)


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
    pages = asked_timeline.pages_of(len(now.found))
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


def _chart(atlas: Atlas, now: AskedTimeline, name: str, file: str, *, narrow: bool) -> None:
    """A chart whose marks write themselves into the address; the page has its heading."""
    chart.draw(
        atlas, name, {}, narrow=narrow, file=file, headed=False, chosen=now.mark,
        accent=colours.palette(chrome.is_dark()).chosen,
        on_pick=lambda mark: chrome.write(mark=mark),
    )  # fmt: skip


def _plans(atlas: Atlas, now: AskedTimeline) -> None:
    """Who published first, by whom, and which leaked."""
    finding = publishing.finding(atlas)
    st.header(finding, anchor=False)
    st.markdown(publishing.first_sentence(atlas))
    _one_of(VIEW, now.view, asked_timeline.VIEWS, "View", mark=None)
    documents = {
        said.source
        for code in publishing.in_order(atlas)
        for one in publishing.releases(atlas, code)
        for said in one.said
    }
    st.html(_to_copy(atlas, finding, len(documents), show="plans"))
    if now.view == "table":
        st.html(timeline_tables.plans_table(atlas))
        st.html('<a class="stp-copy" href="download/publications.csv" download>CSV</a>')
        return
    if now.mark:
        st.html(timeline_tables.one_release(atlas, now.mark))
    else:
        st.caption("Choose a mark to see its sources here.")
    _chart(atlas, now, "publications", "download/publications.csv", narrow=screen.is_narrow())


def _waves(atlas: Atlas, now: AskedTimeline) -> None:
    """Which footprint in which wave."""
    finding = waves.finding(atlas)
    st.header(finding, anchor=False)
    documents = {
        key
        for wave in waves.WAVES
        for one in waves.members(atlas, wave).values()
        for event in one.told
        for key in event.sources
    }
    st.html(_to_copy(atlas, finding, len(documents), show="waves"))
    if now.mark:
        st.html(timeline_tables.one_wave(atlas, now.mark))
    else:
        st.caption("Choose a hex to see what sources say of it here.")
    _chart(atlas, now, "waves", _file(kind="integrated-care"), narrow=screen.is_narrow())
    st.html(timeline_tables.waves_table(atlas) + timeline_tables.in_no_wave(atlas))


def _became(atlas: Atlas, now: AskedTimeline) -> None:
    """The path from footprints to boards."""
    finding = became.finding(atlas)
    st.header(finding, anchor=False)
    cited = {flow.source for flow in became.flows(atlas)} | {sources.PEOPLE}
    st.html(_to_copy(atlas, finding, len(cited), show="became"))
    # Bands and names have no room on a phone.
    if screen.is_narrow():
        st.html('<a class="stp-copy" href="download/successors.csv" download>CSV</a>')
    else:
        if now.mark:
            st.html(timeline_tables.one_flow(atlas, now.mark))
        else:
            st.caption("Choose a band to see its figures and sources here.")
        _chart(atlas, now, "became", "download/successors.csv", narrow=False)
    st.html(timeline_tables.became_table(atlas))


_SECTIONS: dict[str, Callable[[Atlas, AskedTimeline], None]] = {
    "events": _events,
    "plans": _plans,
    "waves": _waves,
    "became": _became,
}
