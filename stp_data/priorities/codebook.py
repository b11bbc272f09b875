"""What the code book (docs/codebook.md) says belongs to a theme, and what does not."""

from __future__ import annotations

import re
from functools import cache

from stp_data.core import paths, texts
from stp_data.core.atlas import Atlas
from stp_data.core.errors import DataError
from stp_data.priorities import themes_named

FILE = "docs/codebook.md"
PART = "What belongs to each theme"


@cache
def scope(atlas: Atlas, theme: str) -> tuple[str, str]:
    """What counts as a theme and what does not, with themes called by their labels.

    Raises DataError, with one line, when the code book is missing or does not have the theme.
    """
    themes = themes_named.themes(atlas)

    def with_labels(words: str) -> str:
        """Keys of themes, which have an underscore in no other word, as their labels."""
        return re.sub(
            r"\b[a-z]+(_[a-z]+)+\b",
            lambda found: themes[found[0]].label.lower() if found[0] in themes else found[0],
            words,
        )

    for line in dict(texts.read(FILE).parts).get(PART, "").splitlines():
        key, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        if key == theme and len(cells) == 2:
            return with_labels(cells[0]), with_labels(cells[1])
    raise DataError(paths.ROOT / FILE, f"does not say what belongs to {theme}")
