"""The 44 as dots on a line, one measure a row, with the same figures in words beside it."""

from __future__ import annotations

from html import escape

from stp_data.core.atlas import Atlas
from stp_data.overview import among_the_44, summary
from stp_data.overview.among_the_44 import Strip
from stp_data.places import footprints, measures
from ui.parts import html, pictures
from ui.parts.cells import line, part

WIDE, HIGH, EDGE = 200, 24, 8
"""Units of the drawing; dots keep ``EDGE`` away from its ends."""
DOT, MARK, HERE = "#958da4", "#6f6780", "#e8590c"
"""Colours that stand out from a light and from a dark page: a picture does not know the theme."""


def _x(at: float) -> str:
    return f"{EDGE + at * (WIDE - 2 * EDGE):.0f}"


def drawing(strip: Strip) -> str:
    """One line of dots, with what it shows in words."""
    middle = HIGH // 2
    dots = "".join(f"M{x} {middle}h0" for x in dict.fromkeys(_x(at) for at in strip.dots))
    england = (
        f"<path d='M{_x(strip.england_at)} 1v{HIGH - 2}' stroke='{MARK}' stroke-width='2.5'/>"
        if strip.england_at is not None
        else ""
    )
    alike = "".join(
        f"<circle cx='{_x(at)}' cy='{middle}' r='5' fill='none' stroke='{MARK}' "
        "stroke-width='1.8'/>"
        for at in strip.alike_at
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDE} {HIGH}'>"
        f"<path d='{dots}' stroke='{DOT}' stroke-width='6' stroke-linecap='round'/>"
        f"{england}{alike}<circle cx='{_x(strip.here_at)}' cy='{middle}' r='6' fill='{HERE}'/>"
        "</svg>"
    )
    return pictures.image(svg, strip.words, "stp-dots")


def legend(atlas: Atlas, code: str) -> str:
    """What the marks mean."""
    name = escape(footprints.all_footprints(atlas)[code].name)
    return (
        '<p class="stp-note">Each dot is one footprint, lowest figure on the left. '
        f'<b class="stp-here">●</b> {name}; <b>|</b> England; <b>○</b> the three areas most '
        "similar in age, rurality, deprivation and density.</p>"
    )


def three_aims(atlas: Atlas, code: str) -> str:
    """The measures of each of the plans' three aims: the one furthest from England's, and all."""
    parts = [legend(atlas, code)]
    for aim in among_the_44.aims(atlas):
        name = f"{aim[0].upper()}{aim[1:]}"
        rows = among_the_44.strips(atlas, code, aim)
        parts.append(part(name))
        if rows:
            parts += [_furthest(atlas, code, aim), table(atlas, code, name, rows)]
        else:
            parts.append(line("No yearly shortfall in 2020/21 that the sources agree on."))
    return "".join(parts)


def _furthest(atlas: Atlas, code: str, aim: str) -> str:
    for row in summary.furthest_from_england(atlas, code):
        if row.measure.aim == aim:
            here, england = (measures.shown(row.measure, v) for v in (row.here, row.england))
            label = f"{row.measure.label[0].lower()}{row.measure.label[1:]}"
            return line(
                f"Furthest from England: {escape(label)}, <b>{here}</b> here, "
                f"{england} in England ({html.cite(atlas, row.source)})."
            )
    return line("No figure for England to compare with: compare only figures that cover the same.")


def table(atlas: Atlas, code: str, about: str, rows: tuple[Strip, ...]) -> str:
    """The strips of some measures, with every figure that they mark."""
    places = footprints.all_footprints(atlas)
    near = [places[other].short_name for other in among_the_44.most_alike(atlas, code)]
    return html.table(
        f"{about}: {places[code].name} among the 44",
        ["Measure, period and source", "The 44", "Here", "England", "Rank", *near],
        [
            [
                f"{escape(strip.measure.label)}<br><small>{escape(strip.as_of)}, "
                f"{html.cite(atlas, strip.source)}</small>",
                drawing(strip),
                f"<b>{measures.shown(strip.measure, strip.value)}</b>",
                _value(strip, strip.england),
                f"{strip.rank} of {strip.of}",
                *(_value(strip, figure) for figure in strip.alike),
            ]
            for strip in rows
        ],
        numbers_from=2,
    )


def _value(strip: Strip, figure: float | None) -> str:
    """A figure; a dash where there is none to compare with."""
    return "–" if figure is None else measures.shown(strip.measure, figure)
