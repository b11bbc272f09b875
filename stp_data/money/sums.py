"""Other sums that documents state: capital sought and awarded, investments and savings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as
from stp_data.places import footprints
from stp_data.places.footprints import Footprint

WANTED = ("capital asked", "capital needed")
GIVEN = ("capital awarded", "capital not awarded")
OTHERS = ("other money", "investment", "saving")
"""Kinds in the order of the page."""
ROUND_OF_2017 = "2017-07"
"""When the first awards of capital to plans were announced."""


@dataclass(frozen=True)
class Sum:
    """One sum that at least one document states; without an amount, what it says all the same."""

    kind: str
    value: float | None
    """£ million; the lower end of a range."""
    value_to: float | None
    qualifier: str
    purpose: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def sums(atlas: Atlas, code: str) -> tuple[Sum, ...]:
    """Everything stated for a footprint, by kind in the order of the page."""
    order = [*WANTED, *GIVEN, *OTHERS]
    rows = atlas.plan_sums[atlas.plan_sums["code"] == code]
    found = rows_as(Sum, rows.rename(columns={"summary": "purpose"}))
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def of_kinds(found: tuple[Sum, ...], kinds: tuple[str, ...]) -> tuple[Sum, ...]:
    """Those of ``found`` that are of one of the kinds, in the same order."""
    return tuple(one for one in found if one.kind in kinds)


@cache
def across(
    atlas: Atlas, kinds: tuple[str, ...], region: str | None = None
) -> tuple[tuple[Footprint, Sum], ...]:
    """Every sum of some kinds with its footprint, by name, in all England or one NHS region."""
    return tuple(
        (place, one)
        for place in footprints.by_name(atlas)
        if region in (None, place.region)
        for one in of_kinds(sums(atlas, place.code), kinds)
    )


@cache
def awarded_in_2017(
    atlas: Atlas, region: str | None = None
) -> tuple[tuple[Footprint, tuple[Sum, ...]], ...]:
    """Footprints chosen in the round of July 2017, by name, with what is said of each.

    One without an amount has the row alone that says it was chosen.
    """
    found: dict[Footprint, list[Sum]] = {}
    for place, one in across(atlas, ("capital awarded",), region):
        if in_round_of_2017(one):
            found.setdefault(place, []).append(one)
    return tuple((place, tuple(said)) for place, said in found.items())


def in_round_of_2017(one: Sum) -> bool:
    """Whether a sum belongs to the awards of July 2017."""
    return one.kind == "capital awarded" and one.as_of.startswith(ROUND_OF_2017)


def sum_of_money(found: Sum) -> str:
    """Capital, an investment or a saving as stated; words where the source gives no amount."""
    if found.value is None:
        return "none" if found.kind == "capital not awarded" else "amount not found"
    return wording.as_stated(wording.pounds, found.value, found.value_to, found.qualifier)


def sum_in_sentence(found: Sum) -> str:
    """The sum and what it is for; without an amount only the latter."""
    if found.value is None:
        return f"{found.purpose[0].lower()}{found.purpose[1:]}"
    return f"{sum_of_money(found)}. {found.purpose}"
