"""CSV that a spreadsheet never takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

RULE = (
    "Text that begins with =, +, -, @, a tab or a carriage return has an apostrophe before it, so "
    "that no spreadsheet runs it as a formula. Numbers and single signs stay as they are."
)
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?|[-+=@]")


def guarded(cell: object) -> object:
    """The cell, with an apostrophe before it when it is text that could run."""
    if isinstance(cell, str) and cell.startswith(_STARTS) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell


def guarded_file(text: str, schema: Mapping[str, Any]) -> str:
    """A table as it is on disk, byte for byte unless a cell of text could run."""
    numeric = [field["type"] in ("number", "integer") for field in schema["fields"]]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    safe = [
        [cell if number else guarded(cell) for cell, number in zip(row, numeric, strict=True)]
        for row in rows
    ]
    return text if safe == rows else _text(safe)


def written(head: Iterable[str], rows: Iterable[Iterable[object]], note: str = "") -> str:
    """A new file of a head and rows; ``note`` comes first, on a line that starts with "# "."""
    body = [[guarded(cell) for cell in row] for row in rows]
    return (f"# {note}\n" if note else "") + _text([list(head), *body])


def _text(rows: Iterable[Iterable[object]]) -> str:
    listed = [list(row) for row in rows]
    # The writer leaves a carriage return bare, and readers take it for the end of a row.
    returns = any("\r" in cell for row in listed for cell in row if isinstance(cell, str))
    out = io.StringIO()
    csv.writer(
        out, lineterminator="\n", quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    ).writerows(listed)
    return out.getvalue()
