"""Priorities: which plans put the same things first, and who says so."""

import streamlit as st

import stp_data
from stp_data import footprints, priorities, sharing
from ui import address, chrome, colours, footprint_map, html, picker, priorities_page, screen
from ui.shading import naming

atlas = stp_data.load()
themes, regions = priorities.themes(atlas), footprints.regions(atlas)
KINDS = {"clinical": "Clinical priorities", "enabler": "Enablers"}


def write_asked() -> None:
    """Take the widgets' values into the address, leaving defaults out of it."""
    chosen = [key for kind in KINDS for key in st.session_state[f"themes_{kind}"]]
    state = st.session_state
    chrome.write(
        theme=",".join(chosen) or None,
        match=None if state["match"] == "all" else state["match"],
        evidence=None if state["evidence"] == "any" else state["evidence"],
        years="all" if state["later"] else None,
        region=state["priorities_region"],
        show=None if state["show"] == "answer" else state["show"],
        view=None if state["priorities_view"] == "map" else state["priorities_view"],
        cell=None,
    )


def pick(code: str) -> None:
    """Choose a footprint; the address remembers it."""
    chrome.write(area=footprints.all_footprints(atlas)[code].slug)


def controls(asked: address.Asked) -> None:
    """Set the widgets to the address and draw them."""
    state, question = st.session_state, asked.question
    for kind in KINDS:
        state[f"themes_{kind}"] = [k for k in question.themes if themes[k].kind == kind]
    state["match"], state["evidence"] = question.match, question.rules.strength
    state["later"], state["priorities_region"] = question.rules.later, asked.region
    state["show"], state["priorities_view"] = asked.section, asked.view
    for column, (kind, label) in zip(st.columns(2), KINDS.items(), strict=True):
        column.multiselect(
            label,
            [key for key, theme in themes.items() if theme.kind == kind],
            format_func=lambda key: themes[key].label,
            key=f"themes_{kind}",
            on_change=write_asked,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Match", list(address.MATCHES), format_func=address.MATCHES.__getitem__,
            key="match", on_change=write_asked, required=True,
        )  # fmt: skip
        st.selectbox(
            "Evidence", list(address.STRENGTHS), format_func=address.STRENGTHS.__getitem__,
            key="evidence", on_change=write_asked, width=200,
        )  # fmt: skip
        st.selectbox(
            "NHS region", list(regions), format_func=regions.__getitem__, index=None,
            placeholder="All of England", key="priorities_region", on_change=write_asked,
            width=240,
        )  # fmt: skip
        st.toggle("Plans of 2018 and later too", key="later", on_change=write_asked)
    st.segmented_control(
        "Show", list(address.SECTIONS), format_func=address.SECTIONS.__getitem__,
        key="show", on_change=write_asked, required=True, label_visibility="collapsed",
    )  # fmt: skip


def answer(asked: address.Asked) -> None:
    """The sentence, the map or hexes, and the list."""
    question = asked.question
    finding = (
        sharing.sentence(atlas, question)
        if question.themes
        else "Choose one or more themes to see which plans name them"
    )
    st.header(finding, anchor=False)
    st.caption(sharing.rules_in_words(question))
    dark = chrome.is_dark()
    drawn = naming(atlas, question, dark)
    left, right = st.columns([1, 1.15], gap="large")
    with left:
        st.segmented_control(
            "View", ["map", "hexes"], format_func=str.capitalize,
            key="priorities_view", on_change=write_asked, required=True,
        )  # fmt: skip
        if asked.view == "map":
            footprint_map.draw(
                atlas, drawn, asked.footprint, dark=dark, narrow=True,
                alt=f"{finding}. The list has every footprint.", on_pick=pick,
            )  # fmt: skip
        else:
            picker.hexes(
                atlas, drawn, asked.footprint, title=finding,
                accent=colours.palette(dark).chosen, on_pick=pick,
            )  # fmt: skip
        st.html(html.legend(drawn.legend))
    with right:
        if question.themes:
            st.html(priorities_page.listing(atlas, question))
            st.html(
                f'<p class="stp-note"><a href="{_file(asked)}" download>CSV of this view</a></p>'
            )
        else:
            st.html(priorities_page.standing(atlas, question.rules))


def _file(asked: address.Asked) -> str:
    question = asked.question
    parts = [f"theme={','.join(question.themes)}", f"match={question.match}"]
    parts += [f"evidence={question.rules.strength}"]
    parts += ["years=all"] if question.rules.later else []
    parts += [f"region={asked.region}"] if asked.region else []
    return f"download/shared.csv?{'&'.join(parts)}"


@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    asked = address.read_asked(st.query_params, atlas)
    controls(asked)
    chrome.notices(asked.notices)
    rules = asked.question.rules
    match asked.section:
        case "matrix":
            matrix(asked)
        case "together":
            st.header("Which themes go together?", anchor=False)
            st.html(priorities_page.together(atlas, rules, None))
        case "alike":
            alike(asked)
        case "standing":
            st.header("What stands out", anchor=False)
            st.html(priorities_page.standing(atlas, rules))
        case _:
            answer(asked)


def alike(asked: address.Asked) -> None:
    """The plans nearest to a chosen one."""
    st.header("Which plans are most alike?", anchor=False)
    places = footprints.all_footprints(atlas)
    st.session_state["alike_to"] = asked.footprint.code if asked.footprint else None
    st.selectbox(
        "Footprint", list(places), format_func=lambda code: places[code].name, index=None,
        key="alike_to", placeholder="Choose a footprint",
        on_change=lambda: chrome.write(
            area=places[st.session_state["alike_to"]].slug if st.session_state["alike_to"] else None
        ),
    )  # fmt: skip
    if asked.footprint:
        st.html(priorities_page.alike(atlas, asked.footprint, asked.question.rules))


def matrix(asked: address.Asked) -> None:
    """All footprints by all themes; a cell opens its sources."""
    st.header("Who names what", anchor=False)
    st.caption(sharing.rules_in_words(asked.question))
    cell = address.read_cell(st.query_params, atlas)
    if cell:
        st.html(priorities_page.proof(atlas, *cell, asked.question.rules.later))
    picker.matrix(
        atlas, asked.question, cell, dark=chrome.is_dark(),
        on_pick=lambda picked: chrome.write(cell=picked),
    )  # fmt: skip


chrome.start("Priorities")
st.title("Which plans put the same things first?", anchor=False)
screen.is_narrow()
body()
chrome.footer()
