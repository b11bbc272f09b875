"""Who sits in which footprint, checked against facts worked out without the build."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pytest
from each import each

from stp_data.build import members, partner_mapping
from stp_data.build.members import COUNCIL_TYPES, ROLES, TRUST_TYPES, TYPES, build_members

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = REPOSITORY / "stp_data" / "tables"
MAPPING = "nhs-digital-ods-2019"
TRUST_LIST = "health-foundation-trusts-2018"

NORTHUMBERLAND, CUMBRIA, DURHAM_TEES = "E54000046", "E54000047", "E54000045"
LANCASHIRE = "E54000048"
SHROPSHIRE = "E54000011"


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(TABLES / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def curated() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    # The exclusions of partners begin in a file of their own and end in `excluded`.
    parts = [
        _table(name)
        for name in ("excluded.csv", "excluded_partners.csv")
        if (TABLES / name).exists()
    ]
    excluded = pd.concat(parts, ignore_index=True)[["file", "key", "reason"]].drop_duplicates()
    return _table("corrections.csv"), excluded, _table("stated_members.csv")


@pytest.fixture(scope="module")
def built(
    reference: Path, curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return build_members(reference, *curated)


@pytest.fixture(scope="module")
def organisations(built: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    return built[0]


@pytest.fixture(scope="module")
def memberships(built: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    return built[1]


@pytest.fixture(scope="module")
def typed(organisations: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    return memberships.merge(organisations, on="org", validate="many_to_one")


@pytest.fixture(scope="module")
def lookup(reference: Path) -> list[dict[str, str]]:
    with gzip.open(
        reference / "lsoa11_geography_2017.csv.gz", "rt", encoding="utf-8-sig", newline=""
    ) as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book(reference: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(reference / partner_mapping.WORKBOOK, data_only=True)


def _codes(memberships: pd.DataFrame, org: str, source: str | None = None) -> set[str]:
    rows = memberships[memberships["org"] == org]
    return set(rows["code"] if source is None else rows.loc[rows["source"] == source, "code"])


# --- shape -------------------------------------------------------------------------------------


def test_columns_and_vocabulary(organisations: pd.DataFrame, memberships: pd.DataFrame) -> None:
    assert list(organisations.columns) == ["org", "name", "type", "ods_code", "ons_code"]
    assert list(memberships.columns) == ["code", "org", "role", "as_of", "source", "note"]
    assert set(organisations["type"]) <= set(TYPES)
    assert set(memberships["role"]) <= set(ROLES)
    for frame in (organisations, memberships):
        assert all(isinstance(value, str) for value in frame.to_numpy().ravel())
        assert all(value == value.strip() for value in frame.to_numpy().ravel())


def test_one_row_for_each_body(organisations: pd.DataFrame) -> None:
    assert organisations["org"].is_unique
    assert organisations["org"].is_monotonic_increasing
    for column in ("name", "ods_code", "ons_code"):
        filled = organisations.loc[organisations[column] != "", column]
        assert filled.is_unique, filled[filled.duplicated()].tolist()
    coded = organisations[organisations["ods_code"] != ""]
    assert (coded["org"] == coded["ods_code"]).all()


def test_names_are_in_house_style(organisations: pd.DataFrame) -> None:
    assert organisations["name"].str.fullmatch(r"[A-Za-z0-9 ,'()-]+").all()
    assert not organisations["name"].str.contains(r" (?:And|Of|Upon|For) |C\.I\.C|  ").any()


def test_one_row_for_each_footprint_body_and_source(memberships: pd.DataFrame) -> None:
    key = memberships[["code", "org", "source"]]
    assert not key.duplicated().any()
    assert key.to_numpy().tolist() == sorted(key.to_numpy().tolist())


def test_no_body_without_a_membership(
    organisations: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    assert set(organisations["org"]) == set(memberships["org"])


def test_roles_follow_types(typed: pd.DataFrame) -> None:
    role = {"CCG": "commissioner"}
    role |= dict.fromkeys(TRUST_TYPES, "provider") | dict.fromkeys(COUNCIL_TYPES, "council")
    expected = typed["type"].map(role).fillna("partner")
    assert (typed["role"] == expected).all()


def test_a_second_build_is_the_same(
    reference: Path,
    curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    built: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    again = build_members(reference, *curated)
    assert [frame.to_csv() for frame in again] == [frame.to_csv() for frame in built]


# --- against the raw files ---------------------------------------------------------------------


def test_each_of_the_207_ccgs_is_in_one_footprint(
    lookup: list[dict[str, str]], typed: pd.DataFrame
) -> None:
    official = {(row["STP17CD"], row["CCG17CDH"], row["CCG17CD"]) for row in lookup}
    assert len(official) == len({ods for _, ods, _ in official}) == 207
    ours = typed[typed["source"] == "ons-lookup-2017"]
    assert len(ours) == 207
    assert set(zip(ours["code"], ours["org"], ours["ons_code"], strict=True)) == official
    assert set(ours["type"]) == {"CCG"}
    # No other source brings in a CCG that was not one of the 207.
    assert set(typed.loc[typed["type"] == "CCG", "org"]) == set(ours["org"])


def test_all_137_listed_trusts_are_in_their_footprint(
    reference: Path, memberships: pd.DataFrame
) -> None:
    with (reference / "trust_stp_2017-18.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {(row["STP_code"], row["code"]) for row in csv.DictReader(file)}
    ours = memberships[memberships["source"] == TRUST_LIST]
    assert len(listed) == len(ours) == 137
    assert set(zip(ours["code"], ours["org"], strict=True)) == listed


def test_no_partner_of_the_mapping_is_lost(
    book: openpyxl.Workbook, memberships: pd.DataFrame
) -> None:
    """The workbook counts its own partners in row 3; from there to our rows by arithmetic."""
    sheet, closed = book["Current STPs"], book["Closed STP codes"]
    ours = Counter(memberships.loc[memberships["source"] == MAPPING, "role"])
    columns = {"provider": "N", "council": "L", "partner": "P"}
    # Left out: Bolton among the trusts of Durham and Tees, a label among the councils and one
    # among the other bodies. Added: the trust formed of two after the sheet was closed.
    adjust = {"provider": -1 + 1, "council": -1, "partner": -1}
    for role, column in columns.items():
        merged = sum(sheet[f"{column}{row}"].value is not None for row in range(6, 21))
        apart = sum(closed[f"{column}{row}"].value is not None for row in range(2, 21))
        expected = int(sheet[f"{column}3"].value) - merged + apart + adjust[role]
        assert ours[role] == expected, role


def test_each_footprint_has_ccg_trust_and_council(
    lookup: list[dict[str, str]], typed: pd.DataFrame
) -> None:
    codes = {row["STP17CD"] for row in lookup}
    assert codes == {f"E540000{number:02}" for number in range(5, 49)}
    for wanted in (("CCG",), TRUST_TYPES, COUNCIL_TYPES):
        assert set(typed.loc[typed["type"].isin(wanted), "code"]) == codes


def test_councils_have_people_in_their_footprint(
    reference: Path, lookup: list[dict[str, str]], typed: pd.DataFrame
) -> None:
    with (reference / "lad17_county.csv").open(encoding="utf-8-sig", newline="") as file:
        county = {row["LAD17CD"]: row["CTY17CD"] for row in csv.DictReader(file)}
    footprints: defaultdict[str, set[str]] = defaultdict(set)
    for row in lookup:
        footprints[row["LAD17CD"]].add(row["STP17CD"])
        footprints[county.get(row["LAD17CD"], "")].add(row["STP17CD"])
    councils = typed[typed["role"] == "council"]
    assert councils["ons_code"].str.match(r"E(0[6-9]|10)").all()
    for code, ons in zip(councils["code"], councils["ons_code"], strict=True):
        assert code in footprints[ons], (code, ons)


def test_council_codes_belong_to_the_council(
    book: openpyxl.Workbook, organisations: pd.DataFrame
) -> None:
    """The list of councils in the workbook has a letter for the type, which must agree."""
    letters = {str(row[0]): row[4] for row in book["LAs"].iter_rows(min_row=2, values_only=True)}
    types = {
        "A": {"county council"},
        "B": {"district council"},
        "C": {"district council"},
        "D": {"district council"},
        "E": {"metropolitan borough"},
        "H": {"unitary authority"},
        "J": {"London borough"},
    }
    councils = organisations[organisations["type"].isin(COUNCIL_TYPES)]
    for code, kind in zip(councils["ods_code"], councils["type"], strict=True):
        assert kind in types[letters[code]], code
    # All counties, unitaries, metropolitan and London boroughs of 2017 are partners somewhere.
    counts = Counter(councils["type"])
    assert counts["county council"] == 27
    assert counts["unitary authority"] == 56
    assert counts["metropolitan borough"] == 36
    assert counts["London borough"] == 33


# --- cases known to be true --------------------------------------------------------------------


def test_shropshire(organisations: pd.DataFrame, memberships: pd.DataFrame) -> None:
    names = organisations.set_index("org")["name"]
    ours = memberships[memberships["code"] == SHROPSHIRE]
    assert names["RXW"] == "Shrewsbury and Telford Hospital NHS Trust"
    assert set(ours.loc[ours["org"] == "RXW", "source"]) == {TRUST_LIST, MAPPING}
    assert set(ours.loc[ours["role"] == "commissioner", "org"]) == {"05N", "05X"}
    assert set(names[ours.loc[ours["role"] == "council", "org"]]) == {
        "Shropshire Council",
        "Telford and Wrekin Council",
    }
    # Both the mapping and the notice of November 2016 name it: one body, two rows.
    assert len(ours[ours["org"] == "healthwatch-shropshire"]) == 2
    # The workbook gives Shropdoc the code of a site of the community trust.
    assert "R1DCP" not in set(organisations["org"])
    assert "shropdoc" in set(ours["org"])


def test_ambulance_trusts_sit_in_several_footprints(
    organisations: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    ambulance = organisations[organisations["type"] == "ambulance trust"]
    assert len(ambulance) == 10  # all of England's but the Isle of Wight's, part of its trust
    assert {SHROPSHIRE, "E54000016", "E54000019"} == _codes(memberships, "RYA")
    assert len(_codes(memberships, "RX9")) >= 5


def test_the_three_northern_footprints_are_apart(memberships: pd.DataFrame) -> None:
    assert "E54000049" not in set(memberships["code"])
    # Cumbria's hospitals, Newcastle's and Teesside's, each in its own.
    assert _codes(memberships, "RNL") == {CUMBRIA}
    assert _codes(memberships, "RR7") == {NORTHUMBERLAND}
    assert _codes(memberships, "RVW") == {DURHAM_TEES}
    # Newcastle's is also named in Cumbria's plan; Cumbria Partnership works in both of its parts.
    assert _codes(memberships, "RTD") == {NORTHUMBERLAND, CUMBRIA}
    assert _codes(memberships, "RNN") == {CUMBRIA, LANCASHIRE}
    assert _codes(memberships, "102") == {CUMBRIA, LANCASHIRE}
    assert _codes(memberships, "112") == {DURHAM_TEES}


def test_a_trust_formed_in_2019_is_not_projected_back(memberships: pd.DataFrame) -> None:
    new = memberships[memberships["org"] == "R0B"]
    assert new[["code", "as_of", "source", "note"]].to_numpy().tolist() == [
        [NORTHUMBERLAND, "2019-04", MAPPING, ""]
    ]
    assert "2017/18" in set(memberships.loc[memberships["org"] == "RE9", "as_of"])


def test_bolton_is_only_in_greater_manchester(memberships: pd.DataFrame) -> None:
    assert _codes(memberships, "RMC") == {"E54000007"}


def test_a_trust_in_two_footprints_keeps_both(memberships: pd.DataFrame) -> None:
    assert _codes(memberships, "RFS", TRUST_LIST) == {"E54000012"}
    assert _codes(memberships, "RFS", MAPPING) == {"E54000012", "E54000009"}
    assert _codes(memberships, "RVR", MAPPING) == {"E54000031", "E54000035"}


@each(
    ("org", "name", "kind", "ons_code"),
    [
        ("112", "Middlesbrough Council", "unitary authority", "E06000002"),
        ("116", "Durham County Council", "unitary authority", "E06000047"),
        ("102", "Cumbria County Council", "county council", "E10000006"),
        ("215", "Hull City Council", "unitary authority", "E06000010"),
        ("714", "City of London Corporation", "London borough", "E09000001"),
        ("906", "Council of the Isles of Scilly", "unitary authority", "E06000053"),
        ("127", "Bassetlaw District Council", "district council", "E07000171"),
        ("R1F", "Isle of Wight NHS Trust", "NHS trust", ""),
        ("RTD", "The Newcastle upon Tyne Hospitals NHS Foundation Trust", None, ""),
        ("RTG", "Derby Teaching Hospitals NHS Foundation Trust", "NHS foundation trust", ""),
        ("TAD", "Bradford District Care NHS Foundation Trust", "care trust", ""),
        ("RX6", "North East Ambulance Service NHS Foundation Trust", "ambulance trust", ""),
        ("10N", "NHS North and West Reading CCG", "CCG", "E38000114"),
        ("NVE", "Integrated Care 24", "other", ""),
        ("NLX", "Sirona Care and Health CIC", "community interest company", ""),
    ],
)
def test_hand_picked_bodies(
    organisations: pd.DataFrame, org: str, name: str, kind: str | None, ons_code: str
) -> None:
    row = organisations.set_index("org").loc[org]
    assert (row["name"], row["type"], row["ons_code"]) == (name, kind or row["type"], ons_code)


def test_notes(memberships: pd.DataFrame) -> None:
    rows = memberships[memberships["source"] == MAPPING]
    notes = dict(zip(zip(rows["code"], rows["org"], strict=True), rows["note"], strict=True))
    assert notes[SHROPSHIRE, "RYA"].startswith("named in the published plan; earlier West Midlands")
    assert notes["E54000012", "RTG"] == (
        "named University Hospitals of Derby and Burton NHS Foundation Trust by April 2019"
    )
    assert "before the footprint merged" in notes[CUMBRIA, "RNL"]
    assert notes[SHROPSHIRE, "RXW"] == ""
    assert "Wales" in notes[SHROPSHIRE, "powys-teaching-local-health-board"]


# --- corrections and exclusions still bite -----------------------------------------------------


def test_every_correction_bites(
    reference: Path, curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    ours = curated[0][curated[0]["file"] == partner_mapping.WORKBOOK]
    assert len(ours) > 40
    assert (ours["reason"] != "").all()
    cells = partner_mapping.read_workbook(reference / partner_mapping.WORKBOOK).cells
    for index in ours.index:
        for column, value in (("was", "something else"), ("key", "Current STPs!Z9999")):
            perturbed = ours.loc[[index]].assign(**{column: value})
            with pytest.raises(ValueError, match=r"expects|matches nothing"):
                partner_mapping.correct(dict(cells), perturbed, partner_mapping.WORKBOOK)


def test_no_correction_is_idle(
    reference: Path,
    curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    built: tuple[pd.DataFrame, pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without any one of them the tables differ, or cannot be built."""
    corrections, excluded, stated = curated
    before = [frame.to_csv() for frame in built]
    # Read once: the build is quick, opening the workbook for each correction is not.
    book = partner_mapping.read_workbook(reference / partner_mapping.WORKBOOK)
    geography = partner_mapping.read_geography(reference)
    monkeypatch.setattr(members, "read_workbook", lambda _: book._replace(cells=dict(book.cells)))
    monkeypatch.setattr(members, "read_geography", lambda _: geography)
    for index in corrections.index[corrections["file"] == partner_mapping.WORKBOOK]:
        try:
            after = build_members(reference, corrections.drop(index), excluded, stated)
        except ValueError:
            continue
        assert [frame.to_csv() for frame in after] != before, corrections.loc[index, "key"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("was", "Middlesbrough Council", "expects 'Middlesbrough Council'"),
        ("key", "Closed STP codes!L99", "matches nothing"),
        ("field", "trust name", "matches nothing"),
        ("becomes", "Middlesborough Council", "changes nothing"),
    ],
)
def test_a_stale_correction_stops_the_build(
    reference: Path,
    curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    column: str,
    value: str,
    message: str,
) -> None:
    corrections, excluded, stated = curated
    stale = corrections.copy()
    stale.loc[stale["key"] == "Closed STP codes!L17", column] = value
    with pytest.raises(ValueError, match=message):
        build_members(reference, stale, excluded, stated)


@pytest.mark.parametrize("file", [partner_mapping.WORKBOOK, partner_mapping.TRUST_LIST])
def test_a_stale_exclusion_stops_the_build(
    reference: Path, curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], file: str
) -> None:
    corrections, excluded, stated = curated
    stale = pd.DataFrame([{"file": file, "key": "Current STPs!N999", "reason": "none"}])
    with pytest.raises(ValueError, match="matches nothing"):
        build_members(
            reference, corrections, pd.concat([excluded, stale], ignore_index=True), stated
        )


def test_the_trust_list_can_be_corrected_too(
    reference: Path, curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    corrections, excluded, stated = curated
    row = {
        "file": partner_mapping.TRUST_LIST,
        "key": "RXW",
        "field": "STP_code",
        "was": "E54000011",
        "becomes": "E54000010",
        "reason": "none",
    }
    wrong = pd.concat([corrections, pd.DataFrame([row])], ignore_index=True)
    # The correction is applied, and the footprint's name gives the mistake away.
    with pytest.raises(ValueError, match="E54000010 is not Shropshire"):
        build_members(reference, wrong, excluded, stated)


def test_corrections_of_other_files_are_left_alone(
    reference: Path,
    curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    built: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    corrections, excluded, stated = curated
    other = pd.DataFrame([dict.fromkeys(corrections.columns, "x") | {"file": "facts.csv"}])
    after = build_members(
        reference, pd.concat([corrections, other], ignore_index=True), excluded, stated
    )
    assert after[1].equals(built[1])


def test_a_stated_member_must_agree_with_what_is_known(
    reference: Path, curated: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> None:
    corrections, excluded, stated = curated
    wrong = stated.copy()
    wrong.loc[wrong["ods_code"] == "05N", "org_name"] = "NHS Telford and Wrekin CCG"
    with pytest.raises(ValueError, match="05N is"):
        build_members(reference, corrections, excluded, wrong)
