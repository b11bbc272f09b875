"""Where a footprint stands among the 44 on one measure: dots on a line, with words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import comparing
from stp_data.overview.summary import HEADCOUNTS
from stp_data.places import footprints, measures
from stp_data.places.measures import Measure, Values
from stp_data.plans import stated_figures

ALIKE = 3
"""How many of the most alike places are shown beside a footprint."""


@dataclass(frozen=True)
class Strip:
    """One measure of a footprint; places on the line run from 0 (lowest) to 1 (highest)."""

    measure: Measure
    value: float
    england: float | None
    """None where there is no figure for England to compare with."""
    rank: int
    """1 for the highest of those with a figure."""
    of: int
    """How many footprints have a figure."""
    alike: tuple[float | None, ...]
    """Figures of the most alike places, nearest first."""
    as_of: str
    source: str
    dots: tuple[float, ...]
    """Every footprint with a figure."""
    here_at: float
    england_at: float | None
    alike_at: tuple[float, ...]
    words: str
    """All of this in a sentence."""


@cache
def most_alike(atlas: Atlas, code: str) -> tuple[str, ...]:
    """Codes of the places most alike in their people, nearest first."""
    return tuple(other for other, _ in comparing.places_alike(atlas, code)[:ALIKE])


def along(figures: Iterable[float]) -> Callable[[float], float]:
    """Where a figure stands from the lowest of ``figures`` (0) to the highest (1)."""
    given = list(figures)
    low, high = min(given), max(given)
    return lambda figure: (figure - low) / (high - low)


@cache
def strips(atlas: Atlas, code: str, aim: str) -> tuple[Strip, ...]:
    """Every measure of an aim that has a figure for the footprint."""
    return tuple(
        _strip(atlas, code, key)
        for key, measure in measures.mapped(atlas).items()
        if measure.aim == aim and code in measures.values(atlas, key).by_code
    )


def aims(atlas: Atlas) -> tuple[str, ...]:
    """The plans' triple aim, in its order; the place itself is none of the three."""
    found = dict.fromkeys(measure.aim for measure in measures.mapped(atlas).values())
    return tuple(aim for aim in found if aim != PLACE)


PLACE = "the place"


def _strip(atlas: Atlas, code: str, key: str) -> Strip:
    found = measures.values(atlas, key)
    # A head count of England is the sum of the 44: nothing to compare with.
    england = None if key in HEADCOUNTS else found.england
    figures = found.by_code
    place = along(figures.values())

    def at(figure: float) -> float:
        return round(place(figure), 3)

    near = tuple(figures.get(other) for other in most_alike(atlas, code))
    rank = 1 + sum(other > figures[code] for other in figures.values())
    return Strip(
        measure=found.measure,
        value=figures[code],
        england=england,
        rank=rank,
        of=len(figures),
        alike=near,
        as_of=_as_of(atlas, code, found),
        source=found.source_of[code],
        dots=tuple(sorted(at(figure) for figure in figures.values())),
        here_at=at(figures[code]),
        england_at=None if england is None else at(england),
        alike_at=tuple(at(figure) for figure in near if figure is not None),
        words=_words(atlas, code, found, england, rank),
    )


def _as_of(atlas: Atlas, code: str, found: Values) -> str:
    """The date of the figure: a stated gap has one of its own."""
    if found.measure.key not in measures.SCOPE_OF_GAP:
        return found.as_of
    gap = stated_figures.preferred_gaps(atlas)[code]
    return wording.as_of(gap.as_of)


def _words(atlas: Atlas, code: str, found: Values, england: float | None, rank: int) -> str:
    places = footprints.all_footprints(atlas)
    ends = measures.extremes(found)
    if ends is None:
        raise KeyError(f"no footprint has a figure of {found.measure.key}")
    high, low = ends

    def value(figure: float) -> str:
        return measures.shown(found.measure, figure)

    beside = f"England {value(england)}; " if england is not None else ""
    return (
        f"{found.measure.label}: {places[code].name} {value(found.by_code[code])}, rank {rank} of "
        f"{len(found.by_code)}; {beside}from {value(found.by_code[low])} ({places[low].name}) to "
        f"{value(found.by_code[high])} ({places[high].name})"
    )
