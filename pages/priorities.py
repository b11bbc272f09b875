"""Priorities: which plans share priorities, and which sources show it."""

from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

import streamlit as st

import stp_data
from stp_data.core.filters import Query
from stp_data.overview.shading import naming
from stp_data.pictures.matrix import ORDER
from stp_data.places import footprints
from stp_data.places.filters import REGION
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.findings import findings
from stp_data.priorities.themes_named import MATCH, RULES
from ui.map import picker
from ui.parts import address, chrome, controls, copying, html
from ui.priorities import filters, matrix, tables
from ui.priorities.filters import PAIRS, SHOW, VIEW

atlas = stp_data.load()
places, themes = footprints.all_footprints(atlas), themes_named.themes(atlas)
LABELS = {"evidence": "Evidence required", "firm": "How firmly", "years": "Plans of"}
OWN_CONTROLS = {
    "answer": ((MATCH, "Match"),),
    "matrix": ((ORDER, "Order of rows"),),
    "together": ((PAIRS, "Pairs of"),),
}
"""Controls that only one section has."""
ABSENT = "A theme that was not found in the documents read may still be in the plan."


def show_controls(query: Query, section: str) -> None:
    """Themes, what counts, and what only this section has."""
    if section in ("answer", "matrix"):
        choose_themes(themes_named.question(atlas, query).themes)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for filter_, label in OWN_CONTROLS.get(section, ()):
            controls.choice(atlas, filter_, query, label)
        for rule in RULES:
            controls.choice(atlas, rule, query, LABELS[rule.name])
        if section in ("answer", "matrix"):
            controls.choice(
                atlas, REGION, query, "NHS region", list_=True, width=240, empty="All of England"
            )


def choose_themes(chosen: tuple[str, ...]) -> None:
    """Clinical priorities and enablers, apart."""

    def write() -> None:
        keys = [key for kind in themes_named.KINDS for key in st.session_state[f"themes_{kind}"]]
        chrome.write(theme=",".join(keys[: filters.MOST_THEMES]) or None)

    for column, (kind, label) in zip(st.columns(2), themes_named.KINDS.items(), strict=True):
        st.session_state[f"themes_{kind}"] = [k for k in chosen if themes[k].kind == kind]
        column.multiselect(
            label,
            [key for key, theme in themes.items() if theme.kind == kind],
            format_func=lambda key: themes[key].label,
            key=f"themes_{kind}",
            placeholder="Choose one or more",
            on_change=write,
        )


def choose_footprint(code: str | None) -> None:
    """Put the choice of a footprint into the address."""
    chrome.write(area=places[code].slug if code else None)


def show_answer(query: Query) -> None:
    """The sentence, the map or hexes, and the list."""
    question, chosen = themes_named.question(atlas, query), address.footprint(atlas, query)
    say = sharing.sentence if question.themes else sharing.breadth
    finding = say(atlas, question)
    st.header(finding, anchor=False)
    note = ABSENT if question.themes else "Choose themes above to see which footprints name them."
    st.caption(f"{sharing.counted(question.rules)} {note}")
    if len(question.themes) == 1:
        st.html(tables.compared_with_others(atlas, question))
    if question.themes:
        where = copying.address("priorities", **query)
        number = sharing.documents(atlas, question)
        st.html(
            copying.button("Copy sentence", sharing.quotation(atlas, f"{finding}.", number, where))
            + copying.button("Copy link", where)
            + file_link("shared", filters.of_files(query, themes=True), "CSV of this view")
        )
    drawn = naming(atlas, question, chrome.is_dark())
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        controls.choice(atlas, VIEW, query, "View", labelled=False)
        alt = f"{finding}. The list has every footprint."
        picker.map_or_hexes(
            atlas, VIEW.word(query), drawn, chosen, alt=alt, on_pick=choose_footprint
        )
        st.html(html.legend(drawn.legend))
        if chosen:
            st.html(tables.one_footprint(atlas, chosen, question))
    with right:
        if not question.themes:
            st.html(tables.plans_by_theme(atlas, question.rules))
            return
        if len(question.themes) > 1:
            # Of one theme the map's legend says the same.
            st.html(matrix.legend(question.rules))
        matrix.listing(atlas, question)


def file_link(name: str, asked: Query, words: str) -> str:
    """HTML of a link to a CSV."""
    where = f"download/{name}.csv{'?' if asked else ''}{urlencode(asked, safe=',')}"
    return f'<a class="stp-copy" href="{escape(where)}" download>{words}</a>'


def show_matrix(query: Query) -> None:
    """All footprints by all themes; a cell opens its sources."""
    question, cell = themes_named.question(atlas, query), query.get("cell", "")
    st.header(sharing.matrix_finding(atlas, question.rules), anchor=False)
    st.caption(f"{sharing.counted(question.rules)} {ABSENT}")
    st.html(
        matrix.legend(question.rules)
        + copying.button("Copy link", copying.address("priorities", **query))
        + file_link("matrix", filters.of_files(query, themes=False), "CSV of the matrix")
    )
    if cell:
        code, _, theme = cell.partition(":")
        st.html(tables.proof(atlas, code, theme, question.rules))
    else:
        st.caption("Choose a cell to see its sources here.")
    matrix.matrix(
        atlas, question, ORDER.word(query), cell, on_pick=lambda picked: chrome.write(cell=picked)
    )


def show_together(query: Query) -> None:
    """Pairs of themes, with the plain numbers."""
    rules, kind = themes_named.rules(query), PAIRS.word(query)
    st.header("Themes often named together in the documents read", anchor=False)
    st.caption(f"{tables.DEPENDS} {sharing.counted(rules)}")
    st.html(tables.together(atlas, rules, None if kind == "any" else kind))


def show_alike(query: Query) -> None:
    """The plans, and the places, nearest to a chosen one."""
    chosen, rules = address.footprint(atlas, query), themes_named.rules(query)
    st.session_state["alike_to"] = chosen.code if chosen else None
    st.selectbox(
        "Footprint",
        list(places),
        format_func=lambda code: places[code].name,
        index=None,
        key="alike_to",
        placeholder="Choose a footprint",
        on_change=lambda: choose_footprint(st.session_state["alike_to"]),
    )
    if chosen is None:
        st.header("Similar plans, and areas with similar populations", anchor=False)
        st.markdown("Choose a footprint to see which plans and areas are most similar to its own.")
        return
    st.header(tables.alike_headline(atlas, chosen, rules), anchor=False)
    st.caption(f"{tables.DEPENDS} {sharing.counted(rules)}")
    st.html(tables.plans_alike(atlas, chosen, rules))
    st.html(tables.places_alike(atlas, chosen))


def show_findings(query: Query) -> None:
    """Sentences to quote, and how complete what they rest on is."""
    rules = themes_named.rules(query)
    st.header("Key findings", anchor=False)
    st.caption(sharing.counted(rules))
    items = "".join(tables.finding(atlas, found) for found in findings(atlas, rules))
    st.html(f'<ul class="stp-findings">{items}</ul>')
    st.header("How complete is this?", anchor=False)
    st.html(tables.completeness(atlas, rules))


SHOWN: dict[str, Callable[[Query], None]] = {
    "answer": show_answer,
    "matrix": show_matrix,
    "together": show_together,
    "alike": show_alike,
    "standing": show_findings,
}


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    query, notices = filters.read(dict(st.query_params), atlas)
    section = SHOW.word(query)
    if not chrome.embedded():
        controls.choice(atlas, SHOW, query, "Show", labelled=False)
        show_controls(query, section)
        chrome.notices(notices)
    SHOWN[section](query)


chrome.start("Priorities")
chrome.title("Which plans share priorities?")
body()
copying.this_view()
chrome.footer()
