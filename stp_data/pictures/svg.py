"""Pieces of SVG: every text is escaped; sizes are in units of the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import combinations, pairwise

from PIL import ImageFont

SIZE = 13
"""Of letters where nothing else is said."""
# Readers' letters are a little wider than the ones measured with.
WIDER = 1.06


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".removesuffix(".0")


def text(
    x: float,
    y: float,
    words: str,
    colour: str,
    *,
    anchor: str = "start",
    size: float = SIZE,
    bold: bool = False,
) -> str:
    """One line of text; ``y`` is its base line, ``anchor`` start, middle or end."""
    parts = f' text-anchor="{anchor}"' if anchor != "start" else ""
    parts += f' font-size="{number(size)}"' if size != SIZE else ""
    parts += ' font-weight="600"' if bold else ""
    return f'<text x="{number(x)}" y="{number(y)}" fill="{colour}"{parts}>{escape(words)}</text>'


def pickable(key: str, label: str, inside: str) -> str:
    """A group that a reader picks by click or by Enter; ``label`` says what it is.

    In a file, where nothing can be picked, the label is shown on hovering.
    """
    return (
        f'<g data-code="{escape(key)}" role="button" tabindex="-1" aria-label="{escape(label)}">'
        f"<title>{escape(label)}</title>{inside}</g>"
    )


def width_of(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide a line of text is drawn, a little more rather than less."""
    return _font().getlength(words) / 100 * size * WIDER * (1.07 if bold else 1)


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(100)


def wrapped(words: str, most: float, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than ``most``; a word that is longer stays whole."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def balanced(words: str, most: int) -> tuple[str, ...]:
    """The words in up to ``most`` lines, the longest of them as short as can be."""
    single = words.split()
    ways = (
        cuts
        for count in range(min(most, len(single)))
        for cuts in combinations(range(1, len(single)), count)
    )
    lines = (
        tuple(" ".join(single[a:b]) for a, b in pairwise((0, *cuts, len(single)))) for cuts in ways
    )
    return min(lines, key=lambda found: max(map(len, found)))


def group(parts: Iterable[str], *, across: float = 0, down: float = 0) -> str:
    """Pieces together, moved."""
    return f'<g transform="translate({number(across)} {number(down)})">{"".join(parts)}</g>'
