"""The members of each footprint: which organisations, in what role, and who lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.places import footprints
from stp_data.places.footprints import Footprint

TYPES = {
    "CCG": "CCGs",
    "NHS foundation trust": "NHS foundation trusts",
    "NHS trust": "NHS trusts",
    "care trust": "care trusts",
    "ambulance trust": "ambulance trusts",
    "county council": "county councils",
    "unitary authority": "unitary authorities",
    "metropolitan borough": "metropolitan boroughs",
    "London borough": "London boroughs",
    "district council": "district councils",
    "Healthwatch": "Healthwatch organisations",
    "community interest company": "community interest companies",
    "other": "other organisations",
}
"""Type of organisation -> its plural, in the order of the page."""
GROUPS = {
    "CCG": ("CCG", "CCGs"),
    "trust": ("trust", "trusts"),
    "council": ("council", "councils"),
    "other": ("other organisation", "other organisations"),
}
"""Broad groups for a summary, in the singular and the plural."""
_COUNCIL_WORDS = ("council", "authority", "borough")


@dataclass(frozen=True)
class Member:
    """An organisation as a member of one footprint."""

    org: str
    name: str
    type: str
    footprint: Footprint
    role: str
    evidence: tuple[tuple[str, str, str], ...]
    """For each source that lists it there: its key, as of when, and a note; by date."""


def singular(type_: str) -> str:
    """One organisation of a type."""
    return "other organisation" if type_ == "other" else type_


@cache
def by_footprint(atlas: Atlas) -> dict[str, list[Member]]:
    """The members of every footprint, by code; each list by type and name."""
    organisations = {row["org"]: row for row in records(atlas.organisations)}
    places = footprints.all_footprints(atlas)
    evidence: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    roles: dict[tuple[str, str], str] = {}
    for row in records(atlas.memberships.sort_values("as_of", kind="stable")):
        key = (row["code"], row["org"])
        evidence.setdefault(key, []).append((row["source"], row["as_of"], row["note"]))
        roles.setdefault(key, row["role"])
    found: dict[str, list[Member]] = {code: [] for code in places}
    for (code, org), listed in evidence.items():
        row = organisations[org]
        found[code].append(
            Member(org, row["name"], row["type"], places[code], roles[code, org], tuple(listed))
        )
    order = list(TYPES)
    for those in found.values():
        those.sort(key=lambda member: (order.index(member.type), member.name))
    return found


def members(atlas: Atlas, code: str) -> list[Member]:
    """The members of a footprint, by type and name."""
    return by_footprint(atlas)[code]


def by_type(found: list[Member]) -> dict[str, list[Member]]:
    """Members under the name of their type (plural unless there is one), in the order of TYPES."""
    return {
        plural if len(those) != 1 else singular(type_): those
        for type_, plural in TYPES.items()
        if (those := [member for member in found if member.type == type_])
    }


def counts(found: list[Member]) -> dict[str, int]:
    """How many members are in each of GROUPS."""
    groups = [group(member) for member in found]
    return {name: groups.count(name) for name in GROUPS}


def group(member: Member) -> str:
    """The broad group of a member: a key of GROUPS."""
    if member.type == "CCG":
        return "CCG"
    if member.type.endswith("trust"):
        return "trust"
    return "council" if member.type.endswith(_COUNCIL_WORDS) else "other"


@cache
def elsewhere(atlas: Atlas, code: str) -> tuple[tuple[Member, tuple[str, ...]], ...]:
    """The members of a footprint that belong to others too, with the codes of those."""
    codes: dict[str, list[str]] = {}
    for other, those in sorted(by_footprint(atlas).items()):
        for member in those:
            codes.setdefault(member.org, []).append(other)
    return tuple(
        (member, tuple(other for other in codes[member.org] if other != code))
        for member in members(atlas, code)
        if len(codes[member.org]) > 1
    )
