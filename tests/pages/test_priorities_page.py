"""The Priorities page: what it counts, shows and does with an address it cannot follow."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

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


COUNTING = {
    "set-out": {"priority", "workstream", "programme"},
    "intended": {"priority", "workstream", "programme", "aim", "proposal"},
    "any": {"priority", "workstream", "programme", "aim", "proposal", "mention"},
}


def shown(*, official: bool = False, later: bool = False, firm: str = "intended"):
    """Rows of the raw table that count."""
    for row in rows("priorities"):
        source = SOURCES[row["source"]]
        is_later = bool(row["later"]) or (row["as_of"] or source["date"]) >= "2018"
        if (
            (later or not is_later)
            and row["how"] in COUNTING[firm]
            and (not official or source["publisher_type"] in OFFICIAL)
        ):
            yield row


def named(**rules: Any) -> dict[str, set[str]]:
    """Codes that name each theme, from the raw table."""
    found = defaultdict(set)
    for row in shown(**rules):
        found[row["theme"]].add(row["code"])
    return found


def groups(at) -> dict[str, set[int]]:
    """Numbers of the footprints in each group of the list, by its title without the count."""
    return {
        title.partition(":")[0]: {number for number, *_ in listed}
        for title, listed in drawn(at, "listing")["groups"]
    }


def test_without_themes_the_page_counts_all_of_them():
    at = page("priorities")
    assert is_fine(at)
    has = named()
    per_plan = Counter(code for codes in has.values() for code in codes)
    broad = sum(2 * number > len(LABELS) for number in per_plan.values())
    assert headline(at).startswith(f"At least {broad} of 44 plans name more than half")
    text = text_of(at)
    for theme, codes in has.items():
        assert f"{LABELS[theme]} at least {len(codes)} of 44" in text


@each("match", ["all", "any"])
@each("rules", [{}, {"evidence": "official"}, {"firm": "set-out"}, {"firm": "any"}])
def test_the_sentence_and_the_list_agree_with_the_raw_table(match: str, rules: dict[str, str]):
    at = page("priorities", theme="stroke,cancer", match=match, **rules)
    assert is_fine(at)
    has = named(official="evidence" in rules, firm=rules.get("firm", "intended"))
    stroke, cancer = has["stroke"], has["cancer"]
    answer = stroke & cancer if match == "all" else stroke | cancer
    assert headline(at).startswith(f"At least {len(answer)} of 44 plans ")
    listed = groups(at)
    first = next(iter(listed))
    assert first.endswith(" both" if match == "all" else " one or both")
    assert listed[first] == {NUMBER[code] for code in answer}
    assert sum(map(len, listed.values())) == 44


@each("firm", ["intended", "set-out", "any"])
def test_each_cell_of_the_list_has_all_its_sources_and_how_they_present_it(firm: str):
    data = drawn(page("priorities", theme="stroke", firm=firm), "listing")
    place = {key: number for number, key in enumerate(SOURCES)}
    wanted = defaultdict(set)
    for row in shown(firm=firm):
        if row["theme"] == "stroke":
            wanted[NUMBER[row["code"]]].add(
                (place[row["source"]], row["how"], row["confidence"] == "low")
            )
    ways = data["how"]
    found = {
        number: {(ref // 2 // len(ways), ways[ref // 2 % len(ways)], ref % 2 == 1) for ref in refs}
        for _, listed in data["groups"]
        for number, _, ((_, *refs),) in listed
        if refs
    }
    assert found == wanted
    firmest_first = [
        [ref // 2 % len(ways) for ref in refs]
        for _, listed in data["groups"]
        for _, _, ((_, *refs),) in listed
    ]
    assert firmest_first == [sorted(order) for order in firmest_first]


def test_how_firmly_is_a_choice_that_the_address_holds():
    at = page("priorities", theme="stroke")
    at = choose(at, "How firmly", "Set out as a priority")
    assert address(at) == {"theme": "stroke", "firm": "set-out"}
    firmly = len(named(firm="set-out")["stroke"])
    assert headline(at).startswith(f"At least {firmly} of 44 plans set out stroke")
    assert "firm=set-out" in "".join(source_of(element) for element in elements(at))
    at = choose(at, "How firmly", "Also aims and proposals")
    assert address(at) == {"theme": "stroke"}


def test_what_others_counted_and_the_sheet_are_beside_the_count_of_one_theme():
    (count,) = [r for r in rows("counts_by_others") if r["count_id"] == "end-of-life-named"]
    html = " ".join(source_of(e) for e in elements(page("priorities", theme="end_of_life")))
    assert 'href="theme/end_of_life"' in html
    assert 'href="theme/end_of_life.docx"' in html
    assert f"found {count['count']} that name end of life care" in html
    assert f"evidence?source={count['source']}" in html
    several = " ".join(source_of(e) for e in elements(page("priorities", theme="stroke,cancer")))
    assert 'href="theme/' not in several
    region = page("priorities", theme="end_of_life", region="london")
    assert f"found {count['count']}" not in text_of(region)


def test_what_was_not_found_is_blank_and_said_once():
    for theme in ("stroke", "stroke,cancer"):
        at = page("priorities", theme=theme)
        lost = [cells for _, listed in drawn(at, "listing")["groups"] for *_, cells in listed]
        assert [0] in [cell for cells in lost for cell in cells]
        legends = [plain(source_of(e)) for e in elements(at) if "stp-legend" in source_of(e)]
        assert len(legends) == len(theme.split(","))
        for legend in legends:
            assert legend.count("not found in the documents read") == 1


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
    assert headline(at).startswith(
        f"At least {len(inside)} of 5 plans in London name mental health"
    )
    assert set().union(*groups(at).values()) == {NUMBER[code] for code in london}


def test_later_plans_count_only_when_asked_for():
    (theme,) = [t for t in LABELS if len(named(later=True)[t]) - len(named()[t]) > 0][:1]
    for years, later in (({}, False), ({"years": "all"}, True)):
        found = headline(page("priorities", theme=theme, **years))
        assert found.startswith(f"At least {len(named(later=later)[theme])} of 44 ")


def test_choosing_themes_and_match_writes_the_address():
    at = page("priorities")
    at = widget(at, "Clinical priorities").select("Stroke").run()
    at = widget(at, "Enablers").select("Digital").run()
    assert address(at) == {"theme": "stroke,digital"}
    at = choose(at, "Match", "Any of them")
    assert address(at) == {"theme": "stroke,digital", "match": "any"}
    either = named()["stroke"] | named()["digital"]
    assert headline(at) == (
        f"At least {len(either)} of 44 plans name stroke or digital, in the documents read"
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
    firmly = named(firm="set-out")
    for number, degrees, total in listed:
        code, there = (
            code_of[number],
            dict(zip([head[0] for head in data["heads"]], degrees, strict=True)),
        )
        assert there == {
            theme: "3" if code in firmly[theme] else "2" if code in has[theme] else "0"
            for theme in there
        }
        assert total == sum(digit != "0" for digit in degrees)


@each(("firm", "degrees"), [("set-out", "03"), ("intended", "023"), ("any", "0123")])
def test_the_matrix_shades_by_how_firmly_and_leaves_out_what_does_not_count(
    firm: str, degrees: str
):
    at = page("priorities", show="matrix", firm=firm)
    data = drawn(at, "matrix")
    found = {digit for _, group in data["groups"] for _, row, _ in group for digit in row}
    assert found == set(degrees)
    legend = [plain(source_of(e)) for e in elements(at) if "stp-legend" in source_of(e)]
    said = re.findall(r"(\d): ", legend[0])
    assert sorted(said) == list(degrees[1:])


def test_a_cell_of_the_matrix_opens_its_sources():
    at = page("priorities", show="matrix", cell="E54000019:stroke")
    text = text_of(at)
    those = [r for r in rows("priorities") if (r["code"], r["theme"]) == ("E54000019", "stroke")]
    assert those
    for row in those:
        assert SOURCES[row["source"]]["title"] in text
        assert row["how"] in text
        assert f"Confidence: {row['confidence']}" in text
        assert row["note"].rstrip(".") in text
    assert drawn(at, "matrix")["chosen"] == "E54000019:stroke"


def test_a_source_that_does_not_count_says_so():
    counting = {(row["code"], row["theme"]) for row in shown()}
    code, theme = next(
        (row["code"], row["theme"])
        for row in shown(firm="any")
        if (row["code"], row["theme"]) not in counting
    )
    cell = f"{code}:{theme}"
    text = text_of(page("priorities", show="matrix", cell=cell))
    assert "Not counted under the filters chosen" in text
    assert "Not counted" not in text_of(page("priorities", show="matrix", cell=cell, firm="any"))


def test_an_empty_cell_may_still_be_in_the_plan():
    empty = min(set(LABELS) - {r["theme"] for r in rows("priorities") if r["code"] == "E54000041"})
    text = text_of(page("priorities", show="matrix", cell=f"E54000041:{empty}"))
    assert re.search(rf"{LABELS[empty]} was not found in the \d+ documents read for Dorset", text)
    assert "It may still be in the plan." in text


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
    assert headline(at) == (
        f"The plans of Dorset and {name} both name at least {len(own & has[nearest])} themes"
    )


def test_key_findings_can_be_quoted_and_proved():
    at = page("priorities", show="standing")
    assert is_fine(at)
    (listed,) = [source_of(e) for e in elements(at) if "stp-findings" in source_of(e)]
    items = listed.split("<li>")[1:]
    assert len(items) >= 10
    for item in items:
        link = re.search(r'href="[^"]*priorities\?([^"]+)" target="_self"', item)
        assert link
        quoted = re.search(r'data-copy="([^"]+)"', item)
        assert quoted
        assert re.search(r"\(\d+ documents?; STP Atlas, data of \d+ \w+ \d{4}\)", quoted[1])
        query = dict(part.split("=") for part in link[1].replace("&amp;", "&").split("&"))
        has = named(official="evidence" in query, firm=query.get("firm", "intended"))
        number = len(set.intersection(*(has[theme] for theme in query["theme"].split(","))))
        assert plain(item).startswith(f"At least {number} of 44 plans ")


def test_how_complete_the_findings_are_is_an_estimate_with_its_assumptions():
    at = page("priorities", show="standing")
    assert [element.value for element in at.header] == ["Key findings", "How complete is this?"]
    cells = {"official": set(), "other": set()}
    for row in shown():
        kind = SOURCES[row["source"]]["publisher_type"]
        cells["official" if kind in OFFICIAL else "other"].add((row["code"], row["theme"]))
    either, both = cells["official"] | cells["other"], cells["official"] & cells["other"]
    estimate = (len(cells["official"]) + 1) * (len(cells["other"]) + 1) / (len(both) + 1) - 1
    text = text_of(at)
    assert f"at least {len(either):,} of {44 * len(LABELS):,} possible pairs" in text
    assert re.search(rf"about {round(estimate, -1):,.0f} \(95% interval [\d,]+ to [\d,]+\)", text)
    (folded,) = [source_of(e) for e in elements(at) if "<details" in source_of(e)]
    assert "independent" in plain(folded)
    assert "not a count of plans" in plain(folded)


@each(
    ("query", "said"),
    [
        ({"theme": "magic"}, "a theme that is not here"),
        ({"theme": "stroke,stroke"}, "more than once"),
        ({"theme": ",".join(LABELS)[:190]}, "At most 8 themes"),
        ({"theme": "x" * 5000}, "more themes than can be shown"),
        ({"match": "some"}, "a choice of match"),
        ({"evidence": "<b>"}, "a choice of evidence"),
        ({"firm": "set_out"}, "a choice of firm"),
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
