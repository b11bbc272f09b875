"""Figures for England as a whole: series that each stand on one basis, and their points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as


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

    @property
    def who(self) -> str:
        """Who counts: what stands before the colon of its label; all of a label without one."""
        return self.label.partition(": ")[0]

    @property
    def what(self) -> str:
        """What is counted: what stands after the colon of its label; empty without one."""
        return self.label.partition(": ")[2]


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

    @property
    def year(self) -> int:
        """Year in which the last financial year begins; ValueError where it is not known."""
        if self.to_year is None:
            raise ValueError(f"{self.series} has a figure without a year")
        return self.to_year


@cache
def series(atlas: Atlas) -> dict[str, Series]:
    """Every series by its key, in the order of the table: topics stay together."""
    found = rows_as(Series, atlas.series.rename(columns={"series": "key"}))
    return {one.key: one for one in found}


@cache
def points(atlas: Atlas, key: str) -> tuple[Point, ...]:
    """The points of a series in the order of time; KeyError when there is no such series."""
    if key not in series(atlas):
        raise KeyError(key)
    rows = atlas.national[atlas.national["series"] == key]
    found = rows_as(Point, rows.astype({"from_year": "Int64", "to_year": "Int64"}))
    return tuple(sorted(found, key=lambda point: (point.to_year or 9999, point.from_year or 0)))


def on_topic(atlas: Atlas, topic: str) -> tuple[Series, ...]:
    """The series of a topic, in the order of the table; none for a topic that there is not."""
    return tuple(one for one in series(atlas).values() if one.topic == topic)


def indexed(rate: float, years: int) -> tuple[float, ...]:
    """100 in a base year, then what it grows to at ``rate`` per cent a year, year by year."""
    return tuple(100 * (1 + rate / 100) ** year for year in range(years + 1))


def financial_year(first: int) -> str:
    """The financial year that begins in a year: 2015 is 2015/16."""
    return f"{first}/{(first + 1) % 100:02}"


def figure(one: Series, point: Point) -> str:
    """A figure as its source states it: −8%, about £2.1bn, 3.6% a year, 12.7 million."""
    first = amount(one, point.value)
    if point.value_to is not None:
        return f"{first} to {amount(one, point.value_to)}"
    about = {"under": "just under "} | {
        word: f"{word} " for word in ("nearly", "about", "at least", "up to")
    }
    return about.get(point.qualifier, "") + first


def amount(one: Series, value: float) -> str:
    """A value of a series with its unit."""
    sign, text = "\u2212" if value < 0 else "", wording.number(abs(value), one.decimals)
    match one.unit:
        case "%":
            return f"{sign or '+' * (value > 0)}{text}%"
        case "% a year":
            return f"{sign}{text}% a year"
        case "GBP billion":
            return f"{sign}£{text}bn"
        case "GBP million":
            return f"{sign}£{text}m"
        case unit if unit.endswith(", million"):
            return f"{sign}{text} million {unit.removesuffix(', million')}"
        case unit:
            return f"{sign}{text}{'' if unit == 'count' else f' {unit}'}"
