"""Statements that people quote, each checked against other sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records

VERDICTS = {
    "holds": "True",
    "holds with a caveat": "True, with a caveat",
    "wrong": "Wrong",
    "cannot be checked": "Cannot be checked",
}
"""The findings, as in the table and as on screen, in the order in which they are counted."""
FAMILIES = frozenset({"series:gap-sum"})
"""What claims name for all keys that begin with it: one series for each source of the sum."""


@dataclass(frozen=True)
class Claim:
    """One statement of a document, in our words, with what was found."""

    claim: str
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

    @property
    def key(self) -> str:
        """Its name in an address."""
        return self.claim


@cache
def claims(atlas: Atlas) -> tuple[Claim, ...]:
    """Every claim, by key."""
    return tuple(
        Claim(**row | {name: tuple(row[name].split()) for name in ("sources", "about")})
        for row in records(atlas.claims.sort_values("claim"))
    )


@cache
def by_key(atlas: Atlas) -> dict[str, Claim]:
    """Every claim by its key."""
    return {one.key: one for one in claims(atlas)}


def select(found: tuple[Claim, ...], **wanted: str) -> tuple[Claim, ...]:
    """Those of ``found`` with all the values, by column; an empty one asks for nothing."""
    return tuple(
        claim
        for claim in found
        if all(value in ("", getattr(claim, name)) for name, value in wanted.items())
    )


@cache
def touching(atlas: Atlas, key: str) -> tuple[Claim, ...]:
    """Claims about what ``key`` names, for the mark beside a figure.

    ``series:gap-sum-bma`` is touched by a claim about ``series:gap-sum``, which is a family.
    """
    names = {key, *(family for family in FAMILIES if key.startswith(f"{family}-"))}
    return tuple(claim for claim in claims(atlas) if names & set(claim.about))


def verdict_counts(found: tuple[Claim, ...]) -> dict[str, int]:
    """How many of ``found`` have each verdict, none left out, in the order of VERDICTS."""
    counts = Counter(claim.verdict for claim in found)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def headline(atlas: Atlas) -> str:
    """The finding over all claims, as a sentence."""
    found = claims(atlas)
    good, caveat, wrong, unknown = verdict_counts(found).values()
    return (
        f"{good} of {len(found)} statements checked are true, {caveat} are true with a caveat, "
        f"{wrong} are wrong and {unknown} cannot be checked"
    )
