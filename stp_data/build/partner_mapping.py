"""Reading the raw lists of members: the partner mapping, the trust list, the lookup of CCGs.

Corrections and exclusions are applied here; see members.py for what is made of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from stp_data.build.raw import open_workbook, read_csv

GEOGRAPHY = "lsoa11_geography_2017.csv.gz"
COUNTIES = "lad17_county.csv"
TRUST_LIST = "trust_stp_2017-18.csv"
WORKBOOK = "stp_partner_mapping_2019-04.xlsx"

# Two footprints stand in the workbook under the codes they had before a boundary change of 2017.
_CODE_OF_APRIL_2017 = {"E54000002": "E54000047", "E54000004": "E54000048"}
# Made in 2018 of three footprints of 2017, which the sheet of closed codes still keeps apart.
_MERGED = "E54000049"
# Footprints that had taken a shorter name than the one in the April 2017 lookup.
_LATER_NAME = {"E54000028": "North London", "E54000029": "East London"}

_RED = "FFFF0000"


class Sheet(NamedTuple):
    """Where a sheet of the partner mapping has its footprints."""

    title: str
    first_row: int
    code_column: str
    name_column: str


class Partner(NamedTuple):
    """One filled cell of the workbook that names a partner."""

    key: str
    kind: str
    block: str  # the footprint code as the sheet has it, before any correction
    stp: str
    name: str
    code: str
    red: bool


class Geography(NamedTuple):
    """Footprints, CCGs and councils of 2017."""

    stps: dict[str, str]  # code -> name
    ccgs: pd.DataFrame  # CCG17CD, CCG17CDH, CCG17NM, STP17CD
    areas: dict[str, str]  # ONS code of a council -> ONS name
    council_stps: dict[str, set[str]]  # ONS code of a council -> footprints with people of its area


class Workbook(NamedTuple):
    """What the partner mapping holds."""

    cells: dict[tuple[str, str], str]  # ("<sheet>!<cell>", field) -> text
    official_trusts: dict[str, str]  # ODS code -> name in capitals, from about the end of 2016
    care_trusts: set[str]


_CURRENT = Sheet("Current STPs", 6, "D", "E")
CLOSED = Sheet("Closed STP codes", 2, "E", "F")
_PARTNER_COLUMNS = {"council": ("L", "M"), "trust": ("N", "O"), "other body": ("P", "Q")}
_LAST_COLUMN = 17  # Q


def read_geography(reference: Path) -> Geography:
    """Footprints, CCGs and councils; ValueError when a CCG lies in two footprints."""
    lookup = read_csv(reference, GEOGRAPHY)
    stps = lookup[["STP17CD", "STP17NM"]].drop_duplicates()
    columns = ["CCG17CD", "CCG17CDH", "CCG17NM", "STP17CD"]
    ccgs = lookup[columns].drop_duplicates().sort_values("CCG17CD")
    if not ccgs["CCG17CD"].is_unique:
        raise ValueError(f"{GEOGRAPHY}: a CCG lies in two footprints")

    counties = read_csv(reference, COUNTIES)
    # E11 and E13 are metropolitan counties and London, which have no county council.
    counties = counties[counties["CTY17CD"].str.startswith("E10")]
    county_of = dict(zip(counties["LAD17CD"], counties["CTY17CD"], strict=True))
    areas = dict(zip(lookup["LAD17CD"], lookup["LAD17NM"], strict=True))
    areas |= dict(zip(counties["CTY17CD"], counties["CTY17NM"], strict=True))

    council_stps: dict[str, set[str]] = {code: set() for code in areas}
    pairs = lookup[["LAD17CD", "STP17CD"]].drop_duplicates()
    for lad, stp in zip(pairs["LAD17CD"], pairs["STP17CD"], strict=True):
        council_stps[lad].add(stp)
        if lad in county_of:
            council_stps[county_of[lad]].add(stp)
    return Geography(
        dict(zip(stps["STP17CD"], stps["STP17NM"], strict=True)), ccgs, areas, council_stps
    )


def read_trust_list(
    reference: Path, stps: Mapping[str, str], corrections: pd.DataFrame, excluded: pd.DataFrame
) -> pd.DataFrame:
    """The trust list, corrected: code, Trust, STP, STP_code; ValueError where it contradicts."""
    table = read_csv(reference, TRUST_LIST)
    if not table["code"].is_unique:
        raise ValueError(f"{TRUST_LIST}: a trust is listed twice")
    cells = {
        (code, str(column)): text.strip()
        for column in table.columns
        for code, text in zip(table["code"], table[column], strict=True)
    }
    correct(cells, corrections, TRUST_LIST)
    exclude(cells, excluded, TRUST_LIST)
    rows = [
        {column: cells[code, column] for column in ("code", "Trust", "STP", "STP_code")}
        for code in table["code"]
        if (code, "code") in cells
    ]
    for row in rows:
        if not _is_footprint(row["STP"], row["STP_code"], stps):
            raise ValueError(f"{TRUST_LIST}: {row['STP_code']} is not {row['STP']} ({row['code']})")
    return pd.DataFrame(rows)


def read_workbook(path: Path) -> Workbook:
    """The partner mapping as it is, without corrections."""
    # The codes of the closed sheet are formulas.
    book = open_workbook(path)
    try:
        cells: dict[tuple[str, str], str] = {}
        for sheet in (_CURRENT, CLOSED):
            _read_sheet(cells, book[sheet.title], sheet)
        trusts = book["Trusts"].iter_rows(min_row=2, max_col=2, values_only=True)
        care = book["CareTrusts"].iter_rows(min_row=2, max_col=1, values_only=True)
        return Workbook(
            cells,
            {str(code).strip(): _text(name) for name, code in trusts if code},
            {_text(code) for (code,) in care if code},
        )
    finally:
        book.close()


def _read_sheet(cells: dict[tuple[str, str], str], worksheet: object, sheet: Sheet) -> None:
    fields = {sheet.code_column: "footprint code", sheet.name_column: "footprint name"}
    for kind, (name_column, code_column) in _PARTNER_COLUMNS.items():
        fields |= {name_column: f"{kind} name", code_column: f"{kind} code"}
    names = {name_column for name_column, _ in _PARTNER_COLUMNS.values()}
    rows = worksheet.iter_rows(min_row=sheet.first_row, max_col=_LAST_COLUMN)  # type: ignore[attr-defined]
    for number, row in enumerate(rows, start=sheet.first_row):
        for letter, cell in zip("ABCDEFGHIJKLMNOPQ", row, strict=False):
            text = _text(cell.value)
            if letter not in fields or not text:
                continue
            key = f"{sheet.title}!{letter}{number}"
            cells[key, fields[letter]] = text
            # Red marks a partner known from the published plan and not from NHS England's pages.
            colour = cell.font.color if letter in names else None
            if colour is not None and colour.type == "rgb" and colour.rgb == _RED:
                cells[key, "font colour"] = "red"


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


# --- corrections and exclusions ----------------------------------------------------------------


def correct(cells: dict[tuple[str, str], str], corrections: pd.DataFrame, file: str) -> None:
    """Apply the corrections of one file; each must still find what it was written against."""
    for _, row in corrections[corrections["file"] == file].iterrows():
        key, field, was, becomes = row["key"], row["field"], row["was"], row["becomes"]
        where = f"correction of {file}, {key}, {field}"
        if (key, field) not in cells:
            raise ValueError(f"{where}: matches nothing")
        if cells[key, field] != was:
            raise ValueError(f"{where}: expects {was!r}, the file has {cells[key, field]!r}")
        if becomes == was:
            raise ValueError(f"{where}: changes nothing")
        cells[key, field] = becomes


def exclude(cells: dict[tuple[str, str], str], excluded: pd.DataFrame, file: str) -> None:
    """Take out the excluded rows of one file; each must still find a row or a partner."""
    for key in excluded.loc[excluded["file"] == file, "key"]:
        fields = [field for cell, field in cells if cell == key]
        if not any(field == "code" or field.endswith(" name") for field in fields):
            raise ValueError(f"exclusion from {file}, {key}: matches nothing")
        for field in fields:
            del cells[key, field]


# --- the workbook's rows -----------------------------------------------------------------------


def codes_by_row(cells: Mapping[tuple[str, str], str]) -> dict[tuple[str, int], str]:
    """Say which footprint code each row stands under: a blank means the one above."""
    codes: dict[tuple[str, int], str] = {}
    for sheet in (_CURRENT, CLOSED):
        rows = [_row(key) for key, _ in cells if key.startswith(f"{sheet.title}!")]
        code = ""
        for row in range(sheet.first_row, max(rows) + 1):
            key = f"{sheet.title}!{sheet.code_column}{row}"
            code = cells.get((key, "footprint code"), code)
            codes[sheet.title, row] = code
    return codes


def _row(key: str) -> int:
    match = re.search(r"\d+$", key)
    if match is None:
        raise ValueError(f"{WORKBOOK}: {key} is not a cell")
    return int(match.group())


def check_footprint_names(
    cells: Mapping[tuple[str, str], str],
    raw_codes: Mapping[tuple[str, int], str],
    stps: Mapping[str, str],
) -> None:
    """Trust no code in the workbook before its name agrees with the April 2017 lookup."""
    for (key, field), name in cells.items():
        code = raw_codes[key.split("!")[0], _row(key)] if field == "footprint name" else _MERGED
        if code != _MERGED and not _is_footprint(name, _CODE_OF_APRIL_2017.get(code, code), stps):
            raise ValueError(f"{WORKBOOK}, {key}: {code} is not {name!r}")


def _is_footprint(name: str, code: str, stps: Mapping[str, str]) -> bool:
    # Later names are longer as a rule ("Joined Up Care Derbyshire STP"), so it is enough that
    # every word of the old one is still there.
    official = _LATER_NAME.get(code, stps.get(code, ""))
    filler = {"and", "the", "of", "health"}
    words = set(re.findall(r"\w+", official.lower())) - filler
    return bool(words) and words <= set(re.findall(r"\w+", name.lower()))


def read_partners(
    cells: Mapping[tuple[str, str], str], raw_codes: Mapping[tuple[str, int], str]
) -> list[Partner]:
    """Every partner under the code of its footprint in April 2017."""
    codes = codes_by_row(cells)
    partners = []
    for (title, row), code in codes.items():
        for kind, (name_column, code_column) in _PARTNER_COLUMNS.items():
            key = f"{title}!{name_column}{row}"
            if (key, f"{kind} name") not in cells:
                continue
            partners.append(
                Partner(
                    key=key,
                    kind=kind,
                    block=raw_codes[title, row],
                    stp=_CODE_OF_APRIL_2017.get(code, code),
                    name=house_style(cells[key, f"{kind} name"]),
                    code=cells.get((f"{title}!{code_column}{row}", f"{kind} code"), ""),
                    red=cells.get((key, "font colour")) == "red",
                )
            )
    return partners


def settle_merged(partners: list[Partner]) -> list[Partner]:
    """Take the merged northern footprint apart again.

    Its partners are read from the sheet of closed codes. One that is not there (a trust formed
    since) stays only if a correction says to which of the three it belongs, so none is lost.
    """
    apart = {_identity(partner) for partner in partners if partner.key.startswith(CLOSED.title)}
    settled = []
    for partner in partners:
        if partner.block == _MERGED:
            if _identity(partner) in apart:
                continue
            if partner.stp == _MERGED:
                raise ValueError(
                    f"{WORKBOOK}, {partner.key}: {partner.name!r} is in none of the three closed "
                    "footprints; correct its footprint code or exclude it"
                )
        settled.append(partner)
    return settled


def _identity(partner: Partner) -> tuple[str, str]:
    return partner.kind, partner.code or partner.name


def house_style(name: str) -> str:
    """Spelling rules of ours that change no fact."""
    name = re.sub(r"\s+", " ", name.replace("\u2019", "'").replace("&", " and ")).strip()
    name = re.sub(r"\bSt\. ", "St ", name)
    return re.sub(r"\bC\.I\.C\b\.?", "CIC", name)
