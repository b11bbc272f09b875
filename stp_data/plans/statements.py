"""What documents say about a plan's governance, challenges, engagement and next steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as

TABLE_TOPICS = {
    "structure": "Structure",
    "governance": "Governance",
    "people": "People",
    "position": "Positions of organisations",
}
"""Topics shown with the member organisations, with their names on the page."""
PLAN_TOPICS = {
    "challenge": "Challenges",
    "engagement": "Engagement",
    "next step": "Next steps",
    "timing": "Timing",
}
"""Topics shown with the plan."""


@dataclass(frozen=True)
class Statement:
    """One statement of at least one document, in our words."""

    topic: str
    summary: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def statements(atlas: Atlas, code: str) -> tuple[Statement, ...]:
    """Return the statements about a footprint by topic, then date, undated ones last."""
    order = [*TABLE_TOPICS, *PLAN_TOPICS]
    found = rows_as(Statement, atlas.statements[atlas.statements["code"] == code])
    return tuple(sorted(found, key=lambda one: (order.index(one.topic), one.as_of or "9999")))


def on_topics(found: tuple[Statement, ...], topics: dict[str, str]) -> tuple[Statement, ...]:
    """Return those on one of the topics, in the same order."""
    return tuple(one for one in found if one.topic in topics)
