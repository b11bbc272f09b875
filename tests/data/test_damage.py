"""Damaged data: one line that names the file and the row, and no start."""

from __future__ import annotations

import csv
import functools
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stp_data
from stp_data import schema

REPOSITORY = Path(__file__).resolve().parents[2]
DESCRIPTION = REPOSITORY / "stp_data" / "tables" / "datapackage.json"
RESOURCES: dict[str, dict[str, Any]] = {
    resource["name"]: resource
    for resource in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["resources"]
}
DERIVED = [name for name, resource in RESOURCES.items() if resource["kind"] == "derived"]
GEOMETRY_FILES = ["footprints.geojson", "static_files.json", "map.json", "who.json"]
DESCRIPTIONS = ["datapackage.json", "derived.json"]
FILES_BESIDE_TABLES = [*GEOMETRY_FILES, "postcodes.csv", *DESCRIPTIONS]

every_table = pytest.mark.parametrize("name", RESOURCES)


read_table = schema.read_table


@functools.cache
def _undamaged(name: str) -> tuple[bytes, pd.DataFrame]:
    resource = RESOURCES[name]
    content = (DESCRIPTION.parent / resource["path"]).read_bytes()
    return content, read_table(DESCRIPTION.parent, resource)


@pytest.fixture
def copy(copy, monkeypatch: pytest.MonkeyPatch):
    """The copy of conftest.py; of some three hundred starts, each reads only what is damaged."""

    def read_or_remember(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
        path, name = folder / resource["path"], resource["name"]
        if resource == RESOURCES.get(name) and path.is_file():
            content, frame = _undamaged(name)
            if path.read_bytes() == content:
                return frame
        return read_table(folder, resource)

    monkeypatch.setattr(schema, "read_table", read_or_remember)
    return copy


def _refusal(path: Path, row: int | None = None) -> str:
    """The one line with which the data is refused; it names the file, and the row if given."""
    # Straight past the cache: another test may have loaded the whole data already.
    with pytest.raises(stp_data.DataError) as caught:
        stp_data.load.__wrapped__()
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 300
    assert line.startswith(path.relative_to(path.parents[_depth(path)]).as_posix()), line
    if row is not None:
        assert f"{path.name}, row {row}:" in line, line
    return line


def _depth(path: Path) -> int:
    """How many folders up the copied house is."""
    return next(n for n, folder in enumerate(path.parents) if folder.name == "house")


def _change(path: Path, edit: Callable[[list[list[str]]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    edit(lines)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _put(path: Path, column: str, value: str) -> int:
    """Change one filled cell of a column, about the middle of the table; the row it is in."""
    changed: list[int] = []

    def edit(lines: list[list[str]]) -> None:
        place = lines[0].index(column)
        filled = [n for n, line in enumerate(lines) if n and line[place]]
        changed.append(filled[len(filled) // 2])
        lines[changed[0]][place] = value

    _change(path, edit)
    return changed[0] + 1


def _fields(wanted: Callable[[dict[str, Any]], Any]) -> list[Any]:
    """(table, field, what was wanted of it) of every field that has it."""
    return [
        pytest.param(name, field["name"], found, id=f"{name}-{field['name']}")
        for name, resource in RESOURCES.items()
        for field in resource["schema"]["fields"]
        if (found := wanted(field)) is not None
    ]


def _limit(constraint: str) -> Callable[[dict[str, Any]], Any]:
    return lambda field: field.get("constraints", {}).get(constraint)


# --- tables ------------------------------------------------------------------------------------


def test_the_undamaged_copy_loads(copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "read_table", read_table)
    atlas = stp_data.load.__wrapped__()
    assert len(atlas.footprints) == 44
    assert atlas.package["name"] == "stp-atlas"


@every_table
def test_a_missing_table(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    path.unlink()
    assert "missing" in _refusal(path)


@every_table
def test_an_empty_table(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    path.write_bytes(b"")
    _refusal(path, row=1)


@every_table
def test_a_table_cut_off_in_a_row(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    content = path.read_bytes()
    cut = content.index(b",", len(content) * 2 // 3)
    path.write_bytes(content[:cut])
    _refusal(path, row=content[:cut].count(b"\n") + 1)


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_table_cut_off_between_two_rows(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"\n", len(content) * 2 // 3) + 1])
    _refusal(path)


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_table_edited_by_hand(copy, name: str) -> None:
    """Two rows change places, which no rule but the checksum can notice."""
    path = copy.tables / f"{name}.csv"

    def swap(lines: list[list[str]]) -> None:
        lines[3], lines[4] = lines[4], lines[3]

    _change(path, swap)
    assert "is not what the build wrote" in _refusal(path)


@every_table
def test_another_column_name(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    path.write_text(f"x{path.read_text('utf-8')}", encoding="utf-8", newline="")
    _refusal(path, row=1)


@every_table
def test_a_row_with_too_few_fields(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    _change(path, lambda lines: lines[5].pop())
    _refusal(path, row=6)


@every_table
def test_a_row_with_too_many_fields(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    _change(path, lambda lines: lines[5].append("more"))
    _refusal(path, row=6)


@every_table
def test_rows_with_a_comma_at_the_end(copy, name: str) -> None:
    """One field too many in every row, as some spreadsheets write it, but not in the header."""
    path = copy.tables / f"{name}.csv"
    _change(path, lambda lines: [line.append("") for line in lines[1:]])
    _refusal(path)


@every_table
@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_table_in_another_encoding(copy, name: str, encoding: str) -> None:
    path = copy.tables / f"{name}.csv"
    # Plain letters are the same in UTF-8 and Latin 1: put an accent into the third row.
    _change(path, lambda lines: lines[2].__setitem__(1, "Café"))
    path.write_bytes(path.read_text("utf-8").encode(encoding, "replace"))
    _refusal(path, row={"latin-1": 3, "utf-16": 1}[encoding])


@every_table
def test_a_byte_order_mark_before_the_header(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "byte-order mark" in _refusal(path, row=1)


@every_table
def test_a_repeated_row(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[3]]), encoding="utf-8", newline="")
    _refusal(path, row=len(lines) + 1)


@pytest.mark.parametrize(("name", "field", "allowed"), _fields(_limit("enum")))
def test_a_value_that_is_not_allowed(copy, name: str, field: str, allowed: list[str]) -> None:
    assert "no such thing" not in allowed
    path = copy.tables / f"{name}.csv"
    row = _put(path, field, "no such thing")
    assert "'no such thing'" in _refusal(path, row)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        pytest.param(name, link["fields"][0], id=f"{name}-{link['fields'][0]}")
        for name, resource in RESOURCES.items()
        for link in resource["schema"]["foreignKeys"]
    ],
)
def test_a_foreign_key_to_nowhere(copy, name: str, field: str) -> None:
    path = copy.tables / f"{name}.csv"
    # Where codes have a pattern all of the 44 are taken, and the pattern refuses it.
    row = _put(path, field, "E54000099" if field == "code" else "nowhere")
    _refusal(path, row)


@every_table
def test_an_empty_cell_that_must_be_filled(copy, name: str) -> None:
    fields = RESOURCES[name]["schema"]["fields"]
    field = [f["name"] for f in fields if f.get("constraints", {}).get("required")][-1]
    path = copy.tables / f"{name}.csv"
    row = _put(path, field, "")
    assert f"{field} is empty" in _refusal(path, row)


NUMBERS = _fields(lambda field: field["type"] if field["type"] != "string" else None)


@pytest.mark.parametrize(("name", "field", "kind"), NUMBERS)
@pytest.mark.parametrize("text", ["many", "1,5"])
def test_a_number_that_is_none(copy, name: str, field: str, kind: str, text: str) -> None:
    path = copy.tables / f"{name}.csv"
    row = _put(path, field, text)
    assert f"{field} is not a {kind} ({text!r})" in _refusal(path, row)


@pytest.mark.parametrize("text", ["inf", "nan"])
def test_a_stated_figure_that_is_not_finite(copy, text: str) -> None:
    path = copy.tables / "stated.csv"
    row = _put(path, "value", text)
    _refusal(path, row)


@pytest.mark.parametrize(("name", "field", "limit"), _fields(_limit("minimum")))
def test_a_number_below_its_limit(copy, name: str, field: str, limit: float) -> None:
    path = copy.tables / f"{name}.csv"
    row = _put(path, field, str(limit - 1))
    _refusal(path, row)


DATES = _fields(lambda f: f["name"] if _limit("pattern")(f) == schema.ISO_DATE else None)


def test_every_column_of_dates_has_the_pattern_of_dates() -> None:
    assert {field.values[1] for field in DATES} == {"as_of", "published", "from", "to", "date"}


@pytest.mark.parametrize(("name", "field", "_"), DATES)
@pytest.mark.parametrize("text", ["2016-13", "2016-02-31", "0000"])
def test_a_date_that_is_on_no_calendar(copy, name: str, field: str, _: str, text: str) -> None:
    path = copy.tables / f"{name}.csv"
    row = _put(path, field, text)
    assert f"{field} is on no calendar ({text!r})" in _refusal(path, row)


def _set(copy, fact: str, column: str, value: str) -> int:
    """Change a cell of the stated figure that rests on a raw row; the row it is in."""
    path, changed = copy.tables / "stated.csv", []

    def edit(lines: list[list[str]]) -> None:
        (place,) = [n for n, line in enumerate(lines) if line[-1] == fact]
        lines[place][lines[0].index(column)] = value
        changed.append(place + 1)

    _change(path, edit)
    return changed[0]


@pytest.mark.parametrize("fact", ["F0006", "F0025"])
def test_an_amount_below_zero(copy, fact: str) -> None:
    row = _set(copy, fact, "value", "-5")
    assert "value is below 0 (-5)" in _refusal(copy.tables / "stated.csv", row)


@pytest.mark.parametrize(("fact", "unit"), [("F0097", "GBP million"), ("F0006", "per cent")])
def test_a_stated_figure_in_the_unit_of_another_measure(copy, fact: str, unit: str) -> None:
    row = _set(copy, fact, "unit", unit)
    assert f"({unit!r})" in _refusal(copy.tables / "stated.csv", row)


# --- rules across tables -----------------------------------------------------------------------


def _without(column: str, value: str) -> Callable[[list[list[str]]], None]:
    def edit(lines: list[list[str]]) -> None:
        place = lines[0].index(column)
        lines[1:] = [line for line in lines[1:] if line[place] != value]

    return edit


@pytest.mark.parametrize("name", ["plans", "leads"])
def test_a_footprint_without_a_row(copy, name: str) -> None:
    path = copy.tables / f"{name}.csv"
    _change(path, _without("code", "E54000011"))
    assert "E54000011" in _refusal(path)


def _prefer(copy, wanted: Callable[[dict[str, str]], bool], *, also: bool) -> int:
    """Mark one stated figure as preferred, alone in its group unless ``also``; its row."""
    path, marked = copy.tables / "stated.csv", []

    def edit(lines: list[list[str]]) -> None:
        header = lines[0]
        rows = [dict(zip(header, line, strict=True)) for line in lines]
        number = next(n for n, row in enumerate(rows) if n and wanted(row))
        for n, row in enumerate(rows):
            same = all(row[c] == rows[number][c] for c in ("code", "measure"))
            if same and not also:
                lines[n][header.index("preferred")] = ""
        lines[number][header.index("preferred")] = "yes"
        marked.append(number)

    _change(path, edit)
    return marked[0] + 1


def test_two_preferred_figures(copy) -> None:
    _prefer(copy, lambda r: r["code"] == "E54000005" and r["facts"] == "F0007", also=True)
    assert "prefers two figures" in _refusal(copy.tables / "stated.csv")


def test_a_preferred_figure_of_low_confidence(copy) -> None:
    row = _prefer(copy, lambda r: r["confidence"] == "low", also=False)
    _refusal(copy.tables / "stated.csv", row)


def test_a_preferred_figure_of_a_campaign_beside_an_official_one(copy) -> None:
    # Greater Manchester: official £2bn, a campaign's £897m.
    row = _prefer(copy, lambda r: r["facts"] == "F0116", also=False)
    assert "official" in _refusal(copy.tables / "stated.csv", row)


@pytest.mark.parametrize(
    ("column", "value"), [("plan_name", "No Such Plan"), ("published", "1999")]
)
def test_a_plan_that_rests_on_nothing(copy, column: str, value: str) -> None:
    path = copy.tables / "plans.csv"
    row = _put(path, column, value)
    _refusal(path, row)


def test_a_second_source_of_a_lead_to_nowhere(copy) -> None:
    path = copy.tables / "leads.csv"
    row = _put(path, "also", "nowhere")
    assert "nowhere" in _refusal(path, row)


# --- geometry and descriptions -----------------------------------------------------------------


@pytest.mark.parametrize("name", FILES_BESIDE_TABLES)
def test_a_missing_file(copy, name: str) -> None:
    path = copy.file(name)
    path.unlink()
    assert "missing" in _refusal(path)


@pytest.mark.parametrize("name", FILES_BESIDE_TABLES)
def test_a_file_cut_off(copy, name: str) -> None:
    path = copy.file(name)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    _refusal(path)


@pytest.mark.parametrize("name", FILES_BESIDE_TABLES)
@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff\xfe{\x00}\x00", b'"\xe9"'])
def test_a_file_with_something_else(copy, name: str, content: bytes) -> None:
    path = copy.file(name)
    path.write_bytes(content)
    _refusal(path)


def test_a_description_without_one_table(copy) -> None:
    path = copy.file("datapackage.json")
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "short_names"]
    path.write_text(json.dumps(package), "utf-8")
    _refusal(path)
