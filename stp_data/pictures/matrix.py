"""The matrix of the 44 by themes, shaded by how firmly the plan names each."""

from __future__ import annotations

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query
from stp_data.overview import colours
from stp_data.pictures import svg
from stp_data.pictures.figure import Drawing, Figure, Words
from stp_data.pictures.ink import Ink
from stp_data.places import footprints
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Rules

CELL, ROW, NAMES, HEADS = 19.0, 17.0, 122.0, 205.0
SMALL = 11.5
ORDER = Choice(
    "order", "order of rows", lambda _: {"region": "By NHS region", "alike": "Group similar plans"},
    default="region",
)  # fmt: skip


def draw(atlas: Atlas, query: Query, ink: Ink, _width: int) -> Figure:
    """As wide as its columns, since cells cannot shrink and be read."""
    question = themes_named.question(atlas, query)
    rules = question.rules
    columns = sharing.matrix_columns(atlas, rules)
    parts = _heads(atlas, rules, columns, ink)
    y = HEADS
    for title, codes in sharing.matrix_groups(atlas, question, ORDER.word(query)):
        if title:
            y += ROW + 6
            parts.append(svg.text(0, y - 5, title, ink.text, size=SMALL, bold=True))
        for code in codes:
            parts += _row(atlas, rules, columns, code, y, ink)
            y += ROW
    parts += _legend(y + 14, ink)
    total = round(NAMES + CELL * len(columns) + 40)
    finding = sharing.matrix_finding(atlas, rules)
    return Figure(
        Drawing(total, round(y + 14 + 20 * len(sharing.DEGREES)), "".join(parts)),
        Words(
            title=finding,
            subtitle=f"{sharing.counted(rules)} Blank: not found in the documents read. 23+ means "
            "at least 23.",
            source="documents named for each cell on the Priorities page of the atlas.",
            alt=f"{finding}. The CSV of the matrix has every cell.",
        ),
    )


def _heads(atlas: Atlas, rules: Rules, columns: list[str], ink: Ink) -> list[str]:
    """Names of the themes, upright, each with how many plans at least name it."""
    themes, counts = themes_named.themes(atlas), themes_named.counts(atlas, rules)
    parts = []
    for i, key in enumerate(columns):
        x, y = svg.number(NAMES + CELL * (i + 0.5) + 4), svg.number(HEADS - 6)
        label = svg.text(0, 0, f"{themes[key].label} ({counts[key]}+)", ink.text, size=SMALL)
        parts.append(f'<g transform="translate({x} {y}) rotate(-90)">{label}</g>')
    return parts


def _row(
    atlas: Atlas, rules: Rules, columns: list[str], code: str, y: float, ink: Ink
) -> list[str]:
    place, number = footprints.all_footprints(atlas)[code], 0
    proofs = themes_named.evidence(atlas, later=True)
    parts = [svg.text(0, y + 12.5, place.short_name, ink.text, size=SMALL)]
    for i, key in enumerate(columns):
        degree = themes_named.degree(proofs.get((code, key), ()), rules)
        if not degree:
            continue
        number += 1
        shade = colours.strengths(dark=False)[degree - 1]
        tip = f"{place.name}, {themes_named.themes(atlas)[key].label}: {sharing.DEGREES[degree]}"
        digit = svg.text(
            CELL / 2 - 1, 11.5, str(degree), colours.readable(shade), anchor="middle", size=10
        )
        rect = f'<rect width="{CELL - 2}" height="{ROW - 2}" fill="{shade}"/>'
        cell = [f"<title>{svg.escaped(tip)}</title>", rect, digit]
        parts.append(svg.group(cell, across=NAMES + CELL * i, down=y + 1))
    end = NAMES + CELL * len(columns) + 6
    return [*parts, svg.text(end, y + 12.5, f"{number}+", ink.text, size=SMALL)]


def _legend(y: float, ink: Ink) -> list[str]:
    parts = []
    shades = colours.strengths(dark=False)
    for (degree, words), colour in zip(sharing.DEGREES.items(), shades, strict=True):
        parts.append(
            f'<rect x="0" y="{svg.number(y)}" width="17" height="15" fill="{colour}" '
            f'stroke="{ink.soft}" stroke-width=".5"/>'
        )
        parts.append(svg.text(26, y + 12, f"{degree}: {words}", ink.text, size=SMALL))
        y += 20
    return parts
