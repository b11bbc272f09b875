"""Colours of maps and tables, for light and for dark.

The sequential scale runs in lightness as well as in hue (purple), so that it holds in every kind
of colour blindness and in grey print. In the dark theme, as on the light one, the highest class
stands out most from the background.
"""

from __future__ import annotations

from dataclasses import dataclass

BLUE, ORANGE, GREEN, PURPLE, GREY = "#3b6d97", "#e96518", "#05996e", "#8f56d6", "#87808d"
MARKS = (BLUE, ORANGE, GREEN, PURPLE, GREY)
"""Colours of marks in charts: Okabe and Ito's idea, moved until each stands out from the light and
from the dark page (3:1 or more) and from the others in the common kinds of colour blindness; shapes
repeat what they say."""


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb."""

    scale: tuple[str, str, str, str, str]
    """Five classes, lowest first."""
    missing: str
    """A footprint without a figure."""
    outside: str
    """A footprint that the filter leaves out."""
    edge: str
    chosen: str
    """Outline of the chosen footprint."""
    text: str
    background: str
    soft: str
    """Subtitles, axis labels and notes: 4.5:1 or more."""
    grid: str


LIGHT = Palette(
    scale=("#e2d9ee", "#c2aedc", "#9d80c2", "#7753a3", "#4a2478"),
    missing="#ccc8b0",
    outside="#f1f0f3",
    edge="#ffffff",
    chosen="#d9480f",
    text="#1d1a24",
    background="#ffffff",
    soft="#55505f",
    grid="#d9d5e0",
)
DARK = Palette(
    scale=("#3a2c54", "#5c4585", "#8263b3", "#ab8fd8", "#dccbf7"),
    missing="#66614f",
    outside="#232029",
    edge="#16141b",
    chosen="#ff9d5c",
    text="#ece9f2",
    background="#16141b",
    soft="#b9b4c4",
    grid="#3b3648",
)


def palette(dark: bool) -> Palette:
    """The palette of a theme."""
    return DARK if dark else LIGHT


def class_colours(colours: Palette, classes: int) -> tuple[str, ...]:
    """Colours for a number of classes (1 to 5), spread over the whole scale."""
    if classes == 1:
        return (colours.scale[3],)
    steps = len(colours.scale) - 1
    return tuple(colours.scale[round(i * steps / (classes - 1))] for i in range(classes))


def rgb(colour: str) -> list[int]:
    """[r, g, b], 0 to 255, of #rrggbb."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def readable(colour: str) -> str:
    """Black or white, whichever stands out more from #rrggbb (relative luminance as in WCAG)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in rgb(colour))
    ]
    bright = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#14111a" if bright > 0.179 else "#ffffff"


def strengths(dark: bool) -> tuple[str, str, str]:
    """Colours of the three degrees of how firmly a plan names a theme, the least firm first."""
    scale = palette(dark).scale
    return scale[0], scale[2], scale[4]
