"""A drawing with its words: as part of a page, or as a file that stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.pictures import svg
from stp_data.pictures.ink import ON_PAPER

WIDE, NARROW = 860, 340
"""Widths that charts are drawn for: a desk and a phone."""
EDGE = 20
FONT = "font-family=\"'Source Sans Pro','Source Sans 3',Arial,Helvetica,sans-serif\""


@dataclass(frozen=True)
class Drawing:
    """A chart without its words: SVG elements in a field of that size."""

    width: int
    height: int
    body: str


@dataclass(frozen=True)
class Words:
    """What stands around a chart."""

    title: str
    """The finding."""
    subtitle: str
    """Measure, place and period."""
    source: str
    """Who says so, in plain text."""
    alt: str
    """The finding for whoever does not see the chart, and where its table is."""


@dataclass(frozen=True)
class Figure:
    """A chart and its words."""

    drawing: Drawing
    words: Words


_SAID_TWICE = re.compile(r"(<g data-code=[^>]*>)<title>[^<]*</title>")


def in_page(figure: Figure) -> str:
    """SVG to be shown under a heading of the page.

    Without what is shown on hovering: the browser makes it out of the labels (picker.js).
    """
    drawing = figure.drawing
    body = _SAID_TWICE.sub(r"\1", drawing.body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" '
        f'role="group" aria-label="{escape(figure.words.alt)}" font-size="{svg.SIZE}">'
        f"{body}</svg>"
    )


def as_file(atlas: Atlas, figure: Figure) -> str:
    """A whole SVG document on paper, with title, subtitle, source, and whose work it is.

    The drawing must have been made with ink.ON_PAPER.
    """
    drawing, words, ink = figure.drawing, figure.words, ON_PAPER
    most = drawing.width
    parts: list[str] = []
    y = EDGE + 4.0
    for size, colour, bold, said in (
        (20, ink.text, True, words.title),
        (14, ink.soft, False, words.subtitle),
    ):
        for line in svg.wrapped(said, most, size, bold=bold):
            y += size * 1.25
            parts.append(svg.text(EDGE, y, line, colour, size=size, bold=bold))
        y += 4
    parts.append(svg.group([drawing.body], across=EDGE, down=y + 8))
    y += drawing.height + 12
    whose = f"STP Atlas, {wording.data_of(atlas)}. Not an official NHS service."
    for said in (f"Source: {words.source}", whose):
        for line in svg.wrapped(said, most, 12):
            y += 16
            parts.append(svg.text(EDGE, y, line, ink.soft, size=12))
    high, wide = round(y + EDGE), drawing.width + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(words.alt)}" '
        f'font-size="{svg.SIZE}" {FONT}><title>{escape(words.title)}</title>'
        f'<rect width="{wide}" height="{high}" fill="{ink.paper}"/>{"".join(parts)}</svg>'
    )
