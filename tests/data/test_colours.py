"""Every palette as people see it who tell colours apart less well, and in grey print.

What an eye of each kind sees is simulated after Machado, Oliveira and Fernandes, "A
physiologically-based model for simulation of color vision deficiency" (2009), at full severity, on
linear RGB. Distances are CIEDE2000, in which about 2 is just noticed side by side.
"""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from each import each

from stp_data.overview import colours
from stp_data.pictures import ink, outlines
from ui.footprint import strips

ROOT = Path(__file__).resolve().parents[2]
PALETTES = {"light": colours.LIGHT, "dark": colours.DARK}
Triple = tuple[float, float, float]
EYES: dict[str, tuple[Triple, Triple, Triple]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey print": ((0.2126, 0.7152, 0.0722),) * 3,
}
IN_COLOUR = [eye for eye in EYES if eye != "grey print"]
GRAPHIC, TEXT = 3, 4.5
"""Contrasts that WCAG 2.2 asks for: 1.4.11 and 1.4.3."""


def linear(colour: str) -> Triple:
    """Red, green and blue of #rrggbb, in proportion to light."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def lab(light: Triple) -> Triple:
    """CIELAB of linear RGB, D65."""

    def root(part: float) -> float:
        return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
            (0.0193339, 0.1191920, 0.9503041))  # fmt: skip
    x, y, z = (
        root(sum(a * b for a, b in zip(row, light, strict=True)) / white)
        for row, white in zip(rows, (0.95047, 1, 1.08883), strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: Triple, other: Triple) -> float:
    """How different two colours in CIELAB look."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    seventh = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(seventh / (seventh + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1 = math.degrees(math.atan2(b1, a1 * stretch)) % 360
    h2 = math.degrees(math.atan2(b2, a2 * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    hue = math.radians(h1 + turn / 2 if c1 * c2 else h1 + h2)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * math.cos(hue - math.radians(30))
        + 0.24 * math.cos(2 * hue)
        + 0.32 * math.cos(3 * hue + math.radians(6))
        - 0.20 * math.cos(4 * hue - math.radians(63))
    )
    from_blue = (math.degrees(hue) % 360 - 275) / 25
    rotation = -math.sin(math.radians(60 * math.exp(-(from_blue**2)))) * 2
    rotation *= math.sqrt(chroma**7 / (chroma**7 + 25**7))
    middle = (lightness - 50) ** 2
    d_l = (l2 - l1) / (1 + 0.015 * middle / math.sqrt(20 + middle))
    d_c = (c2 - c1) / (1 + 0.045 * chroma)
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    return math.sqrt(d_l**2 + d_c**2 + d_h**2 + rotation * d_c * d_h)


def apart(one: str, other: str, eye: str) -> float:
    """How different two colours look to an eye."""
    seen = []
    for colour in (one, other):
        light = linear(colour)
        red, green, blue = (
            min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in EYES[eye]
        )
        seen.append(lab((red, green, blue)))
    return ciede2000(seen[0], seen[1])


def contrast(one: str, other: str) -> float:
    """Contrast as in WCAG."""
    low, high = sorted(
        sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        # Three of the pairs that Sharma, Wu and Dalal published to test implementations with.
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distance_is_ciede2000(one: Triple, other: Triple, distance: float):
    assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


@each("eye", EYES)
@each("theme", PALETTES)
def test_shades_of_maps_differ_and_run_one_way_in_lightness(theme: str, eye: str):
    palette = PALETTES[theme]
    assert min(apart(a, b, eye) for a, b in pairwise(palette.scale)) >= 9
    lightness = [lab(linear(colour))[0] for colour in palette.scale]
    assert lightness == sorted(lightness, reverse=theme == "light")
    strengths = colours.strengths(dark=theme == "dark")
    assert min(apart(a, b, eye) for a, b in pairwise(strengths)) >= 20


@each("eye", EYES)
@each("theme", PALETTES)
def test_no_figure_looks_like_no_shade(theme: str, eye: str):
    palette = PALETTES[theme]
    others = [*palette.scale, palette.outside, palette.background]
    assert min(apart(palette.missing, colour, eye) for colour in others) >= 4
    assert min(apart(palette.outside, colour, eye) for colour in palette.scale) >= 4


@each("eye", IN_COLOUR)
@each("theme", PALETTES)
def test_outline_of_the_chosen_differs_from_every_shade(theme: str, eye: str):
    palette = PALETTES[theme]
    assert min(apart(palette.chosen, c, eye) for c in (*palette.scale, palette.missing)) >= 20
    assert contrast(palette.chosen, palette.background) >= GRAPHIC


@pytest.mark.parametrize("theme", PALETTES)
def test_words_are_readable_on_every_shade_and_on_the_page(theme: str):
    palette = PALETTES[theme]
    grounds = [*palette.scale, palette.missing]
    assert min(contrast(colours.readable(ground), ground) for ground in grounds) >= TEXT
    for ground in (palette.background, palette.outside):
        assert contrast(palette.text, ground) >= TEXT
    assert contrast(palette.soft, palette.background) >= TEXT
    for letters in (ink.ON_PAPER.text, ink.ON_PAPER.soft):
        assert contrast(ink.ON_PAPER.paper, letters) >= TEXT


@pytest.mark.parametrize("theme", PALETTES)
def test_three_darker_shades_and_all_marks_stand_out_from_the_page(theme: str):
    """The two palest do not: see docs/accessibility.md."""
    palette = PALETTES[theme]
    marks = (*ink.MARKS, strips.DOT, strips.MARK, strips.HERE, outlines.CHOSEN)
    for colour in (*palette.scale[2:], *marks):
        assert contrast(colour, palette.background) >= GRAPHIC


@each("eye", EYES)
def test_marks_of_charts_and_places_differ_from_each_other(eye: str):
    if eye in IN_COLOUR:
        assert min(apart(a, b, eye) for a, b in combinations(ink.MARKS, 2)) >= 10
    strip = (strips.DOT, strips.MARK, strips.HERE)
    assert apart(strip[0], strip[1], eye) >= 10
    locator = (outlines.LAND, outlines.NEIGHBOUR, outlines.CHOSEN)
    assert min(apart(a, b, eye) for a, b in combinations(locator, 2)) >= 10


def test_numbers_in_purple_marks_and_the_red_of_a_verdict_are_readable():
    assert contrast(ink.PURPLE, "#ffffff") >= TEXT
    rule = re.search(
        r"\.stp-verdict\.v2 b \{ color: #fff; background: (#\w{6});",
        (ROOT / "static" / "style.css").read_text(encoding="utf-8"),
    )
    assert rule is not None
    assert contrast(rule[1], "#ffffff") >= TEXT
    for palette in PALETTES.values():
        assert contrast(rule[1], palette.background) >= GRAPHIC


@each("eye", EYES)
@each("theme", PALETTES)
def test_coverage_tells_official_from_nothing_found(theme: str, eye: str):
    """Its ground, laid over the page; the number is bold as well, and a dash is nothing."""
    rule = re.search(
        r"\.stp-cover \.o \{ background: rgba\((\d+), (\d+), (\d+), ([\d.]+)\)",
        (ROOT / "static" / "style.css").read_text(encoding="utf-8"),
    )
    assert rule is not None
    palette, opacity = PALETTES[theme], float(rule[4])
    mixed = [
        round(opacity * int(over) + (1 - opacity) * under)
        for over, under in zip(rule.groups()[:3], colours.rgb(palette.background), strict=True)
    ]
    ground = "#" + "".join(f"{part:02x}" for part in mixed)
    assert apart(ground, palette.background, eye) >= 10
    assert contrast(palette.text, ground) >= TEXT
