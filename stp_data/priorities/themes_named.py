"""Which plans name which themes, and which sources show it.

A footprint *names* a theme when at least one source that was read shows it among the priorities,
workstreams, programmes, aims or proposals of its plan. Where none does, the theme was *not found*:
it may still be in the plan. So every count of naming is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError
from stp_data.core.records import records
from stp_data.places import filters
from stp_data.places.filters import REGION
from stp_data.places.footprints import all_footprints

LATER_FROM = "2018"
"""Rows dated from this year on describe later plans, not those of 2016 and 2017."""
HOW = ("priority", "workstream", "programme", "aim", "proposal", "mention")
"""How a source presents a theme, firmest first (docs/codebook.md)."""
COUNTING = {"set-out": HOW[:3], "intended": HOW[:5], "any": HOW}
"""The ways of presenting a theme that count, by the rule for firmness."""
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


@dataclass(frozen=True)
class Rules:
    """What counts as naming a theme, in the words of addresses (the filters RULES)."""

    evidence: str = "any"
    firm: str = "intended"
    """A key of COUNTING; a mere mention does not count unless it is asked for."""
    years: str = "plans"

    @property
    def later(self) -> bool:
        """Whether sources on plans of 2018 and later count too."""
        return self.years == "all"

    @property
    def changed(self) -> dict[str, str]:
        """The rules that are not the default, as an address gives them."""
        usual = asdict(Rules())
        return {name: word for name, word in asdict(self).items() if word != usual[name]}


@dataclass(frozen=True)
class Question:
    """Which footprints name these themes?"""

    themes: tuple[str, ...]
    match: str = "all"
    """all or any of them"""
    rules: Rules = Rules()
    region: str | None = None
    """Name of an NHS region, or None for all of England."""


@cache
def themes(atlas: Atlas) -> dict[str, Theme]:
    """All themes by key, clinical ones first."""
    return {
        row["theme"]: Theme(row["theme"], row["label"], row["kind"], row["description"])
        for row in records(atlas.themes)
    }


@dataclass(frozen=True)
class _Themes:
    """Themes with commas, at least one; a page keeps those that it knows."""

    name: str = "theme"
    about: str = "Keys of themes, with commas."

    def words(self, atlas: Atlas) -> None:
        """Several can be given at once."""

    def read(self, atlas: Atlas, text: str) -> str:
        """The keys, each once."""
        asked = dict.fromkeys(key for key in text.split(",") if key)
        known = [key for key in asked if key in themes(atlas)]
        if not known or len(known) < len(asked):
            raise FilterError(
                f"theme is one or more of: {', '.join(themes(atlas))}.",
                "We don't recognise one of those themes, so it is left out.",
                ",".join(known),
            )
        return ",".join(known)


def _choice(
    name: str, noun: str, default: str, labels: Mapping[str, str], instead: str = ""
) -> Choice:
    return Choice(name, noun, lambda _: labels, default, instead)


THEMES = _Themes()
KINDS = {"clinical": "Clinical priorities", "enabler": "Enablers"}
MATCH = _choice("match", "match", "all", {"all": "All of them", "any": "Any of them"})
RULE_WORDS = {
    "evidence": {
        "any": "Any source",
        "official": "An official source",
        "two": "Two or more sources",
    },
    "firm": {
        "set-out": "Set out as a priority",
        "intended": "Also aims and proposals",
        "any": "Any mention",
    },
    "years": {"plans": "2016 and 2017", "all": "2018 and later too"},
}
"""The words that each rule takes, and their labels on screen."""
RULES = (
    _choice("evidence", "kind of evidence", "any", RULE_WORDS["evidence"]),
    _choice("firm", "firmness", "intended", RULE_WORDS["firm"], "priorities, aims and proposals"),
    _choice("years", "choice of years", "plans", RULE_WORDS["years"]),
)
FILTERS = (THEMES, MATCH, REGION, *RULES)
"""What may be asked of the plans."""


def rules(query: Mapping[str, str]) -> Rules:
    """What counts by a query that RULES have checked."""
    return Rules(*(one.word(query) for one in RULES))


def question(atlas: Atlas, query: Mapping[str, str]) -> Question:
    """What a query that FILTERS have checked asks."""
    asked = tuple(key for key in query.get("theme", "").split(",") if key)
    return Question(asked, MATCH.word(query), rules(query), filters.region(atlas, query))


def require_theme(atlas: Atlas, query: Mapping[str, str]) -> None:
    """Raise FilterError where a query names no theme."""
    THEMES.read(atlas, query.get("theme", ""))


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
    for proofs in found.values():
        proofs.sort(key=lambda p: (not p.official, HOW.index(p.how), p.as_of or "9999", p.source))
    return {key: tuple(proofs) for key, proofs in found.items()}


def counting(proofs: Iterable[Evidence], rules: Rules) -> tuple[Evidence, ...]:
    """The sources by which a theme counts as named: firm enough, of the years, official if asked.

    None of them where they are not enough together.
    """
    ways = COUNTING[rules.firm]
    listed = tuple(
        proof
        for proof in proofs
        if proof.how in ways
        and (rules.later or not proof.later)
        and (rules.evidence != "official" or proof.official)
    )
    return listed if len(listed) >= (2 if rules.evidence == "two" else 1) else ()


def counting_for(atlas: Atlas, code: str, theme: str, rules: Rules) -> tuple[Evidence, ...]:
    """The sources by which one footprint's plan counts as naming a theme; () where none does."""
    return counting(_all_evidence(atlas).get((code, theme), ()), rules)


def degree(proofs: Iterable[Evidence], rules: Rules) -> int:
    """How firmly a theme is named: 3 set out, 2 an aim or proposal, 1 a mention, 0 not found.

    The sources of each degree must be enough by the same rules.
    """
    listed = counting(tuple(proofs), rules)
    if not listed:
        return 0
    if counting(listed, replace(rules, firm="set-out")):
        return 3
    return 2 if counting(listed, replace(rules, firm="intended")) else 1


@cache
def named(atlas: Atlas, rules: Rules) -> Named:
    """The themes that each of the 44 is known to name, by code: a lower bound."""
    return {
        code: frozenset(key for key in themes(atlas) if counting_for(atlas, code, key, rules))
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
    found = {theme: counting_for(atlas, code, theme, rules) for theme in themes(atlas)}
    return tuple(
        sorted(
            (theme for theme, proofs in found.items() if proofs),
            key=lambda theme: (HOW.index(firmest(found[theme])), -len(found[theme])),
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
    return Coverage(len(read), sum(sources.source(atlas, key).official for key in read))
