"""Which themes go together, and which plans are similar, by the themes that were found."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from stp_data.core.atlas import Atlas
from stp_data.priorities.themes_named import Rules, named, themes

CERTAIN_ENOUGH = 0.05
"""Adjusted p below which a pair of themes counts as beyond chance."""


@dataclass(frozen=True)
class Pair:
    """Two themes, and how often plans name them together (a table of two by two)."""

    first: str
    second: str
    both: int
    first_only: int
    second_only: int
    neither: int
    phi: float
    """Phi coefficient: -1 (never together) over 0 (as chance has it) to 1 (always)."""
    p: float
    """Fisher's exact test, two-sided."""
    q: float
    """p adjusted for the number of pairs looked at (Benjamini and Hochberg)."""

    @property
    def expected(self) -> float:
        """How many plans would name both if themes were named independently."""
        total = self.both + self.first_only + self.second_only + self.neither
        return (self.both + self.first_only) * (self.both + self.second_only) / total


def _tables(atlas: Atlas, rules: Rules, kind: str | None) -> dict[tuple[str, str], tuple[int, ...]]:
    """For each pair of themes: plans that name both, the first only, the second only, neither."""
    plans = named(atlas, rules).values()
    keys = [key for key, theme in themes(atlas).items() if kind in (None, theme.kind)]
    found = {}
    for first, second in combinations(keys, 2):
        has = [(first in plan, second in plan) for plan in plans]
        cells = ((True, True), (True, False), (False, True), (False, False))
        found[first, second] = tuple(has.count(cell) for cell in cells)
    return found


@cache
def pairs_by_plans(
    atlas: Atlas, rules: Rules, kind: str | None = None
) -> tuple[tuple[str, str], ...]:
    """All pairs of themes, those that most plans are known to name both of first.

    ``kind`` keeps to clinical priorities or enablers.
    """
    tables = _tables(atlas, rules, kind)
    return tuple(sorted(tables, key=lambda pair: -tables[pair][0]))


@cache
def together(atlas: Atlas, rules: Rules, kind: str | None = None) -> tuple[Pair, ...]:
    """All pairs of themes, strongest association first; ``kind`` keeps to clinical or enabler.

    Themes named by no plan or by all of them have no association and are left out.
    """
    tables = {
        pair: (both, first, second, neither)
        for pair, (both, first, second, neither) in _tables(atlas, rules, kind).items()
        if all((both + first, both + second, second + neither, first + neither))
    }
    chances = [fisher(*table) for table in tables.values()]
    pairs = [
        Pair(*pair, *table, phi=phi(*table), p=p, q=q)
        for (pair, table), p, q in zip(
            tables.items(), chances, benjamini_hochberg(chances), strict=True
        )
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair.p, -abs(pair.phi), pair.first, pair.second)))


def phi(both: int, first_only: int, second_only: int, neither: int) -> float:
    """Phi coefficient of a table of two by two."""
    product = (
        (both + first_only)
        * (second_only + neither)
        * (both + second_only)
        * (first_only + neither)
    )
    return (both * neither - first_only * second_only) / math.sqrt(product) if product else 0.0


def fisher(both: int, first_only: int, second_only: int, neither: int) -> float:
    """Two-sided p of Fisher's exact test: all tables with the same margins that are no likelier."""
    row, column = both + first_only, both + second_only
    total = both + first_only + second_only + neither

    def ways(joint: int) -> int:
        return math.comb(row, joint) * math.comb(total - row, column - joint)

    seen = ways(both)
    possible = range(max(0, row + column - total), min(row, column) + 1)
    unlikely = sum(ways(joint) for joint in possible if ways(joint) <= seen)
    return unlikely / math.comb(total, column)


def benjamini_hochberg(chances: list[float]) -> list[float]:
    """Adjusted p values (false discovery rate) in the order given."""
    adjusted = [1.0] * len(chances)
    least = 1.0
    largest_first = sorted(range(len(chances)), key=lambda i: -chances[i])
    for rank, index in zip(range(len(chances), 0, -1), largest_first, strict=True):
        least = min(least, chances[index] * len(chances) / rank)
        adjusted[index] = least
    return adjusted


@dataclass(frozen=True)
class Alike:
    """Another footprint's plan beside one's own."""

    code: str
    similarity: float
    """Jaccard index: themes named by both, of themes named by either (0 to 1)."""
    shared: tuple[str, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]


@cache
def most_alike(atlas: Atlas, code: str, rules: Rules) -> tuple[Alike, ...]:
    """All other footprints, those whose plans name the most alike themes first."""
    has = named(atlas, rules)
    here, order = has[code], list(themes(atlas))

    def listed(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=order.index))

    found = [
        Alike(
            other, jaccard(here, there), listed(here & there), listed(here - there),
            listed(there - here),
        )
        for other, there in has.items()
        if other != code
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda alike: (-alike.similarity, alike.code)))


@cache
def similar_side_by_side(atlas: Atlas, rules: Rules) -> tuple[str, ...]:
    """Codes in an order that puts similar plans beside each other.

    Spectral ordering: by the second smallest eigenvector of the Laplacian (Fiedler vector) of the
    matrix of Jaccard indices. The end with more themes comes first.
    """
    has = list(named(atlas, rules).items())
    similarity = np.array([[jaccard(here, there) for _, there in has] for _, here in has])
    _, vectors = np.linalg.eigh(np.diag(similarity.sum(axis=1)) - similarity)
    # Rounded, so that the same data give the same order on every machine.
    places = [float(place) for place in np.round(vectors[:, 1], 9)]
    if sum(place * len(themes) for place, (_, themes) in zip(places, has, strict=True)) > 0:
        places = [-place for place in places]
    order = sorted(range(len(has)), key=lambda i: (places[i], has[i][0]))
    return tuple(has[i][0] for i in order)


def jaccard(here: frozenset[str], there: frozenset[str]) -> float:
    """Shared of all; 0 when both are empty."""
    return len(here & there) / len(here | there) if here | there else 0.0
