"""The 44 coloured by a measure or by what their plans name: as a map, and as hexes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Query
from stp_data.overview import colours
from stp_data.overview.shading import Shade, Shading
from stp_data.overview.subject import Subject, subject, subject_of
from stp_data.pictures import hexes as hex_shapes
from stp_data.pictures import outlines, svg
from stp_data.pictures.figure import Drawing, Figure, Words
from stp_data.pictures.ink import Ink
from stp_data.places import footprints
from stp_data.priorities import themes_named

HIGH = 640
TOTAL, MAP, LEGEND = 640, 560, 240
"""Widths of the whole, the map and the legend."""
FINER = 4
"""Outlines are drawn in steps so many times finer than a unit."""
LETTER = 9.6
"""In hexes, for a hex of RADIUS."""
RADIUS = 34.0
Draw = Callable[[Atlas, Shading, Ink, int], tuple[list[str], float]]
"""What draws the 44 so wide: the pieces, and how high they are."""


def map_of_measure(atlas: Atlas, query: Query, ink: Ink, width: int) -> Figure:
    """The outlines, with London again at the top right, three times as large."""
    return _map(atlas, subject(atlas, query), ink, width)


def map_of_themes(atlas: Atlas, query: Query, ink: Ink, width: int) -> Figure:
    """The map of the plans that name one or more themes."""
    return _map(atlas, subject_of(atlas, themes_named.question(atlas, query)), ink, width)


def hexes(atlas: Atlas, query: Query, ink: Ink, width: int) -> Figure:
    """One hex a footprint, so that small and large areas weigh the same."""
    return _figure(atlas, subject(atlas, query), ink, width, _hexes)


def _map(atlas: Atlas, shown: Subject, ink: Ink, width: int) -> Figure:
    found = _figure(atlas, shown, ink, width, _outlines)
    return replace(
        found,
        words=replace(
            found.words,
            subtitle=f"{found.words.subtitle} Top right: London, three times as large.",
            source=f"{found.words.source} Outlines: contains National Statistics data and OS data "
            "© Crown copyright and database right 2017.",
        ),
    )


def _figure(atlas: Atlas, shown: Subject, ink: Ink, width: int, draw: Draw) -> Figure:
    total = min(width, TOTAL)
    wide_map = min(total, MAP)
    parts, high = draw(atlas, shown.shading, ink, wide_map)
    legend, legend_high = _legend(shown.shading, ink)
    # At the top left there is only sea and Wales; on a phone the legend stands below.
    below = total < TOTAL
    body = svg.group(parts, across=total - wide_map)
    body += svg.group(legend, down=high + 8 if below else 0)
    high += legend_high + 8 if below else 0
    cited = [sources.reference(sources.source(atlas, key)) for key in shown.sources]
    said = "; ".join(cited) if len(cited) <= 3 else f"{len(cited)} documents, named in the atlas"
    return Figure(
        Drawing(total, math.ceil(high), body),
        Words(
            title=shown.finding,
            subtitle=shown.subtitle,
            source=f"{said or 'documents named on the Priorities page of the atlas'}.",
            alt=f"{shown.finding}. The table view of the atlas has every figure.",
        ),
    )


def _legend(shading: Shading, ink: Ink) -> tuple[list[str], float]:
    parts, y = [], 0.0
    for key in shading.legend:
        parts.append(
            f'<rect x="0" y="{svg.number(y + 2)}" width="22" height="14" fill="{key.colour}" '
            f'stroke="{ink.soft}" stroke-width=".5"/>'
        )
        for line in svg.wrapped(key.text, LEGEND - 30):
            y += 16
            parts.append(svg.text(30, y - 2, line, ink.text))
        y += 6
    return parts, y


def _outlines(atlas: Atlas, shading: Shading, ink: Ink, width: int) -> tuple[list[str], float]:
    drawn, high = outlines.england(atlas, width * FINER, highest=HIGH * FINER, london=True)
    edge = ink.paper or "var(--st-background-color)"
    parts = [
        f'<path d="{drawn[shade.code]}" fill="{shade.colour}">{_tip(atlas, shade)}</path>'
        for shade in shading.shades
    ]
    look = f'transform="scale({1 / FINER})" stroke="{edge}" stroke-width="{0.7 * FINER}"'
    return [f"<g {look}>{''.join(parts)}</g>"], high / FINER


def _tip(atlas: Atlas, shade: Shade) -> str:
    name = footprints.all_footprints(atlas)[shade.code].name
    return f"<title>{svg.escaped(name)}: {svg.escaped(shade.text)}</title>"


def _hexes(atlas: Atlas, shading: Shading, ink: Ink, width: int) -> tuple[list[str], float]:
    middles, (wide, high) = hex_shapes.middles(atlas, RADIUS), hex_shapes.size(atlas, RADIUS)
    shape = hex_shapes.path([(0, 0)], 0.97 * RADIUS)
    parts = []
    for shade in shading.shades:
        letters = colours.readable(shade.colour) if shade.inside else ink.text
        lines = svg.balanced(footprints.all_footprints(atlas)[shade.code].short_name, 3)
        names = [
            svg.text(
                0, (i - (len(lines) - 1) / 2) * 10 + 3, line, letters,
                anchor="middle", size=LETTER, bold=True,
            )
            for i, line in enumerate(lines)
        ]  # fmt: skip
        hexagon = f'<path d="{shape}" fill="{shade.colour}"/>'
        x, y = middles[shade.code]
        parts.append(svg.group([hexagon, *names, _tip(atlas, shade)], across=x, down=y))
    scale = width / wide
    return [f'<g transform="scale({scale:.4f})">{"".join(parts)}</g>'], high * scale
