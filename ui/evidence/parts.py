"""Controls and headings that several parts of the Evidence page have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice
from ui.evidence import filters
from ui.evidence.filters import EvidenceFilters
from ui.parts import chrome, controls, copying

AT_ONCE = 50
"""Sources, or rows left out, on one page of the list."""
OPENED = ("claim", "conflict", "source", "about", "page")
"""Of an address: what another filter closes."""


def narrow(
    atlas: Atlas, now: EvidenceFilters, choice: Choice, label: str, empty: str, width: int = 230
) -> None:
    """A filter as a list; choosing begins the list anew and closes what was open."""
    # The part of the page was perhaps only implied by what was open.
    besides: dict[str, Any] = dict.fromkeys(OPENED) | {"view": now.view}
    controls.choice(
        atlas, choice, now.query, label, list_=True, width=width, empty=empty, **besides
    )


def search(now: EvidenceFilters) -> None:
    """The search for a source by words of its title."""

    def changed() -> None:
        words = st.session_state["evidence_q"].strip() or None
        chrome.write(**dict.fromkeys(OPENED), q=words, view=now.view)

    st.session_state["evidence_q"] = now.query.get("q", "")
    st.text_input(
        "Find a source", key="evidence_q", max_chars=filters.SEARCH.longest, width=330,
        placeholder="Title, publisher or address", on_change=changed,
    )  # fmt: skip


def heading(now: EvidenceFilters, finding: str, caption: str, files: dict[str, str]) -> None:
    """The finding, what it means, and what can be copied or downloaded."""
    st.header(finding, anchor=False)
    st.caption(caption)
    links = "".join(copying.file(f"{name}.csv", label) for name, label in files.items())
    query = {name: value for name, value in now.query.items() if name != "page"}
    st.html(copying.finding(finding, "evidence", view=now.view, **query) + links)


def clear(now: EvidenceFilters, name: str, label: str) -> None:
    """A button that closes what an address opened."""
    st.button(label, on_click=lambda: chrome.write(**{name: None}, view=now.view), type="tertiary")


def list_page(
    now: EvidenceFilters, rows: Sequence[Any], table: Callable[[Sequence[Any], str], str]
) -> None:
    """One page of a long list, and buttons to the pages before and after."""
    last = -(-len(rows) // AT_ONCE)
    page = min(int(filters.PAGE.word(now.query)), last)
    first = (page - 1) * AT_ONCE
    shown = rows[first : first + AT_ONCE]
    st.html(table(shown, f"{first + 1} to {first + len(shown)} of {len(rows)}"))
    if last == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, to in ((f"Previous {AT_ONCE}", page - 1), (f"Next {AT_ONCE}", page + 1)):
            if 1 <= to <= last:
                word = str(to) if to > 1 else None
                st.button(label, on_click=chrome.write, kwargs={"page": word, "view": now.view})
        st.caption(f"Page {page} of {last}")
