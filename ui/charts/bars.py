"""Sums by year as bars from zero, a bar for each source, its value printed at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from ui.charts import look
from ui.charts.dots import Kind, Mark, Plot, tips
from ui.charts.look import LABEL, SMALL, Look

BAR, STEP, APART = 15, 21, 6
"""Thickness of a bar, from one to the next, and what is added between years."""
GAP = 8
"""Between a bar and its value."""
HATCHED = "/"


@dataclass(frozen=True)
class Bar:
    """One figure of one year."""

    period: str
    mark: Mark
    is_rough: bool = False
    """Whether the source says about, nearly or the like: such a bar is hatched."""


def plot(bars: Sequence[Bar], look_: Look) -> Plot:
    """Bars by year from the top, those of one year together."""
    left = max(look.width_of(bar.period) for bar in bars) + 14
    room = look_.width - left - 2 * look.EDGE
    low, high = (end(0, *(bar.mark.low for bar in bars)) for end in (min, max))
    label = max(look.width_of(bar.mark.said, SMALL, bold=True) for bar in bars) + GAP
    # Values stand to the right of a bar, those of a bar to the left of zero beyond the zero.
    each = (room - label) / (high - low)
    ys: list[float] = []
    ticks: list[tuple[float, str]] = []
    y = 4.0
    for period, same in groupby(bars, key=lambda bar: bar.period):
        number = len(list(same))
        ys += [y + STEP * (at + 0.5) for at in range(number)]
        ticks.append((y + STEP * number / 2, period))
        y += STEP * number + APART
    kinds = list(dict.fromkeys(bar.mark.kind for bar in bars))
    found = Plot(y, left, legend=[kind.label for kind in kinds] if len(kinds) > 1 else [])
    for kind in kinds:
        of_kind = [(bar, at) for bar, at in zip(bars, ys, strict=True) if bar.mark.kind == kind]
        found.traces += [_trace(kind, of_kind), _values(kind, of_kind, look_)]
    found.layout = {
        "barmode": "overlay",
        "xaxis": {
            "range": [low, high + label / each], "zeroline": True,
            "showticklabels": False,
        },
        "yaxis": {
            "range": [y, 0], "tickmode": "array", "tickvals": [at for at, _ in ticks],
            "ticktext": [f"{period}\u2002" for _, period in ticks],
            "tickfont": {"size": LABEL, "color": look_.palette.text},
        },
    }  # fmt: skip
    return found


def _values(kind: Kind, found: list[tuple[Bar, float]], look_: Look) -> go.Scatter:
    return go.Scatter(
        x=[max(0, bar.mark.low) for bar, _ in found], y=[at for _, at in found], mode="text",
        text=[f"<b> {look.escaped(bar.mark.said)}</b>" for bar, _ in found], hoverinfo="skip",
        showlegend=False, legendgroup=kind.label, name="values", cliponaxis=False,
        textfont={"color": look_.palette.text},
    )  # fmt: skip


def _trace(kind: Kind, found: list[tuple[Bar, float]]) -> go.Bar:
    marks = [bar.mark for bar, _ in found]
    return go.Bar(
        x=[mark.low for mark in marks], y=[at for _, at in found], width=BAR, orientation="h",
        name=kind.label, legendgroup=kind.label, **tips(marks),
        marker={
            "color": kind.colour,
            "pattern": {
                "shape": [HATCHED if bar.is_rough else "" for bar, _ in found],
                "fillmode": "replace", "fgcolor": kind.colour, "size": 6, "solidity": 0.5,
            },
        },
    )  # fmt: skip
