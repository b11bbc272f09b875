"""Members of footprints as built, checked against facts worked out without the build."""

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

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
MAPPING = "nhs-digital-ods-2019"
TRUST_LIST = "health-foundation-trusts-2018"
GREATER_MANCHESTER, SHROPSHIRE, DERBYSHIRE = "E54000007", "E54000011", "E54000012"
DURHAM_TEES, NORTHUMBERLAND = "E54000045", "E54000046"
CUMBRIA, LANCASHIRE = "E54000047", "E54000048"
Frames = tuple[pd.DataFrame, ...]


@pytest.fixture(scope="module")
def curated() -> Frames:
    """Corrections, exclusions and stated members."""
    return tuple(
        pd.read_csv(TABLES / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("corrections", "excluded", "stated_members")
    )


@pytest.fixture(scope="module")
def built(reference: Path, curated: Frames) -> Frames:
    return build_members(reference, *curated)


@pytest.fixture(scope="module")
def organisations(built: Frames) -> pd.DataFrame:
    return built[0]


@pytest.fixture(scope="module")
def memberships(built: Frames) -> pd.DataFrame:
    return built[1]


@pytest.fixture(scope="module")
def typed(built: Frames) -> pd.DataFrame:
    return built[1].merge(built[0], on="org", validate="many_to_one")


@pytest.fixture(scope="module")
def lookup(reference: Path) -> list[dict[str, str]]:
    path = reference / "lsoa11_geography_2017.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book(reference: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(reference / partner_mapping.WORKBOOK, data_only=True)


# --- shape -------------------------------------------------------------------------------------


def test_tables_have_their_columns_keys_and_vocabulary(organisations, memberships, typed):
    assert list(organisations.columns) == ["org", "name", "type", "ods_code", "ons_code"]
    assert list(memberships.columns) == ["code", "org", "role", "as_of", "source", "note"]
    assert set(organisations["type"]) <= set(TYPES)
    assert set(memberships["role"]) <= set(ROLES)
    for frame in (organisations, memberships):
        assert all(value == value.strip() for value in frame.to_numpy().ravel())
    assert organisations["org"].is_unique
    assert organisations["org"].is_monotonic_increasing
    for column in ("name", "ods_code", "ons_code"):
        filled = organisations.loc[organisations[column] != "", column]
        assert filled.is_unique, filled[filled.duplicated()].tolist()
    coded = organisations[organisations["ods_code"] != ""]
    assert (coded["org"] == coded["ods_code"]).all()
    key = memberships[["code", "org", "source"]]
    assert not key.duplicated().any()
    assert key.to_numpy().tolist() == sorted(key.to_numpy().tolist())
    assert set(organisations["org"]) == set(memberships["org"])
    role = {"CCG": "commissioner"}
    role |= dict.fromkeys(TRUST_TYPES, "provider") | dict.fromkeys(COUNCIL_TYPES, "council")
    assert (typed["role"] == typed["type"].map(role).fillna("partner")).all()


def test_names_are_in_house_style(organisations):
    assert organisations["name"].str.fullmatch(r"[A-Za-z0-9 ,'()-]+").all()
    assert not organisations["name"].str.contains(r" (?:And|Of|Upon|For) |C\.I\.C|  ").any()


# --- against the raw files ---------------------------------------------------------------------


def test_each_of_the_207_ccgs_is_in_one_footprint(lookup, typed):
    official = {(row["STP17CD"], row["CCG17CDH"], row["CCG17CD"]) for row in lookup}
    assert len(official) == len({ods for _, ods, _ in official}) == 207
    ours = typed[typed["source"] == "ons-lookup-2017"]
    assert len(ours) == 207
    assert set(zip(ours["code"], ours["org"], ours["ons_code"], strict=True)) == official
    assert set(ours["type"]) == {"CCG"}
    # No other source brings in a CCG that was not one of the 207.
    assert set(typed.loc[typed["type"] == "CCG", "org"]) == set(ours["org"])


def test_all_137_listed_trusts_are_in_their_footprint(reference: Path, memberships):
    with (reference / "trust_stp_2017-18.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {(row["STP_code"], row["code"]) for row in csv.DictReader(file)}
    ours = memberships[memberships["source"] == TRUST_LIST]
    assert len(listed) == len(ours) == 137
    assert set(zip(ours["code"], ours["org"], strict=True)) == listed


def test_no_partner_of_the_mapping_is_lost(book, memberships):
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


def test_each_footprint_has_ccg_trust_and_council(lookup, typed):
    codes = {row["STP17CD"] for row in lookup}
    assert codes == {f"E540000{number:02}" for number in range(5, 49)}
    for wanted in (("CCG",), TRUST_TYPES, COUNCIL_TYPES):
        assert set(typed.loc[typed["type"].isin(wanted), "code"]) == codes


def test_councils_have_people_in_their_footprint(reference: Path, lookup, typed):
    with (reference / "lad17_county.csv").open(encoding="utf-8-sig", newline="") as file:
        county = {row["LAD17CD"]: row["CTY17CD"] for row in csv.DictReader(file)}
    footprints: defaultdict[str, set[str]] = defaultdict(set)
    for row in lookup:
        footprints[row["LAD17CD"]].add(row["STP17CD"])
        footprints[county.get(row["LAD17CD"], "")].add(row["STP17CD"])
    councils = typed[typed["role"] == "council"]
    for code, ons in zip(councils["code"], councils["ons_code"], strict=True):
        assert code in footprints[ons], (code, ons)


def test_council_types_agree_with_the_letters_of_the_workbook_and_none_is_lost(book, organisations):
    letters = {str(row[0]): row[4] for row in book["LAs"].iter_rows(min_row=2, values_only=True)}
    types = {
        "A": "county council", "B": "district council", "C": "district council",
        "D": "district council", "E": "metropolitan borough", "H": "unitary authority",
        "J": "London borough",
    }  # fmt: skip
    councils = organisations[organisations["type"].isin(COUNCIL_TYPES)]
    for code, kind in zip(councils["ods_code"], councils["type"], strict=True):
        assert types[letters[code]] == kind, code
    counts = Counter(councils["type"])
    del counts["district council"]
    assert counts == {
        "county council": 27, "unitary authority": 56, "metropolitan borough": 36,
        "London borough": 33,
    }  # fmt: skip


# --- cases known to be true --------------------------------------------------------------------


def test_shropshire_has_the_members_that_are_known(organisations, memberships):
    names = organisations.set_index("org")["name"]
    ours = memberships[memberships["code"] == SHROPSHIRE]
    assert set(ours.loc[ours["org"] == "RXW", "source"]) == {TRUST_LIST, MAPPING}
    assert set(ours.loc[ours["role"] == "commissioner", "org"]) == {"05N", "05X"}
    assert set(names[ours.loc[ours["role"] == "council", "org"]]) == {
        "Shropshire Council",
        "Telford and Wrekin Council",
    }
    # Both the mapping and the notice of November 2016 name it: one organisation, two rows.
    assert len(ours[ours["org"] == "healthwatch-shropshire"]) == 2
    # The workbook gives Shropdoc the code of a site of the community trust.
    assert "R1DCP" not in set(organisations["org"])
    assert "shropdoc" in set(ours["org"])


@each(
    ("org", "source", "codes"),
    [
        ("RYA", None, {SHROPSHIRE, "E54000016", "E54000019"}),
        # Cumbria's hospitals, Newcastle's and Teesside's, each in its own.
        ("RNL", None, {CUMBRIA}),
        ("RR7", None, {NORTHUMBERLAND}),
        ("RVW", None, {DURHAM_TEES}),
        # Newcastle's is also named in Cumbria's plan; two of Cumbria's work in both of its parts.
        ("RTD", None, {NORTHUMBERLAND, CUMBRIA}),
        ("RNN", None, {CUMBRIA, LANCASHIRE}),
        ("102", None, {CUMBRIA, LANCASHIRE}),
        ("112", None, {DURHAM_TEES}),
        ("RMC", None, {GREATER_MANCHESTER}),
        ("RFS", TRUST_LIST, {DERBYSHIRE}),
        ("RFS", MAPPING, {DERBYSHIRE, "E54000009"}),
        ("RVR", MAPPING, {"E54000031", "E54000035"}),
    ],
)
def test_organisation_belongs_to_the_footprints_that_are_known(memberships, org, source, codes):
    rows = memberships[memberships["org"] == org]
    assert set(rows["code"] if source is None else rows.loc[rows["source"] == source, "code"]) == (
        codes
    )


def test_later_mergers_are_not_projected_back(organisations, memberships):
    assert "E54000049" not in set(memberships["code"])
    new = memberships[memberships["org"] == "R0B"]
    assert new[["code", "as_of", "source", "note"]].to_numpy().tolist() == [
        [NORTHUMBERLAND, "2019-04", MAPPING, ""]
    ]
    assert "2017/18" in set(memberships.loc[memberships["org"] == "RE9", "as_of"])
    # All ambulance trusts of England but the Isle of Wight's, which is part of its trust.
    assert sum(organisations["type"] == "ambulance trust") == 10


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
        ("RTG", "Derby Teaching Hospitals NHS Foundation Trust", "NHS foundation trust", ""),
        ("TAD", "Bradford District Care NHS Foundation Trust", "care trust", ""),
        ("RX6", "North East Ambulance Service NHS Foundation Trust", "ambulance trust", ""),
        ("10N", "NHS North and West Reading CCG", "CCG", "E38000114"),
        ("NVE", "Integrated Care 24", "other", ""),
        ("NLX", "Sirona Care and Health CIC", "community interest company", ""),
    ],
)
def test_organisation_has_the_name_type_and_code_that_are_known(
    organisations, org, name, kind, ons_code
):
    row = organisations.set_index("org").loc[org]
    assert (row["name"], row["type"], row["ons_code"]) == (name, kind, ons_code)


def test_notes_say_what_a_name_was_and_what_is_odd(memberships):
    rows = memberships[memberships["source"] == MAPPING].set_index(["code", "org"])["note"]
    assert rows[SHROPSHIRE, "RYA"].startswith("named in the published plan; earlier West Midlands")
    assert rows[DERBYSHIRE, "RTG"] == (
        "named University Hospitals of Derby and Burton NHS Foundation Trust by April 2019"
    )
    assert "before the footprint merged" in rows[CUMBRIA, "RNL"]
    assert rows[SHROPSHIRE, "RXW"] == ""
    assert "Wales" in rows[SHROPSHIRE, "powys-teaching-local-health-board"]


# --- corrections and exclusions still apply ----------------------------------------------------


def test_every_correction_of_the_workbook_applies(reference: Path, curated: Frames):
    ours = curated[0][curated[0]["file"] == partner_mapping.WORKBOOK]
    assert len(ours) > 40
    assert (ours["reason"] != "").all()
    cells = partner_mapping.read_workbook(reference / partner_mapping.WORKBOOK).cells
    for index in ours.index:
        for column, value in (("was", "something else"), ("key", "Current STPs!Z9999")):
            perturbed = ours.loc[[index]].assign(**{column: value})
            with pytest.raises(ValueError, match=r"expects|matches nothing"):
                partner_mapping.correct(dict(cells), perturbed, partner_mapping.WORKBOOK)


def test_without_any_one_correction_the_tables_differ(
    reference: Path, curated: Frames, built: Frames, monkeypatch: pytest.MonkeyPatch
):
    corrections, excluded, stated = curated
    before = [frame.to_csv() for frame in built]
    # Read once: the build is quick, opening the workbook for each correction is not.
    book = partner_mapping.read_workbook(reference / partner_mapping.WORKBOOK)
    geography = partner_mapping.read_geography(reference)
    monkeypatch.setattr(members, "read_workbook", lambda _: book._replace(cells=dict(book.cells)))
    monkeypatch.setattr(members, "read_geography", lambda _: geography)
    # A second build is the same, and corrections of other files change nothing.
    other = pd.DataFrame([dict.fromkeys(corrections.columns, "x") | {"file": "facts.csv"}])
    more = pd.concat([corrections, other], ignore_index=True)
    assert [f.to_csv() for f in build_members(reference, more, excluded, stated)] == before
    for index in corrections.index[corrections["file"] == partner_mapping.WORKBOOK]:
        try:
            after = build_members(reference, corrections.drop(index), excluded, stated)
        except ValueError:
            continue
        assert [frame.to_csv() for frame in after] != before, corrections.loc[index, "key"]


@each(
    ("column", "value", "message"),
    [
        ("was", "Middlesbrough Council", "expects 'Middlesbrough Council'"),
        ("key", "Closed STP codes!L99", "matches nothing"),
        ("field", "trust name", "matches nothing"),
        ("becomes", "Middlesborough Council", "changes nothing"),
    ],
)
def test_stale_correction_stops_the_build(
    reference: Path, curated: Frames, column: str, value: str, message: str
):
    corrections, excluded, stated = curated
    stale = corrections.copy()
    stale.loc[stale["key"] == "Closed STP codes!L17", column] = value
    with pytest.raises(ValueError, match=message):
        build_members(reference, stale, excluded, stated)


def test_stale_exclusion_wrong_correction_and_wrong_stated_member_stop_the_build(
    reference: Path, curated: Frames
):
    corrections, excluded, stated = curated
    for file in (partner_mapping.WORKBOOK, partner_mapping.TRUST_LIST):
        row = {"file": file, "key": "Current STPs!N999", "reason": "none"}
        more = pd.concat([excluded, pd.DataFrame([row])], ignore_index=True)
        with pytest.raises(ValueError, match="matches nothing"):
            build_members(reference, corrections, more, stated)
    row = {
        "file": partner_mapping.TRUST_LIST, "key": "RXW", "field": "STP_code", "was": SHROPSHIRE,
        "becomes": "E54000010", "reason": "none",
    }  # fmt: skip
    wrong = pd.concat([corrections, pd.DataFrame([row])], ignore_index=True)
    # The correction is applied, and the footprint's name gives the mistake away.
    with pytest.raises(ValueError, match="E54000010 is not Shropshire"):
        build_members(reference, wrong, excluded, stated)
    misnamed = stated.copy()
    misnamed.loc[misnamed["ods_code"] == "05N", "org_name"] = "NHS Telford and Wrekin CCG"
    with pytest.raises(ValueError, match="05N is"):
        build_members(reference, corrections, excluded, misnamed)
