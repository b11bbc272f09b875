"""One search for footprints: by postcode, name, plan, code, council, CCG, trust or successor.

Nothing that is searched for is kept or sent anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from stp_data import likeness, members, places, plans, postcodes, sources, wording
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint, all_footprints
from stp_data.places import Council
from stp_data.postcodes import Located

LONGEST_QUERY = 150
"""Characters; no name is longer."""
MOST = 8
"""Footprints that one search offers."""


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
    source: str = ""
    """Key of the source that places a postcode; empty when nothing was placed as a postcode."""

    @property
    def is_certain(self) -> bool:
        """Whether it is just the one footprint, with nothing else to say."""
        return len(self.matches) == 1 and self.is_close and not self.note and not self.left_out

    @property
    def is_close(self) -> bool:
        """Whether the matches are what was typed, not guesses at what was meant."""
        return bool(self.matches) and self.matches[0].score >= likeness.CERTAIN


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
    if named and named[0].score < likeness.CERTAIN:
        named = []
    score = 100.0
    note = _note(located)
    if not located.placed and (wider := postcodes.around(located)):
        located, score = wider, likeness.POSSIBLE
    everywhere = all_footprints(atlas)
    matches = [
        Match(everywhere[code], _why(located, number), score) for code, number in located.footprints
    ]
    # Of Northern Ireland's the letters alone are known, and the directory is not asked.
    is_listed = located.placed and not located.name.startswith(postcodes.NORTHERN_IRELAND)
    source = sources.POSTCODES if is_listed else ""
    return _answer([*matches, *named], most, note, source)


def _answer(matches: Iterable[Match], most: int, note: str = "", source: str = "") -> Answer:
    """Each footprint once, by its first match."""
    first: dict[str, Match] = {}
    for match in matches:
        first.setdefault(match.footprint.code, match)
    shown = list(first.values())[:most]
    return Answer(shown, note, len(first) - len(shown), source)


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
    wanted = likeness.plain(query)
    if len(wanted) < 2:
        return []
    index = _index(atlas)
    scores = likeness.scores(index.names, wanted)
    if max(scores.values(), default=0) >= likeness.CERTAIN:
        scores = {name: score for name, score in scores.items() if score >= likeness.CERTAIN}
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
    names: likeness.Names


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
    for entry in entries:
        by_name.setdefault(likeness.plain(entry.name), []).append(entry)
    return _Index(by_name, likeness.names(by_name))


def _councils(atlas: Atlas) -> list[_Entry]:
    """Districts and counties, with the shares of their people when footprints split them."""
    return [_Entry(council.name, 3, tuple(_shares(council))) for council in places.councils(atlas)]


def _shares(council: Council) -> list[tuple[str, str]]:
    if not council.is_split:
        return [(part.code, f"{council.kind}, wholly inside") for part in council.parts]
    return [
        (part.code, f"{council.kind}, {wording.share(part.share)} of its people live here")
        for part in council.parts
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
