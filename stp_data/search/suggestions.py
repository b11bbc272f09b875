"""Names that the search box suggests while a reader types, as one file that a browser fetches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.places.footprints import all_footprints
from stp_data.search import names
from stp_data.search.names import Name


@dataclass(frozen=True)
class Suggestion:
    """A name that can be typed, and the footprints that it leads to."""

    name: str
    kind: str
    """What has this name: 'place', 'hospital', 'council of 2017', 'footprint'."""
    where: str
    """County or council area of a place, town of a hospital, where the name does not say it."""
    codes: tuple[str, ...]
    """Footprints, the most likely first."""


@cache
def suggestions(atlas: Atlas) -> tuple[Suggestion, ...]:
    """Every name but codes and initials, the better ones first; each name once a footprint."""
    found: dict[tuple[str, tuple[str, ...], str], Suggestion] = {}
    known = (name for name in names.all_names(atlas) if name.group < names.CODE)
    for name in sorted(known, key=lambda one: (one.group, -one.people, one.text)):
        codes = tuple(dict.fromkeys(lead.code for lead in name.leads))
        has_where = name.group in (names.PLACE, names.HOSPITAL)
        where = name.where if has_where and name.where.lower() not in name.text.lower() else ""
        # A town that gave its name to a council is suggested as the council.
        if (name.text, codes, "") not in found:
            suggestion = Suggestion(name.text, _kind(name), where, codes)
            found.setdefault((name.text, codes, where), suggestion)
    return tuple(found.values())


def _kind(name: Name) -> str:
    """In few words: an NHS foundation trust is a trust here."""
    if name.group == names.FOOTPRINT:
        return "footprint"
    if name.group == names.MEMBER:
        found = next((word for word in SHORT if word in name.kind), name.kind)
        return SHORT.get(found, found)
    return name.kind


SHORT = {
    "trust": "trust",
    "council": "council",
    "borough": "council",
    "authority": "council",
    "other": "organisation",
}
"""A word in the kind of a member -> what it is called in few words."""


@cache
def content(atlas: Atlas) -> str:
    """The file that static/find.js reads, with every name that can be suggested."""
    return written(atlas, suggestions(atlas))


@cache
def version(atlas: Atlas) -> str:
    """Changes whenever the content does."""
    return hashlib.sha256(content(atlas).encode()).hexdigest()[:10]


def written(atlas: Atlas, entries: Iterable[Suggestion]) -> str:
    """Return ``entries`` as lines of fields between tabs.

    The first line has the names of the footprints in order of code, the second the kinds. Each
    further line has a name, the place of its kind (from 0), the places of its footprints (from 0,
    with commas), and where it is; that last field is left out where it is empty.
    """
    listed = list(entries)
    codes = sorted(all_footprints(atlas))
    places = {code: str(place) for place, code in enumerate(codes)}
    kinds = list(dict.fromkeys(entry.kind for entry in listed))
    lines = [[all_footprints(atlas)[code].name for code in codes], kinds]
    for entry in listed:
        footprints = ",".join(places[code] for code in entry.codes)
        line = [_one_line(entry.name), str(kinds.index(entry.kind)), footprints]
        lines.append([*line, _one_line(entry.where)] if entry.where else line)
    return "".join("\t".join(line) + "\n" for line in lines)


def codes_at(atlas: Atlas, places: Iterable[object]) -> tuple[str, ...]:
    """Return the codes of footprints by their places in the file; unknown places are left out."""
    codes = sorted(all_footprints(atlas))
    known = [place for place in places if isinstance(place, int) and 0 <= place < len(codes)]
    return tuple(dict.fromkeys(codes[place] for place in known))


def _one_line(text: str) -> str:
    """The text without tabs and line breaks, which end fields and lines."""
    return " ".join(text.split())
