"""The data package: its description, its files, and the checksums of what was derived."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import frictionless
from each import each

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = REPOSITORY / "stp_data" / "tables"
PACKAGE = json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
DERIVED = [name for name, resource in RESOURCES.items() if resource["kind"] == "derived"]

every_table = each("name", RESOURCES)


def _lines(name: str) -> list[list[str]]:
    with (TABLES / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _keys(name: str, columns: list[str]) -> list[tuple[str, ...]]:
    header, *body = _lines(name)
    places = [header.index(column) for column in columns]
    return [tuple(line[place] for place in places) for line in body]


# --- the description ---------------------------------------------------------------------------


def test_frictionless_finds_the_package_valid() -> None:
    report = frictionless.Package(str(TABLES / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(RESOURCES)


def test_frictionless_finds_a_wrong_cell(copy) -> None:
    plans = copy.tables / "plans.csv"
    plans.write_text(plans.read_text("utf-8").replace("E54000005", "E54000099", 1), "utf-8")
    report = frictionless.Package(str(copy.tables / "datapackage.json")).validate()
    wrong = [(task.name, error.row_number) for task in report.tasks for error in task.errors]
    assert set(wrong) == {("plans", 2)}


def test_every_file_is_described_and_every_description_has_its_file() -> None:
    assert sorted(resource["path"] for resource in RESOURCES.values()) == sorted(
        path.name for path in TABLES.iterdir() if path.name != "datapackage.json"
    )
    assert len(RESOURCES) == len(PACKAGE["resources"])


@every_table
def test_each_table_says_what_kind_it_is_and_describes_every_column(name: str) -> None:
    resource = RESOURCES[name]
    assert resource["kind"] in {"derived", "curated"}
    assert resource["title"]
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == _lines(name)[0]
    assert all(field["type"] and field["description"] for field in fields)
    assert set(resource["schema"]["primaryKey"]) <= {field["name"] for field in fields}


def test_package_has_a_licence_a_version_and_sources() -> None:
    assert PACKAGE["licenses"][0]["name"] == "OGL-UK-3.0"
    assert [part.isdigit() for part in PACKAGE["version"].split(".")] == [True] * 3
    assert PACKAGE["sources"]


@every_table
def test_every_source_column_is_a_foreign_key(name: str) -> None:
    schema = RESOURCES[name]["schema"]
    linked = {link["fields"][0]: link["reference"]["resource"] for link in schema["foreignKeys"]}
    for field in schema["fields"]:
        if field["name"] in {"source", "name_source"} and name != "sources":
            assert linked[field["name"]] == "sources"


def test_measured_and_stated_figures_share_no_table() -> None:
    kinds = dict(_keys("measures", ["measure", "kind"]))
    assert {kinds[measure] for (measure,) in _keys("measured", ["measure"])} == {"measured"}
    assert {kinds[measure] for (measure,) in _keys("stated", ["measure"])} == {"stated"}


# --- the files ---------------------------------------------------------------------------------


@every_table
def test_a_table_is_utf8_with_plain_line_ends(name: str) -> None:
    content = (TABLES / RESOURCES[name]["path"]).read_bytes()
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    # One line a row: a change reads well in a diff.
    assert len(_lines(name)) == text.count("\n")
    assert all(cell == cell.strip() for line in _lines(name) for cell in line)


# The build sorts measured figures by measure first; everything else goes by its primary key.
ORDER = {"measured": ["measure", "code"]}


@each("name", DERIVED)
def test_a_derived_table_is_sorted_by_its_key(name: str) -> None:
    keys = _keys(name, ORDER.get(name, RESOURCES[name]["schema"]["primaryKey"]))
    assert keys == sorted(set(keys))


@each(
    ("name", "column"),
    [
        ("short_names", "code"),
        ("plans", "code"),
        ("plan_names", "code"),
        ("publications", "code"),
        ("stated", "code"),
        ("leads", "code"),
        ("stated_members", "code"),
        ("sources", "source"),
        ("excluded", "file"),
        ("corrections", "file"),
    ],
)
def test_a_curated_table_is_sorted(name: str, column: str) -> None:
    keys = _keys(name, [column])
    assert keys == sorted(keys)


@every_table
def test_a_primary_key_names_one_row(name: str) -> None:
    keys = _keys(name, RESOURCES[name]["schema"]["primaryKey"])
    assert len(keys) == len(set(keys)) > 0


# --- what the build wrote ----------------------------------------------------------------------

CHECKSUMS = json.loads((REPOSITORY / "stp_data" / "derived.json").read_text(encoding="utf-8"))


@each("name", CHECKSUMS)
def test_a_derived_file_is_what_the_build_wrote(name: str) -> None:
    assert hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest() == CHECKSUMS[name]


def test_every_derived_file_has_a_checksum_and_no_curated_one_has() -> None:
    tables = {f"stp_data/tables/{RESOURCES[name]['path']}" for name in DERIVED}
    geometry = {f"stp_data/geometry/{path.name}" for path in TABLES.parent.glob("geometry/*")}
    index = json.loads((TABLES.parent / "geometry" / "static_files.json").read_text("utf-8"))
    assert set(CHECKSUMS) == tables | geometry | {f"static/{name}" for name in index.values()}
