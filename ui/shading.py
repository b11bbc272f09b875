"""Which colour each footprint has: the same for map, hexes, table and legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stp_data import measures, priorities, wording
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints, regions
from stp_data.priorities import Question
from ui import colours


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
    palette = colours.palette(dark)
    places = all_footprints(atlas)
    named = priorities.named(atlas, question.rules)
    wanted = set(question.themes)
    answer = set(priorities.answer(atlas, question))
    shades = []
    for code, place in places.items():
        inside = question.region in (None, place.region)
        read = priorities.coverage(atlas, code).read
        if wanted:
            has = wanted & named[code]
            colour = palette.scale[3] if code in answer else palette.missing
            text = (
                wording.listed(
                    [priorities.themes(atlas)[key].label for key in question.themes if key in has]
                )
                if has
                else f"not found in {read} sources read"
            )
        else:
            number = len(named[code])
            colour = palette.scale[min(4, number // COUNT_STEP)]
            text = f"{number} themes found in {read} sources read"
        shades.append(Shade(code, colour if inside else palette.outside, text, inside))
    return Shading(tuple(shades), _naming_legend(palette, bool(wanted)))


COUNT_STEP = 6


def _naming_legend(palette: colours.Palette, asked: bool) -> tuple[Key, ...]:
    if asked:
        return (
            Key(palette.scale[3], "named"),
            Key(palette.missing, "not found in the sources read"),
        )
    last = len(palette.scale) - 1
    return tuple(
        Key(
            colour,
            f"{i * COUNT_STEP} themes or more"
            if i == last
            else f"{i * COUNT_STEP} to {(i + 1) * COUNT_STEP - 1} themes",
        )
        for i, colour in enumerate(palette.scale)
    )
