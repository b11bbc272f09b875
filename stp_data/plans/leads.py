"""When sources show a person in a role, as far as dates can be sure."""

from __future__ import annotations

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.plans.plans import Lead

SHARED_ROLES = frozenset({"joint lead"})
"""Roles that several hold at one time."""


def at_odds(atlas: Atlas, one: Lead, other: Lead) -> bool:
    """Whether sources certainly put two people in one role at one time.

    A person is in a role from the day on which a source first shows them (or from the start that
    it gives) to the end that it gives, or to the last dated document that names them in it. Of an
    inexact date the part counts that is certain: of 2017 nothing but the end of that year for a
    start, and its beginning for an end. A document that names both shows a succession or a shared
    role, so it counts for neither.
    """
    if one.role != other.role or one.role in SHARED_ROLES or one.name == other.name:
        return False
    if not (one.name and other.name):
        return False
    both = set(one.sources) & set(other.sources)
    if both.issuperset(one.sources) and both.issuperset(other.sources):
        return False
    spans = [_span(atlas, lead, both) for lead in (one, other)]
    return all(start and end for start, end in spans) and max(s for s, _ in spans) <= min(
        e for _, e in spans
    )


def _span(atlas: Atlas, lead: Lead, without: set[str]) -> tuple[str, str]:
    """First and last day on which the person is certainly in the role; "" where unknown."""
    start = lead.start or lead.as_of
    if not start:
        return "", ""
    seen = [sources.source(atlas, key).date for key in lead.sources if key not in without]
    last = lead.end or max([lead.as_of, start, *seen])
    return _latest(start), max(_earliest(last), _latest(start) if not lead.end else "")


def _latest(date: str) -> str:
    """The last day that a date of any precision can mean."""
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def _earliest(date: str) -> str:
    """The first day that it can mean."""
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
