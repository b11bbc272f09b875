"""How figures, dates and sources are put into words: the same on every page and download."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from stp_data import footprints, measures, money, sums
from stp_data.atlas import Atlas
from stp_data.measures import Measure, Values
from stp_data.sources import Source

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

ISO_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>\d{2}))?)?")

SCOPES = {
    "NHS": "NHS only",
    "NHS and social care": "NHS and social care",
    "social care": "social care only",
    "not stated": "scope not stated",
}

VERSIONS = {
    "draft_june_2016": "draft of June 2016",
    "submission_october_2016": "submission of October 2016",
    "summary": "summary",
    "update_2017_on": "update of 2017 or later",
    "unspecified": "version not said",
}
"""Which version of a plan became public."""
CONFIDENCES = {
    "high": "high: an official paper or page says so",
    "medium": "medium: press, a think tank or a campaign says so, or the wording leaves room",
    "low": "low: unclear, or not found a second time",
}
PREFERENCE = (
    "Preferred by rule: an official document before press, a later version before a draft, a "
    "stated scope before none, NHS and social care before NHS only, an exact figure before a "
    "rounded one; never one of low confidence."
)
NONE_PREFERRED = "No figure is preferred: the sources do not settle it."

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


def value(measure: Measure, figure: float) -> str:
    """A figure with the sign of its unit, as in a table: 21.4%, 1.3 km, £266."""
    text = number(figure, measure.decimals)
    match measure.unit:
        case "%":
            return f"{text}%"
        case "km":
            return f"{text} km"
        case "GBP per person":
            return f"£{text}"
        case "GBP million":
            return f"£{text}m"
        case _:
            return text


def value_in_sentence(measure: Measure, figure: float) -> str:
    """A figure with its unit in words where the sentence does not name it."""
    text = value(measure, figure)
    return f"{text} {measure.unit}" if measure.unit.startswith("people per") else text


def headline(atlas: Atlas, found: Values, region: str | None = None) -> str:
    """The finding of a map: highest and lowest, in all England or in one NHS region."""
    places = footprints.all_footprints(atlas)
    codes = [c for c, place in places.items() if region in (None, place.region)]
    ends = measures.extremes(found, codes)
    if ends is None:
        return f"No footprint{in_region(region)} has a figure for this measure"
    high, low = ends
    with_value = sum(code in found.by_code for code in codes)
    if with_value == 1:
        only = value_in_sentence(found.measure, found.by_code[high])
        return f"Only {places[high].name} has a figure{in_region(region)}: {only}"
    if region is not None:
        prefix = f"In {region_in_sentence(region)}: "
        return (
            f"{prefix}from {value(found.measure, found.by_code[low])} in {places[low].name} "
            f"to {value(found.measure, found.by_code[high])} in {places[high].name}"
        )
    return found.measure.headline.format(
        high=places[high].name,
        low=places[low].name,
        high_value=value_in_sentence(found.measure, found.by_code[high]),
        low_value=value(found.measure, found.by_code[low]),
    )


def region_in_sentence(region: str) -> str:
    """Put "the" before a region, but not before London."""
    return region if region == "London" else f"the {region}"


def in_region(region: str | None) -> str:
    """Say where: in the North of England; nothing for all England."""
    return "" if region is None else f" in {region_in_sentence(region)}"


def subtitle(found: Values) -> str:
    """Measure, period, and England's figure where there is one."""
    text = f"{found.measure.label}, {found.as_of}."
    if found.england is not None:
        text += f" England: {value_in_sentence(found.measure, found.england)}."
    else:
        text += f" {len(found.by_code)} of 44 footprints have such a figure."
    return text


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


def amount(figure: money.Stated) -> str:
    """A stated figure as stated: £131.4m, about £1bn, £400m to £500m, 1.8 million people, +22%."""
    return _as_stated(_IN_UNIT[figure.unit], figure.value, figure.value_to, figure.qualifier)


def sum_of_money(found: sums.Sum) -> str:
    """Capital, an investment or a saving as stated; words where the source gives no amount."""
    if found.value is None:
        return "none" if found.kind == "capital not awarded" else "amount not found"
    return _as_stated(pounds, found.value, found.value_to, found.qualifier)


def sum_in_sentence(found: sums.Sum) -> str:
    """The sum and what it is for; without an amount only the latter."""
    if found.value is None:
        return f"{found.purpose[0].lower()}{found.purpose[1:]}"
    return f"{sum_of_money(found)}. {found.purpose}"


def _as_stated(
    one: Callable[[float], str], value: float, value_to: float | None, qualifier: str
) -> str:
    if value_to is not None:
        return f"{one(value)} to {one(value_to)}"
    words = {"about": "about ", "at least": "at least ", "up to": "up to "}
    return words.get(qualifier, "") + one(value)


def pounds(millions: float) -> str:
    """An amount as it is written: £131.4m, £1bn."""
    if millions >= 1000 and (millions / 100).is_integer():
        return f"£{millions / 1000:g}bn"
    return f"£{millions:,.10g}m"


def _people(count: float) -> str:
    if count >= 1e6 and (count / 1e4).is_integer():
        return f"{count / 1e6:g} million people"
    return f"{count:,.0f} people"


def _change(per_cent: float) -> str:
    # A sign for a rise too, or a reader takes it for a share.
    return f"{per_cent:+,.10g}%".replace("-", "\u2212")


_IN_UNIT = {"GBP million": pounds, "persons": _people, "per cent": _change}
"""Unit of a stated figure -> how it is written."""


def share(part: float) -> str:
    """A share (0 to 1) in per cent; never 0% or 100% for what is only nearly so."""
    if 0 < part < 0.001:
        return "under 0.1%"
    if 0.999 < part < 1:
        return "over 99.9%"
    return f"{100 * part:.1f}%".replace(".0%", "%")


def citation(source: Source) -> str:
    """Publisher, title, date and where it was read, on one line."""
    via = f", read at {source.via}" if source.via and "quoting" not in source.via else ""
    return f"{reference(source)}{via}"


def reference(source: Source) -> str:
    """Publisher, title and date, to stand beside the address."""
    when = dated(source)
    title = source.title if source.title.endswith(when) else f"{source.title}, {when}"
    return f"{_publisher(source)}: {title}"


def publisher_type(source: Source) -> str:
    """What kind of publisher it is: NHS, council, local press."""
    return "NHS" if source.publisher_type == "nhs" else source.publisher_type.replace("_", " ")


def short_citation(source: Source) -> str:
    """Publisher and date."""
    return f"{_publisher(source)}, {dated(source)}"


def _publisher(source: Source) -> str:
    return source.publisher + (f" ({source.via})" if "quoting" in source.via else "")


def dated(source: Source) -> str:
    """Date of a source, or that it has none."""
    return as_of(source.date)


def data_of(atlas: Atlas) -> str:
    """Which state of the data this is: data of 22 November 2026."""
    return f"data of {date(atlas.package['created'][:10])}"


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
