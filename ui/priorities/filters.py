"""What the address of the Priorities page asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Query, lenient
from stp_data.pictures.matrix import ORDER
from stp_data.places import footprints
from stp_data.priorities import themes_named
from ui.parts import address

SECTIONS = {
    "answer": "Footprints",
    "matrix": "Matrix",
    "together": "Themes often named together",
    "alike": "Similar plans",
    "standing": "Key findings",
}
SHOW = Choice("show", "part of this page", lambda _: SECTIONS, default="answer")
VIEW = Choice("view", "view", lambda _: {"map": "Map", "hexes": "Hexes"}, default="map")
PAIRS = Choice(
    "pairs", "choice of pairs", lambda _: {"any": "All themes", **themes_named.KINDS}, default="any"
)
MOST_THEMES = 8
"""Themes that can be chosen at once."""


@dataclass(frozen=True)
class _Cell:
    """A footprint and a theme, code:theme, whose sources are open in the matrix."""

    name: str = "cell"
    about: str = "A cell of the matrix, code:theme."

    def words(self, atlas: Atlas) -> None:
        """There are too many to list."""

    def read(self, atlas: Atlas, text: str) -> str:
        """The cell as it was given."""
        code, _, theme = text.partition(":")
        if code in footprints.all_footprints(atlas) and theme in themes_named.themes(atlas):
            return text
        raise FilterError("", "We don't recognise that cell of the matrix, so none is open.")


FILTERS = (SHOW, *themes_named.FILTERS, address.PLACE, VIEW, ORDER, PAIRS, _Cell())


def read(params: Mapping[str, str], atlas: Atlas) -> tuple[Query, list[str]]:
    """The choices, and a sentence for each that cannot be followed."""
    return lenient(atlas, FILTERS, params)


def of_files(query: Query, *, themes: bool) -> Query:
    """What the CSV of this view takes: what counts, and with ``themes`` what is asked as well."""
    taken = themes_named.FILTERS if themes else themes_named.RULES
    return {one.name: query[one.name] for one in taken if one.name in query}
