"""How complete the priorities are: Chapman's estimator, by worked examples and by brute force."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from each import each

import stp_data
from stp_data.core import texts
from stp_data.priorities import completeness
from stp_data.priorities.completeness import Estimate
from stp_data.priorities.themes_named import Rules

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
OFFICIAL = {"nhs", "council", "government"}
WAYS = {
    "set_out": {"priority", "workstream", "programme"},
    "intended": {"priority", "workstream", "programme", "aim", "proposal"},
    "any": {"priority", "workstream", "programme", "aim", "proposal", "mention"},
}


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Published results: Pine, Hightower, Coggins, Lauretta and Pollock (2013), in Fisheries
# Techniques, 3rd edition, box 11.2; Seber (2002), The Estimation of Animal Abundance, tables 3.7
# and 3.8; Krebs (1989), Ecological Methodology, box 2.1. No interval is given by Krebs.
@each(
    "n1, n2, both, estimate, error, low, high",
    [
        (421, 332, 88, 1578, None, 1330, 1826),
        (500, 149, 7, 9393, 3022, 3470, 15316),
        (1000, 243, 21, 11101, 2184, 6820, 15382),
        (948, 421, 167, 2383, None, None, None),
    ],
)
def test_estimate_error_and_interval_are_those_of_the_literature(
    n1: int,
    n2: int,
    both: int,
    estimate: int,
    error: int | None,
    low: int | None,
    high: int | None,
):
    found = Estimate(n1, n2, both, possible=10**6)
    assert round(found.estimate) == estimate
    if error is not None:
        assert round(found.error) == error
    if low is not None and high is not None:
        # The books round the standard error before they multiply it.
        assert found.low == pytest.approx(low, abs=1.5)
        assert found.high == pytest.approx(high, abs=1.5)


def test_estimate_is_never_below_what_was_found_nor_above_what_could_be():
    assert Estimate(40, 12, 12, possible=44).low == 40
    assert Estimate(30, 25, 17, possible=44).high == 44


def test_no_estimate_is_sound_that_rests_on_little_or_exceeds_what_could_be():
    assert Estimate(20, 15, 7, possible=44).is_sound
    assert not Estimate(20, 13, 6, possible=44).is_sound
    assert not Estimate(30, 20, 8, possible=44).is_sound  # 71.3 of 44


def test_everything_on_both_lists_leaves_nothing_to_find():
    found = Estimate(30, 30, 30, possible=44)
    assert (found.estimate, found.error, found.low, found.high) == (30, 0, 30, 30)


@each("n1, n2, both, possible", [(3, 3, 4, 44), (40, 40, 10, 44), (1, 1, -1, 44)])
def test_lists_that_cannot_be_are_refused(n1: int, n2: int, both: int, possible: int):
    with pytest.raises(ValueError, match="lists"):
        Estimate(n1, n2, both, possible)


def lists(rules: Rules) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs that official sources show and those that others show, from the tables alone."""
    read_in = {row["source"]: row for row in rows("sources")}
    found: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    for row in rows("priorities"):
        source = read_in[row["source"]]
        later = row["later"] == "yes" or (row["as_of"] or source["date"]) >= "2018"
        if row["how"] in WAYS[rules.firmness] and (rules.later or not later):
            listed = found[source["publisher_type"] not in OFFICIAL]
            listed.add((row["code"], row["theme"]))
    return found


RULES = [
    Rules(later=later, firmness=firmness)  # type: ignore[arg-type]
    for later in (False, True)
    for firmness in WAYS
]


@each("rules", RULES)
def test_lists_are_those_of_the_tables(rules: Rules):
    official, others = lists(rules)
    found = completeness.overall(stp_data.load(), rules)
    assert (found.n1, found.n2) == (len(official), len(others))
    assert found.both == len(official & others)
    assert found.found == len(official | others)
    assert found.possible == 44 * 35
    assert found.found <= found.low < found.estimate
    assert found.is_sound == (found.both >= 7 and found.estimate <= 44 * 35)


@each("rules", RULES)
def test_theme_has_an_estimate_where_it_would_be_sound(rules: Rules):
    official, others = lists(rules)
    for row in rows("themes"):
        theme = row["theme"]
        here = {code for code, named in official if named == theme}
        there = {code for code, named in others if named == theme}
        found = completeness.of_theme(stp_data.load(), theme, rules)
        words = completeness.sentence_of_theme(stp_data.load(), theme, rules)
        both = len(here & there)
        if both < 7 or (len(here) + 1) * (len(there) + 1) / (both + 1) - 1 > 44:
            assert found is None
            assert words == ""
            continue
        assert found is not None
        assert (found.n1, found.n2, found.both) == (len(here), len(there), both)
        assert len(here | there) <= found.low <= found.estimate <= found.high <= 44
        assert f"at least {len(here | there)} in all" in words


def test_strength_of_sources_does_not_matter():
    atlas = stp_data.load()
    assert completeness.overall(atlas, Rules("official")) == completeness.overall(atlas, Rules())


@each("rules", RULES)
def test_sentence_gives_pairs_and_interval_and_no_count_of_plans(rules: Rules):
    official, others = lists(rules)
    said = completeness.sentence(stp_data.load(), rules)
    assert f"at least {len(official | others):,} of 1,540 possible pairs of plan and theme" in said
    assert "plans" not in said
    n1, n2, both = len(official), len(others), len(official & others)
    middle = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    numbers = re.search(r"about ([\d,]+) \(95% interval ([\d,]+) to ([\d,]+)\)", said)
    assert bool(numbers) == (both >= 7 and middle <= 1540)
    if numbers:
        about, low, high = (int(number.replace(",", "")) for number in numbers.groups())
        assert abs(about - middle) <= 5
        assert len(official | others) <= low < about < high <= 1540


def test_methods_give_the_figures_of_the_tables():
    said = texts.plain("docs/methods.md").partition("## How complete the priorities are")[2]
    official, others = lists(Rules())
    both = official & others
    assert (
        f"official sources show {len(official)} pairs, other sources {len(others)}, both "
        f"{len(both)}: at least {len(official | others)} in all"
    ) in said
    found = Estimate(len(official), len(others), len(both), 1540)
    middle, low, high = (f"{round(x, -1):,.0f}" for x in (found.estimate, found.low, found.high))
    assert f"about {middle} (95% interval {low} to {high})" in said
    early = Estimate(*(len(x) for x in first_reading()), 1540)
    assert f"first reading alone the estimate was about {round(early.estimate, -1):.0f};" in said
    assert f"brought the pairs found to {len(official | others)}" in said
    numbers = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    shared, above = 0, 0
    for row in rows("themes"):
        here, there = ({code for code, theme in x if theme == row["theme"]} for x in lists(Rules()))
        overlap = len(here & there)
        shared += overlap >= 7
        above += overlap >= 7 and (len(here) + 1) * (len(there) + 1) / (overlap + 1) - 1 > 44
    assert f"Of the {numbers[shared]} themes with such an overlap {numbers[above]} come" in said


def first_reading() -> tuple[set[tuple[str, str]], ...]:
    """The two lists and what they share, from rows that rest on a fact of the first reading."""
    read_in = {row["source"]: row for row in rows("sources")}
    found: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    for row in rows("priorities"):
        source = read_in[row["source"]]
        if (
            row["how"] in WAYS["intended"]
            and row["later"] != "yes"
            and (row["as_of"] or source["date"]) < "2018"
            and any(fact < "F3000" for fact in row["facts"].split())
        ):
            found[source["publisher_type"] not in OFFICIAL].add((row["code"], row["theme"]))
    return (*found, found[0] & found[1])
