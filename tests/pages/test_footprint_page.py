"""The page of one footprint without a browser, for all 44, against the raw tables."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import page_reader as page
import pytest
from streamlit.testing.v1 import AppTest

FOOTPRINTS = page.rows("footprints")
CODES = [row["code"] for row in FOOTPRINTS]
NAMES = {row["code"]: row["name"] for row in FOOTPRINTS}
SLUGS = {row["code"]: row["slug"] for row in FOOTPRINTS}
every_footprint = pytest.mark.parametrize("code", CODES, ids=SLUGS.get)

LED, MONEY, TABLE = "Who led it, and the plan", "The money", "Who is at the table"
BECAME, NEIGHBOURS = "What it became", "Neighbours"


@cache
def opened(code: str) -> AppTest:
    """A page that no test changes, opened once."""
    return page.footprint(area=SLUGS[code])


def without(table: str) -> list[str]:
    """Codes of the footprints of which a table has no row."""
    return [code for code in CODES if code not in {row["code"] for row in page.rows(table)}]


def section(code: str, heading: str) -> str:
    return page.plain(" ".join(page.sections(opened(code))[heading]))


class Tables(HTMLParser):
    """Counts the body rows of each table, and the cells of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[list[int]] = []
        self.heads: list[int] = []
        self.in_body = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        match tag:
            case "table":
                self.widths.append([])
                self.heads.append(0)
            case "tbody":
                self.in_body = True
            case "tr" if self.in_body:
                self.widths[-1].append(0)
            case "td" | "th" if self.in_body:
                self.widths[-1][-1] += 1
            case "th":
                self.heads[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.in_body = False


@every_footprint
def test_page_renders_and_is_titled_with_the_footprint(code: str):
    at = opened(code)
    assert page.is_fine(at)
    assert [title.value for title in at.title] == [NAMES[code]]
    assert page.notices(at) == []


@every_footprint
def test_people_are_those_of_the_raw_table(code: str):
    (people,) = [
        float(row["value"])
        for row in page.rows("measured")
        if row["code"] == code and row["measure"] == "population"
    ]
    assert f"{people:,.0f} people" in page.text_of(opened(code))


@every_footprint
def test_every_ccg_is_named(code: str):
    bodies = {row["org"]: row for row in page.rows("organisations")}
    seats = {row["org"] for row in page.rows("memberships") if row["code"] == code}
    names = {bodies[org]["name"] for org in seats if bodies[org]["type"] == "CCG"}
    assert names, "the raw tables name no CCG"
    text = section(code, TABLE)
    assert {name for name in names if name not in text} == set()
    noun = "CCG" if len(names) == 1 else "CCGs"
    assert re.search(rf"\b{len(names)} {noun}\b", page.text_of(opened(code)))


@every_footprint
def test_every_stated_gap_names_its_source(code: str):
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    stated = [
        row for row in page.rows("stated") if row["code"] == code and row["unit"] == "GBP million"
    ]
    text = section(code, MONEY)
    if not stated:
        assert "No figure found" in text
    missing = {row["source"] for row in stated if publishers[row["source"]] not in text}
    assert missing == set()
    table = Tables()
    table.feed(" ".join(page.sections(opened(code))[MONEY]))
    assert sum(map(len, table.widths)) == len(stated)


@every_footprint
def test_no_section_is_empty_and_no_table_is_without_rows(code: str):
    found = page.sections(opened(code))
    assert {LED, MONEY, TABLE, BECAME, NEIGHBOURS} <= set(found)
    for heading, drawn in found.items():
        assert page.plain(" ".join(drawn)), f"nothing stands under {heading!r}"
        tables = Tables()
        tables.feed(" ".join(drawn))
        for head, widths in zip(tables.heads, tables.widths, strict=True):
            assert widths, f"a table under {heading!r} has no row"
            assert set(widths) == {head}, f"a row under {heading!r} has not {head} cells"


@pytest.mark.parametrize("code", without("plan_names"), ids=SLUGS.get)
def test_page_says_when_no_name_of_the_plan_was_found(code: str):
    assert "No name of the plan or the partnership found" in section(code, LED)


@pytest.mark.parametrize("code", without("publications"), ids=SLUGS.get)
def test_page_says_when_no_date_of_publication_was_found(code: str):
    assert "No date of publication found" in section(code, LED)


@pytest.mark.parametrize(
    "code",
    [
        code
        for code in CODES
        if not any(
            row["code"] == code and row["measure"] == "population_stated"
            for row in page.rows("stated")
        )
    ],
    ids=SLUGS.get,
)
def test_page_says_when_no_document_states_its_people(code: str):
    assert "No document read gives a number of people" in section(code, "Who lives here")


@every_footprint
def test_every_person_in_a_leading_role_is_named(code: str):
    text = section(code, LED)
    names = {row["name"] for row in page.rows("leads") if row["code"] == code and row["name"]}
    assert {name for name in names if name not in text} == set()


@every_footprint
def test_neighbours_are_those_of_the_raw_table_and_link_to_their_pages(code: str):
    beside = {row["neighbour"] for row in page.rows("neighbours") if row["code"] == code}
    assert page.page_links(opened(code)) == {NAMES[other]: SLUGS[other] for other in beside}


@every_footprint
def test_boards_that_took_over_are_named_with_their_shares(code: str):
    text = section(code, BECAME)
    for row in page.rows("successors"):
        if row["code"] == code:
            assert row["successor_name"] in text


@every_footprint
def test_no_figure_is_shown_as_nan_or_none(code: str):
    for word in ("nan", "NaN", "None None", "£nan", "inf%"):
        assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page.text_of(opened(code)))


@pytest.mark.parametrize("area", ["E54000041", "dorset", "Dorset", "DORSET"])
def test_page_opens_by_code_slug_and_name(area: str):
    at = page.footprint(area=area)
    assert [title.value for title in at.title] == ["Dorset"]


def test_page_without_an_area_offers_all_44():
    at = page.footprint()
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert page.page_links(at) == {NAMES[code]: SLUGS[code] for code in CODES}


@pytest.mark.parametrize(
    "area",
    ["nonsense", "<script>alert(1)</script>", "x" * 10_000, ["dorset", "nonsense"]],
    ids=lambda value: str(value)[:30],
)
def test_unknown_area_gets_a_sentence_and_the_list(area: object):
    at = page.footprint(area=area)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert "area" in notice
    assert len(page.page_links(at)) == 44
    drawn = " ".join(str(element.proto) for element in page.elements(at))
    assert "alert(1)" not in drawn
    assert "xxxxxxxx" not in drawn


def test_search_on_the_page_shows_the_footprint_found():
    at = page.footprint(area="dorset")
    page.widget(at, page.SEARCH).set_value("Cheltenham").run()
    assert [title.value for title in at.title] == ["Gloucestershire"]
    assert page.address(at) == {"area": "gloucestershire"}
