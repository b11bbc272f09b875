"""What can be mapped or compared, its values, its classes on a map, and what they show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.places import footprints
from stp_data.plans import stated_figures

ENGLAND = "ENG"
MOST_CLASSES = 5
FEWEST_IN_CLASS = 3
DEFAULT = "aged_65_over_share"

SCOPE_OF_GAP = {
    "gap_per_head_nhs_care": "NHS and social care",
    "gap_per_head_nhs": "NHS",
    "gap_per_head_not_stated": "not stated",
}
"""Measures worked out from stated gaps: each takes the figures of one scope only."""


@dataclass(frozen=True)
class Measure:
    """A row of the table of measures."""

    key: str
    label: str
    aim: str
    kind: str
    unit: str
    decimals: int
    direction: str
    headline: str
    description: str
    method: str


@dataclass(frozen=True)
class Values:
    """A measure's figures; footprints without one are absent, never zero."""

    measure: Measure
    by_code: Mapping[str, float]
    england: float | None
    as_of: str
    source_of: Mapping[str, str]
    """Key in the table of sources of each footprint's figure."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that a figure rests on, once."""
        return tuple(dict.fromkeys(self.source_of.values()))


@dataclass(frozen=True)
class Classes:
    """Footprints sorted into a few groups of about equal number, lowest values first."""

    limits: tuple[tuple[float, float], ...]
    """Lowest and highest value found in each class, as shown (rounded)."""
    by_code: Mapping[str, int]
    """0 for the lowest class; footprints without a value are absent."""


@cache
def mapped(atlas: Atlas) -> dict[str, Measure]:
    """The measures that can colour the map, in the order of the plans' triple aim."""
    chosen = atlas.measures[atlas.measures["mapped"] == "yes"]
    return {row["measure"]: _measure(row) for row in records(chosen)}


@cache
def every(atlas: Atlas) -> dict[str, Measure]:
    """All measures by key: those that can colour the map, and those only stated."""
    return {row["measure"]: _measure(row) for row in records(atlas.measures)}


@cache
def measure(atlas: Atlas, key: str) -> Measure:
    """Any measure, mapped or not; KeyError when there is none of that key."""
    return every(atlas)[key]


def _measure(row: Mapping[str, str]) -> Measure:
    return Measure(
        key=row["measure"],
        label=row["label"],
        aim=row["aim"],
        kind=row["kind"],
        unit=row["unit"],
        decimals=int(row["decimals"]),
        direction=row["direction"],
        headline=row["headline"],
        description=row["description"],
        method=row["method"],
    )


@cache
def values(atlas: Atlas, key: str) -> Values:
    """The figures of one mapped measure for all footprints that have one, and for England."""
    chosen = mapped(atlas)[key]
    if key in SCOPE_OF_GAP:
        return _gaps_per_head(atlas, chosen)
    rows = atlas.measured[atlas.measured["measure"] == key]
    figures = dict(zip(rows["code"], rows["value"], strict=True))
    return Values(
        measure=chosen,
        england=figures.pop(ENGLAND),
        by_code=figures,
        as_of=rows["as_of"].iloc[0],
        source_of=dict(zip(rows["code"], rows["source"], strict=True)),
    )


def _gaps_per_head(atlas: Atlas, chosen: Measure) -> Values:
    people = values(atlas, "population").by_code
    gaps = [
        gap
        for gap in stated_figures.preferred_gaps(atlas).values()
        if gap.scope == SCOPE_OF_GAP[chosen.key]
    ]
    return Values(
        measure=chosen,
        by_code={gap.code: gap.per_head(people[gap.code]) for gap in gaps},
        # There is no sum for England on one scope: see docs/methods.md.
        england=None,
        as_of="plans of 2016 to 2018",
        source_of={gap.code: gap.source for gap in gaps},
    )


@cache
def classes(atlas: Atlas, key: str) -> Classes:
    """Up to five classes of about equal number (quantiles), from all footprints with a value.

    Values are rounded as shown before they are sorted, so that equal figures on screen are never
    in different classes, and a filter by region never changes a colour.
    """
    found = values(atlas, key)
    shown = {c: round(v, found.measure.decimals) for c, v in found.by_code.items()}
    number = max(1, min(MOST_CLASSES, len(shown) // FEWEST_IN_CLASS))
    ranks = pd.Series(shown, dtype=float).rank(method="min")
    group = ((ranks - 1) * number / max(1, len(shown))).map(math.floor)
    limits = []
    by_code: dict[str, int] = {}
    for index, members in enumerate(group.groupby(group).groups.values()):
        inside = [shown[code] for code in members]
        limits.append((min(inside), max(inside)))
        by_code.update(dict.fromkeys(members, index))
    return Classes(tuple(limits), by_code)


def extremes(found: Values, codes: list[str] | None = None) -> tuple[str, str] | None:
    """Codes of the highest and the lowest value, among ``codes`` if given; None without values.

    Of footprints with the same value the first in the order of codes is named.
    """
    among = [c for c in sorted(found.by_code) if codes is None or c in codes]
    if not among:
        return None
    return max(among, key=lambda c: found.by_code[c]), min(among, key=lambda c: found.by_code[c])


def shown(measure: Measure, figure: float) -> str:
    """A figure with the sign of its unit, as in a table: 21.4%, 1.3 km, £266."""
    text = wording.number(figure, measure.decimals)
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


def shown_in_sentence(measure: Measure, figure: float) -> str:
    """A figure with its unit in words where the sentence does not name it."""
    text = shown(measure, figure)
    return f"{text} {measure.unit}" if measure.unit.startswith("people per") else text


def headline(atlas: Atlas, found: Values, region: str | None = None) -> str:
    """The finding of a map: highest and lowest, in all England or in one NHS region."""
    places = footprints.all_footprints(atlas)
    codes = [c for c, place in places.items() if region in (None, place.region)]
    ends = extremes(found, codes)
    if ends is None:
        return f"No footprint{wording.in_region(region)} has a figure for this measure"
    high, low = ends
    with_value = sum(code in found.by_code for code in codes)
    if with_value == 1:
        only = shown_in_sentence(found.measure, found.by_code[high])
        return f"Only {places[high].name} has a figure{wording.in_region(region)}: {only}"
    if region is not None:
        prefix = f"In {wording.region_in_sentence(region)}: "
        return (
            f"{prefix}from {shown(found.measure, found.by_code[low])} in {places[low].name} "
            f"to {shown(found.measure, found.by_code[high])} in {places[high].name}"
        )
    return found.measure.headline.format(
        high=places[high].name,
        low=places[low].name,
        high_value=shown_in_sentence(found.measure, found.by_code[high]),
        low_value=shown(found.measure, found.by_code[low]),
    )


def subtitle(found: Values) -> str:
    """Measure, period, and England's figure where there is one."""
    text = f"{found.measure.label}, {found.as_of}."
    if found.england is not None:
        text += f" England: {shown_in_sentence(found.measure, found.england)}."
    else:
        text += f" {len(found.by_code)} of 44 footprints have such a figure."
    return text
