"""Files of all tables at once, outlines, the page that lists them, and formulas in cells."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import geopandas
import openpyxl
import pytest
from each import each
from openpyxl.workbook import Workbook
from plain_http import ask
from raw import CODES, FOOTPRINTS, PACKAGE, RESOURCES, ROOT, TABLES, rows

from stp_data.export import safe_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMERIC = ("number", "integer")


@pytest.fixture(scope="module")
def unpacked(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    answer = ask(server, "/download/stp-atlas.zip")
    assert (answer.status, answer.media_type) == (200, "application/zip")
    assert 'filename="stp-atlas.zip"' in answer.headers["content-disposition"]
    folder = tmp_path_factory.mktemp("zip")
    zipfile.ZipFile(io.BytesIO(answer.body)).extractall(folder)
    return folder / "stp-atlas"


@pytest.fixture(scope="module")
def book(server: str) -> Workbook:
    answer = ask(server, "/download/stp-atlas.xlsx")
    assert (answer.status, answer.media_type) == (200, XLSX)
    assert 'filename="stp-atlas.xlsx"' in answer.headers["content-disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.body))


# The zip


def test_zip_validates_as_a_data_package_after_download(unpacked: Path):
    report = frictionless.Package(str(unpacked / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.stats["tasks"] == len(RESOURCES)


def test_zip_holds_every_table_byte_for_byte_and_says_what_it_is(unpacked: Path):
    for name in RESOURCES:
        assert (unpacked / f"{name}.csv").read_bytes() == (TABLES / f"{name}.csv").read_bytes()
    readme = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert PACKAGE["version"] in readme
    assert "not official statistics" in readme
    assert "Open Government Licence" in readme
    assert all(f"{name}.csv" in readme for name in RESOURCES)


def test_workbook_and_zip_made_in_another_process_are_the_same_bytes(server: str):
    code = (
        "import hashlib, stp_data; from stp_data.export.archive import archive; from "
        "stp_data.export.workbook import workbook; a = stp_data.load(); "
        "print(*(hashlib.sha256(f(a)).hexdigest() for f in (archive, workbook)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    served = [
        hashlib.sha256(ask(server, f"/download/stp-atlas.{kind}").body).hexdigest()
        for kind in ("zip", "xlsx")
    ]
    assert done.stdout.split() == served


# The workbook


def test_workbook_has_a_cover_and_one_whole_table_a_sheet_without_formulas(book: Workbook):
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Fields", *RESOURCES]
    cover = " ".join(str(cell.value) for cell in book["Cover"]["A"] if cell.value)
    assert "not official statistics" in cover
    assert PACKAGE["version"] in cover
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A5"
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A4:")
        assert sheet["A1"].value
        for line in sheet.iter_rows(min_row=4, max_row=sheet.max_row):
            assert all(cell.value not in (None, "") for cell in line), (name, line[0].row)
            assert all(cell.data_type != "f" for cell in line), (name, line[0].row)


@each("name", RESOURCES)
def test_sheet_has_every_cell_of_the_table_numbers_as_numbers(book: Workbook, name: str):
    types = {field["name"]: field["type"] for field in RESOURCES[name]["schema"]["fields"]}
    sheet, expected = book[name], rows(name)
    head = [cell.value for cell in sheet[4]]
    assert head == list(types)
    found = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(found) == len(expected)
    for raw, line in zip(expected, found, strict=True):
        for field, value in zip(head, line, strict=True):
            if raw[field] == "":
                assert value in ("[x]", "[z]")
            elif types[field] in NUMERIC:
                assert isinstance(value, int | float)
                assert value == float(raw[field])
            else:
                assert value == raw[field]


def test_markers_tell_not_found_from_nothing_to_say(book: Workbook):
    def column(sheet: str, field: str) -> set[str]:
        head = [cell.value for cell in book[sheet][4]]
        return {
            line[head.index(field)] for line in book[sheet].iter_rows(min_row=5, values_only=True)
        } & {"[x]", "[z]"}

    assert column("plans", "published") == {"[x]"}
    assert column("plans", "source") == {"[z]"}
    assert column("stated", "value_to") == {"[z]"}
    assert column("sources", "date") == {"[x]"}
    assert column("organisations", "ons_code") == {"[z]"}
    # Not applicable, because only organisations without a code of the ONS lack one.
    kinds = {row["type"] for row in rows("organisations") if not row["ons_code"]}
    assert not any(word in kind for kind in kinds for word in ("CCG", "council", "borough"))
    assert "unitary authority" not in kinds


def test_source_keys_lead_to_their_row_and_addresses_are_links(book: Workbook):
    sheet = book["measured"]
    cell = sheet["E5"]
    target = cell.hyperlink.location
    assert target.startswith(("'sources'!A", "sources!A"))
    assert book["sources"][target.partition("!")[2]].value == cell.value
    first = rows("sources")[0]
    head = [cell.value for cell in book["sources"][4]]
    link = book["sources"].cell(row=5, column=head.index("url") + 1)
    assert link.hyperlink.target == first["url"]


# Outlines and hexes


def test_outlines_open_in_geopandas_with_44_valid_shapes(server: str, tmp_path: Path):
    file = tmp_path / "footprints.geojson"
    file.write_bytes(ask(server, "/download/footprints.geojson").body)
    frame = geopandas.read_file(file)
    assert sorted(frame["code"]) == sorted(CODES)
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()


def test_outline_of_one_footprint_is_its_part_of_all_outlines(server: str):
    found = json.loads(ask(server, "/download/footprints.geojson").text)["features"]
    by_code = {feature["properties"]["code"]: feature for feature in found}
    for code in CODES:
        for name in (code, FOOTPRINTS[code]["slug"]):
            answer = ask(server, f"/download/{name}.geojson")
            assert (answer.status, answer.media_type) == (200, "application/geo+json")
            assert json.loads(answer.text)["features"] == [by_code[code]]


def test_hexes_are_those_of_the_footprints(server: str):
    answer = ask(server, "/download/hexes.csv")
    found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["code"] for row in found] == CODES
    for row in found:
        assert (row["hex_q"], row["hex_r"]) == (
            FOOTPRINTS[row["code"]]["hex_q"],
            FOOTPRINTS[row["code"]]["hex_r"],
        )


# The page that lists them


def test_index_names_every_file_with_its_size_and_every_link_answers(server: str):
    answer = ask(server, "/download/")
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert not re.search("<(script|link)", answer.text), "the page fetches no other file"
    links = re.findall(r'(?:href|src)="([^"]+)"', answer.text)
    for name, resource in RESOURCES.items():
        assert f"{name}.csv" in links
        assert resource["title"].replace("'", "&#39;") in answer.text
        size = (TABLES / f"{name}.csv").stat().st_size
        assert re.search(rf">{name}</a>.*>{size / 1000:.0f} KB<", answer.text)
    assert safe_csv.RULE.replace("'", "&#39;") in answer.text
    for link in links:
        if not link.startswith("https://"):
            path = link.removeprefix("..") if link.startswith("../") else f"/download/{link}"
            assert ask(server, path.replace("&amp;", "&"), "HEAD").status == 200, link


def test_folders_without_their_slash_lead_to_the_index(server: str):
    for folder in ("download", "api"):
        answer = ask(server, f"/{folder}")
        assert answer.status == 308
        assert answer.headers["location"] == f"{folder}/"


# Formulas in cells


@each("name", RESOURCES)
def test_no_cell_of_today_needs_an_apostrophe(name: str):
    # So every table is served as it is on disk, and the zip fits its description.
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    assert safe_csv.guarded_file(text, RESOURCES[name]["schema"]) == text


@each(
    "cell",
    ["=1+1", "+44 20 7946 0000", "-2+3|cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "--1"],
)
def test_text_that_could_run_gets_an_apostrophe(cell: str):
    text = safe_csv.written(["note", "value"], [[cell, -1.5]])
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{cell}", "-1.5"]
    schema = {"fields": [{"type": "string"}, {"type": "number"}]}
    raw = 'note,value\n"' + cell.replace('"', '""') + '",-1.5\n'
    assert safe_csv.guarded_file(raw, schema) == text


@each("cell", ["-", "-1.25", "+3", "a=b", "Not found", "", "1-2"])
def test_numbers_signs_alone_and_other_text_stay_as_they_are(cell: str):
    assert safe_csv.guarded(cell) == cell


def test_database_and_parquet_are_served_and_open(server: str):
    answer = ask(server, "/download/stp-atlas.sqlite")
    assert answer.media_type == "application/vnd.sqlite3"
    assert answer.body.startswith(b"SQLite format 3\0")
    with zipfile.ZipFile(io.BytesIO(ask(server, "/download/stp-atlas.parquet.zip").body)) as packed:
        assert packed.testzip() is None
        assert {f"stp-atlas/{name}.parquet" for name in RESOURCES} <= set(packed.namelist())
    described = json.loads(ask(server, "/download/stp-atlas.datasette.json").text)
    assert described["license"] == "Open Government Licence v3.0"
