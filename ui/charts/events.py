"""Events by date: each with its words where there are few, else as a swarm for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.history import reported_events
from stp_data.history.reported_events import Happening
from stp_data.history.timeline import ENGLAND
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from stp_data.places import footprints
from ui.charts import look
from ui.charts.dots import Kind, Mark, tips
from ui.charts.look import LABEL, SMALL, Chart, Look

DAY = Kind("Day known", colours.PURPLE)
MONTH = Kind("Only the month known", colours.PURPLE, filling="-open")
YEAR = Kind("Only the year known (line)", colours.PURPLE, shape="square", filling="-open")
DIFFER = Kind("Sources give different dates (line)", colours.PURPLE, "diamond", filling="-open")
KINDS = (DAY, MONTH, YEAR, DIFFER)
BY_LENGTH = {10: DAY, 7: MONTH, 4: YEAR}
"""By the length of a date."""
SIZE, LANE, ROW, LINE = 9, 12, 18, 16
"""Of a mark; of a lane of a swarm; of an event with its words, and of each further line of them."""
LINES = 2
HEADING, NAME, AXIS, PADDING = 30, 22, 18, 6
MOST_TOLD = 40
"""As many events of a panel have their words printed."""


@dataclass(frozen=True)
class _Placed:
    """An event with the days between which it lies, and how far down it is drawn."""

    event: Happening
    low: date
    high: date
    y: float
    said: tuple[str, ...] = ()
    """Lines of words beside the mark; none in a swarm."""
    to_the_left: bool = False

    @property
    def middle(self) -> date:
        return self.low + (self.high - self.low) / 2


@dataclass(frozen=True)
class _Panel:
    """Events of England, or of footprints, below an axis of years."""

    heading: str
    placed: tuple[_Placed, ...]
    names: tuple[tuple[str, float], ...]
    """Kinds of events with where they stand; empty where each event has its words."""
    height: float


@dataclass(frozen=True)
class _Days:
    """Days along an axis of so many pixels."""

    first: date
    last: date
    room: float

    def at(self, day: date) -> float:
        return (day - self.first).days / (self.last - self.first).days * self.room


@lru_cache(maxsize=32)
def chart(
    atlas: Atlas, found: tuple[Happening, ...], title: str, look_: Look, chosen: str = ""
) -> Chart | None:
    """The events that have a date, below ``title``; None where there are none.

    ``chosen`` is the name in an address of the one that gets a ring.
    """
    dated = [one for one in found if one.date]
    if not dated:
        return None
    days = _days(dated, look_)
    panels = [
        _panel(atlas, own, days, national=national)
        for national in (True, False)
        if (own := [one for one in dated if (one.code == ENGLAND) == national])
    ]
    height = sum(HEADING + AXIS + panel.height for panel in panels)
    traces: list[go.Scatter] = []
    layout: dict[str, Any] = {"annotations": []}
    top, seen = 0.0, set[Kind]()
    for number, panel in enumerate(panels, 1):
        suffix = "" if number == 1 else str(number)
        top += HEADING + AXIS
        low, high = 1 - (top + panel.height) / height, 1 - top / height
        layout[f"xaxis{suffix}"] = _years(days, look_, suffix)
        layout[f"yaxis{suffix}"] = {
            "anchor": f"x{suffix}", "domain": [max(0, low), high], "range": [panel.height, 0],
            "visible": False,
        }  # fmt: skip
        layout["annotations"] += _headings(panel, high, suffix, look_)
        traces += _traces(atlas, panel, suffix, look_, chosen, seen)
        top += panel.height
    return look.compose(
        atlas, "events", _words(atlas, found, title), traces, look_,
        plot=height, above=0, below=0, layout=layout,
        legend=[kind.label for kind in KINDS if kind in seen],
    )  # fmt: skip


def choices(atlas: Atlas, found: Sequence[Happening]) -> dict[str, str]:
    """The name in an address of each event with a date, and what it says in a few words."""
    names = reported_events.marks(atlas)
    return {
        names[one]: f"{_where(atlas, one)}, {_when(one)}: {_cut(one.told[0].summary, 40)}"
        for one in found
        if one.date
    }


def _cut(words: str, most: int) -> str:
    """The beginning of a sentence, at most so many letters."""
    words = words.rstrip(".")
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0].rstrip(' ,;:')} …"


def _in_lines(words: str, most: float) -> tuple[str, ...]:
    """A sentence, or its beginning, in at most LINES lines no wider than ``most`` pixels."""
    # Room for the dots at the end of the last line.
    found = look.lines(words.rstrip("."), most - 12, SMALL)
    if len(found) <= LINES:
        return found
    return (*found[: LINES - 1], f"{found[LINES - 1].rstrip(' ,;:')} …")


def _where(atlas: Atlas, one: Happening) -> str:
    if one.code == ENGLAND:
        return "England"
    return footprints.all_footprints(atlas)[one.code].short_name


def _when(one: Happening) -> str:
    return " or ".join(wording.date(day) for day in one.dates if day)


def kind_of(one: Happening) -> Kind:
    """How exact the date is."""
    return DIFFER if one.differs else BY_LENGTH[len(one.date)]


def span(one: Happening) -> tuple[date, date]:
    """First and last day that the event may have been on, by all of its dates if they differ."""
    said = [day for day in one.dates if day] if one.differs else [one.date]
    spans = [dates.span(day) for day in said]
    return min(low for low, _ in spans), max(high for _, high in spans)


# Where everything lies


def _days(dated: Sequence[Happening], look_: Look) -> _Days:
    spans = [span(one) for one in dated]
    first = min(low for low, _ in spans).replace(month=1, day=1)
    last = max(high for _, high in spans).replace(month=12, day=31)
    return _Days(first, last, look_.width - 2 * look.EDGE)


def _panel(atlas: Atlas, own: list[Happening], days: _Days, *, national: bool) -> _Panel:
    codes = {one.code for one in own}
    heading = "England"
    if not national:
        heading = "44 footprints"
        if len(codes) == 1:
            heading = footprints.all_footprints(atlas)[codes.pop()].name
    number = wording.count(len(own), "event", "events")
    if len(own) <= MOST_TOLD:
        return _told(f"{heading}: {number}", own, days)
    return _swarms(f"{heading}: {number} by kind", own, days)


def _told(heading: str, own: list[Happening], days: _Days) -> _Panel:
    """One below the other, with as many of their words as fit at the wider side."""
    placed = []
    y = float(PADDING)
    for one in own:
        low, high = span(one)
        middle = days.at(low + (high - low) / 2)
        left = min(days.at(low), middle - SIZE / 2) - 8
        right = days.room - max(days.at(high), middle + SIZE / 2) - 8
        words = f"{one.number} {one.told[0].summary}" if one.number else one.told[0].summary
        to_the_left = look.width_of(words, SMALL) > right and left > right
        said = _in_lines(words, left if to_the_left else right)
        tall = ROW + LINE * (len(said) - 1)
        placed.append(_Placed(one, low, high, y + tall / 2, said, to_the_left))
        y += tall
    return _Panel(heading, tuple(placed), (), y + PADDING)


def _swarms(heading: str, own: list[Happening], days: _Days) -> _Panel:
    """Events of a kind side by side, in as many lanes as keep them apart."""
    kinds = Counter(one.told[0].kind for one in own).most_common()
    placed: list[_Placed] = []
    names = []
    y = 0.0
    for kind, number in kinds:
        names.append((f"{kind[0].upper()}{kind[1:]}: {number}", y + NAME / 2))
        y += NAME
        taken: list[float] = []
        for one in sorted(own, key=lambda one: (span(one)[0], span(one)[1])):
            if one.told[0].kind != kind:
                continue
            low, high = span(one)
            middle = days.at(low + (high - low) / 2)
            left = min(days.at(low), middle - SIZE / 2 - 1)
            lane = next((at for at, end in enumerate(taken) if end <= left), len(taken))
            right = max(days.at(high), middle + SIZE / 2 + 1)
            taken[lane : lane + 1] = [right]
            placed.append(_Placed(one, low, high, y + LANE * (lane + 0.5)))
        y += LANE * len(taken) + PADDING
    return _Panel(heading, tuple(placed), tuple(names), y)


def _years(days: _Days, look_: Look, suffix: str) -> dict[str, Any]:
    pad = timedelta(days=round((days.last - days.first).days * SIZE / 2 / days.room))
    return {
        "type": "date", "anchor": f"y{suffix}", "side": "top", "showgrid": True,
        "range": [(days.first - pad).isoformat(), (days.last + pad).isoformat()],
        "dtick": "M12", "tick0": "2000-01-01", "ticklabelmode": "period",
        "tickformat": "’%y" if look_.narrow else "%Y", "hoverformat": "%Y",
        **({"matches": "x"} if suffix else {}),
    }  # fmt: skip


# What is drawn


def _headings(panel: _Panel, y: float, suffix: str, look_: Look) -> list[dict[str, Any]]:
    strong = {"size": LABEL, "color": look_.palette.text}
    most = look_.width - 2 * look.EDGE
    return [
        {
            "text": look.wrapped(panel.heading, most, LABEL, bold=True).join(("<b>", "</b>")),
            "y": y, "yanchor": "bottom", "yshift": AXIS + 4, "font": strong,
        },
        *(
            {"text": look.escaped(name), "yref": f"y{suffix}", "y": at, "font": strong}
            for name, at in panel.names
        ),
    ]  # fmt: skip


def _traces(
    atlas: Atlas, panel: _Panel, suffix: str, look_: Look, chosen: str, seen: set[Kind]
) -> list[go.Scatter]:
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    names = reported_events.marks(atlas)
    traces = []
    if ring := [one for one in panel.placed if names[one.event] == chosen]:
        traces.append(
            go.Scatter(
                x=[one.middle.isoformat() for one in ring], y=[one.y for one in ring],
                mode="markers", hoverinfo="skip", showlegend=False, name="chosen", **axes,
                marker={
                    "symbol": "circle-open", "size": SIZE + 8, "color": look_.palette.chosen,
                    "line": {"width": 3, "color": look_.palette.chosen},
                },
            )
        )  # fmt: skip
    for kind in KINDS:
        mine = [one for one in panel.placed if kind_of(one.event) == kind]
        if not mine:
            continue
        if kind in (YEAR, DIFFER):
            traces.append(_lines(kind, mine, axes))
        traces.append(_marks(atlas, kind, mine, axes, first=kind not in seen))
        seen.add(kind)
    if told := [one for one in panel.placed if one.said]:
        traces.append(_words_beside(told, axes))
    return traces


def _lines(kind: Kind, mine: list[_Placed], axes: dict[str, str]) -> go.Scatter:
    """From the first to the last day that an event may have been on, clear of its mark."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for one in mine:
        xs += [one.low.isoformat(), one.high.isoformat(), None]
        ys += [one.y, one.y, None]
    return go.Scatter(
        x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False, name="spans",
        legendgroup=kind.label, line={"color": kind.colour, "width": 1.5}, **axes,
    )  # fmt: skip


def _words_beside(told: list[_Placed], axes: dict[str, str]) -> go.Scatter:
    """The words of each event, clear of its mark and of the line through it."""
    return go.Scatter(
        x=[_end(one).isoformat() for one in told], y=[one.y for one in told], mode="text",
        text=["<br>".join(_spaced(line, one) for line in one.said) for one in told],
        textposition=["middle left" if one.to_the_left else "middle right" for one in told],
        hoverinfo="skip", showlegend=False, name="words", **axes,
    )  # fmt: skip


def _spaced(line: str, one: _Placed) -> str:
    return f"{line}\u2003" if one.to_the_left else f"\u2003{line}"


def _end(one: _Placed) -> date:
    """Where the words of an event begin."""
    if kind_of(one.event) not in (YEAR, DIFFER):
        return one.middle
    return one.low if one.to_the_left else one.high


def _marks(
    atlas: Atlas, kind: Kind, mine: list[_Placed], axes: dict[str, str], *, first: bool
) -> go.Scatter:
    return go.Scatter(
        x=[one.middle.isoformat() for one in mine], y=[one.y for one in mine], mode="markers",
        name=kind.label, legendgroup=kind.label, showlegend=first,
        marker={
            "symbol": f"{kind.shape}{kind.filling}", "size": SIZE, "color": kind.colour,
            "line": {"width": 2 if kind.filling else 0, "color": kind.colour},
        },
        **tips([_mark(atlas, one.event, kind, full=bool(one.said)) for one in mine]), **axes,
    )  # fmt: skip


def _mark(atlas: Atlas, one: Happening, kind: Kind, *, full: bool) -> Mark:
    """What hovering says: the list below has the notes and every source besides.

    The many events of a swarm have the beginning of their words, since all of it travels.
    """
    cited = [key for event in one.told for key in event.sources]
    confidence = dict.fromkeys(event.confidence for event in one.told)
    return Mark(
        reported_events.marks(atlas)[one], kind, 0, 0, "",
        (
            ("", f"{_where(atlas, one)}, {_when(one)}"),
            ("", one.told[0].summary if full else _cut(one.told[0].summary, 45)),
            ("Source", look.cited(atlas, cited)),
            ("Confidence", wording.listed(list(confidence))),
        ),
    )  # fmt: skip


def _words(atlas: Atlas, found: tuple[Happening, ...], title: str) -> Words:
    cited = {key for one in found for event in one.told for key in event.sources}
    publishers = {sources.source(atlas, key).publisher for key in cited}
    undated = sum(not one.date for one in found)
    missing = ""
    if undated:
        are = wording.count(undated, "event without a date is", "events without a date are")
        missing = f" {are} only in the list."
    documents = wording.count(len(cited), "document", "documents")
    return Words(
        title=title,
        subtitle=(
            "Events by date. A mark without a known day stands in the middle of its month or "
            f"year.{missing}"
        ),
        source=f"{documents} of {wording.count(len(publishers), 'publisher', 'publishers')}, each "
        "named in the list and in the CSV.",
        alt=f"{title}. Timeline of {len(found) - undated} events. The list has each with its "
        "sources.",
    )
