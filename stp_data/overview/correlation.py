"""Two figures of each footprint set against each other, with their rank correlation.

What can be related: the mapped measures, among them the stated gap per person of one coverage, and
the number of themes that a plan is known to name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt

import pandas as pd

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Query
from stp_data.overview import comparing
from stp_data.overview.subject import PRIORITIES
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules

FEWEST = 10
"""With fewer footprints nothing is said of a pattern."""
SHORT = {
    "imd_2015_poorest_fifth_share": "Share of people in the most deprived fifth of areas",
    "gap_per_head_nhs_care": "Stated gap per person (NHS and social care)",
    "gap_per_head_nhs": "Stated gap per person (NHS only)",
    "gap_per_head_not_stated": "Stated gap per person (coverage not stated)",
}
"""Labels for a chart's axis, where that of the table of measures is long or has a colon."""
_QUALIFIERS = {"about": "about ", "at least": "at least ", "up to": "up to "}
_AGES = frozenset({"under_18_share", "aged_65_over_share", "aged_85_over_share"})
_DEPRIVATION = frozenset({"imd_2015_score", "imd_2015_poorest_fifth_share"})
_PARTS = _DEPRIVATION | {
    "income_deprived_share", "life_years_lost", "illness_disability_ratio", "mood_anxiety_score",
    "acute_morbidity_ratio", "road_distance_gp",
}  # fmt: skip
"""Indicators that the Index of Multiple Deprivation is made of, in this or an earlier edition."""


@dataclass(frozen=True)
class Figure:
    """One footprint's figure."""

    value: float
    high: float
    """The upper end of a range, else the same as ``value``."""
    qualifier: str
    """exact, about, at least, up to or range."""
    text: str
    """In words, with its unit."""
    source: str = ""
    """Key in the table of sources; empty for what is counted from many documents."""
    confidence: str = ""
    """high, medium or low, of a stated figure; empty for what was measured or counted."""


@dataclass(frozen=True)
class Quantity:
    """What one axis shows."""

    key: str
    label: str
    unit: str
    as_of: str
    figures: Mapping[str, Figure]
    """By code; footprints without a figure are absent."""
    england: float | None = None
    """None where England has no figure, or only a total of the 44."""
    england_text: str = ""

    @property
    def in_sentence(self) -> str:
        """The label within a sentence."""
        return f"{self.label[0].lower()}{self.label[1:]}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that a figure rests on, once."""
        found = dict.fromkeys(figure.source for figure in self.figures.values())
        return tuple(key for key in found if key)


@dataclass(frozen=True)
class Related:
    """Two quantities and the footprints that have both."""

    x: Quantity
    y: Quantity
    codes: tuple[str, ...]
    """Footprints with both figures, in the order of codes."""
    missing: Mapping[str, tuple[Quantity, ...]]
    """Code of each other footprint -> what it has no figure for."""
    rho: float | None
    """Spearman's coefficient; None with fewer than three footprints, or where all are equal."""

    @property
    def is_clear(self) -> bool:
        """Whether the coefficient is further from zero than chance would often bring it."""
        n = len(self.codes)
        return self.rho is not None and n >= FEWEST and abs(self.rho) >= 2 / sqrt(n - 1)


@cache
def labels(atlas: Atlas) -> dict[str, str]:
    """Everything that can be related: key in an address -> label."""
    found = {key: SHORT.get(key, one.label) for key, one in measures.mapped(atlas).items()}
    return {**found, PRIORITIES: "Number of themes named (at least)"}


X = Choice("x", "measure", labels, default="income_deprived_share")
Y = Choice("y", "measure", labels, default="life_years_lost")


def check(_atlas: Atlas, query: Query) -> None:
    """Raise FilterError where both axes would show the same measure."""
    if X.word(query) == Y.word(query):
        raise FilterError("x and y are two different measures.", "Choose two different measures.")


@cache
def quantity(atlas: Atlas, key: str) -> Quantity:
    """The figures of one of ``labels``."""
    label = labels(atlas)[key]
    if key == PRIORITIES:
        numbers = {code: len(found) for code, found in themes_named.named(atlas, Rules()).items()}
        figures = {
            code: Figure(number, number, "at least", f"at least {number}")
            for code, number in numbers.items()
            if number
        }
        return Quantity(key, label, "at least", "plans of 2016 and 2017", figures)
    found = measures.values(atlas, key)
    if key in measures.SCOPE_OF_GAP:
        people = measures.values(atlas, "population").by_code
        figures = {
            code: _gap(gap, people[code])
            for code, gap in stated_figures.preferred_gaps(atlas).items()
            if gap.scope == measures.SCOPE_OF_GAP[key]
        }
    else:
        figures = {
            code: Figure(
                value, value, "exact", measures.shown(found.measure, value), found.source_of[code]
            )
            for code, value in found.by_code.items()
        }
    england = None if key in comparing.SIZES else found.england
    text = "" if england is None else measures.shown(found.measure, england)
    return Quantity(key, label, found.measure.unit, found.as_of, figures, england, text)


def _gap(gap: stated_figures.Stated, people: float) -> Figure:
    low = gap.per_head(people)
    high = low if gap.value_to is None else gap.value_to * 1e6 / people
    text = f"{_QUALIFIERS.get(gap.qualifier, '')}£{low:,.0f}"
    text += f" to £{high:,.0f}" if high > low else ""
    return Figure(low, high, gap.qualifier, text, gap.source, gap.confidence)


@cache
def related(atlas: Atlas, x: str, y: str) -> Related:
    """Two of ``labels`` set against each other."""
    across, up = quantity(atlas, x), quantity(atlas, y)
    places = footprints.all_footprints(atlas)
    missing = {
        code: absent
        for code in places
        if (absent := tuple(one for one in (across, up) if code not in one.figures))
    }
    codes = tuple(code for code in places if code not in missing)
    values = ([one.figures[code].value for code in codes] for one in (across, up))
    return Related(across, up, codes, missing, spearman(*values))


def spearman(xs: list[float], ys: list[float]) -> float | None:
    """Spearman's rank correlation, equal figures sharing the mean of their ranks.

    None with fewer than three pairs, or where all figures of one kind are equal.
    """
    ranks = pd.DataFrame({"x": xs, "y": ys}, dtype=float).rank()
    if len(ranks) < 3 or ranks["x"].nunique() < 2 or ranks["y"].nunique() < 2:
        return None
    return float(ranks["x"].corr(ranks["y"]))


def finding(found: Related) -> str:
    """What the chart shows, without a full stop."""
    n, x, y = len(found.codes), found.x.in_sentence, found.y.in_sentence
    if not n:
        return f"No footprint has figures for both {x} and {y}"
    if n < FEWEST:
        have = wording.count(n, "footprint has", "footprints have")
        return f"Only {have} figures for both {x} and {y}: too few to see a pattern"
    if not found.is_clear:
        return f"No clear relation between {x} and {y}"
    level = "also tend to rank high" if (found.rho or 0) > 0 else "tend to rank low"
    return f"Footprints that rank high on {x} {level} on {y}"


def coefficient(found: Related) -> str:
    """Spearman's coefficient with the number of footprints, as a sentence."""
    n = wording.count(len(found.codes), "footprint", "footprints")
    if found.rho is None:
        return f"No rank correlation can be worked out for {n}."
    return f"Spearman's rank correlation: {wording.number(found.rho, 2)} (n = {len(found.codes)})."


def cautions(found: Related) -> tuple[str, ...]:
    """What the coefficient does not say, a sentence each."""
    keys = {found.x.key, found.y.key}
    few = found.rho is not None and len(found.codes) < FEWEST
    overlap = (
        any(keys <= family for family in (set(comparing.SIZES), _AGES))
        or (keys <= _PARTS and bool(keys & _DEPRIVATION))
    )  # fmt: skip
    said = {
        "1 means the same order, 0 no relation, \u22121 the opposite order.": True,
        "This doesn't show that one causes the other. There are only 44 areas, and what holds for "
        "areas may not hold for the people in them.": True,
        "With so few footprints, chance alone often gives a coefficient this size.": few,
        "One measure is partly made of the other, or both are parts of the same whole, so they "
        "are related by definition.": overlap,
        "Numbers of themes are lower bounds: where fewer documents were found, fewer themes were, "
        "so the true order may differ.": PRIORITIES in keys,
        "Stated gaps were worked out in different ways. For a range, the lower end is used.": bool(
            keys & set(measures.SCOPE_OF_GAP)
        ),
    }
    return tuple(sentence for sentence, applies in said.items() if applies)


FILE_COLUMNS = [
    "code", "footprint", "nhs_region", "people_mid_2017",
    *(
        f"{axis}_{column}"
        for axis in "xy"
        for column in ("measure", "value", "value_to", "qualifier", "as_of", "source_title", "url")
    ),
    "note",
]  # fmt: skip


def file_rows(atlas: Atlas, found: Related, codes: tuple[str, ...] = ()) -> list[list[object]]:
    """A row for each footprint of ``codes``, or all 44; an absent figure is blank, and noted."""
    people = measures.values(atlas, "population").by_code
    rows: list[list[object]] = []
    for code, place in footprints.all_footprints(atlas).items():
        if codes and code not in codes:
            continue
        missing = [one.in_sentence for one in found.missing.get(code, ())]
        rows.append(
            [
                code, place.name, place.region, round(people[code]),
                *_file_cells(atlas, found.x, code), *_file_cells(atlas, found.y, code),
                f"no figure for {wording.listed(missing)}" if missing else "",
            ]
        )  # fmt: skip
    return rows


def _file_cells(atlas: Atlas, one: Quantity, code: str) -> list[object]:
    figure = one.figures.get(code)
    if figure is None:
        return [one.label, *[""] * 6]
    decimals = 2 if one.key in measures.SCOPE_OF_GAP else 10
    cited = sources.source(atlas, figure.source) if figure.source else None
    return [
        one.label,
        round(figure.value, decimals),
        round(figure.high, decimals) if figure.high > figure.value else "",
        figure.qualifier,
        one.as_of,
        cited.title if cited else "documents read: see matrix.csv",
        cited.url if cited else "",
    ]
