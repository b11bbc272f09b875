"""Figures in rows, each with its basis in words beside it: dots on an axis, or bars from zero."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stp_data.charts import svg
from stp_data.charts.figure import NARROW, Drawing
from stp_data.charts.ink import Ink
from stp_data.charts.scale import Scale, ticks

SMALL = 12
RADIUS = 5.5
BAR = 13
LINE = 16
"""Height of a line of text."""
MOST_BESIDE = 350
"""Of the words beside a row; longer ones wrap."""
SHORT = 64
"""Words that are no wider stand beside their row on a phone too."""


@dataclass(frozen=True)
class Kind:
    """What a colour and a shape mean."""

    label: str
    shape: str
    colour: str
    filled: bool = True


@dataclass(frozen=True)
class Row:
    """One figure of one series."""

    series: str
    period: str
    name: str
    detail: str
    """What is counted; may be empty."""
    value: float
    said: str
    """The figure in words."""
    by: str
    """Stands after the figure; may be empty."""
    kind: Kind


@dataclass(frozen=True)
class Group:
    """Rows that may be read against each other."""

    heading: str
    rows: tuple[Row, ...]


def draw(
    groups: tuple[Group, ...],
    axis: Callable[[float], str] | None,
    ink: Ink,
    width: int,
    *,
    bars: bool = False,
    legend: bool = False,
) -> Drawing:
    """Groups under their headings; ``axis`` writes the figures of an axis, None draws none."""
    return _Plan(groups, axis, ink, width, bars).drawn(legend)


class _Plan:
    """Where everything lies."""

    def __init__(
        self,
        groups: tuple[Group, ...],
        axis: Callable[[float], str] | None,
        ink: Ink,
        width: int,
        bars: bool,
    ) -> None:
        self.groups, self.axis, self.ink, self.width, self.bars = groups, axis, ink, width, bars
        self.narrow = width <= NARROW
        rows = [row for group in groups for row in group.rows]
        widest = max(max(svg.width_of(row.name), svg.width_of(row.detail, SMALL)) for row in rows)
        self.beside = not self.narrow or widest <= SHORT
        self.words = min(widest, MOST_BESIDE) if self.beside else float(width)
        values = [row.value for row in rows]
        marked = ticks(min(0, *values), max(0, *values), 4 if self.narrow else 8)
        self.marked = marked if axis else ()
        low, high = (marked[0], marked[-1]) if axis else (min(0, *values), max(0, *values))
        left = (self.words + 14 if self.beside else 0) + (22 if axis else 1)
        # Two lines of a label share its width on a phone.
        label = max(self._label_width(row) for row in rows)
        self.scale = Scale(low, high, left, width - label - RADIUS - 8)
        self.parts: list[str] = []

    def _label_width(self, row: Row) -> float:
        if self.narrow:
            return max(svg.width_of(row.said, bold=True), svg.width_of(row.by, SMALL))
        return svg.width_of(f"{row.said} {row.by}", bold=True) + (6 if row.by else 0)

    def drawn(self, legend: bool) -> Drawing:
        y = self._legend() if legend else 0
        for group in self.groups:
            y = self._group(group, y)
        if self.marked:
            y = self._axis(y)
        return Drawing(self.width, round(y + 4), "".join(self.parts))

    def _legend(self) -> float:
        kinds = list(dict.fromkeys(row.kind for group in self.groups for row in group.rows))
        x, y = 0.0, 12.0
        for kind in kinds:
            wide = 20 + svg.width_of(kind.label, SMALL) + 18
            if x and x + wide - 18 > self.width:
                x, y = 0, y + 20
            self.parts.append(_mark(kind, x + 8, y))
            self.parts.append(svg.text(x + 20, y + 4, kind.label, self.ink.soft, size=SMALL))
            x += wide
        return y + 8

    def _group(self, group: Group, y: float) -> float:
        if group.heading:
            y += 12
            for line in svg.wrapped(group.heading, self.width, bold=True):
                y += LINE
                self.parts.append(svg.text(0, y, line, self.ink.text, bold=True))
            y += 6
        if self.marked and group is self.groups[0]:
            y = self._axis(y)
        top = y
        body: list[str] = []
        for row in group.rows:
            y = self._row(row, y, body)
        if self.beside:
            self._grid(self.parts, top, y)
        self.parts += body
        return y

    def _axis(self, y: float) -> float:
        """The figures of the axis; where they end."""
        for value in self.marked:
            words = self.axis(value) if self.axis else ""
            x = self.scale.at(value)
            self.parts.append(
                svg.text(x, y + 14, words, self.ink.soft, anchor="middle", size=SMALL)
            )
        return y + 19

    def _grid(self, parts: list[str], top: float, bottom: float) -> None:
        for value in self.marked or (0,):
            x = self.scale.at(value)
            colour = self.ink.soft if value == 0 else self.ink.grid
            parts.append(svg.line(x, top, x, bottom, colour))

    def _row(self, row: Row, y: float, body: list[str]) -> float:
        """One row; where the next begins."""
        if self.bars and row.name and row is not self.groups[0].rows[0]:
            y += 5
        start = y
        y += 4
        lines = [(line, self.ink.text, svg.SIZE) for line in svg.wrapped(row.name, self.words)]
        lines += [
            (line, self.ink.soft, SMALL) for line in svg.wrapped(row.detail, self.words, SMALL)
        ]
        for line, colour, size in lines:
            y += LINE
            body.append(svg.text(0, y - 4, line, colour, size=size))
        middle = start + 4 + LINE / 2 if self.beside else y + 11
        two = self.narrow and bool(row.by)
        if not self.beside:
            # Words stand above the mark, where a grid would strike them through.
            self._grid(body, middle - 8, middle + 8)
        body.append(self._figure(row, middle, two))
        y = max(y, middle + LINE / 2 + (LINE if two else 0)) + 5
        if self.marked:
            body.append(svg.line(0, y, self.width, y, self.ink.grid, 0.5))
        return y

    def _figure(self, row: Row, middle: float, two: bool) -> str:
        x = self.scale.at(row.value)
        if self.bars:
            zero = self.scale.at(0)
            left, right = sorted((zero, x))
            drawn = (
                f'<rect x="{svg.number(left)}" y="{svg.number(middle - BAR / 2)}" '
                f'width="{svg.number(right - left)}" height="{BAR}" fill="{row.kind.colour}"/>'
            )
            start = max(zero, x) + 7
        else:
            drawn = _mark(row.kind, x, middle)
            start = x + RADIUS + 7
        drawn += self._label(row, start, middle, two)
        tip = ", ".join(filter(None, (row.name, row.detail, row.by, row.period)))
        return (
            f'<g data-series="{svg.escaped(row.series)}" data-period="{svg.escaped(row.period)}">'
            f"<title>{svg.escaped(f'{tip}: {row.said}')}</title>{drawn}</g>"
        )

    def _label(self, row: Row, x: float, middle: float, two: bool) -> str:
        """The figure in words, on a patch that keeps the grid away, and who says so."""
        patch = (
            f'<rect x="{svg.number(x - 3)}" y="{svg.number(middle - 8)}" '
            f'width="{svg.number(svg.width_of(row.said, bold=True) + 3)}" height="16" '
            f'fill="{self.ink.paper or "var(--st-background-color)"}"/>'
        )
        base = middle + 4.5
        if not row.by or two:
            said = svg.text(x, base, row.said, self.ink.text, bold=True)
            if two:
                said += svg.text(x, base + LINE, row.by, self.ink.soft, size=SMALL)
        else:
            said = (
                f'<text x="{svg.number(x)}" y="{svg.number(base)}" fill="{self.ink.text}" '
                f'font-weight="600">{svg.escaped(row.said)} <tspan fill="{self.ink.soft}" '
                f'font-weight="400" dx="4">{svg.escaped(row.by)}</tspan></text>'
            )
        return ("" if self.bars else patch) + said


def _mark(kind: Kind, x: float, y: float) -> str:
    return svg.mark(kind.shape, x, y, kind.colour, RADIUS, filled=kind.filled)
