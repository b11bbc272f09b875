"""What an address of the Relate page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import FilterError, Query, lenient
from stp_data.overview import correlation
from stp_data.places import footprints
from stp_data.places.filters import AREA
from stp_data.places.footprints import Footprint
from ui.parts import address


@dataclass(frozen=True)
class RelateView:
    """Everything that the page shows depends on this and the data alone."""

    query: Query
    """The choices as they stand in an address, without those that are the default."""
    x: str
    y: str
    """Keys of correlation.labels, never the same."""
    marked: Footprint | None
    selected: tuple[str, ...]
    """Codes of the footprints listed beside the chart, by name."""
    notices: tuple[str, ...]


def slugs(atlas: Atlas, codes: tuple[str, ...]) -> str:
    """Footprints as an address names several: by name, so that one view has one address."""
    return ",".join(place.slug for place in footprints.by_name(atlas) if place.code in codes)


def read(params: Mapping[str, str], atlas: Atlas) -> RelateView:
    """``x``, ``y``: measures; ``area``: the footprint marked; ``areas``: those selected."""
    query, notices = lenient(atlas, (correlation.X, correlation.Y, AREA), params)
    try:
        correlation.check(atlas, query)
    except FilterError as error:
        default = next(
            axis.default for axis in (correlation.Y, correlation.X)
            if axis.default != correlation.X.word(query)
        )  # fmt: skip
        label = correlation.labels(atlas)[default]
        notices.append(f"{error.notice} This shows {label[0].lower()}{label[1:]} for y.")
        query = query | {"y": "" if default == correlation.Y.default else default}
    codes, more = address.read_areas(params, atlas, most=len(footprints.by_name(atlas)))
    if codes:
        query["areas"] = slugs(atlas, codes)
    return RelateView(
        query={name: word for name, word in query.items() if word},
        x=correlation.X.word(query),
        y=query.get("y") or correlation.Y.default,
        marked=footprints.resolve(atlas, query["area"]) if "area" in query else None,
        selected=tuple(place.code for place in footprints.by_name(atlas) if place.code in codes),
        notices=(*notices, *more),
    )
