"""Which colour each footprint has: the same for map, hexes, table and legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from stp_data import colours, measures, priorities, wording
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints, regions
from stp_data.priorities import Question


@dataclass(frozen=True)
class Shade:
    """One footprint as it is drawn."""

    code: str
    colour: str
    text: str
    """Its figure in words, or why there is none."""
    inside: bool
    """Whether the filter by region keeps it."""


@dataclass(frozen=True)
class Key:
    """One entry of the legend."""

    colour: str
    text: str


@dataclass(frozen=True)
class Shading:
    """All 44 in the order of codes, and the legend."""

    shades: tuple[Shade, ...]
    legend: tuple[Key, ...]


MISSING = "no figure"


@lru_cache(maxsize=256)
def shading(atlas: Atlas, measure: str, region: str | None, dark: bool) -> Shading:
    """How to draw one measure; ``region`` is the key of an NHS region or None."""
    palette = colours.palette(dark)
    found, groups = measures.values(atlas, measure), measures.classes(atlas, measure)
    scale = colours.class_colours(palette, len(groups.limits))
    only = None if region is None else regions(atlas)[region]
    shades, missing = [], 0
    for code, footprint in all_footprints(atlas).items():
        inside = only in (None, footprint.region)
        if code in found.by_code:
            colour = scale[groups.by_code[code]]
            text = wording.value_in_sentence(found.measure, found.by_code[code])
        else:
            colour, text = palette.missing, MISSING
            missing += inside
        shades.append(Shade(code, colour if inside else palette.outside, text, inside))
    legend = [
        Key(colour, _limits(found.measure, low, high))
        for colour, (low, high) in zip(scale, groups.limits, strict=True)
    ]
    if missing:
        legend.append(Key(palette.missing, f"no figure of this kind found ({missing})"))
    return Shading(tuple(shades), tuple(legend))


def _limits(measure: measures.Measure, low: float, high: float) -> str:
    if low == high:
        return wording.value(measure, low)
    return f"{wording.value(measure, low)} to {wording.value(measure, high)}"


@lru_cache(maxsize=256)
def naming(atlas: Atlas, question: Question, dark: bool) -> Shading:
    """Who names the themes asked for; without themes, how many each plan names."""
    draw = _asked_for if question.themes else _how_many
    palette = colours.palette(dark)
    shades, legend = [], []
    for code, place in all_footprints(atlas).items():
        inside = question.region in (None, place.region)
        key, text = draw(atlas, question, palette, code)
        shades.append(Shade(code, key.colour if inside else palette.outside, text, inside))
        legend += [key] if inside else []
    counted = Counter(legend)
    # Darkest last, as in the scale; without a figure at the end.
    order = [*palette.scale, palette.missing]
    keys = sorted(counted, key=lambda key: order.index(key.colour))
    return Shading(
        tuple(shades), tuple(Key(key.colour, f"{key.text} ({counted[key]})") for key in keys)
    )


def _asked_for(
    atlas: Atlas, question: Question, palette: colours.Palette, code: str
) -> tuple[Key, str]:
    """Whether one footprint answers the question, and what it names of the themes."""
    has = priorities.named(atlas, question.rules)[code]
    found = [key for key in question.themes if key in has]
    if not found:
        read = priorities.coverage(atlas, code).read
        return Key(palette.missing, "not found"), f"not found in {read} sources read"
    answers = question.match == "any" or len(found) == len(question.themes)
    text = wording.listed([priorities.themes(atlas)[key].label for key in found])
    if answers:
        return Key(
            palette.scale[3], _ANSWERS[question.match] if len(question.themes) > 1 else "named"
        ), text
    return Key(palette.scale[1], "name only some"), text


_ANSWERS = {"all": "name all of them", "any": "name any of them"}
COUNT_STEP = 6


def _how_many(
    atlas: Atlas, question: Question, palette: colours.Palette, code: str
) -> tuple[Key, str]:
    """How many themes one footprint names."""
    number = len(priorities.named(atlas, question.rules)[code])
    last = len(palette.scale) - 1
    step = min(last, number // COUNT_STEP)
    low = step * COUNT_STEP
    words = f"{low} themes or more" if step == last else f"{low} to {low + COUNT_STEP - 1} themes"
    read = priorities.coverage(atlas, code).read
    return Key(palette.scale[step], words), f"{number} themes found in {read} sources read"
