"""One search for footprints: by name, plan, code, council, CCG, trust or successor.

Nothing that is searched for is kept or sent anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from stp_data import members, places, plans, wording
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint, all_footprints, slugify

LONGEST_QUERY = 100
CERTAIN = 95
"""Score (0 to 100) from which a spelling counts as the same name."""
POSSIBLE = 78
"""Score below which a spelling is no match at all."""


@dataclass(frozen=True)
class Match:
    """A footprint that a search found, and why."""

    footprint: Footprint
    why: str
    """What matched, ready to show: 'council: 64% of its people'."""
    score: float
    """How well the spelling matched, 0 to 100."""


@dataclass(frozen=True)
class _Entry:
    """Something with a name that leads to footprints; weight breaks ties between kinds."""

    name: str
    weight: int
    leads_to: tuple[tuple[str, str], ...]
    """(code, why)"""


def find(atlas: Atlas, query: str, most: int = 8) -> list[Match]:
    """Footprints that ``query`` may mean, best first, each once; empty when none comes near.

    Forgives case, accents, "&", "St" for "Saint", missing "NHS" or "CCG", and small misspellings
    (rapidfuzz, a similarity of edit distances). When some name matches as spelled, only those do.
    """
    wanted = _plain(query[:LONGEST_QUERY])
    if len(wanted) < 2:
        return []
    index = _index(atlas)
    found = process.extract(
        wanted, list(index), scorer=_similarity, score_cutoff=POSSIBLE, limit=40
    )
    if not found:
        return []
    if found[0][1] >= CERTAIN:
        found = [hit for hit in found if hit[1] >= CERTAIN]
    ranked = sorted(
        ((score, entry) for name, score, _ in found for entry in index[name]),
        key=lambda pair: (-round(pair[0]), pair[1].weight, pair[1].name),
    )
    matches: dict[str, Match] = {}
    places_by_code = all_footprints(atlas)
    for score, entry in ranked:
        for code, why in entry.leads_to:
            matches.setdefault(code, Match(places_by_code[code], f"{entry.name}: {why}", score))
    return list(matches.values())[:most]


def _similarity(query: str, name: str, *, score_cutoff: float | None = None) -> float:
    """100 for the same words in any order; a name that begins with the query comes close."""
    if query == name:
        return 100.0
    if any(character.isdigit() for character in query):
        # Codes are right or wrong: the next one along is somewhere else.
        return 0.0
    whole = fuzz.token_sort_ratio(query, name, score_cutoff=score_cutoff or 0)
    if len(query) >= 4 and f" {name} ".find(f" {query} ") >= 0:
        return max(whole, 96.0)
    if len(query) >= 4 and any(part.startswith(query) for part in _tails(name)):
        return max(whole, 90.0)
    # A misspelled part of a longer name: every word must find its like.
    words = name.split()
    if len(query) >= 5 and all(
        max((fuzz.ratio(word, other) for other in words), default=0) >= 80 for word in query.split()
    ):
        return max(whole, 82.0)
    return whole


def _tails(name: str) -> list[str]:
    """The name from each of its words on."""
    words = name.split()
    return [" ".join(words[start:]) for start in range(len(words))]


_SMALL_WORDS = frozenset({"and", "the", "of", "nhs", "ccg", "in"})
_FULL_WORDS = {"st": "saint", "st.": "saint"}


def _plain(text: str) -> str:
    """Lower case, plain letters, without words that people leave out."""
    words = slugify(re.sub(r"(?i)clinical commissioning group", "", text)).split("-")
    kept = [_FULL_WORDS.get(word, word) for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)


@cache
def _index(atlas: Atlas) -> dict[str, list[_Entry]]:
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
    index: dict[str, list[_Entry]] = {}
    for entry in entries:
        index.setdefault(_plain(entry.name), []).append(entry)
    return index


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
            leads_to.setdefault(member.org, []).append((code, f"{member.type}, a member"))
    codes = dict(zip(atlas.organisations["org"], atlas.organisations["ods_code"], strict=True))
    entries = [_Entry(name, 4, tuple(leads_to[org])) for org, name in names.items()]
    entries += [
        _Entry(codes[org], 5, tuple((c, f"code of {names[org]}") for c, _ in leads_to[org]))
        for org in names
        if len(codes[org]) > 2
    ]
    return entries
