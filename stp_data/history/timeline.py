"""What happened in a footprint or in England, when, and how a plan's progress was rated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.money import sums
from stp_data.plans import plans

INTEGRATED_CARE = "integrated care"
ENGLAND = "ENG"
"""Stands in the place of a footprint's code where an event is of the whole country."""


@dataclass(frozen=True)
class Event:
    """Something that happened, in our words; ``date`` is of any precision, or empty."""

    date: str
    kind: str
    summary: str
    sources: tuple[str, ...]
    confidence: str
    note: str
    happening: str = ""
    """Shared with other events, local or national, that tell of the same; often empty."""


@dataclass(frozen=True)
class Rating:
    """NHS England's category for a plan's progress, as at least one source gives it."""

    rating: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def rating(atlas: Atlas, code: str) -> Rating | None:
    """The rating of July 2017; None where no source read gives it, never worked out."""
    rows = records(atlas.ratings[atlas.ratings["code"] == code])
    if not rows:
        return None
    row = rows[0]
    cited = (row["source"], *row["also"].split())
    return Rating(row["rating"], row["as_of"], cited, row["confidence"], row["note"])


@cache
def events(atlas: Atlas, code: str) -> tuple[Event, ...]:
    """The events of a footprint alone, earliest first, those without a date last."""
    rows = records(atlas.events[atlas.events["code"] == code])
    return _in_order(
        Event(
            date=row["date"],
            kind=row["kind"],
            summary=row["summary"],
            sources=(row["source"], *row["also"].split()),
            confidence=row["confidence"],
            note=row["note"],
            happening=row["happening"],
        )
        for row in rows
    )


@cache
def national(atlas: Atlas) -> tuple[Event, ...]:
    """The events of England as a whole, earliest first; no footprint's timeline has them."""
    return events(atlas, ENGLAND)


@cache
def timeline(atlas: Atlas, code: str) -> tuple[Event, ...]:
    """Local events with the plan's publication, its rating and capital, in the order of dates."""
    found = list(events(atlas, code))
    rated = rating(atlas, code)
    found += _published(atlas, code)
    if rated:
        words = f"Progress rated {rated.rating} by NHS England."
        found.append(
            Event(rated.as_of, "rating", words, rated.sources, rated.confidence, rated.note)
        )
    for one in sums.of_kinds(sums.sums(atlas, code), sums.GIVEN):
        words = f"{one.kind.capitalize()}: {sums.sum_in_sentence(one)}"
        found.append(Event(one.as_of, "capital", words, one.sources, one.confidence, one.note))
    return _in_order(found)


def _published(atlas: Atlas, code: str) -> list[Event]:
    """When the plan became public, by the source that the plan's date rests on."""
    plan = plans.plan(atlas, code)
    words = f"Plan made public{f' by {plan.published_by}' if plan.published_by else ''}."
    return [
        Event(said.published, "plan", words, (said.source,), said.confidence, said.note)
        for said in plans.publications(atlas, code)
        if (said.published, said.source) == (plan.published, plan.published_source)
    ][:1]


def _in_order(found: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(found, key=lambda event: event.date or "9999"))
