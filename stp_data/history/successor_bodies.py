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
    "Shares are of the footprint's people of mid-2017, summed over the neighbourhoods (LSOAs) "
    "that lie in both, by their boards of July 2022."
)
PEOPLE = "population"


@dataclass(frozen=True)
class Flow:
    """The people of a footprint that a board took over."""

    code: str
    board: str
    share: float
    """Of the footprint's people, 0 to 1."""
    people: float
    source: str


@cache
def flows(atlas: Atlas) -> tuple[Flow, ...]:
    """Every one, footprints in the order of names, largest share first."""
    people = _people(atlas)
    return tuple(
        Flow(place.code, one.code, one.share, one.share * people[place.code], one.source)
        for place in footprints.by_name(atlas)
        for one in plans.successors(atlas, place.code)
    )


@cache
def boards(atlas: Atlas) -> dict[str, str]:
    """Names of the boards by code, without the words that all of them have."""
    return {
        row["successor"]: row["successor_name"]
        .removeprefix("NHS ")
        .removesuffix(" Integrated Care Board")
        for row in records(atlas.successors)
    }


@cache
def _people(atlas: Atlas) -> dict[str, float]:
    rows = atlas.places.groupby("code")[PEOPLE].sum()
    return {str(code): float(number) for code, number in rows.items()}


@cache
def unchanged(atlas: Atlas) -> frozenset[str]:
    """Codes of footprints whose people, and nobody else's, became those of one board."""
    into: dict[str, set[str]] = {}
    for flow in flows(atlas):
        into.setdefault(flow.board, set()).add(flow.code)
    return frozenset(
        flow.code for flow in flows(atlas) if flow.share == 1 and into[flow.board] == {flow.code}
    )


def changed(atlas: Atlas) -> tuple[Flow, ...]:
    """The flows of the footprints that were split or merged."""
    return tuple(flow for flow in flows(atlas) if flow.code not in unchanged(atlas))


def split(atlas: Atlas) -> tuple[str, ...]:
    """Codes of footprints whose people went to more than one board."""
    return tuple(dict.fromkeys(flow.code for flow in flows(atlas) if flow.share < 1))


def finding(atlas: Atlas) -> str:
    """How many stayed as they were."""
    return (
        f"The {len(footprints.all_footprints(atlas))} footprints became {len(boards(atlas))} "
        f"boards: {len(unchanged(atlas))} of them one board each with the same people, while "
        f"{len(split(atlas))} were split"
    )


def flow_in_words(atlas: Atlas, flow: Flow) -> str:
    """One flow as a sentence."""
    place = footprints.all_footprints(atlas)[flow.code].name
    return (
        f"{wording.share(flow.share)} of the people of {place} (about {flow.people:,.0f}) came "
        f"under {boards(atlas)[flow.board]}"
    )
