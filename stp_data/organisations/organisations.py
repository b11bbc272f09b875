"""Bodies that sit in footprints: which, where, and which sources list them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from stp_data.core import fuzzy, initials, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Text
from stp_data.core.records import records
from stp_data.organisations import members
from stp_data.organisations.members import TYPES
from stp_data.places import filters, footprints
from stp_data.places.filters import AREA, REGION
from stp_data.places.footprints import Footprint, slugify

LONGEST_SEARCH = 100
"""Characters; no name of a body is longer."""
KINDS = {slugify(kind): kind for kind in TYPES}
"""Types of body: name in an address -> key of members.TYPES."""
FILTERS = (
    Text("q", "name", LONGEST_SEARCH),
    Choice("type", "type of organisation", lambda _: KINDS, instead="all types"),
    REGION,
    AREA,
)
"""What may be asked of the list."""
FILE_COLUMNS = [
    "org", "name", "type", "ods_code", "ons_code", "footprints", "code", "footprint", "nhs_region",
    "role", "as_of", "source_title", "publisher", "source_date", "url", "note",
]  # fmt: skip

_OTHER_NAME = re.compile(r"earlier (?P<before>.+)|named (?P<after>.+) by April 2019")


@dataclass(frozen=True)
class Seat:
    """A body's place in a footprint; ``evidence`` has an entry for each source that lists it."""

    footprint: Footprint
    role: str
    evidence: tuple[tuple[str, str, str], ...]
    """(source key, as at, note) in the order of dates."""


@dataclass(frozen=True)
class Body:
    """A body and everywhere it is listed."""

    org: str
    name: str
    type: str
    ods_code: str
    ons_code: str
    other_names: tuple[str, ...]
    """Names that the body had before or after, as the notes of its memberships give them."""
    seats: tuple[Seat, ...]

    @property
    def kind(self) -> str:
        """The type in the singular."""
        return TYPES[self.type][0]


@dataclass(frozen=True)
class Wanted:
    """Which bodies to list; None and an empty search leave everything in."""

    search: str = ""
    type: str | None = None
    region: str | None = None
    """Name of an NHS region as on screen."""
    code: str | None = None
    """Of a footprint."""


def wanted(atlas: Atlas, query: Mapping[str, str]) -> Wanted:
    """What a query of FILTERS asks; FilterError where the footprint is not in the region."""
    code, region = filters.code(atlas, query), filters.region(atlas, query)
    if code is not None and region not in (None, footprints.all_footprints(atlas)[code].region):
        raise FilterError(
            "That footprint is not in that region.",
            "That footprint is not in that region, so the region is left out.",
        )
    kind = KINDS[query["type"]] if "type" in query else None
    return Wanted(query.get("q", ""), kind, region, code)


@dataclass(frozen=True)
class Found:
    """Bodies that fit, by name or best first, and whether they are guesses at what was typed."""

    bodies: tuple[Body, ...]
    are_guesses: bool = False


@cache
def bodies(atlas: Atlas) -> dict[str, Body]:
    """Every body by its key, in the order of names."""
    seats: dict[str, list[Seat]] = {}
    for code, place in footprints.all_footprints(atlas).items():
        for member in members.members(atlas, code):
            seats.setdefault(member.org, []).append(Seat(place, member.role, member.evidence))
    rows = sorted(records(atlas.organisations), key=lambda row: (slugify(row["name"]), row["org"]))
    return {
        row["org"]: Body(
            row["org"],
            row["name"],
            row["type"],
            row["ods_code"],
            row["ons_code"],
            _other_names(seats[row["org"]]),
            tuple(sorted(seats[row["org"]], key=lambda seat: seat.footprint.name)),
        )
        for row in rows
    }


def _other_names(seats: list[Seat]) -> tuple[str, ...]:
    notes = (note for seat in seats for *_, note in seat.evidence)
    parts = (_OTHER_NAME.fullmatch(part) for note in notes for part in note.split("; "))
    return tuple(dict.fromkeys(part["before"] or part["after"] for part in parts if part))


@cache
def by_key(atlas: Atlas) -> dict[str, Body]:
    """Every body by its key in lower case, as an address may have it."""
    return {org.lower(): body for org, body in bodies(atlas).items()}


def lists(atlas: Atlas, listed: Iterable[Body] | None = None) -> tuple[str, ...]:
    """Keys of the sources that list these bodies (or any), those with the most listings first."""
    everyone = bodies(atlas).values() if listed is None else listed
    tally = Counter(
        source for body in everyone for seat in body.seats for source, *_ in seat.evidence
    )
    return tuple(source for source, _ in tally.most_common())


@cache
def listings(atlas: Atlas) -> dict[str, tuple[int, str]]:
    """How many seats each source lists, and as of when, in the order of ``lists``."""
    found = dict.fromkeys(lists(atlas), (0, ""))
    for row in records(atlas.memberships):
        found[row["source"]] = (found[row["source"]][0] + 1, row["as_of"])
    return found


# --- which bodies ------------------------------------------------------------------------------


def find(atlas: Atlas, wanted: Wanted) -> Found:
    """Bodies that fit the filters and, of those, the search.

    A body fits a search when it has its code or abbreviation, or when every word typed begins a
    word of its name.
    When none does, those whose spelling comes near are offered as guesses.
    """
    fit = [body for body in bodies(atlas).values() if _fits(body, wanted)]
    if not wanted.search.strip():
        return Found(tuple(fit))
    code, words = wanted.search.strip().upper(), fuzzy.plain(wanted.search).split()
    if spelled := [body for body in fit if _has(_names(atlas), body, code, words)]:
        return Found(tuple(spelled))
    near = _near(atlas, wanted.search)
    ranked = sorted((body for body in fit if body.org in near), key=lambda b: -near[b.org])
    return Found(tuple(ranked), are_guesses=True)


def _fits(body: Body, wanted: Wanted) -> bool:
    if wanted.type not in (None, body.type):
        return False
    return any(
        wanted.region in (None, seat.footprint.region)
        and wanted.code in (None, seat.footprint.code)
        for seat in body.seats
    )


@dataclass(frozen=True)
class _Names:
    """Every body's names, ready to be searched."""

    words: dict[str, list[set[str]]]
    """Key of a body -> the words of each of its names."""
    codes: dict[str, set[str]]
    """Key of a body -> its codes and abbreviations, in capitals."""
    bodies: dict[str, set[str]]
    """Name in plain form -> keys of bodies."""
    index: fuzzy.Names


@cache
def _names(atlas: Atlas) -> _Names:
    words: dict[str, list[set[str]]] = {}
    codes: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    nicknames = atlas.nicknames[atlas.nicknames["target_type"] == "organisation"]
    for row in records(nicknames):
        codes.setdefault(row["target"], set()).add(row["nickname"].upper())
    for org, body in bodies(atlas).items():
        short = {letters for letters in initials.of(body.name) if len(letters) > 2}
        codes.setdefault(org, set()).update(short, {org.upper(), body.ods_code, body.ons_code})
        for name in (body.name, *body.other_names):
            words.setdefault(org, []).append({*fuzzy.all_words(name), *slugify(name).split("-")})
            by_name.setdefault(fuzzy.plain(name), set()).add(org)
    return _Names(words, codes, by_name, fuzzy.names(by_name))


def _has(names: _Names, body: Body, code: str, typed: list[str]) -> bool:
    """Whether this is a code or abbreviation of the body, or each word begins one of a name."""
    if code and code in names.codes[body.org]:
        return True
    return any(
        all(any(word.startswith(start) for word in words) for start in typed)
        for words in names.words[body.org]
        if typed
    )


def _near(atlas: Atlas, search: str) -> dict[str, float]:
    """Keys of bodies with a like name, each with how near its spelling comes."""
    names = _names(atlas)
    near: dict[str, float] = {}
    for name, score in fuzzy.scores(names.index, fuzzy.plain(search)).items():
        for org in names.bodies[name]:
            near[org] = max(score, near.get(org, 0))
    return near


# --- findings ----------------------------------------------------------------------------------


def sentence(atlas: Atlas, wanted: Wanted, found: Found) -> str:
    """How many bodies fit, and how many of them sit in more than one footprint."""
    number = len(found.bodies)
    singular, plural = TYPES[wanted.type] if wanted.type else ("body", "bodies")
    noun = singular if number == 1 else plural
    where = _where(atlas, wanted)
    if wanted.search:
        among = f" among the members{where}" if where else ""
        if not number:
            return f"No {singular}{among} matches the search"
        verb = ("come", "comes") if found.are_guesses else ("match", "matches")
        near = " near" if found.are_guesses else ""
        text = f"{number} {noun}{among} {verb[number == 1]}{near} the search"
    elif not number:
        return f"No {singular} is listed as a member{where}, in the sources read"
    else:
        are = "is listed as a member" if number == 1 else "are listed as members"
        text = f"{number} {noun} {are}{where}"
    several_of_them = sum(len(body.seats) > 1 for body in found.bodies)
    if number == 1 or not several_of_them:
        return text
    share = "all" if several_of_them == number else str(several_of_them)
    return f"{text}; {share} of them in more than one footprint"


def _where(atlas: Atlas, wanted: Wanted) -> str:
    if wanted.code:
        return f" of {footprints.all_footprints(atlas)[wanted.code].name}"
    return f" of footprints{wording.in_region(wanted.region)}" if wanted.region else ""


def several(atlas: Atlas) -> list[Body]:
    """Bodies listed in more than one footprint, those in the most first."""
    found = [body for body in bodies(atlas).values() if len(body.seats) > 1]
    return sorted(found, key=lambda body: -len(body.seats))


def several_sentence(atlas: Atlas) -> str:
    """How many bodies that are, and which are in the most."""
    found = several(atlas)
    most = len(found[0].seats)
    first = wording.listed([body.name for body in found if len(body.seats) == most])
    each = " each" if len(found[1].seats) == most else ""
    return (
        f"{len(found)} of {len(bodies(atlas))} bodies are listed in more than one footprint; "
        f"{first} in {most}{each}"
    )


@cache
def counts(atlas: Atlas) -> dict[str, dict[str, int]]:
    """How many bodies of each type are listed in each footprint, in the order of names."""
    places = sorted(footprints.all_footprints(atlas).values(), key=lambda place: place.name)
    found = {place.code: dict.fromkeys(TYPES, 0) for place in places}
    for body in bodies(atlas).values():
        for seat in body.seats:
            found[seat.footprint.code][body.type] += 1
    return found


def counts_sentence(atlas: Atlas) -> str:
    """Where the most and where the fewest are listed."""
    totals = {code: sum(tally.values()) for code, tally in counts(atlas).items()}
    names = {code: place.name for code, place in footprints.all_footprints(atlas).items()}

    def who(number: int) -> str:
        return wording.listed([names[code] for code in totals if totals[code] == number])

    most, fewest = max(totals.values()), min(totals.values())
    return f"From {fewest} bodies in {who(fewest)} to {most} in {who(most)}, as listed"


# --- a file ------------------------------------------------------------------------------------


def rows(atlas: Atlas, found: Found) -> list[list[object]]:
    """One row for each body, footprint and source that lists it there: every seat of the bodies."""
    listed: list[list[object]] = []
    for body in found.bodies:
        for seat in body.seats:
            for key, as_of, note in seat.evidence:
                doc = sources.source(atlas, key)
                listed.append(
                    [
                        body.org, body.name, body.type, body.ods_code, body.ons_code,
                        len(body.seats), seat.footprint.code, seat.footprint.name,
                        seat.footprint.region, seat.role, as_of, doc.title, doc.publisher,
                        doc.date, doc.url, note,
                    ]
                )  # fmt: skip
    return listed
