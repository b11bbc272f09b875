"""What a board member reads first about a footprint."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.organisations import members
from stp_data.places import measures
from stp_data.places.footprints import Footprint, all_footprints
from stp_data.places.measures import Measure
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead, Plan
from stp_data.plans.stated_figures import Stated

TOP_MEASURES = (
    "aged_65_over_share",
    "imd_2015_poorest_fifth_share",
    "life_years_lost",
    "acute_morbidity_ratio",
    "road_distance_gp",
)
"""One or two of each of the plans' aims, shown against England."""


@dataclass(frozen=True)
class Against:
    """A measure of the footprint beside England's."""

    measure: Measure
    here: float
    england: float
    rank: int
    """1 for the highest of the 44."""
    as_of: str
    source: str


@dataclass(frozen=True)
class Summary:
    """A footprint in brief."""

    footprint: Footprint
    people: int
    lead: Lead | None
    plan: Plan
    member_counts: dict[str, int]
    gap: Stated | None
    """The preferred yearly gap in 2020/21."""
    gaps_stated: int
    """How many figures of that gap were found, of low confidence too."""
    against_england: tuple[Against, ...]


@cache
def summary(atlas: Atlas, code: str) -> Summary:
    """The summary of one footprint; KeyError for a code that is not of the 44."""
    figures = stated_figures.stated(atlas, code)
    gaps = stated_figures.of_measure(figures, stated_figures.GAP)
    return Summary(
        footprint=all_footprints(atlas)[code],
        people=int(measures.values(atlas, "population").by_code[code]),
        lead=plans.first_lead(plans.leads(atlas, code)),
        plan=plans.plan(atlas, code),
        member_counts=members.counts(members.members(atlas, code)),
        gap=stated_figures.preferred_gaps(atlas).get(code),
        gaps_stated=len(gaps),
        against_england=tuple(against_england(atlas, code, key) for key in TOP_MEASURES),
    )


@cache
def against_england(atlas: Atlas, code: str, key: str) -> Against:
    """One measured figure of a footprint, England's, and the rank among the 44."""
    found = measures.values(atlas, key)
    if found.england is None:
        raise KeyError(f"{key} has no figure for England")
    here = found.by_code[code]
    return Against(
        measure=found.measure,
        here=here,
        england=found.england,
        rank=1 + sum(other > here for other in found.by_code.values()),
        as_of=found.as_of,
        source=found.source_of[code],
    )


HEADCOUNTS = ("population", "under_18", "aged_65_over", "aged_85_over")
"""Measures that grow with the footprint, so that England's figure is nothing to compare with."""


@cache
def furthest_from_england(atlas: Atlas, code: str) -> tuple[Against, ...]:
    """Every measured figure but head counts, those that differ most from England's first.

    Differences of unlike units are made alike by the standard deviation over the 44.
    """

    def distance(row: Against) -> float:
        figures = measures.values(atlas, row.measure.key).by_code.values()
        return abs(row.here - row.england) / statistics.pstdev(figures)

    rows = [
        against_england(atlas, code, key)
        for key, measure in measures.mapped(atlas).items()
        if measure.kind == "measured" and key not in HEADCOUNTS
    ]
    return tuple(sorted(rows, key=lambda row: -distance(row)))
