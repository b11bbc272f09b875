"""Member organisations, held against the CSV files as read by other means than the product's."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from each import WHOLE, each

from stp_data.organisations import organisations
from stp_data.places import councils

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ORGANISATIONS = {row["org"]: row for row in rows_of("organisations")}
MEMBERSHIPS = rows_of("memberships")
REGIONS = {row["code"]: row["nhs_region"] for row in rows_of("footprints")}
CODES: dict[str, set[str]] = defaultdict(set)
for _row in MEMBERSHIPS:
    CODES[_row["org"]].add(_row["code"])


def names(atlas, search: str) -> list[str]:
    return [one.name for one in organisations.find(atlas, {"q": search}).organisations]


def test_every_organisation_has_the_memberships_of_the_table(atlas):
    found = organisations.organisations(atlas)
    assert {
        (member.footprint.code, org, member.role, as_of, source, note)
        for org, one in found.items()
        for member in one.memberships
        for source, as_of, note in member.evidence
    } == {(r["code"], r["org"], r["role"], r["as_of"], r["source"], r["note"]) for r in MEMBERSHIPS}
    for org, one in found.items():
        row = ORGANISATIONS[org]
        assert (one.name, one.type, one.ods_code, one.ons_code) == (
            row["name"], row["type"], row["ods_code"], row["ons_code"],
        )  # fmt: skip


@each("type_", ["", "ccg", "ambulance-trust", "county-council", "healthwatch"])
@each("region", ["", *{r.lower().replace(" ", "-") for r in REGIONS.values()}])
@each("area", ["", "dorset", "west-north-and-east-cumbria"])
def test_filters_keep_what_the_tables_say(atlas, type_, region, area):
    codes = {"": None, "dorset": "E54000041", "west-north-and-east-cumbria": "E54000047"}
    asked = {"type": type_, "region": region, "area": area}
    found = organisations.find(atlas, {name: word for name, word in asked.items() if word})
    assert not found.are_guesses
    assert {one.org for one in found.organisations} == {
        org
        for org, row in ORGANISATIONS.items()
        if type_ in ("", row["type"].lower().replace(" ", "-"))
        and any(
            region in ("", REGIONS[code].lower().replace(" ", "-")) and codes[area] in (None, code)
            for code in CODES[org]
        )
    }


@each(
    ("search", "name", "is_guess"),
    [
        ("mid yorks", "Mid Yorkshire Hospitals NHS Trust", False),
        ("guys & st thomas", "Guy's and St Thomas' NHS Foundation Trust", False),
        ("Saint Elizabeth", "St Elizabeth Hospice (Suffolk)", False),
        ("NHS Darlington Clinical Commissioning Group", "NHS Darlington CCG", False),
        ("e38000042", "NHS Darlington CCG", False),
        ("RR8", "Leeds Teaching Hospitals NHS Trust", False),
        ("uclh", "University College London Hospitals NHS Foundation Trust", False),
        ("SLaM", "South London and Maudsley NHS Foundation Trust", False),
        ("5 boroughs", "North West Boroughs Healthcare NHS Foundation Trust", False),
        ("papworth hospital nhs", "Royal Papworth Hospital NHS Foundation Trust", False),
        ("mersy care", "Mersey Care NHS Foundation Trust", True),
        ("Sheffeild childrens", "Sheffield Children's NHS Foundation Trust", True),
        ("wakefeild", "NHS Wakefield CCG", True),
    ],
)
def test_organisation_is_found_by_its_names_codes_and_like_spellings(atlas, search, name, is_guess):
    found = organisations.find(atlas, {"q": search})
    assert name in [one.name for one in found.organisations]
    assert found.are_guesses == is_guess


def test_every_organisation_is_found_by_its_own_name_and_codes(atlas):
    for row in list(ORGANISATIONS.values())[:: 1 if WHOLE else 8]:
        for text in (row["name"].upper(), row["ods_code"], row["ons_code"]):
            assert not text or row["name"] in names(atlas, text), text


@each("search", ["xyzzyq", "%%%", "𝒳", "9" * 30, "R" * 90])
def test_search_like_nothing_finds_nothing(atlas, search: str):
    assert names(atlas, search) == []


def test_search_for_nhs_alone_finds_the_names_that_have_it(atlas):
    other = defaultdict(str)
    for row in MEMBERSHIPS:
        for part in row["note"].split("; "):
            if part.startswith("earlier ") or "by April 2019" in part:
                other[row["org"]] += part
    assert set(names(atlas, "NHS")) == {
        row["name"] for org, row in ORGANISATIONS.items() if "NHS" in row["name"] + other[org]
    }


def test_shared_organisations_are_those_with_several_codes_most_first(atlas):
    found = organisations.shared(atlas)
    assert {one.org: len(one.memberships) for one in found} == {
        org: len(codes) for org, codes in CODES.items() if len(codes) > 1
    }
    numbers = [len(one.memberships) for one in found]
    assert numbers == sorted(numbers, reverse=True)
    said = organisations.shared_sentence(atlas)
    assert said.startswith(f"{len(numbers)} of {len(ORGANISATIONS)} organisations")
    assert f" to {numbers[0]}" in said
    assert all(one.name in said for one in found if len(one.memberships) == numbers[0])


def test_counts_are_those_of_the_tables(atlas):
    found = organisations.counts(atlas)
    assert set(found) == set(REGIONS)
    assert {(c, k): n for c, tally in found.items() for k, n in tally.items() if n} == Counter(
        (code, ORGANISATIONS[org]["type"]) for org, codes in CODES.items() for code in codes
    )
    totals = Counter(code for codes in CODES.values() for code in codes).values()
    said = organisations.counts_sentence(atlas)
    assert f"From {min(totals)} member organisations in " in said
    assert f" to {max(totals)} in " in said


def test_sentences_count_what_was_found(atlas):
    def said(**query: str) -> str:
        return organisations.sentence(atlas, query, organisations.find(atlas, query))

    shared = sum(len(codes) > 1 for codes in CODES.values())
    assert said() == (
        f"{len(ORGANISATIONS)} member organisations; {shared} belong to more than one footprint"
    )
    assert said(type="ambulance-trust", region="london") == "1 ambulance trust in London"
    assert said(q="mersy care") == "1 member organisation with a name like this"
    assert said(q="xyzzyq", area="dorset") == (
        "No member organisations in Dorset matching the search"
    )
    assert said(type="care-trust", area="dorset") == (
        "No care trusts in Dorset in the sources we read"
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
