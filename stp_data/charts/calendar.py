"""An axis of days: where a date of any precision lies, and the names of years and months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stp_data import dates, wording
from stp_data.charts.scale import Scale


@dataclass(frozen=True)
class Days:
    """Days from ``first`` to ``last`` lie from ``start`` to ``end``."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """Where a day lies."""
        scale = Scale(self.first.toordinal(), self.last.toordinal(), self.start, self.end)
        return scale.at(day.toordinal())

    def span(self, text: str) -> tuple[float, float]:
        """From where to where the days lie that a date of any precision can mean."""
        low, high = dates.span(text)
        return self.at(max(low, self.first)), self.at(min(high, self.last))

    def middle(self, text: str) -> float:
        """Where a date of any precision is drawn: in the middle of what it can mean."""
        low, high = self.span(text)
        return (low + high) / 2

    def years(self) -> Iterator[tuple[str, float, float]]:
        """Each year with where it begins and ends."""
        for year in range(self.first.year, self.last.year + 1):
            yield str(year), *self.span(str(year))

    def months(self) -> Iterator[tuple[str, float, float]]:
        """Each month with where it begins and ends."""
        year, month = self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            yield wording.MONTHS[month - 1], *self.span(f"{year}-{month:02}")
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
