"""What the address of the Organisations page asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import organisations
from stp_data.organisations.organisations import Body, Found, Wanted
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from ui.parts import address

SECTIONS = {
    "bodies": "Find a body",
    "several": "In several footprints",
    "councils": "Split councils",
    "counts": "How many of each type",
}
AT_ONCE = 50
"""Bodies of a list that are shown at once; the others follow on further pages."""


@dataclass(frozen=True)
class AskedBodies:
    """Everything that the Organisations page shows depends on this and the data alone."""

    show: str
    wanted: Wanted
    type: str | None
    """Key of a type as it stands in the address, like the region."""
    region: str | None
    footprint: Footprint | None
    found: Found
    body: Body | None
    """The one chosen, or the only one that fits the search."""
    page: int
    """Of the list, from 1."""
    notices: tuple[str, ...] = ()


def read(params: Mapping[str, str], atlas: Atlas) -> AskedBodies:
    """``show``, ``q``, ``type``, ``region``, ``area``, ``body`` and ``page``."""
    place = address.read_place(params, atlas)
    notices = list(place.notices)
    show = params.get("show", "bodies")
    if show not in SECTIONS:
        show = "bodies"
        notices.append("The address asks for a part of this page that is not here.")
    kind = params.get("type")
    if kind is not None and kind not in organisations.KINDS:
        kind = None
        notices.append("The address names a type of body that is not here. These are all types.")
    wanted = Wanted(
        _search(params, notices),
        None if kind is None else organisations.KINDS[kind],
        None,
        None if place.footprint is None else place.footprint.code,
    )
    region = _region(params, atlas, place.footprint, notices)
    if region is not None:
        wanted = Wanted(wanted.search, wanted.type, footprints.regions(atlas)[region], wanted.code)
    found = organisations.find(atlas, wanted)
    body = _body(params, atlas, notices)
    if body is None and wanted.search and len(found.bodies) == 1:
        body = found.bodies[0]
    page = address.read_page(params, notices, pages_of(len(found.bodies)))
    return AskedBodies(
        show, wanted, kind, region, place.footprint, found, body, page, tuple(notices)
    )


def pages_of(number: int) -> int:
    """How many pages a list of so many bodies has."""
    return max(1, -(-number // AT_ONCE))


def _search(params: Mapping[str, str], notices: list[str]) -> str:
    search = params.get("q", "").strip()
    if len(search) > organisations.LONGEST_SEARCH:
        notices.append("The address searches for something longer than any name here.")
        return ""
    return search


def _region(
    params: Mapping[str, str], atlas: Atlas, place: Footprint | None, notices: list[str]
) -> str | None:
    region = params.get("region")
    if region is None:
        return None
    regions = footprints.regions(atlas)
    if region not in regions:
        notices.append("The address names a region that is not here. This is all of England.")
        return None
    if place is not None and place.region != regions[region]:
        notices.append(
            f"{place.name} is not in {wording.region_in_sentence(regions[region])}; the region is "
            "left out."
        )
        return None
    return region


def _body(params: Mapping[str, str], atlas: Atlas, notices: list[str]) -> Body | None:
    key = params.get("body", "")
    body = organisations.by_key(atlas).get(key.lower())
    if key and body is None:
        notices.append("The address names a body that is not here. Search for it by name.")
    return body
