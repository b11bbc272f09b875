"""Stated gaps, worked out again from the raw table: no sum or order mixes what it must not."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from each import each

import stp_data
from stp_data.money import gaps
from stp_data.money.gaps import Wanted

TABLES = Path(gaps.__file__).parents[1] / "tables"
SCOPES = ("NHS", "NHS and social care", "not stated", "social care")
REGIONS = (None, "London", "North of England", "Midlands and East of England", "South of England")


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PLACES = {row["code"]: row for row in rows("footprints")}
PEOPLE = {
    row["code"]: float(row["value"]) for row in rows("measured") if row["measure"] == "population"
}
AS_OF = {row["as_of"] for row in rows("measured") if row["measure"] == "population"}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def preferred(scope: str, region: str | None = None) -> list[dict[str, str]]:
    return [
        row
        for row in YEARLY
        if row["preferred"] == "yes"
        and row["scope"] == scope
        and region in (None, PLACES[row["code"]]["nhs_region"])
    ]


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


def test_there_is_something_to_test():
    assert len(YEARLY) > 100
    assert {row["scope"] for row in YEARLY} == set(SCOPES)
    assert {row["nhs_region"] for row in PLACES.values()} == {r for r in REGIONS if r}
    assert {"mid-2017"} == AS_OF


@each("region", REGIONS)
@each("scope", SCOPES)
def test_a_sum_is_that_of_the_preferred_figures_of_one_scope(atlas, scope: str, region):
    total = gaps.total(atlas, scope, region)
    raw = preferred(scope, region)
    assert total.low == pytest.approx(sum(float(row["value"]) for row in raw))
    assert total.high == pytest.approx(sum(float(row["value_to"] or row["value"]) for row in raw))
    assert total.footprints == len(raw) == len({row["code"] for row in raw})
    inside = [p for p in PLACES.values() if region in (None, p["nhs_region"])]
    assert total.among == len(inside)
    by_words = defaultdict(list)
    for row in raw:
        by_words[row["qualifier"]].append(float(row["value"]))
    assert {p.qualifier: p.footprints for p in total.parts} == {
        words: len(values) for words, values in by_words.items()
    }
    for part in total.parts:
        assert part.low == pytest.approx(sum(by_words[part.qualifier]))


def test_sums_of_several_scopes_stand_apart_and_none_is_of_them_all(atlas):
    found = gaps.totals(atlas, Wanted())
    assert [total.scope for total in found] == ["NHS and social care", "NHS", "not stated"]
    mixed = sum(float(row["value"]) for row in YEARLY if row["preferred"] == "yes")
    assert all(total.low < mixed for total in found)
    assert sum(total.low for total in found) == pytest.approx(mixed)
    for scope in SCOPES:
        assert [t.scope for t in gaps.totals(atlas, Wanted(scope=scope))] == (
            [scope] if preferred(scope) else []
        )


def test_only_yearly_gaps_of_whole_footprints_are_in_lists_orders_and_sums(atlas):
    found = gaps.yearly(atlas)
    assert sorted(found) == sorted(key(row) for row in YEARLY)
    assert len(found) == len(YEARLY), "two figures share a key"
    shown = [f for line in gaps.lines(atlas, Wanted()) for f in line.figures]
    assert sorted(f.key for f in shown) == sorted(found)
    assert {f.measure for f in shown} == {"finance_gap_2020_21"}


@pytest.mark.parametrize("measure", gaps.OTHER_MEASURES)
def test_gaps_of_other_kinds_are_listed_apart_and_whole(atlas, measure: str):
    raw = [row for row in rows("stated") if row["measure"] == measure]
    assert raw
    listed = gaps.others(atlas, measure, Wanted())
    assert sorted((f.code, f.value, f.scope, f.source) for f in listed) == sorted(
        (row["code"], float(row["value"]), row["scope"], row["source"]) for row in raw
    )
    assert {f.measure for f in listed} == {measure}
    in_london = gaps.others(atlas, measure, Wanted(region="London"))
    assert {PLACES[f.code]["nhs_region"] for f in in_london} <= {"London"}


def test_every_kind_of_gap_in_the_table_is_on_the_page():
    kinds = {row["measure"] for row in rows("stated") if row["measure"].startswith("finance_gap")}
    assert kinds == {"finance_gap_2020_21", *gaps.OTHER_MEASURES}


@each("per_head", [False, True])
@each("scope", [None, *SCOPES])
def test_no_order_by_size_mixes_scopes(atlas, scope: str | None, per_head: bool):
    found = gaps.lines(atlas, Wanted(scope=scope, by_size=True, per_head=per_head))
    assert len(found) == 44
    groups = [line.group for line in found]
    assert len(list(dict.fromkeys(groups))) == 1 + sum(a != b for a, b in pairwise(groups))
    for group in set(groups) - {None}:
        lines = [line for line in found if line.group == group]
        assert {line.figures[0].scope for line in lines} == {group}
        assert all(line.figures[0].preferred for line in lines)
        sizes = [
            line.figures[0].value / (PEOPLE[line.footprint.code] if per_head else 1)
            for line in lines
        ]
        assert sizes == sorted(sizes, reverse=True)
    # Nothing says how the others rank: they stand in the order of names.
    unsorted = [line for line in found if line.group is None and line.figures]
    assert [line.footprint.name for line in unsorted] == sorted(
        line.footprint.name for line in unsorted
    )
    assert not any(line.figures[0].preferred for line in unsorted)


@each("region", REGIONS)
@each("scope", SCOPES)
def test_a_filter_keeps_one_scope_and_loses_no_footprint(atlas, scope: str, region):
    found = gaps.lines(atlas, Wanted(scope=scope, region=region))
    codes = {c for c, place in PLACES.items() if region in (None, place["nhs_region"])}
    assert {line.footprint.code for line in found} == codes
    shown = sorted(figure.key for line in found for figure in line.figures)
    assert shown == sorted(
        key(row) for row in YEARLY if row["scope"] == scope and row["code"] in codes
    )
    empty = [not line.figures for line in found]
    assert empty == sorted(empty), "footprints without a figure come last"


def test_figures_a_head_are_of_the_people_of_mid_2017(atlas):
    for row in YEARLY:
        figure = gaps.yearly(atlas)[key(row)]
        low, high = gaps.ends(atlas, figure, Wanted(per_head=True))
        each = 1e6 / PEOPLE[row["code"]]
        assert low == pytest.approx(float(row["value"]) * each)
        assert high == pytest.approx(float(row["value_to"] or row["value"]) * each)


@each("region", REGIONS)
@each("scope", SCOPES)
def test_the_finding_of_a_scope_names_its_own_ends_only(atlas, scope: str, region):
    raw = sorted(preferred(scope, region), key=lambda row: float(row["value"]))
    words = gaps.finding(atlas, Wanted(scope=scope, region=region))
    assert ("in London" in words) == (region == "London")
    values = [float(row["value"]) for row in raw]
    if len(raw) > 1 and len(set(values)) == len(values):
        low, high = PLACES[raw[0]["code"]]["name"], PLACES[raw[-1]["code"]]["name"]
        assert words.index(low) < words.index(high)
        assert f"in {len(raw)} of " in words
    if not raw:
        assert "none is preferred" in words or "was found for any" in words


def test_the_finding_of_all_scopes_compares_no_amounts(atlas):
    words = gaps.finding(atlas, Wanted())
    assert "£" not in words
    settled = [row for row in YEARLY if row["preferred"] == "yes"]
    clear = [row for row in settled if row["scope"] != "not stated"]
    assert f"{len({row['code'] for row in YEARLY})} footprints" in words
    assert f"in {len(settled)} one figure is preferred" in words
    assert f"only {len(clear)} of those say what they cover" in words


def test_rivals_are_all_other_figures_of_the_same_gap(atlas):
    for row in YEARLY:
        found = gaps.rivals(atlas, gaps.yearly(atlas)[key(row)])
        others = [r for r in YEARLY if r["code"] == row["code"] and r is not row]
        assert sorted(figure.key for figure in found) == sorted(map(key, others))


def test_published_national_sums_are_those_of_the_table(atlas):
    raw = [row for row in rows("national") if row["series"].startswith("gap-sum")]
    assert sorted(float(row["value"]) for row in raw) == [20, 22, 23, 26]
    found = [point for _, point in gaps.national_sums(atlas)]
    assert [point.value for point in found] == sorted(float(row["value"]) for row in raw)
    assert {point.sources[0] for point in found} == {row["source"] for row in raw}
