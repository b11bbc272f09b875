"""Numbers, dates and lists in words: the same on every page and in every download."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from stp_data.core.atlas import Atlas

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

ISO_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>\d{2}))?)?")

CONFIDENCES = {
    "high": "high: an official paper or page says so",
    "medium": "medium: press, a think tank or a campaign says so, or the wording leaves room",
    "low": "low: unclear, or not found a second time",
}
NOT_NONE = "That doesn't mean there are none"
"""What follows when something was not found in the documents read."""

WHAT_THIS_IS = (
    "STP Atlas is an independent reference work. It is not an NHS service and not official "
    "statistics."
)


def number(value: float, decimals: int) -> str:
    """With thousands separators and a true minus sign."""
    if not math.isfinite(value):
        raise ValueError("only finite figures are shown; absent ones are named in words")
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "\u2212") if float(text.replace(",", "")) else text.lstrip("-")


def signed(value: float, decimals: int) -> str:
    """With a sign unless it rounds to zero: +1.2, −0.4, 0.0."""
    text = number(value, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text


def region_in_sentence(region: str) -> str:
    """Put "the" before a region, but not before London."""
    return region if region == "London" else f"the {region}"


def in_region(region: str | None) -> str:
    """Say where: in the North of England; nothing for all England."""
    return "" if region is None else f" in {region_in_sentence(region)}"


def date(text: str) -> str:
    """An ISO date of any precision in words: 21 October 2016, October 2016, 2016.

    Other texts, such as 2017/18, stay as they are.
    """
    found = ISO_DATE.fullmatch(text)
    if found is None:
        return text
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return year
    name = MONTHS[int(month) - 1]
    return f"{name} {year}" if day is None else f"{int(day)} {name} {year}"


def as_of(text: str) -> str:
    """A date in words, or that there is none."""
    return date(text) if text else "not dated"


def as_stated(
    one: Callable[[float], str], value: float, value_to: float | None, qualifier: str
) -> str:
    """A figure, a range or a qualified figure as a document gives it; ``one`` words a number."""
    if value_to is not None:
        return f"{one(value)} to {one(value_to)}"
    words = {"about": "about ", "at least": "at least ", "up to": "up to "}
    return words.get(qualifier, "") + one(value)


def pounds(millions: float) -> str:
    """An amount as it is written: £131.4m, £1bn."""
    if millions >= 1000 and (millions / 100).is_integer():
        return f"£{millions / 1000:g}bn"
    return f"£{millions:,.10g}m"


def share(part: float) -> str:
    """A share (0 to 1) in per cent; never 0% or 100% for what is only nearly so."""
    if 0 < part < 0.001:
        return "under 0.1%"
    if 0.999 < part < 1:
        return "over 99.9%"
    return f"{100 * part:.1f}%".replace(".0%", "%")


def data_of(atlas: Atlas) -> str:
    """Which state of the data this is: data of 22 November 2026."""
    return f"data of {date(atlas.package['created'][:10])}"


def sentence_case(words: str) -> str:
    """The words with a capital at the start; the others stay as they are."""
    return words[:1].upper() + words[1:]


def listed(items: list[str]) -> str:
    """Join with commas and "and": a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def count(number_of: int, singular: str, plural: str) -> str:
    """A number with its noun: 1 CCG, 2 CCGs."""
    return f"{number_of:,} {singular if number_of == 1 else plural}"


def at_least(number_of: int, of: int) -> str:
    """A lower bound: at least 23 of 44; all 44 when nothing can be added."""
    return f"all {of}" if number_of == of else f"at least {number_of} of {of}"


def ordinal(rank: int) -> str:
    """A rank as it is spoken: 1st, 2nd, 11th."""
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def size(count_of_bytes: int) -> str:
    """Bytes in words: 640 bytes, 174 KB, 1.2 MB."""
    if count_of_bytes < 1000:
        return f"{count_of_bytes} bytes"
    if count_of_bytes < 999_500:
        return f"{count_of_bytes / 1000:.0f} KB"
    return f"{count_of_bytes / 1e6:.1f} MB"
