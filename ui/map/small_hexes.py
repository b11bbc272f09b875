"""The 44 as small hexes, one of them and its neighbours marked."""

from __future__ import annotations

from functools import lru_cache

from stp_data.core.atlas import Atlas
from stp_data.pictures import hexes as shapes
from stp_data.pictures.outlines import CHOSEN, LAND, NEIGHBOUR
from stp_data.places import footprints
from ui.parts import pictures

RADIUS = 10


@lru_cache(maxsize=64)
def hexes(atlas: Atlas, code: str) -> str:
    """HTML of a picture: each footprint the same size, in about its place."""
    places, middles = footprints.all_footprints(atlas), shapes.middles(atlas, RADIUS)
    beside = {other.code for other in footprints.neighbours(atlas, code)}
    wide, high = shapes.size(atlas, RADIUS)
    paths = ""
    for colour, codes in (
        (LAND, places.keys() - beside - {code}),
        (NEIGHBOUR, beside),
        (CHOSEN, {code}),
    ):
        spots = [middles[one] for one in sorted(codes)]
        paths += f"<path fill='{colour}' d='{shapes.path(spots, RADIUS - 0.6)}'/>"
    box = f"viewBox='-1 -1 {wide + 2:.0f} {high + 2:.0f}'"
    words = f"{places[code].name} among the 44, each drawn as one hex, with its neighbours"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{paths}</svg>"
    return pictures.image(svg, words, "stp-hexes")
