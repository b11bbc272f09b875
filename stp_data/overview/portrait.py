"""A footprint in a sentence or two of plain figures, ready to quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import members
from stp_data.overview import summary
from stp_data.places import measures


@dataclass(frozen=True)
class Part:
    """A piece of the sentence and the keys of the sources that its figures rest on."""

    text: str
    sources: tuple[str, ...]


@cache
def portrait(atlas: Atlas, code: str) -> tuple[Part, ...]:
    """The sentence in parts, the number of people first."""
    brief = summary.summary(atlas, code)
    people, older, rural = (
        summary.against_england(atlas, code, key)
        for key in ("population", "aged_65_over_share", "rural_share")
    )
    seats = members.members(atlas, code)
    councils = wording.count(brief.member_counts["council"], "council", "councils")
    lists = tuple(dict.fromkeys(source for member in seats for source, *_ in member.evidence))
    return (
        Part(f"{brief.people:,} people", (people.source,)),
        Part(
            f" (mid-2017, {wording.ordinal(people.rank)} of 44 by size): "
            f"{measures.shown(older.measure, older.here)} aged 65 or over (England "
            f"{measures.shown(older.measure, older.england)})",
            (older.source,),
        ),
        Part(
            f", {measures.shown(rural.measure, rural.here)} in rural areas (England "
            f"{measures.shown(rural.measure, rural.england)})",
            (rural.source,),
        ),
        Part(
            f". {wording.count(brief.member_counts['CCG'], 'CCG', 'CCGs')}, {councils} and "
            f"{wording.count(brief.member_counts['trust'], 'trust', 'trusts')} at the table.",
            lists,
        ),
    )
