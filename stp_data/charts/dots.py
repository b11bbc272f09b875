"""A dot plot: lines of marks on one axis, each mark one published figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stp_data.charts import svg
from stp_data.charts.figure import NARROW, Drawing
from stp_data.charts.ink import Ink
from stp_data.charts.scale import Scale, ticks

Unit = Callable[[float], str]
"""Writes a figure of the axis."""
RADIUS = 5
LANE = 12
"""Marks that would touch lie below each other, so far apart."""
PADDING = 3
TAIL = 11
"""Length of the stroke that says "at least" or "up to"."""
SMALL = 12


@dataclass(frozen=True)
class Kind:
    """What a shape and colour mean."""

    label: str
    shape: str
    colour: str


@dataclass(frozen=True)
class Dot:
    """One mark; ``low`` and ``high`` differ for a range."""

    key: str
    label: str
    kind: Kind
    low: float
    high: float
    filled: bool
    tail: int = 0
    """1 for "at least" (a stroke to the right), -1 for "up to" (to the left)."""


@dataclass(frozen=True)
class Line:
    """A name and its marks, the most important first."""

    name: str
    dots: tuple[Dot, ...]
    group: str = ""
    """Heading above the first of the lines that share it."""


def draw(
    lines: tuple[Line, ...],
    legend: tuple[Kind, ...],
    notes: tuple[str, ...],
    unit: Unit,
    ink: Ink,
    width: int,
) -> Drawing:
    """The plot, its legend above, an axis at top and bottom, and ``notes`` below."""
    narrow = width <= NARROW
    size = SMALL if narrow else svg.SIZE
    parts: list[str] = []
    y = 0.0
    if lines:
        tails = any(dot.tail for line in lines for dot in line.dots)
        y = _legend(parts, legend, ink, width, tails)
        y = _plot(parts, lines, unit, ink, width, y, size, 4 if narrow else 8)
    for note in notes:
        y += 6
        for words in svg.wrapped(note, width, SMALL):
            y += 16
            parts.append(svg.text(0, y, words, ink.soft, size=SMALL))
    return Drawing(width, round(y + 8), "".join(parts))


def _plot(
    parts: list[str],
    lines: tuple[Line, ...],
    unit: Unit,
    ink: Ink,
    width: int,
    y: float,
    size: float,
    most_ticks: int,
) -> float:
    """Axes and lines from ``y`` down; where they end."""
    left = max(svg.width_of(line.name, size) for line in lines) + 12
    marked = ticks(0, max(dot.high for line in lines for dot in line.dots), most_ticks)
    # Half of the last label reaches beyond the axis, and a tail beyond the last mark.
    right = width - max(svg.width_of(unit(marked[-1]), SMALL) / 2, TAIL + RADIUS) - 1
    scale = Scale(0, marked[-1], left, right)
    top = y + 18
    body: list[str] = []
    y, group = top + 6, ""
    for line in lines:
        if line.group != group:
            group = line.group
            y += 24
            body.append(svg.text(0, y - 7, group, ink.text, size=size, bold=True))
        y = _line(body, line, scale, ink, y, size)
        body.append(svg.line(0, y, width, y, ink.grid, 0.5))
    for value in marked:
        at = scale.at(value)
        parts.append(svg.line(at, top, at, y + 4, ink.grid))
        for base in (top - 5, y + 17):
            words = unit(value)
            parts.append(svg.text(at, base, words, ink.soft, anchor="middle", size=SMALL))
    parts += body
    return y + 20


def _line(body: list[str], line: Line, scale: Scale, ink: Ink, y: float, size: float) -> float:
    """One line of the plot; where the next begins."""
    lanes: list[list[tuple[float, float]]] = []
    first = y + PADDING + LANE / 2
    body.append(svg.text(0, first + size * 0.35, line.name, ink.text, size=size))
    for dot in line.dots:
        low, high = scale.at(dot.low), scale.at(dot.high)
        reach = (
            low - RADIUS - 2 - (TAIL if dot.tail < 0 else 0),
            high + RADIUS + 2 + (TAIL if dot.tail > 0 else 0),
        )
        lane = next((i for i, taken in enumerate(lanes) if _free(taken, reach)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(reach)
        body.append(_dot(dot, low, high, first + lane * LANE))
    return y + 2 * PADDING + LANE * max(1, len(lanes))


def _free(taken: list[tuple[float, float]], reach: tuple[float, float]) -> bool:
    return all(reach[1] <= start or end <= reach[0] for start, end in taken)


def _dot(dot: Dot, low: float, high: float, y: float) -> str:
    kind = dot.kind
    inside = svg.mark(kind.shape, low, y, kind.colour, RADIUS, filled=dot.filled)
    if high > low:
        inside += svg.line(low + RADIUS, y, high - RADIUS, y, kind.colour, 1.6)
        inside += svg.mark(kind.shape, high, y, kind.colour, RADIUS, filled=dot.filled)
    if dot.tail:
        edge = low + dot.tail * RADIUS
        inside += svg.line(edge, y, edge + dot.tail * TAIL, y, kind.colour, 1.6)
    return svg.pickable(dot.key, dot.label, inside)


def _legend(parts: list[str], kinds: tuple[Kind, ...], ink: Ink, width: int, tails: bool) -> float:
    """What the marks mean, in as many rows as it takes; where it ends."""
    entries = [
        (svg.mark(kind.shape, RADIUS + 2, 0, kind.colour, RADIUS, filled=True), 20.0, kind.label)
        for kind in kinds
    ]
    both = svg.mark("circle", RADIUS + 2, 0, ink.soft, RADIUS, filled=True)
    both += svg.mark("circle", RADIUS + 17, 0, ink.soft, RADIUS, filled=False)
    entries.append((both, 34.0, "filled: preferred by rule; outlined: other published figures"))
    if tails:
        stroke = svg.line(2, 0, 2 + TAIL, 0, ink.soft, 1.6)
        entries.append((stroke, 20.0, "stroke to the right: at least; to the left: up to"))
    x, y = 0.0, 10.0
    for drawn, room, label in entries:
        for number, words in enumerate(svg.wrapped(label, width - room, SMALL)):
            wide = room + svg.width_of(words, SMALL) + 16
            if number or (x and x + wide - 16 > width):
                x, y = 0, y + 19
            if not number:
                parts.append(svg.group([drawn], across=x, down=y))
            parts.append(svg.text(x + room, y + 4, words, ink.soft, size=SMALL))
            x += wide
    return y + 14
