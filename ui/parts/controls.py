"""Controls that several pages have; the address is the home of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query
from stp_data.places import footprints
from stp_data.places.filters import Area
from ui.parts import chrome


def one_of(
    label: str,
    words: Mapping[str, str],
    chosen: str,
    *,
    key: str,
    write: Callable[[str | None], None],
    labelled: bool = False,
    default: str | None = None,
) -> None:
    """A choice of a few words; ``write`` gets the new one, None for the default.

    The default is the first of them if not given.
    """
    st.session_state[key] = chosen

    def changed() -> None:
        word = st.session_state[key]
        write(None if word == (default or next(iter(words))) else word)

    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        key=key,
        required=True,
        wrap=True,
        on_change=changed,
        label_visibility="visible" if labelled else "collapsed",
    )


def region(
    atlas: Atlas,
    chosen: str | None,
    *,
    key: str,
    width: int,
    write: Callable[[str | None], None],
) -> None:
    """An NHS region, or all of England."""
    regions = footprints.regions(atlas)
    st.session_state[key] = chosen
    st.selectbox(
        "NHS region",
        list(regions),
        format_func=regions.__getitem__,
        index=None,
        placeholder="All of England",
        key=key,
        width=width,
        on_change=lambda: write(st.session_state[key]),
    )


def choice(
    atlas: Atlas,
    filter_: Choice | Area,
    query: Query,
    label: str,
    *,
    list_: bool = False,
    labelled: bool = True,
    width: int = 210,
    empty: str = "",
    names: Callable[[str], str] | None = None,
    **besides: str | None,
) -> None:
    """The control of a filter: its words as buttons, or as a list.

    A choice is written to the address, and so is ``besides``. ``empty`` is what a list shows while
    nothing is chosen; ``names`` says what each word is called here.
    """  # fmt: skip
    words = {
        word: names(word) if names else str(getattr(option, "label", option))
        for word, option in filter_.options(atlas).items()
    }
    key = f"filter_{filter_.name}"

    def write(word: str | None) -> None:
        chrome.write(**{filter_.name: word}, **besides)

    if not list_:
        one_of(
            label, words, filter_.word(query), key=key, write=write, labelled=labelled,
            default=filter_.default,
        )  # fmt: skip
        return
    st.session_state[key] = filter_.word(query) or None

    def changed() -> None:
        word = st.session_state[key]
        write(None if word == filter_.default else word)

    st.selectbox(
        label, list(words), format_func=words.__getitem__, key=key, width=width, on_change=changed,
        index=None if not filter_.default else 0, placeholder=empty or None,
    )  # fmt: skip
