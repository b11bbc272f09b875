"""The picture that a chat shows beside a link: England, a heading and the source."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from stp_data.core.atlas import Atlas
from stp_data.overview import summary
from stp_data.pictures import outlines
from stp_data.places import footprints

WIDE, HIGH = 1200, 630
FINER = 2
"""Outlines are drawn so many times as large and then shrunk, which smooths them."""
PAPER, LAND, EDGE, CHOSEN, OTHER, INK, SOFT = (
    "#ffffff", "#d9d2e6", "#ffffff", "#d9480f", "#6b3fa0", "#1d1a24", "#55505f",
)  # fmt: skip
TOP, RIGHT, MAP_HIGH = 30, 40, 570
TEXT_LEFT, TEXT_WIDE = 60, 640
FOOT = HIGH - 56
MOST_LINES = 6


def footprints_preview(atlas: Atlas, codes: tuple[str, ...]) -> bytes:
    """Return a PNG of one or two footprints on the map, with names and numbers of people."""
    places = footprints.all_footprints(atlas)
    colours = dict(zip(codes, (CHOSEN, OTHER), strict=False))
    image = _england(atlas, colours)
    pen = _start(image, "STP Atlas briefing")
    y = 112.0
    size = 58 if len(codes) == 1 else 42
    for code, colour in colours.items():
        for line in _lines(places[code].name, size):
            pen.text((TEXT_LEFT, y), line, font=_font(size), fill=INK)
            y += size * 1.16
        pen.line((TEXT_LEFT, y + 12, TEXT_LEFT + 90, y + 12), fill=colour, width=8)
        people = f"{summary.summary(atlas, code).people:,} people"
        pen.text((TEXT_LEFT, y + 30), people, font=_font(size * 0.72), fill=INK)
        y += size * 0.72 + 66
    source = "Source: Office for National Statistics, mid-2017 population estimates"
    pen.text((TEXT_LEFT, FOOT - 30), source, font=_font(20), fill=SOFT)
    return _finished(image)


def finding_preview(atlas: Atlas, finding: str, colours: Mapping[str, str]) -> bytes:
    """Return a PNG of a sentence beside the 44 in the colours of its map, or all alike."""
    image = _england(atlas, colours)
    pen = _start(image, "STP Atlas")
    size = 50 if len(_lines(finding, 50)) <= MOST_LINES else 38
    for i, line in enumerate(_lines(finding, size)):
        pen.text((TEXT_LEFT, 112 + i * size * 1.16), line, font=_font(size), fill=INK)
    return _finished(image)


def _start(image: Image.Image, heading: str) -> ImageDraw.ImageDraw:
    pen = ImageDraw.Draw(image)
    pen.text((TEXT_LEFT, 56), heading, font=_font(28), fill=SOFT)
    pen.text((TEXT_LEFT, FOOT), "Not an official NHS service", font=_font(20), fill=SOFT)
    return pen


def _finished(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _england(atlas: Atlas, colours: Mapping[str, str]) -> Image.Image:
    """The 44 at the right side of the picture, in their colours where they have one."""
    shapes = outlines.polygons(atlas)
    points = [p for polygons in shapes.values() for polygon in polygons for p in polygon[0]]
    east, north = max(p[0] for p in points), max(p[1] for p in points)
    scale = MAP_HIGH * FINER / (north - min(p[1] for p in points))
    image = Image.new("RGB", (WIDE * FINER, HIGH * FINER), PAPER)
    pen = ImageDraw.Draw(image)
    for code in sorted(shapes, key=lambda code: code in colours):
        for edge, *_ in shapes[code]:
            spots = [
                (
                    (WIDE - RIGHT) * FINER - (east - lon) / outlines.STRETCH * scale,
                    TOP * FINER + (north - lat) * scale,
                )
                for lon, lat in edge
            ]
            pen.polygon(spots, fill=colours.get(code, LAND), outline=EDGE, width=FINER)
    return image.resize((WIDE, HIGH), Image.Resampling.LANCZOS)


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _lines(words: str, size: float) -> list[str]:
    """The words in lines that fit beside the map."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _font(size).getlength(longer) > TEXT_WIDE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
