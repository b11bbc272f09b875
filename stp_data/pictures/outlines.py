"""The outlines of the 44 as SVG path data, and England drawn small."""

from __future__ import annotations

import json
import math
from functools import cache
from html import escape
from itertools import pairwise, zip_longest
from typing import Any

from stp_data.core import geometry, paths
from stp_data.core.atlas import Atlas
from stp_data.places import footprints

# A degree of latitude is this many times as long as one of longitude in the middle of England.
STRETCH = 1.66
LAND, NEIGHBOUR, CHOSEN = "#cfc8da", "#a08cc0", "#c2410c"
LOCATOR_WIDTH = 300
Ring = list[tuple[float, float]]


@cache
def polygons(atlas: Atlas) -> dict[str, list[list[Ring]]]:
    """Polygons of each footprint (the first ring is the edge, others are holes), in degrees."""
    del atlas  # the outlines belong to it
    features = json.loads(geometry.FINE_OUTLINES.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: _polygons(feature["geometry"]) for feature in features}


def _polygons(shape: dict[str, Any]) -> list[list[Ring]]:
    found: list[list[Ring]] = shape["coordinates"]
    return [shape["coordinates"]] if shape["type"] == "Polygon" else found


@cache
def england(
    atlas: Atlas, width: int, *, highest: float = math.inf, london: bool = False
) -> tuple[dict[str, str], int]:
    """Path data of each footprint, by code, for a map of that width, and the map's height.

    A map that would be higher than ``highest`` is narrower, at the right. With ``london`` London is
    there twice: at its place and, three times as large, in the sea.
    """
    text = (paths.STATIC / atlas.static_files.map).read_text(encoding="utf-8")
    rings = [
        (feature["properties"]["code"], ring)
        for feature in json.loads(text)["features"]
        if london or "inset" not in feature["properties"]
        for polygon in _polygons(feature["geometry"])
        for ring in polygon
    ]
    points = [point for _, ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = min(width / (east - west), highest / (north - south) / STRETCH)
    found = dict.fromkeys(footprints.all_footprints(atlas), "")
    for code, ring in rings:
        found[code] += path_data(
            [
                (round(width - (east - lon) * scale), round((north - lat) * scale * STRETCH))
                for lon, lat in ring
            ]
        )
    return found, math.ceil((north - south) * scale * STRETCH)


@cache
def locator(atlas: Atlas, code: str) -> str:
    """A small map of England as a whole SVG document: the footprint and its neighbours marked."""
    drawn, height = england(atlas, LOCATOR_WIDTH)
    chosen = footprints.all_footprints(atlas)[code]
    beside = {other.code for other in footprints.neighbours(atlas, code)}
    land = "".join(path for c, path in drawn.items() if c != code and c not in beside)
    near = "".join(drawn[c] for c in sorted(beside))
    title = escape(f"Where {chosen.name} lies in England, with its neighbours")
    size = f"{LOCATOR_WIDTH + 4} {height + 4}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {size}" '
        f'role="img" aria-label="{title}"><title>{title}</title>'
        f'<g stroke="#fff" stroke-width=".6"><path fill="{LAND}" d="{land}"/>'
        f'<path fill="{NEIGHBOUR}" d="{near}"/><path fill="{CHOSEN}" d="{drawn[code]}"/></g></svg>'
    )


def inset(atlas: Atlas, codes: tuple[str, ...], width: int) -> tuple[str, str]:
    """SVG path data of England ``width`` wide: some footprints, and all the others."""
    drawn, _ = england(atlas, width)
    others = "".join(path for code, path in drawn.items() if code not in codes)
    return "".join(drawn[code] for code in codes), others


def path_data(spots: list[tuple[int, int]]) -> str:
    """SVG path data of a closed line in steps from point to point, without needless points.

    Empty for what is smaller than the steps.
    """
    kept: list[tuple[int, int]] = []
    for spot, after in zip_longest(spots, spots[1:]):
        if kept and (spot == kept[-1] or (after and _on_the_way(kept[-1], spot, after))):
            continue
        kept.append(spot)
    if len(kept) < 4:
        return ""
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(kept)]
    # A minus sign parts two numbers as well as a space does.
    moves = " ".join(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}" for dx, dy in steps[:-1])
    return f"M{kept[0][0]} {kept[0][1]}l{moves.replace(' -', '-')}z"


def _on_the_way(start: tuple[int, int], spot: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a line from start to end passes the spot by less than could be seen."""
    across, along = end[0] - start[0], end[1] - start[1]
    longest = max(abs(across), abs(along))
    off = abs((spot[0] - start[0]) * along - (spot[1] - start[1]) * across)
    between = max(abs(spot[0] - start[0]), abs(spot[1] - start[1])) <= longest <= 12
    return between and off < longest * 0.6
