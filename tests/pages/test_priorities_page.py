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
    source_of,
    text_of,
    widget,
)
from raw_themes import LABELS, NUMBER, OFFICIAL, PLACES, SOURCES, counting, named, rows

CODE_OF = {number: code for code, number in NUMBER.items()}


def groups(at) -> dict[str, set[int]]:
    """Numbers of the footprints in each group of the list, by its title without the count."""
    return {
        title.partition(":")[0]: {number for number, *_ in listed}
        for title, listed in drawn(at, "listing")["groups"]
    }


def sources(at) -> str:
    return " ".join(map(source_of, elements(at)))


def legends(at) -> list[str]:
    return [plain(source_of(e)) for e in elements(at) if "stp-legend" in source_of(e)]


def themes_of_plans() -> dict[str, set[str]]:
    found = defaultdict(set)
    for theme, codes in named().items():
        for code in codes:
            found[code].add(theme)
    return found


def test_without_themes_the_page_counts_all_of_them():
    at = page("priorities")
    assert is_fine(at)
    broad = sum(2 * len(themes) > len(LABELS) for themes in themes_of_plans().values())
    assert headline(at).startswith(f"At least {broad} of 44 plans name more than half")
    text = text_of(at)
    for theme, codes in named().items():
        assert f"{LABELS[theme]} at least {len(codes)} of 44" in text


@each("match", ["all", "any"])
@each("rules", [{}, {"evidence": "official"}, {"firm": "set-out"}, {"firm": "any"}])
def test_sentence_and_list_agree_with_the_tables(match: str, rules: dict[str, str]):
    at = page("priorities", theme="stroke,cancer", match=match, **rules)
    assert is_fine(at)
    has = named(**rules)
    stroke, cancer = has["stroke"], has["cancer"]
    answer = stroke & cancer if match == "all" else stroke | cancer
    assert headline(at).startswith(f"At least {len(answer)} of 44 plans ")
    listed = groups(at)
    first = next(iter(listed))
    assert first.endswith(" both" if match == "all" else " one or both")
    assert listed[first] == {NUMBER[code] for code in answer}
    assert sum(map(len, listed.values())) == 44


@each("firm", ["intended", "set-out", "any"])
def test_each_row_of_the_list_has_its_sources_the_firmest_first_and_how_much_was_read(firm: str):
    data = drawn(page("priorities", theme="stroke", firm=firm), "listing")
    place = {key: number for number, key in enumerate(SOURCES)}
    wanted, read = defaultdict(set), defaultdict(list)
    for row in counting(firm=firm):
        if row["theme"] == "stroke":
            source = (place[row["source"]], row["how"], row["confidence"] == "low")
            wanted[NUMBER[row["code"]]].add(source)
    for row in rows("readings"):
        read[NUMBER[row["code"]]].append(SOURCES[row["source"]]["publisher_type"] in OFFICIAL)
    ways, blank = data["how"], 0
    for _, listed in data["groups"]:
        for number, coverage, ((degree, *refs),) in listed:
            found = [(ref // 2 // len(ways), ref // 2 % len(ways), ref % 2 == 1) for ref in refs]
            assert {(key, ways[how], low) for key, how, low in found} == wanted[number]
            assert [how for _, how, _ in found] == sorted(how for _, how, _ in found)
            assert coverage == [len(read[number]), sum(read[number])]
            assert bool(degree) == bool(refs)
            blank += not refs
    assert blank


def test_what_was_not_found_is_said_once_a_legend():
    for theme in ("stroke", "stroke,cancer"):
        found = legends(page("priorities", theme=theme))
        assert len(found) == len(theme.split(","))
        assert all(legend.count("not found in the documents read") == 1 for legend in found)


def test_what_others_counted_and_the_sheet_come_with_the_count_of_one_theme():
    (count,) = [r for r in rows("counts_by_others") if r["count_id"] == "end-of-life-named"]
    html = sources(page("priorities", theme="end_of_life"))
    assert 'href="theme/end_of_life"' in html
    assert 'href="theme/end_of_life.docx"' in html
    assert f"found {count['count']} that name end of life care" in html
    assert f"evidence?source={count['source']}" in html
    assert 'href="theme/' not in sources(page("priorities", theme="stroke,cancer"))
    region = page("priorities", theme="end_of_life", region="london")
    assert f"found {count['count']}" not in text_of(region)


def test_region_and_years_keep_to_what_they_say():
    at = page("priorities", theme="mental_health", region="london")
    london = {code for code, row in PLACES.items() if row["nhs_region"] == "London"}
    inside = named()["mental_health"] & london
    start = f"At least {len(inside)} of 5 plans in London name mental health"
    assert headline(at).startswith(start)
    assert set().union(*groups(at).values()) == {NUMBER[code] for code in london}
    later = named(years="all")
    theme = next(theme for theme in LABELS if len(later[theme]) > len(named()[theme]))
    for years in ("plans", "all"):
        number = len(named(years=years)[theme])
        found = headline(page("priorities", theme=theme, years=years))
        assert found.startswith(f"At least {number} of 44 ")


def test_choices_write_the_address_and_defaults_stay_out_of_it():
    at = widget(page("priorities"), "Clinical priorities").select("Stroke").run()
    at = widget(at, "Enablers").select("Digital").run()
    assert address(at) == {"theme": "stroke,digital"}
    at = choose(at, "Match", "Any of them")
    assert address(at) == {"theme": "stroke,digital", "match": "any"}
    either = named()["stroke"] | named()["digital"]
    words = "plans name stroke or digital, in the documents read"
    assert headline(at) == f"At least {len(either)} of 44 {words}"
    at = choose(at, "Match", "All of them")
    at = choose(at, "How firmly", "Set out as a priority")
    assert address(at) == {"theme": "stroke,digital", "firm": "set-out"}
    firmly = named(firm="set-out")
    both = firmly["stroke"] & firmly["digital"]
    assert headline(at).startswith(f"At least {len(both)} of 44 plans set")
    assert "download/shared.csv?theme=stroke,digital&amp;firm=set-out" in sources(at)
    at = choose(at, "How firmly", "Also aims and proposals")
    assert address(at) == {"theme": "stroke,digital"}


@each(("firm", "degrees"), [("set-out", "03"), ("intended", "023"), ("any", "0123")])
def test_matrix_has_the_degrees_and_totals_of_the_tables(firm: str, degrees: str):
    at = page("priorities", show="matrix", firm=firm)
    assert is_fine(at)
    data, has = drawn(at, "matrix"), named(firm=firm)
    kept = {"3": named(firm="set-out"), "2": named(firm="intended"), "1": named(firm="any")}
    heads = [theme for theme, *_ in data["heads"]]
    assert {theme: count for theme, _, count, _ in data["heads"]} == {
        theme: len(has[theme]) for theme in LABELS
    }
    listed = [row for _, group in data["groups"] for row in group]
    assert sorted(number for number, *_ in listed) == list(range(1, 45))
    for number, row, total in listed:
        code = CODE_OF[number]
        for theme, digit in zip(heads, row, strict=True):
            found = next((d for d in kept if code in kept[d][theme]), "0")
            assert digit == (found if code in has[theme] else "0")
        assert total == sum(digit != "0" for digit in row)
    assert {digit for _, row, _ in listed for digit in row} == set(degrees)
    assert sorted(re.findall(r"(\d): ", legends(at)[0])) == list(degrees[1:])


def test_both_orders_of_the_matrix_hold_the_same_rows():
    one = drawn(page("priorities", show="matrix"), "matrix")["groups"]
    other = drawn(page("priorities", show="matrix", order="alike"), "matrix")["groups"]
    assert [title for title, _ in other] == [""]
    assert sorted(row for _, group in one for row in group) == sorted(other[0][1])


def test_cell_of_the_matrix_opens_its_sources():
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


def test_cell_says_what_does_not_count_and_what_was_not_found():
    code, theme = next(
        (row["code"], row["theme"])
        for row in counting(firm="any")
        if row["code"] not in named()[row["theme"]]
    )
    words, shown = "Not counted under the filters chosen", {"show": "matrix"}
    assert words in text_of(page("priorities", cell=f"{code}:{theme}", **shown))
    assert words not in text_of(page("priorities", cell=f"{code}:{theme}", firm="any", **shown))
    empty = min(set(LABELS) - {r["theme"] for r in rows("priorities") if r["code"] == "E54000041"})
    text = text_of(page("priorities", cell=f"E54000041:{empty}", **shown))
    assert re.search(rf"{LABELS[empty]} was not found in the \d+ documents read for Dorset", text)
    assert "It may still be in the plan." in text


def test_pairs_come_with_their_plain_numbers_and_a_caution():
    at = page("priorities", show="together")
    assert is_fine(at)
    text, has = text_of(at), named()
    assert "Benjamini and Hochberg" in text
    assert "Fisher" in text
    first = re.search(
        r'theme=(\w+),(\w+)".*?</th><td>[^<]*</td><td>(\d+)</td><td>([\d.]+)</td>', sources(at)
    )
    assert first
    one, other = has[first[1]], has[first[2]]
    assert int(first[3]) == len(one & other)
    assert float(first[4]) == pytest.approx(len(one) * len(other) / 44, abs=0.05)


def test_similar_plans_need_a_footprint_and_then_name_the_nearest():
    assert "Choose a footprint" in text_of(page("priorities", show="alike"))
    at = page("priorities", show="alike", area="dorset")
    assert is_fine(at)
    has = themes_of_plans()
    own = has.pop("E54000041")
    nearest = max(has, key=lambda code: len(own & has[code]) / len(own | has[code]))
    name, shared = PLACES[nearest]["name"], len(own & has[nearest])
    assert headline(at) == f"The plans of Dorset and {name} both name at least {shared} themes"


def test_key_findings_can_be_quoted_and_proved_and_say_how_complete_they_are():
    at = page("priorities", show="standing")
    assert is_fine(at)
    (listed,) = [source_of(e) for e in elements(at) if "stp-findings" in source_of(e)]
    items = listed.split("<li>")[1:]
    assert len(items) >= 10
    for item in items:
        link = re.search(r'href="[^"]*priorities\?([^"]+)" target="_self"', item)
        quoted = re.search(r'data-copy="([^"]+)"', item)
        assert link
        assert quoted
        assert re.search(r"\(\d+ documents?; STP Atlas, data of \d+ \w+ \d{4}\)", quoted[1])
        query = dict(part.split("=") for part in link[1].replace("&amp;", "&").split("&"))
        themes = query.pop("theme").split(",")
        has = named(**query)
        number = len(set.intersection(*(has[theme] for theme in themes)))
        assert plain(item).startswith(f"At least {number} of 44 plans ")
    assert [element.value for element in at.header] == ["Key findings", "How complete is this?"]
    assert re.search(r"about [\d,]+ \(95% interval [\d,]+ to [\d,]+\)", text_of(at))
    (folded,) = [source_of(e) for e in elements(at) if "<details" in source_of(e)]
    assert "independent" in plain(folded)
    assert "not a count of plans" in plain(folded)


@each(
    ("query", "said"),
    [
        ({"theme": "magic"}, "one of those themes, so it is left out"),
        ({"theme": "x" * 5000}, "one of those themes, so it is left out"),
        ({"match": "some"}, "that match, so this shows all of them"),
        ({"evidence": "<b>"}, "that kind of evidence, so this shows any source"),
        ({"firm": "set_out"}, "that firmness, so this shows priorities, aims and proposals"),
        ({"years": "1066"}, "that choice of years, so this shows 2016 and 2017"),
        ({"show": "all"}, "that part of this page, so this shows footprints"),
        ({"region": "wales"}, "that region, so this shows all of England"),
        ({"area": "atlantis"}, "that area as one of the 44"),
        ({"show": "matrix", "cell": "E54000099:stroke"}, "that cell of the matrix"),
    ],
)
def test_what_an_address_cannot_have_is_said_and_passed_over(query: dict[str, str], said: str):
    at = page("priorities", **query)
    assert is_fine(at)
    (notice,) = notices(at)
    assert said in notice
    assert "<b>" not in notice


def test_known_themes_of_an_address_are_kept_once_each_and_an_empty_choice_is_no_mistake():
    at = page("priorities", theme="stroke,magic,cancer,stroke")
    assert len(notices(at)) == 1
    assert "name both stroke and cancer" in headline(at)
    at = page("priorities", theme="")
    assert is_fine(at)
    assert notices(at) == []
