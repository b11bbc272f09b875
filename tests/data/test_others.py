"""What others counted, beside our own counts: worked out from the tables by the csv module."""

from __future__ import annotations

import re

import pytest
from each import each
from raw_themes import LABELS, named, rows

import stp_data
from stp_data.evidence import conflicts, source_usage
from stp_data.priorities import counts_by_others
from stp_data.priorities.themes_named import Rules

LISTS = ("example", "examples", "exception", "exceptions", "all in London")
COUNTS = {row["count_id"]: row for row in rows("counts_by_others")}


def compared(theme: str, **rules: str) -> str:
    return counts_by_others.compared(stp_data.load(), theme, Rules(**rules))


def test_every_row_is_a_count_with_its_figure_as_given():
    counts = {one.key: one for one in counts_by_others.counts(stp_data.load())}
    assert set(counts) == set(COUNTS)
    for key, row in COUNTS.items():
        one = counts[key]
        assert one.number == (int(row["count"]) if row["count"] else None)
        assert one.of == (int(row["of"]) if row["of"] else None)
        assert one.footprints == tuple(row["footprints"].split())
        assert one.value == (f"{int(row['count']):,}" if row["count"] else row["said"]) != ""


@each("theme", LABELS)
def test_sentence_gives_our_count_as_a_lower_bound_and_no_number_that_nobody_gave(theme: str):
    said, ours = compared(theme), len(named()[theme])
    about = [row for row in COUNTS.values() if row["theme"] == theme]
    plans = [row for row in about if row["unit"] == "plans" and row["said"] not in LISTS]
    assert bool(said) == bool(plans)
    if said:
        assert said.startswith(f"Our sources show at least {ours} plan")
        assert said.count(". ") == 1
        assert said.endswith(".")
    given = {str(ours)}
    for row in about:
        given |= {row["count"], row["of"], *re.findall(r"\d+", row["what"])}
    assert set(re.findall(r"\d+", said)) <= given


def test_end_of_life_is_compared_with_the_count_of_all_44_plans():
    assert compared("end_of_life") == (
        f"Our sources show at least {len(named()['end_of_life'])} plans that name it; the National "
        "Council for Palliative Care, which looked at all 44 plans, found 37 that name end of life "
        "care at all, 6 of them with end of life care among their strategic priorities. Ours is "
        "lower because we read documents about each plan, in most cases their openings, not whole "
        "plans, and leave out passing mentions."
    )
    loosely = compared("end_of_life", firm="any")
    assert f"at least {len(named(firm='any')['end_of_life'])} plans" in loosely
    assert "passing mentions" not in loosely


@each(
    ("theme", "said"),
    [
        ("prevention", "says that most cover prevention and early help as a main theme"),
        ("prevention", "says that most have public health and prevention among their priorities"),
        ("prevention", "That agrees with our count."),
        ("maternity", "counted something else, so the two can't be compared"),
        ("acute_reconfiguration", "found 28 that mention a cut of some form to local hospitals"),
        ("acute_reconfiguration", "part of this theme only"),
    ],
)
def test_most_stays_most_and_another_thing_is_not_compared(theme: str, said: str):
    assert said in compared(theme)


def test_conflict_where_others_counted_fewer_than_our_sources_show():
    by_theme = named(firm="any")
    for key, row in COUNTS.items():
        if row["names"] != "yes" or not row["count"] or (row["of"], row["unit"]) != ("44", "plans"):
            continue
        fewer = len(by_theme[row["theme"]]) > int(row["count"])
        expected = fewer and key not in counts_by_others.PART_OF_THEME
        assert (f"theme:ENG:{key}" in conflicts.by_key(stp_data.load())) == expected


def test_conflict_where_others_say_that_a_plan_does_not_name_what_our_sources_show():
    expected = {
        f"theme:{found['code']}:{key}"
        for key, row in COUNTS.items()
        if row["listed"] == "do not name it"
        for found in rows("priorities")
        if found["theme"] == row["theme"]
        and found["code"] in row["footprints"].split()
        and found["later"] != "yes"
        and found["as_of"]
        and found["as_of"] <= row["as_of"][: len(found["as_of"])]
    }
    every = conflicts.select(conflicts.conflicts(stp_data.load()), kind="theme")
    assert {one.key for one in every if one.code != "ENG"} == expected
    for one in every:
        theirs, *ours = one.rivals
        assert ours
        assert not one.settled
        assert all(rival.sources for rival in one.rivals)
        row = COUNTS[one.key.rpartition(":")[2]]
        assert theirs.sources == (row["source"],)
        assert row["who"] in theirs.text


@pytest.mark.parametrize("later", ["2016-12-22", "2017", "2018-01"])
def test_source_that_is_dated_after_they_said_so_is_no_conflict(later: str):
    (row,) = [row for row in COUNTS.values() if row["listed"] == "do not name it"]
    assert later > row["as_of"][: len(later)]
    for _, _, proofs in counts_by_others.contradicted(stp_data.load()):
        assert all(proof.as_of < later for proof in proofs)


def test_source_of_a_count_leads_to_it():
    atlas = stp_data.load()
    for row in COUNTS.values():
        assert source_usage.counts(atlas)[row["source"]]["counts_by_others"] > 0
        uses = source_usage.uses(atlas, row["source"])
        assert any(use.text.endswith(row["what"]) for use in uses)
