"""Damaged data: one line that names the file and the row, and no start.

Each rule is tried once on a small made table; which rule holds where is in datapackage.json.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stp_data
from stp_data.core import schema

REPOSITORY = Path(__file__).resolve().parents[2]
DESCRIPTION = REPOSITORY / "stp_data" / "tables" / "datapackage.json"
RESOURCES: dict[str, dict[str, Any]] = {
    resource["name"]: resource
    for resource in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["resources"]
}


# --- one rule at a time, on a small table ------------------------------------------------------

SMALL: dict[str, Any] = {
    "name": "small",
    "path": "small.csv",
    "schema": {
        "fields": [
            {"name": "key", "type": "string", "constraints": {"required": True}},
            {"name": "kind", "type": "string", "constraints": {"enum": ["old", "new"]}},
            {
                "name": "said",
                "type": "string",
                "constraints": {"pattern": schema.ISO_DATE},
            },
            {"name": "people", "type": "integer", "constraints": {"minimum": 1}},
            {"name": "share", "type": "number", "constraints": {"maximum": 100}},
            {"name": "short", "type": "string", "constraints": {"unique": True}},
            {"name": "code", "type": "string", "constraints": {"pattern": "E\\d{3}"}},
            {"name": "source", "type": "string"},
        ],
        "primaryKey": ["key"],
        "foreignKeys": [
            {"fields": ["source"], "reference": {"resource": "sources", "fields": ["source"]}}
        ],
    },
}
HEADER = [field["name"] for field in SMALL["schema"]["fields"]]
ROWS = [
    ["a", "old", "2016", "5", "1.5", "x", "E001", "bbc"],
    ["b", "new", "2016-10", "", "100", "", "E002", ""],
    ["c", "", "2016-10-21", "7", "", "y", "", "bbc"],
]


def _text(lines: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _small(folder: Path, content: bytes) -> pd.DataFrame:
    (folder / "small.csv").write_bytes(content)
    table = schema.read_table(folder, SMALL)
    known = {"small": table, "sources": pd.DataFrame({"source": ["bbc"]})}
    schema.check_foreign_keys(folder, SMALL, known)
    return table


def _refused(folder: Path, content: bytes, row: int, words: str) -> None:
    with pytest.raises(stp_data.DataError) as caught:
        _small(folder, content)
    line = str(caught.value)
    assert "\n" not in line
    assert f"small.csv, row {row}:" in line, line
    assert words in line, line


def test_a_sound_table_is_read_with_its_types(tmp_path: Path) -> None:
    table = _small(tmp_path, _text([HEADER, *ROWS]).encode())
    assert list(table["key"]) == ["a", "b", "c"]
    assert table["people"].isna().tolist() == [False, True, False]
    assert table["share"][1] == 100.0


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("key", "", "key is empty"),
        ("key", "a", "repeats the key"),
        ("kind", "no such thing", "not an allowed value ('no such thing')"),
        ("said", "October 2016", "said is malformed"),
        ("said", "2016-13", "said is on no calendar ('2016-13')"),
        ("said", "2016-02-31", "said is on no calendar"),
        ("said", "0000", "said is on no calendar"),
        ("people", "many", "people is not a integer ('many')"),
        ("people", "1,5", "people is not a integer"),
        ("people", "2.5", "people is not a integer"),
        ("people", "0", "people is below 1"),
        ("share", "1,5", "share is not a number ('1,5')"),
        ("share", "inf", "share is not a number"),
        ("share", "nan", "share is not a number"),
        ("share", "100.1", "share is above 100"),
        ("short", "x", "short is not unique"),
        ("code", "E1", "code is malformed"),
        ("source", "nowhere", "source is not in sources ('nowhere')"),
    ],
)
def test_a_cell_that_breaks_a_rule(tmp_path: Path, column: str, value: str, words: str) -> None:
    lines = [HEADER, *(list(row) for row in ROWS)]
    lines[3][HEADER.index(column)] = value
    _refused(tmp_path, _text(lines).encode(), 4, words)


WHOLE_TABLE = _text([HEADER, *ROWS])


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (b"", 1, "is empty or cut off"),
        (WHOLE_TABLE[:-9].encode(), 4, "cut off"),
        (WHOLE_TABLE.replace("key", "xkey", 1).encode(), 1, "columns do not match"),
        (WHOLE_TABLE.replace(",E002,", ",", 1).encode(), 3, "too few or too many"),
        (WHOLE_TABLE.replace(",E002,", ",E002,more,", 1).encode(), 3, "too few or too many"),
        # One field too many in every row but the header, as some spreadsheets write it.
        (_text([HEADER, *([*row, ""] for row in ROWS)]).encode(), 2, "too few or too many"),
        (WHOLE_TABLE.replace(",new,", ',"n\new",', 1).encode(), 3, "too few or too many"),
        (WHOLE_TABLE.replace("b,new", "é,new").encode("latin-1"), 3, "is not UTF-8"),
        (WHOLE_TABLE.encode("utf-16"), 1, "is not UTF-8"),
        (b"\xef\xbb\xbf" + WHOLE_TABLE.encode(), 1, "byte-order mark"),
        (WHOLE_TABLE.replace("b,new", '"b"b,new').encode(), 3, "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_such_table(tmp_path: Path, content: bytes, row: int, words: str) -> None:
    _refused(tmp_path, content, row, words)


def test_a_table_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(stp_data.DataError, match=r"small\.csv: is missing"):
        schema.read_table(tmp_path, SMALL)


def test_the_package_asks_for_nothing_that_is_not_checked() -> None:
    fields = [f for r in RESOURCES.values() for f in r["schema"]["fields"]]
    checked = {"required", "unique", "enum", "pattern", "minimum", "maximum"}
    assert {key for f in fields for key in f.get("constraints", {})} <= checked
    assert {f["type"] for f in fields} == {"string", "integer", "number"}


def test_every_column_of_dates_has_the_pattern_of_dates() -> None:
    dates = {
        field["name"]
        for resource in RESOURCES.values()
        for field in resource["schema"]["fields"]
        if field.get("constraints", {}).get("pattern") == schema.ISO_DATE
    }
    assert dates == {"as_of", "published", "from", "to", "date", "since", "until"}


# --- rules of the real data --------------------------------------------------------------------


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


def test_the_undamaged_copy_loads(copy) -> None:
    atlas = stp_data.load.__wrapped__()
    assert len(atlas.footprints) == 44
    assert atlas.package["name"] == "stp-atlas"


def _set(copy, fact: str, column: str, value: str) -> int:
    """Change a cell of the stated figure of that key; the row it is in."""
    path, changed = copy.tables / "stated.csv", []

    def edit(lines: list[list[str]]) -> None:
        (place,) = [n for n, line in enumerate(lines) if line[-1].split()[0] == fact]
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


@pytest.mark.parametrize("facts", ["F0006", "F0006 F0007", ""])
def test_a_stated_figure_that_has_no_key_of_its_own(copy, facts: str) -> None:
    # F0007 is a figure of the same measure as F0006.
    row = _set(copy, "F0007", "facts", facts)
    assert "fact" in _refusal(copy.tables / "stated.csv", row)


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
    row = _prefer(copy, lambda r: r["facts"].split()[0] == "F0116", also=False)
    assert "official" in _refusal(copy.tables / "stated.csv", row)


@pytest.mark.parametrize(
    ("column", "value"), [("plan_name", "No Such Plan"), ("published", "1999")]
)
def test_a_plan_that_rests_on_nothing(copy, column: str, value: str) -> None:
    path = copy.tables / "plans.csv"
    row = _put(path, column, value)
    _refusal(path, row)


def test_a_dated_page_that_is_judged_to_be_later(copy) -> None:
    path, changed = copy.tables / "priorities.csv", []

    def edit(lines: list[list[str]]) -> None:
        dated = next(n for n, line in enumerate(lines) if n and line[lines[0].index("as_of")])
        lines[dated][lines[0].index("later")] = "yes"
        changed.append(dated + 1)

    _change(path, edit)
    assert "is dated" in _refusal(path, changed[0])


def test_a_second_source_of_a_lead_to_nowhere(copy) -> None:
    path = copy.tables / "leads.csv"
    row = _put(path, "also", "nowhere")
    assert "nowhere" in _refusal(path, row)


# --- descriptions ------------------------------------------------------------------------------


def test_a_derived_table_edited_by_hand(copy) -> None:
    """Two rows change places, which no rule but the checksum can notice."""
    path = copy.tables / "measured.csv"

    def swap(lines: list[list[str]]) -> None:
        lines[3], lines[4] = lines[4], lines[3]

    _change(path, swap)
    assert "is not what the build wrote" in _refusal(path)


def test_a_description_without_one_table(copy) -> None:
    path = copy.file("datapackage.json")
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "short_names"]
    path.write_text(json.dumps(package), "utf-8")
    _refusal(path)
