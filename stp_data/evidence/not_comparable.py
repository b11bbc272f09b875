"""Figures that differ because they are of different things, so that they are no conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.evidence import rivals
from stp_data.evidence.rivals import ENGLAND, Rival
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated


@dataclass(frozen=True)
class NotComparable:
    """Rows that look like rivals and are not."""

    code: str
    """Footprint, or ENG."""
    rows: tuple[Rival, ...]
    why: str


@cache
def not_comparable(atlas: Atlas) -> tuple[NotComparable, ...]:
    """Footprints with money of more than one kind, then national figures on different bases."""
    return (*_of_footprints(atlas), *_national(atlas))


def _of_footprints(atlas: Atlas) -> Iterator[NotComparable]:
    """One row for each measure, scope and year: the figure we use, or else the first."""
    for code in footprints.all_footprints(atlas):
        first: dict[tuple[str, str, str], Stated] = {}
        figures = [one for one in stated_figures.stated(atlas, code) if one.unit == "GBP million"]
        for one in figures:
            alike = [other for other in figures if other.measure == one.measure]
            first.setdefault((one.measure, rivals.scope_of(one, alike), rivals.year_of(one)), one)
        if len(first) > 1:
            rows = tuple(
                rivals.from_figure(one, _in_words(atlas, one), stated_figures.SCOPES[scope])
                for (_, scope, _), one in first.items()
            )
            yield NotComparable(code, rows, _why(list(first)))


def _in_words(atlas: Atlas, one: Stated) -> str:
    label = measures.measure(atlas, one.measure).label
    text = f"{stated_figures.amount(one)}, {label[0].lower()}{label[1:]}"
    return f"{text}: {one.period}" if one.period else text


def _why(kinds: list[tuple[str, str, str]]) -> str:
    reasons = []
    keys = {key for key, _, _ in kinds}
    if len({scope for _, scope, _ in kinds}) > 1:
        reasons.append("they cover different money")
    if "finance_gap_cumulative" in keys and len(keys) > 1:
        reasons.append("one is a total over several years")
    if keys & {"finance_gap_residual", "finance_gap_current", "finance_gap_local"}:
        reasons.append("they are for different years, for a part, or for what the plan leaves")
    return wording.listed(reasons) or "they measure different things"


def _national(atlas: Atlas) -> Iterator[NotComparable]:
    """National figures of one topic, unit and period that are of different series."""
    series = {row["series"]: row for row in records(atlas.series)}
    groups: dict[tuple[str, str, str], dict[str, rivals.Row]] = defaultdict(dict)
    for row in records(atlas.national):
        of = series[row["series"]]
        groups[of["topic"], of["unit"], row["period"]].setdefault(row["series"], row)
    for (topic, _, period), points in groups.items():
        if topic != "other" and len({row["value"] for row in points.values()}) > 1:
            rows = tuple(
                rivals.from_row(
                    row,
                    f"{series[key]['label']}, {period}: {rivals.national_figure(series[key], row)}",
                )
                for key, row in points.items()
            )
            yield NotComparable(ENGLAND, rows, "each source counts on a different basis")
