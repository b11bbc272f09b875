"""The search box: a name or a postcode in, a footprint chosen or a few to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from stp_data.core import fuzzy
from stp_data.core.atlas import Atlas
from stp_data.places.footprints import all_footprints
from stp_data.search import find, suggestions
from ui.parts import assets, component, html

KEY = "search"
QUERY = "search_query"
EXAMPLES = ("Scunthorpe", "UCLH")
"""Offered when nothing is found."""
LONGEST_TEXT = find.LONGEST_QUERY + 50
"""Characters that the box takes: more than any name has, so that what is too long is said."""


@dataclass(frozen=True)
class Query:
    """What a reader searched for."""

    text: str = ""
    codes: tuple[str, ...] = ()
    """Footprints of the suggestion that was chosen; empty when the text was only typed."""


def box(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """Draw the box; a search that only one footprint answers for certain chooses it at once."""
    if KEY not in st.session_state:
        # The box of another page, with what was searched for there, is gone.
        st.session_state.pop(QUERY, None)

    def searched(sent: object) -> None:
        _search(atlas, query_from(atlas, sent), on_pick)

    component.mount(
        "stp_find",
        assets.address("find.js", "find.css"),
        f"assets/names.txt?v={suggestions.version(atlas)}",
        key=KEY,
        data={
            "label": "Find a footprint",
            "placeholder": "Town, postcode, hospital, council or NHS name",
            "longest": LONGEST_TEXT,
            "text": _query().text,
        },
        event="searched",
        on_event=searched,
        width=380,
    )


def _search(atlas: Atlas, query: Query, on_pick: Callable[[str], None]) -> None:
    st.session_state[QUERY] = query
    found = answer(atlas, query)
    if found.is_certain:
        on_pick(found.matches[0].footprint.code)


def query_from(atlas: Atlas, sent: object) -> Query:
    """Return what the box sent as a query; whatever else a browser sends is an empty one."""
    if not isinstance(sent, Mapping):
        return Query()
    text, places = sent.get("text"), sent.get("footprints")
    return Query(
        text.strip()[:LONGEST_TEXT] if isinstance(text, str) else "",
        suggestions.codes_at(atlas, places) if isinstance(places, list) else (),
    )


def answer(atlas: Atlas, query: Query) -> find.Answer:
    """Return what the finder says of the text, or the footprints of the suggestion chosen.

    A suggestion has the reasons that the finder gives for its name, or else the name alone.
    """
    if not query.codes:
        return find.search(atlas, query.text)
    everyone = all_footprints(atlas)
    found = find.find(atlas, query.text, most=len(everyone))
    known = {match.footprint.code: replace(match, score=fuzzy.SAME) for match in found}
    return find.Answer(
        [
            known.get(code) or find.Match(everyone[code], query.text, fuzzy.SAME)
            for code in query.codes
        ]
    )


def results(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """What matched, and why; several are offered to choose from."""
    query = _query()
    if not query.text:
        return
    found = answer(atlas, query)
    if found.note:
        st.info(found.note)
    elif not found.matches:
        _nothing(atlas, on_pick)
    if found.is_certain:
        st.caption(f"Found {found.matches[0].why}.")
    else:
        _offer(found, on_pick)
    if found.sources:
        cited = "; ".join(html.cite(atlas, source) for source in found.sources)
        st.html(f'<p class="stp-note">Names and places from: {cited}.</p>')


def _offer(found: find.Answer, on_pick: Callable[[str], None]) -> None:
    """Several footprints to choose from, each with what matched."""
    if found.matches and not found.note:
        st.caption("Which one?" if found.is_close else "No exact match. Did you mean:")
    for match in found.matches:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                match.footprint.name,
                key=f"match_{match.footprint.code}",
                on_click=_choose,
                args=(match.footprint.code, on_pick),
            )
            st.caption(match.why)
    if found.left_out:
        st.caption(f"{found.left_out} more match. Type more of the name.")


def _nothing(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """What can be typed, with examples that search when they are pressed."""
    st.info(
        "Nothing found. Try a town, a postcode, a hospital, a council or an NHS name, in full or "
        "abbreviated. For example:"
    )
    with st.container(horizontal=True, gap="small"):
        for example in EXAMPLES:
            query = Query(example)
            st.button(
                example, key=f"example_{example}", on_click=_search, args=(atlas, query, on_pick)
            )


def clear() -> bool:
    """Empty the box, because the reader chose in another way; whether there was anything in it."""
    was_filled = bool(_query().text)
    st.session_state[QUERY] = Query()
    return was_filled


def _query() -> Query:
    query = st.session_state.get(QUERY)
    return query if isinstance(query, Query) else Query()


def _choose(code: str, on_pick: Callable[[str], None]) -> None:
    clear()
    on_pick(code)
