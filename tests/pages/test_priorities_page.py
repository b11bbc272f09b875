"""The Priorities page: what it counts, shows and does with an address it cannot follow."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from each import each
from page_reader import (
    address,
    choose,
    drawn,
    elements,
    headline,
    is_fine,
    notices,
    page,
    plain,
    rows,
    source_of,
    text_of,
    widget,
)

OFFICIAL = {"nhs", "council", "government"}
FOOTPRINTS = rows("footprints")
NUMBER = {row["code"]: place for place, row in enumerate(FOOTPRINTS, start=1)}
LABELS = {row["theme"]: row["label"] for row in rows("themes")}
SOURCES = {row["source"]: row for row in rows("sources")}


def named(*, official: bool = False, later: bool = False) -> dict[str, set[str]]:
    """Codes that name each theme, from the raw table."""
    found = defaultdict(set)
    for row in rows("priorities"):
        source = SOURCES[row["source"]]
        if not later and (row["as_of"] or source["date"]) >= "2018":
            continue
        if not official or source["publisher_type"] in OFFICIAL:
            found[row["theme"]].add(row["code"])
    return found


def groups(at) -> dict[str, set[int]]:
    """Numbers of the footprints in each group of the list, by its title without the count."""
    return {
        title.partition(" (")[0]: {number for number, *_ in listed}
        for title, listed in drawn(at, "listing")["groups"]
    }


def test_without_themes_the_page_counts_all_of_them():
    at = page("priorities")
    assert is_fine(at)
    counts = {theme: len(codes) for theme, codes in named().items()}
    clinical = {row["theme"] for row in rows("themes") if row["kind"] == "clinical"}
    most = max(counts[theme] for theme in clinical)
    assert f"{most} of 44" in headline(at)
    text = text_of(at)
    for theme, count in counts.items():
        assert f"{LABELS[theme]} {count} of 44" in text


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("official", [False, True])
def test_the_sentence_and_the_list_agree_with_the_raw_table(match: str, official: bool):
    query = {"theme": "stroke,cancer", "match": match}
    at = page("priorities", **query, **({"evidence": "official"} if official else {}))
    assert is_fine(at)
    has = named(official=official)
    stroke, cancer = has["stroke"], has["cancer"]
    answer = stroke & cancer if match == "all" else stroke | cancer
    assert headline(at).startswith(f"{len(answer)} of 44 plans name ")
    listed = groups(at)
    first = "Name both" if match == "all" else "Name one or both"
    assert listed[first] == {NUMBER[code] for code in answer}
    assert sum(map(len, listed.values())) == 44


def test_each_cell_of_the_list_has_all_its_sources():
    at = page("priorities", theme="stroke")
    place = {key: number for number, key in enumerate(SOURCES)}
    wanted = defaultdict(set)
    for row in rows("priorities"):
        if row["theme"] == "stroke" and (row["as_of"] or SOURCES[row["source"]]["date"]) < "2018":
            wanted[NUMBER[row["code"]]].add(place[row["source"]])
    shown = {
        number: {reference // 2 for reference in cells[0]}
        for _, listed in drawn(at, "listing")["groups"]
        for number, _, cells in listed
        if cells[0]
    }
    assert shown == wanted


def test_coverage_stands_beside_every_footprint():
    read = defaultdict(set)
    for row in rows("readings"):
        read[NUMBER[row["code"]]].add(row["source"])
    official = {
        number: sum(SOURCES[key]["publisher_type"] in OFFICIAL for key in keys)
        for number, keys in read.items()
    }
    for _, listed in drawn(page("priorities", theme="stroke"), "listing")["groups"]:
        for number, coverage, _ in listed:
            assert coverage == [len(read[number]), official[number]]


def test_a_region_keeps_to_its_footprints():
    at = page("priorities", theme="mental_health", region="london")
    london = {r["code"] for r in FOOTPRINTS if r["nhs_region"] == "London"}
    inside = named()["mental_health"] & london
    assert headline(at).startswith(f"{len(inside)} of 5 plans in London name mental health")
    assert set().union(*groups(at).values()) == {NUMBER[code] for code in london}


def test_later_plans_count_only_when_asked_for():
    (theme,) = [t for t in LABELS if len(named(later=True)[t]) - len(named()[t]) > 0][:1]
    for years, later in (({}, False), ({"years": "all"}, True)):
        found = headline(page("priorities", theme=theme, **years))
        assert found.startswith(f"{len(named(later=later)[theme])} of 44 ")


def test_choosing_themes_and_match_writes_the_address():
    at = page("priorities")
    at = widget(at, "Clinical priorities").select("Stroke").run()
    at = widget(at, "Enablers").select("Digital").run()
    assert address(at) == {"theme": "stroke,digital"}
    at = choose(at, "Match", "Any of them")
    assert address(at) == {"theme": "stroke,digital", "match": "any"}
    either = named()["stroke"] | named()["digital"]
    assert headline(at) == (
        f"{len(either)} of 44 plans name stroke or digital, in the sources read"
    )
    at = choose(at, "Match", "All of them")
    assert address(at) == {"theme": "stroke,digital"}


def test_the_matrix_has_44_rows_and_the_totals_of_the_raw_table():
    at = page("priorities", show="matrix")
    assert is_fine(at)
    has = named()
    data = drawn(at, "matrix")
    assert {theme: count for theme, _, count, _ in data["heads"]} == {
        theme: len(has[theme]) for theme in LABELS
    }
    listed = [row for _, group in data["groups"] for row in group]
    assert sorted(number for number, *_ in listed) == list(range(1, 45))
    code_of = {number: code for code, number in NUMBER.items()}
    for number, strengths, total in listed:
        there = {
            head[0] for head, digit in zip(data["heads"], strengths, strict=True) if digit != "0"
        }
        assert there == {theme for theme, codes in has.items() if code_of[number] in codes}
        assert total == len(there)


def test_the_matrix_leaves_out_what_does_not_count():
    data = drawn(page("priorities", show="matrix", evidence="official"), "matrix")
    shown = "".join(strengths for _, group in data["groups"] for _, strengths, _ in group)
    assert set(shown) == {"0", "2", "3"}


def test_a_cell_of_the_matrix_opens_its_sources():
    at = page("priorities", show="matrix", cell="E54000019:stroke")
    text = text_of(at)
    shown = [r for r in rows("priorities") if (r["code"], r["theme"]) == ("E54000019", "stroke")]
    assert shown
    for row in shown:
        assert SOURCES[row["source"]]["title"] in text
    assert drawn(at, "matrix")["chosen"] == "E54000019:stroke"


def test_an_empty_cell_is_never_a_no():
    at = page("priorities", show="matrix", cell="E54000041:stroke")
    assert re.search(r"Stroke was not found in the \d+ sources read for Dorset", text_of(at))
    assert "That is not a no." in text_of(at)


def test_both_orders_of_the_matrix_hold_the_same_rows():
    one = drawn(page("priorities", show="matrix"), "matrix")["groups"]
    other = drawn(page("priorities", show="matrix", order="alike"), "matrix")["groups"]
    assert [title for title, _ in other] == [""]
    assert sorted(row for _, group in one for row in group) == sorted(other[0][1])


def test_pairs_come_with_their_plain_numbers_and_a_caution():
    at = page("priorities", show="together")
    assert is_fine(at)
    has = named()
    text = text_of(at)
    assert "Benjamini and Hochberg" in text
    assert "Fisher" in text
    (table,) = [source_of(e) for e in elements(at) if "<table" in source_of(e)]
    first = re.search(
        r'theme=(\w+),(\w+)".*?</th><td>[^<]*</td><td>(\d+)</td><td>([\d.]+)</td>', table
    )
    assert first
    one, other = has[first[1]], has[first[2]]
    assert int(first[3]) == len(one & other)
    assert float(first[4]) == pytest.approx(len(one) * len(other) / 44, abs=0.05)


def test_most_alike_needs_a_footprint_and_then_names_the_nearest():
    assert "Choose a footprint" in text_of(page("priorities", show="alike"))
    at = page("priorities", show="alike", area="dorset")
    assert is_fine(at)
    has = defaultdict(set)
    for theme, codes in named().items():
        for code in codes:
            has[code].add(theme)
    own = has["E54000041"]
    nearest = max(
        (code for code in has if code != "E54000041"),
        key=lambda code: len(own & has[code]) / len(own | has[code]),
    )
    name = next(row["name"] for row in FOOTPRINTS if row["code"] == nearest)
    assert name in headline(at)
    assert f"both name {len(own & has[nearest])}" in headline(at)


def test_what_stands_out_can_be_quoted_and_proved():
    at = page("priorities", show="standing")
    assert is_fine(at)
    (listed,) = [source_of(e) for e in elements(at) if "stp-findings" in source_of(e)]
    items = listed.split("<li>")[1:]
    assert len(items) >= 4
    for item in items:
        link = re.search(r'href="[^"]*priorities\?([^"]+)" target="_self"', item)
        assert link
        quoted = re.search(r'data-copy="([^"]+)"', item)
        assert quoted
        assert re.search(r"\(\d+ documents?; STP Atlas, data of \d+ \w+ \d{4}\)", quoted[1])
        numbers = re.search(r"in the most plans: (\d+) of 44", plain(item))
        if numbers:
            query = dict(part.split("=") for part in link[1].replace("&amp;", "&").split("&"))
            for theme in query["theme"].split(","):
                assert len(named()[theme]) == int(numbers[1])


@each(
    ("query", "said"),
    [
        ({"theme": "magic"}, "a theme that is not here"),
        ({"theme": "stroke,stroke"}, "more than once"),
        ({"theme": ",".join(LABELS)[:190]}, "At most 8 themes"),
        ({"theme": "x" * 5000}, "more themes than can be shown"),
        ({"match": "some"}, "a choice of match"),
        ({"evidence": "<b>"}, "a choice of evidence"),
        ({"years": "1066"}, "a choice of years"),
        ({"show": "all"}, "a choice of show"),
        ({"region": "wales"}, "a region that is not here"),
        ({"area": "atlantis"}, "an area that is not one of the 44"),
        ({"show": "matrix", "cell": "E54000099:stroke"}, "a cell of the matrix"),
    ],
)
def test_what_an_address_cannot_have_is_said_and_passed_over(query: dict[str, str], said: str):
    at = page("priorities", **query)
    assert is_fine(at)
    assert any(said in notice for notice in notices(at)), notices(at)
    assert not any("<b>" in notice for notice in notices(at))


def test_an_empty_choice_is_no_mistake():
    at = page("priorities", theme="")
    assert is_fine(at)
    assert notices(at) == []
