"""Scatter chart of two measures: a mark for each footprint that has both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import colours, correlation
from stp_data.overview.correlation import Figure, Quantity, Related
from stp_data.pictures.figure import Words
from stp_data.places import footprints, measures
from ui.charts import dots, look
from ui.charts.dots import Kind, Mark
from ui.charts.look import SMALL, Chart, Look

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
LEFT = 46
"""Pixels for the words of the upright axis."""
TICKS = 20
UNITS: dict[str, dict[str, Any]] = {
    "%": {"ticksuffix": "%"},
    "km": {"ticksuffix": " km"},
    "GBP per person": {"tickprefix": "£", "tickformat": ",.0f"},
    "people": {"tickformat": "~s"},
}
"""How an axis writes its figures; its label names other units."""
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (-1, 1), (-1, -1), (1, 1), (1, -1))
"""Where a name can stand beside a mark, best first: to the right, above."""
HALF = 7.5
"""Half the height of a name, in pixels."""

Box = tuple[float, float, float, float]
"""Left, right, top and bottom in pixels of the plot."""


@dataclass(frozen=True)
class _Spot:
    """Where a mark stands."""

    code: str
    x: float
    y: float
    size: float
    """Width in pixels."""
    left: float
    top: float
    """Its middle, in pixels of the plot."""

    @property
    def box(self) -> Box:
        """What the mark covers."""
        half = self.size / 2
        return self.left - half, self.left + half, self.top - half, self.top + half


@lru_cache(maxsize=64)
def chart(
    atlas: Atlas, x: str, y: str, look_: Look, chosen: str = "", selected: tuple[str, ...] = ()
) -> Chart | None:
    """Every footprint that has both figures; None where none has.

    ``chosen`` is the code of the footprint that has an outline; all but the ``selected`` are faint,
    where any are.
    """
    found = correlation.related(atlas, x, y)
    return _Scatter(atlas, found, look_, chosen, selected).chart() if found.codes else None


class _Scatter:
    """The chart being put together."""

    def __init__(
        self, atlas: Atlas, found: Related, look_: Look, chosen: str, selected: tuple[str, ...]
    ) -> None:
        self.atlas, self.found, self.look = atlas, found, look_
        self.chosen, self.selected = chosen, selected
        self.axes = (found.x, found.y)
        self.places = footprints.all_footprints(atlas)
        self.people = measures.values(atlas, "population").by_code
        self.high = PLOT[look_.narrow]
        beside = look.width_of(max("England", found.y.england_text, key=len), SMALL) + 6
        self.right = beside if found.y.england is not None else 14
        self.wide = look_.width - LEFT - self.right - 2 * look.EDGE
        largest = LARGEST[look_.narrow]
        self.spans = tuple(
            _span(self._ends(one), (largest / 2 + 6) / pixels)
            for one, pixels in ((found.x, self.wide), (found.y, self.high))
        )
        most = max(self.people.values())
        self.spots = {code: self._spot(code, largest / sqrt(most)) for code in found.codes}

    def _ends(self, one: Quantity) -> list[float]:
        figures = [one.figures[code] for code in self.found.codes]
        england = [] if one.england is None else [one.england]
        return [*(f.value for f in figures), *(f.high for f in figures), *england]

    def _spot(self, code: str, scale: float) -> _Spot:
        x, y = (_rounded(one.figures[code].value) for one in self.axes)
        return _Spot(
            code, x, y, round(scale * sqrt(self.people[code]), 1), self._left(x), self._top(y)
        )

    def _left(self, x: float) -> float:
        low, high = self.spans[0]
        return (x - low) / (high - low) * self.wide

    def _top(self, y: float) -> float:
        low, high = self.spans[1]
        return (high - y) / (high - low) * self.high

    def chart(self) -> Chart:
        room = self.look.width - 2 * look.EDGE
        up, across = (
            look.lines(f"{arrow} {_axis_label(one)}", room, SMALL)
            for arrow, one in (("\u2191", self.found.y), ("\u2192", self.found.x))
        )
        line, england = SMALL * look.LINE, 18 if self.found.x.england is not None else 4
        axes = {
            name: {
                "range": list(span), "showgrid": True, "tickangle": 0, "separatethousands": True,
                "nticks": 4 if self.look.narrow else 7, **UNITS.get(one.unit, {}),
            }
            for name, span, one in zip(("xaxis", "yaxis"), self.spans, self.axes, strict=True)
        }  # fmt: skip
        titles = [
            {
                "text": "<br>".join(words), "name": name, "y": y, "yshift": shift,
                "yanchor": anchor, "xshift": -LEFT, "font": {"color": self.look.palette.text},
            }
            for words, name, y, shift, anchor in (
                (up, "y", 1, england, "bottom"), (across, "x", 0, -TICKS, "top"),
            )
        ]  # fmt: skip
        traces = self._traces()
        chart = look.compose(
            self.atlas, "relate", self._words(), traces, self.look,
            plot=self.high, left=LEFT, right=self.right,
            above=england + line * len(up) + 4, below=TICKS + line * len(across) + 4,
            legend=[trace.name for trace in traces if trace.showlegend],
            layout={**axes, "annotations": [*titles, *self._labels()]},
        )  # fmt: skip
        self._add_england(chart.figure)
        return chart

    def _traces(self) -> list[go.Scatter]:
        traces = self._ranges()
        regions = sorted(set(footprints.regions(self.atlas).values()))
        for region, (colour, shape) in zip(regions, STYLES, strict=True):
            spots = [s for code, s in self.spots.items() if self.places[code].region == region]
            if spots:
                # Large marks lie below small ones.
                spots.sort(key=lambda spot: -spot.size)
                kind = Kind(region, colour, shape)
                traces += [_legend_entry(kind), self._region(kind, spots)]
        return traces

    def _region(self, kind: Kind, spots: Sequence[_Spot]) -> go.Scatter:
        palette, picked = self.look.palette, [spot.code in self.selected for spot in spots]
        edges = [(2, palette.text) if one else (1, palette.background) for one in picked]
        for at, spot in enumerate(spots):
            if spot.code == self.chosen:
                edges[at] = (4, palette.chosen)
        return go.Scatter(
            x=[spot.x for spot in spots], y=[spot.y for spot in spots], mode="markers",
            name=kind.label, legendgroup=kind.label, showlegend=False,
            marker={
                "symbol": kind.shape, "color": kind.colour, "size": [s.size for s in spots],
                "opacity": [1 if one or not self.selected else FAINT for one in picked],
                "line": {"width": [w for w, _ in edges], "color": [c for _, c in edges]},
            },
            **dots.tips([self._mark(kind, spot) for spot in spots]),
        )  # fmt: skip

    def _mark(self, kind: Kind, spot: _Spot) -> Mark:
        tip: list[tuple[str, str]] = [("", self.places[spot.code].name)]
        for one in self.axes:
            figure = one.figures[spot.code]
            tip += [
                (look.wrapped(one.label, look.HOVER_WIDE - 60), figure.text),
                ("As of", look.hover(one.as_of)),
                ("Source", _source(self.atlas, figure)),
            ]
        tip += [("People, mid-2017", f"{self.people[spot.code]:,.0f}"), ("", kind.label)]
        return Mark(spot.code, kind, spot.x, spot.x, "", tuple(tip))

    def _ranges(self) -> list[go.Scatter]:
        """Lines from the lower to the upper end of what is stated as a range."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        for code, spot in self.spots.items():
            right, top = (_rounded(one.figures[code].high) for one in self.axes)
            for x, y in ((right, spot.y), (spot.x, top)):
                if (x, y) != (spot.x, spot.y):
                    xs += [spot.x, x, None]
                    ys += [spot.y, y, None]
        line = {"color": self.look.palette.soft, "width": 2}
        drawn = go.Scatter(
            x=xs, y=ys, mode="lines", name="ranges", line=line, hoverinfo="skip", showlegend=False
        )
        return [drawn] if xs else []

    def _add_england(self, figure: go.Figure) -> None:
        """Dashed lines at England's figures, with words at their ends, off the plot."""
        line = {"color": self.look.palette.soft, "width": 1.5, "dash": "dash"}
        x, y = self.axes
        if x.england is not None:
            side = "right" if self._left(x.england) < self.wide / 2 else "left"
            words = f"England {look.escaped(x.england_text)}"
            figure.add_vline(
                _rounded(x.england), line=line, layer="below", annotation_position=f"top {side}",
                annotation={"text": words, "name": "england x", "y": 1, "yanchor": "bottom"},
            )  # fmt: skip
        if y.england is not None:
            words = f"England<br>{look.escaped(y.england_text)}"
            figure.add_hline(
                _rounded(y.england), line=line, layer="below", annotation_position="right",
                annotation={"text": words, "name": "england y", "xshift": 4},
            )  # fmt: skip

    # Names beside marks

    def _labels(self) -> list[dict[str, Any]]:
        """Names of the chosen, the selected and the extremes, where they touch nothing.

        Planned for the least width: on a wider chart marks only lie further apart.
        """
        taken: list[Box] = []
        if (england := self.found.y.england) is not None:
            # Its words stand in the margin, into which names may reach elsewhere.
            top = self._top(england)
            taken.append((self.wide, self.wide + self.right, top - 18, top + 18))
        notes: list[dict[str, Any]] = []
        for code in self._by_interest():
            others = [spot.box for other, spot in self.spots.items() if other != code]
            sides = [self._label(self.spots[code], *side) for side in SIDES]
            free = [side for side in sides if self._is_free(side[1], [*taken, *others])]
            # The chosen has its name in any case.
            free += [side for side in sides if code == self.chosen and self._is_free(side[1], [])]
            if free and len(notes) < MOST_LABELS[self.look.narrow]:
                notes.append(free[0][0])
                taken.append(free[0][1])
        return notes

    def _by_interest(self) -> list[str]:
        """The chosen, the selected, the extremes, and those furthest from the order of the rest."""
        codes = self.found.codes
        x, y = (one.figures for one in self.axes)
        ordered = (
            sorted(codes, key=lambda code: x[code].value),
            sorted(codes, key=lambda code: y[code].value),
        )
        ends = [by[at] for by in ordered for at in (-1, 0)]
        across, up = ({code: at for at, code in enumerate(by)} for by in ordered)
        if (self.found.rho or 0) < 0:
            across = {code: len(codes) - 1 - at for code, at in across.items()}
        odd = sorted(codes, key=lambda code: -abs(up[code] - across[code]))[:10]
        wanted = dict.fromkeys([self.chosen, *self.selected, *ends, *odd])
        return [code for code in wanted if code in self.spots]

    def _label(self, spot: _Spot, right: int, above: int) -> tuple[dict[str, Any], Box]:
        """A name on one side of a mark, and what it covers."""
        is_chosen = spot.code == self.chosen
        name = self.places[spot.code].short_name
        wide = look.width_of(name, SMALL, bold=is_chosen)
        edge, out = spot.size / 2, spot.size / 2 + (9 if is_chosen else 3)
        # Above or below, a name to the left ends at the right edge of the mark.
        xshift = -right * edge if above else right * out
        yshift = above * out
        left = spot.left + xshift - wide * (1 - right) / 2
        top = spot.top - yshift - HALF * (1 + above)
        anchors = {-1: "right", 0: "center", 1: "left"}
        note = {
            "xref": "x", "yref": "y", "x": spot.x, "y": spot.y, "xanchor": anchors[right],
            "yanchor": {-1: "top", 0: "middle", 1: "bottom"}[above], "xshift": xshift,
            "yshift": yshift, "name": "label",
            "text": f"<b>{look.escaped(name)}</b>" if is_chosen else look.escaped(name),
            # Letters of a downloaded picture are wider: they grow away from the mark.
            "align": anchors[right], "bgcolor": "rgba(0,0,0,0)",
            "font": {"size": SMALL, "color": self.look.palette.text},
        }  # fmt: skip
        return note, (left, left + wide, top, top + 2 * HALF)

    def _is_free(self, box: Box, taken: Iterable[Box]) -> bool:
        left, right, top, bottom = box
        inside = left >= 0 and right <= self.wide + self.right and top >= 0 and bottom <= self.high
        return inside and not any(
            left < other[1] and other[0] < right and top < other[3] and other[2] < bottom
            for other in taken
        )

    def _words(self) -> Words:
        found, coefficient = self.found, correlation.coefficient(self.found)
        title = correlation.finding(found)
        lines = sum(one.england is not None for one in self.axes)
        dashed = ("", " Dashed line: England.", " Dashed lines: England.")[lines]
        dated = f"Horizontal: {found.x.as_of}; vertical: {found.y.as_of}."
        if found.x.as_of == found.y.as_of:
            dated = f"Both: {found.x.as_of}."
        cited = [_documents(self.atlas, one, found.codes) for one in self.axes]
        cited.append(sources.citation(sources.source(self.atlas, sources.PEOPLE)))
        number = wording.count(len(found.codes), "footprint", "footprints")
        return Words(
            title=title,
            subtitle=f"One mark per footprint, larger with more people. {dated}{dashed}"
            f"{' A line from a mark: a range.' if self._ranges() else ''} {coefficient}",
            source="; ".join(dict.fromkeys(cited)),
            alt=f"{title}. Scatter chart of {number}. {coefficient} The table below has every "
            "figure.",
        )


def _legend_entry(kind: Kind) -> go.Scatter:
    """No mark, but an entry of the legend that is never faint."""
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=kind.label, legendgroup=kind.label,
        showlegend=True, hoverinfo="skip", marker={"symbol": kind.shape, "color": kind.colour},
    )  # fmt: skip


def _axis_label(one: Quantity) -> str:
    """The label of an axis, with a unit where the ticks have none."""
    if one.unit in UNITS or one.unit in one.label.lower():
        return one.label
    return f"{one.label} ({one.unit})"


def _documents(atlas: Atlas, one: Quantity, codes: Sequence[str]) -> str:
    """The source of these footprints' figures, or how many documents there are."""
    keys = {one.figures[code].source for code in codes} - {""}
    if not keys:
        return f"the documents read for each plan ({one.in_sentence})"
    if len(keys) > 1:
        return f"{len(keys)} documents for {one.in_sentence}, each in the table"
    return sources.citation(sources.source(atlas, keys.pop()))


def _source(atlas: Atlas, figure: Figure) -> str:
    if not figure.source:
        return "documents read for this plan"
    cited = sources.short_citation(sources.source(atlas, figure.source))
    return f"{cited}; confidence {figure.confidence}" if figure.confidence else cited


def _rounded(value: float) -> float:
    """Fine enough for any screen, and short."""
    return float(f"{value:.6g}")


def _span(values: Sequence[float], pad: float) -> tuple[float, float]:
    """From end to end, with so large a share of the whole added at each."""
    low, high = min(values), max(values)
    reach = (high - low) or abs(high) or 1
    more = reach * pad / max(1 - 2 * pad, 0.2)
    return low - more, high + more
