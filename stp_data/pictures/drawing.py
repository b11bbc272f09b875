"""England drawn small, as SVG: where one footprint lies."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from itertools import pairwise, zip_longest
from typing import Any

from stp_data.core import paths
from stp_data.core.atlas import Atlas
from stp_data.places import footprints

WIDTH = 300
# A degree of latitude is this many times as long as one of longitude in the middle of England.
STRETCH = 1.66
LAND, NEIGHBOUR, CHOSEN = "#cfc8da", "#a08cc0", "#c2410c"


@cache
def _outlines(atlas: Atlas) -> tuple[dict[str, str], int]:
    """SVG path data of each footprint in a drawing WIDTH wide, and its height."""
    text = (paths.STATIC / atlas.static_files.map).read_text(encoding="utf-8")
    shapes = {
        feature["properties"]["code"]: rings(feature["geometry"])
        for feature in json.loads(text)["features"]
        if "inset" not in feature["properties"]
    }
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = WIDTH / (east - west)

    def draw(ring: list[tuple[float, float]]) -> str:
        spots = [
            f"{(lon - west) * scale:.0f} {(north - lat) * scale * STRETCH:.0f}" for lon, lat in ring
        ]
        kept = [spot for i, spot in enumerate(spots) if i == 0 or spot != spots[i - 1]]
        # Islands smaller than a pixel vanish.
        return f"M{'L'.join(kept)}Z" if len(kept) > 3 else ""

    drawn = {code: "".join(draw(ring) for ring in rings) for code, rings in shapes.items()}
    return drawn, round((north - south) * scale * STRETCH)


def rings(geometry: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Every ring of an outline in GeoJSON, edges and holes alike."""
    alone = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if alone else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


@cache
def locator(atlas: Atlas, code: str) -> str:
    """A small map of England as a whole SVG document: the footprint and its neighbours marked."""
    drawn, height = _outlines(atlas)
    chosen = footprints.all_footprints(atlas)[code]
    beside = {other.code for other in footprints.neighbours(atlas, code)}
    land = "".join(path for c, path in drawn.items() if c != code and c not in beside)
    near = "".join(drawn[c] for c in sorted(beside))
    title = escape(f"Where {chosen.name} lies in England, with its neighbours")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {WIDTH + 4} {height + 4}" '
        f'role="img" aria-label="{title}"><title>{title}</title>'
        f'<g stroke="#fff" stroke-width=".6"><path fill="{LAND}" d="{land}"/>'
        f'<path fill="{NEIGHBOUR}" d="{near}"/><path fill="{CHOSEN}" d="{drawn[code]}"/></g></svg>'
    )


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


@cache
def inset(atlas: Atlas, codes: tuple[str, ...], width: int) -> tuple[str, str]:
    """SVG path data of England ``width`` wide: some footprints, and all the others."""
    drawn = _silhouettes(atlas, width)
    others = "".join(path for code, path in drawn.items() if code not in codes)
    return "".join(drawn[code] for code in codes), others


@cache
def _silhouettes(atlas: Atlas, width: int) -> dict[str, str]:
    drawn, _ = _outlines(atlas)
    found = {}
    for code, path in drawn.items():
        rings = [ring.rstrip("Z").split("L") for ring in path.split("M")[1:]]
        spots = [[tuple(map(int, spot.split())) for spot in ring] for ring in rings]
        found[code] = "".join(
            path_data([(round(x * width / WIDTH), round(y * width / WIDTH)) for x, y in ring])
            for ring in spots
        )
    return found
