"""Reading one table against its description in datapackage.json.

This covers the part of Table Schema (Frictionless) that the package uses: types, required,
unique, enum, pattern, minimum, maximum, primary and foreign keys. ``frictionless`` itself checks
the whole package in the tests; it is too slow and too large to stand in front of every start.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from stp_data.core.errors import DataError

Resource = Mapping[str, Any]

ISO_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
"""Pattern of every column of dates: a year, a month or a day. A pattern knows no calendar."""


def read_package(path: Path, tables: set[str]) -> dict[str, Any]:
    """The data package's description; DataError when it is damaged or lacks one of ``tables``."""
    try:
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        resources = dict(_described(resource) for resource in package["resources"])
    except FileNotFoundError:
        raise DataError(path, "is missing; restore it with git checkout") from None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DataError(path, f"is damaged ({error}); restore it with git checkout") from None
    lost = sorted((tables | set().union(*resources.values())) - set(resources))
    if lost:
        raise DataError(
            path, f"does not describe the table {lost[0]}; restore it with git checkout"
        )
    return package


def _described(resource: Resource) -> tuple[str, set[str]]:
    """Name of a table and of those that it refers to, once all that is read of it is there."""
    schema = resource["schema"]
    needed = [resource["path"], resource["kind"], *schema["primaryKey"]]
    needed += [field[key] for field in schema["fields"] for key in ("name", "type")]
    targets = [link["reference"] for link in schema["foreignKeys"]]
    needed += [target["fields"][0] for target in targets]
    needed += [link["fields"][0] for link in schema["foreignKeys"]]
    if not all(isinstance(text, str) for text in needed):
        raise TypeError("a name is no text")
    return resource["name"], {target["resource"] for target in targets}


def read_table(folder: Path, resource: Resource) -> pd.DataFrame:
    """One table with its types; absent text is an empty string, an absent number NaN.

    Raises DataError naming the file and the row for anything that breaks the schema.
    """
    path = folder / resource["path"]
    raw = _read_text(path)
    fields = resource["schema"]["fields"]
    expected = [field["name"] for field in fields]
    if list(raw.columns) != expected:
        wrong = sorted(set(raw.columns) ^ set(expected)) or "in another order"
        raise DataError(path, f"columns do not match datapackage.json: {wrong}", 1)
    table = pd.DataFrame({field["name"]: _column(path, raw, field) for field in fields})
    key = resource["schema"]["primaryKey"]
    _refuse(path, raw.duplicated(key), f"repeats the key {', '.join(key)} of an earlier row")
    return table


def check_foreign_keys(
    folder: Path, resource: Resource, tables: Mapping[str, pd.DataFrame]
) -> None:
    """Every filled foreign key of the table points at a row that exists, or DataError."""
    table = tables[resource["name"]]
    for link in resource["schema"]["foreignKeys"]:
        field, target = link["fields"][0], link["reference"]
        known = set(tables[target["resource"]][target["fields"][0]])
        values = table[field]
        lost = ~values.isin(known) & (values != "")
        _refuse(
            folder / resource["path"],
            lost,
            f"{field} is not in {target['resource']}",
            values,
        )


def _read_text(path: Path) -> pd.DataFrame:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(path, "is missing; restore it with git checkout") from None
    if content.startswith(codecs.BOM_UTF8):
        raise DataError(path, "begins with a byte-order mark; save it as UTF-8 without one", 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise DataError(path, "is not UTF-8 text; save it as UTF-8", row) from None
    if not text.endswith("\n"):
        row = text.count("\n") + 1
        raise DataError(path, "is empty or cut off in mid-line; restore it with git checkout", row)
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[list[str]] = []
    try:
        for row_read in reader:
            rows.append(row_read)
            # Cells hold no line breaks, so that row n of the frame is line n + 2 of the file.
            if reader.line_num != len(rows) or len(row_read) != len(rows[0]):
                raise DataError(path, "has too few or too many fields", len(rows))
    except csv.Error:
        raise DataError(path, "cannot be read as CSV", reader.line_num) from None
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=str)


def _column(path: Path, raw: pd.DataFrame, field: Mapping[str, Any]) -> pd.Series:
    name, limits = field["name"], field.get("constraints", {})
    text: pd.Series = raw[name]
    filled = text != ""
    if limits.get("required"):
        _refuse(path, ~filled, f"{name} is empty")
    if limits.get("unique"):
        _refuse(path, text.duplicated() & filled, f"{name} is not unique", text)
    if "enum" in limits:
        _refuse(path, ~text.isin(limits["enum"]) & filled, f"{name} is not an allowed value", text)
    if "pattern" in limits:
        match = _pattern(limits["pattern"]).fullmatch
        bad = pd.Series([match(value) is None for value in text], index=text.index)
        _refuse(path, bad & filled, f"{name} is malformed", text)
        if limits["pattern"] == ISO_DATE:
            unreal = pd.Series([not _on_calendar(value) for value in text], index=text.index)
            _refuse(path, unreal & filled, f"{name} is on no calendar", text)
    if field["type"] == "string":
        return text
    numbers: pd.Series = pd.to_numeric(text.where(filled), errors="coerce")
    wrong = filled & (numbers.isna() | numbers.abs().eq(math.inf))
    if field["type"] == "integer":
        wrong |= filled & (numbers % 1 != 0)
    _refuse(path, wrong, f"{name} is not a {field['type']}", text)
    if "minimum" in limits:
        _refuse(path, numbers < limits["minimum"], f"{name} is below {limits['minimum']}", text)
    if "maximum" in limits:
        _refuse(path, numbers > limits["maximum"], f"{name} is above {limits['maximum']}", text)
    return numbers.astype(int) if field["type"] == "integer" and filled.all() else numbers


@cache
def _on_calendar(text: str) -> bool:
    """Whether there is such a year, month or day."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _refuse(path: Path, bad: pd.Series, problem: str, values: pd.Series | None = None) -> None:
    """DataError for the first row that is bad, with the value found there."""
    if bad.any():
        first = int(bad.to_numpy().argmax())
        found = "" if values is None else f" ({str(values.iloc[first])[:60]!r})"
        raise DataError(path, f"{problem}{found}", first + 2)
