"""National events on an axis of time: with their words on a desk, as numbers on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stp_data import dates, happenings, sources, wording
from stp_data.atlas import Atlas
from stp_data.charts import svg
from stp_data.charts.calendar import Days
from stp_data.charts.figure import NARROW, Drawing, Figure, Words
from stp_data.charts.ink import PURPLE, Ink
from stp_data.happenings import Happening

LANE, RADIUS, GAP = 17, 5, 12
SMALL = 12
"""Size of letters of years, and of numbers in marks."""
BESIDE, BETWEEN = 10, 10
"""From a mark to its number, and from the end of words to the next mark."""
MOST_LETTERS = 52
BIG, STEP = 11, 25
"""Radius of a numbered mark, and the room that it takes."""
AXIS = 22
"""Height of the band with the years."""


@dataclass(frozen=True)
class _Flag:
    """An event with its words, in a lane on one side of the axis."""

    event: Happening
    x: float
    words: str
    lane: int


def draw(atlas: Atlas, _choices: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Every national event; a mark's key is its number."""
    events = [one for one in happenings.all_happenings(atlas) if one.number]
    make = _numbered if width <= NARROW else _flagged
    return Figure(make(events, ink, width), _words(atlas, events))


def _words(atlas: Atlas, events: list[Happening]) -> Words:
    cited = {key for one in events for event in one.told for key in event.sources}
    publishers = {sources.source(atlas, key).publisher for key in cited}
    first, last = events[0], events[-1]
    title = (
        f"{len(events)} national events, from {wording.date(first.date)} to "
        f"{wording.date(last.date)}"
    )
    return Words(
        title=title,
        subtitle=(
            "National events by date; the numbers are those of the list. Filled: the day is "
            "known; outlined: the month or year only."
        ),
        source=(
            f"{len(cited)} documents of {len(publishers)} publishers, each named in the list and "
            "in the CSV."
        ),
        alt=f"{title}. The list below has each with its source.",
    )


def _axis(events: list[Happening], start: float, end: float) -> Days:
    first = dates.span(events[0].date)[0]
    last = max(dates.span(one.date)[1] for one in events)
    return Days(
        date(first.year, 7 if first.month > 6 else 1, 1), date(last.year, 12, 31), start, end
    )


def label(one: Happening) -> str:
    """What a reader hears of a mark."""
    when = " or ".join(map(wording.date, one.dates))
    return f"{one.number}: {when}: {one.told[0].summary}"


def short(summary: str) -> str:
    """The beginning of a sentence, as far as there is room."""
    words = summary.rstrip(".")
    if len(words) <= MOST_LETTERS:
        return words
    return f"{words[:MOST_LETTERS].rpartition(' ')[0].rstrip(' ,;:')} …"


def _exact(one: Happening) -> bool:
    return len(one.date) == len("2016-10-21") and not one.differs


def _band(days: Days, y: float, ink: Ink) -> list[str]:
    """The years in a band of height AXIS below ``y``."""
    parts = [svg.line(days.start, y, days.end, y, ink.soft)]
    for year, low, high in days.years():
        if high - low > svg.width_of(year, SMALL):
            parts.append(svg.line(low, y, low, y + 6, ink.soft))
            parts.append(
                svg.text((low + high) / 2, y + 16, year, ink.soft, anchor="middle", size=SMALL)
            )
    return parts


def _flagged(events: list[Happening], ink: Ink, width: int) -> Drawing:
    """Words below the years run to the right, those above to the left: no line crosses a word."""
    days = _axis(events, RADIUS + 2, width - RADIUS - 2)
    middle = width / 2
    left = [one for one in events if days.middle(one.date) <= middle]
    right = [one for one in events if days.middle(one.date) > middle]
    below = _lanes(left, days, width, rightwards=True)
    above = _lanes(right, days, width, rightwards=False)
    top = (1 + max((flag.lane for flag in above), default=-1)) * LANE + GAP
    bottom = top + AXIS
    height = bottom + (1 + max((flag.lane for flag in below), default=-1)) * LANE + GAP
    stems, flags = "", []
    for flag in above:
        y = top - GAP - flag.lane * LANE
        stems += _stem(flag.x, top, y)
        flags.append(_flag(flag, y, ink, rightwards=False))
    for flag in below:
        y = bottom + GAP + flag.lane * LANE
        stems += _stem(flag.x, bottom, y)
        flags.append(_flag(flag, y, ink, rightwards=True))
    # Lines first: none lies on another event's mark.
    parts = [
        f'<path d="{stems}" stroke="{ink.grid}"/>',
        svg.line(days.start, bottom, days.end, bottom, ink.soft),
        *_band(days, top, ink),
        *flags,
    ]
    return Drawing(width, round(height), "".join(parts))


def _stem(x: float, start: float, end: float) -> str:
    return f"M{svg.number(x)} {svg.number(start)}V{svg.number(end)}"


def _lanes(events: list[Happening], days: Days, width: float, *, rightwards: bool) -> list[_Flag]:
    """Each event in the lane nearest to the axis where its words meet no others.

    Those whose words come last in reading direction go first, and every lane from an event's own
    outwards begins beyond its words: so they meet neither other words nor the lines to them.
    """
    taken: list[float] = []
    found = []
    for one in sorted(events, key=lambda e: (days.middle(e.date), e.number), reverse=rightwards):
        words = short(one.told[0].summary)
        x = days.middle(one.date)
        near = x if rightwards else width - x
        far = near + BESIDE + _number_room(one) + svg.width_of(words) + BETWEEN
        lane = len(taken)
        while lane and taken[lane - 1] > far:
            lane -= 1
        taken[lane : lane + 1] = [near]
        found.append(_Flag(one, x, words, lane))
    return found


def _number_room(one: Happening) -> float:
    return svg.width_of(str(one.number), bold=True) + 5


def _flag(flag: _Flag, y: float, ink: Ink, *, rightwards: bool) -> str:
    one, way, anchor = flag.event, 1 if rightwards else -1, "start" if rightwards else "end"
    shape = svg.mark("circle", flag.x, y, PURPLE, RADIUS - 1, filled=_exact(one))
    x = flag.x + way * BESIDE
    number = svg.text(x, y + 4, str(one.number), ink.text, anchor=anchor, bold=True)
    words = svg.text(x + way * _number_room(one), y + 4, flag.words, ink.text, anchor=anchor)
    return svg.pickable(str(one.number), label(one), shape + number + words)


def _numbered(events: list[Happening], ink: Ink, width: int) -> Drawing:
    """Numbers heaped above the axis."""
    days = _axis(events, BIG + 2, width - BIG - 2)
    heaps: list[float] = []
    placed = []
    for one in events:
        x = days.middle(one.date)
        lane = next((i for i, end in enumerate(heaps) if x - end >= STEP), len(heaps))
        if lane == len(heaps):
            heaps.append(x)
        heaps[lane] = x
        placed.append((one, x, lane))
    top = len(heaps) * STEP + 4
    parts = _band(days, top, ink)
    for one, x, lane in placed:
        y = top - BIG - 3 - lane * STEP
        exact = _exact(one)
        number = svg.text(
            x, y + 4, str(one.number), "#ffffff" if exact else ink.text, anchor="middle", size=SMALL
        )
        shape = svg.mark("circle", x, y, PURPLE, BIG, filled=exact)
        parts.append(svg.pickable(str(one.number), label(one), shape + number))
    return Drawing(width, top + AXIS, "".join(parts))
