"""The charts of the Timeline page: how to select a mark, and its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from stp_data import Atlas
from stp_data.history import events
from ui.charts import show as charts
from ui.charts.look import Chart
from ui.parts import chrome
from ui.timeline import filters
from ui.timeline.filters import TimelineFilters


def pick(atlas: Atlas, mark: str) -> None:
    """Open the sources of a mark, or the events that a circle counts."""
    kind, _, year = mark.partition(":")
    if kind in events.kinds(atlas):
        chrome.write(who="local", kind=kind, mark=None, page=None, **{"from": year, "to": year})
    else:
        chrome.write(mark=mark)


def draw(
    atlas: Atlas,
    now: TimelineFilters,
    chart: Chart | None,
    finding: str,
    what: str,
    chosen: Callable[[Atlas, Any], str],
    file: str,
    query: Mapping[str, str],
    choices: Mapping[str, str],
    table: Callable[[], str] | None = None,
) -> None:
    """A chart below the sources of its selected mark; its title is a heading for screen readers."""
    if not chrome.embedded():
        by = (
            "from the list"
            if chart and chart.is_narrow
            else "in the chart, or from the list below it"
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            charts.picture_format()
            if not now.mark:
                st.caption(f"Select {what} {by}, to see its sources.")
        if now.mark:
            st.html(chosen(atlas, filters.MARKS[filters.SHOW.word(now.query)](atlas)[now.mark]))
    st.html(f'<h2 class="stp-unseen">{escape(finding)}</h2>')
    charts.draw(
        chart, nothing=f"**{finding}.** None of them has a date.", file=file,
        embed={"page": "timeline", **query}, table=table, choices=choices, chosen=now.mark,
        on_pick=lambda mark: pick(atlas, mark),
    )  # fmt: skip
