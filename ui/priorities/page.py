"""The Priorities page: its controls, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.overview.shading import naming
from stp_data.places import footprints
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.findings import findings
from ui.map import deck, picker
from ui.parts import chrome, controls, copying, html
from ui.priorities import filters, matrix, tables
from ui.priorities.filters import Asked

SECTIONS_OF_CONTROLS = {
    "match": {"answer"},
    "order": {"matrix"},
    "pairs": {"together"},
}
"""Controls that only some sections have; the others have them all."""
LABELS = {
    "match": "Match",
    "firm": "How firmly",
    "evidence": "Evidence required",
    "years": "Plans of",
    "order": "Order of rows",
    "pairs": "Pairs of",
}
WHOLE_ENGLAND = {"together", "alike", "standing"}
"""Sections that always look at all 44."""


def draw(atlas: Atlas, now: Asked) -> None:
    """The page below its title; in a frame, the section without its controls."""
    section = now.words["show"]
    if chrome.embedded():
        _SECTIONS[section](atlas, now)
        return
    _one_of("show", now, labelled=False)
    if section in ("answer", "matrix"):
        _themes(atlas, now)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in LABELS:
            if section in SECTIONS_OF_CONTROLS.get(name, {section}):
                _one_of(name, now)
        if section not in WHOLE_ENGLAND:
            _region(atlas, now)
    chrome.notices(now.notices)
    _SECTIONS[section](atlas, now)


def _one_of(name: str, now: Asked, *, labelled: bool = True) -> None:
    """A control for a choice of a few words."""
    controls.one_of(
        LABELS.get(name, name.capitalize()), filters.WORDS[name], now.words[name],
        key=name, labelled=labelled, default=filters.DEFAULTS[name],
        write=lambda word: chrome.write(**{name: word}),
    )  # fmt: skip


def _themes(atlas: Atlas, now: Asked) -> None:
    """Clinical priorities and enablers, apart."""
    themes = themes_named.themes(atlas)

    def write() -> None:
        chosen = [key for kind in filters.KINDS for key in st.session_state[f"themes_{kind}"]]
        chrome.write(theme=",".join(chosen[: filters.MOST_THEMES]) or None)

    for column, (kind, label) in zip(st.columns(2), filters.KINDS.items(), strict=True):
        key = f"themes_{kind}"
        st.session_state[key] = [k for k in now.question.themes if themes[k].kind == kind]
        column.multiselect(
            label,
            [k for k, theme in themes.items() if theme.kind == kind],
            format_func=lambda k: themes[k].label,
            key=key,
            placeholder="Choose one or more",
            on_change=write,
        )


def _region(atlas: Atlas, now: Asked) -> None:
    controls.region(
        atlas, now.region,
        key="priorities_region", width=240, write=lambda region: chrome.write(region=region),
    )  # fmt: skip


def _address(now: Asked) -> str:
    """The permalink of what is on screen."""
    shown = {name: word for name, word in now.words.items() if word != filters.DEFAULTS[name]}
    return copying.address(
        "priorities",
        theme=",".join(now.question.themes),
        region=now.region,
        area=now.footprint.slug if now.footprint else None,
        cell=":".join(now.cell) if now.cell else None,
        **shown,
    )


def _file(now: Asked) -> str:
    """Address of the CSV that holds what the list shows."""
    themes, match = ",".join(now.question.themes), now.words["match"]
    region = f"&region={now.region}" if now.region else ""
    return f"download/shared.csv?theme={themes}&match={match}&{_rules(now)}{region}"


def _rules(now: Asked) -> str:
    """What counts, as an address says it."""
    return "&".join(f"{name}={word}" for name, word in now.question.rules.words.items())


_ABSENT = "A theme that was not found in the documents read may still be in the plan."


def _answer(atlas: Atlas, now: Asked) -> None:
    """The sentence, the map or hexes, and the list."""
    question = now.question
    if question.themes:
        finding = sharing.sentence(atlas, question)
    else:
        finding = sharing.breadth(atlas, question)
    st.header(finding, anchor=False)
    note = _ABSENT if question.themes else "Choose themes above to see which footprints name them."
    st.caption(f"{sharing.counted(question.rules)} {note}")
    if len(question.themes) == 1:
        st.html(tables.beside(atlas, question))
    if question.themes:
        quotation = sharing.quotation(
            atlas, f"{finding}.", sharing.documents(atlas, question), _address(now)
        )
        st.html(
            f"{copying.button('Copy sentence', quotation)}"
            f"{copying.button('Copy link', _address(now))}"
            f'<a class="stp-copy" href="{_file(now)}" download>CSV of this view</a>'
        )
    dark = chrome.is_dark()
    drawn = naming(atlas, question, dark)
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        _one_of("view", now, labelled=False)
        alt = f"{finding}. The list has every footprint."
        if now.words["view"] == "map":
            deck.draw(
                atlas, drawn, now.footprint,
                dark=dark, narrow=True, alt=alt, on_pick=_choose(atlas),
            )  # fmt: skip
        else:
            picker.hexes(
                atlas, drawn, now.footprint, title=alt,
                accent=colours.palette(dark).chosen, on_pick=_choose(atlas),
            )  # fmt: skip
        st.html(html.legend(drawn.legend))
        if now.footprint:
            st.html(tables.one_footprint(atlas, now.footprint, question))
    with right:
        if question.themes:
            if len(question.themes) > 1:
                # Of one theme the map's legend says the same.
                st.html(matrix.legend(question.rules, dark=dark))
            matrix.listing(atlas, question, dark=dark)
        else:
            st.html(tables.counted(atlas, question.rules))


def _choose(atlas: Atlas) -> Callable[[str], None]:
    return lambda code: chrome.write(area=footprints.all_footprints(atlas)[code].slug)


def _matrix(atlas: Atlas, now: Asked) -> None:
    """All footprints by all themes; a cell opens its sources."""
    question = now.question
    st.header(sharing.matrix_finding(atlas, question.rules), anchor=False)
    st.caption(f"{sharing.counted(question.rules)} {_ABSENT}")
    st.html(
        matrix.legend(question.rules, dark=chrome.is_dark())
        + copying.button("Copy link", _address(now))
        + f'<a class="stp-copy" href="download/matrix.csv?{_rules(now)}" download>'
        "CSV of the matrix</a>"
    )
    if now.cell:
        st.html(tables.proof(atlas, *now.cell, question.rules))
    else:
        st.caption("Choose a cell to see its sources here.")
    matrix.matrix(
        atlas, question, now.words["order"], now.cell, dark=chrome.is_dark(),
        on_pick=lambda picked: chrome.write(cell=picked),
    )  # fmt: skip


def _together(atlas: Atlas, now: Asked) -> None:
    """Pairs of themes, with the plain numbers."""
    kind = None if now.words["pairs"] == "any" else now.words["pairs"]
    st.header(tables.TOGETHER, anchor=False)
    st.caption(f"{tables.DEPENDS} {sharing.counted(now.question.rules)}")
    st.html(tables.together(atlas, now.question.rules, kind))


def _alike(atlas: Atlas, now: Asked) -> None:
    """The plans, and the places, nearest to a chosen one."""
    places = footprints.all_footprints(atlas)
    st.session_state["alike_to"] = now.footprint.code if now.footprint else None

    def write() -> None:
        code = st.session_state["alike_to"]
        chrome.write(area=places[code].slug if code else None)

    st.selectbox(
        "Footprint",
        list(places),
        format_func=lambda code: places[code].name,
        index=None,
        key="alike_to",
        placeholder="Choose a footprint",
        on_change=write,
    )
    if now.footprint is None:
        st.header("Similar plans, and areas with similar populations", anchor=False)
        st.markdown("Choose a footprint to see the plans most similar to its own, and the areas.")
        return
    rules = now.question.rules
    st.header(tables.alike_headline(atlas, now.footprint, rules), anchor=False)
    st.caption(f"{tables.DEPENDS} {sharing.counted(rules)}")
    st.html(tables.plans_alike(atlas, now.footprint, rules))
    st.html(tables.places_alike(atlas, now.footprint))


def _standing(atlas: Atlas, now: Asked) -> None:
    """Sentences to quote, and how complete what they rest on is."""
    rules = now.question.rules
    st.header("Key findings", anchor=False)
    st.caption(sharing.counted(rules))
    items = []
    for found in findings(atlas, rules):
        words = {"match": found.question.match, **found.question.rules.words}
        number = sharing.documents(atlas, found.question)
        where = copying.address(
            "priorities",
            theme=",".join(found.question.themes),
            **{name: word for name, word in words.items() if word != filters.DEFAULTS[name]},
        )
        quotation = sharing.quotation(atlas, found.text, number, where)
        items.append(tables.finding(found, number, where, quotation))
    st.html(f'<ul class="stp-findings">{"".join(items)}</ul>')
    st.header("How complete is this?", anchor=False)
    st.html(tables.completeness(atlas, rules))


_SECTIONS: dict[str, Callable[[Atlas, Asked], None]] = {
    "answer": _answer,
    "matrix": _matrix,
    "together": _together,
    "alike": _alike,
    "standing": _standing,
}
