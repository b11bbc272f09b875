"""Two to five footprints side by side: what differs most, and what they share."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cache

from stp_data import measures
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints
from stp_data.measures import Measure

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class Line:
    """One measure of the footprints compared."""

    measure: Measure
    values: tuple[float, ...]
    """In the order asked for."""
    england: float
    as_of: str
    source: str
    spread: float
    """Highest less lowest of those compared, in standard deviations of the 44."""


SIZES = ("population", "under_18", "aged_65_over", "aged_85_over")
"""Head counts: they say how big a footprint is, not what it is like."""


def differences(atlas: Atlas, codes: tuple[str, ...]) -> tuple[Line, ...]:
    """Measured figures except head counts, those that differ most first."""
    return tuple(line for line in _lines(atlas, codes) if line.measure.key not in SIZES)


def sizes(atlas: Atlas, codes: tuple[str, ...]) -> tuple[Line, ...]:
    """Head counts, those that differ most first."""
    return tuple(line for line in _lines(atlas, codes) if line.measure.key in SIZES)


@cache
def _lines(atlas: Atlas, codes: tuple[str, ...]) -> tuple[Line, ...]:
    """Differences of unlike units are made alike by the standard deviation over the 44."""
    found = []
    for key, measure in measures.mapped(atlas).items():
        if measure.kind != "measured":
            continue
        all_values = measures.values(atlas, key)
        here = tuple(all_values.by_code[code] for code in codes)
        deviation = statistics.pstdev(all_values.by_code.values())
        found.append(
            Line(
                measure=measure,
                values=here,
                england=all_values.england or 0.0,
                as_of=all_values.as_of,
                source=all_values.source_of[codes[0]],
                spread=(max(here) - min(here)) / deviation,
            )
        )
    return tuple(sorted(found, key=lambda line: -line.spread))


MAKE_UP = ("under_18_share", "aged_65_over_share", "aged_85_over_share", "rural_share",
           "imd_2015_score", "density")  # fmt: skip
"""Measures of what kind of place it is, for finding places alike."""


@cache
def places_alike(atlas: Atlas, code: str) -> tuple[tuple[str, float], ...]:
    """Other footprints by likeness of population make-up, nearest first: (code, distance).

    Euclidean distance over the measures of MAKE_UP, each in standard deviations over the 44.
    """
    distance = dict.fromkeys(all_footprints(atlas), 0.0)
    for key in MAKE_UP:
        figures = measures.values(atlas, key).by_code
        deviation = statistics.pstdev(figures.values())
        for other in distance:
            distance[other] += ((figures[other] - figures[code]) / deviation) ** 2
    nearest = sorted(distance.items(), key=lambda pair: (pair[1], pair[0]))
    return tuple((other, square**0.5) for other, square in nearest if other != code)


@cache
def make_up(atlas: Atlas, code: str) -> tuple[tuple[str, str], ...]:
    """The measures by which places are alike, each with the source of the footprint's figure."""
    return tuple((key, measures.values(atlas, key).source_of[code]) for key in MAKE_UP)
