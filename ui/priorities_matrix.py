"""The matrix of footprints by themes, and the list of who names what, drawn in the browser."""

from __future__ import annotations

from collections.abc import Callable

from stp_data import colours, documents, priorities, sharing
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints
from stp_data.priorities import Question
from stp_data.shading import Key
from ui import component, html

MOST_SHOWN = 2
"""Sources of a cell that are shown at once; the others open."""

Cell = tuple[str, str]


def matrix(
    atlas: Atlas,
    question: Question,
    order: str,
    cell: Cell | None,
    *,
    dark: bool,
    on_pick: Callable[[str], None],
) -> None:
    """How strongly sources show each theme for each footprint; a picked cell is code:theme.

    Columns: clinical priorities, then enablers, the most named first. Rows: by NHS region and in
    it by how many themes are named, or like beside like.
    """
    places, themes = all_footprints(atlas), priorities.themes(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    counts = priorities.counts(atlas, question.rules)
    named = priorities.named(atlas, question.rules)
    columns = sharing.matrix_columns(atlas, question.rules)

    def row(code: str) -> list[object]:
        strengths = (
            priorities.strength_of(proofs[code, key]) if key in named[code] else 0
            for key in columns
        )
        return [places[code].number, "".join(map(str, strengths)), len(named[code])]

    data: dict[str, object] = {
        "kind": "matrix",
        "title": "Footprints by themes, with how many of the 44 plans name each",
        "groups": [
            [title, [row(code) for code in codes]]
            for title, codes in sharing.matrix_groups(atlas, question, order)
        ],
        "heads": [
            [key, themes[key].label, counts[key], int(key in question.themes)] for key in columns
        ],
        "colours": ["", *colours.strengths(dark)],
        "accent": colours.palette(dark).chosen,
        "chosen": ":".join(cell) if cell else "",
    }
    component.draw(atlas, "picker_matrix", data, on_pick)


def matrix_legend(dark: bool) -> str:
    """What the three strengths mean."""
    return html.legend(
        Key(colour, f"{strength}: {words}")
        for (strength, words), colour in zip(
            sharing.DEGREES.items(), colours.strengths(dark), strict=True
        )
    )


def listing(atlas: Atlas, question: Question) -> None:
    """Every footprint with the sources for each theme asked for: those that answer come first."""
    places, themes = all_footprints(atlas), priorities.themes(atlas)
    at = documents.numbers(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    named = priorities.named(atlas, question.rules)

    def row(code: str) -> list[object]:
        read = priorities.coverage(atlas, code)
        return [
            places[code].number,
            [read.read, read.official],
            [
                [2 * at[p.source] + (p.confidence == "low") for p in proofs[code, key]]
                if key in named[code]
                else []
                for key in question.themes
            ],
        ]

    data: dict[str, object] = {
        "kind": "listing",
        "title": "Footprints, with the sources that show each theme; official sources first",
        "documents": component.documents_address(atlas),
        "most": MOST_SHOWN,
        "heads": [themes[key].label for key in question.themes],
        "groups": [
            [title, [row(code) for code in codes]]
            for title, codes in sharing.groups(atlas, question)
        ],
        "chosen": "",
    }
    component.draw(atlas, "picker_listing", data, lambda _picked: None)
