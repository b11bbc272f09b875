"""Colours of charts.

The colours of marks are Okabe and Ito's idea, moved until each stands out from the light and from
the dark page (3:1 or more) and from the others in the common kinds of colour blindness; shapes
repeat what they say.
"""

from __future__ import annotations

from dataclasses import dataclass

BLUE, ORANGE, GREEN, PURPLE, GREY = "#3b6d97", "#e96518", "#05996e", "#8f56d6", "#87808d"
MARKS = (BLUE, ORANGE, GREEN, PURPLE, GREY)


@dataclass(frozen=True)
class Ink:
    """What depends on the paper: SVG colours."""

    text: str
    soft: str
    """Subtitles, axis labels and notes: 4.5:1 or more."""
    grid: str
    paper: str
    """Empty where the page shows through."""


ON_PAPER = Ink(text="#1d1a24", soft="#55505f", grid="#d9d5e0", paper="#ffffff")
IN_PAGE = Ink(
    text="var(--st-text-color)",
    soft="color-mix(in srgb, var(--st-text-color) 78%, var(--st-background-color))",
    grid="var(--st-border-color)",
    paper="",
)
"""Follows the reader's theme without being drawn again."""
