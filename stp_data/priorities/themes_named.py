"""Which plans put which themes first, by which sources, and how plans compare in that.

A footprint *names* a theme when at least one source that was read shows it among the priorities,
workstreams, programmes, aims or proposals of its plan. Where none does, the theme was *not found*:
it may still be in the plan. So every count of naming is a lower bound.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Literal, get_args

import numpy as np

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError
from stp_data.core.records import records
from stp_data.places import filters
from stp_data.places.filters import REGION
from stp_data.places.footprints import all_footprints

LATER_FROM = "2018"
"""Rows dated from this year on describe later plans, not those of 2016 and 2017."""

Match = Literal["all", "any"]
Strength = Literal["any", "official", "two"]
Firmness = Literal["set_out", "intended", "any"]
"""How firmly a source must present a theme for it to count."""

HOW = ("priority", "workstream", "programme", "aim", "proposal", "mention")
"""How a source presents a theme, firmest first (docs/codebook.md)."""
SET_OUT = frozenset({"priority", "workstream", "programme"})
COUNTING: Mapping[Firmness, frozenset[str]] = {
    "set_out": SET_OUT,
    "intended": SET_OUT | {"aim", "proposal"},
    "any": frozenset(HOW),
}
"""The ways of presenting a theme that count for each degree of firmness."""
FIRM: Mapping[str, Firmness] = {"intended": "intended", "set-out": "set_out", "any": "any"}
"""Firmness as addresses and files say it; the first is the default."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "evidence": get_args(Strength),
    "firm": tuple(FIRM),
    "years": ("plans", "all"),
}
"""Parameters of addresses that make up Rules, and the words that each takes, the default first."""


def _rule(name: str, noun: str) -> Choice:
    return Choice(name, noun, lambda _: {word: word for word in WORDS[name]}, WORDS[name][0])


RULES = (
    _rule("evidence", "kind of source"),
    _rule("firm", "firmness"),
    _rule("years", "choice of years"),
)
"""The same as filters."""
CERTAIN_ENOUGH = 0.05
"""Adjusted p below which a pair of themes counts as beyond chance."""
Named = Mapping[str, frozenset[str]]
"""The themes that each footprint names, by code."""


@dataclass(frozen=True)
class Theme:
    """A priority or enabler that plans share."""

    key: str
    label: str
    kind: str
    """clinical or enabler"""
    description: str


@dataclass(frozen=True)
class Evidence:
    """One source that shows one plan naming one theme."""

    code: str
    theme: str
    source: str
    official: bool
    how: str
    """How the source presents the theme: one of HOW."""
    as_of: str
    later: bool
    """Whether it describes plans of 2018 or later."""
    confidence: str
    note: str


@dataclass(frozen=True)
class Coverage:
    """How many documents were read for a footprint."""

    read: int
    official: int

    @property
    def other(self) -> int:
        """Press, think tanks, campaigns and the like."""
        return self.read - self.official


@dataclass(frozen=True)
class Rules:
    """What counts as naming a theme."""

    strength: Strength = "any"
    later: bool = False
    """Whether rows of 2018 and later count too."""
    firmness: Firmness = "intended"
    """Which ways of presenting a theme count; a mere mention does not unless it is asked for."""

    @staticmethod
    def asked(words: Mapping[str, str]) -> Rules:
        """The rules that an address asks for in words of WORDS; defaults for what it leaves out."""
        evidence, firm, years = (words.get(name, known[0]) for name, known in WORDS.items())
        return Rules(evidence, years == "all", FIRM[firm])  # type: ignore[arg-type]

    @property
    def words(self) -> dict[str, str]:
        """The same rules as an address says them, each parameter with its word."""
        firm = next(word for word, firmness in FIRM.items() if firmness == self.firmness)
        return {
            "evidence": self.strength,
            "firm": firm,
            "years": "all" if self.later else "plans",
        }


@dataclass(frozen=True)
class Question:
    """Which footprints name these themes?"""

    themes: tuple[str, ...]
    match: Match = "all"
    rules: Rules = Rules()
    region: str | None = None
    """Name of an NHS region, or None for all England."""


@cache
def themes(atlas: Atlas) -> dict[str, Theme]:
    """All themes by key, clinical ones first."""
    return {
        row["theme"]: Theme(row["theme"], row["label"], row["kind"], row["description"])
        for row in records(atlas.themes)
    }


@dataclass(frozen=True)
class _Themes:
    """Themes with commas, at least one."""

    name: str = "theme"
    about: str = "Keys of themes, with commas."

    def words(self, atlas: Atlas) -> None:
        """Several can be given at once."""

    def read(self, atlas: Atlas, text: str) -> str:
        """The keys, each once."""
        found = list(dict.fromkeys(key for key in text.split(",") if key))
        if not found or not set(found) <= set(themes(atlas)):
            raise FilterError(
                f"theme is one or more of: {', '.join(themes(atlas))}.",
                "We don't recognise one of those themes, so it is left out.",
            )
        return ",".join(found)


THEMES = _Themes()
MATCH = Choice(
    "match", "match", lambda _: {"all": "All of them", "any": "Any of them"}, default="all"
)
FILTERS = (THEMES, MATCH, REGION, *RULES)
"""What may be asked of the plans."""


def question(atlas: Atlas, query: Mapping[str, str]) -> Question:
    """What a query of FILTERS asks; FilterError where it names no theme."""
    if "theme" not in query:
        THEMES.read(atlas, "")
    return Question(
        tuple(query["theme"].split(",")),
        "any" if MATCH.word(query) == "any" else "all",
        Rules.asked(query),
        filters.region(atlas, query),
    )


@cache
def evidence(atlas: Atlas, *, later: bool) -> Mapping[tuple[str, str], tuple[Evidence, ...]]:
    """Every source for every (code, theme), official and earlier ones first."""
    return {
        key: kept
        for key, proofs in _all_evidence(atlas).items()
        if (kept := tuple(proof for proof in proofs if later or not proof.later))
    }


@cache
def _all_evidence(atlas: Atlas) -> Mapping[tuple[str, str], tuple[Evidence, ...]]:
    found: dict[tuple[str, str], list[Evidence]] = {}
    for row in records(atlas.priorities):
        read_in = sources.source(atlas, row["source"])
        proof = Evidence(
            code=row["code"],
            theme=row["theme"],
            source=row["source"],
            official=read_in.official,
            how=row["how"],
            as_of=row["as_of"],
            # A row without a date of its own is as late as the document it was read in.
            later=bool(row["later"]) or (row["as_of"] or read_in.date) >= LATER_FROM,
            confidence=row["confidence"],
            note=row["note"],
        )
        found.setdefault((proof.code, proof.theme), []).append(proof)
    return {
        key: tuple(
            sorted(
                proofs,
                key=lambda p: (not p.official, HOW.index(p.how), p.as_of or "9999", p.source),
            )
        )
        for key, proofs in found.items()
    }


def counting(proofs: Iterable[Evidence], rules: Rules) -> tuple[Evidence, ...]:
    """The sources by which a theme counts as named: firm enough, of the years, official if asked.

    None of them where they are not enough together.
    """
    ways = COUNTING[rules.firmness]
    listed = tuple(
        proof
        for proof in proofs
        if proof.how in ways
        and (rules.later or not proof.later)
        and (rules.strength != "official" or proof.official)
    )
    return listed if len(listed) >= (2 if rules.strength == "two" else 1) else ()


def is_named(proofs: Iterable[Evidence], rules: Rules) -> bool:
    """Whether the sources that count are enough: any one, an official one, or two and more."""
    return bool(counting(proofs, rules))


def degree(proofs: Iterable[Evidence], rules: Rules) -> int:
    """How firmly a theme is named: 3 set out, 2 an aim or proposal, 1 a mention, 0 not found.

    The sources of each degree must be enough by the same rules.
    """
    listed = tuple(proofs)
    if not is_named(listed, rules):
        return 0
    degrees: tuple[tuple[int, Firmness], ...] = ((3, "set_out"), (2, "intended"))
    for number, firmness in degrees:
        if is_named(listed, replace(rules, firmness=firmness)):
            return number
    return 1


@cache
def named(atlas: Atlas, rules: Rules) -> Named:
    """The themes that each of the 44 is known to name, by code: a lower bound."""
    found = _all_evidence(atlas)
    return {
        code: frozenset(
            theme for theme in themes(atlas) if is_named(found.get((code, theme), ()), rules)
        )
        for code in all_footprints(atlas)
    }


def firmest(proofs: Iterable[Evidence]) -> str:
    """The firmest way in which any of these sources presents the theme."""
    return min((proof.how for proof in proofs), key=HOW.index)


def answer(atlas: Atlas, question: Question) -> list[str]:
    """Codes of the footprints that name all, or any, of the themes asked for."""
    wanted = set(question.themes)
    if not wanted:
        return []
    enough = wanted.issubset if question.match == "all" else lambda has: bool(wanted & set(has))
    return [
        code
        for code, has in named(atlas, question.rules).items()
        if enough(has) and question.region in (None, all_footprints(atlas)[code].region)
    ]


@cache
def by_evidence(atlas: Atlas, code: str, rules: Rules) -> tuple[str, ...]:
    """The themes that one footprint names, the most firmly set out first, then by sources."""
    found = _all_evidence(atlas)
    counted = {theme: counting(found.get((code, theme), ()), rules) for theme in themes(atlas)}
    return tuple(
        sorted(
            (theme for theme, proofs in counted.items() if proofs),
            key=lambda theme: (HOW.index(firmest(counted[theme])), -len(counted[theme])),
        )
    )


@cache
def counts(atlas: Atlas, rules: Rules) -> Mapping[str, int]:
    """How many of the 44 name each theme."""
    return {
        theme: sum(theme in has for has in named(atlas, rules).values()) for theme in themes(atlas)
    }


@cache
def coverage(atlas: Atlas, code: str) -> Coverage:
    """How many documents were read for a footprint, official ones apart."""
    read = atlas.readings.loc[atlas.readings["code"] == code, "source"]
    official = sum(sources.source(atlas, key).official for key in read)
    return Coverage(len(read), official)


@cache
def pairs_by_plans(
    atlas: Atlas, rules: Rules, kind: str | None = None
) -> tuple[tuple[str, str], ...]:
    """All pairs of themes, those that most plans are known to name both of first.

    ``kind`` keeps to clinical priorities or enablers.
    """
    plans = named(atlas, rules).values()
    keys = [theme.key for theme in themes(atlas).values() if kind in (None, theme.kind)]
    both = {pair: sum(has.issuperset(pair) for has in plans) for pair in combinations(keys, 2)}
    return tuple(sorted(both, key=lambda pair: -both[pair]))


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


@cache
def together(atlas: Atlas, rules: Rules, kind: str | None = None) -> tuple[Pair, ...]:
    """All pairs of themes, strongest association first; ``kind`` keeps to clinical or enabler.

    Themes named by no plan or by all of them have no association and are left out.
    """
    plans = list(named(atlas, rules).values())
    by_theme = counts(atlas, rules)
    keys = [
        theme.key
        for theme in themes(atlas).values()
        if kind in (None, theme.kind) and 0 < by_theme[theme.key] < len(plans)
    ]
    tables = []
    for first, second in combinations(keys, 2):
        both = sum(first in has and second in has for has in plans)
        first_only, second_only = by_theme[first] - both, by_theme[second] - both
        neither = len(plans) - both - first_only - second_only
        tables.append((first, second, both, first_only, second_only, neither))
    chances = [fisher(*table[2:]) for table in tables]
    adjusted = benjamini_hochberg(chances)
    pairs = [
        Pair(*table, phi=phi(*table[2:]), p=p, q=q)
        for table, p, q in zip(tables, chances, adjusted, strict=True)
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
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    adjusted = [1.0] * len(chances)
    least = 1.0
    for rank in range(len(order), 0, -1):
        index = order[rank - 1]
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
    order = list(themes(atlas))

    def listed(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=order.index))

    found = [
        Alike(
            code=other,
            similarity=jaccard(has[code], theirs),
            shared=listed(has[code] & theirs),
            only_here=listed(has[code] - theirs),
            only_there=listed(theirs - has[code]),
        )
        for other, theirs in has.items()
        if other != code
    ]
    return tuple(sorted(found, key=lambda alike: (-alike.similarity, alike.code)))


@cache
def like_beside_like(atlas: Atlas, rules: Rules) -> tuple[str, ...]:
    """Codes in an order that puts plans with alike themes beside each other.

    Spectral ordering: by the second smallest eigenvector of the Laplacian (Fiedler vector) of the
    matrix of Jaccard indices. The end with more themes comes first.
    """
    has = list(named(atlas, rules).items())
    likeness = np.array([[jaccard(here, there) for _, there in has] for _, here in has])
    _, vectors = np.linalg.eigh(np.diag(likeness.sum(axis=1)) - likeness)
    # Rounded, so that the same data give the same order on every machine.
    places = [float(place) for place in np.round(vectors[:, 1], 9)]
    if sum(place * len(themes) for place, (_, themes) in zip(places, has, strict=True)) > 0:
        places = [-place for place in places]
    order = sorted(range(len(has)), key=lambda i: (places[i], has[i][0]))
    return tuple(has[i][0] for i in order)


def jaccard(here: frozenset[str], there: frozenset[str]) -> float:
    """Shared of all; 0 when both are empty."""
    return len(here & there) / len(here | there) if here | there else 0.0
