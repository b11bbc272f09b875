"""The matrix of footprints by themes, and the list of who names what, drawn in the browser."""

from __future__ import annotations

from collections.abc import Callable

from stp_data.core.atlas import Atlas
from stp_data.evidence import documents
from stp_data.overview import colours
from stp_data.overview.shading import Key
from stp_data.places.footprints import all_footprints
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Evidence, Question, Rules
from ui.parts import chrome, component, html

MOST_SHOWN = 2
"""Sources of a cell that are shown at once; the others open."""


def matrix(
    atlas: Atlas,
    question: Question,
    order: str,
    cell: str,
    *,
    on_pick: Callable[[str], None],
) -> None:
    """How firmly sources present each theme for each footprint; ``cell`` (code:theme) is open.

    Columns: clinical priorities, then enablers. Rows: by NHS region, or similar plans together.
    """
    places, themes, rules = all_footprints(atlas), themes_named.themes(atlas), question.rules
    proofs = themes_named.evidence(atlas, later=rules.later)
    counts, named = themes_named.counts(atlas, rules), themes_named.named(atlas, rules)
    columns, dark = sharing.matrix_columns(atlas, rules), chrome.is_dark()

    def row(code: str) -> list[object]:
        degrees = (themes_named.degree(proofs.get((code, key), ()), rules) for key in columns)
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
        "chosen": cell,
    }
    component.draw(atlas, "picker_matrix", data, on_pick)


def legend(rules: Rules) -> str:
    """What the shades mean that these rules let through, and what a blank cell does."""
    least = {"set-out": 3, "intended": 2, "any": 1}[rules.firm]
    shades = colours.strengths(chrome.is_dark())
    keys = [
        Key(shades[degree - 1], f"{degree}: {words}")
        for degree, words in sorted(sharing.DEGREES.items(), reverse=True)
        if degree >= least
    ]
    blank = f"blank: {sharing.NOT_FOUND[0].lower()}{sharing.NOT_FOUND[1:]}"
    return html.legend([*keys, Key("transparent", blank)])


def listing(atlas: Atlas, question: Question) -> None:
    """Every footprint with the sources for each theme asked for: those that answer come first."""
    places, themes = all_footprints(atlas), themes_named.themes(atlas)
    at = documents.numbers(atlas)
    proofs = themes_named.evidence(atlas, later=question.rules.later)

    def shown(proof: Evidence) -> int:
        """What evidence.js takes apart: the document, how it presents the theme, and if weakly."""
        how = themes_named.HOW.index(proof.how)
        return (at[proof.source] * len(themes_named.HOW) + how) * 2 + (proof.confidence == "low")

    def cell(code: str, key: str) -> list[int]:
        """How firmly the theme is named, then the sources that count."""
        found, rules = proofs.get((code, key), ()), question.rules
        counting = sorted(
            themes_named.counting(found, rules), key=lambda p: themes_named.HOW.index(p.how)
        )
        return [themes_named.degree(found, rules), *map(shown, counting)]

    def row(code: str) -> list[object]:
        read = themes_named.coverage(atlas, code)
        cells = [cell(code, key) for key in question.themes]
        return [places[code].number, [read.read, read.official], cells]

    data: dict[str, object] = {
        "kind": "listing",
        "title": "Footprints, with how each source presents the theme, the firmest first",
        "how": themes_named.HOW,
        "colours": ["", *colours.strengths(chrome.is_dark())],
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
