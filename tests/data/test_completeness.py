"""How complete the priorities are: Chapman's estimator, by worked examples and by brute force."""

from __future__ import annotations

import re

import pytest
from each import each
from raw_themes import FIRM, LABELS, counting, is_official

import stp_data
from stp_data.core import texts
from stp_data.priorities import completeness
from stp_data.priorities.completeness import Estimate
from stp_data.priorities.themes_named import Rules

RULES = [{"firm": firm, "years": years} for firm in FIRM for years in ("plans", "all")]
Cells = set[tuple[str, str]]


# Published results: Pine, Hightower, Coggins, Lauretta and Pollock (2013), in Fisheries
# Techniques, 3rd edition, box 11.2; Seber (2002), The Estimation of Animal Abundance, tables 3.7
# and 3.8; Krebs (1989), Ecological Methodology, box 2.1. No interval is given by Krebs.
@each(
    "n1, n2, both, estimate, error, interval",
    [
        (421, 332, 88, 1578, None, (1330, 1826)),
        (500, 149, 7, 9393, 3022, (3470, 15316)),
        (1000, 243, 21, 11101, 2184, (6820, 15382)),
        (948, 421, 167, 2383, None, None),
    ],
)
def test_estimate_error_and_interval_are_those_of_the_literature(
    n1, n2, both, estimate, error, interval
):
    found = Estimate(n1, n2, both, possible=10**6)
    assert round(found.estimate) == estimate
    assert error in (None, round(found.error))
    if interval:
        # The books round the standard error before they multiply it.
        assert (found.low, found.high) == pytest.approx(interval, abs=1.5)


def test_estimate_is_between_what_was_found_and_what_could_be_and_sound_with_enough_overlap():
    assert Estimate(40, 12, 12, possible=44).low == 40
    assert Estimate(30, 25, 17, possible=44).high == 44
    whole = Estimate(30, 30, 30, possible=44)
    assert (whole.estimate, whole.error, whole.low, whole.high) == (30, 0, 30, 30)
    assert Estimate(20, 15, 7, possible=44).is_sound
    assert not Estimate(20, 13, 6, possible=44).is_sound
    assert not Estimate(30, 20, 8, possible=44).is_sound  # 71.3 of 44


@each("n1, n2, both, possible", [(3, 3, 4, 44), (40, 40, 10, 44), (1, 1, -1, 44)])
def test_lists_that_cannot_be_are_refused(n1: int, n2: int, both: int, possible: int):
    with pytest.raises(ValueError, match="lists"):
        Estimate(n1, n2, both, possible)


def lists(theme: str = "", *, first_reading: bool = False, **rules: str) -> tuple[Cells, Cells]:
    """The pairs that official sources show and those that others show, from the tables alone."""
    found: tuple[Cells, Cells] = (set(), set())
    for row in counting(**rules):
        read_first = any(fact < "F3000" for fact in row["facts"].split())
        if theme in ("", row["theme"]) and (read_first or not first_reading):
            found[not is_official(row)].add((row["code"], row["theme"]))
    return found


def chapman(official: Cells, others: Cells) -> float:
    return (len(official) + 1) * (len(others) + 1) / (len(official & others) + 1) - 1


@each("rules", RULES)
def test_overall_estimate_is_of_the_lists_of_the_tables_and_so_is_its_sentence(rules):
    official, others = lists(**rules)
    both, either, middle = official & others, official | others, chapman(official, others)
    found = completeness.estimate(stp_data.load(), Rules(**rules))
    assert (found.n1, found.n2, found.both) == (len(official), len(others), len(both))
    assert (found.found, found.possible) == (len(either), 44 * 35)
    assert found.found <= found.low < found.estimate == pytest.approx(middle)
    assert found.is_sound == (len(both) >= 7 and middle <= 1540)
    assert found == completeness.estimate(stp_data.load(), Rules(**rules, evidence="official"))
    said = completeness.sentence(stp_data.load(), Rules(**rules))
    assert f"at least {len(either):,} of 1,540 possible pairs of plan and theme" in said
    assert "plans" not in said
    numbers = re.search(r"about ([\d,]+) \(95% interval ([\d,]+) to ([\d,]+)\)", said)
    assert bool(numbers) == found.is_sound
    if numbers:
        about, low, high = (int(number.replace(",", "")) for number in numbers.groups())
        assert abs(about - middle) <= 5
        assert len(either) <= low < about < high <= 1540


@each("rules", RULES)
def test_theme_has_an_estimate_where_it_would_be_sound(rules):
    for theme in LABELS:
        official, others = lists(theme, **rules)
        both, either = official & others, official | others
        words = completeness.sentence_of_theme(stp_data.load(), theme, Rules(**rules))
        found = completeness.estimate(stp_data.load(), Rules(**rules), theme)
        assert (found.n1, found.n2, found.both) == (len(official), len(others), len(both))
        sound = len(both) >= 7 and chapman(official, others) <= 44
        assert found.is_sound == bool(words) == sound
        if sound:
            assert len(either) <= found.low <= found.estimate <= found.high <= 44
            assert f"at least {len(either)} in all" in words


def test_methods_give_the_figures_of_the_tables():
    said = texts.plain("docs/methods.md").partition("## How complete the priorities are")[2]
    official, others = lists()
    both, either = official & others, official | others
    assert (
        f"official sources show {len(official)} pairs, other sources {len(others)}, both "
        f"{len(both)}: at least {len(either)} in all"
    ) in said
    found = Estimate(len(official), len(others), len(both), 1540)
    middle, low, high = (f"{round(x, -1):,.0f}" for x in (found.estimate, found.low, found.high))
    assert f"about {middle} (95% interval {low} to {high})" in said
    early = chapman(*lists(first_reading=True))
    assert f"first reading alone the estimate was about {round(early, -1):.0f};" in said
    assert f"brought the pairs found to {len(either)}" in said
    numbers = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    shared = [pair for pair in map(lists, LABELS) if len(pair[0] & pair[1]) >= 7]
    above = sum(chapman(*pair) > 44 for pair in shared)
    assert (
        f"Of the {numbers[len(shared)]} themes with such an overlap {numbers[above]} come" in said
    )
