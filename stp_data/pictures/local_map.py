"""A footprint drawn large with its neighbours, each with a number that a list explains."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from stp_data.core.atlas import Atlas
from stp_data.pictures import outlines
from stp_data.pictures.outlines import Ring
from stp_data.places import footprints

WIDTH, HEIGHT = 250, 176
MARGIN = 0.36
"""Of the footprints' extent, on each side."""
ROOM = 7
"""Between the middle of a number and the frame."""
FAR = 6
"""Beyond the frame by so much, nothing of an outline is seen."""
Spot = tuple[int, int]


@dataclass(frozen=True)
class LocalMap:
    """A map of WIDTH by HEIGHT."""

    paths: dict[str, str]
    """SVG path data of each footprint in view, by code."""
    chosen: tuple[str, ...]
    beside: tuple[str, ...]
    numbers: dict[str, Spot]
    """Where the number of each footprint stands, by code: the chosen first, then neighbours."""
    width: int = WIDTH
    height: int = HEIGHT


def around(atlas: Atlas, codes: tuple[str, ...]) -> LocalMap:
    """The map around one or two footprints."""
    neighbours = [near.code for code in codes for near in footprints.neighbours(atlas, code)]
    beside = tuple(code for code in dict.fromkeys(neighbours) if code not in codes)
    drawn = _projected(atlas, codes)
    rings = {code: [ring for polygon in drawn[code] for ring in polygon] for code in drawn}
    paths = {
        code: "".join(outlines.path_data(_in_view(ring)) for ring in rings[code]) for code in rings
    }
    return LocalMap(
        paths={code: path for code, path in paths.items() if path},
        chosen=codes,
        beside=beside,
        numbers={code: _middle(drawn[code]) for code in (*codes, *beside)},
    )


def _projected(atlas: Atlas, codes: tuple[str, ...]) -> dict[str, list[list[list[Spot]]]]:
    """All outlines in whole units of the map, framed around ``codes``."""
    shapes = outlines.polygons(atlas)
    points = [point for code in codes for polygon in shapes[code] for point in polygon[0]]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    lon, lat = (west + east) / 2, (south + north) / 2
    narrower = math.cos(math.radians(lat))
    scale = (1 - MARGIN) * min(WIDTH / ((east - west) * narrower), HEIGHT / (north - south))

    def drawn(ring: Ring) -> list[Spot]:
        return [
            (
                round(WIDTH / 2 + (x - lon) * narrower * scale),
                round(HEIGHT / 2 - (y - lat) * scale),
            )
            for x, y in ring
        ]

    return {
        code: [[drawn(ring) for ring in polygon] for polygon in polygons]
        for code, polygons in shapes.items()
    }


def _in_view(ring: list[Spot]) -> list[Spot]:
    """The ring without points that are, like those beside them, past the same edge of the frame."""
    kept = ring[:1]
    for spot, after in zip(ring[1:], ring[2:] + ring[:1], strict=True):
        if not _past(kept[-1]) & _past(spot) & _past(after):
            kept.append(spot)
    everywhere = 15
    for spot in kept:
        everywhere &= _past(spot)
    return [] if everywhere else kept


def _past(spot: Spot) -> int:
    """The edges of the frame that a point is beyond, as bits."""
    x, y = spot
    return (x <= -FAR) | (x >= WIDTH + FAR) << 1 | (y <= -FAR) << 2 | (y >= HEIGHT + FAR) << 3


def _middle(polygons: list[list[list[Spot]]]) -> Spot:
    """The point of a shape in view that is furthest from its edge and from the frame."""
    image = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    for edge, *holes in polygons:
        pen.polygon(edge, fill=1)
        for hole in holes:
            pen.polygon(hole, fill=0)
    pen.rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline=0, width=ROOM)
    last = image
    while image.getbbox():
        last, image = image, image.filter(ImageFilter.MinFilter(3))
    left = np.argwhere(np.array(last))
    y, x = left[len(left) // 2]
    return int(x), int(y)
