"""Two to five footprints side by side: what differs most, and what they share."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps
from stp_data.places import measures
from stp_data.places.footprints import all_footprints
from stp_data.places.measures import Measure
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules, Theme

FEWEST, MOST = 2, 5
RULES = Rules()
"""Plans of 2016 and 2017, any source."""


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
    deviation: float
    """The standard deviation of the 44."""

    @property
    def scores(self) -> tuple[float, ...]:
        """How far each figure is from England's, in standard deviations of the 44."""
        return tuple((value - self.england) / self.deviation for value in self.values)


@dataclass(frozen=True)
class Shared:
    """A theme that at least one of the footprints compared is known to name."""

    theme: Theme
    degrees: tuple[int, ...]
    """How firmly each names it, in the order asked for: an index of FIRMLY."""

    @property
    def naming(self) -> int:
        """How many of them are known to name it."""
        return sum(degree > 0 for degree in self.degrees)


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
                deviation=deviation,
            )
        )
    return tuple(sorted(found, key=lambda line: -line.spread))


def differ_most(atlas: Atlas, codes: tuple[str, ...]) -> str:
    """In what the footprints differ most, without a full stop."""
    line, places = differences(atlas, codes)[0], all_footprints(atlas)
    figures = [
        f"{measures.shown(line.measure, figure)} in {places[code].name}"
        for code, figure in zip(codes, line.values, strict=True)
    ]
    label = f"{line.measure.label[0].lower()}{line.measure.label[1:]}"
    return f"They differ most in {label}: {wording.listed(figures)}"


def stated_gaps(atlas: Atlas, code: str) -> list[Stated]:
    """Every stated yearly gap of a footprint."""
    return stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.GAP)


@cache
def shared_themes(atlas: Atlas, codes: tuple[str, ...]) -> tuple[Shared, ...]:
    """Themes found for any of them: those found for most first, then those found for the same ones.

    Of these, the most firmly named come first.
    """
    proofs = themes_named.evidence(atlas, later=RULES.later)
    found = [
        Shared(
            theme,
            tuple(themes_named.degree(proofs.get((code, key), ()), RULES) for code in codes),
        )
        for key, theme in themes_named.themes(atlas).items()
    ]
    return tuple(
        sorted(
            (one for one in found if one.naming),
            key=lambda one: (
                -one.naming,
                [degree == 0 for degree in one.degrees],
                -sum(one.degrees),
            ),
        )
    )


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


FILES: Mapping[str, Sequence[str]] = {
    "measures": (
        "measure", "as_of", "code", "footprint", "value", "england", "standard_score",
        "source_title", "url",
    ),
    "themes": ("theme", "code", "footprint", "how_firmly", "documents_read"),
    "gaps": gaps.FILE_COLUMNS,
}  # fmt: skip
"""What is in a file of a comparison, and its columns."""
FIRMLY = ("not found", "mention", "aim or proposal", "priority, workstream or programme")


def file_rows(atlas: Atlas, codes: tuple[str, ...], part: str) -> list[list[object]]:
    """The rows of one of FILES for the footprints compared."""
    places = all_footprints(atlas)
    if part == "measures":
        return [
            [
                line.measure.label, line.as_of, code, places[code].name,
                round(line.values[at], 10), line.england,
                "" if line.measure.key in SIZES else round(line.scores[at], 4),
                sources.source(atlas, line.source).title, sources.source(atlas, line.source).url,
            ]
            for line in (*differences(atlas, codes), *sizes(atlas, codes))
            for at, code in enumerate(codes)
        ]  # fmt: skip
    if part == "themes":
        return [
            [
                one.theme.label, code, places[code].name, FIRMLY[one.degrees[at]],
                themes_named.coverage(atlas, code).read,
            ]
            for one in shared_themes(atlas, codes)
            for at, code in enumerate(codes)
        ]  # fmt: skip
    rows = gaps.file_rows(atlas, gaps.GapFilter())
    return [row for code in codes for row in rows if row[0] == code]
