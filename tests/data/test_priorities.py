"""Themes, priorities and proposals: counted by other means than the product counts them."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import math
import re
from collections import Counter
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from each import each
from words import faults

from stp_data.overview import colours, comparing, shading
from stp_data.priorities import findings, sharing, themes_named
from stp_data.priorities.themes_named import Question, Rules

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
OFFICIAL = {"nhs", "council", "government"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SOURCES = {row["source"]: row for row in rows_of("sources")}
ROWS = rows_of("priorities")
PLACES = {row["code"]: row for row in rows_of("footprints")}
THEMES = [row["theme"] for row in rows_of("themes")]
FIRM = {
    "set_out": {"priority", "workstream", "programme"},
    "intended": {"priority", "workstream", "programme", "aim", "proposal"},
    "any": {"priority", "workstream", "programme", "aim", "proposal", "mention"},
}
RULES = [
    Rules(strength, later, firmness)
    for strength in ("any", "official", "two")
    for later in (False, True)
    for firmness in FIRM
]


def counting(row: dict[str, str], rules: Rules) -> bool:
    """Whether a row of the table is of the kind asked for, without the product's code."""
    is_later = row["later"] == "yes" or (row["as_of"] or SOURCES[row["source"]]["date"]) >= "2018"
    official = SOURCES[row["source"]]["publisher_type"] in OFFICIAL
    return (
        row["how"] in FIRM[rules.firmness]
        and (rules.later or not is_later)
        and (rules.strength != "official" or official)
    )


def cells(rules: Rules, table: list[dict[str, str]] = ROWS) -> dict[tuple[str, str], int]:
    """How many sources show each (code, theme) that counts as named."""
    number = Counter((row["code"], row["theme"]) for row in table if counting(row, rules))
    needed = 2 if rules.strength == "two" else 1
    return {cell: sources for cell, sources in number.items() if sources >= needed}


NAMED = cache(cells)


def brute_force(themes, match, rules: Rules, *, region=None, named=NAMED) -> set[str]:
    """Codes straight from the CSV files, without the product's code."""
    enough = all if match == "all" else any
    return {
        code
        for code, place in PLACES.items()
        if region in (None, place["nhs_region"])
        and enough((code, theme) in named(rules) for theme in themes)
    }


@each("themes", [("stroke",), ("stroke", "cancer"), ("digital", "estates", "dementia")])
@each("match", ["all", "any"])
@each("rules", RULES)
def test_an_answer_is_what_brute_force_finds(atlas, themes, match, rules):
    question = Question(themes, match, rules)
    assert set(themes_named.answer(atlas, question)) == brute_force(themes, match, rules)


@each("rules", RULES)
def test_every_pair_of_plan_and_theme_counts_as_in_the_table(atlas, rules):
    expected = cells(rules)
    named = themes_named.named(atlas, rules)
    assert {(code, theme) for code, has in named.items() for theme in has} == set(expected)
    proofs = themes_named.evidence(atlas, later=True)
    assert {
        cell: len(listed)
        for cell, found in proofs.items()
        if (listed := themes_named.counting(found, rules))
    } == expected
    assert themes_named.counts(atlas, rules) == {
        theme: sum(of == theme for _, of in expected) for theme in THEMES
    }


@each("rules", RULES)
def test_a_shade_says_what_the_filter_would_keep(atlas, rules):
    """Degree 3 is what stays when only what is set out counts, and so on down."""
    named = cells(rules)
    kept = {firmness: cells(replace(rules, firmness=firmness)) for firmness in FIRM}
    for cell, found in themes_named.evidence(atlas, later=True).items():
        expected = 0
        if cell in named:
            expected = 3 if cell in kept["set_out"] else 2 if cell in kept["intended"] else 1
        assert themes_named.degree(found, rules) == expected, cell


@each("rules", RULES)
@each("dark", [False, True])
def test_the_map_of_a_theme_shades_what_was_found_and_leaves_the_rest_pale(atlas, rules, dark):
    weak, middle, firm = colours.strengths(dark)
    kept = {firmness: cells(replace(rules, firmness=firmness)) for firmness in FIRM}
    drawn = shading.naming(atlas, Question(("mental_health",), "all", rules), dark)
    for shade in drawn.shades:
        cell = (shade.code, "mental_health")
        expected = colours.palette(dark).outside
        if cell in cells(rules):
            is_firm, is_middle = cell in kept["set_out"], cell in kept["intended"]
            expected = firm if is_firm else middle if is_middle else weak
        assert shade.colour == expected
        assert (shade.text == "not found") == (cell not in cells(rules))
    assert len(drawn.legend) == len({shade.colour for shade in drawn.shades})
    assert not any(char.isdigit() for key in drawn.legend for char in key.text)


@each("rules", RULES)
def test_rules_and_the_words_of_addresses_are_the_same_both_ways(rules):
    assert Rules.asked(rules.words) == rules
    assert Rules.asked({}) == Rules()


def test_mentions_count_only_when_asked_for_and_are_there(atlas):
    for row in ROWS:
        (proof,) = (
            proof
            for proof in themes_named.evidence(atlas, later=True)[row["code"], row["theme"]]
            if proof.source == row["source"]
        )
        assert proof.how == row["how"]
        assert bool(themes_named.counting((proof,), Rules(later=True))) == (row["how"] != "mention")


def test_a_region_keeps_to_its_footprints(atlas):
    question = Question(("cancer",), "all", Rules(), "North of England")
    expected = brute_force(("cancer",), "all", Rules(), region="North of England")
    assert set(themes_named.answer(atlas, question)) == expected
    assert 0 < len(expected) <= 9


def test_no_themes_is_no_answer(atlas):
    assert themes_named.answer(atlas, Question(())) == []


def test_the_nine_priorities_and_seven_enablers_of_the_update_are_there(atlas):
    named = themes_named.named(atlas, Rules())["E54000019"]
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
    for code, themes in themes_named.named(atlas, Rules()).items():
        assert themes, code
        coverage = themes_named.coverage(atlas, code)
        assert coverage.read == sum(c == code for c, _ in read)
        assert 0 <= coverage.official <= coverage.read


def test_every_document_cited_for_a_footprint_counts_as_read_for_it():
    read = {(row["code"], row["source"]) for row in rows_of("readings")}
    for row in rows_of("priorities"):
        assert (row["code"], row["source"]) in read, row


def file_of(atlas, question: Question) -> list[dict[str, object]]:
    return [
        dict(zip(sharing.FILE_COLUMNS, row, strict=True)) for row in sharing.rows(atlas, question)
    ]


def test_a_theme_not_found_is_never_called_no(atlas):
    rows = file_of(atlas, Question(("end_of_life",), "all"))
    assert {row["named"] for row in rows} == {"yes", "not found"}
    assert {row["answers"] for row in rows} == {"yes", "not found"}


@each("rules", RULES)
@each("match", ["all", "any"])
def test_the_headline_can_be_worked_out_from_the_file(atlas, rules, match):
    """By the column counts alone; and every row of the table is there, counted or not."""
    themes = ("stroke", "cancer")
    question = Question(themes, match, rules)
    rows = file_of(atlas, question)
    has: dict[object, set[object]] = {}
    for row in rows:
        if row["counts"] == "yes":
            has.setdefault(row["code"], set()).add(row["theme"])
    needed = 2 if match == "all" else 1
    number = sum(len(found) >= needed for found in has.values())
    sentence = sharing.sentence(atlas, question)
    if number:
        assert sentence.startswith(f"At least {number} of 44 plans ")
    else:
        assert sentence.startswith("We have not found a plan")
    assert sorted(
        (row["code"], row["theme"], row["how"], row["as_of"], row["confidence"], row["note"],
         row["url"], row["official"])
        for row in rows if row["source_title"]
    ) == sorted(
        (row["code"], row["theme"], row["how"], row["as_of"], row["confidence"], row["note"],
         SOURCES[row["source"]]["url"],
         "yes" if SOURCES[row["source"]]["publisher_type"] in OFFICIAL else "no")
        for row in ROWS if row["theme"] in themes
    )  # fmt: skip
    assert {row["counts"] for row in rows if not row["source_title"]} <= {""}


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
    number = len(brute_force(themes, match, Rules()))
    verb = "names" if number == 1 else "name"
    assert sentence == f"At least {number} of 44 plans {verb} {words}, in the documents read"


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (Rules("official"), "At least {} of 44 plans name cancer, in the official documents read"),
        (
            Rules(firmness="set_out"),
            "At least {} of 44 plans set out cancer as a priority, workstream or programme, in the "
            "documents read",
        ),
        (
            Rules("two", firmness="any"),
            "At least {} of 44 plans name or mention cancer, in two or more of the documents read",
        ),
    ],
)
def test_the_sentence_says_what_counts(atlas, rules, sentence):
    number = len(brute_force(("cancer",), "all", rules))
    assert number > 1
    assert sharing.sentence(atlas, Question(("cancer",), "all", rules)) == sentence.format(number)


def test_where_none_was_found_the_sentence_says_no_more_than_that(atlas):
    themes = next(
        pair
        for pair in itertools.combinations(THEMES, 2)
        if not brute_force(pair, "all", Rules("two", firmness="set_out"))
    )
    sentence = sharing.sentence(atlas, Question(themes, "all", Rules("two", firmness="set_out")))
    assert sentence.startswith("We have not found a plan that sets out both ")
    assert sentence.endswith("That doesn't mean there are none")
    assert not faults(sentence)


def test_similarity_is_symmetric_and_within_its_bounds(atlas):
    codes = list(themes_named.named(atlas, Rules()))
    index = {
        (code, other.code): other.similarity
        for code in codes
        for other in themes_named.most_alike(atlas, code, Rules())
    }
    assert len(index) == 44 * 43
    for a, b in itertools.combinations(codes, 2):
        assert index[a, b] == index[b, a]
        assert 0 <= index[a, b] <= 1


def test_the_likeness_of_plans_is_what_both_name_of_what_either_names():
    assert themes_named.jaccard(frozenset("ab"), frozenset("bcd")) == 1 / 4
    assert themes_named.jaccard(frozenset("ab"), frozenset("ab")) == 1
    assert themes_named.jaccard(frozenset(), frozenset()) == 0


def test_fisher_agrees_with_the_lady_tasting_tea():
    # Four cups of eight: all right by chance once in 70, three right 16 times; two-sided.
    assert math.isclose(themes_named.fisher(4, 0, 0, 4), 2 / 70)
    assert math.isclose(themes_named.fisher(3, 1, 1, 3), (2 + 32) / 70)


def test_phi_runs_from_minus_one_to_one():
    assert themes_named.phi(5, 0, 0, 5) == 1
    assert themes_named.phi(0, 5, 5, 0) == -1
    assert themes_named.phi(2, 2, 2, 2) == 0
    assert themes_named.phi(0, 0, 3, 3) == 0


def test_adjusted_chances_follow_benjamini_and_hochberg():
    # Worked by hand: 0.01*4/1, 0.02*4/2, 0.03*4/3, 0.5*4/4.
    adjusted = themes_named.benjamini_hochberg([0.5, 0.01, 0.03, 0.02])
    assert [round(q, 6) for q in adjusted] == [0.5, 0.04, 0.04, 0.04]


def test_pairs_are_counted_right(atlas):
    pairs = themes_named.together(atlas, Rules())
    for pair in pairs[:5]:
        first = brute_force((pair.first,), "all", Rules())
        second = brute_force((pair.second,), "all", Rules())
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
    order = themes_named.like_beside_like(atlas, Rules())
    assert sorted(order) == sorted(row["code"] for row in rows_of("footprints"))


def test_like_beside_like_puts_alike_plans_nearer_than_the_order_of_codes(atlas):
    named = themes_named.named(atlas, Rules())

    def likeness(order) -> float:
        pairs = itertools.pairwise(order)
        return sum(len(named[a] & named[b]) / len(named[a] | named[b]) for a, b in pairs)

    assert likeness(themes_named.like_beside_like(atlas, Rules())) > likeness(sorted(named))


def test_the_themes_that_are_set_out_most_firmly_come_first(atlas):
    firmness = ["priority", "workstream", "programme", "aim", "proposal", "mention"]
    code, shown = "E54000019", {}
    for row in ROWS:
        if row["code"] == code and counting(row, Rules()):
            shown.setdefault(row["theme"], []).append(firmness.index(row["how"]))
    order = themes_named.by_evidence(atlas, code, Rules())
    assert set(order) == set(shown)
    ranks = [(min(shown[theme]), -len(shown[theme])) for theme in order]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("match", ["all", "any"])
def test_every_footprint_is_in_one_group_of_the_list(atlas, match):
    groups = sharing.groups(atlas, Question(("stroke", "cancer"), match))
    codes = [code for _, listed in groups for code in listed]
    assert sorted(codes) == sorted(row["code"] for row in rows_of("footprints"))
    title, answer = groups[0]
    assert title == f"Name {'both' if match == 'all' else 'one or both'}: at least {len(answer)}"
    assert not any(char.isdigit() for title, _ in groups[1:] for char in title)
    assert groups[-1][0] == "Not found in the documents read"


NUMBER = re.compile(r"(?:At least (\d+) of|All (\d+)) (?:44 )?plans ")


def published(text: str) -> int:
    """The lower bound that a sentence gives."""
    found = NUMBER.match(text)
    assert found, text
    return int(found[1] or found[2])


@each("rules", RULES)
def test_findings_count_what_the_rows_show_and_keep_the_rules_for_words(atlas, rules):
    found = findings.findings(atlas, rules)
    assert len(found) >= 8
    assert len({finding.text for finding in found}) == len(found)
    for finding in found:
        question = finding.question
        codes = brute_force(question.themes, question.match, question.rules)
        assert published(finding.text) == len(codes) > 0
        assert not faults(finding.text, about_themes=True)


def synthetic(random: Random) -> dict[str, str]:
    """A row as a further reading might add it, of any kind."""
    return {
        "code": random.choice(list(PLACES)),
        "theme": random.choice(THEMES),
        "source": random.choice(list(SOURCES)),
        "how": random.choice(sorted(FIRM["any"])),
        "as_of": random.choice(["", "2016", "2016-11", "2018-03", "2020"]),
        "later": random.choice(["", "yes"]),
    }


@each("rules", RULES)
@each("seed", [12, 44, 2016])
def test_more_reading_never_makes_a_published_finding_false(atlas, rules, seed):
    random = Random(seed)  # noqa: S311  the same rows at each run
    table = [*ROWS]
    for rows_added in (1, 10, 1000):
        table += [synthetic(random) for _ in range(rows_added)]
        named = cache(partial(cells, table=table))
        for finding in findings.findings(atlas, rules):
            question = finding.question
            codes = brute_force(question.themes, "all", question.rules, named=named)
            assert question.match == "all"
            assert len(codes) >= published(finding.text), finding.text


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


@each("rules", RULES)
def test_headlines_over_all_themes_are_lower_bounds(atlas, rules):
    named = cells(rules)
    common = sum(sum(of == theme for _, of in named) > 22 for theme in THEMES)
    broad = sum(sum(of == code for of, _ in named) > len(THEMES) / 2 for code in PLACES)
    for sentence, number in (
        (sharing.matrix_finding(atlas, rules), common),
        (sharing.breadth(atlas, Question((), "all", rules)), broad),
    ):
        start = f"At least {number} of " if number else "We have not found a "
        assert sentence.startswith(start), sentence
        assert not faults(sentence)


def test_the_documents_of_a_sentence_are_counted_once(atlas):
    for rules in RULES:
        named = cells(rules)
        wanted = {
            row["source"]
            for row in ROWS
            if row["theme"] == "stroke"
            and counting(row, rules)
            and (row["code"], "stroke") in named
        }
        assert sharing.documents(atlas, Question(("stroke",), "all", rules)) == len(wanted)


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
