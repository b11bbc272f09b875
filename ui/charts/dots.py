"""Dots in rows: each mark one published figure, its value printed beside it.

Rows stand in panels, each with an axis of its own over the same span. Along the side one unit is
one pixel, so that names, marks and headings keep their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from ui.charts import look
from ui.charts.look import LABEL, MARK, SMALL, Look

LANE, CLOSER = 17, 12
"""Marks of a row that would touch lie below each other, so far apart; closer without labels."""
PADDING = 3
NAMES_WIDE = 215
"""Of the names at the side; longer ones wrap."""
HEADING, PART = 40, 28
AXIS = 18
LINE = 17
RIGHT = 16
"""Beyond the axis, for half of its last label."""
RANGE, AT_LEAST, UP_TO = "range", "at least", "up to"
SHAPES = {AT_LEAST: "triangle-right", UP_TO: "triangle-left"}
"""By qualifier: marks that point to where the true figure lies."""


@dataclass(frozen=True)
class Kind:
    """What the colour and the filling of a mark mean."""

    label: str
    colour: str
    shape: str = "circle"
    filling: str = ""
    """Empty for a filled mark, else -open or -open-dot as Plotly names them."""
    bold: bool = False


Tip = tuple[tuple[str, str], ...]
"""Lines of a label and what it names; the first, in bold, has no label."""


@dataclass(frozen=True)
class Mark:
    """One figure."""

    key: str
    kind: Kind
    low: float
    high: float
    """The same as ``low`` but for a range."""
    said: str
    """The figure in words, printed beside it; empty where only hovering tells it."""
    tip: Tip
    """What is shown on hovering."""
    qualifier: str = ""


@dataclass(frozen=True)
class Row:
    """A name and its marks, the most important first."""

    name: str
    marks: tuple[Mark, ...]
    detail: str = ""
    """What is counted, in small letters below the name."""


@dataclass(frozen=True)
class Panel:
    """Rows that may be read against each other, under a heading."""

    heading: str
    rows: tuple[Row, ...]
    parts: tuple[tuple[str, int], ...] = ()
    """Headings within a panel, each with the number of the row that it stands above."""


@dataclass(frozen=True)
class Axis:
    """The span of values and how they are written."""

    low: float
    high: float
    before: str = ""
    after: str = ""


@dataclass
class Plot:
    """Traces and layout, to be given to ``look.compose``."""

    height: float
    left: float
    right: float = 0
    traces: list[go.Scatter | go.Bar] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    legend: list[str] = field(default_factory=list)


def plot(panels: Sequence[Panel], axis: Axis, look_: Look, *, chosen: str = "") -> Plot:
    """The panels below each other; ``chosen`` is the key of a mark that gets a ring."""
    return _Planner(panels, axis, look_, chosen).drawn()


class _Planner:
    """Where everything lies."""

    def __init__(self, panels: Sequence[Panel], axis: Axis, look_: Look, chosen: str) -> None:
        self.panels, self.look, self.chosen = panels, look_, chosen
        rows = [row for panel in panels for row in panel.rows]
        widest = max(max(look.width_of(row.name), look.width_of(row.detail, SMALL)) for row in rows)
        self.names = min(widest, NAMES_WIDE)
        self.left = 0.0 if look_.narrow else self.names + 14
        self.room = look_.width - self.left - RIGHT - 2 * look.EDGE
        widest_label = max(
            look.width_of(mark.said, SMALL, bold=True) for row in rows for mark in row.marks
        )
        # The axis goes on beyond the highest value, as far as the longest label needs.
        share = 1 - (widest_label + MARK + 6) / self.room
        self.low = axis.low
        self.high = axis.low + (axis.high - axis.low) / max(share, 0.3)
        pad = (self.high - self.low) * (MARK / 2 + 2) / self.room
        self.span = (self.low - pad, self.high)
        self.axis = axis
        self.plot = Plot(0, self.left, RIGHT)
        self.seen: set[str] = set()

    def drawn(self) -> Plot:
        plans = [self._rows(panel) for panel in self.panels]
        heading_at = 0.0
        tops = []
        for panel, (_, height) in zip(self.panels, plans, strict=True):
            heading = HEADING + LINE * panel_heading(panel, self.look).count("<br>")
            heading = heading if panel.heading else 0
            tops.append(heading_at + heading + AXIS)
            heading_at += heading + AXIS + height
        self.plot.height = heading_at
        for number, (panel, (places, height), top) in enumerate(
            zip(self.panels, plans, tops, strict=True), 1
        ):
            self._panel(number, panel, places, height, top)
        self.plot.layout["annotations"] = self.plot.layout.get("annotations", [])
        return self.plot

    def _words(self, row: Row) -> list[str]:
        """The name and what is counted, line by line."""
        most = self.room if self.look.narrow else self.names
        size = f'<span style="font-size:{SMALL}px;color:{self.look.palette.soft}">'
        return [
            *look.lines(row.name, most, LABEL),
            *(f"{size}{line}</span>" for line in look.lines(row.detail, most, SMALL)),
        ]

    def _rows(self, panel: Panel) -> tuple[list[tuple[float, list[str], list[float]]], float]:
        """For each row where its name stands, its words and where its marks lie; and the height."""
        parts = {at: words for words, at in panel.parts}
        places = []
        y = float(PADDING)
        for number, row in enumerate(panel.rows):
            if number in parts:
                y += PART
            words = self._words(row)
            lanes, high = self._lanes(row.marks)
            padding = PADDING * (1 + bool(row.detail))
            if self.look.narrow:
                named = y + padding + LINE * len(words) / 2
                first = y + padding + LINE * len(words)
                y += 2 * padding + LINE * len(words) + high
            else:
                tall = max(high, LINE * len(words)) + 2 * padding
                named = y + tall / 2
                first = y + (tall - high) / 2
                y += tall
            places.append((named, words, [float(round(first + lane)) for lane in lanes]))
        return places, y + PADDING

    def _lanes(self, marks: tuple[Mark, ...]) -> tuple[list[float], float]:
        """How far down each mark lies, and the height of all.

        Each is in the first lane in which neither it nor its label touches another.
        """
        taken: list[list[tuple[float, float]]] = []
        lanes = []
        for mark in marks:
            left, right = (self._x(end) for end in (mark.low, mark.high))
            label = look.width_of(mark.said, SMALL, bold=mark.kind.bold) + 6 if mark.said else 0
            reach = (left - MARK / 2 - 3, right + MARK / 2 + 2 + label)
            lane = next(
                (
                    at for at, others in enumerate(taken)
                    if all(reach[1] <= start or end <= reach[0] for start, end in others)
                ),
                len(taken),
            )  # fmt: skip
            if lane == len(taken):
                taken.append([])
            taken[lane].append(reach)
            lanes.append(lane)
        labelled = {lane for lane, mark in zip(lanes, marks, strict=True) if mark.said}
        heights = [LANE if lane in labelled else CLOSER for lane in range(len(taken))]
        tops = [sum(heights[:lane]) for lane in range(len(taken))]
        return [tops[lane] + heights[lane] / 2 for lane in lanes], sum(heights)

    def _x(self, value: float) -> float:
        low, high = self.span
        return (value - low) / (high - low) * self.room

    def _panel(
        self,
        number: int,
        panel: Panel,
        places: list[tuple[float, list[str], list[float]]],
        height: float,
        top: float,
    ) -> None:
        palette, whole = self.look.palette, self.plot.height
        suffix = "" if number == 1 else str(number)
        bottom = 1 - (top + height) / whole
        self.plot.layout[f"xaxis{suffix}"] = {
            "anchor": f"y{suffix}", "range": list(self.span), "side": "top", "showgrid": True,
            "zeroline": True, "tickprefix": self.axis.before, "ticksuffix": self.axis.after,
            "nticks": 4 if self.look.narrow else 7, "separatethousands": True,
            "fixedrange": self.look.narrow,
            **({"matches": "x"} if number > 1 else {}),
        }  # fmt: skip
        self.plot.layout[f"yaxis{suffix}"] = {
            "anchor": f"x{suffix}", "domain": [max(0, bottom), 1 - top / whole],
            "range": [height, 0], "tickmode": "array",
            "showticklabels": not self.look.narrow,
            "tickvals": [named for named, _, _ in places],
            "ticktext": ["<br>".join(words) for _, words, _ in places],
            "tickfont": {"size": LABEL, "color": palette.text},
        }  # fmt: skip
        notes = self.plot.layout.setdefault("annotations", [])
        if panel.heading:
            notes.append(
                self._heading(panel_heading(panel, self.look), 1 - (top - AXIS - 6) / whole)
            )
        for words, at in panel.parts:
            named, said, lanes = places[at]
            first = min(lanes[0] - LANE / 2, named - LINE * len(said) / 2)
            y = 1 - (top + first - PADDING - 4) / whole
            notes.append(self._heading(words, y, small=True))
        self._names(places, suffix)
        self._marks(panel, places, suffix)

    def _heading(self, words: str, y: float, *, small: bool = False) -> dict[str, Any]:
        placed = {"y": y, "yanchor": "bottom", "xshift": -self.left}
        if small:
            return {**placed, "text": look.wrapped(words, self.look.width - 2 * look.EDGE, SMALL)}
        font = {"size": LABEL, "color": self.look.palette.text}
        return {**placed, "text": f"<b>{words}</b>", "font": font}

    def _names(self, places: list[tuple[float, list[str], list[float]]], suffix: str) -> None:
        """On a phone names stand above their marks."""
        if not self.look.narrow:
            return
        if self.low < 0 or any("<span" in line for _, words, _ in places for line in words):
            # Lines of the axis run amid the names, which a background keeps off.
            size = {"size": LABEL, "color": self.look.palette.text}
            self.plot.layout["annotations"] += [
                {"text": "<br>".join(words), "yref": f"y{suffix}", "y": named, "font": size}
                for named, words, _ in places
            ]
            return
        self.plot.traces.append(
            go.Scatter(
                x=[self.low] * len(places), y=[named for named, _, _ in places],
                text=[f"\u00a0{'<br>'.join(words)}" for _, words, _ in places],
                mode="text", hoverinfo="skip", showlegend=False,
                xaxis=f"x{suffix}", yaxis=f"y{suffix}", name="names", cliponaxis=False,
                textfont={"size": LABEL, "color": self.look.palette.text},
            )
        )  # fmt: skip

    def _marks(
        self, panel: Panel, places: list[tuple[float, list[str], list[float]]], suffix: str
    ) -> None:
        found = [
            (mark, y)
            for row, (_, _, ys) in zip(panel.rows, places, strict=True)
            for mark, y in zip(row.marks, ys, strict=True)
        ]
        axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        self._rings(found, axes)
        # Filled marks first: of two kinds with one label the legend shows the first.
        for kind in sorted(dict.fromkeys(mark.kind for mark, _ in found), key=lambda k: k.filling):
            self._kind(kind, [one for one in found if one[0].kind == kind], axes)

    def _rings(self, found: list[tuple[Mark, float]], axes: dict[str, str]) -> None:
        ring = [(mark, y) for mark, y in found if mark.key == self.chosen]
        if not self.chosen or not ring:
            return
        (mark, y), *_ = ring
        self.plot.traces.append(
            go.Scatter(
                x=[mark.low], y=[y], mode="markers", hoverinfo="skip", showlegend=False,
                name="chosen", **axes,
                marker={
                    "symbol": "circle-open", "size": MARK + 9,
                    "line": {"width": 3, "color": self.look.palette.chosen},
                    "color": self.look.palette.chosen,
                },
            )
        )  # fmt: skip

    def _kind(self, kind: Kind, found: list[tuple[Mark, float]], axes: dict[str, str]) -> None:
        ranges = [(mark, y) for mark, y in found if mark.high > mark.low]
        if ranges:
            self.plot.traces.append(
                go.Scatter(
                    x=[end for mark, _ in ranges for end in (mark.low, mark.high, None)],
                    y=[at for _, y in ranges for at in (y, y, None)],
                    mode="lines", hoverinfo="skip", showlegend=False, legendgroup=kind.label,
                    line={"color": kind.colour, "width": 3}, name="ranges", **axes,
                )
            )  # fmt: skip
            self.plot.traces.append(
                go.Scatter(
                    x=[mark.low for mark, _ in ranges], y=[y for _, y in ranges],
                    mode="markers", showlegend=False, legendgroup=kind.label, name="lower ends",
                    marker=self._marker(kind, [f"{kind.shape}{kind.filling}"] * len(ranges)),
                    **tips([mark for mark, _ in ranges]), **axes,
                )
            )  # fmt: skip
        shapes = [f"{SHAPES.get(mark.qualifier, kind.shape)}{kind.filling}" for mark, _ in found]
        palette = self.look.palette
        strong = {"color": palette.text}
        ink = {"textfont": strong, "unselected": {"textfont": strong}} if kind.bold else {}
        first = kind.label not in self.seen
        if first and kind.label:
            self.plot.legend.append(kind.label)
        self.seen.add(kind.label)
        self.plot.traces.append(
            go.Scatter(
                x=[mark.high for mark, _ in found], y=[y for _, y in found],
                text=[self._label(mark) for mark, _ in found],
                name=kind.label,
                legendgroup=kind.label, showlegend=first and bool(kind.label),
                marker=self._marker(kind, shapes),
                **ink,
                **tips([mark for mark, _ in found]), **axes,
            )
        )  # fmt: skip

    def _label(self, mark: Mark) -> str:
        if not mark.said:
            return ""
        # Clear of the ring.
        space = "\u2002" if mark.key == self.chosen else " "
        said = f"{space}{look.escaped(mark.said)}"
        return f"<b>{said}</b>" if mark.kind.bold else said

    def _marker(self, kind: Kind, shapes: list[str]) -> dict[str, Any]:
        alike = len(set(shapes)) == 1
        return {
            "symbol": shapes[0] if alike else shapes,
            "color": kind.colour,
            "line": {"width": 2 if kind.filling else 0, "color": kind.colour},
        }


def panel_heading(panel: Panel, look_: Look) -> str:
    """The heading in lines that fit."""
    return look.wrapped(panel.heading, look_.width - 2 * look.EDGE, LABEL, bold=True)


def tips(marks: Sequence[Mark]) -> dict[str, Any]:
    """Custom data (the key first) and hover template of a trace of marks with tips alike.

    What is the same for all of them is written once, into the template.
    """
    data: list[list[str]] = [[mark.key] for mark in marks]
    lines = []
    for label, values in zip(
        [label for label, _ in marks[0].tip],
        zip(*([value for _, value in mark.tip] for mark in marks), strict=True),
        strict=True,
    ):
        said = look.hover(values[0])
        if len(set(values)) > 1:
            said = f"%{{customdata[{len(data[0])}]}}"
            for one, value in zip(data, values, strict=True):
                one.append(look.hover(value))
        lines.append(f"{label}: {said}" if label else said)
    return {
        "customdata": data,
        "hovertemplate": f"<b>{lines[0]}</b><br>{'<br>'.join(lines[1:])}<extra></extra>",
    }
