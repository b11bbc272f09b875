"""Colours of drawings: paper, letters and lines."""

from __future__ import annotations

from dataclasses import dataclass

from stp_data.overview.colours import MARKS as MARKS
from stp_data.overview.colours import PURPLE as PURPLE


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
