"""Dates as sources give them: a day, a month, a year, or none."""

from __future__ import annotations

import calendar
from datetime import date

UNKNOWN_MONTH, UNKNOWN_DAY, UNDATED = 13, 32, (9999, 13, 32)
PRECISIONS = {10: "day", 7: "month", 4: "year", 0: "not dated"}
"""By the length of an ISO date."""


def span(text: str) -> tuple[date, date]:
    """First and last day that an ISO date of any precision can mean.

    ValueError when there is no such day, month or year.
    """
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def precision(text: str) -> str:
    """How exact an ISO date is: day, month, year or not dated."""
    return PRECISIONS[len(text)]


def place(text: str) -> tuple[int, int, int]:
    """Place in order: a month after its days, a year after its months, no date at the end."""
    if not text:
        return UNDATED
    parts = [int(part) for part in text.split("-")]
    return (*parts, *(UNKNOWN_MONTH, UNKNOWN_DAY)[len(parts) - 1 :])  # type: ignore[return-value]


def agree(one: str, other: str) -> bool:
    """Whether one of two dates is the other, or the other less exactly; no date agrees with all."""
    return one.startswith(other) or other.startswith(one)
