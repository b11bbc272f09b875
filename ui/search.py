"""The search box: a name or a postcode in, a footprint chosen or a few to choose from."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from stp_data import find
from stp_data.atlas import Atlas
from ui import html

KEY = "search"


def box(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """Draw the box; a search that only one footprint answers for certain chooses it at once."""

    def searched() -> None:
        answer = find.search(atlas, st.session_state[KEY])
        if answer.is_certain:
            on_pick(answer.matches[0].footprint.code)

    st.text_input(
        "Find a footprint",
        key=KEY,
        placeholder="Postcode, council, CCG, trust or plan",
        on_change=searched,
        width=360,
    )


def results(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """What matched, and why; several are offered to choose from."""
    query = st.session_state.get(KEY, "").strip()
    if not query:
        return
    answer = find.search(atlas, query)
    if answer.source:
        st.html(f'<p class="stp-note">Postcodes: {html.cite(atlas, answer.source)}.</p>')
    if answer.note:
        st.info(answer.note)
    elif not answer.matches:
        st.info(
            "Nothing found. Try a postcode, or a council, CCG or trust of 2017, such as "
            "Cheltenham, NHS Wigan Borough CCG or Royal Cornwall."
        )
    if answer.is_certain:
        st.caption(f"Found {answer.matches[0].why}.")
        return
    if answer.matches and not answer.note:
        st.caption("Which one?" if answer.is_close else "Nothing has just this name. Did you mean:")
    for match in answer.matches:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                match.footprint.name,
                key=f"match_{match.footprint.code}",
                on_click=_choose,
                args=(match.footprint.code, on_pick),
            )
            st.caption(match.why)
    if answer.left_out:
        st.caption(f"{answer.left_out} more match. Type more of the name.")


def clear() -> bool:
    """Empty the box, because the reader chose in another way; whether there was anything in it."""
    was_filled = bool(st.session_state.get(KEY))
    st.session_state[KEY] = ""
    return was_filled


def _choose(code: str, on_pick: Callable[[str], None]) -> None:
    clear()
    on_pick(code)
