"""Stated gaps, worked out again from the raw table: no sum or order mixes what it must not."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from each import each

import stp_data
from stp_data.money import gaps, national
from stp_data.money.gaps import GapFilter

TABLES = Path(gaps.__file__).parents[1] / "tables"
SCOPES = ("NHS", "NHS and social care", "not stated", "social care")
REGIONS = (None, "London", "North of England", "Midlands and East of England", "South of England")


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PREFERRED = [row for row in YEARLY if row["preferred"] == "yes"]
PLACES = {row["code"]: row for row in rows("footprints")}
PEOPLE = {
    row["code"]: float(row["value"]) for row in rows("measured") if row["measure"] == "population"
}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def preferred(scope: str, region: str | None = None) -> list[dict[str, str]]:
    return [
        row
        for row in PREFERRED
        if row["scope"] == scope and region in (None, PLACES[row["code"]]["nhs_region"])
    ]


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


@each("region", REGIONS)
@each("scope", SCOPES)
def test_a_total_is_of_the_preferred_figures_of_one_scope(atlas, scope: str, region):
    total = gaps.total(atlas, scope, region)
    raw = preferred(scope, region)
    assert total.low == pytest.approx(sum(float(row["value"]) for row in raw))
    assert total.high == pytest.approx(sum(float(row["value_to"] or row["value"]) for row in raw))
    assert total.footprints == len(raw) == len({row["code"] for row in raw})
    by_words = defaultdict(list)
    for row in raw:
        by_words[row["qualifier"]].append(float(row["value"]))
    assert {p.label: p.footprints for p in total.parts} == {
        words: len(values) for words, values in by_words.items()
    }
    for part in total.parts:
        assert part.low == pytest.approx(sum(by_words[part.label]))


def test_totals_of_several_scopes_stay_separate(atlas):
    found = gaps.totals(atlas, GapFilter())
    assert [total.label for total in found] == ["NHS and social care", "NHS", "not stated"]
    mixed = sum(float(row["value"]) for row in PREFERRED)
    assert all(total.low < mixed for total in found)
    assert sum(total.low for total in found) == pytest.approx(mixed)
    for scope in SCOPES:
        of_scope = [total.label for total in gaps.totals(atlas, GapFilter(scope=scope))]
        assert of_scope == ([scope] if preferred(scope) else [])


def test_only_yearly_gaps_of_whole_footprints_are_listed(atlas):
    assert len(YEARLY) > 100
    assert sorted(gaps.yearly(atlas)) == sorted(key(row) for row in YEARLY)
    shown = [f.key for line in gaps.lines(atlas, GapFilter()) for f in line.figures]
    assert sorted(shown) == sorted(key(row) for row in YEARLY)


@each("measure", gaps.OTHER_MEASURES)
def test_gaps_of_other_kinds_are_listed_apart_and_whole(atlas, measure: str):
    raw = [row for row in rows("stated") if row["measure"] == measure]
    listed = gaps.others(atlas, measure, GapFilter())
    assert sorted((f.code, f.value, f.scope, f.source) for f in listed) == sorted(
        (row["code"], float(row["value"]), row["scope"], row["source"]) for row in raw
    )
    assert listed
    in_london = gaps.others(atlas, measure, GapFilter(region="London"))
    assert {PLACES[f.code]["nhs_region"] for f in in_london} <= {"London"}


def test_every_kind_of_gap_in_the_table_is_known():
    kinds = {row["measure"] for row in rows("stated") if row["measure"].startswith("finance_gap")}
    assert kinds == {"finance_gap_2020_21", *gaps.OTHER_MEASURES}


@each("per_head", [False, True])
@each("scope", [None, *SCOPES])
def test_an_order_by_size_never_mixes_scopes(atlas, scope: str | None, per_head: bool):
    found = gaps.lines(atlas, GapFilter(scope=scope, by_size=True, per_head=per_head))
    assert len(found) == 44
    groups = [line.group for line in found]
    assert len(list(dict.fromkeys(groups))) == 1 + sum(a != b for a, b in pairwise(groups))
    for group in set(groups) - {None}:
        lines = [line for line in found if line.group == group]
        assert {(line.figures[0].scope, line.figures[0].preferred) for line in lines} == {
            (group, True)
        }
        sizes = [
            line.figures[0].value / (PEOPLE[line.footprint.code] if per_head else 1)
            for line in lines
        ]
        assert sizes == sorted(sizes, reverse=True)
    # Nothing says how the others rank: they stand in the order of names.
    unranked = [line for line in found if line.group is None and line.figures]
    assert not any(line.figures[0].preferred for line in unranked)
    names = [line.footprint.name for line in unranked]
    assert names == sorted(names)


@each("region", REGIONS)
@each("scope", SCOPES)
def test_a_filter_keeps_one_scope_and_loses_no_footprint(atlas, scope: str, region):
    found = gaps.lines(atlas, GapFilter(scope=scope, region=region))
    codes = {c for c, place in PLACES.items() if region in (None, place["nhs_region"])}
    assert {line.footprint.code for line in found} == codes
    shown = sorted(figure.key for line in found for figure in line.figures)
    wanted = [row for row in YEARLY if row["scope"] == scope and row["code"] in codes]
    assert shown == sorted(map(key, wanted))
    empty = [not line.figures for line in found]
    assert empty == sorted(empty), "footprints without a figure come last"


def test_figures_per_person_are_of_the_people_of_mid_2017(atlas):
    as_of = {row["as_of"] for row in rows("measured") if row["measure"] == "population"}
    assert as_of == {"mid-2017"}
    for row in YEARLY:
        figure = gaps.yearly(atlas)[key(row)]
        each_person = 1e6 / PEOPLE[row["code"]]
        assert gaps.ends(atlas, figure, GapFilter(per_head=True)) == pytest.approx(
            (
                float(row["value"]) * each_person,
                float(row["value_to"] or row["value"]) * each_person,
            )
        )


@each("region", REGIONS)
@each("scope", SCOPES)
def test_the_finding_of_a_scope_names_its_own_ends_only(atlas, scope: str, region):
    raw = sorted(preferred(scope, region), key=lambda row: float(row["value"]))
    words = gaps.finding(atlas, GapFilter(scope=scope, region=region))
    assert ("in London" in words) == (region == "London")
    values = [float(row["value"]) for row in raw]
    if len(raw) > 1 and len(set(values)) == len(values):
        low, high = PLACES[raw[0]["code"]]["name"], PLACES[raw[-1]["code"]]["name"]
        assert words.index(low) < words.index(high)
        assert f"in {len(raw)} of " in words
    if not raw:
        assert "don't settle on a figure" in words or "We found no gap" in words


def test_the_finding_of_all_scopes_compares_no_amounts(atlas):
    words = gaps.finding(atlas, GapFilter())
    assert "£" not in words
    clear = [row for row in PREFERRED if row["scope"] != "not stated"]
    assert f"{len({row['code'] for row in YEARLY})} footprints" in words
    assert f"we use one for {len(PREFERRED)}, and only {len(clear)} of those say" in words


def test_rivals_are_all_other_figures_of_the_same_gap(atlas):
    for row in YEARLY:
        found = gaps.rivals(atlas, gaps.yearly(atlas)[key(row)])
        others = [r for r in YEARLY if r["code"] == row["code"] and r is not row]
        assert sorted(figure.key for figure in found) == sorted(map(key, others))


def test_published_totals_are_those_of_the_table(atlas):
    raw = [row for row in rows("national") if row["series"].startswith("gap-sum")]
    found = [point for _, point in national.gap_sums(atlas)[0].figures]
    assert [point.value for point in found] == sorted(float(row["value"]) for row in raw)
    assert [point.value for point in found] == [20, 22, 23, 26]
    assert {point.sources[0] for point in found} == {row["source"] for row in raw}
