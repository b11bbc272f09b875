"""Lines over financial years: points of one series, joined only where no year lies between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from stp_data.money import national_series
from ui.charts import look
from ui.charts.dots import Mark, tips
from ui.charts.look import SMALL, Look


@dataclass(frozen=True)
class Spot:
    """A figure of one year; ``low`` of its mark is the value."""

    year: int
    mark: Mark


def track(
    runs: Sequence[Sequence[Spot]], look_: Look, axes: dict[str, str] | None = None, room: float = 0
) -> list[go.Scatter]:
    """Marks of a series, and lines within each run.

    Values are printed at the first and the last mark, and at those between that have ``room``
    pixels a year for them.
    """
    spots = [spot for run in runs for spot in run]
    kind = spots[0].mark.kind
    printed = _printed(spots, room)
    places = axes or {}
    lines: list[Any] = []
    for run in runs:
        if len(run) > 1:
            lines += [*((spot.year, spot.mark.low) for spot in run), (None, None)]
    found = []
    if lines:
        found.append(
            go.Scatter(
                x=[x for x, _ in lines], y=[y for _, y in lines], mode="lines", hoverinfo="skip",
                line={"color": kind.colour, "width": 2}, showlegend=False, name="joined",
                legendgroup=kind.label, connectgaps=False, **places,
            )
        )  # fmt: skip
    found.append(
        go.Scatter(
            x=[spot.year for spot in spots], y=[spot.mark.low for spot in spots],
            text=[look.escaped(spot.mark.said) if spot.year in printed else "" for spot in spots],
            textposition=[_beside(spots, spot) for spot in spots], cliponaxis=False,
            name=kind.label, legendgroup=kind.label,
            textfont={"color": look_.palette.text},
            marker={"color": kind.colour, "symbol": f"{kind.shape}{kind.filling}", "size": 9},
            **tips([spot.mark for spot in spots]), **places,
        )
    )  # fmt: skip
    return found


def _beside(spots: Sequence[Spot], spot: Spot) -> str:
    """Where a value stands clear of the line: above where it falls away, at its end below."""
    if len(spots) == 1:
        return "middle right"
    if spots[-1].mark.low >= spots[0].mark.low:
        return "top center"
    return "bottom left" if spot is spots[-1] else "top right"


def _printed(spots: Sequence[Spot], room: float) -> set[int]:
    """Years of the marks whose values are printed."""
    taken: list[tuple[float, float]] = []
    years = set()
    for spot in [spots[0], spots[-1], *spots[1:-1]] if len(spots) > 1 else spots:
        half = look.width_of(spot.mark.said, SMALL) / 2 + 3
        reach = (spot.year * room - half, spot.year * room + half)
        if any(reach[0] < end and start < reach[1] for start, end in taken):
            continue
        taken.append(reach)
        years.add(spot.year)
    return years


def axis(first: int, last: int, room: float) -> dict[str, Any]:
    """The axis of financial years, with as many named as ``room`` pixels a year allow."""
    wide = look.width_of(national_series.financial_year(first), SMALL) + 12
    step = next((n for n in (1, 2, 3, 4, 6) if n * room >= wide), 6)
    shown = list(range(first, last + 1, step))
    return {
        "range": [first - wide / 2 / room, last + wide / 2 / room],
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [national_series.financial_year(year) for year in shown],
        "showline": True,
    }
