"""What an address says of places, with the finder's help where a name is not quite known.

The query string is the only home of a reader's choices. Each run reads it, sets the widgets to
it, and a changed widget writes it back before the next run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import LONGEST_VALUE, FilterError, lenient
from stp_data.overview import comparing
from stp_data.places import filters, footprints
from stp_data.places.filters import Areas
from stp_data.places.footprints import Footprint
from stp_data.search import find

MEANT = 3
"""Footprints offered for an area that several may mean."""


@dataclass(frozen=True)
class _Place(filters.Area):
    """One footprint by code, slug or name, or by whatever leads to just one in the search."""

    def read(self, atlas: Atlas, text: str) -> str:
        """Its slug."""
        text = text[: LONGEST_VALUE + 1]
        if found := footprints.resolve(atlas, text):
            return found.slug
        answer = find.search(atlas, text.replace("-", " "))
        if answer.is_certain:
            match = answer.matches[0]
            raise FilterError(filters.NO_SUCH, f"Found {match.why}.", match.footprint.slug)
        if answer.note and len(text) <= find.LONGEST_QUERY:
            raise FilterError(filters.NO_SUCH, answer.note)
        meant = wording.listed([match.footprint.name for match in answer.matches[:MEANT]])
        hint = f" Did you mean one of these: {meant}?" if meant else ""
        raise FilterError(
            filters.NO_SUCH, f"We don't recognise that area as one of the 44 footprints.{hint}"
        )


PLACE = _Place()
"""The filter ``area`` of a page."""


@dataclass(frozen=True)
class Place:
    """The footprint that an address asks for, if any, and what to tell the reader."""

    footprint: Footprint | None
    notices: tuple[str, ...] = ()


def read_place(params: Mapping[str, str], atlas: Atlas) -> Place:
    """``area``: a code, a slug, or whatever leads to just one footprint in the search."""
    query, notices = lenient(atlas, (PLACE,), params)
    return Place(footprint(atlas, query), tuple(notices))


def footprint(atlas: Atlas, query: Mapping[str, str]) -> Footprint | None:
    """The footprint of a query that PLACE has checked."""
    return footprints.resolve(atlas, query["area"]) if "area" in query else None


def read_page(params: Mapping[str, str], notices: list[str], pages: int = 9999) -> int:
    """``page`` of a list that has so many."""
    text = params.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if 1 <= page <= pages:
        return page
    notices.append("The list has no such page, so this shows page 1.")
    return 1


def read_areas(
    params: Mapping[str, str], atlas: Atlas, *, most: int = comparing.MOST
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``areas``: codes or names with commas; the footprints' codes, and what to tell the reader."""
    query, notices = lenient(atlas, (Areas(most=most),), params)
    return filters.codes(atlas, query), tuple(notices)
