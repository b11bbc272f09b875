"""What others counted beside our own counts, and where the two cannot both be right.

Numbers are counted here again, from the tables alone.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from each import each

import stp_data
from stp_data.evidence import conflicts, source_usage
from stp_data.priorities import counts_by_others
from stp_data.priorities.themes_named import Rules

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
INTENDED = {"priority", "workstream", "programme", "aim", "proposal"}


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


THEMES = [row["theme"] for row in rows("themes")]


@cache
def named(theme: str, *, mentions: bool = False) -> set[str]:
    """Footprints with a row of 2016 or 2017 for the theme."""
    dated = {row["source"]: row["date"] for row in rows("sources")}
    return {
        row["code"]
        for row in rows("priorities")
        if row["theme"] == theme
        and row["later"] != "yes"
        and (row["as_of"] or dated[row["source"]]) < "2018"
        and (mentions or row["how"] in INTENDED)
    }


def test_every_row_is_a_count_with_its_figure_as_given():
    counts = {one.key: one for one in counts_by_others.counts(stp_data.load())}
    assert len(counts) == len(rows("counts_by_others"))
    for row in rows("counts_by_others"):
        one = counts[row["count_id"]]
        assert one.number == (int(row["count"]) if row["count"] else None)
        assert one.of == (int(row["of"]) if row["of"] else None)
        assert one.footprints == tuple(row["footprints"].split())
        assert one.value == (f"{int(row['count']):,}" if row["count"] else row["said"])
        assert one.value


@each("theme", THEMES)
def test_sentence_gives_our_count_as_a_lower_bound(theme: str):
    said = counts_by_others.beside(stp_data.load(), theme, Rules())
    about = [
        row
        for row in rows("counts_by_others")
        if row["theme"] == theme
        and row["unit"] == "plans"
        and row["said"] not in ("example", "examples", "exception", "exceptions", "all in London")
    ]
    assert bool(said) == bool(about)
    if said:
        assert said.startswith(f"Our sources show at least {len(named(theme))} plan")
        assert said.count(". ") == 1
        assert said.endswith(".")


@each("theme", THEMES)
def test_sentence_has_no_number_that_nobody_gave(theme: str):
    said = counts_by_others.beside(stp_data.load(), theme, Rules())
    given = {str(len(named(theme)))}
    for row in rows("counts_by_others"):
        if row["theme"] == theme:
            given |= {row["count"], row["of"], *re.findall(r"\d+", row["what"])}
    assert set(re.findall(r"\d+", said)) <= given


def test_end_of_life_stands_beside_the_count_of_all_44_plans():
    said = counts_by_others.beside(stp_data.load(), "end_of_life", Rules())
    ours = len(named("end_of_life"))
    assert said == (
        f"Our sources show at least {ours} plans that name it; the National Council for Palliative "
        "Care, which looked at all 44 plans, found 37 that name end of life care at all, 6 of them "
        "with end of life care among their strategic priorities. Ours is lower because we read "
        "documents about each plan, in most cases their openings, not whole plans, and leave out "
        "passing mentions."
    )
    loosely = counts_by_others.beside(stp_data.load(), "end_of_life", Rules(firmness="any"))
    assert f"at least {len(named('end_of_life', mentions=True))} plans" in loosely
    assert "passing mentions" not in loosely


def test_most_stays_most():
    said = counts_by_others.beside(stp_data.load(), "prevention", Rules())
    assert "says that most cover prevention and early help as a main theme" in said
    assert "says that most have public health and prevention among their priorities" in said
    assert said.endswith("That agrees with our count.")


def test_another_thing_is_not_compared():
    said = counts_by_others.beside(stp_data.load(), "maternity", Rules())
    assert "counted something else, so the two can't be compared" in said
    cuts = counts_by_others.beside(stp_data.load(), "acute_reconfiguration", Rules())
    assert "found 28 that mention a cut of some form to local hospitals" in cuts
    assert "part of this theme only" in cuts


def test_conflict_where_others_counted_fewer_than_our_sources_show():
    for mention, row in ((m, r) for r in rows("counts_by_others") for m in [r["names"] == "yes"]):
        if not mention or not row["count"] or row["of"] != "44" or row["unit"] != "plans":
            continue
        ours = len(named(row["theme"], mentions=True))
        fewer = ours > int(row["count"]) and row["count_id"] not in counts_by_others.PART_OF_THEME
        key = f"theme:ENG:{row['count_id']}"
        assert (key in conflicts.by_key(stp_data.load())) == fewer


def test_conflict_where_others_say_that_a_plan_does_not_name_what_our_sources_show():
    expected = set()
    for row in rows("counts_by_others"):
        if row["listed"] != "do not name it":
            continue
        for found in rows("priorities"):
            at_that_time = found["as_of"] and found["as_of"] <= row["as_of"][: len(found["as_of"])]
            if (
                found["theme"] == row["theme"]
                and found["code"] in row["footprints"].split()
                and found["later"] != "yes"
                and at_that_time
            ):
                expected.add(f"theme:{found['code']}:{row['count_id']}")
    every = conflicts.select(conflicts.conflicts(stp_data.load()), kind="theme")
    assert {one.key for one in every if one.code != "ENG"} == expected


def test_conflict_over_a_theme_shows_both_sides_and_prefers_none():
    for one in conflicts.select(conflicts.conflicts(stp_data.load()), kind="theme"):
        theirs, *ours = one.rivals
        assert ours
        assert not one.is_settled
        assert all(rival.sources for rival in one.rivals)
        (row,) = [r for r in rows("counts_by_others") if one.key.endswith(f":{r['count_id']}")]
        assert theirs.sources == (row["source"],)
        assert row["who"] in theirs.text


@pytest.mark.parametrize("later", ["2016-12-22", "2017", "2018-01"])
def test_source_that_is_dated_after_they_said_so_is_no_conflict(later: str):
    (count,) = [
        c for c in counts_by_others.counts(stp_data.load()) if c.listed == counts_by_others.DENIED
    ]
    assert later > count.as_of[: len(later)]
    for _, _, proofs in counts_by_others.contradicted(stp_data.load()):
        assert all(proof.as_of < later for proof in proofs)


def test_source_of_a_count_leads_to_it():
    atlas = stp_data.load()
    for row in rows("counts_by_others"):
        assert source_usage.counts(atlas)[row["source"]]["counts_by_others"] > 0
        assert any(
            use.text.endswith(row["what"]) for use in source_usage.uses(atlas, row["source"])
        )
