"""Member organisations: which, where they are members, and which sources list them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from stp_data.core import fuzzy, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Query, Text
from stp_data.core.records import records
from stp_data.organisations import initials, members
from stp_data.organisations.members import TYPES, Member
from stp_data.places import filters, footprints
from stp_data.places.filters import AREA, REGION
from stp_data.places.footprints import slugify

TYPE_OF = {slugify(type_): type_ for type_ in TYPES}
"""Name of a type in an address -> key of members.TYPES."""
SEARCH = Text("q", "name")
TYPE = Choice(
    "type", "type of organisation", lambda _: {slug: TYPES[key] for slug, key in TYPE_OF.items()},
    instead="all types",
)  # fmt: skip
FILTERS = (SEARCH, TYPE, REGION, AREA)
FILE_COLUMNS = [
    "org", "name", "type", "ods_code", "ons_code", "footprints", "code", "footprint", "nhs_region",
    "role", "as_of", "source_title", "publisher", "source_date", "url", "note",
]  # fmt: skip
_OTHER_NAME = re.compile(r"earlier (?P<before>.+)|named (?P<after>.+) by April 2019")


@dataclass(frozen=True)
class Organisation:
    """An organisation and everywhere that it is listed as a member."""

    org: str
    name: str
    type: str
    ods_code: str
    ons_code: str
    memberships: tuple[Member, ...]
    """By name of the footprint."""

    @property
    def type_name(self) -> str:
        """The type in the singular."""
        return members.singular(self.type)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Earlier and later names, as the notes of its memberships give them."""
        notes = (note for one in self.memberships for *_, note in one.evidence)
        found = (_OTHER_NAME.fullmatch(part) for note in notes for part in note.split("; "))
        return tuple(dict.fromkeys(part["before"] or part["after"] for part in found if part))

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that list it."""
        keys = (key for one in self.memberships for key, *_ in one.evidence)
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True)
class Found:
    """Organisations that fit, by name or best first, and whether they are guesses."""

    organisations: tuple[Organisation, ...]
    are_guesses: bool = False


@cache
def organisations(atlas: Atlas) -> dict[str, Organisation]:
    """Every organisation by its key, in the order of names."""
    memberships: dict[str, list[Member]] = {}
    for those in members.by_footprint(atlas).values():
        for member in those:
            memberships.setdefault(member.org, []).append(member)
    rows = sorted(records(atlas.organisations), key=lambda row: (slugify(row["name"]), row["org"]))
    return {
        row["org"]: Organisation(
            **{name: row[name] for name in ("org", "name", "type", "ods_code", "ons_code")},
            memberships=tuple(sorted(memberships[row["org"]], key=lambda one: one.footprint.name)),
        )
        for row in rows
    }


@cache
def by_key(atlas: Atlas) -> dict[str, Organisation]:
    """Every organisation by its key, in lower case too, as an address may have it."""
    found = organisations(atlas)
    return found | {org.lower(): one for org, one in found.items()}


def sources_of(found: Iterable[Organisation]) -> tuple[str, ...]:
    """Keys of the sources that list these organisations, those with the most listings first."""
    tally = Counter(
        key for one in found for member in one.memberships for key, *_ in member.evidence
    )
    return tuple(key for key, _ in tally.most_common())


@cache
def listings(atlas: Atlas) -> dict[str, tuple[int, str]]:
    """Key of each source of members -> how many it lists and as of when; the longest first."""
    dates = dict(zip(atlas.memberships["source"], atlas.memberships["as_of"], strict=True))
    tally = Counter(atlas.memberships["source"])
    return {key: (number, dates[key]) for key, number in tally.most_common()}


# --- filters and search ------------------------------------------------------------------------


def check(atlas: Atlas, query: Query) -> None:
    """Raise FilterError where the footprint asked for is not in the region asked for."""
    code, region = filters.code(atlas, query), filters.region(atlas, query)
    if code and region not in (None, footprints.all_footprints(atlas)[code].region):
        said = "That footprint is not in that region"
        raise FilterError(f"{said}.", f"{said}, so the region is left out.")


def find(atlas: Atlas, query: Query) -> Found:
    """The organisations that fit a query of FILTERS.

    One fits a search when it has its code or abbreviation, or when every word typed begins a word
    of its name. When none does, those whose spelling comes near are offered as guesses.
    """
    type_, code, region = (
        query.get("type"),
        filters.code(atlas, query),
        filters.region(atlas, query),
    )
    fit = [
        one
        for one in organisations(atlas).values()
        if (type_ is None or one.type == TYPE_OF[type_])
        and any(
            region in (None, member.footprint.region) and code in (None, member.footprint.code)
            for member in one.memberships
        )
    ]
    if "q" not in query:
        return Found(tuple(fit))
    names, typed = _names(atlas), fuzzy.plain(query["q"]).split()
    if spelled := [one for one in fit if _matches(names, one.org, query["q"].upper(), typed)]:
        return Found(tuple(spelled))
    near: dict[str, float] = {}
    for name, score in fuzzy.scores(names.index, " ".join(typed)).items():
        for org in names.orgs[name]:
            near[org] = max(score, near.get(org, 0))
    ranked = sorted((one for one in fit if one.org in near), key=lambda one: -near[one.org])
    return Found(tuple(ranked), are_guesses=True)


@dataclass(frozen=True)
class _Names:
    """Every organisation's names, ready to be searched."""

    words: dict[str, list[set[str]]]
    """Key of an organisation -> the words of each of its names."""
    codes: dict[str, set[str]]
    """Key of an organisation -> its codes and abbreviations, in capitals."""
    orgs: dict[str, set[str]]
    """Name in plain form -> keys of organisations."""
    index: fuzzy.Names


@cache
def _names(atlas: Atlas) -> _Names:
    words: dict[str, list[set[str]]] = {}
    codes: dict[str, set[str]] = {}
    orgs: dict[str, set[str]] = {}
    for row in records(atlas.nicknames):
        if row["target_type"] == "organisation":
            codes.setdefault(row["target"], set()).add(row["nickname"].upper())
    for org, one in organisations(atlas).items():
        short = {letters for letters in initials.of(one.name) if len(letters) > 2}
        codes.setdefault(org, set()).update(short, {org.upper(), one.ods_code, one.ons_code})
        for name in (one.name, *one.other_names):
            words.setdefault(org, []).append({*fuzzy.all_words(name), *slugify(name).split("-")})
            orgs.setdefault(fuzzy.plain(name), set()).add(org)
    return _Names(words, codes, orgs, fuzzy.names(orgs))


def _matches(names: _Names, org: str, code: str, typed: list[str]) -> bool:
    """Whether this is a code of the organisation, or each word typed begins one of a name."""
    return code in names.codes[org] or any(
        bool(typed) and all(any(word.startswith(start) for word in words) for start in typed)
        for words in names.words[org]
    )


# --- findings ----------------------------------------------------------------------------------


def sentence(atlas: Atlas, query: Query, found: Found) -> str:
    """How many organisations fit, and how many belong to more than one footprint."""
    number = len(found.organisations)
    one, many = "member organisation", "member organisations"
    if "type" in query:
        type_ = TYPE_OF[query["type"]]
        one, many = members.singular(type_), TYPES[type_]
    where = wording.in_region(filters.region(atlas, query))
    if code := filters.code(atlas, query):
        where = f" in {footprints.all_footprints(atlas)[code].name}"
    said = f"{wording.count(number, one, many) if number else f'No {many}'}{where}"
    if "q" in query:
        said += " with a name like this" if found.are_guesses and number else " matching the search"
    elif not number:
        said += " in the sources we read"
    shared = sum(len(one.memberships) > 1 for one in found.organisations)
    if number < 2 or not shared:
        return said
    belong = "belongs" if shared == 1 else "belong"
    return f"{said}; {'all' if shared == number else shared} {belong} to more than one footprint"


def shared(atlas: Atlas) -> list[Organisation]:
    """Organisations listed in more than one footprint, those in the most first."""
    found = [one for one in organisations(atlas).values() if len(one.memberships) > 1]
    return sorted(found, key=lambda one: -len(one.memberships))


def shared_sentence(atlas: Atlas) -> str:
    """How many organisations belong to several footprints, and which to the most."""
    found = shared(atlas)
    most = len(found[0].memberships)
    first = [one.name for one in found if len(one.memberships) == most]
    return (
        f"{len(found)} of {len(organisations(atlas))} organisations belong to more than one "
        f"footprint; {wording.listed(first)} to {most}{' each' if len(first) > 1 else ''}"
    )


@cache
def counts(atlas: Atlas) -> dict[str, dict[str, int]]:
    """Code of each footprint, by name -> how many members of each type it has."""
    found = {place.code: dict.fromkeys(TYPES, 0) for place in footprints.by_name(atlas)}
    for code, those in members.by_footprint(atlas).items():
        for member in those:
            found[code][member.type] += 1
    return found


def counts_sentence(atlas: Atlas) -> str:
    """Where the most and where the fewest members are listed."""
    totals = {place.name: len(members.members(atlas, place.code))
              for place in footprints.by_name(atlas)}  # fmt: skip
    fewest, most = min(totals.values()), max(totals.values())
    least, largest = (
        wording.listed([name for name, total in totals.items() if total == number])
        for number in (fewest, most)
    )
    return f"From {fewest} member organisations in {least} to {most} in {largest}"


def rows(atlas: Atlas, found: Found) -> list[list[object]]:
    """Rows of a file: one for each organisation, footprint and source that lists it there."""
    listed: list[list[object]] = []
    for one in found.organisations:
        for member in one.memberships:
            place = member.footprint
            for key, as_of, note in member.evidence:
                doc = sources.source(atlas, key)
                listed.append(
                    [
                        one.org, one.name, one.type, one.ods_code, one.ons_code,
                        len(one.memberships), place.code, place.name, place.region, member.role,
                        as_of, doc.title, doc.publisher, doc.date, doc.url, note,
                    ]
                )  # fmt: skip
    return listed
