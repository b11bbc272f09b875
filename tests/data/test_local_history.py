"""Capital, savings, ratings, events and statements, held against the raw rows and the seeds."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from each import each

import stp_data
from stp_data.evidence import not_found
from stp_data.history import timeline
from stp_data.money import sums
from stp_data.overview import among_the_44
from stp_data.plans import statements

NUMBER = re.compile(r">?(\d+(?:\.\d+)?)")
# The raw row has the upper end of the range in its excerpt.
UPPER_ENDS = {"F2641": ("£10m - £30m", ("10", "30"))}
CATEGORIES = ["outstanding", "advanced", "making progress", "needs most improvement"]


# --- sums --------------------------------------------------------------------------------------


def test_a_sum_is_the_raw_value(facts, rows) -> None:
    checked = 0
    for line, row in enumerate(rows("plan_sums"), start=2):
        first, *_ = row["facts"].split()
        stated = facts[first]["value"]
        if first in UPPER_ENDS:
            words, ends = UPPER_ENDS[first]
            assert words in facts[first]["excerpt"]
            assert (row["value"], row["value_to"]) == ends
        elif row["qualifier"] == "range":
            assert f"{row['value']}-{row['value_to']}" == stated, line
        elif row["value"]:
            found = NUMBER.fullmatch(stated)
            assert found, line
            assert float(found[1]) == float(row["value"]), line
            assert (row["qualifier"] == "at least") or not stated.startswith(">"), line
            checked += 1
    assert checked > 100


def test_sums_are_million_pounds_and_only_amounts_are_qualified(facts, rows) -> None:
    for line, row in enumerate(rows("plan_sums"), start=2):
        assert bool(row["value"]) == bool(row["qualifier"]), line
        assert bool(row["value_to"]) == (row["qualifier"] == "range"), line
        if row["value"]:
            units = {facts[fact]["unit"] for fact in row["facts"].split()}
            assert units <= {"", "GBP million"}, line
        else:
            assert row["kind"] in ("capital awarded", "capital not awarded"), line


CAUTION = re.compile(
    r"\b(?:about|around|almost|nearly|over|more than|at least|in excess of|up to|some) "
    r"£(?P<figure>[\d,]+(?:\.\d+)?)"
)


def test_a_word_of_caution_in_the_excerpt_is_in_the_sum(facts, rows) -> None:
    cautious = 0
    for line, row in enumerate(rows("plan_sums"), start=2):
        for found in CAUTION.finditer(facts[row["facts"].split()[0]]["excerpt"].lower()):
            if row["value"] and float(found["figure"].replace(",", "")) == float(row["value"]):
                cautious += 1
                assert row["qualifier"] != "exact", line
    assert cautious > 20


def test_the_fifteen_areas_of_july_2017_are_those_of_the_raw_list(facts, rows) -> None:
    listed = {row["stp_code"] for row in facts.values() if row["value"].startswith("one of 15")}
    ours = {row["code"] for row in rows("plan_sums") if row["source"] == "hansard-2017-07"}
    assert len(listed) == 15
    assert ours == listed


@each(
    ("code", "kind", "words"),
    [
        ("E54000041", "capital awarded", "at least £100m"),
        ("E54000012", "capital awarded", "up to £30m"),
        ("E54000047", "capital awarded", "£30m to £50m"),
        ("E54000019", "capital awarded", "amount not found"),
        ("E54000043", "capital not awarded", "none"),
        ("E54000042", "capital asked", "£194m"),
    ],
)
def test_sums_are_put_into_words(atlas: stp_data.Atlas, code: str, kind: str, words: str) -> None:
    assert words in [sums.sum_of_money(s) for s in sums.sums(atlas, code) if s.kind == kind]


# --- ratings -----------------------------------------------------------------------------------


# The page of Devon says how far it had come, and names neither a dashboard nor a date.
NO_RATING = "F1977"


def test_ratings_are_those_of_the_raw_rows_and_of_nobody_else(facts, rows) -> None:
    raw = {}
    said = facts[NO_RATING]["excerpt"].lower()
    assert "dashboard" not in said
    assert "201" not in said
    assert [row["code"] for row in rows("statements") if NO_RATING in row["facts"].split()] == [
        facts[NO_RATING]["stp_code"]
    ]
    for fact in facts.values():
        if fact["kind"] == "progress_rating" and fact["fact"] != NO_RATING:
            assert raw.setdefault(fact["stp_code"], fact["value"]) == fact["value"]
    assert {row["code"]: row["rating"] for row in rows("ratings")} == raw
    assert set(raw.values()) == set(CATEGORIES)


def test_a_footprint_without_a_rating_has_none(atlas: stp_data.Atlas, rows) -> None:
    rated = {row["code"] for row in rows("ratings")}
    codes = {row["code"] for row in rows("footprints")}
    assert {code for code in codes if timeline.rating(atlas, code)} == rated


# --- events ------------------------------------------------------------------------------------

SUCCESS_REGIME = {"F1324", "F1995", "F2580"}  # each says "from June 2015"
# The source has a second date in a heading; the rows of three footprints name it alike.
SECOND_DATE = {"F2426": ("2018-04", "source heading says April 2018, text says August 2018")}
# The raw row has the date of the article; these words of it give that of the event.
DATE_IN_WORDS = {
    "F0312": ("2016-11", "during November and December"),
    "F0460": ("2019-09-27", "27 September 2019"),
    "F0582": ("2017-01-24", "24 January"),
    "F0871": ("2017-07-11", "11th July"),
    "F0929": ("2018-12", "December 2018 call"),
    "F0981": ("2016-08", "in August and September"),
    "F1271": ("2017-11", "at the end of November 2017"),
    "F1757": ("2017", "control total in 2017/18"),
    "F2296": ("2019-10-24", "24 October 2019"),
    "F2356": ("2016-12-05", "5 December 2016"),
    "F2465": ("2017-01-16", "Monday, January 16"),
}
# The raw row has the date of the article, and the event no date as near as that.
LESS_PRECISE = {
    "F0310": "2019", "F1038": "2019-08", "F1404": "2017", "F1629": "2017", "F1867": "2017",
    "F1929": "", "F2424": "2017-09", "F2484": "2017", "F2486": "2017-09", "F2542": "2017-09",
    "F2599": "", "N132": "2016-05", "N137": "2016-10", "N140": "2017-02", "N146": "2018-02",
}  # fmt: skip


def test_dates_of_events_are_those_of_the_raw_rows(noted, rows) -> None:
    for line, row in enumerate(rows("events"), start=2):
        first = row["facts"].split()[0]
        dated = noted[first]["as_of"]
        if first in SUCCESS_REGIME:
            assert noted[first]["value"] == "in the Success Regime from June 2015"
            assert row["date"] == "2015-06"
        elif row["code"] == "ENG" and first in SECOND_DATE:
            date, words = SECOND_DATE[first]
            assert row["date"] == date
            assert all(words in noted[fact]["scope"] for fact in row["facts"].split())
            assert row["note"]
        elif first in DATE_IN_WORDS:
            date, words = DATE_IN_WORDS[first]
            assert row["date"] == date
            assert words in noted[first]["value"] + noted[first]["excerpt"]
        elif first in LESS_PRECISE:
            assert row["date"] == LESS_PRECISE[first]
            assert dated.startswith(row["date"])
            assert dated != row["date"]
        elif noted[first]["kind"] == "capped_expenditure_process":
            # Reported in August 2017, of the financial year.
            assert (dated, row["date"]) == ("2017-08", "2017")
        elif re.fullmatch(r"\d{4}(-\d\d){0,2}", dated):
            assert row["date"] == dated, line
        else:
            assert row["date"] == "", line


@each(
    ("words", "ours", "number"),
    [
        ("accountable care system wave 1", "in the first wave of accountable", 5),
        ("integrated care system, second wave", "system in the second wave", 4),
        ("integrated care system from 1 April 2021", "one of the last 13 areas", 13),
        ("integrated care system (announced December 2020)", "one of 11 areas", 11),
    ],
)
def test_waves_of_integrated_care_are_those_of_the_raw_rows(
    facts, rows, words: str, ours: str, number: int
) -> None:
    raw = {f["stp_code"] for f in facts.values() if f["value"].startswith(words)}
    found = {row["code"] for row in rows("events") if ours in row["summary"]}
    assert len(raw) == number
    assert raw <= found
    # Parts of a footprint are said to be parts.
    for row in rows("events"):
        if ours in row["summary"] and row["code"] not in raw:
            assert re.search(r"\b(parts?|Part)\b|devolution", row["summary"] + row["note"]), row


def test_timeline_has_events_rating_capital_and_publication_by_date(
    atlas: stp_data.Atlas, rows
) -> None:
    given = [
        row
        for row in rows("plan_sums")
        if row["kind"].startswith("capital") and row["kind"].endswith("awarded")
    ]
    expected = Counter(row["code"] for name in ("events", "ratings") for row in rows(name))
    expected += Counter(row["code"] for row in given)
    expected += Counter(row["code"] for row in rows("plans") if row["published"])
    for row in rows("footprints"):
        found = timeline.timeline(atlas, row["code"])
        dates = [report.date or "9999" for report in found]
        assert dates == sorted(dates)
        assert all(report.sources and report.summary for report in found)
        assert len(found) == expected[row["code"]]
        kinds = Counter(report.kind for report in found)
        assert kinds["rating"] == sum(r["code"] == row["code"] for r in rows("ratings"))
        assert kinds["capital"] == sum(r["code"] == row["code"] for r in given)


# --- statements --------------------------------------------------------------------------------


def test_every_statement_is_shown_in_one_of_two_places(atlas: stp_data.Atlas, rows) -> None:
    shown = [
        (row["code"], one.summary)
        for row in rows("footprints")
        for topics in (statements.TABLE_TOPICS, statements.PLAN_TOPICS)
        for one in statements.on_topics(statements.statements(atlas, row["code"]), topics)
    ]
    assert sorted(shown) == sorted((row["code"], row["summary"]) for row in rows("statements"))


SEED_FACTS = {
    "seed-000": ("E54000011", ["Powys", "Healthwatch Shropshire", "Future Fit", "communication and "
                               "engagement", "summer 2017", "Karen Calder"]),
    "seed-001": ("E54000019", ["co-production", "three aims", "30 June 2016"]),
    "seed-002": ("E54000010", ["Penny Harris", "John MacDonald", "Four main challenges",
                               "financially sustainable", "senior responsible officer",
                               "regional leads", "Fire and rescue", "case for change"]),
    "seed-004": ("E54000005", ["Wakefield", "prevention"]),
}  # fmt: skip


@each("seed", SEED_FACTS)
def test_the_facts_of_a_seed_document_are_under_its_footprint(rows, seed: str) -> None:
    code, words = SEED_FACTS[seed]
    mine = [row for row in rows("statements") if seed in row["facts"].split()]
    assert {row["code"] for row in mine} == {code}
    text = " ".join(row["summary"] + row["note"] for row in mine)
    assert [word for word in words if word not in text] == []


# --- what was not found ------------------------------------------------------------------------


def test_what_is_missing_besides_is_what_the_tables_do_not_have(
    atlas: stp_data.Atlas, rows
) -> None:
    def codes(table: str, column: str, *kinds: str) -> set[str]:
        return {row["code"] for row in rows(table) if row[column] in kinds}

    found = {
        "rating": {row["code"] for row in rows("ratings")},
        "award": codes("plan_sums", "kind", "capital awarded"),
        "requested": codes("plan_sums", "kind", "capital asked", "capital needed"),
        "governance": codes("statements", "topic", "structure", "governance", "people", "position"),
        "engagement": codes("statements", "topic", "engagement")
        | codes("events", "kind", "engagement"),
        "integrated care": codes("events", "kind", "integrated care"),
    }
    for row in rows("footprints"):
        said = " ".join(not_found.missing_besides(atlas, row["code"]))
        for word, having in found.items():
            assert (word in said) == (row["code"] not in having), (row["code"], word)


# --- strips ------------------------------------------------------------------------------------


def test_a_strip_places_the_44_between_the_lowest_and_the_highest(
    atlas: stp_data.Atlas, rows
) -> None:
    figures = {
        row["code"]: float(row["value"])
        for row in rows("measured")
        if row["measure"] == "road_distance_gp"
    }
    england = figures.pop("ENG")
    low, high = min(figures.values()), max(figures.values())
    for code, figure in figures.items():
        (found,) = [
            strip
            for strip in among_the_44.strips(atlas, code, "care and quality")
            if strip.measure.key == "road_distance_gp"
        ]
        assert found.here_at == pytest.approx((figure - low) / (high - low), abs=1e-3)
        assert found.england_at == pytest.approx((england - low) / (high - low), abs=1e-3)
        assert len(found.dots) == found.of == 44
        assert found.rank == 1 + sum(other > figure for other in figures.values())
        assert f"{figure:.1f} km" in found.words
        assert f"England {england:.1f} km" in found.words
        assert code not in among_the_44.most_alike(atlas, code)
        assert [round(value, 4) for value in found.alike] == [
            round(figures[other], 4) for other in among_the_44.most_alike(atlas, code)
        ]


def test_head_counts_are_not_set_against_england(atlas: stp_data.Atlas) -> None:
    for strip in among_the_44.strips(atlas, "E54000041", among_the_44.PLACE):
        counted = strip.measure.unit == "people"
        assert (strip.england is None) == counted
        assert ("England" in strip.words) == (not counted)
