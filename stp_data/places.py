"""Council districts of 2017 and their people in each footprint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.atlas import Atlas
from stp_data.records import records


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
