"""Events by date with their words; where there are many, how many of each kind a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import plotly.graph_objects as go

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.history import events
from stp_data.history.events import Event
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from stp_data.places import footprints
from stp_data.places.footprints import slugify
from ui.charts import look
from ui.charts.dots import Kind, Mark, tips
from ui.charts.look import LABEL, SMALL, Chart, Look

DAY = Kind("Day known", colours.PURPLE)
MONTH = Kind("Only the month known", colours.PURPLE, filling="-open")
YEAR = Kind("Only the year known (line)", colours.PURPLE, "square", filling="-open")
DIFFER = Kind("Sources give different dates (line)", colours.PURPLE, "diamond", filling="-open")
KINDS = (DAY, MONTH, YEAR, DIFFER)
BY_PRECISION = {"day": DAY, "month": MONTH, "year": YEAR}
SIZE, LINE, APART = 9, 15, 3
"""Of a mark; of a line of words; between events whose words take several lines."""
HEADING, AXIS, PADDING = 24, 18, 6
NAME, ROW, PER_EVENT = 16, 23, 5
"""Of the name of a kind, of a row of counts; width of the circle of one event."""
MOST_WRAPPED, MOST_NAMED = 20, 60
"""With more events in a panel, each has one line; with still more, they are counted."""


class _Axis(NamedTuple):
    """Days along an axis of so many pixels."""

    first: date
    last: date
    room: float

    def at(self, day: date) -> float:
        return (day - self.first).days / (self.last - self.first).days * self.room


@lru_cache(maxsize=32)
def chart(
    atlas: Atlas, found: tuple[Event, ...], title: str, look_: Look, chosen: str = ""
) -> Chart | None:
    """Return the chart of the events that have a date, below ``title``; None where there are none.

    ``chosen`` is the mark of the event that gets a ring.
    """
    dated = [one for one in found if one.date]
    if not dated:
        return None
    panels = [[one for one in dated if one.is_national == national] for national in (True, False)]
    left, is_counted = 0.0, max(map(len, panels)) > MOST_NAMED
    if is_counted and not look_.narrow:
        left = 14 + max(look.width_of(f"{kind}: 999") for kind in events.kinds(atlas).values())
    axis = _Axis(
        min(_span(one)[0] for one in dated).replace(month=1, day=1),
        max(_span(one)[1] for one in dated).replace(month=12, day=31),
        look_.width - left - 2 * look.EDGE,
    )
    traces: list[go.Scatter] = []
    names: list[tuple[str, float]] = []
    placed: list[_Placed] = []
    y = 0.0
    for own in filter(None, panels):
        names.append((f"<b>{look.escaped(_heading(atlas, own))}</b>", y + HEADING / 2))
        traces.append(_years(axis, y + HEADING + AXIS / 2, look_))
        y += HEADING + AXIS + PADDING
        if len(own) > MOST_NAMED:
            counts, rows = _counts(own, look_, y)
            traces.append(counts)
            names += rows
            y = rows[-1][1] + ROW
        else:
            placed += _placed(own, axis, look_, y)
            y = placed[-1].y + LINE
        y += PADDING
    traces += _traces(atlas, placed, look_, chosen) if placed else []
    pad = timedelta(days=round((axis.last - axis.first).days * SIZE / 2 / axis.room))
    return look.compose(
        atlas, "events", _words(atlas, found, title, is_counted=is_counted), traces, look_,
        plot=y, left=left, below=0,
        legend=[kind.label for kind in KINDS if kind.label in {trace.name for trace in traces}],
        layout={
            "annotations": [
                {
                    "text": name, "yref": "y", "y": at, "xshift": -left,
                    "font": {"size": LABEL, "color": look_.palette.text},
                }
                for name, at in names
            ],
            "xaxis": {
                "type": "date", "showgrid": True, "dtick": "M12", "tick0": "2000-01-01",
                "showticklabels": False,
                "range": [(axis.first - pad).isoformat(), (axis.last + pad).isoformat()],
            },
            "yaxis": {"range": [y, 0], "visible": False},
        },
    )  # fmt: skip


def choices(atlas: Atlas, found: Sequence[Event]) -> dict[str, str]:
    """Return the mark of each event with a date, and what it says in a few words."""
    return {
        one.mark: f"{_where_and_when(atlas, one)}: {_cut(one.reports[0].summary, 40)}"
        for one in found
        if one.date
    }


def _kind(one: Event) -> Kind:
    """Return how exact the date is."""
    return DIFFER if one.has_conflicting_dates else BY_PRECISION[dates.precision(one.date)]


def _span(one: Event) -> tuple[date, date]:
    """Return the first and last day of the event, by all of its dates if they conflict."""
    spans = [dates.span(day) for day in (one.dates if one.has_conflicting_dates else [one.date])]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _cut(words: str, most: int) -> str:
    """Return the beginning of a sentence, at most so many letters."""
    words = words.rstrip(".")
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0].rstrip(' ,;:')} …"


def _place_name(atlas: Atlas, one: Event) -> str:
    return "England" if one.is_national else footprints.all_footprints(atlas)[one.code].short_name


def _where_and_when(atlas: Atlas, one: Event) -> str:
    return f"{_place_name(atlas, one)}, {' or '.join(map(wording.date, one.dates))}"


def _heading(atlas: Atlas, own: list[Event]) -> str:
    is_one = len({one.code for one in own}) == 1
    where = _place_name(atlas, own[0]) if is_one else "44 footprints"
    return f"{where}: {wording.count(len(own), 'event', 'events')}"


def _years(axis: _Axis, y: float, look_: Look) -> go.Scatter:
    """Return the names of the years: each panel has them above it."""
    years = [str(year) for year in range(axis.first.year, axis.last.year + 1)]
    return go.Scatter(
        x=[f"{year}-07-02" for year in years], y=[y] * len(years), mode="text", name="years",
        text=[f"’{year[2:]}" for year in years] if look_.narrow else years, hoverinfo="skip",
        textposition="middle center", showlegend=False,
    )  # fmt: skip


# Many events: a circle for each kind and year


def _counts(own: list[Event], look_: Look, y: float) -> tuple[go.Scatter, list[tuple[str, float]]]:
    """Return circles as large as numbers of events, and the name of each row with its place."""
    names, marks, ys = [], [], []
    for kind, number in Counter(one.reports[0].kind for one in own).most_common():
        name = f"{kind[0].upper()}{kind[1:]}"
        names.append((f"{name}: {number}", y + (NAME if look_.narrow else ROW) / 2))
        y += ROW + (NAME if look_.narrow else 0)
        years = Counter(one.date[:4] for one in own if one.reports[0].kind == kind)
        for year, count in sorted(years.items()):
            tip = (("", f"{name}, {year}"), ("Local events", str(count)))
            marks.append(Mark(f"{slugify(kind)}:{year}", DAY, int(year), count, str(count), tip))
            ys.append(y - ROW / 2)
    circles = go.Scatter(
        x=[f"{mark.low}-07-02" for mark in marks], y=ys, text=[mark.said for mark in marks],
        name="counts", cliponaxis=False, showlegend=False,
        textfont={"color": look_.palette.text},
        marker={
            "color": colours.PURPLE, "line": {"width": 0}, "opacity": 1,
            "size": [round(PER_EVENT * mark.high**0.5, 1) for mark in marks],
        },
        **tips(marks),
    )  # fmt: skip
    return circles, names


# Few events: one below the other, with their words


class _Placed(NamedTuple):
    """An event, the days between which it lies, how far down it is drawn, and its words."""

    event: Event
    low: date
    high: date
    y: float
    lines: tuple[str, ...]
    is_left: bool
    """Whether its words are to the left of its mark."""

    @property
    def middle(self) -> str:
        return (self.low + (self.high - self.low) / 2).isoformat()

    @property
    def end(self) -> str:
        """Where its words begin, clear of the line through its mark."""
        if _kind(self.event) not in (YEAR, DIFFER):
            return self.middle
        return (self.low if self.is_left else self.high).isoformat()


def _placed(own: list[Event], axis: _Axis, look_: Look, y: float) -> list[_Placed]:
    """Return the events from the top, with as many of their words as fit at the wider side."""
    most = 1 if len(own) > MOST_WRAPPED and not look_.narrow else 2
    placed = []
    for one in own:
        low, high = _span(one)
        middle = axis.at(low + (high - low) / 2)
        left = min(axis.at(low), middle - SIZE / 2) - 8
        right = axis.room - max(axis.at(high), middle + SIZE / 2) - 8
        number = f"{one.number}. " if one.is_national else ""
        words = f"{number}{one.reports[0].summary}".rstrip(".")
        is_left = look.width_of(words, SMALL) > right and left > right
        # Room for the dots at the end of the last line.
        lines = look.lines(words, (left if is_left else right) - 12, SMALL)
        if len(lines) > most:
            lines = (*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:')} …")
        tall = LINE * len(lines) + APART * (len(lines) > 1)
        placed.append(_Placed(one, low, high, y + tall / 2, lines, is_left))
        y += tall
    return placed


def _traces(atlas: Atlas, placed: list[_Placed], look_: Look, chosen: str) -> list[go.Scatter]:
    """Return the marks by kind, the lines through them, the words, and the ring."""
    found = [
        look.ring(at.middle, at.y, look_, SIZE + 8) for at in placed if at.event.mark == chosen
    ]
    for kind in KINDS:
        mine = [at for at in placed if _kind(at.event) == kind]
        if mine and kind in (YEAR, DIFFER):
            found.append(
                go.Scatter(
                    x=[x for at in mine for x in (at.low.isoformat(), at.high.isoformat(), None)],
                    y=[y for at in mine for y in (at.y, at.y, None)], mode="lines", name="spans",
                    hoverinfo="skip", showlegend=False, legendgroup=kind.label,
                    line={"color": kind.colour, "width": 1.5},
                )
            )  # fmt: skip
        if mine:
            found.append(_marks(atlas, kind, mine))
    words = go.Scatter(
        x=[at.end for at in placed], y=[at.y for at in placed], mode="text", name="words",
        text=[
            "<br>".join(f"{line}\u2003" if at.is_left else f"\u2003{line}" for line in at.lines)
            for at in placed
        ],
        textposition=["middle left" if at.is_left else "middle right" for at in placed],
        hoverinfo="skip", showlegend=False,
    )  # fmt: skip
    return [*found, words]


def _marks(atlas: Atlas, kind: Kind, mine: list[_Placed]) -> go.Scatter:
    """Return the marks of a kind; the list below the chart has the notes and every source."""
    marks = []
    for event in (at.event for at in mine):
        confidences = dict.fromkeys(report.confidence for report in event.reports)
        tip = (
            ("", _where_and_when(atlas, event)),
            ("", event.reports[0].summary),
            ("Source", look.cited(atlas, event.sources)),
            ("Confidence", wording.listed(list(confidences))),
        )
        marks.append(Mark(event.mark, kind, 0, 0, "", tip))
    return go.Scatter(
        x=[at.middle for at in mine], y=[at.y for at in mine], mode="markers",
        name=kind.label, legendgroup=kind.label,
        marker={
            "symbol": f"{kind.shape}{kind.filling}", "size": SIZE, "color": kind.colour,
            "line": {"width": 2 if kind.filling else 0, "color": kind.colour},
        },
        **tips(marks),
    )  # fmt: skip


def _words(atlas: Atlas, found: tuple[Event, ...], title: str, *, is_counted: bool) -> Words:
    cited = events.cited(found)
    publishers = {sources.source(atlas, key).publisher for key in cited}
    undated = sum(not one.date for one in found)
    said = ["A mark is in the middle of its month or year where the day is not known."]
    if is_counted:
        said.append("Circles count the events of a year; select one to see them.")
    if undated:
        are = wording.count(undated, "event without a date is", "events without a date are")
        said.append(f"{are} only in the list.")
    documents = wording.count(len(cited), "document", "documents")
    return Words(
        title=title,
        subtitle=" ".join(said),
        source=f"{documents} of {wording.count(len(publishers), 'publisher', 'publishers')}, each "
        "named in the list and in the CSV.",
        alt=f"{title}. Timeline of {len(found) - undated} events, which the list has with sources.",
    )
