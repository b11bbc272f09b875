"""One search for footprints: by postcode, name, plan, code, council, CCG, trust or successor.

Nothing that is searched for is kept or sent anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from stp_data import members, places, plans, postcodes, wording
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint, all_footprints, slugify
from stp_data.postcodes import Located

LONGEST_QUERY = 150
"""Characters; no name is longer."""
MOST = 8
"""Footprints that one search offers."""
CERTAIN = 95
"""Score (0 to 100) from which a spelling counts as the same name."""
POSSIBLE = 78
"""Score below which a spelling is no match at all."""


@dataclass(frozen=True)
class Match:
    """A footprint that a search found, and why."""

    footprint: Footprint
    why: str
    """What matched, ready to show: 'Essex: county, 22.1% of its people live here'."""
    score: float
    """How well the spelling matched, 0 to 100."""


@dataclass(frozen=True)
class Answer:
    """What a search found, and what else the reader should know."""

    matches: list[Match]
    """Best first, each footprint once."""
    note: str = ""
    """About the query itself: 'CF10 1AA is in Wales: STPs covered England only.'"""
    left_out: int = 0
    """Further footprints that matched, beyond the most that were asked for."""

    @property
    def is_certain(self) -> bool:
        """Whether it is just the one footprint, with nothing else to say."""
        return len(self.matches) == 1 and self.is_close and not self.note and not self.left_out

    @property
    def is_close(self) -> bool:
        """Whether the matches are what was typed, not guesses at what was meant."""
        return bool(self.matches) and self.matches[0].score >= CERTAIN


class _Entry(NamedTuple):
    """Something with a name that leads to footprints; weight breaks ties between kinds."""

    name: str
    weight: int
    leads_to: tuple[tuple[str, str], ...]
    """(code, why)"""


def find(atlas: Atlas, query: str, most: int = MOST) -> list[Match]:
    """Footprints that ``query`` may mean, best first, each once; empty when none comes near."""
    return search(atlas, query, most).matches


def search(atlas: Atlas, query: str, most: int = MOST) -> Answer:
    """What ``query`` may mean: a name, a code, a postcode or a part of one.

    Forgives case, accents, "&", "St" for "Saint", missing "NHS" or "CCG", and small misspellings
    (rapidfuzz, a similarity of edit distances). When some name matches as spelled, only those do.
    Postcodes are answered as listed, never by likeness.
    """
    query = query.strip()
    if len(query) > LONGEST_QUERY:
        return Answer([], "That is longer than any name or postcode here.")
    located = postcodes.locate(query)
    # A code of a trust can look like a postcode district: RM1 is both, and both are meant.
    named = _by_name(atlas, query)
    if located is None:
        return _answer(named, most)
    if named and named[0].score < CERTAIN:
        named = []
    score = 100.0
    note = _note(located)
    if not located.placed and (wider := postcodes.around(located)):
        located, score = wider, POSSIBLE
    everywhere = all_footprints(atlas)
    matches = [
        Match(everywhere[code], _why(located, number), score) for code, number in located.footprints
    ]
    return _answer([*matches, *named], most, note)


def _answer(matches: Iterable[Match], most: int, note: str = "") -> Answer:
    """Each footprint once, by its first match."""
    first: dict[str, Match] = {}
    for match in matches:
        first.setdefault(match.footprint.code, match)
    shown = list(first.values())[:most]
    return Answer(shown, note, len(first) - len(shown))


# --- postcodes ---------------------------------------------------------------------------------


def _why(located: Located, number: int) -> str:
    """Why a postcode, or a part of one, leads to a footprint that holds some of it."""
    if located.kind == "postcode":
        return f"{located.name}: postcode"
    if number == located.placed:
        return f"{located.name}: {located.kind}, wholly inside"
    return f"{located.name}: {located.kind}, {number:,} of its {located.placed:,} postcodes"


def _note(located: Located) -> str:
    """What to say of a postcode beside the footprints that it leads to."""
    if not located.placed:
        told = (
            f"{located.name} is in our list of postcodes, but without a place."
            if located.is_known
            else f"{located.name} is not in our list of postcodes."
        )
        if around := postcodes.around(located):
            return f"{told} {_note(around) or f'Its {around.kind} {around.name} is.'}"
        return f"{told} Check it, or try a council or a trust."
    if not located.outside:
        return ""
    england_only = "STPs covered England only."
    countries = " and ".join(country for country, _ in located.outside)
    if not located.footprints:
        return f"{located.name} is outside England, in {countries}: {england_only}"
    outside = sum(number for _, number in located.outside)
    return (
        f"{outside:,} of the {located.placed:,} postcodes in {located.name} are outside England, "
        f"in {countries}: {england_only}"
    )


# --- names -------------------------------------------------------------------------------------


def _by_name(atlas: Atlas, query: str) -> list[Match]:
    """Footprints that something with a like name leads to, best first."""
    wanted = _plain(query)
    if len(wanted) < 2:
        return []
    index = _index(atlas)
    scores = _scores(index, wanted)
    if max(scores.values(), default=0) >= CERTAIN:
        scores = {name: score for name, score in scores.items() if score >= CERTAIN}
    ranked = sorted(
        ((score, entry) for name, score in scores.items() for entry in index.entries[name]),
        key=lambda pair: (-round(pair[0]), pair[1].weight, pair[1].name),
    )
    everywhere = all_footprints(atlas)
    return [
        Match(everywhere[code], f"{entry.name}: {why}", score)
        for score, entry in ranked
        for code, why in entry.leads_to
    ]


class _Index(NamedTuple):
    """Everything that can be searched for by name."""

    entries: dict[str, list[_Entry]]
    """By name in plain form."""
    names: list[str]
    words: dict[str, set[str]]
    """Word -> names that have it."""
    vocabulary: list[str]


def _scores(index: _Index, wanted: str) -> dict[str, float]:
    """Names that come near, each with how near, 0 to 100.

    100 for the same words in any order; a name that begins with the query comes close.
    """
    exact = {name: 100.0 for name in (wanted, _without_council(wanted)) if name in index.entries}
    if any(character.isdigit() for character in wanted):
        # Codes are right or wrong: the next one along is somewhere else.
        return exact
    scores = dict.fromkeys(_with_like_words(index, wanted), 82.0)
    likes = process.extract(
        wanted, index.names, scorer=fuzz.token_sort_ratio, score_cutoff=POSSIBLE, limit=40
    )
    for name, score, _ in likes:
        scores[name] = max(score, scores.get(name, 0))
    if len(wanted) >= 4:
        for name in index.names:
            if f" {wanted}" in f" {name}":
                part = 96.0 if f" {wanted} " in f" {name} " else 90.0
                scores[name] = max(part, scores.get(name, 0))
    return scores | exact


def _with_like_words(index: _Index, wanted: str) -> set[str]:
    """Names that have, for every word of the query, one like it: for misspelled parts of names."""
    found: set[str] | None = None
    for word in set(wanted.split()):
        # Short words are like too many others.
        likes = (
            process.extract(word, index.vocabulary, scorer=fuzz.ratio, score_cutoff=80, limit=None)
            if len(word) >= 4
            else [(word, 100, word)]
        )
        having = set[str]().union(*(index.words.get(like[0], set()) for like in likes))
        found = having if found is None else found & having
        if not found:
            return set()
    return found if found and max(map(len, wanted.split())) >= 4 else set()


_SMALL_WORDS = frozenset({"and", "the", "of", "nhs", "foundation", "ccg", "in"})
_FULL_WORDS = {"st": "saint", "st.": "saint"}


def _plain(text: str) -> str:
    """Lower case, plain letters, without words that people leave out."""
    bare = re.sub(r"(?i)clinical commissioning group|['’]", "", text)
    words = slugify(bare).split("-")
    kept = [_FULL_WORDS.get(word, word) for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)


_COUNCIL_WORDS = frozenset({"council", "city", "borough", "county", "district", "metropolitan"})


def _without_council(plain: str) -> str:
    """Of a council's full name, what districts and counties go by; of anything else, nothing."""
    words = plain.split()
    if "council" not in words:
        return ""
    return " ".join(word for word in words if word not in _COUNCIL_WORDS)


@cache
def _index(atlas: Atlas) -> _Index:
    """All names that can be searched for, in plain form."""
    entries: list[_Entry] = []
    for footprint in all_footprints(atlas).values():
        code = footprint.code
        entries.append(_Entry(footprint.name, 0, ((code, "footprint"),)))
        entries.append(_Entry(code, 0, ((code, "code of the footprint"),)))
        if footprint.short_name != footprint.name:
            entries.append(_Entry(footprint.short_name, 1, ((code, "short name"),)))
        entries += [
            _Entry(name.name, 2, ((code, f"name of the {name.kind}"),))
            for name in plans.names(atlas, code)
        ]
        entries += [
            _Entry(
                board.name, 6,
                ((code, f"took over {wording.share(board.share)} of its people in July 2022"),),
            )
            for board in plans.successors(atlas, code)
        ]  # fmt: skip
    entries += _councils(atlas)
    entries += _organisations(atlas)
    by_name: dict[str, list[_Entry]] = {}
    words: dict[str, set[str]] = {}
    for entry in entries:
        plain = _plain(entry.name)
        by_name.setdefault(plain, []).append(entry)
        for word in plain.split():
            words.setdefault(word, set()).add(plain)
    return _Index(by_name, list(by_name), words, list(words))


def _councils(atlas: Atlas) -> list[_Entry]:
    """Districts and counties, with the shares of their people when footprints split them."""
    parts: dict[tuple[str, str], dict[str, float]] = {}
    whole: dict[tuple[str, str], float] = {}
    for code in all_footprints(atlas):
        for place in places.places(atlas, code):
            areas = [(place.name, place.council_type)]
            if place.county:
                areas.append((place.county, "county"))
            for area in areas:
                by_code = parts.setdefault(area, {})
                by_code[code] = by_code.get(code, 0) + place.people
                whole[area] = whole.get(area, 0) + place.people
    return [
        _Entry(name, 3, tuple(_shares(kind, by_code, whole[name, kind])))
        for (name, kind), by_code in parts.items()
    ]


def _shares(kind: str, by_code: dict[str, float], whole: float) -> list[tuple[str, str]]:
    if len(by_code) == 1:
        return [(code, f"{kind}, wholly inside") for code in by_code]
    ordered = sorted(by_code.items(), key=lambda pair: -pair[1])
    return [
        (code, f"{kind}, {wording.share(people / whole)} of its people live here")
        for code, people in ordered
    ]


def _organisations(atlas: Atlas) -> list[_Entry]:
    """Bodies that sit in footprints, by name and by ODS code."""
    leads_to: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for code in all_footprints(atlas):
        for member in members.members(atlas, code):
            names[member.org] = member.name
            leads_to.setdefault(member.org, []).append((code, member.type))
    codes = dict(zip(atlas.organisations["org"], atlas.organisations["ods_code"], strict=True))
    entries = []
    for org, name in names.items():
        number = len(leads_to[org])
        role = "a member" if number == 1 else f"a member of {number} footprints"
        whys = tuple((code, f"{kind}, {role}") for code, kind in leads_to[org])
        entries.append(_Entry(name, 4, whys))
    entries += [
        _Entry(codes[org], 5, tuple((c, f"code of {names[org]}") for c, _ in leads_to[org]))
        for org in names
        if len(codes[org]) > 2
    ]
    return entries
