"""Statements that people quote, each checked against other sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records

VERDICTS = ("holds", "holds with a caveat", "wrong", "cannot be checked")
"""The findings, in the order in which they are shown."""
FAMILIES = frozenset({"series:gap-sum"})
"""What claims name for all keys that begin with it: one series for each source of the sum."""


@dataclass(frozen=True)
class Claim:
    """One statement of a document, in our words, with what was found."""

    key: str
    topic: str
    code: str
    """Footprint that it is about, or ENG."""
    document: str
    """Key of the source that says it."""
    as_of: str
    statement: str
    verdict: str
    explanation: str
    right_figure: str
    """Empty where none is known."""
    sources: tuple[str, ...]
    """What it was checked against."""
    about: tuple[str, ...]
    """Keys of what it touches: ``measure:population``, ``series:...``, ``footprints`` ..."""
    note: str


@cache
def claims(atlas: Atlas) -> tuple[Claim, ...]:
    """Every claim, by key."""
    return tuple(
        Claim(
            key=row["claim"],
            topic=row["topic"],
            code=row["code"],
            document=row["document"],
            as_of=row["as_of"],
            statement=row["statement"],
            verdict=row["verdict"],
            explanation=row["explanation"],
            right_figure=row["right_figure"],
            sources=tuple(row["sources"].split()),
            about=tuple(row["about"].split()),
            note=row["note"],
        )
        for row in records(atlas.claims.sort_values("claim"))
    )


def select(
    found: tuple[Claim, ...],
    *,
    verdict: str = "",
    topic: str = "",
    document: str = "",
    code: str = "",
) -> tuple[Claim, ...]:
    """Those of ``found`` with all the values given; an empty one asks for nothing."""
    return tuple(
        claim
        for claim in found
        if verdict in ("", claim.verdict)
        and topic in ("", claim.topic)
        and document in ("", claim.document)
        and code in ("", claim.code)
    )


@cache
def touching(atlas: Atlas, key: str) -> tuple[Claim, ...]:
    """Claims about what ``key`` names, for the mark beside a figure.

    ``series:gap-sum-bma`` is touched by a claim about ``series:gap-sum``, which is a family.
    """
    families = {family for family in FAMILIES if key.startswith(f"{family}-")}
    return tuple(claim for claim in claims(atlas) if {key, *families} & set(claim.about))


def verdict_counts(found: tuple[Claim, ...]) -> dict[str, int]:
    """How many of ``found`` have each verdict, none left out, in the order of VERDICTS."""
    counts = Counter(claim.verdict for claim in found)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def headline(atlas: Atlas) -> str:
    """The finding over all claims, as a sentence."""
    found = claims(atlas)
    good, caveat, wrong, open_ = verdict_counts(found).values()
    return (
        f"{good} of {len(found)} statements checked hold as they stand, {caveat} hold with a "
        f"caveat, {wrong} are wrong and {open_} cannot be checked"
    )
