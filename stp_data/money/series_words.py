"""National figures in words: who says so, and the figure as its source states it."""

from __future__ import annotations

from stp_data.core import wording
from stp_data.money.national_series import Point, Series

ABOUT = {
    "nearly": "nearly ", "about": "about ", "under": "just under ", "at least": "at least ",
    "up to": "up to ",
}  # fmt: skip


def figure(series: Series, point: Point) -> str:
    """As stated: −8%, about £2.1bn, 3.6% a year, 12.7 million."""
    first = amount(series, point.value)
    if point.value_to is not None:
        return f"{first} to {amount(series, point.value_to)}"
    return ABOUT.get(point.qualifier, "") + first


def amount(series: Series, value: float) -> str:
    """A value of a series with its unit."""
    sign, text = "\u2212" if value < 0 else "", wording.number(abs(value), series.decimals)
    match series.unit:
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


def who(series: Series) -> str:
    """Who counts: what stands before the colon of its label; all of a label without one."""
    return series.label.partition(": ")[0]


def what(series: Series) -> str:
    """What is counted: what stands after the colon of its label; empty where there is none."""
    return series.label.partition(": ")[2]


def period(point: Point) -> str:
    """When: years stay as they are, dates are put into words."""
    return wording.date(point.period)


def sentence_case(words: str) -> str:
    """With a capital at the start."""
    return words[:1].upper() + words[1:]
