"""Themes, priorities and proposals: counted by other means than the product counts them."""

from __future__ import annotations

import csv
import itertools
import math
import re
from pathlib import Path

import pytest
from each import each

from stp_data import comparing, priorities, sharing, standing
from stp_data.priorities import Question, Rules

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
OFFICIAL = {"nhs", "council", "government"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def brute_force(themes, match, strength, *, later, region=None) -> set[str]:
    """Codes straight from the CSV files, without the product's code."""
    sources = {row["source"]: row for row in rows_of("sources")}
    regions = {row["code"]: row["nhs_region"] for row in rows_of("footprints")}
    found: set[str] = set()
    for code, where in regions.items():
        if region and where != region:
            continue
        has = []
        for theme in themes:
            proofs = [
                row
                for row in rows_of("priorities")
                if row["code"] == code
                and row["theme"] == theme
                and (later or (row["as_of"] or sources[row["source"]]["date"])[:4] < "2018")
            ]
            official = [r for r in proofs if sources[r["source"]]["publisher_type"] in OFFICIAL]
            enough = {"any": proofs, "official": official, "two": proofs[1:]}[strength]
            has.append(bool(enough))
        if all(has) if match == "all" else any(has):
            found.add(code)
    return found


@each("themes", [("stroke",), ("stroke", "cancer"), ("digital", "estates", "dementia")])
@each("match", ["all", "any"])
@each("strength", ["any", "official", "two"])
@each("later", [False, True])
def test_an_answer_is_what_brute_force_finds(atlas, themes, match, strength, later):
    question = Question(themes, match, Rules(strength, later))
    assert set(priorities.answer(atlas, question)) == brute_force(
        themes, match, strength, later=later
    )


def test_a_region_keeps_to_its_footprints(atlas):
    question = Question(("cancer",), "all", Rules(), "North of England")
    expected = brute_force(("cancer",), "all", "any", later=False, region="North of England")
    assert set(priorities.answer(atlas, question)) == expected
    assert 0 < len(expected) < 9


def test_no_themes_is_no_answer(atlas):
    assert priorities.answer(atlas, Question(())) == []


def test_the_nine_priorities_and_seven_enablers_of_the_update_are_there(atlas):
    named = priorities.named(atlas, Rules())["E54000019"]
    update = {
        row["theme"]
        for row in rows_of("priorities")
        if row["code"] == "E54000019" and row["source"] == "herefordshire-worcestershire-stp-2016"
    }
    # The update joins mental health and learning disabilities in one of its nine.
    clinical = {
        "primary_care", "maternity", "children", "mental_health", "learning_disabilities",
        "urgent_emergency_care", "stroke", "cancer", "out_of_hospital_care",
        "frailty_older_people",
    }  # fmt: skip
    enablers = {
        "workforce", "digital", "communications_engagement", "change_management", "self_care",
        "estates", "back_office",
    }  # fmt: skip
    assert update == clinical | enablers
    assert update <= named


def test_every_footprint_names_something_and_says_how_much_was_read(atlas):
    read = {(row["code"], row["source"]) for row in rows_of("readings")}
    for code, themes in priorities.named(atlas, Rules()).items():
        assert themes, code
        coverage = priorities.coverage(atlas, code)
        assert coverage.read == sum(c == code for c, _ in read)
        assert 0 <= coverage.official <= coverage.read


def test_every_document_cited_for_a_footprint_counts_as_read_for_it():
    read = {(row["code"], row["source"]) for row in rows_of("readings")}
    for row in rows_of("priorities"):
        assert (row["code"], row["source"]) in read, row


def test_a_theme_not_found_is_never_called_no(atlas):
    question = Question(("end_of_life",), "all")
    named = [row[5] for row in sharing.rows(atlas, question)]
    assert set(named) == {"yes", "not found"}


@pytest.mark.parametrize(
    ("themes", "match", "words"),
    [
        (("stroke",), "all", "stroke"),
        (("stroke", "cancer"), "all", "both stroke and cancer"),
        (("stroke", "cancer"), "any", "stroke or cancer"),
        (("stroke", "cancer", "dementia"), "all", "stroke, cancer and dementia"),
    ],
)
def test_the_sentence_counts_what_was_asked(atlas, themes, match, words):
    sentence = sharing.sentence(atlas, Question(themes, match))
    number = len(brute_force(themes, match, "any", later=False))
    verb = "names" if number == 1 else "name"
    assert sentence == f"{number} of 44 plans {verb} {words}, in the sources read"


def test_similarity_is_symmetric_and_within_its_bounds(atlas):
    codes = list(priorities.named(atlas, Rules()))
    index = {
        (code, other.code): other.similarity
        for code in codes
        for other in priorities.most_alike(atlas, code, Rules())
    }
    assert len(index) == 44 * 43
    for a, b in itertools.combinations(codes, 2):
        assert index[a, b] == index[b, a]
        assert 0 <= index[a, b] <= 1


def test_fisher_agrees_with_the_lady_tasting_tea():
    # Four cups of eight: all right by chance once in 70, three right 16 times; two-sided.
    assert math.isclose(priorities.fisher(4, 0, 0, 4), 2 / 70)
    assert math.isclose(priorities.fisher(3, 1, 1, 3), (2 + 32) / 70)


def test_phi_runs_from_minus_one_to_one():
    assert priorities.phi(5, 0, 0, 5) == 1
    assert priorities.phi(0, 5, 5, 0) == -1
    assert priorities.phi(2, 2, 2, 2) == 0
    assert priorities.phi(0, 0, 3, 3) == 0


def test_adjusted_chances_follow_benjamini_and_hochberg():
    # Worked by hand: 0.01*4/1, 0.02*4/2, 0.03*4/3, 0.5*4/4.
    adjusted = priorities.benjamini_hochberg([0.5, 0.01, 0.03, 0.02])
    assert [round(q, 6) for q in adjusted] == [0.5, 0.04, 0.04, 0.04]


def test_pairs_are_counted_right(atlas):
    pairs = priorities.together(atlas, Rules())
    for pair in pairs[:5]:
        first = brute_force((pair.first,), "all", "any", later=False)
        second = brute_force((pair.second,), "all", "any", later=False)
        assert (pair.both, pair.first_only, pair.second_only) == (
            len(first & second),
            len(first - second),
            len(second - first),
        )
        assert pair.both + pair.first_only + pair.second_only + pair.neither == 44
        assert pair.p <= pair.q <= 1


def test_places_alike_are_measured_both_ways_the_same(atlas):
    there = dict(comparing.places_alike(atlas, "E54000037"))["E54000038"]
    back = dict(comparing.places_alike(atlas, "E54000038"))["E54000037"]
    assert math.isclose(there, back)
    assert there > 0


def test_differences_are_ordered_and_in_the_order_asked(atlas):
    codes = ("E54000041", "E54000029")
    lines = comparing.differences(atlas, codes)
    assert [line.spread for line in lines] == sorted((x.spread for x in lines), reverse=True)
    older = next(x for x in lines if x.measure.key == "aged_65_over_share")
    assert [round(v, 1) for v in older.values] == [24.8, 10.0]


# Orders and files


def test_like_beside_like_is_an_order_of_all_44(atlas):
    order = priorities.like_beside_like(atlas, Rules())
    assert sorted(order) == sorted(row["code"] for row in rows_of("footprints"))


def test_like_beside_like_puts_alike_plans_nearer_than_the_order_of_codes(atlas):
    named = priorities.named(atlas, Rules())

    def likeness(order) -> float:
        pairs = itertools.pairwise(order)
        return sum(len(named[a] & named[b]) / len(named[a] | named[b]) for a, b in pairs)

    assert likeness(priorities.like_beside_like(atlas, Rules())) > likeness(sorted(named))


def test_the_themes_that_most_sources_show_come_first(atlas):
    rows = [row for row in rows_of("priorities") if row["code"] == "E54000019"]
    counted = {}
    dates = {row["source"]: row["date"] for row in rows_of("sources")}
    for row in rows:
        if (row["as_of"] or dates[row["source"]]) < "2018":
            counted[row["theme"]] = counted.get(row["theme"], 0) + 1
    order = priorities.by_evidence(atlas, "E54000019", Rules())
    assert set(order) == set(counted)
    numbers = [counted[theme] for theme in order]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("match", ["all", "any"])
def test_every_footprint_is_in_one_group_of_the_list(atlas, match):
    groups = sharing.groups(atlas, Question(("stroke", "cancer"), match))
    codes = [code for _, listed in groups for code in listed]
    assert sorted(codes) == sorted(row["code"] for row in rows_of("footprints"))
    for title, listed in groups:
        assert title.endswith(f"({len(listed)})")


def test_findings_name_what_the_rows_show(atlas):
    for rules in (Rules(), Rules("official"), Rules("two"), Rules(later=True)):
        found = standing.findings(atlas, rules)
        assert len(found) >= 3
        for finding in found:
            codes = priorities.answer(atlas, finding.question)
            if finding.text.startswith("Only "):
                names = {r["code"]: r["name"] for r in rows_of("footprints")}
                assert all(names[code] in finding.text for code in codes)
                assert len(codes) <= 3


def test_the_documents_of_a_sentence_are_counted_once(atlas):
    question = Question(("stroke",), "all")
    dates = {row["source"]: row["date"] for row in rows_of("sources")}
    wanted = {
        row["source"]
        for row in rows_of("priorities")
        if row["theme"] == "stroke" and (row["as_of"] or dates[row["source"]]) < "2018"
    }
    assert sharing.documents(atlas, question) == len(wanted)


# Proposals


NAMED_PRESS = re.compile(
    r"Liverpool Echo|BBC News|Notts TV|Coventry Telegraph|Worcester News|Evening Standard|HSJ|"
    r"Cornishman"
)


def test_no_proposal_rests_on_a_campaign_alone():
    """Official documents and press; a campaign's page only where it quotes a named paper."""
    kinds = {row["source"]: row["publisher_type"] for row in rows_of("sources")}
    press = {"local press", "national press", "trade press"}
    assert len(rows_of("proposals")) > 90
    for row in rows_of("proposals"):
        found = {kinds[key] for key in [row["source"], *row["also"].split()]}
        if not found & (OFFICIAL | press | {"company"}):
            assert NAMED_PRESS.search(row["note"]), row


def test_lists_of_hospitals_at_risk_are_not_published(reference):
    with (reference / "facts.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["fact"]: row["kind"] for row in csv.DictReader(file)}
    used = {fact for row in rows_of("proposals") for fact in row["facts"].split()}
    assert used <= set(kinds)
    assert not any(kinds[fact].startswith("at_risk") for fact in used)
