"""Figures for England as a whole: series that each stand on one basis, and their points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records


@dataclass(frozen=True)
class Series:
    """Figures of one publisher that count one thing in one way, and so may stand on one line."""

    key: str
    topic: str
    label: str
    unit: str
    prices: str
    """Cash, real or not stated; empty where the figures are not of money."""
    decimals: int
    description: str
    caution: str
    """What must not be done with it, or what breaks it; often empty."""


@dataclass(frozen=True)
class Point:
    """One figure of a series, as one source states it."""

    series: str
    period: str
    """A year, a span of years or a date: 2015/16, 2009/10 to 2015/16, 2016-03."""
    from_year: int | None
    """Year in which the first financial year begins; None where the source does not settle it."""
    to_year: int | None
    value: float
    value_to: float | None
    """Upper end, when the source gives a range."""
    qualifier: str
    basis: str
    """What the source counts, where it is narrower or other than the series says."""
    sources: tuple[str, ...]
    as_of: str
    """Date of the statement, of any precision, or empty."""
    confidence: str
    note: str


@cache
def series(atlas: Atlas) -> dict[str, Series]:
    """Every series by its key, in the order of the table: topics stay together."""
    return {
        row["series"]: Series(
            key=row["series"],
            topic=row["topic"],
            label=row["label"],
            unit=row["unit"],
            prices=row["prices"],
            decimals=row["decimals"],
            description=row["description"],
            caution=row["caution"],
        )
        for row in records(atlas.series)
    }


@cache
def points(atlas: Atlas, key: str) -> tuple[Point, ...]:
    """The points of a series in the order of time; KeyError when there is no such series."""
    if key not in series(atlas):
        raise KeyError(key)
    found = [
        Point(
            series=key,
            period=row["period"],
            from_year=_year(row["from_year"]),
            to_year=_year(row["to_year"]),
            value=row["value"],
            value_to=None if math.isnan(row["value_to"]) else row["value_to"],
            qualifier=row["qualifier"],
            basis=row["basis"],
            sources=(row["source"], *row["also"].split()),
            as_of=row["as_of"],
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in records(atlas.national[atlas.national["series"] == key])
    ]
    return tuple(sorted(found, key=lambda point: (point.to_year or 9999, point.from_year or 0)))


def on_topic(atlas: Atlas, topic: str) -> tuple[Series, ...]:
    """The series of a topic, in the order of the table; none for a topic that there is not."""
    return tuple(one for one in series(atlas).values() if one.topic == topic)


def indexed(rate: float, years: int) -> tuple[float, ...]:
    """100 in a base year, then what it grows to at ``rate`` per cent a year, year by year."""
    return tuple(100 * (1 + rate / 100) ** year for year in range(years + 1))


def runs(found: tuple[Point, ...]) -> tuple[tuple[Point, ...], ...]:
    """Points of a series for single years, split wherever a year between two is not known.

    Only points of one run may be joined by a line.
    """
    split: list[list[Point]] = []
    for point in found:
        if split and _next_to(split[-1][-1], point):
            split[-1].append(point)
        else:
            split.append([point])
    return tuple(map(tuple, split))


def _next_to(one: Point, other: Point) -> bool:
    return one.to_year is not None and other.to_year == one.to_year + 1


def financial_year(first: int) -> str:
    """The financial year that begins in a year: 2015 is 2015/16."""
    return f"{first}/{(first + 1) % 100:02}"


def _year(value: float) -> int | None:
    return None if math.isnan(value) else int(value)
