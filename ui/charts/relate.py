"""Two measures against each other: a mark for each footprint that has both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import colours, relating
from stp_data.overview.relating import Figure, Quantity, Related
from stp_data.pictures.figure import Words
from stp_data.places import footprints, measures
from ui.charts import dots, look
from ui.charts.dots import Kind, Mark
from ui.charts.look import LABEL, SMALL, Chart, Look

STYLES = (
    (colours.BLUE, "circle"),
    (colours.ORANGE, "square"),
    (colours.GREEN, "diamond"),
    (colours.PURPLE, "triangle-up"),
)
"""Colour and shape of each NHS region, in the order of their names."""
LARGEST = 30, 20
"""Width in pixels of the mark of the footprint with most people: wide and narrow."""
PLOT = 400, 340
MOST_LABELS = 14, 7
FAINT = 0.45
"""Opacity of marks that are not selected, where some are."""
ENGLAND = "England"
TICKS = 20

Box = tuple[float, float, float, float]
"""Left, right, top and bottom in pixels of the plot."""


@dataclass(frozen=True)
class _Spot:
    """Where a mark stands."""

    code: str
    name: str
    x: float
    y: float
    size: float
    """Width in pixels."""
    left: float
    top: float
    """Its middle, in pixels of the plot."""


@lru_cache(maxsize=64)
def chart(
    atlas: Atlas, x: str, y: str, look_: Look, chosen: str = "", selected: tuple[str, ...] = ()
) -> Chart | None:
    """Every footprint that has both figures; None where none has.

    ``chosen`` is the code of the footprint that gets a ring; all but the ``selected`` are faint,
    where any are.
    """
    found = relating.related(atlas, x, y)
    if not found.codes:
        return None
    return _Planner(atlas, found, look_, chosen, selected).drawn()


class _Planner:
    """Where everything lies."""

    def __init__(
        self, atlas: Atlas, found: Related, look_: Look, chosen: str, selected: tuple[str, ...]
    ) -> None:
        self.atlas, self.found, self.look = atlas, found, look_
        self.chosen, self.selected = chosen, set(selected)
        self.largest, self.high, self.most = (
            pair[look_.narrow] for pair in (LARGEST, PLOT, MOST_LABELS)
        )
        self.ticks = tuple(_ticks(one, self._reach(one)) for one in (found.x, found.y))
        widest = max((look.width_of(words, SMALL) for words in self.ticks[1]), default=0)
        self.left = widest + 10
        beside = look.width_of(max(ENGLAND, found.y.england_said, key=len), SMALL) + 6
        self.right = beside if found.y.england is not None else 14
        self.wide = look_.width - self.left - self.right - 2 * look.EDGE
        self.spans = tuple(
            _span(self._reach(one), (self.largest / 2 + 6) / pixels)
            for one, pixels in ((found.x, self.wide), (found.y, self.high))
        )
        self.spots = self._spots()

    def _reach(self, one: Quantity) -> list[float]:
        ends = [
            end
            for code in self.found.codes
            for end in (one.figures[code].value, one.figures[code].high)
        ]
        return [*ends, *([] if one.england is None else [one.england])]

    def _spots(self) -> dict[str, _Spot]:
        people = measures.values(self.atlas, "population").by_code
        most = max(people.values())
        places = footprints.all_footprints(self.atlas)
        (x0, x1), (y0, y1) = self.spans
        spots = {}
        for code in self.found.codes:
            x, y = (_rounded(one.figures[code].value) for one in (self.found.x, self.found.y))
            spots[code] = _Spot(
                code, places[code].short_name, x, y,
                round(self.largest * sqrt(people[code] / most), 1),
                (x - x0) / (x1 - x0) * self.wide, (y1 - y) / (y1 - y0) * self.high,
            )  # fmt: skip
        return spots

    def drawn(self) -> Chart:
        found, palette = self.found, self.look.palette
        room = self.look.width - 2 * look.EDGE
        up = look.lines(f"\u2191 {_axis(found.y)}", room, SMALL)
        across = look.lines(f"\u2192 {_axis(found.x)}", room, SMALL)
        line = SMALL * look.LINE
        england = 18 if found.x.england is not None else 4
        above, below = england + line * len(up) + 4, TICKS + line * len(across) + 4
        soft = {"size": SMALL, "color": palette.text}
        notes: list[dict[str, Any]] = [
            {
                "y": 1, "yanchor": "bottom", "yshift": england, "xshift": -self.left,
                "text": "<br>".join(up), "font": soft, "name": "y",
            },
            {
                "y": 0, "yanchor": "top", "yshift": -TICKS, "xshift": -self.left,
                "text": "<br>".join(across), "font": soft, "name": "x",
            },
            *self._england_notes(),
            *self._labels(),
        ]  # fmt: skip
        traces = self._traces()
        (x0, x1), (y0, y1) = self.spans
        axes = {
            name: {
                "range": [low, high], "showgrid": True, "tickmode": "array",
                "tickvals": list(ticks.values()), "ticktext": list(ticks),
            }
            for name, (low, high), ticks in (
                ("xaxis", (x0, x1), self.ticks[0]), ("yaxis", (y0, y1), self.ticks[1]),
            )
        }  # fmt: skip
        return look.compose(
            self.atlas, "relate", self._words(), traces, self.look,
            plot=self.high, left=self.left, right=self.right, above=above, below=below,
            legend=[trace.name for trace in traces if trace.showlegend],
            layout={
                **axes, "shapes": self._england_lines(), "annotations": notes,
            },
        )  # fmt: skip

    def _traces(self) -> list[go.Scatter]:
        regions = sorted(set(footprints.regions(self.atlas).values()))
        places = footprints.all_footprints(self.atlas)
        traces = [*self._ranges()]
        for region, (colour, shape) in zip(regions, STYLES, strict=True):
            spots = [spot for code, spot in self.spots.items() if places[code].region == region]
            if spots:
                # Large marks lie below small ones.
                spots.sort(key=lambda spot: -spot.size)
                kind = Kind(region, colour, shape)
                traces += [_legend_entry(kind), self._region(kind, spots)]
        if self.chosen in self.spots:
            spot = self.spots[self.chosen]
            ring = self.look.palette.chosen
            traces.append(
                go.Scatter(
                    x=[spot.x], y=[spot.y], mode="markers", hoverinfo="skip", showlegend=False,
                    name="chosen",
                    marker={
                        "symbol": "circle-open", "size": spot.size + 9, "color": ring,
                        "line": {"width": 3, "color": ring},
                    },
                )
            )  # fmt: skip
        return traces

    def _region(self, kind: Kind, spots: Sequence[_Spot]) -> go.Scatter:
        palette = self.look.palette
        picked = [not self.selected or spot.code in self.selected for spot in spots]
        return go.Scatter(
            x=[spot.x for spot in spots], y=[spot.y for spot in spots], mode="markers",
            name=kind.label, legendgroup=kind.label, showlegend=False,
            marker={
                "symbol": kind.shape, "color": kind.colour, "size": [s.size for s in spots],
                "opacity": [1 if one else FAINT for one in picked],
                "line": {
                    "width": [2 if self.selected and one else 1 for one in picked],
                    "color": [
                        palette.text if self.selected and one else palette.background
                        for one in picked
                    ],
                },
            },
            **dots.tips([self._mark(kind, spot) for spot in spots]),
        )  # fmt: skip

    def _mark(self, kind: Kind, spot: _Spot) -> Mark:
        place = footprints.all_footprints(self.atlas)[spot.code]
        people = measures.values(self.atlas, "population").by_code[spot.code]
        said: list[tuple[str, str]] = [("", place.name)]
        for one in (self.found.x, self.found.y):
            figure = one.figures[spot.code]
            said += [
                (look.wrapped(one.label, look.HOVER_WIDE - 60), figure.said),
                ("As of", look.hover(one.as_of)),
                ("Source", _who(self.atlas, figure)),
            ]
        said += [("People, mid-2017", f"{people:,.0f}"), ("", kind.label)]
        return Mark(spot.code, kind, spot.x, spot.x, "", tuple(said))

    def _ranges(self) -> list[go.Scatter]:
        """Lines from the lower to the upper end of what is stated as a range."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        for code, spot in self.spots.items():
            x, y = self.found.x.figures[code], self.found.y.figures[code]
            if x.high > x.value:
                xs += [spot.x, _rounded(x.high), None]
                ys += [spot.y, spot.y, None]
            if y.high > y.value:
                xs += [spot.x, spot.x, None]
                ys += [spot.y, _rounded(y.high), None]
        if not xs:
            return []
        return [
            go.Scatter(
                x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False, name="ranges",
                line={"color": self.look.palette.soft, "width": 2},
            )
        ]  # fmt: skip

    def _england_lines(self) -> list[dict[str, Any]]:
        line = {"color": self.look.palette.soft, "width": 1.5, "dash": "dash"}
        shapes = []
        if (x := self.found.x.england) is not None:
            shapes.append(
                {
                    "type": "line", "xref": "x", "yref": "paper", "x0": _rounded(x),
                    "x1": _rounded(x), "y0": 0, "y1": 1, "line": line, "layer": "below",
                }
            )  # fmt: skip
        if (y := self.found.y.england) is not None:
            shapes.append(
                {
                    "type": "line", "xref": "paper", "yref": "y", "y0": _rounded(y),
                    "y1": _rounded(y), "x0": 0, "x1": 1, "line": line, "layer": "below",
                }
            )  # fmt: skip
        return shapes

    def _england_notes(self) -> list[dict[str, Any]]:
        """England's figures at the ends of its lines, off the plot."""
        notes: list[dict[str, Any]] = []
        if (x := self.found.x.england) is not None:
            words = f"{ENGLAND} {self.found.x.england_said}"
            half = look.width_of(words, SMALL) / 2
            at = (x - self.spans[0][0]) / (self.spans[0][1] - self.spans[0][0]) * self.wide
            anchor = (
                "left" if at < half else "right" if at > self.wide + self.right - half else "center"
            )
            notes.append(
                {
                    "xref": "x", "x": _rounded(x), "xanchor": anchor, "y": 1, "yanchor": "bottom",
                    "text": look.escaped(words), "name": "england x",
                }
            )  # fmt: skip
        if (y := self.found.y.england) is not None:
            notes.append(
                {
                    "x": 1, "xanchor": "left", "xshift": 4, "yref": "y", "y": _rounded(y),
                    "yanchor": "middle", "name": "england y",
                    "text": f"{ENGLAND}<br>{look.escaped(self.found.y.england_said)}",
                }
            )  # fmt: skip
        return notes

    def _labels(self) -> list[dict[str, Any]]:
        """Names of the chosen, the selected, and the extremes, where they touch nothing.

        Planned for the least width: on a wider chart marks only lie further apart.
        """
        marks = {
            code: (s.left - s.size / 2, s.left + s.size / 2, s.top - s.size / 2, s.top + s.size / 2)
            for code, s in self.spots.items()
        }
        taken: list[Box] = []
        if (y := self.found.y.england) is not None:
            # Its words stand in the margin, into which names may reach elsewhere.
            at = self._down(y)
            taken.append((self.wide, self.wide + self.right, at - 18, at + 18))
        notes: list[dict[str, Any]] = []
        for code in self._to_label():
            if len(notes) >= self.most:
                break
            spot = self.spots[code]
            is_chosen = code == self.chosen
            wide = look.width_of(spot.name, SMALL, bold=is_chosen)
            others = [box for other, box in marks.items() if other != code]
            sides = _sides(spot, wide, 9 if is_chosen else 3)
            avoided = ([*taken, *others, *self._crossings()], [*taken, *others])
            free = [
                side for boxes in avoided for side in sides if self._is_free(sides[side], boxes)
            ]
            if is_chosen:
                free += [side for side in sides if self._is_free(sides[side], taken)]
            if not free:
                continue
            taken.append(sides[free[0]])
            notes.append(self._label(spot, free[0], bold=is_chosen))
        return notes

    def _crossings(self) -> list[Box]:
        """England's lines, as names keep off them where they can."""
        boxes: list[Box] = []
        x0, x1 = self.spans[0]
        if (x := self.found.x.england) is not None:
            at = (x - x0) / (x1 - x0) * self.wide
            boxes.append((at - 1, at + 1, 0, self.high))
        if (y := self.found.y.england) is not None:
            at = self._down(y)
            boxes.append((0, self.wide, at - 1, at + 1))
        return boxes

    def _down(self, y: float) -> float:
        """Pixels from the top of the plot."""
        low, high = self.spans[1]
        return (high - y) / (high - low) * self.high

    def _to_label(self) -> list[str]:
        """Codes by how much their names are wanted."""
        codes = list(self.found.codes)
        ends: list[str] = []
        for one in (self.found.x, self.found.y):
            ordered = sorted(codes, key=lambda code: one.figures[code].value)
            ends += [ordered[-1], ordered[0]]
        ranks = [
            {c: at for at, c in enumerate(sorted(codes, key=lambda c: one.figures[c].value))}
            for one in (self.found.x, self.found.y)
        ]
        sign = 1 if (self.found.rho or 0) >= 0 else -1
        middle = (len(codes) - 1) / 2
        # Those furthest from where the order of the others would put them.
        odd = sorted(
            codes, key=lambda c: -abs(ranks[1][c] - middle - sign * (ranks[0][c] - middle))
        )
        picked = [code for code in codes if code in self.selected]
        chosen = [self.chosen] if self.chosen in self.spots else []
        return list(dict.fromkeys([*chosen, *picked, *ends, *odd[:10]]))

    def _is_free(self, box: Box, taken: Iterable[Box]) -> bool:
        left, right, top, bottom = box
        inside = left >= 0 and right <= self.wide + self.right and top >= 0 and bottom <= self.high
        return inside and not any(
            left < other[1] and other[0] < right and top < other[3] and other[2] < bottom
            for other in taken
        )

    def _label(self, spot: _Spot, side: str, *, bold: bool) -> dict[str, Any]:
        out, edge = spot.size / 2 + (9 if bold else 3), spot.size / 2
        shift = {
            "right": ("left", "middle", out, 0), "left": ("right", "middle", -out, 0),
            "above": ("center", "bottom", 0, out), "below": ("center", "top", 0, -out),
            "above left": ("right", "bottom", edge, out),
            "below left": ("right", "top", edge, -out),
            "above right": ("left", "bottom", -edge, out),
            "below right": ("left", "top", -edge, -out),
        }[side]  # fmt: skip
        name = look.escaped(spot.name)
        return {
            "xref": "x", "yref": "y", "x": spot.x, "y": spot.y, "xanchor": shift[0],
            "yanchor": shift[1], "xshift": shift[2], "yshift": shift[3], "name": "label",
            "text": f"<b>{name}</b>" if bold else name,
            # Letters of a downloaded picture are wider: they grow away from the mark.
            "align": shift[0], "bgcolor": "rgba(0,0,0,0)",
            "font": {"size": SMALL, "color": self.look.palette.text},
        }  # fmt: skip

    def _words(self) -> Words:
        found = self.found
        title = relating.finding(found)
        lines = [one for one in (found.x, found.y) if one.england is not None]
        dashed = " Dashed lines: England." if len(lines) == 2 else " Dashed line: England."
        ranged = any(
            one.figures[code].high > one.figures[code].value
            for one in (found.x, found.y)
            for code in found.codes
        )
        cited = []
        for one in (found.x, found.y):
            keys = tuple(
                dict.fromkeys(s for code in found.codes if (s := one.figures[code].source))
            )
            if len(keys) == 1:
                cited.append(sources.citation(sources.source(self.atlas, keys[0])))
            elif keys:
                cited.append(f"{len(keys)} documents for {one.in_sentence}, each in the table")
            else:
                cited.append(f"the documents read for each plan ({one.in_sentence})")
        people = sources.citation(sources.source(self.atlas, sources.PEOPLE))
        cited = list(dict.fromkeys([*cited, people]))
        n = len(found.codes)
        return Words(
            title=title,
            subtitle=f"One mark per footprint, larger with more people. {_dated(found)}"
            f"{dashed if lines else ''}{' A line from a mark: a range.' if ranged else ''} "
            f"{relating.coefficient(found)}",
            source="; ".join(cited),
            alt=f"{title}. Scatter plot of {wording.count(n, 'footprint', 'footprints')}. "
            f"{relating.coefficient(found)} The table below has every figure.",
        )


def _legend_entry(kind: Kind) -> go.Scatter:
    """No mark, but an entry of the legend that is never faint."""
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=kind.label, legendgroup=kind.label,
        showlegend=True, hoverinfo="skip", marker={"symbol": kind.shape, "color": kind.colour},
    )  # fmt: skip


def _dated(found: Related) -> str:
    x, y = found.x, found.y
    if x.as_of == y.as_of:
        return f"Both: {x.as_of}."
    return f"Across: {x.as_of}; up: {y.as_of}."


def _axis(one: Quantity) -> str:
    """The label of an axis, with a unit where the ticks have none."""
    if one.unit in ("%", "km", "people", "GBP per person"):
        return one.label
    return f"{one.label} ({one.unit})" if one.unit not in one.label.lower() else one.label


def _who(atlas: Atlas, figure: Figure) -> str:
    if not figure.source:
        return "documents read for this plan"
    who = sources.short_citation(sources.source(atlas, figure.source))
    return f"{who}; confidence {figure.confidence}" if figure.confidence else who


def _sides(spot: _Spot, wide: float, apart: float) -> dict[str, Box]:
    """Where a label can stand beside a mark, best first."""
    out, half = spot.size / 2 + apart, LABEL / 2 + 1
    x, y, edge = spot.left, spot.top, spot.size / 2
    above, below = (y - out - 2 * half, y - out), (y + out, y + out + 2 * half)
    return {
        "right": (x + out, x + out + wide, y - half, y + half),
        "left": (x - out - wide, x - out, y - half, y + half),
        "above": (x - wide / 2, x + wide / 2, *above),
        "below": (x - wide / 2, x + wide / 2, *below),
        "above left": (x + edge - wide, x + edge, *above),
        "below left": (x + edge - wide, x + edge, *below),
        "above right": (x - edge, x - edge + wide, *above),
        "below right": (x - edge, x - edge + wide, *below),
    }


def _rounded(value: float) -> float:
    """Fine enough for any screen, and short."""
    return float(f"{value:.6g}")


def _span(values: Sequence[float], pad: float) -> tuple[float, float]:
    """From end to end, with so large a share of the whole added at each."""
    low, high = min(values), max(values)
    reach = (high - low) or abs(high) or 1
    more = reach * pad / max(1 - 2 * pad, 0.2)
    return low - more, high + more


def _ticks(one: Quantity, values: Sequence[float]) -> Mapping[str, float]:
    """Round values within the span: how each is written -> where it stands."""
    low, high = min(values), max(values)
    reach = (high - low) or abs(high) or 1
    step = 10.0 ** len(str(int(reach))) if reach >= 1 else 1.0
    sizes = [step * 10.0**-n * m for n in range(6) for m in (5, 2, 1)]
    each = next(size for size in sizes if reach / size >= 3.5)
    first = -(-low // each)
    found = {}
    value = first * each
    while value <= high + each * 1e-9:
        found[_tick(one, value, each)] = round(value, 6)
        value += each
    return found


def _tick(one: Quantity, value: float, each: float) -> str:
    decimals = max(0, len(f"{each:.6f}".rstrip("0").partition(".")[2]))
    if one.unit == "people":
        return f"{value / 1e6:g}m" if value >= 1e6 else f"{value / 1e3:g},000" if value else "0"
    text = wording.number(value, decimals)
    return {"%": f"{text}%", "km": f"{text} km", "GBP per person": f"£{text}"}.get(one.unit, text)
