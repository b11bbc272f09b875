"""The search box: a name in, a footprint chosen or a few to choose from."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from stp_data import find
from stp_data.atlas import Atlas

KEY = "search"


def box(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """Draw the box; a search that only one footprint answers for certain chooses it at once."""

    def searched() -> None:
        matches = find.find(atlas, st.session_state[KEY])
        if _certain(matches):
            on_pick(matches[0].footprint.code)

    st.text_input(
        "Find a footprint",
        key=KEY,
        placeholder="Council, CCG, trust, plan, name or code",
        on_change=searched,
        width=360,
    )


def results(atlas: Atlas, on_pick: Callable[[str], None]) -> None:
    """What matched, and why; several are offered to choose from."""
    query = st.session_state.get(KEY, "").strip()
    if not query:
        return
    matches = find.find(atlas, query)
    if not matches:
        st.info(
            "Nothing found. Try a council, CCG or trust of 2017, such as Cheltenham, NHS Wigan "
            "Borough CCG or Royal Cornwall."
        )
        return
    if _certain(matches):
        st.caption(f"Found {matches[0].why}.")
        return
    close = matches[0].score >= find.CERTAIN
    st.caption("Which one?" if close else "Nothing has just this name. Did you mean:")
    for match in matches:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                match.footprint.name,
                key=f"match_{match.footprint.code}",
                on_click=_choose,
                args=(match.footprint.code, on_pick),
            )
            st.caption(match.why)


def clear() -> None:
    """Empty the box, because the reader chose in another way."""
    st.session_state[KEY] = ""


def _choose(code: str, on_pick: Callable[[str], None]) -> None:
    clear()
    on_pick(code)


def _certain(matches: list[find.Match]) -> bool:
    return len(matches) == 1 and matches[0].score >= find.CERTAIN
