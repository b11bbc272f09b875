"""Reports of what happened in a footprint or in England, and the rating of a plan's progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as
from stp_data.money import sums
from stp_data.plans import plans

INTEGRATED_CARE = "integrated care"
ENGLAND = "ENG"
"""Takes the place of a footprint's code for national events."""


@dataclass(frozen=True)
class Report:
    """One account of an event, in our words; ``date`` is an ISO date of any precision or empty."""

    date: str
    kind: str
    summary: str
    sources: tuple[str, ...]
    confidence: str
    note: str
    happening: str = ""
    """Shared by reports, local or national, of the same event; often empty."""


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
    """Return the rating of July 2017; None where no source gives it, as it is never inferred."""
    return next(iter(rows_as(Rating, atlas.ratings[atlas.ratings["code"] == code])), None)


@cache
def reports(atlas: Atlas, code: str) -> tuple[Report, ...]:
    """Return the reports of a footprint, or of ENGLAND, by date, undated ones last."""
    return _by_date(rows_as(Report, atlas.events[atlas.events["code"] == code]))


@cache
def timeline(atlas: Atlas, code: str) -> tuple[Report, ...]:
    """Return a footprint's reports with its publication, rating and capital, by date."""
    found = list(reports(atlas, code))
    plan = plans.plan(atlas, code)
    published = f"Plan made public{f' by {plan.published_by}' if plan.published_by else ''}."
    found += [
        Report(said.published, "plan", published, (said.source,), said.confidence, said.note)
        for said in plans.publications(atlas, code)
        if (said.published, said.source) == (plan.published, plan.published_source)
    ][:1]
    if rated := rating(atlas, code):
        words = f"Progress rated {rated.rating} by NHS England."
        found.append(
            Report(rated.as_of, "rating", words, rated.sources, rated.confidence, rated.note)
        )
    for one in sums.of_kinds(sums.sums(atlas, code), sums.GIVEN):
        words = f"{one.kind.capitalize()}: {sums.sum_in_sentence(one)}"
        found.append(Report(one.as_of, "capital", words, one.sources, one.confidence, one.note))
    return _by_date(found)


def _by_date(found: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(found, key=lambda report: report.date or "9999"))
