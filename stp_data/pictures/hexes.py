"""The 44 as hexes of one size, each in about its place: where they stand and what shape they have.

A hex has a corner at its top; ``radius`` is the distance from its middle to a corner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.pictures import svg
from stp_data.places import footprints

WIDE = math.sqrt(3)
"""Width of a hex of radius 1; it is 2 high."""


@cache
def middles(atlas: Atlas, radius: float) -> dict[str, tuple[float, float]]:
    """The middle of each footprint's hex, by code; the hexes reach from (0, 0) to ``size``."""
    places = footprints.all_footprints(atlas).values()
    across = {place.code: (place.hex_q + place.hex_r / 2) * WIDE for place in places}
    left, top = min(across.values()) - WIDE / 2, min(place.hex_r for place in places) * 1.5 - 1
    return {
        place.code: ((across[place.code] - left) * radius, (place.hex_r * 1.5 - top) * radius)
        for place in places
    }


def size(atlas: Atlas, radius: float) -> tuple[float, float]:
    """Width and height of all hexes together."""
    spots = middles(atlas, radius).values()
    return max(x for x, _ in spots) + WIDE / 2 * radius, max(y for _, y in spots) + radius


def path(spots: Iterable[tuple[float, float]], radius: float) -> str:
    """SVG path data of hexes around these middles."""
    n, half = svg.number, radius * WIDE / 2
    return "".join(
        f"M{n(x)} {n(y - radius)}l{n(half)} {n(radius / 2)}v{n(radius)}l{n(-half)} {n(radius / 2)} "
        f"{n(-half)} {n(-radius / 2)}v{n(-radius)}z"
        for x, y in spots
    )
