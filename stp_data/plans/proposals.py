"""Service changes that plans put forward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as


@dataclass(frozen=True)
class Proposal:
    """One change, in our words, with every source that reports it."""

    summary: str
    service: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@cache
def proposals(atlas: Atlas, code: str) -> list[Proposal]:
    """Return the proposals of a footprint, by kind of service."""
    rows = atlas.proposals[atlas.proposals["code"] == code]
    return rows_as(Proposal, rows.sort_values(["service", "summary"]))
