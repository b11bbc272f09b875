"""What documents say of a plan's governance, challenges, engagement and next steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records

TABLE_TOPICS = {
    "structure": "How it is built",
    "governance": "Governance",
    "people": "People",
    "position": "Where bodies stood",
}
"""Topics that say who is at the table, with their names on the page."""
PLAN_TOPICS = {
    "challenge": "Challenges",
    "engagement": "Engagement",
    "next step": "Next steps",
    "timing": "Timing",
}
"""Topics that say what the plan's makers said."""


@dataclass(frozen=True)
class Statement:
    """One thing that at least one document says, in our words."""

    topic: str
    summary: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def statements(atlas: Atlas, code: str) -> tuple[Statement, ...]:
    """Everything said of a footprint, by topic, earliest first, those without a date last."""
    order = [*TABLE_TOPICS, *PLAN_TOPICS]
    found = [
        Statement(
            topic=row["topic"],
            summary=row["summary"],
            as_of=row["as_of"],
            sources=(row["source"], *row["also"].split()),
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in records(atlas.statements[atlas.statements["code"] == code])
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.topic), one.as_of or "9999")))


def on_topics(found: tuple[Statement, ...], topics: dict[str, str]) -> tuple[Statement, ...]:
    """Those of ``found`` on one of the topics, in the same order."""
    return tuple(one for one in found if one.topic in topics)
