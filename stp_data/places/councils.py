"""Councils of 2017, districts and counties, and their people in each footprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records


@dataclass(frozen=True)
class Place:
    """The part of a council district that lies in a footprint."""

    lad: str
    name: str
    council_type: str
    county: str
    code: str
    people: int
    share: float
    """Of the district's people, 0 to 1."""


@cache
def places(atlas: Atlas, code: str) -> list[Place]:
    """The districts of a footprint, most people first."""
    rows = atlas.places[atlas.places["code"] == code].sort_values("population", ascending=False)
    return [
        Place(
            lad=row["lad"],
            name=row["lad_name"],
            council_type=row["council_type"],
            county=row["county"],
            code=code,
            people=row["population"],
            share=row["share"],
        )
        for row in records(rows)
    ]


@dataclass(frozen=True)
class Part:
    """How much of a council lies in a footprint."""

    code: str
    people: int
    share: float
    """Of the council's people, 0 to 1."""


@dataclass(frozen=True)
class Council:
    """A council of 2017, district or county, with its people in every footprint."""

    name: str
    kind: str
    """Type of council; "county" for the one above districts."""
    county: str
    """The county of a district, if it has one."""
    people: int
    parts: tuple[Part, ...]
    """The largest first."""

    @property
    def is_split(self) -> bool:
        """Whether it lies in more than one footprint."""
        return len(self.parts) > 1


@cache
def councils(atlas: Atlas) -> tuple[Council, ...]:
    """Every district, then every county, by name."""
    here: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in records(atlas.places):
        areas = [(row["lad_name"], row["council_type"], row["county"])]
        if row["county"]:
            areas.append((row["county"], COUNTY, ""))
        for area in areas:
            by_code = here.setdefault(area, {})
            by_code[row["code"]] = by_code.get(row["code"], 0) + row["population"]
    found = [council(*area, by_code) for area, by_code in here.items()]
    return tuple(sorted(found, key=lambda council: (council.kind == COUNTY, council.name)))


COUNTY = "county"


def council(name: str, kind: str, county: str, by_code: Mapping[str, int]) -> Council:
    """A council of which so many people live in each footprint."""
    people = sum(by_code.values())
    parts = [Part(code, number, number / people) for code, number in by_code.items()]
    parts.sort(key=lambda part: (-part.people, part.code))
    return Council(name, kind, county, people, tuple(parts))


def split(atlas: Atlas) -> list[Council]:
    """Councils that lie in more than one footprint, those in the most footprints first.

    Among equals, the one whose largest part is smallest: the most evenly split.
    """
    found = [council for council in councils(atlas) if council.is_split]
    return sorted(found, key=lambda c: (-len(c.parts), c.parts[0].share, c.name))
