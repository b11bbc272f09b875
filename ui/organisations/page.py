"""The Organisations page: its controls, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import organisations
from stp_data.organisations.members import TYPES
from stp_data.organisations.organisations import Body, Wanted
from stp_data.places import footprints
from stp_data.priorities import sharing
from ui.organisations import filters, tables
from ui.organisations.filters import AT_ONCE, AskedBodies
from ui.parts import chrome, controls, copying

SEARCH, TYPE, REGION, AREA, SHOW = "body_search", "body_type", "body_region", "body_area", "show"
TABLES = (
    '<a class="stp-copy" href="download/organisations.csv" download>All bodies, CSV</a>'
    '<a class="stp-copy" href="download/memberships.csv" download>All memberships, CSV</a>'
)


def draw(atlas: Atlas, now: AskedBodies) -> None:
    """The page below its title."""
    controls.one_of(
        "Show", filters.SECTIONS, now.show,
        key=SHOW, write=lambda word: chrome.write(show=word),
    )  # fmt: skip
    if now.show == "bodies":
        _controls(atlas, now)
    chrome.notices(now.notices)
    _SECTIONS[now.show](atlas, now)


def _narrow(**choices: str | None) -> None:
    """Take a filter into the address; the list begins anew, and no body is chosen."""
    chrome.write(**choices, body=None, page=None)


def _controls(atlas: Atlas, now: AskedBodies) -> None:
    """Search, type, region and footprint."""
    places = footprints.all_footprints(atlas)
    st.session_state[SEARCH] = now.wanted.search
    st.session_state[TYPE] = now.type
    st.session_state[AREA] = now.wanted.code

    def region_changed(region: str | None) -> None:
        fits = now.footprint is None or region in (None, footprints.slugify(now.footprint.region))
        _narrow(region=region, **({} if fits else {"area": None}))

    def area_changed() -> None:
        place = places.get(st.session_state[AREA])
        fits = place is None or now.wanted.region in (None, place.region)
        _narrow(area=place.slug if place else None, **({} if fits else {"region": None}))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Find a body",
            key=SEARCH,
            max_chars=organisations.LONGEST_SEARCH,
            placeholder="Name or ODS code",
            on_change=lambda: _narrow(q=st.session_state[SEARCH].strip() or None),
            width=300,
        )
        st.selectbox(
            "Type",
            list(organisations.KINDS),
            format_func=lambda key: TYPES[organisations.KINDS[key]][1],
            index=None,
            placeholder="All types",
            key=TYPE,
            on_change=lambda: _narrow(type=st.session_state[TYPE]),
            width=230,
        )
        controls.region(atlas, now.region, key=REGION, width=230, write=region_changed)
        st.selectbox(
            "Footprint",
            list(places),
            format_func=lambda code: places[code].name,
            index=None,
            placeholder="All 44 footprints",
            key=AREA,
            on_change=area_changed,
            width=330,
        )


def _query(now: AskedBodies) -> dict[str, str | None]:
    """The filters as they stand in an address."""
    return {
        "q": now.wanted.search,
        "type": now.type,
        "region": now.region,
        "area": now.footprint.slug if now.footprint else None,
    }


def _file(now: AskedBodies) -> str:
    """Address of the CSV that holds the whole list."""
    asked = urlencode({name: value for name, value in _query(now).items() if value})
    return f"download/organisations-view.csv{'?' if asked else ''}{asked}".replace("&", "&amp;")


def _bodies(atlas: Atlas, now: AskedBodies) -> None:
    """The body chosen, and the list."""
    bodies = now.found.bodies
    if now.body and bodies == (now.body,):
        if now.found.are_guesses:
            st.markdown("No name has just these words. This one comes near:")
        _body(atlas, now.body)
        st.html(tables.not_a_no(atlas))
        return
    if now.body:
        _body(atlas, now.body)
        st.button("Clear the choice", on_click=lambda: chrome.write(body=None), type="tertiary")
    finding = organisations.sentence(atlas, now.wanted, now.found)
    st.header(finding, anchor=False)
    if not bodies:
        _nothing(atlas, now)
        return
    if now.found.are_guesses:
        st.markdown("No name has just these words. These come near, the nearest first:")
    first = (now.page - 1) * AT_ONCE
    shown = bodies[first : first + AT_ONCE]
    caption = "A name leads to the role, the date and the source of each listing."
    if len(shown) < len(bodies):
        caption = (
            f"{first + 1} to {first + len(shown)} of {len(bodies)} bodies, by name; the other "
            f"{len(bodies) - len(shown)} are on further pages. Search or filter to narrow the "
            f"list, or take it whole as CSV. {caption}"
        )
    page = str(now.page) if now.page > 1 else None
    st.html(
        _to_copy(atlas, finding, organisations.lists(atlas, bodies), **_query(now), page=page)
        + f'<a class="stp-copy" href="{_file(now)}" download>CSV of this list</a>{TABLES}'
        + tables.listing(atlas, shown, caption, **_query(now))
    )
    _paging(now)
    st.html(tables.not_a_no(atlas))


def _paging(now: AskedBodies) -> None:
    """Buttons to the pages before and after."""
    pages = filters.pages_of(len(now.found.bodies))
    if pages == 1:
        return

    def turn(page: int) -> None:
        chrome.write(page=str(page) if page > 1 else None, body=None)

    with st.container(horizontal=True, vertical_alignment="center"):
        if now.page > 1:
            st.button(f"Previous {AT_ONCE}", key="previous", on_click=turn, args=(now.page - 1,))
        if now.page < pages:
            left = len(now.found.bodies) - now.page * AT_ONCE
            st.button(f"Next {min(AT_ONCE, left)}", key="next", on_click=turn, args=(now.page + 1,))
        st.caption(f"Page {now.page} of {pages}")


def _nothing(atlas: Atlas, now: AskedBodies) -> None:
    """Why the list is empty, and what would be found otherwise."""
    number = wording.count(len(organisations.lists(atlas)), "source", "sources")
    text = f"None was found in the {number} of members that were read; that is not a no."
    if now.wanted.search:
        without = organisations.find(atlas, Wanted(now.wanted.search))
        more = len(without.bodies)
        if more and now.wanted != Wanted(now.wanted.search):
            text += f" Without the filters {wording.count(more, 'body fits', 'bodies fit')}."
        else:
            text += " Try fewer words, another spelling, or the ODS code."
    else:
        text += " Take a filter off to see more."
    st.markdown(text)


def _body(atlas: Atlas, body: Body) -> None:
    """One body."""
    number = len(body.seats)
    where = body.seats[0].footprint.name if number == 1 else f"{number} of the 44 footprints"
    finding = f"{body.name} is listed in {where}"
    st.header(finding, anchor=False)
    st.html(
        tables.one_body(atlas, body)
        + _to_copy(atlas, finding, organisations.lists(atlas, (body,)), body=body.org)
    )


def _several(atlas: Atlas, _now: AskedBodies) -> None:
    """Bodies in more than one footprint."""
    finding = organisations.several_sentence(atlas)
    st.header(finding, anchor=False)
    documents = organisations.lists(atlas, organisations.several(atlas))
    st.html(
        _to_copy(atlas, finding, documents, show="several")
        + TABLES
        + tables.several(atlas)
        + tables.not_a_no(atlas)
    )


def _councils(atlas: Atlas, _now: AskedBodies) -> None:
    """Councils that footprints split."""
    finding = tables.councils_headline(atlas)
    st.header(finding, anchor=False)
    st.html(
        _to_copy(atlas, finding, (sources.PEOPLE,), show="councils")
        + '<a class="stp-copy" href="download/places.csv" download>All districts, CSV</a>'
        + tables.councils(atlas)
    )


def _counts(atlas: Atlas, _now: AskedBodies) -> None:
    """How many of each type sit where."""
    finding = organisations.counts_sentence(atlas)
    st.header(finding, anchor=False)
    st.caption(
        "A body in several footprints counts in each of them; "
        f"{len(organisations.several(atlas))} do. {tables.NONE_FOUND} means that none was "
        "found in the sources read. A longer list can mean that more was published, not that more "
        "took part."
    )
    st.html(
        _to_copy(atlas, finding, organisations.lists(atlas), show="counts")
        + TABLES
        + tables.counts(atlas)
        + tables.not_a_no(atlas)
    )


def _to_copy(atlas: Atlas, finding: str, documents: tuple[str, ...], **query: str | None) -> str:
    """Buttons that copy the finding, with what it rests on, and the link."""
    where = copying.address("organisations", **query)
    quotation = sharing.quotation(atlas, f"{finding}.", len(documents), where)
    return copying.button("Copy sentence", quotation) + copying.button("Copy link", where)


_SECTIONS: dict[str, Callable[[Atlas, AskedBodies], None]] = {
    "bodies": _bodies,
    "several": _several,
    "councils": _councils,
    "counts": _counts,
}
