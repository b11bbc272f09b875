"""The path from the 44 footprints of 2016 to the 42 integrated care boards of July 2022."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.places import footprints
from stp_data.plans import plans

BASIS = (
    "Shares are of each footprint's mid-2017 population, added up over the neighbourhoods "
    "(LSOAs) in both areas, by board of July 2022."
)


@dataclass(frozen=True)
class Flow:
    """The people of a footprint who came under a board."""

    code: str
    board: str
    share: float
    """Of the footprint's people, 0 to 1."""
    people: float
    source: str

    @property
    def key(self) -> str:
        """Name in an address."""
        return f"{self.code}:{self.board}"


@cache
def flows(atlas: Atlas) -> tuple[Flow, ...]:
    """Return every flow, by name of footprint, largest share first."""
    people = atlas.places.groupby("code")["population"].sum()
    return tuple(
        Flow(place.code, one.code, one.share, one.share * float(people[place.code]), one.source)
        for place in footprints.by_name(atlas)
        for one in plans.successors(atlas, place.code)
    )


@cache
def boards(atlas: Atlas) -> dict[str, str]:
    """Return the names of the boards by code, without the words that all of them have."""
    return {
        row["successor"]: row["successor_name"]
        .removeprefix("NHS ")
        .removesuffix(" Integrated Care Board")
        for row in records(atlas.successors)
    }


@cache
def unchanged(atlas: Atlas) -> frozenset[str]:
    """Return the codes of footprints whose people, and no others, came under one board."""
    into: dict[str, set[str]] = {}
    for flow in flows(atlas):
        into.setdefault(flow.board, set()).add(flow.code)
    return frozenset(
        flow.code for flow in flows(atlas) if flow.share == 1 and into[flow.board] == {flow.code}
    )


def changed(atlas: Atlas) -> tuple[Flow, ...]:
    """Return the flows of the footprints that were split or merged."""
    return tuple(flow for flow in flows(atlas) if flow.code not in unchanged(atlas))


def split(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of footprints whose people came under more than one board."""
    return tuple(dict.fromkeys(flow.code for flow in flows(atlas) if flow.share < 1))


def finding(atlas: Atlas) -> str:
    """Return how many footprints stayed as they were, as a headline."""
    return (
        f"The {len(footprints.all_footprints(atlas))} footprints became {len(boards(atlas))} "
        f"boards: {len(unchanged(atlas))} kept the same people and {len(split(atlas))} were split"
    )


def flow_in_words(atlas: Atlas, flow: Flow) -> str:
    """Return one flow as a sentence without its stop."""
    place = footprints.all_footprints(atlas)[flow.code].name
    return (
        f"{wording.share(flow.share)} of people in {place} (about {flow.people:,.0f}) came under "
        f"{boards(atlas)[flow.board]}"
    )
