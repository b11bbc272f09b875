"""Which colour each footprint has: the same for map, hexes, table and legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.places import measures
from stp_data.places.footprints import all_footprints, regions
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Question


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
            text = measures.shown_in_sentence(found.measure, found.by_code[code])
        else:
            colour, text = palette.missing, MISSING
            missing += inside
        shades.append(Shade(code, colour if inside else palette.outside, text, inside))
    legend = []
    for colour, limits in zip(scale, groups.limits, strict=True):
        words = dict.fromkeys(measures.shown(found.measure, limit) for limit in limits)
        legend.append(Key(colour, " to ".join(words)))
    if missing:
        legend.append(Key(palette.missing, f"no figure found ({missing})"))
    return Shading(tuple(shades), tuple(legend))


NOT_FOUND = "not found"


@lru_cache(maxsize=256)
def naming(atlas: Atlas, question: Question, dark: bool) -> Shading:
    """Who names the themes asked for; without themes, how many were found in each plan.

    What was not found stays as pale as what the filter leaves out, so that it does not look like a
    finding. The legend has no counts: more reading would lower some of them.
    """
    draw = _how_many if not question.themes else _one if len(question.themes) == 1 else _several
    palette = colours.palette(dark)
    beyond = "" if question.region is None else ", or outside the region"
    blank = Key(palette.outside, f"{sharing.NOT_FOUND.lower()}{beyond}")
    shades, legend = [], set()
    for code, place in all_footprints(atlas).items():
        inside = question.region in (None, place.region)
        key, text = draw(atlas, question, palette, code) or (blank, NOT_FOUND)
        shades.append(Shade(code, key.colour if inside else palette.outside, text, inside))
        legend |= {key} if inside else set()
    # Palest first, as in the scale; what was not found at the end.
    order = [*palette.scale, palette.outside]
    return Shading(tuple(shades), tuple(sorted(legend, key=lambda key: order.index(key.colour))))


def _one(
    atlas: Atlas, question: Question, palette: colours.Palette, code: str
) -> tuple[Key, str] | None:
    """How firmly one footprint names the theme; None where it was not found."""
    proofs = themes_named.evidence(atlas, later=True).get((code, question.themes[0]), ())
    degree = themes_named.degree(proofs, question.rules)
    if not degree:
        return None
    words = sharing.DEGREES[degree]
    return Key(colours.strengths(palette is colours.DARK)[degree - 1], words), words


def _several(
    atlas: Atlas, question: Question, palette: colours.Palette, code: str
) -> tuple[Key, str] | None:
    """Whether one footprint answers the question, and what it names of the themes, if any."""
    has = themes_named.named(atlas, question.rules)[code]
    found = [key for key in question.themes if key in has]
    if not found:
        return None
    text = wording.listed([themes_named.themes(atlas)[key].label for key in found])
    verb = sharing.VERBS[question.rules.firm][1]
    if question.match == "all" and len(found) == len(question.themes):
        return Key(palette.scale[3], f"{verb} all of them"), text
    colour = palette.scale[1 if question.match == "all" else 3]
    return Key(colour, f"{verb} at least one of them"), text


COUNT_STEP = 6


def _how_many(
    atlas: Atlas, question: Question, palette: colours.Palette, code: str
) -> tuple[Key, str] | None:
    """How many themes one footprint names at least; None where none was found."""
    number = len(themes_named.named(atlas, question.rules)[code])
    if not number:
        return None
    step = min(len(palette.scale) - 1, number // COUNT_STEP)
    least = wording.count(max(1, step * COUNT_STEP), "theme", "themes")
    read = themes_named.coverage(atlas, code).read
    found = wording.count(number, "theme", "themes")
    return Key(palette.scale[step], f"at least {least}"), f"at least {found}, in {read} documents"
