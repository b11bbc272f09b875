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


@dataclass(frozen=True)
class _Scale:
    """Widths in pixels, and the values at both ends of the axis."""

    names: float
    left: float
    room: float
    span: tuple[float, float]

    def x(self, value: float) -> float:
        """Pixels from the left end of the axis."""
        low, high = self.span
        return (value - low) / (high - low) * self.room


@dataclass(frozen=True)
class _Place:
    """Where a row lies, in pixels from the top of its panel."""

    row: Row
    name: str
    named: float
    """The middle of the name."""
    top: float
    marks: list[float]


def plot(panels: Sequence[Panel], axis: Axis, look_: Look, *, chosen: str = "") -> Plot:
    """The panels below each other; ``chosen`` is the key of a mark that gets a ring."""
    scale = _scale([row for panel in panels for row in panel.rows], axis, look_)
    wide = look_.width - 2 * look.EDGE
    headings = [look.wrapped(panel.heading, wide, LABEL, bold=True) for panel in panels]
    found, tops = [], []
    height = 0.0
    for panel, heading in zip(panels, headings, strict=True):
        places, high = _places(panel, scale, look_)
        height += AXIS + (HEADING + LINE * heading.count("<br>") if heading else 0)
        tops.append(height)
        found.append((places, high))
        height += high
    drawn = Plot(height, scale.left, RIGHT, layout={"annotations": []})
    soft = {"yanchor": "bottom", "xshift": -scale.left}
    font = {"size": LABEL, "color": look_.palette.text}
    for number, (panel, heading, top) in enumerate(zip(panels, headings, tops, strict=True), 1):
        places, high = found[number - 1]
        suffix = "" if number == 1 else str(number)
        domain = [max(0, 1 - (top + high) / height), 1 - top / height]
        drawn.layout |= {
            f"xaxis{suffix}": _across(scale, axis, look_, suffix),
            f"yaxis{suffix}": {
                "anchor": f"x{suffix}", "domain": domain, "range": [high, 0],
                "tickvals": [place.named for place in places],
                "ticktext": [place.name for place in places],
                "ticklabelposition": "inside" if look_.narrow else "outside", "tickfont": font,
            },
        }  # fmt: skip
        if heading:
            y = 1 - (top - AXIS - 6) / height
            words = {"text": f"<b>{heading}</b>", "y": y, "font": font}
            drawn.layout["annotations"].append(soft | words)
        for text, at in panel.parts:
            y = 1 - (top + places[at].top - 4) / height
            words = {"text": look.wrapped(text, wide, SMALL), "y": y}
            drawn.layout["annotations"].append(soft | words)
        marks = [
            (mark, y)
            for place in places
            for mark, y in zip(place.row.marks, place.marks, strict=True)
        ]
        axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        drawn.traces += [_ring(mark, y, look_, axes) for mark, y in marks if mark.key == chosen][:1]
        # Filled marks first: of two kinds with one label the legend shows the first.
        for kind in sorted({mark.kind: None for mark, _ in marks}, key=lambda one: one.filling):
            is_first = bool(kind.label) and kind.label not in drawn.legend
            drawn.legend += [kind.label] if is_first else []
            of_kind = [(mark, y) for mark, y in marks if mark.kind == kind]
            trace = _trace(kind, of_kind, chosen, look_)
            drawn.traces.append(trace.update(showlegend=is_first, **axes))
    return drawn


def _scale(rows: Sequence[Row], axis: Axis, look_: Look) -> _Scale:
    widest = max(max(look.width_of(row.name), look.width_of(row.detail, SMALL)) for row in rows)
    names = min(widest, NAMES_WIDE)
    left = 0.0 if look_.narrow else names + 14
    room = look_.width - left - RIGHT - 2 * look.EDGE
    # The axis goes on beyond the highest value, as far as the longest label needs.
    label = max(look.width_of(mark.said, SMALL, bold=True) for row in rows for mark in row.marks)
    share = max(1 - (label + MARK + 6) / room, 0.3)
    high = axis.low + (axis.high - axis.low) / share
    pad = (high - axis.low) * (MARK / 2 + 2) / room
    return _Scale(room if look_.narrow else names, left, room, (axis.low - pad, high))


def _across(scale: _Scale, axis: Axis, look_: Look, suffix: str) -> dict[str, Any]:
    return {
        "anchor": f"y{suffix}", "range": list(scale.span), "side": "top", "showgrid": True,
        "zeroline": True, "tickprefix": axis.before, "ticksuffix": axis.after,
        "nticks": 4 if look_.narrow else 7, "separatethousands": True,
        "fixedrange": look_.narrow, **({"matches": "x"} if suffix else {}),
    }  # fmt: skip


def _places(panel: Panel, scale: _Scale, look_: Look) -> tuple[list[_Place], float]:
    """Where each row lies, its name at the side or on a phone above its marks; and the height."""
    parts = {at for _, at in panel.parts}
    small = f'<span style="font-size:{SMALL}px;color:{look_.palette.soft}">'
    places = []
    y = float(PADDING)
    for number, row in enumerate(panel.rows):
        words = [
            *look.lines(row.name, scale.names, LABEL),
            *(f"{small}{line}</span>" for line in look.lines(row.detail, scale.names, SMALL)),
        ]
        lanes, high = _lanes(row.marks, scale)
        y += PART if number in parts else 0
        top, padding = y, PADDING * (1 + bool(row.detail))
        wide = LINE * len(words)
        tall = (wide + high if look_.narrow else max(wide, high)) + 2 * padding
        named = y + padding + wide / 2 if look_.narrow else y + tall / 2
        first = y + padding + wide if look_.narrow else y + (tall - high) / 2
        # A space, or the axis cuts into names that stand inside.
        name = "<br>".join(f"\u00a0{line}" if look_.narrow else line for line in words)
        places.append(_Place(row, name, named, top, [round(first + lane) for lane in lanes]))
        y += tall
    return places, y + PADDING


def _lanes(marks: Sequence[Mark], scale: _Scale) -> tuple[list[float], float]:
    """How far down each mark lies, and the height of all.

    Each is in the first lane in which neither it nor its label touches another.
    """
    ends: list[list[tuple[float, float]]] = []
    lanes = []
    for mark in marks:
        label = look.width_of(mark.said, SMALL, bold=mark.kind.bold) + 6 if mark.said else 0
        left, right = scale.x(mark.low) - MARK / 2 - 3, scale.x(mark.high) + MARK / 2 + 2 + label
        free = (
            at for at, taken in enumerate(ends) if all(right <= a or b <= left for a, b in taken)
        )
        lane = next(free, len(ends))
        ends += [[]] if lane == len(ends) else []
        ends[lane].append((left, right))
        lanes.append(lane)
    labelled = {lane for lane, mark in zip(lanes, marks, strict=True) if mark.said}
    heights = [LANE if lane in labelled else CLOSER for lane in range(len(ends))]
    return [sum(heights[:lane]) + heights[lane] / 2 for lane in lanes], sum(heights)


def _ring(mark: Mark, y: float, look_: Look, axes: dict[str, str]) -> go.Scatter:
    colour = look_.palette.chosen
    return go.Scatter(
        x=[mark.low], y=[y], mode="markers", hoverinfo="skip", showlegend=False, name="chosen",
        marker={
            "symbol": "circle-open", "size": MARK + 9, "color": colour,
            "line": {"width": 3, "color": colour},
        },
        **axes,
    )  # fmt: skip


def _trace(kind: Kind, found: list[tuple[Mark, float]], chosen: str, look_: Look) -> go.Scatter:
    """The marks of a kind; a range is a mark at either end, joined by Plotly's error bar."""
    lower = [(mark, mark.low, y, "") for mark, y in found if mark.high > mark.low]
    # The label of a mark with a ring stands clear of it.
    upper = [
        (mark, mark.high, y, _label(mark, "\u2002" if mark.key == chosen else " "))
        for mark, y in found
    ]
    marks, xs, ys, texts = zip(*lower, *upper, strict=True)
    shapes = [f"{SHAPES.get(mark.qualifier, kind.shape)}{kind.filling}" for mark in marks]
    strong = {"color": look_.palette.text}
    more: dict[str, Any] = {}
    if kind.bold:
        more |= {"textfont": strong, "unselected": {"textfont": strong}}
    if lower:
        more["error_x"] = {
            "array": [0] * len(marks), "color": kind.colour, "thickness": 3, "width": 0,
            "arrayminus": [x - mark.low for mark, x in zip(marks, xs, strict=True)],
        }  # fmt: skip
    return go.Scatter(
        x=xs, y=ys, text=texts, name=kind.label, legendgroup=kind.label,
        marker={
            "symbol": shapes[0] if len(set(shapes)) == 1 else shapes, "color": kind.colour,
            "line": {"width": 2 if kind.filling else 0, "color": kind.colour},
        },
        **more, **tips(marks),
    )  # fmt: skip


def _label(mark: Mark, space: str) -> str:
    said = f"{space}{look.escaped(mark.said)}" if mark.said else ""
    return f"<b>{said}</b>" if said and mark.kind.bold else said


def tips(marks: Sequence[Mark]) -> dict[str, Any]:
    """Custom data (the key first) and hover template of a trace of marks with tips alike.

    What is the same for all of them is written once, into the template.
    """
    data: list[list[str]] = [[mark.key] for mark in marks]
    lines = []
    for column in zip(*(mark.tip for mark in marks), strict=True):
        label, values = column[0][0], [look.hover(value) for _, value in column]
        said = values[0]
        if len(set(values)) > 1:
            said = f"%{{customdata[{len(data[0])}]}}"
            for one, value in zip(data, values, strict=True):
                one.append(value)
        lines.append(f"{label}: {said}" if label else said)
    return {
        "customdata": data,
        "hovertemplate": f"<b>{lines[0]}</b><br>{'<br>'.join(lines[1:])}<extra></extra>",
    }
