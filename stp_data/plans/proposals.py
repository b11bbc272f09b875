"""Service changes that plans put forward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records


@dataclass(frozen=True)
class Proposal:
    """One change, in our words, with every source that says so."""

    summary: str
    service: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def proposals(atlas: Atlas, code: str) -> list[Proposal]:
    """The proposals of a footprint, by kind of service."""
    rows = atlas.proposals[atlas.proposals["code"] == code].sort_values(["service", "summary"])
    return [
        Proposal(
            summary=row["summary"],
            service=row["service"],
            as_of=row["as_of"],
            sources=(row["source"], *row["also"].split()),
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in records(rows)
    ]
