"""Themes, priorities and proposals: counted by other means than the product counts them."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import math
import random
import re

import pandas as pd
import pytest
from each import each
from raw_themes import (
    FIRM,
    FIRMEST,
    LABELS,
    OFFICIAL,
    PLACES,
    RULES,
    SOURCES,
    cells,
    counting,
    is_official,
    rows,
)
from words import faults

from stp_data.overview import colours, comparing, shading
from stp_data.priorities import association, findings, sharing, themes_named
from stp_data.priorities.themes_named import Question, Rules

THEMES = list(LABELS)
PAIR = ("stroke", "cancer")


def answer(themes, match="all", *, region=None, table=None, **rules) -> set[str]:
    """Codes straight from the tables."""
    enough = all if match == "all" else any
    has = cells(table, **rules)
    return {
        code
        for code, place in PLACES.items()
        if region in (None, place["nhs_region"])
        and enough((code, theme) in has for theme in themes)
    }


@each("themes", [("stroke",), PAIR, ("digital", "estates", "dementia")])
@each("match", ["all", "any"])
@each("rules", RULES)
def test_answer_is_what_counting_finds(atlas, themes, match, rules):
    question = Question(themes, match, Rules(**rules))
    assert set(themes_named.answer(atlas, question)) == answer(themes, match, **rules)


@each("rules", RULES)
def test_every_pair_of_plan_and_theme_counts_as_in_the_table(atlas, rules):
    """And its degree says what stricter rules would keep."""
    expected, asked = cells(**rules), Rules(**rules)
    named = themes_named.named(atlas, asked)
    assert {(code, theme) for code, has in named.items() for theme in has} == set(expected)
    assert themes_named.counts(atlas, asked) == {
        theme: sum(of == theme for _, of in expected) for theme in THEMES
    }
    kept = {firm: cells(**rules | {"firm": firm}) for firm in FIRM}
    for cell, found in themes_named.evidence(atlas, later=True).items():
        assert len(themes_named.counting(found, asked)) == expected.get(cell, 0)
        degree = 0
        if cell in expected:
            degree = 3 if cell in kept["set-out"] else 2 if cell in kept["intended"] else 1
        assert themes_named.degree(found, asked) == degree, cell


@each("rules", RULES)
@each("dark", [False, True])
def test_map_of_a_theme_shades_what_was_found_and_leaves_the_rest_pale(atlas, rules, dark):
    weak, middle, firm = colours.strengths(dark)
    kept = {name: cells(**rules | {"firm": name}) for name in FIRM}
    has = cells(**rules)
    drawn = shading.naming(atlas, Question(("mental_health",), "all", Rules(**rules)), dark)
    for shade in drawn.shades:
        cell = (shade.code, "mental_health")
        expected = colours.palette(dark).outside
        if cell in has:
            is_firm, is_middle = cell in kept["set-out"], cell in kept["intended"]
            expected = firm if is_firm else middle if is_middle else weak
        assert shade.colour == expected
        assert (shade.text == "not found") == (cell not in has)
    assert len(drawn.legend) == len({shade.colour for shade in drawn.shades})
    assert not any(char.isdigit() for key in drawn.legend for char in key.text)


def test_region_keeps_to_its_footprints_and_no_theme_has_no_answer(atlas):
    question = Question(("cancer",), region="North of England")
    expected = answer(("cancer",), region="North of England")
    assert set(themes_named.answer(atlas, question)) == expected
    assert 0 < len(expected) <= 9
    assert themes_named.answer(atlas, Question(())) == []


def test_the_nine_priorities_and_seven_enablers_of_the_update_are_there(atlas):
    update = {
        row["theme"]
        for row in rows("priorities")
        if row["code"] == "E54000019" and row["source"] == "herefordshire-worcestershire-stp-2016"
    }
    # The update joins mental health and learning disabilities in one of its nine.
    assert update == {
        "primary_care", "maternity", "children", "mental_health", "learning_disabilities",
        "urgent_emergency_care", "stroke", "cancer", "out_of_hospital_care",
        "frailty_older_people", "workforce", "digital", "communications_engagement",
        "change_management", "self_care", "estates", "back_office",
    }  # fmt: skip
    assert update <= themes_named.named(atlas, Rules())["E54000019"]


def test_documents_read_are_those_of_the_table_and_have_all_that_is_cited(atlas):
    read = {(row["code"], row["source"]) for row in rows("readings")}
    for code, themes in themes_named.named(atlas, Rules()).items():
        assert themes, code
        own = [source for c, source in read if c == code]
        official = sum(SOURCES[source]["publisher_type"] in OFFICIAL for source in own)
        assert themes_named.coverage(atlas, code) == themes_named.Coverage(len(own), official)
    assert {(row["code"], row["source"]) for row in rows("priorities")} <= read


# Sentences, files and orders


@each("rules", RULES)
@each("match", ["all", "any"])
def test_headline_can_be_worked_out_from_the_file(atlas, rules, match):
    """By the column counts alone; and every row of the table is there, counted or not."""
    question = Question(PAIR, match, Rules(**rules))
    file = [
        dict(zip(sharing.FILE_COLUMNS, row, strict=True)) for row in sharing.rows(atlas, question)
    ]
    has: dict[object, set[object]] = {}
    for row in file:
        if row["counts"] == "yes":
            has.setdefault(row["code"], set()).add(row["theme"])
    number = sum(len(found) >= (2 if match == "all" else 1) for found in has.values())
    sentence = sharing.sentence(atlas, question)
    start = f"At least {number} of 44 plans " if number else "We have not found a plan"
    assert sentence.startswith(start)
    columns = ("code", "theme", "how", "as_of", "confidence", "note")
    assert sorted(
        (*(row[name] for name in columns), row["url"], row["official"])
        for row in file
        if row["source_title"]
    ) == sorted(
        (
            *(row[name] for name in columns),
            SOURCES[row["source"]]["url"],
            "yes" if is_official(row) else "no",
        )
        for row in rows("priorities")
        if row["theme"] in PAIR
    )
    assert {row["counts"] for row in file if not row["source_title"]} <= {""}
    for column in ("named", "answers"):
        assert {row[column] for row in file} <= {"yes", "not found"}


@each(
    ("themes", "match", "rules", "words"),
    [
        (("stroke",), "all", {}, "name stroke, in the documents read"),
        (PAIR, "all", {}, "name both stroke and cancer, in the documents read"),
        (PAIR, "any", {}, "name stroke or cancer, in the documents read"),
        (
            (*PAIR, "dementia"), "all", {},
            "name stroke, cancer and dementia, in the documents read",
        ),
        (
            ("cancer",), "all", {"evidence": "official"},
            "name cancer, in the official documents read",
        ),
        (
            ("cancer",), "all", {"firm": "set-out"},
            "set out cancer as a priority, workstream or programme, in the documents read",
        ),
        (
            ("cancer",), "all", {"evidence": "two", "firm": "any"},
            "name or mention cancer, in two or more of the documents read",
        ),
    ],
)  # fmt: skip
def test_sentence_counts_and_says_what_was_asked(atlas, themes, match, rules, words):
    number = len(answer(themes, match, **rules))
    sentence = sharing.sentence(atlas, Question(themes, match, Rules(**rules)))
    words = words.replace("name ", "names ") if number == 1 else words
    assert sentence == f"At least {number} of 44 plans {words}"


def test_where_none_was_found_the_sentence_says_no_more_than_that(atlas):
    rules = {"evidence": "two", "firm": "set-out"}
    pair = next(p for p in itertools.combinations(THEMES, 2) if not answer(p, **rules))
    sentence = sharing.sentence(atlas, Question(pair, "all", Rules(**rules)))
    assert sentence.startswith("We have not found a plan that sets out both ")
    assert sentence.endswith("That doesn't mean there are none")
    assert not faults(sentence)


@each("match", ["all", "any"])
def test_every_footprint_is_in_one_group_of_the_list(atlas, match):
    groups = sharing.groups(atlas, Question(PAIR, match))
    assert sorted(code for _, listed in groups for code in listed) == sorted(PLACES)
    title, first = groups[0]
    assert title == f"Name {'both' if match == 'all' else 'one or both'}: at least {len(first)}"
    assert not any(char.isdigit() for title, _ in groups[1:] for char in title)
    assert groups[-1][0] == "Not found in the documents read"


def test_themes_that_are_set_out_most_firmly_come_first(atlas):
    code, shown = "E54000019", {}
    for row in counting():
        if row["code"] == code:
            shown.setdefault(row["theme"], []).append(FIRMEST.index(row["how"]))
    order = themes_named.by_evidence(atlas, code, Rules())
    assert set(order) == set(shown)
    ranks = [(min(shown[theme]), -len(shown[theme])) for theme in order]
    assert ranks == sorted(ranks)


@each("rules", RULES)
def test_headlines_over_all_themes_are_lower_bounds(atlas, rules):
    has = cells(**rules)
    common = sum(sum(of == theme for _, of in has) > 22 for theme in THEMES)
    broad = sum(sum(of == code for of, _ in has) > len(THEMES) / 2 for code in PLACES)
    for sentence, number in (
        (sharing.matrix_finding(atlas, Rules(**rules)), common),
        (sharing.breadth(atlas, Question((), "all", Rules(**rules))), broad),
    ):
        assert sentence.startswith(f"At least {number} of " if number else "We have not found a ")
        assert not faults(sentence)
    documents = {
        row["source"]
        for row in counting(**rules)
        if row["theme"] == "stroke" and (row["code"], "stroke") in has
    }
    asked = Question(("stroke",), "all", Rules(**rules))
    assert sharing.documents(atlas, asked) == len(documents)


# Association and similarity


def test_pairs_are_counted_right(atlas):
    for pair in association.together(atlas, Rules())[:5]:
        first, second = answer((pair.first,)), answer((pair.second,))
        assert (pair.both, pair.first_only, pair.second_only, pair.neither) == (
            len(first & second), len(first - second), len(second - first),
            44 - len(first | second),
        )  # fmt: skip
        assert pair.p <= pair.q <= 1


def test_statistics_of_a_table_are_those_of_textbooks():
    # Four cups of tea of eight: all right by chance once in 70, three right 16 times; two-sided.
    assert math.isclose(association.fisher(4, 0, 0, 4), 2 / 70)
    assert math.isclose(association.fisher(3, 1, 1, 3), (2 + 32) / 70)
    phis = [association.phi(*t) for t in ((5, 0, 0, 5), (0, 5, 5, 0), (2, 2, 2, 2), (0, 0, 3, 3))]
    assert phis == [1, -1, 0, 0]
    # Benjamini and Hochberg by hand: 0.01*4/1, 0.02*4/2, 0.03*4/3, 0.5*4/4.
    adjusted = association.benjamini_hochberg([0.5, 0.01, 0.03, 0.02])
    assert [round(q, 6) for q in adjusted] == [0.5, 0.04, 0.04, 0.04]


def test_similarity_is_what_both_name_of_what_either_names_and_symmetric(atlas):
    assert association.jaccard(frozenset("ab"), frozenset("bcd")) == 1 / 4
    assert association.jaccard(frozenset(), frozenset()) == 0
    index = {
        (code, other.code): other.similarity
        for code in PLACES
        for other in association.most_alike(atlas, code, Rules())
    }
    assert len(index) == 44 * 43
    for a, b in itertools.combinations(PLACES, 2):
        assert index[a, b] == index[b, a]
        assert 0 <= index[a, b] <= 1


def test_similar_plans_are_put_nearer_than_by_the_order_of_codes(atlas):
    named = themes_named.named(atlas, Rules())

    def similarity(order) -> float:
        pairs = itertools.pairwise(order)
        return sum(len(named[a] & named[b]) / len(named[a] | named[b]) for a, b in pairs)

    order = association.similar_side_by_side(atlas, Rules())
    assert sorted(order) == sorted(PLACES)
    assert similarity(order) > similarity(sorted(PLACES))


def test_places_alike_and_differences_of_measures(atlas):
    there = dict(comparing.places_alike(atlas, "E54000037"))["E54000038"]
    assert math.isclose(there, dict(comparing.places_alike(atlas, "E54000038"))["E54000037"])
    assert there > 0
    lines = comparing.differences(atlas, ("E54000041", "E54000029"))
    assert [line.spread for line in lines] == sorted((x.spread for x in lines), reverse=True)
    older = next(x for x in lines if x.measure.key == "aged_65_over_share")
    assert [round(v, 1) for v in older.values] == [24.8, 10.0]


# Key findings


def published(text: str) -> int:
    """The lower bound that a sentence gives."""
    found = re.match(r"(?:At least (\d+) of|All (\d+)) (?:44 )?plans ", text)
    assert found, text
    return int(found[1] or found[2])


@each("rules", RULES)
def test_findings_stay_true_however_much_more_is_read(atlas, rules):
    """They count what the rows show; rows that a further reading might add can only raise it."""
    found = findings.findings(atlas, Rules(**rules))
    assert len(found) == len({finding.text for finding in found}) >= 8
    dice = random.Random(44)  # noqa: S311  the same rows at each run
    added = [
        {
            "code": dice.choice(list(PLACES)),
            "theme": dice.choice(THEMES),
            "source": dice.choice(list(SOURCES)),
            "how": dice.choice(FIRMEST),
            "as_of": dice.choice(["", "2016", "2016-11", "2018-03", "2020"]),
            "later": dice.choice(["", "yes"]),
        }
        for _ in range(1000)
    ]
    for finding in found:
        themes, asked = finding.question.themes, dataclasses.asdict(finding.question.rules)
        assert finding.question.match == "all"
        assert published(finding.text) == len(answer(themes, **asked)) > 0
        for number in (1, 10, 1000):
            table = [*rows("priorities"), *added[:number]]
            assert len(answer(themes, table=table, **asked)) >= published(finding.text)
        assert not faults(finding.text, about_themes=True)


def test_a_further_row_raises_what_is_published(atlas):
    """The product counts it too: a table with a new row gives a number higher by one."""
    finding = findings.findings(atlas, Rules())[-1]
    first, second = finding.question.themes
    missing = sorted(set(PLACES) - set(themes_named.answer(atlas, finding.question)))[0]
    added = atlas.priorities.iloc[[0, 0]].assign(
        code=missing, theme=[first, second], how="aim", as_of="2016", later=""
    )
    more = dataclasses.replace(atlas, priorities=pd.concat([atlas.priorities, added]))
    assert published(sharing.sentence(more, finding.question)) == published(finding.text) + 1


# Proposals


NAMED_PRESS = re.compile(
    r"Liverpool Echo|BBC News|Notts TV|Coventry Telegraph|Worcester News|Evening Standard|HSJ|"
    r"Cornishman"
)


def test_no_proposal_rests_on_a_campaign_alone():
    """Official documents and press; a campaign's page only where it quotes a named paper."""
    press = {"local press", "national press", "trade press"}
    assert len(rows("proposals")) > 90
    for row in rows("proposals"):
        keys = [row["source"], *row["also"].split()]
        if not {SOURCES[key]["publisher_type"] for key in keys} & (OFFICIAL | press | {"company"}):
            assert NAMED_PRESS.search(row["note"]), row


def test_lists_of_hospitals_at_risk_are_not_published(reference):
    with (reference / "facts.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["fact"]: row["kind"] for row in csv.DictReader(file)}
    used = {fact for row in rows("proposals") for fact in row["facts"].split()}
    assert used <= set(kinds)
    assert not any(kinds[fact].startswith("at_risk") for fact in used)


@pytest.mark.parametrize("wrong", ["", "stroke,magic"])
def test_a_file_is_refused_without_a_known_theme(atlas, wrong):
    with pytest.raises(ValueError, match="theme is one or more of: "):
        themes_named.require_theme(atlas, {"theme": wrong})
