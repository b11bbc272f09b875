"""What an address can say, read with care: a bad value gives a sentence and a sensible view.

The query string is the only home of a reader's choices. Each run reads it, sets the widgets to
it, and a changed widget writes it back before the next run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import comparing
from stp_data.overview.subject import PRIORITIES
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.priorities import themes_named
from stp_data.search import find

MEANT = 3
"""Footprints offered for an area that several may mean."""
VIEWS = {"map": "Map", "hexes": "Hexes", "table": "Table"}
DEFAULT_VIEW = "map"
LONGEST_VALUE = 200
"""Longer values are no name of anything here and are not looked at."""


@dataclass(frozen=True)
class Place:
    """The footprint that an address asks for, if any, and what to tell the reader."""

    footprint: Footprint | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Everything that the home page shows depends on this and the data alone."""

    footprint: Footprint | None
    measure: str
    """A key of the mapped measures, or PRIORITIES."""
    theme: str | None
    """With PRIORITIES: the one theme to show; None for how many each plan names."""
    view: str
    region: str | None
    """Key of an NHS region as it stands in the address, or None for all England."""
    notices: tuple[str, ...] = ()


def read_place(params: Mapping[str, str], atlas: Atlas) -> Place:
    """``area``: a code, a slug, or whatever leads to just one footprint in the search."""
    asked = params.get("area", "")[: LONGEST_VALUE + 1]
    if not asked:
        return Place(None)
    found = footprints.resolve(atlas, asked)
    if found is not None:
        return Place(found)
    answer = find.search(atlas, asked.replace("-", " "))
    if answer.is_certain:
        match = answer.matches[0]
        return Place(match.footprint, (f"Found {match.why}.",))
    if answer.note and len(asked) <= find.LONGEST_QUERY:
        return Place(None, (answer.note,))
    meant = wording.listed([match.footprint.name for match in answer.matches[:MEANT]])
    hint = f" Did you mean one of these: {meant}?" if meant else ""
    return Place(None, (f"The address names an area that is not one of the 44.{hint}",))


def read_choice(params: Mapping[str, str], atlas: Atlas) -> Choice:
    """What an address of the home page asks; unknown values fall back, with a notice."""
    place = read_place(params, atlas)
    notices = list(place.notices)
    measure = params.get("measure", measures.DEFAULT)
    if measure != PRIORITIES and measure not in measures.mapped(atlas):
        measure = measures.DEFAULT
        label = measures.mapped(atlas)[measure].label
        notices.append(f"The address names a measure that is not here. This is: {label}.")
    theme = params.get("theme") if measure == PRIORITIES else None
    if theme is not None and theme not in themes_named.themes(atlas):
        theme = None
        notices.append("The address names a theme that is not here. These are all themes.")
    view = params.get("view", DEFAULT_VIEW)
    if view not in VIEWS:
        view = DEFAULT_VIEW
        notices.append("The address asks for a view that is not here. This is the map.")
    region = params.get("region")
    if region is not None and region not in footprints.regions(atlas):
        region = None
        notices.append("The address names a region that is not here. This is all of England.")
    return Choice(place.footprint, measure, theme, view, region, tuple(notices))


def read_page(params: Mapping[str, str], notices: list[str], pages: int = 9999) -> int:
    """``page`` of a list that has so many."""
    text = params.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if 1 <= page <= pages:
        return page
    notices.append("The address asks for a page of the list that is not there: this is page 1.")
    return 1


def read_areas(
    params: Mapping[str, str], atlas: Atlas, *, most: int = comparing.MOST
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``areas``: codes or names with commas; the footprints' codes, and what to tell the reader."""
    codes: list[str] = []
    notices: list[str] = []
    for asked in params.get("areas", "")[: LONGEST_VALUE * most].split(","):
        if not asked:
            continue
        found = footprints.resolve(atlas, asked)
        if found is None:
            notices.append("We don't recognise one of these areas, so it is left out.")
        elif found.code in codes:
            notices.append("One area is there more than once, so it is shown once.")
        else:
            codes.append(found.code)
    if len(codes) > most:
        codes = codes[:most]
        notices.append(f"You can compare up to {most} footprints, so this shows the first {most}.")
    return tuple(codes), tuple(dict.fromkeys(notices))
