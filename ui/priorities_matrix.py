"""The matrix of footprints by themes, and the list of who names what, drawn in the browser."""

from __future__ import annotations

from collections.abc import Callable

from stp_data import colours, documents, priorities, sharing
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints
from stp_data.priorities import Evidence, Question, Rules
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
    """How firmly sources present each theme for each footprint; a picked cell is code:theme.

    Columns: clinical priorities, then enablers. Rows: by NHS region, or similar plans together.
    """
    places, themes = all_footprints(atlas), priorities.themes(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    counts = priorities.counts(atlas, question.rules)
    named = priorities.named(atlas, question.rules)
    columns = sharing.matrix_columns(atlas, question.rules)

    def row(code: str) -> list[object]:
        degrees = (
            priorities.degree(proofs.get((code, key), ()), question.rules) for key in columns
        )
        return [places[code].number, "".join(map(str, degrees)), len(named[code])]

    data: dict[str, object] = {
        "kind": "matrix",
        "title": "Footprints by themes, with at least how many of the 44 plans name each",
        "groups": [
            [title, [row(code) for code in codes]]
            for title, codes in sharing.matrix_groups(atlas, question, order)
        ],
        "heads": [
            [key, themes[key].label, counts[key], int(key in question.themes)] for key in columns
        ],
        "colours": ["", *colours.strengths(dark)],
        "degrees": ["", *sharing.DEGREES.values()],
        "accent": colours.palette(dark).chosen,
        "chosen": ":".join(cell) if cell else "",
    }
    component.draw(atlas, "picker_matrix", data, on_pick)


def legend(rules: Rules, *, dark: bool) -> str:
    """What the shades mean that these rules let through, and what a blank cell does."""
    least = {"set_out": 3, "intended": 2, "any": 1}[rules.firmness]
    shades = colours.strengths(dark)
    keys = [
        Key(shades[degree - 1], f"{degree}: {words}")
        for degree, words in sorted(sharing.DEGREES.items(), reverse=True)
        if degree >= least
    ]
    blank = f"blank: {sharing.NOT_FOUND[0].lower()}{sharing.NOT_FOUND[1:]}"
    return html.legend([*keys, Key("transparent", blank)])


def listing(atlas: Atlas, question: Question, *, dark: bool) -> None:
    """Every footprint with the sources for each theme asked for: those that answer come first."""
    places, themes = all_footprints(atlas), priorities.themes(atlas)
    at = documents.numbers(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)

    def shown(proof: Evidence) -> int:
        """What evidence.js takes apart: the document, how it presents the theme, and if weakly."""
        how = priorities.HOW.index(proof.how)
        return (at[proof.source] * len(priorities.HOW) + how) * 2 + (proof.confidence == "low")

    def cell(code: str, key: str) -> list[int]:
        """How firmly the theme is named, then the sources that count."""
        found, rules = proofs.get((code, key), ()), question.rules
        counting = sorted(
            priorities.counting(found, rules), key=lambda p: priorities.HOW.index(p.how)
        )
        return [priorities.degree(found, rules), *map(shown, counting)]

    def row(code: str) -> list[object]:
        read = priorities.coverage(atlas, code)
        cells = [cell(code, key) for key in question.themes]
        return [places[code].number, [read.read, read.official], cells]

    data: dict[str, object] = {
        "kind": "listing",
        "title": "Footprints, with how each source presents the theme, the firmest first",
        "how": priorities.HOW,
        "colours": ["", *colours.strengths(dark)],
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
