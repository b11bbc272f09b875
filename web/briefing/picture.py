"""The preview picture: England with the footprint marked, its name, and one figure."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from stp_data import closeup, footprints, summary
from stp_data.atlas import Atlas

WIDE, HIGH = 1200, 630
FINER = 2
"""Outlines are drawn so many times as large and then shrunk, which smooths them."""
PAPER, LAND, EDGE, CHOSEN, OTHER, INK, SOFT = (
    "#ffffff", "#d9d2e6", "#ffffff", "#d9480f", "#6b3fa0", "#1d1a24", "#55505f",
)  # fmt: skip
TOP, RIGHT, MAP_HIGH = 30, 40, 570
# A degree of latitude is this many times as long as one of longitude in the middle of England.
STRETCH = 1.66
TEXT_LEFT, TEXT_WIDE = 60, 640


def png(atlas: Atlas, codes: tuple[str, ...]) -> bytes:
    """1200 by 630 pixels."""
    image = _england(atlas, codes)
    pen = ImageDraw.Draw(image)
    places = footprints.all_footprints(atlas)
    colours = (CHOSEN, OTHER)
    pen.text((TEXT_LEFT, 56), "STP Atlas briefing", font=_font(28), fill=SOFT)
    y = 112.0
    size = 58 if len(codes) == 1 else 42
    for code, colour in zip(codes, colours, strict=False):
        for line in _lines(places[code].name, size):
            pen.text((TEXT_LEFT, y), line, font=_font(size), fill=INK)
            y += size * 1.16
        pen.line((TEXT_LEFT, y + 12, TEXT_LEFT + 90, y + 12), fill=colour, width=8)
        people = f"{summary.summary(atlas, code).people:,} people"
        pen.text((TEXT_LEFT, y + 30), people, font=_font(size * 0.72), fill=INK)
        y += size * 0.72 + 66
    source = "Source: Office for National Statistics, mid-2017 population estimates"
    pen.text((TEXT_LEFT, HIGH - 86), source, font=_font(20), fill=SOFT)
    pen.text((TEXT_LEFT, HIGH - 56), "Not an official NHS service", font=_font(20), fill=SOFT)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _england(atlas: Atlas, codes: tuple[str, ...]) -> Image.Image:
    """The 44 at the right side of the picture."""
    shapes = closeup.outlines(atlas)
    points = [p for polygons in shapes.values() for polygon in polygons for p in polygon[0]]
    east, north = max(p[0] for p in points), max(p[1] for p in points)
    scale = MAP_HIGH * FINER / (north - min(p[1] for p in points))
    image = Image.new("RGB", (WIDE * FINER, HIGH * FINER), PAPER)
    pen = ImageDraw.Draw(image)
    colours = dict(zip(codes, (CHOSEN, OTHER), strict=False))
    for code in sorted(shapes, key=lambda code: code in codes):
        for edge, *_ in shapes[code]:
            spots = [
                (
                    (WIDE - RIGHT) * FINER - (east - lon) / STRETCH * scale,
                    TOP * FINER + (north - lat) * scale,
                )
                for lon, lat in edge
            ]
            pen.polygon(spots, fill=colours.get(code, LAND), outline=EDGE, width=FINER)
    return image.resize((WIDE, HIGH), Image.Resampling.LANCZOS)


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _lines(name: str, size: float) -> list[str]:
    """The name in lines that fit beside the map."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _font(size).getlength(longer) > TEXT_WIDE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
