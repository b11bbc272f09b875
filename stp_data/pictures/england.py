"""The 44 coloured by a measure or by what their plans name: as a map, and as hexes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

from stp_data.core import paths, sources
from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.overview.shading import Shade, Shading
from stp_data.overview.subject import PRIORITIES, Subject, subject, subject_of
from stp_data.pictures import drawing, svg
from stp_data.pictures.figure import Drawing, Figure, Words
from stp_data.pictures.ink import Ink
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Match, Question, Rules

HIGH = 640
TOTAL, MAP, LEGEND = 640, 560, 240
"""Widths of the whole, the map and the legend."""
LETTER = 9.6
"""In hexes, for a hex of RADIUS."""
RADIUS = 34.0
ALL = "all"
_Draw = Callable[[Atlas, Shading, Ink, int], tuple[list[str], float]]


def measures_asked(atlas: Atlas) -> tuple[str, ...]:
    """What can be mapped, the one that the page begins with first."""
    others = [key for key in measures.mapped(atlas) if key != measures.DEFAULT]
    return (measures.DEFAULT, *others, PRIORITIES)


def themes_asked(atlas: Atlas) -> tuple[str, ...]:
    """With PRIORITIES: how many themes, or one of them."""
    return (ALL, *themes_named.themes(atlas))


def regions_asked(atlas: Atlas) -> tuple[str, ...]:
    """All England, or the key of an NHS region."""
    return (ALL, *footprints.regions(atlas))


def map_of_england(atlas: Atlas, asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """The outlines, with London again at the top right, three times as large."""
    return _on_outlines(_figure(asked_subject(atlas, asked), atlas, ink, width, _outlines))


def who_names_them(atlas: Atlas, asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """The map of the plans that name one or more themes."""
    shown = subject_of(atlas, asked_question(atlas, asked), dark=False)
    return _on_outlines(_figure(shown, atlas, ink, width, _outlines))


def asked_question(atlas: Atlas, asked: Mapping[str, str]) -> Question:
    """Themes, match, evidence, firmness, years and region as a question."""
    rules = Rules.asked(asked)
    region = None if asked["region"] == ALL else footprints.regions(atlas)[asked["region"]]
    match: Match = "any" if asked["match"] == "any" else "all"
    return Question(tuple(asked["theme"].split(",")), match, rules, region)


def _on_outlines(found: Figure) -> Figure:
    return replace(
        found,
        words=replace(
            found.words,
            subtitle=f"{found.words.subtitle} Top right: London, three times as large.",
            source=f"{found.words.source} Outlines: contains National Statistics data and OS data "
            "© Crown copyright and database right 2017.",
        ),
    )


def hexes(atlas: Atlas, asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """One hex a footprint, so that small and large areas weigh the same."""
    return _figure(asked_subject(atlas, asked), atlas, ink, width, _hexes)


def asked_subject(atlas: Atlas, asked: Mapping[str, str]) -> Subject:
    """Measure, theme and region as what a map shows."""
    region, theme = (None if asked[name] == ALL else asked[name] for name in ("region", "theme"))
    return subject(atlas, asked["measure"], theme, region, dark=False)


def _figure(shown: Subject, atlas: Atlas, ink: Ink, width: int, draw: _Draw) -> Figure:
    total = min(width, TOTAL)
    wide_map = min(total, MAP)
    parts, high = draw(atlas, shown.shading, ink, wide_map)
    legend, legend_high = _legend(shown.shading, ink, LEGEND)
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


def _legend(shading: Shading, ink: Ink, most: float) -> tuple[list[str], float]:
    parts, y = [], 0.0
    for key in shading.legend:
        parts.append(
            f'<rect x="0" y="{svg.number(y + 2)}" width="22" height="14" fill="{key.colour}" '
            f'stroke="{ink.soft}" stroke-width=".5"/>'
        )
        for line in svg.wrapped(key.text, most - 30):
            y += 16
            parts.append(svg.text(30, y - 2, line, ink.text))
        y += 6
    return parts, y


def _outlines(atlas: Atlas, shading: Shading, ink: Ink, width: int) -> tuple[list[str], float]:
    drawn, high = _paths(atlas, width)
    places = footprints.all_footprints(atlas)
    edge = ink.paper or "var(--st-background-color)"
    parts = [
        f'<path d="{"".join(drawn[shade.code])}" fill="{shade.colour}" stroke="{edge}" '
        f'stroke-width=".7">{_tip(places[shade.code], shade)}</path>'
        for shade in shading.shades
    ]
    return parts, high


def _tip(place: Footprint, shade: Shade) -> str:
    return f"<title>{svg.escaped(place.name)}: {svg.escaped(shade.text)}</title>"


@cache
def _paths(atlas: Atlas, width: int) -> tuple[dict[str, list[str]], float]:
    """Path data of each footprint, London's twice, for a map of that width, and its height."""
    text = (paths.STATIC / atlas.static_files.map).read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    rings = [
        (f["properties"]["code"], ring) for f in features for ring in drawing.rings(f["geometry"])
    ]
    points = [point for _, ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = min(width / (east - west), HIGH / (north - south) / drawing.STRETCH)
    shift = width - (east - west) * scale
    found: dict[str, list[str]] = {code: [] for code in footprints.all_footprints(atlas)}
    for code, ring in rings:
        spots = [
            f"{svg.number(shift + (lon - west) * scale)} "
            f"{svg.number((north - lat) * scale * drawing.STRETCH)}"
            for lon, lat in ring
        ]
        kept = [spots[0], *(b for a, b in pairwise(spots) if a != b)]
        if len(kept) > 3:
            found[code].append(f"M{'L'.join(kept)}Z")
    return found, (north - south) * scale * drawing.STRETCH


@cache
def small_outlines(atlas: Atlas, width: int) -> tuple[dict[str, str], int]:
    """Path data of each footprint for a small page, in whole steps, and the height of the map."""
    drawn, height = _paths(atlas, width)
    found = {}
    for code, rings in drawn.items():
        spots = [[tuple(map(float, p.split())) for p in ring[1:-1].split("L")] for ring in rings]
        found[code] = "".join(
            drawing.path_data([(round(x), round(y)) for x, y in ring]) for ring in spots
        )
    return found, math.ceil(height)


def _hexes(atlas: Atlas, shading: Shading, ink: Ink, width: int) -> tuple[list[str], float]:
    places = footprints.all_footprints(atlas)
    across = math.sqrt(3) * RADIUS
    at = {
        code: ((place.hex_q + place.hex_r / 2) * across, place.hex_r * 1.5 * RADIUS)
        for code, place in places.items()
    }
    left = min(x for x, _ in at.values()) - across / 2
    top = min(y for _, y in at.values()) - RADIUS
    wide = max(x for x, _ in at.values()) + across / 2 - left
    high = max(y for _, y in at.values()) + RADIUS - top
    scale = width / wide
    turns = [i * math.pi / 3 for i in range(6)]
    drawn = 0.97 * RADIUS
    corners = " ".join(
        f"{svg.number(drawn * math.sin(turn))},{svg.number(-drawn * math.cos(turn))}"
        for turn in turns
    )
    parts = []
    for shade in shading.shades:
        x, y = at[shade.code]
        letters = colours.readable(shade.colour) if shade.inside else ink.text
        lines = svg.balanced(places[shade.code].short_name, 3)
        parts.append(
            svg.group(
                [
                    f'<polygon points="{corners}" fill="{shade.colour}"/>',
                    *(
                        svg.text(
                            0, (i - (len(lines) - 1) / 2) * 10 + 3, line, letters,
                            anchor="middle", size=LETTER, bold=True,
                        )
                        for i, line in enumerate(lines)
                    ),
                    _tip(places[shade.code], shade),
                ],
                across=x - left,
                down=y - top,
            )
        )  # fmt: skip
    return [f'<g transform="scale({scale:.4f})">{"".join(parts)}</g>'], high * scale
