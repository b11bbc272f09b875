"""A footprint drawn large with its neighbours, and where their names have room."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from stp_data.core import geometry
from stp_data.core.atlas import Atlas
from stp_data.pictures import drawing
from stp_data.places import footprints
from stp_data.places.footprints import Footprint

WIDTH, HEIGHT = 250, 176
MARGIN = 0.36
"""Of the footprints' extent, on each side."""
LETTER = 10.5
"""Height of letters; a line of text takes LINE."""
LINE = 12
# Arial is a little wider than the letters measured with.
WIDER, BOLD = 1.08, 1.08
STEP = 3

Point = tuple[float, float]
Mask = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Label:
    """A name on the map."""

    code: str
    lines: tuple[str, ...]
    x: float
    """Middle of the text."""
    y: float
    """Top of the text."""
    line: tuple[Point, Point] | None
    """From the text to a point of the shape, when the text stands aside."""


@dataclass(frozen=True)
class Closeup:
    """A map of WIDTH by HEIGHT."""

    paths: dict[str, str]
    """SVG path data of each footprint in view, by code."""
    chosen: tuple[str, ...]
    beside: tuple[str, ...]
    labels: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT


@cache
def outlines(atlas: Atlas) -> dict[str, list[list[list[Point]]]]:
    """Polygons of each footprint (the first ring is the edge, others are holes), in degrees."""
    del atlas  # the outlines belong to it
    found = {}
    for feature in json.loads(geometry.FINE_OUTLINES.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        alone = shape["type"] == "Polygon"
        found[feature["properties"]["code"]] = (
            [shape["coordinates"]] if alone else shape["coordinates"]
        )
    return found


def closeup(atlas: Atlas, codes: tuple[str, ...]) -> Closeup:
    """The map around one or two footprints."""
    neighbours = [n for code in codes for n in footprints.neighbours(atlas, code)]
    beside = {n.code: n for n in neighbours if n.code not in codes}
    drawn = _projected(atlas, codes)
    masks = {code: _mask(polygons) for code, polygons in drawn.items()}
    everyone = footprints.all_footprints(atlas)
    return Closeup(
        paths={code: path for code, polygons in drawn.items() if (path := _path(polygons))},
        chosen=codes,
        beside=tuple(beside),
        labels=_place([everyone[code] for code in codes], list(beside.values()), masks),
    )


def _projected(atlas: Atlas, codes: tuple[str, ...]) -> dict[str, list[list[list[Point]]]]:
    """All outlines in units of the map, framed around ``codes``."""
    shapes = outlines(atlas)
    points = [p for code in codes for polygon in shapes[code] for p in polygon[0]]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrower = math.cos(math.radians((south + north) / 2))
    scale = (1 - MARGIN) * min(WIDTH / ((east - west) * narrower), HEIGHT / (north - south))
    middle = ((west + east) / 2, (south + north) / 2)
    return {
        code: [
            [
                [
                    (
                        WIDTH / 2 + (lon - middle[0]) * narrower * scale,
                        HEIGHT / 2 - (lat - middle[1]) * scale,
                    )
                    for lon, lat in ring
                ]
                for ring in polygon
            ]
            for polygon in polygons
        ]
        for code, polygons in shapes.items()
    }


def _path(polygons: list[list[list[Point]]]) -> str:
    """SVG path data in whole steps, without what lies wholly outside the frame."""
    rings = (ring for polygon in polygons for ring in polygon)
    return "".join(
        drawing.path_data(_within_reach([(round(x), round(y)) for x, y in ring])) for ring in rings
    )


def _within_reach(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ring without points that are, like those beside them, past the same edge of the frame."""
    kept = ring[:1]
    for spot, after in zip(ring[1:], ring[2:] + ring[:1], strict=True):
        if not _past(kept[-1]) & _past(spot) & _past(after):
            kept.append(spot)
    everywhere = _past((-FAR, -FAR)) | _past((WIDTH + FAR, HEIGHT + FAR))
    for spot in kept:
        everywhere &= _past(spot)
    return [] if everywhere else kept


FAR = 6
"""Beyond the frame by so much, nothing of an outline is seen."""


def _past(spot: tuple[int, int]) -> int:
    """The edges of the frame that a point is beyond, as bits."""
    x, y = spot
    return (x <= -FAR) | (x >= WIDTH + FAR) << 1 | (y <= -FAR) << 2 | (y >= HEIGHT + FAR) << 3


def _mask(polygons: list[list[list[Point]]]) -> Mask:
    """Which points of the map belong to the shape."""
    image = Image.new("1", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    for edge, *holes in polygons:
        pen.polygon([tuple(p) for p in edge], fill=1)
        for hole in holes:
            pen.polygon([tuple(p) for p in hole], fill=0)
    return np.array(image, dtype=bool)


class _Sums:
    """How many points of a mask lie in every box of one size, quickly."""

    def __init__(self, mask: Mask) -> None:
        self.table = np.pad(mask.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def boxes(self, wide: int, high: int) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
        """Entry [y, x] counts the box with that upper left corner."""
        t = self.table
        return t[high:, wide:] - t[:-high, wide:] - t[high:, :-wide] + t[:-high, :-wide]  # type: ignore[no-any-return]


def _place(
    chosen: list[Footprint], beside: list[Footprint], masks: dict[str, Mask]
) -> tuple[Label, ...]:
    """Names, each where it fits best: inside its own shape, else beside it with a line."""
    taken = np.zeros((HEIGHT, WIDTH), dtype=bool)
    ours = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for footprint in chosen:
        ours |= masks[footprint.code]
    labels = []
    # Those with the least room choose first, after the footprint itself.
    rest = sorted(beside, key=lambda f: int(masks[f.code].sum()))
    aside = []
    for footprint in (*chosen, *rest):
        label = _inside(footprint, masks[footprint.code], taken, ours=footprint in chosen)
        if label is None:
            aside.append(footprint)
        else:
            labels.append(label)
            _take(taken, label)
    targets = {footprint.code: _heart(masks[footprint.code]) for footprint in aside}
    for x, y in targets.values():
        taken[max(0, round(y) - DOT) : round(y) + DOT, max(0, round(x) - DOT) : round(x) + DOT] = (
            True
        )
    for footprint in aside:
        label = _aside(footprint, targets[footprint.code], taken, ours)
        labels.append(label)
        _take(taken, label)
    return tuple(labels)


DOT = 4
"""Room kept free around the end of a line."""


def _take(taken: Mask, label: Label) -> None:
    wide, high = _size(label.lines)
    x, y = round(label.x - wide / 2), round(label.y)
    taken[max(0, y - 1) : y + high + 1, max(0, x - 2) : x + wide + 2] = True
    if label.line is not None:
        image = Image.fromarray(taken)
        ImageDraw.Draw(image).line(label.line, fill=1, width=3)
        taken |= np.array(image, dtype=bool)


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(LETTER)


def _size(lines: tuple[str, ...], bolder: float = 1) -> tuple[int, int]:
    wide = max(_font().getlength(line) for line in lines) * WIDER * bolder
    return math.ceil(wide) + 2, LINE * len(lines) + 1


def _wrapped(name: str, most: int) -> list[tuple[str, ...]]:
    """The name on one line, two lines and so on, each as even as it can be."""
    words = name.split()
    found = []
    for number in range(1, min(most, len(words)) + 1):
        limit = min(
            (len(" ".join(words[i:j])) for i in range(len(words)) for j in range(i, len(words) + 1)
             if len(_filled(words, len(" ".join(words[i:j])))) <= number),
        )  # fmt: skip
        found.append(_filled(words, limit))
    return list(dict.fromkeys(found))


def _filled(words: list[str], limit: int) -> tuple[str, ...]:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def _inside(footprint: Footprint, mask: Mask, taken: Mask, *, ours: bool) -> Label | None:
    """The name, or else its short form, inside the shape; None when it does not fit.

    The footprint's own name is bold, and any may reach over its edge a little.
    """
    bolder, shares = (BOLD, (0.8,)) if ours else (1, (0.97, 0.8))
    own, used = _Sums(mask), _Sums(taken)
    if not mask.any():
        return None
    rows, columns = np.nonzero(mask)
    centre = (float(columns.mean()), float(rows.mean()))
    names = dict.fromkeys((footprint.name, footprint.short_name))
    for share, name in product(shares, names):
        for lines in _wrapped(name, 4):
            wide, high = _size(lines, bolder)
            if wide + 4 >= WIDTH or high + 4 >= HEIGHT:
                continue
            fits = (own.boxes(wide, high) >= share * wide * high) & (used.boxes(wide, high) == 0)
            fits[:2], fits[-2:], fits[:, :2], fits[:, -2:] = False, False, False, False
            if fits.any():
                y, x = np.nonzero(fits)
                away = (x + wide / 2 - centre[0]) ** 2 + (y + high / 2 - centre[1]) ** 2
                best = int(away.argmin())
                return Label(footprint.code, lines, float(x[best] + wide / 2), float(y[best]), None)
    return None


def _aside(footprint: Footprint, target: Point, taken: Mask, ours: Mask) -> Label:
    """The short name in free room near the shape, off the footprint itself where it can be.

    The line from it crosses no other name, as long as there is such a place.
    """
    used, on_ours = _Sums(taken), _Sums(ours)
    options: list[tuple[float, Label]] = []
    for lines in _wrapped(footprint.short_name, 3):
        wide, high = _size(lines)
        free = used.boxes(wide, high) == 0
        cost = on_ours.boxes(wide, high) * 2.0
        ys, xs = np.mgrid[0 : free.shape[0], 0 : free.shape[1]]
        cost = cost + np.hypot(xs + wide / 2 - target[0], ys + high / 2 - target[1])
        cost[~free] = np.inf
        cost[:2], cost[-2:], cost[:, :2], cost[:, -2:] = np.inf, np.inf, np.inf, np.inf
        for place in np.argsort(cost, axis=None)[:MOST_TRIED:TRIED_STEP]:
            y, x = divmod(int(place), cost.shape[1])
            start = (
                float(min(max(target[0], x), x + wide)),
                float(min(max(target[1], y), y + high)),
            )
            crossed = CROSSING if _crosses(taken, start, target) else 0.0
            label = Label(footprint.code, lines, float(x + wide / 2), float(y), (start, target))
            options.append((float(cost[y, x]) + crossed, label))
            if not crossed:
                break
    return min(options, key=lambda option: option[0])[1]


MOST_TRIED, TRIED_STEP, CROSSING = 12000, 11, 1e6


def _crosses(taken: Mask, start: Point, end: Point) -> bool:
    """Whether a line meets a name that is there already, before its own end."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    for step in range(int(length - DOT * 1.5)):
        part = step / length
        x, y = start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
        if taken[min(int(y), HEIGHT - 1), min(int(x), WIDTH - 1)]:
            return True
    return False


def _heart(mask: Mask) -> Point:
    """The visible point of a shape that is furthest from its edge, by ever larger squares."""
    sums = _Sums(mask)
    best = (WIDTH / 2, HEIGHT / 2)
    for side in range(1, HEIGHT, STEP):
        whole = np.argwhere(sums.boxes(side, side) == side * side)
        if not len(whole):
            break
        y, x = whole[len(whole) // 2]
        best = (float(x + side / 2), float(y + side / 2))
    return best
