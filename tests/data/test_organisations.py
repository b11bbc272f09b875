"""Bodies and where they sit: held against the CSV files, read by other means than the product."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from each import WHOLE, each

from stp_data.organisations import organisations
from stp_data.organisations.organisations import Wanted
from stp_data.places import councils

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BODIES = {row["org"]: row for row in rows_of("organisations")}
REGIONS = {row["code"]: row["nhs_region"] for row in rows_of("footprints")}
SEATS: dict[str, set[str]] = defaultdict(set)
for _row in rows_of("memberships"):
    SEATS[_row["org"]].add(_row["code"])


def named(atlas, search: str) -> list[str]:
    return [body.name for body in organisations.find(atlas, Wanted(search)).bodies]


def test_every_body_has_every_seat_role_source_date_and_note_of_the_table(atlas):
    found = {
        (seat.footprint.code, body.org, seat.role, as_of, source, note)
        for body in organisations.bodies(atlas).values()
        for seat in body.seats
        for source, as_of, note in seat.evidence
    }
    assert found == {
        (row["code"], row["org"], row["role"], row["as_of"], row["source"], row["note"])
        for row in rows_of("memberships")
    }
    for org, body in organisations.bodies(atlas).items():
        row = BODIES[org]
        assert (body.name, body.type, body.ods_code, body.ons_code) == (
            row["name"], row["type"], row["ods_code"], row["ons_code"],
        )  # fmt: skip


@each("kind", [None, "CCG", "ambulance trust", "county council", "Healthwatch"])
@each("region", [None, *sorted(set(REGIONS.values()))])
@each("code", [None, "E54000041", "E54000005"])
def test_filters_keep_what_the_tables_say(atlas, kind, region, code):
    found = organisations.find(atlas, Wanted("", kind, region, code))
    assert not found.are_guesses
    assert {body.org for body in found.bodies} == {
        org
        for org, row in BODIES.items()
        if kind in (None, row["type"])
        and any(region in (None, REGIONS[c]) and code in (None, c) for c in SEATS[org])
    }


@each(
    ("search", "name"),
    [
        ("mid yorks", "Mid Yorkshire Hospitals NHS Trust"),
        ("guys & st thomas", "Guy's and St Thomas' NHS Foundation Trust"),
        ("Saint Elizabeth", "St Elizabeth Hospice (Suffolk)"),
        ("NHS Darlington Clinical Commissioning Group", "NHS Darlington CCG"),
        ("darlington ccg", "NHS Darlington CCG"),
        ("e38000042", "NHS Darlington CCG"),
        ("RR8", "Leeds Teaching Hospitals NHS Trust"),
        ("uclh", "University College London Hospitals NHS Foundation Trust"),
        ("SLaM", "South London and Maudsley NHS Foundation Trust"),
        ("5 boroughs", "North West Boroughs Healthcare NHS Foundation Trust"),
        ("papworth hospital nhs", "Royal Papworth Hospital NHS Foundation Trust"),
    ],
)
def test_a_body_is_found_by_parts_of_its_names_and_by_its_codes(atlas, search: str, name: str):
    assert name in named(atlas, search)
    assert not organisations.find(atlas, Wanted(search)).are_guesses


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("mersy care", "Mersey Care NHS Foundation Trust"),
        ("Sheffeild childrens", "Sheffield Children's NHS Foundation Trust"),
        ("wakefeild", "NHS Wakefield CCG"),
    ],
)
def test_a_misspelt_name_is_offered_as_a_guess(atlas, search: str, name: str):
    found = organisations.find(atlas, Wanted(search))
    assert found.are_guesses
    assert name in [body.name for body in found.bodies]


def test_every_body_is_found_by_its_own_name_and_codes(atlas):
    for row in list(BODIES.values())[:: 1 if WHOLE else 8]:
        for text in (row["name"], row["name"].upper(), row["ods_code"], row["ons_code"]):
            assert not text or row["name"] in named(atlas, text), text


@each("search", ["xyzzyq", "%%%", "𝒳", "9" * 30, "R" * 90])
def test_what_is_like_nothing_finds_nothing(atlas, search: str):
    assert named(atlas, search) == []


def test_a_search_with_small_words_alone_finds_the_names_that_have_them(atlas):
    assert set(named(atlas, "NHS")) == {
        row["name"]
        for org, row in BODIES.items()
        if any("NHS" in name for name in (row["name"], *_other_names(org)))
    }


def _other_names(org: str) -> list[str]:
    parts = [
        part
        for row in rows_of("memberships")
        if row["org"] == org
        for part in row["note"].split("; ")
    ]
    return [part for part in parts if part.startswith("earlier ") or "by April 2019" in part]


def test_bodies_in_several_footprints_are_those_with_several_codes_most_first(atlas):
    found = organisations.several(atlas)
    assert {body.org: len(body.seats) for body in found} == {
        org: len(codes) for org, codes in SEATS.items() if len(codes) > 1
    }
    numbers = [len(body.seats) for body in found]
    assert numbers == sorted(numbers, reverse=True)
    most = max(map(len, SEATS.values()))
    first = [BODIES[org]["name"] for org, codes in SEATS.items() if len(codes) == most]
    sentence = organisations.several_sentence(atlas)
    assert sentence.startswith(f"{len(numbers)} of {len(BODIES)} bodies")
    assert all(name in sentence for name in first)
    assert sentence.endswith(f" in {most}" + " each" * (len(first) > 1))


def test_counts_are_those_of_the_tables(atlas):
    expected = Counter(
        (code, BODIES[org]["type"]) for org, codes in SEATS.items() for code in codes
    )
    found = organisations.counts(atlas)
    assert set(found) == set(REGIONS)
    assert {(c, k): n for c, tally in found.items() for k, n in tally.items() if n} == expected
    totals = Counter(code for codes in SEATS.values() for code in codes)
    sentence = organisations.counts_sentence(atlas)
    assert f"From {min(totals.values())} bodies in " in sentence
    assert f" to {max(totals.values())} in " in sentence


def test_sentences_count_what_was_found(atlas):
    def said(**wanted: str) -> str:
        asked = Wanted(**wanted)
        return organisations.sentence(atlas, asked, organisations.find(atlas, asked))

    everyone, shared = len(BODIES), sum(len(codes) > 1 for codes in SEATS.values())
    assert said() == (
        f"{everyone} bodies are listed as members; {shared} of them in more than one footprint"
    )
    assert said(type="ambulance trust", region="London") == (
        "1 ambulance trust is listed as a member of footprints in London"
    )
    assert said(search="mersy care") == "1 body comes near the search"
    assert said(search="xyzzyq", code="E54000041") == (
        "No body among the members of Dorset matches the search"
    )
    assert said(type="care trust", code="E54000041") == (
        "No care trust is listed as a member of Dorset, in the sources read"
    )


def test_split_councils_and_shares_are_those_of_the_table(atlas):
    people: dict[tuple[str, bool], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows_of("places"):
        people[row["lad_name"], False][row["code"]] += int(row["population"])
        if row["county"]:
            people[row["county"], True][row["code"]] += int(row["population"])
    found = {
        (council.name, council.kind == "county"): {
            part.code: (part.people, pytest.approx(part.share)) for part in council.parts
        }
        for council in councils.split(atlas)
    }
    assert found == {
        area: {code: (number, number / sum(by_code.values())) for code, number in by_code.items()}
        for area, by_code in people.items()
        if len(by_code) > 1
    }
    assert councils.split(atlas)[0].name == "North Yorkshire"


def test_rows_for_a_file_are_all_memberships_of_the_bodies_found(atlas):
    found = organisations.find(atlas, Wanted(type="ambulance trust"))
    rows = [
        dict(zip(organisations.FILE_COLUMNS, row, strict=True))
        for row in organisations.rows(atlas, found)
    ]
    titles = {row["source"]: row["title"] for row in rows_of("sources")}
    assert {(r["code"], r["org"], r["role"], r["as_of"], r["source_title"], r["note"])
            for r in rows} == {
        (r["code"], r["org"], r["role"], r["as_of"], titles[r["source"]], r["note"])
        for r in rows_of("memberships")
        if BODIES[r["org"]]["type"] == "ambulance trust"
    }  # fmt: skip
    assert all(row["footprints"] == len(SEATS[str(row["org"])]) for row in rows)
