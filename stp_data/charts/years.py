"""Lines over financial years: figures of one series, joined only where no year lies between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stp_data import national
from stp_data.charts import svg
from stp_data.charts.ink import Ink
from stp_data.charts.scale import Scale, ticks

SMALL = 12
RADIUS = 4.5
STEPS = (1, 2, 3, 6)
"""From one year that is named to the next."""


@dataclass(frozen=True)
class Spot:
    """A figure of one year."""

    year: int
    value: float
    said: str
    tip: str


@dataclass(frozen=True)
class Track:
    """Runs of figures; those of a run are joined, and nothing else is."""

    series: str
    shape: str
    colour: str
    runs: tuple[tuple[Spot, ...], ...]


class Field:
    """A field with financial years along the bottom and figures up the side."""

    def __init__(
        self,
        years: tuple[int, int],
        values: tuple[float, float],
        box: tuple[float, float, float, float],
        ink: Ink,
        axis: Callable[[float], str],
        most: int = 5,
    ) -> None:
        """``box`` is left, top, right and bottom, words of the axes inside it."""
        left, top, right, bottom = box
        self.ink = ink
        self.marked = ticks(*values, most)
        self._words = [axis(value) for value in self.marked]
        aside = max(svg.width_of(words, SMALL) for words in self._words) + 8
        self._left, self.right, self.bottom = left + aside, right, bottom - 22
        half = svg.width_of(national.financial_year(years[0]), SMALL) / 2
        self.across = Scale(years[0], years[1], self._left + half, right - half)
        self.up = Scale(self.marked[0], self.marked[-1], self.bottom, top + 8)

    def x(self, year: float) -> float:
        """Where a year lies."""
        return self.across.at(year)

    def y(self, value: float) -> float:
        """Where a figure lies."""
        return self.up.at(value)

    def axes(self) -> list[str]:
        """Grid and words; as many years as there is room for, the first always among them."""
        parts = []
        for value, words in zip(self.marked, self._words, strict=True):
            y = self.y(value)
            parts.append(svg.line(self._left, y, self.right, y, self.ink.grid))
            parts.append(
                svg.text(self._left - 6, y + 4, words, self.ink.soft, anchor="end", size=SMALL)
            )
        first, last = int(self.across.low), int(self.across.high)
        each = (self.across.end - self.across.start) / max(1, last - first)
        room = svg.width_of(national.financial_year(first), SMALL) + 10
        parts += [
            svg.line(self.x(year), self.bottom, self.x(year), self.bottom + 4, self.ink.grid)
            for year in range(first, last + 1)
        ]
        for year in range(first, last + 1, next((n for n in STEPS if n * each >= room), STEPS[-1])):
            words = national.financial_year(year)
            parts.append(
                svg.text(self.x(year), self.bottom + 18, words, self.ink.soft, anchor="middle",
                         size=SMALL)
            )  # fmt: skip
        return parts

    def track(self, track: Track, within: tuple[float, float] | None = None) -> str:
        """Marks of a series, and lines within each run; its labels stay ``within`` left and right.

        Where nothing else is said they stay in the field.
        """
        parts = [_line(self, run, track.colour) for run in track.runs if len(run) > 1]
        spots = [spot for run in track.runs for spot in run]
        for spot in spots:
            drawn = svg.mark(
                track.shape, self.x(spot.year), self.y(spot.value), track.colour, RADIUS,
                filled=True,
            )  # fmt: skip
            period = national.financial_year(spot.year)
            parts.append(
                f'<g data-period="{period}"><title>{svg.escaped(spot.tip)}</title>{drawn}</g>'
            )
        parts += self._labels(spots, within or (self._left, self.right))
        return f'<g data-series="{svg.escaped(track.series)}">{"".join(parts)}</g>'

    def _labels(self, spots: list[Spot], within: tuple[float, float]) -> list[str]:
        """Figures above their marks: the first and the last, and of the others those with room."""
        taken: list[tuple[float, float]] = []
        parts = []
        for spot in [spots[0], spots[-1], *spots[1:-1]] if len(spots) > 1 else spots:
            half = svg.width_of(spot.said, SMALL) / 2
            x = min(max(self.x(spot.year), within[0] + half), within[1] - half)
            if any(x - half < end + 4 and start < x + half + 4 for start, end in taken):
                continue
            taken.append((x - half, x + half))
            parts.append(
                svg.text(x, self.y(spot.value) - 10, spot.said, self.ink.text, anchor="middle",
                         size=SMALL)
            )  # fmt: skip
        return parts


def _line(field: Field, spots: Iterable[Spot], colour: str) -> str:
    path = "L".join(
        f"{svg.number(field.x(spot.year))} {svg.number(field.y(spot.value))}" for spot in spots
    )
    return f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>'
