"""How complete the priorities are: an estimate of how many pairs of footprint and theme are named.

Capture and recapture with two lists: the pairs that official sources show, and those that other
sources show. The fewer pairs stand on both lists, the more are probably on neither. The estimator
is Chapman's (1951), its variance Seber's (The Estimation of Animal Abundance, 1982, page 60), the
interval the plain normal one. What it assumes is in ASSUMPTIONS.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules

LEAST_OVERLAP = 7
"""Pairs that both lists must share: with fewer, Chapman's estimate is biased (Seber, page 60)."""
Z = 1.959964
"""Standard errors on either side of the estimate for an interval of 95%."""

ASSUMPTIONS = (
    "This is Chapman's capture and recapture estimate. It assumes that what there is to find stays "
    "the same, that official and other sources are independent, and that within each every pair "
    "is as likely to be found as any other. None of this holds exactly. Press and campaigns often "
    "report what official papers say, and some themes are written about more than others: both "
    "make the estimate too low. Our second reading looked for pairs that had no source yet, so "
    "fewer pairs have sources of both kinds: that makes it too high. The interval allows for "
    "chance, not for these faults. It is an estimate of pairs, not a count of plans."
)


@dataclass(frozen=True)
class Estimate:
    """An estimate from two lists of how many there are in all."""

    n1: int
    """On the first list: shown by an official source."""
    n2: int
    """On the second list: shown by another source."""
    both: int
    possible: int
    """How many there could be at most."""

    def __post_init__(self) -> None:
        if not 0 <= self.both <= min(self.n1, self.n2) or self.found > self.possible:
            raise ValueError("no two lists can be of these lengths")

    @property
    def found(self) -> int:
        """On either list."""
        return self.n1 + self.n2 - self.both

    @property
    def estimate(self) -> float:
        """Chapman's estimate of how many there are, found or not."""
        return (self.n1 + 1) * (self.n2 + 1) / (self.both + 1) - 1

    @property
    def is_sound(self) -> bool:
        """Whether the lists share enough, and the estimate is no more than there could be."""
        return self.both >= LEAST_OVERLAP and self.estimate <= self.possible

    @property
    def error(self) -> float:
        """The standard error, by Seber's variance."""
        unmatched = (self.n1 - self.both) * (self.n2 - self.both)
        variance = (self.n1 + 1) * (self.n2 + 1) * unmatched
        return math.sqrt(variance / ((self.both + 1) ** 2 * (self.both + 2)))

    @property
    def low(self) -> float:
        """Lower end of the 95% interval; never less than what was found."""
        return max(self.estimate - Z * self.error, self.found)

    @property
    def high(self) -> float:
        """Upper end of the 95% interval; never more than could be."""
        return min(self.estimate + Z * self.error, self.possible)


@cache
def estimate(atlas: Atlas, rules: Rules, theme: str | None = None) -> Estimate:
    """The estimate over all pairs of footprint and theme, or over those of one theme.

    ``rules`` say which years count and how firmly; the evidence that they ask for does not matter,
    since the two kinds of source are the two lists.
    """
    rules = replace(rules, evidence="any")
    pairs = [
        {proof.official for proof in themes_named.counting_for(atlas, code, key, rules)}
        for code in footprints.all_footprints(atlas)
        for key in ([theme] if theme else themes_named.themes(atlas))
    ]
    return Estimate(
        n1=sum(True in kinds for kinds in pairs),
        n2=sum(False in kinds for kinds in pairs),
        both=sum(len(kinds) == 2 for kinds in pairs),
        possible=len(pairs),
    )


def sentence(atlas: Atlas, rules: Rules) -> str:
    """What was found and the overall estimate with its interval, or that there is none."""
    found = estimate(atlas, rules)
    shown = (
        f"Our sources show at least {found.found:,} of {found.possible:,} possible pairs of plan "
        "and theme."
    )
    if not found.is_sound:
        return f"{shown} Official and other sources overlap too little to estimate the rest."
    # To the nearest ten: the estimate is no finer.
    about, low, high = (
        f"{round(number, -1):,.0f}" for number in (found.estimate, found.low, found.high)
    )
    return (
        f"{shown} Based on how far official and other sources overlap, we estimate about {about} "
        f"(95% interval {low} to {high})."
    )


def sentence_of_theme(atlas: Atlas, theme: str, rules: Rules) -> str:
    """The estimate for one theme in words; empty where it would not be sound."""
    found = estimate(atlas, rules, theme)
    if not found.is_sound:
        return ""
    return (
        f"Official sources show {found.n1} footprints, other sources {found.n2}, both {found.both}:"
        f" at least {found.found} in all. Based on that overlap, we estimate about "
        f"{found.estimate:.0f} (95% interval {found.low:.0f} to {found.high:.0f})."
    )
