"""All that can be typed to find a footprint: names, what each is, and where each leads.

Tables say what exists; this module says how it is called. What people leave out or add ("NHS",
"Council", "Hospital") is the business of stp_data/core/fuzzy.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stp_data.core import fuzzy, wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.organisations import initials, members
from stp_data.places import councils
from stp_data.places.councils import COUNTY, Council, Part
from stp_data.places.footprints import Footprint, all_footprints
from stp_data.plans import plans

NEAR = "within 1 km of this footprint"

(
    FOOTPRINT, SHORT, PLAN, NEW_COUNCIL, COUNCIL, BOARD, PLACE, HOSPITAL, MEMBER, CODE, INITIALS,
    HOSPITAL_INITIALS,
) = range(12)  # fmt: skip
"""Groups of names in the order in which they are offered."""

ABBREVIATION = "abbreviation"
"""Kind of a nickname that is in use as the initials of something."""


@dataclass(frozen=True)
class Lead:
    """A footprint to which a name leads, and why."""

    code: str
    why: str
    """Ready to show after the name: 'place in Shropshire'."""
    beside: bool = False
    """Offered after all that lie in a footprint: it is only near, or run from there."""


@dataclass(frozen=True, eq=False)
class Name:
    """Something that a reader may type."""

    text: str
    kind: str
    """What carries the name, in a word or two: 'place', 'hospital', 'council of 2017'."""
    group: int
    """FOOTPRINT to HOSPITAL_INITIALS."""
    leads: tuple[Lead, ...]
    """Where it leads, the best first."""
    where: str = ""
    """County or council area, to tell two of the same name apart."""
    people: int = 0
    """How many live there, where that is known: the larger comes first."""
    forms: tuple[str, ...] = ()
    """Other spellings under which it is found."""
    in_full: tuple[str, ...] = ()
    """Spellings that have to be typed whole, as they name something else as well."""
    source: str = ""
    """Key in sources, where the name is not of the atlas's own tables."""

    def is_called(self, sort: str) -> bool:
        """Whether words that say so (fuzzy.COUNCIL …) may be left out of the name or added."""
        if not sort or self.group in GROUPS_CALLED[sort]:
            return True
        return any(word in self.kind for word in TYPES_CALLED.get(sort, ()))


GROUPS_CALLED = {
    fuzzy.COUNCIL: (NEW_COUNCIL, COUNCIL, PLACE),
    fuzzy.HOSPITAL: (HOSPITAL,),
    fuzzy.TRUST: (INITIALS,),
    fuzzy.BOARD: (SHORT, BOARD, INITIALS),
    fuzzy.SYSTEM: (FOOTPRINT, SHORT, PLAN, BOARD, INITIALS),
}
TYPES_CALLED = {
    fuzzy.COUNCIL: ("council", "borough", "authority"),
    fuzzy.HOSPITAL: ("trust",),
    fuzzy.TRUST: ("trust",),
}
"""The same by words of the kind of organisation."""


@dataclass(frozen=True)
class Outside:
    """A place that no footprint holds."""

    name: str
    country: str
    source: str
    """Key in sources."""


@cache
def all_names(atlas: Atlas) -> tuple[Name, ...]:
    """Every name that can be searched for."""
    return (
        *_footprints(atlas),
        *_nicknames(atlas),
        *_regions(atlas),
        *_councils(atlas),
        *_new_councils(atlas),
        *_boards(atlas),
        *_places(atlas),
        *_hospitals(atlas),
        *_members(atlas),
        *_former_codes(atlas),
    )


def outside(atlas: Atlas) -> list[Outside]:
    """Countries, councils and places outside England."""
    return [Outside(row["name"], row["country"], row["source"]) for row in records(atlas.outside)]


# --- footprints, plans and what they are called --------------------------------------------------


def _footprints(atlas: Atlas) -> Iterator[Name]:
    for footprint in all_footprints(atlas).values():
        code = footprint.code
        yield _of(footprint, footprint.name, "footprint", FOOTPRINT, "footprint of 2017")
        yield _of(footprint, code, "ONS code", CODE, "ONS code, April 2017")
        if footprint.short_name != footprint.name:
            yield _of(footprint, footprint.short_name, "short name", FOOTPRINT)
        for name in plans.names(atlas, code):
            when = f", {wording.as_of(name.as_of)}" if name.as_of else ""
            yield _of(footprint, name.name, name.kind, PLAN, f"name of the {name.kind}{when}")
            yield from _initials(name.name, name.kind, (Lead(code, f"initials of {name.name}"),))
        yield from _initials(
            footprint.name, ABBREVIATION, (Lead(code, f"initials of {footprint.name}"),), least=2
        )


def _of(footprint: Footprint, text: str, kind: str, group: int, why: str = "") -> Name:
    return Name(text, kind, group, (Lead(footprint.code, why or kind),))


def _initials(
    name: str, kind: str, leads: tuple[Lead, ...], *, least: int = 3, group: int = INITIALS
) -> Iterator[Name]:
    """Abbreviations that the rule of stp_data/organisations/initials.py makes of a name."""
    for letters in initials.of(name):
        if len(letters) >= least:
            yield Name(letters, kind, group, leads)


def _nicknames(atlas: Atlas) -> Iterator[Name]:
    """Abbreviations and later names that are in use, whether or not a rule would make them."""
    for row in records(atlas.nicknames):
        codes = _targets(atlas, row["target_type"], row["target"])
        is_later, full = row["kind"] == "later name", row["stands_for"]
        what = "later name" if is_later else f"{row['kind']} of {full}"
        leads = tuple(Lead(code, f"{what}, {wording.as_of(row['as_of'])}") for code in codes)
        yield Name(row["nickname"], row["kind"], SHORT, leads, source=row["source"])
        if is_later:
            yield Name(full, row["kind"], SHORT, leads, source=row["source"])
            yield from _initials(full, row["kind"], leads)
        elif row["target_type"] == "footprint":
            why = f"for short {row['nickname']}, {wording.as_of(row['as_of'])}"
            in_full = tuple(Lead(code, why) for code in codes)
            yield Name(full, "footprint", SHORT, in_full, source=row["source"])


def _targets(atlas: Atlas, kind: str, target: str) -> list[str]:
    """Footprints to which a nickname leads, the best first."""
    if kind == "footprint":
        return target.split()
    if kind == "organisation":
        rows = atlas.memberships[atlas.memberships["org"] == target]
        return list(dict.fromkeys(rows["code"]))
    if kind == "board":
        return [part.code for part in _board_parts(atlas)[target][1]]
    return [
        part.code
        for council in councils.councils(atlas)
        if council.name == target
        for part in council.parts
    ]


def _regions(atlas: Atlas) -> Iterator[Name]:
    """NHS regions: London is a region of five footprints before it is a point on a map."""
    by_region: dict[str, list[str]] = {}
    for footprint in all_footprints(atlas).values():
        by_region.setdefault(footprint.region, []).append(footprint.code)
    for region, codes in by_region.items():
        leads = tuple(Lead(code, "NHS region of 2017, with other footprints") for code in codes)
        # Before the City of London, which is called so as well.
        yield Name(region, "NHS region", NEW_COUNCIL, leads)


def _former_codes(atlas: Atlas) -> Iterator[Name]:
    leads: dict[tuple[str, str, str], list[Lead]] = {}
    for row in records(atlas.former_codes):
        why = f"{row['kind']}, {wording.as_of(row['as_of'])}"
        key = (row["former_code"], row["kind"], row["source"])
        leads.setdefault(key, []).append(Lead(row["code"], why))
    for (code, kind, source), found in leads.items():
        yield Name(code, kind, CODE, tuple(found), source=source)


# --- councils and boards -------------------------------------------------------------------------


def _councils(atlas: Atlas) -> Iterator[Name]:
    for council in councils.councils(atlas):
        kind = "county of 2017" if council.kind == COUNTY else "council of 2017"
        yield _council(council, kind, f"{council.kind} of 2017")


def _new_councils(atlas: Atlas) -> Iterator[Name]:
    """Councils of 2019 to 2023, with their people worked out from the districts of 2017."""
    districts: dict[str, dict[str, int]] = {}
    for row in records(atlas.places):
        districts.setdefault(row["lad"], {})[row["code"]] = row["population"]
    made: dict[str, dict[str, int]] = {}
    about: dict[str, tuple[str, str, str, str]] = {}
    for row in records(atlas.new_councils):
        by_code = made.setdefault(row["council"], {})
        about[row["council"]] = row["kind"], row["since"], row["until"], row["source"]
        for code, people in districts[row["lad"]].items():
            by_code[code] = by_code.get(code, 0) + people
    for name, by_code in made.items():
        kind, since, until, source = about[name]
        years = f"{since[:4]} to {until[:4]}" if until else f"since {wording.date(since)}"
        council = councils.council(name, kind, "", by_code)
        yield _council(council, "council since 2017", f"{kind}, {years}", NEW_COUNCIL, source)


def _council(council: Council, kind: str, why: str, group: int = COUNCIL, source: str = "") -> Name:
    return Name(
        council.name, kind, group, tuple(_shares(council.parts, why)),
        where=council.county, people=council.people, source=source,
    )  # fmt: skip


def _shares(parts: tuple[Part, ...], why: str) -> Iterator[Lead]:
    for part in parts:
        share = f"{wording.share(part.share)} of its people live here"
        yield Lead(part.code, f"{why}, {'wholly inside' if len(parts) == 1 else share}")


def _boards(atlas: Atlas) -> Iterator[Name]:
    known = all_footprints(atlas)
    for code, (name, parts) in _board_parts(atlas).items():
        leads = tuple(_shares(parts, "board of July 2022"))
        if code not in known:
            whys = tuple(Lead(lead.code, f"code of {name} of July 2022") for lead in leads)
            yield Name(code, "ONS code", CODE, whys)
        yield Name(name, "board of 2022", BOARD, leads, people=sum(part.people for part in parts))
        spoken = re.sub("^NHS | Integrated Care Board$", "", name)
        yield from _initials(spoken, "board of 2022", leads)


@cache
def _board_parts(atlas: Atlas) -> dict[str, tuple[str, tuple[Part, ...]]]:
    """Integrated care boards by code: name, and footprints by people, most first.

    Parts of less than half a per cent of a board are slivers of changed borders and left out.
    """
    people = atlas.places.groupby("code")["population"].sum()
    moved: dict[str, tuple[str, dict[str, int]]] = {}
    for row in records(atlas.successors):
        here = moved.setdefault(row["successor"], (row["successor_name"], {}))[1]
        here[row["code"]] = round(people[row["code"]] * row["population_share"])
    found = {}
    for board, (name, by_code) in moved.items():
        parts = councils.council(name, "", "", by_code).parts
        found[board] = name, tuple(part for part in parts if part.share >= 0.005)
    return found


# --- places and hospitals ------------------------------------------------------------------------


def _places(atlas: Atlas) -> Iterator[Name]:
    for row in records(atlas.gazetteer):
        where = row["county"] or row["lad_name"]
        why = "place" if where == row["name"] else f"place in {where}"
        leads = [Lead(row["code"], why)]
        leads += [Lead(code, f"{why}, {NEAR}", beside=True) for code in row["near"].split()]
        areas = sorted({where, row["lad_name"]} - {row["name"]})
        forms = tuple(form for form in row["short_names"].split("|") if form)
        in_full = tuple(f"{name} {area}" for name in (row["name"], *forms) for area in areas)
        yield Name(
            row["name"], "place", PLACE, tuple(leads), where=where, people=row["people"],
            forms=forms, in_full=in_full, source=row["source"],
        )  # fmt: skip


def _hospitals(atlas: Atlas) -> Iterator[Name]:
    """Hospitals by their own place; where the trust sits elsewhere, that is offered as well."""
    trusts: dict[str, tuple[str, list[str]]] = {}
    seats = atlas.memberships.groupby("org")["code"].unique()
    for row in records(atlas.organisations):
        if row["ods_code"] and row["org"] in seats.index:
            trusts[row["ods_code"]] = row["name"], list(seats[row["org"]])
    for row in records(atlas.hospitals):
        trust, members_of = trusts.get(row["ods_code"], (row["trust_name"], []))
        run_by = f"hospital of {trust} in February 2018"
        leads = [Lead(row["code"], run_by)]
        if row["code"] not in members_of:
            why = f"{run_by}, a member here"
            leads += [Lead(code, why, beside=True) for code in members_of]
        name, town = row["name"], row["town"]
        has_town = town and town.lower() not in name.lower()
        # Without what some have after their name: a town, a department, the trust.
        forms = [part for part in re.split(r" - | ?\(|, ", name)[:1] if part != name]
        yield Name(
            name, "hospital", HOSPITAL, tuple(leads), where=town, forms=tuple(forms),
            in_full=(f"{name} {town}",) if has_town else (), source=row["source"],
        )  # fmt: skip
        whys = tuple(Lead(lead.code, f"initials of {name}, {lead.why}") for lead in leads)
        yield from _initials(name, "hospital", whys, group=HOSPITAL_INITIALS)


# --- members -------------------------------------------------------------------------------------


def _members(atlas: Atlas) -> Iterator[Name]:
    """Bodies that sit in footprints, by name, by initials and by NHS code."""
    seats: dict[str, list[Lead]] = {}
    about: dict[str, tuple[str, str]] = {}
    for code in all_footprints(atlas):
        for member in members.members(atlas, code):
            about[member.org] = member.name, member.type
            seats.setdefault(member.org, []).append(Lead(code, ""))
    codes = dict(zip(atlas.organisations["org"], atlas.organisations["ods_code"], strict=True))
    for org, (name, kind) in about.items():
        number = len(seats[org])
        role = "a member" if number == 1 else f"a member of {number} footprints"
        why = f"{kind}, {role} in lists of 2017 to 2019"
        leads = tuple(Lead(lead.code, why) for lead in seats[org])
        yield Name(name, kind, MEMBER, leads)
        if kind == "CCG" or "trust" in kind:
            whys = tuple(Lead(lead.code, f"initials of {name}") for lead in leads)
            yield from _initials(name, kind, whys)
        if len(codes[org]) > 2:
            whys = tuple(Lead(lead.code, f"code of {name}") for lead in leads)
            yield Name(codes[org], "ODS code", CODE, whys)
