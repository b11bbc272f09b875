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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    header, *rows = _read_rows(path)
    fields = resource["schema"]["fields"]
    expected = [field["name"] for field in fields]
    if header != expected:
        wrong = sorted(set(header) ^ set(expected)) or "in another order"
        raise DataError(path, f"columns do not match datapackage.json: {wrong}", 1)
    columns = zip(*rows, strict=True) if rows else [()] * len(fields)
    texts: dict[str, tuple[str, ...]] = dict(zip(expected, columns, strict=True))
    table = {field["name"]: _column(path, texts[field["name"]], field) for field in fields}
    key = resource["schema"]["primaryKey"]
    _refuse(
        path,
        _repeated(zip(*(texts[name] for name in key), strict=True)),
        f"repeats the key {', '.join(key)} of an earlier row",
    )
    return pd.DataFrame(table)


def check_foreign_keys(
    folder: Path, resource: Resource, tables: Mapping[str, pd.DataFrame]
) -> None:
    """Every filled foreign key of the table points at a row that exists, or DataError."""
    table = tables[resource["name"]]
    for link in resource["schema"]["foreignKeys"]:
        field, target = link["fields"][0], link["reference"]
        known = {"", *tables[target["resource"]][target["fields"][0]]}
        values = list(table[field])
        lost = (value not in known for value in values)
        _refuse(folder / resource["path"], lost, f"{field} is not in {target['resource']}", values)


def _read_rows(path: Path) -> list[list[str]]:
    """The lines of a CSV, the header first; cells hold no line breaks, so row n is line n."""
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
            if reader.line_num != len(rows) or len(row_read) != len(rows[0]):
                raise DataError(path, "has too few or too many fields", len(rows))
    except csv.Error:
        raise DataError(path, "cannot be read as CSV", reader.line_num) from None
    return rows


def _column(
    path: Path, texts: Sequence[str], field: Mapping[str, Any]
) -> Sequence[str] | pd.Series:
    """The values of a column with their type, once each rule of its field holds."""
    name, kind, limits = field["name"], field["type"], field.get("constraints", {})

    def refuse(bad: Callable[[str], bool], problem: str, *, filled: bool = True) -> None:
        found = (bad(text) and (bool(text) or not filled) for text in texts)
        _refuse(path, found, f"{name} {problem}", texts if filled else None)

    if limits.get("required"):
        refuse(lambda text: not text, "is empty", filled=False)
    if limits.get("unique"):
        repeated = (
            bool(text) and again for text, again in zip(texts, _repeated(texts), strict=True)
        )
        _refuse(path, repeated, f"{name} is not unique", texts)
    if "enum" in limits:
        allowed = set(limits["enum"])
        refuse(lambda text: text not in allowed, "is not an allowed value")
    if "pattern" in limits:
        match = _pattern(limits["pattern"]).fullmatch
        refuse(lambda text: match(text) is None, "is malformed")
        if limits["pattern"] == ISO_DATE:
            refuse(lambda text: not _on_calendar(text), "is on no calendar")
    if kind == "string":
        return texts
    numbers = [_number(text) for text in texts]

    def refuse_number(bad: Callable[[float], bool], problem: str) -> None:
        found = (number is not None and bad(number) for number in numbers)
        _refuse(path, found, f"{name} {problem}", texts)

    unread = (number is None and bool(text) for number, text in zip(numbers, texts, strict=True))
    _refuse(path, unread, f"{name} is not a {kind}", texts)
    if kind == "integer":
        refuse_number(lambda number: number % 1 != 0, "is not a integer")
    if (least := limits.get("minimum")) is not None:
        refuse_number(lambda number: number < least, f"is below {least}")
    if (most := limits.get("maximum")) is not None:
        refuse_number(lambda number: number > most, f"is above {most}")
    whole = kind == "integer" and None not in numbers
    return pd.Series(numbers, dtype=int if whole else float)


def _number(text: str) -> float | None:
    """The number that a text is, if it is a finite one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _repeated(values: Iterable[object]) -> Iterator[bool]:
    """Whether each value stood before."""
    seen = set()
    for value in values:
        yield value in seen
        seen.add(value)


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


def _refuse(
    path: Path, bad: Iterable[bool], problem: str, values: Sequence[str] | None = None
) -> None:
    """DataError for the first row that is bad, with the value found there."""
    first = next((row for row, wrong in enumerate(bad) if wrong), None)
    if first is not None:
        found = "" if values is None else f" ({str(values[first])[:60]!r})"
        raise DataError(path, f"{problem}{found}", first + 2)
