"""Puts a chart on a page, with its table, its file, and a choice that needs no mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.charts.look import Chart, Look
from ui.parts import chrome, copying

FORMATS = {"png": "PNG", "svg": "SVG"}
FORMAT = "picture_format"
"""In the session: which kind of picture Plotly's button makes."""
SCALE = 2
"""Pixels of a downloaded picture for each one on screen, so that letters are sharp."""
FOOTER = 130
"""Height of what stands around a chart in a frame of another site."""
_NOT_NEEDED = ["zoom2d", "pan2d", "autoScale2d"]
_OF_AREAS = ["select2d", "lasso2d"]


def look_of(narrow: bool) -> Look:
    """What the reader's screen and theme ask of a chart."""
    return Look(chrome.is_dark(), narrow)


def picture_format() -> None:
    """Once a page: which kind of picture Plotly's camera button saves.

    Plotly takes one kind for each chart, so the other is asked for here.
    """
    st.segmented_control(
        "Save pictures as",
        list(FORMATS),
        format_func=FORMATS.__getitem__,
        default="png",
        required=True,
        key=FORMAT,
    )


def draw(
    chart: Chart | None,
    *,
    nothing: str,
    file: str,
    key: str = "",
    embed: Mapping[str, str] | None = None,
    table: Callable[[], str] | None = None,
    table_label: str = "Table with sources",
    choices: Mapping[str, str] | None = None,
    chosen: str = "",
    on_pick: Callable[[str], None] | None = None,
    on_area: Callable[[tuple[str, ...]], None] | None = None,
) -> None:
    """The chart, a list to choose a mark from, its table folded, and what can be taken away.

    ``nothing`` is said where there is no chart. ``file`` is the address of the CSV with the same
    figures; ``embed`` the page (``page``) and query that show this chart in a frame. ``table``
    gives the HTML of the table when a reader opens it. ``choices`` (key of a mark -> what it says)
    are for readers without a mouse; a pick of either kind calls ``on_pick`` with the key, which is
    the first of a mark's custom data. ``on_area`` gets the keys of all marks within a box or lasso.
    """
    if chart is None:
        st.markdown(nothing)
        return
    key = key or chart.name

    def choice() -> None:
        if choices and on_pick and not chrome.embedded():
            _choice(choices, chosen, f"choice_{key}", on_pick)

    # A tap shows what a mark says, but Plotly makes no selection of it: on a phone the list, by
    # which a mark is chosen, comes first.
    if chart.is_narrow:
        choice()
    _plotly(chart, f"chart_{key}", on_pick, on_area)
    if chrome.embedded():
        return
    if not chart.is_narrow:
        choice()
    st.html(
        f'<a class="stp-copy" href="{escape(file)}" download>CSV of this chart</a>'
        + (copying.button("Copy code to embed", frame(chart, embed)) if embed else "")
    )
    if table is not None:
        with st.expander(table_label, key=f"table_{key}", on_change="rerun") as folded:
            # Long tables travel when they are asked for.
            if folded.open:
                st.html(table())


def _plotly(
    chart: Chart,
    key: str,
    on_pick: Callable[[str], None] | None,
    on_area: Callable[[tuple[str, ...]], None] | None,
) -> None:
    def selected() -> None:
        selection = st.session_state[key].selection
        points = selection.points
        if on_area and (selection.box or selection.lasso):
            keys = (str(data[0]) for point in points if (data := point.get("customdata")))
            on_area(tuple(dict.fromkeys(keys)))
        elif points and on_pick and (data := points[0].get("customdata")):
            on_pick(str(data[0]))

    modes = ("points", "box", "lasso") if on_area else "points"
    picked: dict[str, Any] = {"on_select": selected, "selection_mode": modes} if on_pick else {}
    st.plotly_chart(
        chart.figure,
        width="stretch",
        height=chart.height,
        theme=None,
        key=key,
        alt=chart.words.alt,
        config=config(chart, areas=on_area is not None),
        **picked,
    )


def config(chart: Chart, *, areas: bool = False) -> dict[str, Any]:
    """What Plotly is told besides the figure: few buttons, and the picture it saves.

    ``areas``: with buttons for a box and a lasso.
    """
    kind = st.session_state.get(FORMAT) or "png"
    return {
        "displaylogo": False,
        "displayNotifier": False,
        "displayModeBar": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": _NOT_NEEDED if areas else [*_NOT_NEEDED, *_OF_AREAS],
        "toImageButtonOptions": {
            "format": kind,
            "filename": f"stp-atlas-{chart.name}",
            "width": chart.picture_width,
            "height": chart.height,
            "scale": 1 if kind == "svg" else SCALE,
        },
    }


def _choice(
    choices: Mapping[str, str], chosen: str, key: str, on_pick: Callable[[str], None]
) -> None:
    """Every mark of the chart in a list that is searched by typing."""
    st.session_state[key] = chosen if chosen in choices else None

    def changed() -> None:
        if picked := st.session_state[key]:
            on_pick(picked)

    st.selectbox(
        "Choose a figure from the list",
        list(choices),
        format_func=choices.__getitem__,
        index=None,
        placeholder="Type a name",
        key=key,
        on_change=changed,
    )


def frame(chart: Chart, embed: Mapping[str, str]) -> str:
    """HTML that shows the chart on another site, as high as it needs and named by its title."""
    query = {name: value for name, value in embed.items() if name != "page"}
    address = escape(copying.address(embed["page"], embed="true", **query))
    return (
        f'<iframe src="{address}" title="{escape(chart.words.title)}" width="100%" '
        f'height="{chart.height + FOOTER}" loading="lazy" style="border:0"></iframe>'
    )
