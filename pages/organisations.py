"""Organisations: which belong to which footprint, and which sources say so."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data.core import sources, wording
from stp_data.organisations import organisations
from stp_data.organisations.organisations import SEARCH, TYPE, Organisation
from stp_data.places.filters import AREA, REGION
from stp_data.priorities import sharing
from ui.organisations import filters, tables
from ui.organisations.filters import PAGE_LENGTH, OrganisationsView
from ui.parts import chrome, controls, copying

atlas = stp_data.load()
FILES = (
    '<a class="stp-copy" href="download/organisations.csv" download>All organisations, CSV</a>'
    '<a class="stp-copy" href="download/memberships.csv" download>All memberships, CSV</a>'
)


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    view = filters.read(st.query_params, atlas)
    controls.choice(atlas, filters.SHOW, view.query, "Show", labelled=False)
    show = filters.SHOW.word(view.query)
    if show == "bodies":
        list_controls(view)
    chrome.notices(view.notices)
    if show == "bodies":
        list_or_one(view)
    elif show == "several":
        shared = organisations.shared(atlas)
        finding = organisations.shared_sentence(atlas)
        heading(finding, organisations.sources_of(shared), FILES, show=show)
        st.html(tables.shared(atlas) + tables.not_listed(atlas))
    elif show == "councils":
        files = '<a class="stp-copy" href="download/places.csv" download>All districts, CSV</a>'
        heading(tables.councils_sentence(atlas), (sources.PEOPLE,), files, show=show)
        st.html(tables.councils(atlas))
    else:
        heading(
            organisations.counts_sentence(atlas), tuple(organisations.listings(atlas)), FILES,
            show=show,
        )  # fmt: skip
        st.caption(
            f"{len(organisations.shared(atlas))} organisations belong to more than one footprint "
            f"and count in each. {tables.NONE_FOUND} means that we found none. A longer list can "
            "mean that more was published, not that more took part."
        )
        st.html(tables.counts(atlas) + tables.not_listed(atlas))


def list_controls(view: OrganisationsView) -> None:
    """Search, type, region and footprint; a changed one begins the list anew."""
    key = "organisation_search"
    st.session_state[key] = view.query.get("q", "")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Find an organisation",
            key=key,
            max_chars=SEARCH.longest,
            placeholder="Name or ODS code",
            on_change=lambda: chrome.write(
                q=st.session_state[key].strip() or None, body=None, page=None
            ),
            width=300,
        )
        controls.choice(
            atlas, TYPE, view.query, "Type",
            list_=True, empty="All types", width=230, body=None, page=None,
        )  # fmt: skip
        controls.choice(
            atlas, REGION, view.query, "NHS region",
            list_=True, empty="All of England", width=230, area=None, body=None, page=None,
        )  # fmt: skip
        controls.choice(
            atlas, AREA, view.query, "Footprint",
            list_=True, empty="All 44 footprints", width=330, region=None, body=None, page=None,
        )  # fmt: skip


def list_or_one(view: OrganisationsView) -> None:
    """The organisation chosen, and the list unless it has only this one."""
    found = view.found.organisations
    is_only_one = view.chosen is not None and found == (view.chosen,)
    if is_only_one and view.found.are_guesses:
        st.markdown("No name matches exactly. The nearest is:")
    if view.chosen:
        one_organisation(view.chosen)
        if not is_only_one:
            st.button(
                "Clear selection", on_click=lambda: chrome.write(body=None), type="tertiary"
            )  # fmt: skip
    if not is_only_one:
        list_of(view)
    st.html(tables.not_listed(atlas))


def one_organisation(one: Organisation) -> None:
    """Everything about one organisation."""
    number = len(one.memberships)
    where = one.memberships[0].footprint.name if number == 1 else f"{number} of the 44 footprints"
    heading(f"{one.name} belongs to {where}", one.sources, body=one.org)
    st.html(tables.one_organisation(atlas, one))


def list_of(view: OrganisationsView) -> None:
    """One page of the organisations that fit, with buttons to the other pages."""
    found, filtered = view.found.organisations, view.filters
    first = (view.page - 1) * PAGE_LENGTH
    shown = found[first : first + PAGE_LENGTH]
    finding = organisations.sentence(atlas, view.query, view.found)
    page = str(view.page) if view.page > 1 else None
    asked = f"?{urlencode(filtered)}".rstrip("?").replace("&", "&amp;")
    files = (
        f'<a class="stp-copy" href="download/organisations-view.csv{asked}" download>'
        f"CSV of this list</a>{FILES}"
    )
    heading(finding, organisations.sources_of(found), files * bool(found), **filtered, page=page)
    if not found:
        st.markdown(how_to_find_more(view))
        return
    if view.found.are_guesses:
        st.markdown("No name matches exactly. The nearest come first:")
    caption = "Select a name for its roles, dates and sources"
    if len(shown) < len(found):
        caption = f"{first + 1} to {first + len(shown)} of {len(found)}, by name. {caption}"
    st.html(tables.listing(atlas, shown, caption, **filtered, page=page))
    pages = filters.pages_of(view.found)
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.page > 1:
            st.button(f"Previous {PAGE_LENGTH}", on_click=turn_to, args=(view.page - 1,))
        if view.page < pages:
            number = min(PAGE_LENGTH, len(found) - view.page * PAGE_LENGTH)
            st.button(f"Next {number}", on_click=turn_to, args=(view.page + 1,))
        st.caption(f"Page {view.page} of {pages}")


def turn_to(page: int) -> None:
    """Show another page of the list."""
    chrome.write(page=str(page) if page > 1 else None, body=None)


def how_to_find_more(view: OrganisationsView) -> str:
    """What a reader can do about an empty list."""
    if "q" not in view.query:
        return "Remove a filter to see more."
    more = len(organisations.find(atlas, {"q": view.query["q"]}).organisations)
    if more and len(view.filters) > 1:
        return f"Without the filters, {wording.count(more, 'name matches', 'names match')}."
    return "Try fewer words, another spelling or the ODS code."


def heading(finding: str, cited: tuple[str, ...], files: str = "", **query: str | None) -> None:
    """A finding, with buttons that copy it and the link, and files."""
    st.header(finding, anchor=False)
    where = copying.address("organisations", **query)
    quotation = sharing.quotation(atlas, f"{finding}.", len(cited), where)
    st.html(copying.button("Copy sentence", quotation) + copying.button("Copy link", where) + files)


chrome.start("Organisations")
st.title("Member organisations", anchor=False)
copying.listen()
body()
chrome.footer()
