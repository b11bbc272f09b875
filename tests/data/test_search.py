"""One word in, a footprint out: 473 names of all kinds, placed by position in tools/draw_names.py.

What each should find was worked out from outlines, lookups and the public record, without the
finder or its tables of places.
"""

from __future__ import annotations

import csv
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from each import each

from stp_data.places.councils import places
from stp_data.search import find, postcodes

NAMES = Path(__file__).with_name("names.csv")
LEAST_RIGHT = 0.98


@pytest.fixture(scope="module")
def names() -> list[dict[str, str]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(answer: find.Answer) -> list[str]:
    return [match.footprint.code for match in answer.matches]


def test_98_of_100_names_find_their_footprint_among_the_first_three(atlas, names) -> None:
    assert len(names) >= 300
    missed = []
    for name in names:
        expected, found = set(name["expected"].split()), find.search(atlas, name["query"])
        if expected and not expected & set(codes(found)[:3]):
            missed.append((name["query"], name["kind"]))
    assert len(missed) <= (1 - LEAST_RIGHT) * len(names), missed
    # Whole kinds are not given up: none has more than one in five missed.
    total, lost = Counter(n["kind"] for n in names), Counter(kind for _, kind in missed)
    assert not [kind for kind in lost if lost[kind] > total[kind] / 5], missed


def test_no_wrong_footprint_is_ever_certain(atlas, names) -> None:
    wrong = []
    for name in names:
        found = find.search(atlas, name["query"])
        if found.is_certain and codes(found)[0] not in name["expected"].split():
            wrong.append((name["query"], found.matches[0].why))
    assert not wrong


@each(
    ("query", "expected"),
    [
        ("GM", "E54000007"),
        ("BOB", "E54000044"),
        ("BNSSG", "E54000039"),
        ("E54000004", "E54000048"),
        ("West Northamptonshire Council", "E54000020"),
        ("Black Country ICB", "E54000016"),
        ("Addenbrooke’s Hospital", "E54000021"),
        ("ashford, kent", "E54000032"),
        ("Joined Up Care Derbyshire", "E54000012"),
        ("City of Bristol", "E54000039"),
    ],
)
def test_a_name_in_use_finds_just_its_footprint(atlas, query: str, expected: str) -> None:
    found = find.search(atlas, query)
    assert found.is_certain
    assert codes(found) == [expected]


def test_places_of_one_name_are_all_offered_the_larger_first(atlas) -> None:
    found = find.search(atlas, "Washington")
    assert [match.why for match in found.matches] == [
        "Washington: place in Sunderland",
        "Washington: place in West Sussex",
    ]
    assert not found.is_certain


def test_a_place_near_a_border_offers_the_other_side_last(atlas) -> None:
    found = find.search(atlas, "Ashford")
    assert [match.footprint.short_name for match in found.matches] == [
        "Kent & Medway", "Surrey Heartlands", "NW London",
    ]  # fmt: skip
    assert found.matches[-1].why.endswith("within 1 km of this footprint")


def test_a_hospital_lies_where_its_postcode_lies(atlas) -> None:
    wrong = []
    for row in atlas.hospitals.itertuples():
        located = postcodes.locate(row.postcode)
        if located and located.footprints and row.code not in dict(located.footprints):
            wrong.append(row.name)
    assert not wrong


def test_a_hospital_outside_its_trusts_footprints_offers_both(atlas) -> None:
    seats = atlas.memberships.merge(atlas.organisations, on="org").groupby("ods_code")["code"]
    elsewhere = [
        row
        for row in atlas.hospitals.itertuples()
        if row.ods_code in seats.groups and row.code not in set(seats.get_group(row.ods_code))
    ]
    assert elsewhere
    for row in elsewhere:
        found = codes(find.search(atlas, row.name, most=44))
        assert row.code in found
        assert set(seats.get_group(row.ods_code)) & set(found), row.name


def test_shares_of_a_new_council_are_those_of_the_districts_it_replaced(atlas) -> None:
    """North Yorkshire, from the districts' own table of people."""
    old = ["Craven", "Hambleton", "Harrogate", "Richmondshire", "Ryedale", "Scarborough", "Selby"]
    people: Counter[str] = Counter()
    for code in atlas.footprints["code"]:
        for place in places(atlas, code):
            if place.name in old:
                people[code] += place.people
    found = find.search(atlas, "North Yorkshire Council")
    assert set(codes(found)) == set(people)
    for match in found.matches:
        share = people[match.footprint.code] / people.total()
        assert f"{100 * share:.1f}".removesuffix(".0") in match.why


@each("query", ["Cardiff", "Cardiff Council", "Glasgow City Council", "Abertawe", "Belfast"])
def test_a_place_outside_england_is_told_and_nothing_is_chosen(atlas, query: str) -> None:
    found = find.search(atlas, query)
    assert found.note.endswith("STPs covered England only.")
    assert not found.matches


def test_a_name_on_both_sides_of_the_border_offers_the_english_ones(atlas) -> None:
    found = find.search(atlas, "Newport")
    assert found.note == "There is also a Newport in Wales: STPs covered England only."
    assert {"E54000042", "E54000011"} <= set(codes(found))
    assert not found.is_certain


@each("query", ["hospital", "council", "NHS", "STP", "the", "Sustainability and Transformation"])
def test_words_that_say_only_the_kind_find_nothing(atlas, query: str) -> None:
    assert not find.find(atlas, query)


@each(
    ("typed", "meant"),
    [("Catfrod", "Catford"), ("Scunthorp", "Scunthorpe"), ("Sheffeild", "Sheffield")],
)
def test_a_misspelling_is_offered_and_never_chosen(atlas, typed: str, meant: str) -> None:
    found = find.search(atlas, typed)
    assert not found.is_close
    assert found.matches[0].why.startswith(f"{meant}: ")


@each("query", ["Gatwick", "Wessex", "Xatford"])
def test_what_is_only_a_little_alike_is_not_offered(atlas, query: str) -> None:
    """Atwick, Essex and Watford differ by one letter, the first."""
    assert not find.find(atlas, query)


def test_nicknames_lead_somewhere(atlas) -> None:
    known = {
        "footprint": set(atlas.footprints["code"]),
        "organisation": set(atlas.memberships["org"]),
        "council": set(atlas.places["lad_name"]) | set(atlas.places["county"]),
        "board": set(atlas.successors["successor"]),
    }
    for row in atlas.nicknames.itertuples():
        targets = row.target.split() if row.target_type == "footprint" else [row.target]
        assert set(targets) <= known[row.target_type], row.nickname


def test_the_tables_behind_the_search_are_small() -> None:
    tables = Path(find.__file__).parents[1] / "tables"
    files = ("gazetteer", "hospitals", "nicknames", "new_councils", "former_codes", "outside")
    size = sum((tables / f"{name}.csv").stat().st_size for name in files)
    assert size + postcodes.FILE.stat().st_size < 3_000_000


def test_the_index_takes_at_most_40_mb(atlas) -> None:
    """Measured by Python's own account of what it allocates."""
    find._index.cache_clear()
    find.names.all_names.cache_clear()
    tracemalloc.start()
    try:
        find.search(atlas, "warm")
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < 40_000_000
