"""The search box takes postcodes and parts of them, and says what it cannot follow."""

from __future__ import annotations

import page_reader as page
import pytest
from each import each

import stp_data
from stp_data.search import find
from ui.parts import search

CITED = "href=evidence?source=ons-postcode-directory-2026>"
NAMES = {row["code"]: row["name"] for row in page.rows("footprints")}
PLACES = {name: place for place, (_, name) in enumerate(sorted(NAMES.items()))}
"""Name of a footprint -> its place in the order of codes, by which the box names it."""


def _search(text: str, **query: str):
    at = page.explore(**query)
    page.search(at, text)
    assert page.is_fine(at)
    return at


def _offered(at) -> list[str]:
    return [b.label for b in at.button if b.key and b.key.startswith("match_")]


@pytest.mark.parametrize("typed", ["WR1 2AA", "wr12aa", "WR1", "wr1 2"])
def test_a_postcode_in_one_footprint_chooses_it_and_says_why(typed: str):
    at = _search(typed)
    assert page.address(at) == {"area": "herefordshire-and-worcestershire"}
    assert page.chosen(at) == "Herefordshire and Worcestershire"
    assert "Found WR1" in page.text_of(at)
    marks = [e for e in page.elements(at) if CITED in page.source_of(e)]
    assert len(marks) == 1
    assert "Royal Mail data © Royal Mail copyright" in page.text_of(at)
    assert page.notices(at) == []


def test_a_district_in_several_footprints_offers_each_with_its_number():
    at = _search("WR12", view="table")
    assert page.address(at) == {"view": "table"}
    assert _offered(at) == ["Herefordshire and Worcestershire", "Gloucestershire"]
    assert "of its 259 postcodes" in page.text_of(at)
    page.widget(at, "Gloucestershire").click().run()
    assert page.address(at) == {"view": "table", "area": "gloucestershire"}
    assert page.search_box(at)[1]["text"] == ""


@each(
    ("typed", "said"),
    [
        ("EH1 1AA", "outside England, in Scotland: STPs covered England only"),
        ("cf10 1aa", "outside England, in Wales: STPs covered England only"),
        ("BT1 1AA", "outside England, in Northern Ireland: STPs covered England only"),
        ("XX1 1XX", "XX1 1XX is not in our list of postcodes"),
        ("WR77", "Nothing found"),
        ("Manchester " * 100, "longer than any name"),
    ],
)
def test_what_has_no_footprint_says_so_and_keeps_the_view(typed: str, said: str):
    shown = {"measure": "density", "view": "table", "area": "dorset"}
    at = _search(typed, **shown)
    (notice,) = page.notices(at)
    assert said in notice
    assert page.address(at) == shown
    assert page.chosen(at) == "Dorset"
    assert _offered(at) == []


@each(
    ("typed", "note", "why"),
    [
        ("WR1 2ZZ", "WR1 2ZZ is not in our list of postcodes", "WR1 2: postcode sector"),
        ("SY10", "in Wales", "SY10: postcode district, 812 of its 1,048 postcodes"),
    ],
)
def test_a_postcode_that_is_not_certain_offers_its_footprint_but_does_not_choose(
    typed: str, note: str, why: str
):
    at = _search(typed)
    (notice,) = page.notices(at)
    assert note in notice
    assert why in page.text_of(at)
    assert page.address(at) == {}
    (button,) = _offered(at)
    page.widget(at, button).click().run()
    assert page.chosen(at) == button


def test_all_footprints_of_a_name_are_offered_as_far_as_there_is_room():
    codes = {row["code"] for row in page.rows("memberships") if row["org"] == "RX8"}
    at = _search("Yorkshire Ambulance")
    assert set(_offered(at)) == {NAMES[code] for code in codes}
    assert f"ambulance trust, a member of {len(codes)} footprints" in page.text_of(at)
    at = page.search(at, "west")
    assert len(_offered(at)) == 8
    assert "more match. Type more of the name." in page.text_of(at)


def test_the_footprint_page_takes_postcodes_too():
    at = page.footprint(area="dorset")
    page.search(at, "WF1 2AB")
    assert page.is_fine(at)
    assert page.address(at) == {"area": "west-yorkshire"}


def test_what_was_searched_for_stays_in_the_box_until_the_page_is_left():
    at = page.explore(area="dorset")
    at = page.search(at, "  High Peak ")
    assert page.search_box(at)[1]["text"] == "High Peak"
    page.choose(at, page.VIEW, "Table")
    assert page.search_box(at)[1]["text"] == "High Peak"
    at.switch_page("pages/footprint.py").run()
    assert page.search_box(at)[1]["text"] == ""
    at.switch_page("pages/explore.py").run()
    assert page.search_box(at)[1]["text"] == ""
    assert "High Peak" not in page.text_of(at)


# Suggestions


def test_a_suggestion_of_one_footprint_is_chosen_at_once_whatever_else_has_its_name():
    at = page.search(page.explore(), "Ashford, Kent", [PLACES["Kent and Medway"]])
    assert page.is_fine(at)
    assert page.chosen(at) == "Kent and Medway"
    assert "Found Ashford" in page.text_of(at)
    assert page.search_box(at)[1]["text"] == "Ashford, Kent"


def test_a_suggestion_of_several_footprints_offers_these_with_the_reasons_of_its_name():
    parts = [PLACES["Derbyshire"], PLACES["Greater Manchester"]]
    at = page.search(page.explore(), "High Peak", parts)
    assert page.is_fine(at)
    assert page.address(at) == {}
    assert _offered(at) == ["Derbyshire", "Greater Manchester"]
    assert page.text_of(at).count("of its people live here") == 2
    page.widget(at, "Greater Manchester").click().run()
    assert page.chosen(at) == "Greater Manchester"
    assert page.search_box(at)[1]["text"] == ""


@each(
    "sent",
    [
        None,
        "Dorset",
        ["Dorset"],
        {},
        {"text": None},
        {"text": ["Dorset"], "footprints": "Dorset"},
        {"text": "", "footprints": [None, -1, 44, 10**30, "0", 1.5, [], {}]},
    ],
)
def test_what_no_box_sends_is_an_empty_search(sent: object):
    assert search.query_from(stp_data.load(), sent) == search.Query()


def test_a_long_text_is_cut_and_still_too_long_for_the_finder():
    query = search.query_from(stp_data.load(), {"text": "x" * 10_000, "footprints": []})
    assert find.LONGEST_QUERY < len(query.text) < 250


def test_where_nothing_is_found_two_examples_can_be_tried():
    at = _search("xyzzy qwfp")
    assert "Nothing found" in page.text_of(at)
    page.widget(at, "UCLH").click().run()
    assert page.chosen(at) == "North Central London"
    assert "Found UCLH" in page.text_of(at)


def test_a_town_is_found_with_where_it_lies_and_who_says_so():
    at = _search("Scunthorpe")
    assert page.chosen(at) == "Humber, Coast and Vale"
    assert "Found Scunthorpe: place in North Lincolnshire" in page.text_of(at)
    assert any("href=evidence?source=geonames>" in page.source_of(e) for e in page.elements(at))
