"""One search for footprints: whatever a reader knows, a postcode, a town, a hospital or a name.

Nothing that is searched for is kept or sent anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from stp_data.core import fuzzy, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.places.footprints import Footprint, all_footprints
from stp_data.search import names, postcodes
from stp_data.search.names import Name, Outside
from stp_data.search.postcodes import Located

LONGEST_QUERY = 150
"""Characters; no name is longer."""
MOST = 8
"""Footprints that one search offers."""
_BETWEEN = re.compile(r"(?i)\s+(?:and|&)\s+|\s*[,/]\s*")
FAR_LARGER = 10
"""So many times the people, and a place whose name goes on is offered beside the one typed."""


@dataclass(frozen=True)
class Match:
    """A footprint that a search found, and why."""

    footprint: Footprint
    why: str
    """What matched, ready to show: 'Essex: county of 2017, 22.1% of its people live here'."""
    score: float
    """How well the spelling matched, 0 to 100."""
    source: str = ""
    """Key of the source of the name, unless it is one of the atlas's own names of members."""


@dataclass(frozen=True)
class Answer:
    """What a search found, and what else the reader should know."""

    matches: list[Match]
    """Best first, each footprint once."""
    note: str = ""
    """About the query itself: 'CF10 1AA is in Wales: STPs covered England only.'"""
    left_out: int = 0
    """Further footprints that matched, beyond the most that were asked for."""
    note_source: str = ""
    """Key of the source that the note rests on, if any."""

    @property
    def sources(self) -> list[str]:
        """Keys of the sources of the names and postcodes shown, each once."""
        found = (self.note_source, *(match.source for match in self.matches))
        return [source for source in dict.fromkeys(found) if source]

    @property
    def is_certain(self) -> bool:
        """Whether it is just the one footprint, with nothing else to say."""
        return len(self.matches) == 1 and self.is_close and not self.note and not self.left_out

    @property
    def is_close(self) -> bool:
        """Whether the matches are what was typed, not guesses at what was meant."""
        return bool(self.matches) and self.matches[0].score >= fuzzy.CERTAIN


def find(atlas: Atlas, query: str, most: int = MOST) -> list[Match]:
    """Footprints that ``query`` may mean, best first, each once; empty when none comes near."""
    return search(atlas, query, most).matches


def search(atlas: Atlas, query: str, most: int = MOST) -> Answer:
    """What ``query`` may mean: a name, an abbreviation, a code, a postcode or a part of one.

    Forgives case, accents, "&", "St" for "Saint", missing "NHS", "Council" or "Hospital", and
    small misspellings. A name that matches as typed beats one that has more words, and that beats
    a likeness. Codes and postcodes are answered as listed, never by likeness.
    """
    query = query.strip()
    if len(query) > LONGEST_QUERY:
        return Answer([], "That is longer than any name or postcode here.")
    located = postcodes.locate(query)
    # A code of a trust can look like a postcode district: RM1 is both, and both are meant.
    named = _by_name(atlas, query)
    if located is None:
        if places := _outside(atlas, query):
            named = [match for match in named if match.score == fuzzy.SAME]
            note = _outside_note(places, also_inside=bool(named))
            return _answer(named, most, note, places[0].source)
        return _answer(named, most)
    if named and named[0].score < fuzzy.CERTAIN:
        named = []
    score = fuzzy.SAME
    note = _note(located)
    if not located.placed and (wider := postcodes.around(located)):
        located, score = wider, fuzzy.LIKE_WORDS
    # Of Northern Ireland's the letters alone are known, and the directory is not asked.
    source = "" if located.name.startswith(postcodes.NORTHERN_IRELAND) else sources.POSTCODES
    everywhere = all_footprints(atlas)
    matches = [
        Match(everywhere[code], _why(located, number), score, source)
        for code, number in located.footprints
    ]
    return _answer([*matches, *named], most, note, source if located.placed else "")


def _answer(matches: Iterable[Match], most: int, note: str = "", note_source: str = "") -> Answer:
    """Each footprint once, by its first match."""
    first: dict[str, Match] = {}
    for match in matches:
        first.setdefault(match.footprint.code, match)
    shown = list(first.values())[:most]
    return Answer(shown, note, len(first) - len(shown), note_source)


# --- names -------------------------------------------------------------------------------------


class _Index(NamedTuple):
    """Everything that can be searched for by name."""

    by_spelling: dict[str, list[Name]]
    """By spelling, as fuzzy.forms makes them."""
    in_full: dict[str, list[Name]]
    """By spellings that only a query of the very same words finds."""
    plain: fuzzy.Names


@cache
def _index(atlas: Atlas) -> _Index:
    spellings: dict[str, list[Name]] = {}
    in_full: dict[str, list[Name]] = {}
    for name in names.all_names(atlas):
        for form in _forms(name, name.text, *name.forms):
            spellings.setdefault(form, []).append(name)
        for form in _forms(name, *name.in_full):
            in_full.setdefault(form, []).append(name)
    return _Index(spellings, in_full, fuzzy.names(spellings))


def _forms(name: Name, *texts: str) -> Iterator[str]:
    """Some spellings of a name in plain form, with and without what says its kind, each once."""
    found = (form for text in texts for form in fuzzy.forms(text))
    return iter(dict.fromkeys(form.text for form in found if name.is_called(form.kind)))


def _by_name(atlas: Atlas, query: str) -> list[Match]:
    """Footprints that something of this name, or of a like one, leads to, best first."""
    if len(fuzzy.plain(query)) < 2 or fuzzy.is_general(query):
        return []
    scored = _best(_scored(atlas, query)) or _parts(atlas, query)
    ranked = sorted(
        ((name, lead) for name in scored for lead in name.leads),
        key=lambda pair: (
            pair[1].beside, -scored[pair[0]], pair[0].group, -pair[0].people, pair[0].text,
        ),
    )  # fmt: skip
    return [
        Match(
            all_footprints(atlas)[lead.code],
            f"{name.text}: {lead.why}" if lead.why else name.text,
            scored[name],
            name.source,
        )
        for name, lead in ranked
    ]


def _scored(atlas: Atlas, query: str) -> dict[Name, float]:
    """Names that the query may mean, each with how near it comes, 0 to 100."""
    known = _index(atlas)
    scored: dict[Name, float] = {}
    for typed in fuzzy.forms(query):
        found = [(name, fuzzy.SAME) for name in known.in_full.get(typed.text, ())]
        for spelling, score in fuzzy.scores(known.plain, typed.text).items():
            found += [(name, score) for name in known.by_spelling[spelling]]
        for name, score in found:
            near = _of_initials(name, score)
            if near and name.is_called(typed.kind):
                scored[name] = max(near, scored.get(name, 0))
    return scored


def _of_initials(name: Name, score: float) -> float:
    """The score of a name; initials are right or wrong, and a hospital's are a guess at best."""
    if name.group == names.INITIALS:
        return score if score == fuzzy.SAME else 0
    if name.group == names.HOSPITAL_INITIALS:
        return fuzzy.LIKE_WORDS if score == fuzzy.SAME else 0
    return score


def _parts(atlas: Atlas, query: str) -> dict[Name, float]:
    """What the parts of "Bexhill and Battle" name, when nothing has the name: a likeness only."""
    parts = [part for part in _BETWEEN.split(query) if len(part) > 3]
    found: dict[Name, float] = {}
    for part in parts if len(parts) > 1 else ():
        for name, score in _scored(atlas, part).items():
            if score == fuzzy.SAME and name.group != names.INITIALS:
                found[name] = fuzzy.LIKE_WORDS
    return found


def _best(scored: dict[Name, float]) -> dict[Name, float]:
    """Names as typed; if there are none, those that have the words typed; if none, likenesses."""
    for least in (fuzzy.SAME, fuzzy.WITHIN, fuzzy.BEGUN):
        if kept := {name: score for name, score in scored.items() if score >= least}:
            break
    else:
        return scored
    if least == fuzzy.SAME:
        if any(name.group < names.CODE and name.kind != names.ABBREVIATION for name in kept):
            # A word is a word before it is the initials of something.
            kept = {name: score for name, score in kept.items() if name.group != names.INITIALS}
        kept |= _far_larger(kept, scored)
    return kept


def _far_larger(same: dict[Name, float], scored: dict[Name, float]) -> dict[Name, float]:
    """Places whose names go on after what was typed, if they are far larger than any of it."""
    largest = max((name.people for name in same), default=0)
    if not all(name.group == names.PLACE for name in same):
        return {}
    return {
        name: score
        for name, score in scored.items()
        if score == fuzzy.WITHIN and name.group == names.PLACE
        and name.people > FAR_LARGER * largest
    }  # fmt: skip


@cache
def _outside_forms(atlas: Atlas) -> dict[str, list[Outside]]:
    """What lies outside England, by spelling."""
    found: dict[str, list[Outside]] = {}
    for place in names.outside(atlas):
        for form in _forms_of_place(place.name):
            found.setdefault(form, []).append(place)
    return found


def _forms_of_place(name: str) -> list[str]:
    return sorted(form.text for form in fuzzy.forms(name) if form.kind in ("", fuzzy.COUNCIL))


def _outside(atlas: Atlas, query: str) -> list[Outside]:
    """Places outside England that have this name."""
    known = _outside_forms(atlas)
    return [place for form in _forms_of_place(query) for place in known.get(form, [])]


def _outside_note(places: list[Outside], *, also_inside: bool) -> str:
    """That a place is outside England: 'Cardiff is in Wales: STPs covered England only.'"""
    name, country = places[0].name, places[0].country
    if name == country.removeprefix("the "):
        return f"{country[0].upper()}{country[1:]} had no STPs: they covered England only."
    countries = wording.listed(sorted({place.country for place in places}))
    if also_inside:
        return f"There is also a {name} in {countries}: STPs covered England only."
    return f"{name} is in {countries}: STPs covered England only."


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
