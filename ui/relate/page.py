"""The page Relate: two measures as a scatter, and the footprints selected in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import comparing, relating
from stp_data.overview.relating import Quantity, Related
from stp_data.places import footprints, measures
from ui.charts import relate, show
from ui.parts import chrome, copying, html
from ui.parts.cells import footprint_link, line
from ui.relate import filters
from ui.relate.filters import AskedRelate

KEYS = {"x": "relate_x", "y": "relate_y", "area": "relate_area", "areas": "relate_areas"}
LABELS = {"x": "Measure across (x)", "y": "Measure up (y)"}
HOW = (
    "**Select footprints**: press the lasso or the box above the chart and draw around marks, or "
    "choose names from this list."
)


def draw(atlas: Atlas, params: Mapping[str, str], *, narrow: bool) -> None:
    """The page below its title; in a frame, the chart alone."""
    now = filters.read(params, atlas)
    found = relating.related(atlas, now.x, now.y)
    if chrome.embedded():
        _chart(atlas, now, found, narrow)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, key in (("x", now.x), ("y", now.y)):
            _measure(atlas, name, key)
        _footprint(atlas, now)
        show.picture_format()
    chrome.notices(now.notices)
    st.html(
        copying.button("Copy sentence", _sentence(atlas, found, now))
        + copying.button("Copy link", copying.address("relate", **now.query(atlas)))
    )
    if narrow:
        _chart(atlas, now, found, narrow)
        _said(found)
        _selection(atlas, now)
        return
    left, right = st.columns([2, 1], gap="large")
    with left:
        _chart(atlas, now, found, narrow)
    with right:
        _selection(atlas, now)
        _said(found)


def _measure(atlas: Atlas, name: str, key: str) -> None:
    known = relating.labels(atlas)
    default = relating.DEFAULTS["xy".index(name)]
    st.session_state[KEYS[name]] = key

    def write() -> None:
        picked = st.session_state[KEYS[name]]
        chrome.write(**{name: None if picked == default else picked})

    st.selectbox(
        LABELS[name],
        list(known),
        format_func=known.__getitem__,
        key=KEYS[name],
        width=330,
        on_change=write,
    )


def _footprint(atlas: Atlas, now: AskedRelate) -> None:
    places = footprints.all_footprints(atlas)
    st.session_state[KEYS["area"]] = now.footprint.code if now.footprint else None

    def write() -> None:
        _mark(atlas, st.session_state[KEYS["area"]])

    st.selectbox(
        "Footprint to mark",
        [place.code for place in footprints.by_name(atlas)],
        format_func=lambda code: places[code].name,
        index=None,
        placeholder="Type a name",
        key=KEYS["area"],
        width=250,
        on_change=write,
    )


def _mark(atlas: Atlas, code: str | None) -> None:
    chrome.write(area=footprints.all_footprints(atlas)[code].slug if code else None)


def _select(atlas: Atlas, codes: tuple[str, ...]) -> None:
    named = tuple(place.code for place in footprints.by_name(atlas) if place.code in codes)
    chrome.write(areas=filters.slugs(atlas, named) or None)


def _chart(atlas: Atlas, now: AskedRelate, found: Related, narrow: bool) -> None:
    finding = relating.finding(found)
    st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    chosen = now.footprint.code if now.footprint else ""
    show.draw(
        relate.chart(atlas, now.x, now.y, show.look_of(narrow), chosen, now.selected),
        nothing=f"**{finding}.** Choose another measure.",
        file=_file(now, atlas, all_areas=True),
        embed={"page": "relate", **now.query(atlas)},
        table=lambda: table(atlas, now.x, now.y, ()),
        table_label="Table: every figure with its source",
        on_pick=lambda code: _mark(atlas, code),
        on_area=lambda codes: _select(atlas, codes),
    )
    if now.footprint and found.codes and now.footprint.code in found.missing:
        absent = [one.in_sentence for one in found.missing[now.footprint.code]]
        st.markdown(f"{now.footprint.name} has no figure for {wording.listed(absent)}.")
    if not chrome.embedded() and (missing := without(atlas, found)):
        st.caption(missing)


def _file(now: AskedRelate, atlas: Atlas, *, all_areas: bool = False) -> str:
    asked = urlencode(now.of_file(atlas, all_areas=all_areas), safe=",")
    return f"download/relate.csv{'?' if asked else ''}{asked}"


def _sentence(atlas: Atlas, found: Related, now: AskedRelate) -> str:
    """The finding to quote, with where it stands."""
    coefficient = f" {relating.coefficient(found)}" if found.codes else ""
    where = copying.address("relate", **now.query(atlas))
    return f"{relating.finding(found)}.{coefficient} STP Atlas, {wording.data_of(atlas)}, {where}"


def without(atlas: Atlas, found: Related) -> str:
    """Which footprints are not in the chart, by what they have no figure for; empty for none."""
    places = footprints.all_footprints(atlas)
    said = []
    for one in (found.x, found.y):
        names = [
            places[code].short_name
            for code, missing in found.missing.items()
            if one in missing
        ]  # fmt: skip
        if names:
            number = wording.count(len(names), "footprint", "footprints")
            said.append(
                f"No figure for {one.in_sentence}: {number}, not shown in the chart "
                f"({', '.join(names)})."
            )
    return " ".join(said)


def _said(found: Related) -> None:
    """The coefficient and what it does not say."""
    if not found.codes:
        return
    st.header("Rank correlation", anchor=False)
    st.html(
        line(f"<b>{escape(relating.coefficient(found))}</b>")
        + "".join(line(escape(said)) for said in relating.cautions(found))
    )


def _selection(atlas: Atlas, now: AskedRelate) -> None:
    """The footprints selected, with what to do with them."""
    places = footprints.all_footprints(atlas)
    st.header("Selected footprints", anchor=False)
    st.markdown(HOW)
    st.session_state[KEYS["areas"]] = list(now.selected)
    st.multiselect(
        "Footprints selected",
        [place.code for place in footprints.by_name(atlas)],
        format_func=lambda code: places[code].short_name,
        key=KEYS["areas"],
        placeholder="Type a name",
        on_change=lambda: _select(atlas, tuple(st.session_state[KEYS["areas"]])),
    )
    if not now.selected:
        return
    st.html(_links(atlas, now) + table(atlas, now.x, now.y, now.selected))
    st.button("Clear the selection", on_click=lambda: chrome.write(areas=None), type="tertiary")


def _links(atlas: Atlas, now: AskedRelate) -> str:
    number = len(now.selected)
    file = escape(_file(now, atlas))
    csv = f'<a class="stp-copy" href="{file}" download>CSV of the selected</a>'
    if comparing.FEWEST <= number <= comparing.MOST:
        where = escape(f"compare?areas={filters.slugs(atlas, now.selected)}")
        return line(f'<a href="{where}" target="_self">Compare these {number} footprints</a>') + csv
    return line(f"To compare footprints, select {comparing.FEWEST} to {comparing.MOST}.") + csv


@lru_cache(maxsize=64)
def table(atlas: Atlas, x: str, y: str, codes: tuple[str, ...]) -> str:
    """Both figures of each footprint of ``codes``, or of all 44, highest on x first.

    Footprints that lack a figure come last, by name.
    """
    found = relating.related(atlas, x, y)
    places = footprints.all_footprints(atlas)
    people = measures.values(atlas, "population").by_code
    shown = [place.code for place in footprints.by_name(atlas) if not codes or place.code in codes]
    shown.sort(
        key=lambda code: (
            code in found.missing,
            -found.x.figures[code].value if code not in found.missing else 0,
        )
    )
    rows = [
        [
            f"{footprint_link(places[code].slug, places[code].name)}<br>"
            f"<small>{escape(places[code].region)}</small>",
            *(_cell(one, code) for one in (found.x, found.y)),
            f"{people[code]:,.0f}",
        ]
        for code in shown
    ]
    england = [one.england_said for one in (found.x, found.y)]
    if any(england):
        rows.append(["England", *(said or "no figure" for said in england), ""])
    heads = ["Footprint", *(f"{one.label}, {one.as_of}" for one in (found.x, found.y))]
    heads.append("People, mid-2017")
    caption = (
        "The selected footprints" if codes else "Both measures, highest on the first measure first"
    )
    cited = "; ".join(_cited(atlas, one) for one in (found.x, found.y))
    note = f"Sources: {cited}. People: {html.cite(atlas, sources.PEOPLE)}."
    return f'{html.table(caption, heads, rows, numbers_from=1)}<p class="stp-note">{note}</p>'


def _cell(one: Quantity, code: str) -> str:
    figure = one.figures.get(code)
    if figure is None:
        return "no figure"
    # Where each figure has a source of its own, its mark stands beside it.
    own = html.mark(figure.source) if len(one.sources) > 1 else ""
    return f"{escape(figure.said)}{own}"


def _cited(atlas: Atlas, one: Quantity) -> str:
    label = escape(one.in_sentence)
    if not one.sources:
        return (
            f'{label}: <a href="priorities?show=matrix" target="_self">the documents read, theme '
            "by theme</a>"
        )
    if len(one.sources) == 1:
        return f"{label}: {html.cite(atlas, one.sources[0])}"
    return f"{label}: each figure's source is marked beside it"
