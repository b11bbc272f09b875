"""Which bodies sit in a footprint, in what role, and which sources say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records

TYPES = {
    "CCG": ("CCG", "CCGs"),
    "NHS foundation trust": ("NHS foundation trust", "NHS foundation trusts"),
    "NHS trust": ("NHS trust", "NHS trusts"),
    "care trust": ("care trust", "care trusts"),
    "ambulance trust": ("ambulance trust", "ambulance trusts"),
    "county council": ("county council", "county councils"),
    "unitary authority": ("unitary authority", "unitary authorities"),
    "metropolitan borough": ("metropolitan borough", "metropolitan boroughs"),
    "London borough": ("London borough", "London boroughs"),
    "district council": ("district council", "district councils"),
    "Healthwatch": ("Healthwatch", "Healthwatch bodies"),
    "community interest company": ("community interest company", "community interest companies"),
    "other": ("other body", "other bodies"),
}
"""Types of body in the order of the page, in the singular and the plural."""

GROUPS = {
    "CCG": ("CCG", "CCGs"),
    "trust": ("trust", "trusts"),
    "council": ("council", "councils"),
    "other": ("other body", "other bodies"),
}
"""Broad groups for a summary, in the singular and the plural."""

_GROUP_OF = {
    "CCG": "CCG",
    **dict.fromkeys(
        ("NHS foundation trust", "NHS trust", "care trust", "ambulance trust"), "trust"
    ),
    **dict.fromkeys(
        (
            "county council",
            "unitary authority",
            "metropolitan borough",
            "London borough",
            "district council",
        ),
        "council",
    ),
}


@dataclass(frozen=True)
class Member:
    """A body in a footprint; ``evidence`` has one entry for each source that lists it there."""

    org: str
    name: str
    type: str
    role: str
    evidence: tuple[tuple[str, str, str], ...]
    """(source key, as at, note) in the order of dates."""


@cache
def _all_members(atlas: Atlas) -> dict[str, list[Member]]:
    """Members of every footprint, by code."""
    bodies = {row["org"]: row for row in records(atlas.organisations)}
    evidence: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    roles: dict[tuple[str, str], str] = {}
    for row in records(atlas.memberships.sort_values("as_of", kind="stable")):
        seat = (row["code"], row["org"])
        evidence.setdefault(seat, []).append((row["source"], row["as_of"], row["note"]))
        roles.setdefault(seat, row["role"])
    order = list(TYPES)
    found: dict[str, list[Member]] = {}
    for (code, org), proof in evidence.items():
        body = bodies[org]
        member = Member(org, body["name"], body["type"], roles[code, org], tuple(proof))
        found.setdefault(code, []).append(member)
    return {
        code: sorted(those, key=lambda m: (order.index(m.type), m.name))
        for code, those in found.items()
    }


def members(atlas: Atlas, code: str) -> list[Member]:
    """All bodies of a footprint, by type and name."""
    return _all_members(atlas)[code]


def by_type(found: list[Member]) -> dict[str, list[Member]]:
    """Members under the plural name of their type, in the order of the page."""
    return {
        plural if len(those) != 1 else single: those
        for kind, (single, plural) in TYPES.items()
        if (those := [member for member in found if member.type == kind])
    }


def counts(found: list[Member]) -> dict[str, int]:
    """How many CCGs, trusts, councils and other bodies (keys of GROUPS)."""
    tally = dict.fromkeys(GROUPS, 0)
    for member in found:
        tally[group(member)] += 1
    return tally


def group(member: Member) -> str:
    """Its broad group: a key of GROUPS."""
    return _GROUP_OF.get(member.type, "other")


@cache
def elsewhere(atlas: Atlas, code: str) -> tuple[tuple[Member, tuple[str, ...]], ...]:
    """Bodies of a footprint that sit in others too, with the codes of those."""
    seats: dict[str, list[str]] = {}
    for other, those in sorted(_all_members(atlas).items()):
        for member in those:
            seats.setdefault(member.org, []).append(other)
    return tuple(
        (member, tuple(other for other in seats[member.org] if other != code))
        for member in members(atlas, code)
        if len(seats[member.org]) > 1
    )
