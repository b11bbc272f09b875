"""What the code book (docs/codebook.md) says belongs to a theme, and what does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stp_data.core import paths, texts
from stp_data.core.atlas import Atlas
from stp_data.core.errors import DataError
from stp_data.priorities import themes_named

FILE = "docs/codebook.md"
PART = "What belongs to each theme"


@dataclass(frozen=True)
class Scope:
    """What belongs to a theme."""

    counts: str
    does_not_count: str


@cache
def scope(atlas: Atlas, theme: str) -> Scope:
    """What belongs to a theme by the code book, with themes called by their labels.

    Raises DataError, with one line, when the code book is missing or does not have the theme.
    """
    for line in dict(texts.read(FILE).parts).get(PART, "").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == theme and len(cells) == 3:
            return Scope(*(_with_labels(atlas, cell) for cell in cells[1:]))
    raise DataError(paths.ROOT / FILE, f"does not say what belongs to {theme}")


def _with_labels(atlas: Atlas, words: str) -> str:
    """Keys of themes, which have an underscore in no other word, as their labels."""
    themes = themes_named.themes(atlas)
    return re.sub(
        r"\b[a-z]+(_[a-z]+)+\b",
        lambda found: themes[found[0]].label.lower() if found[0] in themes else found[0],
        words,
    )
