"""All tables as one accessible workbook.

Made as the Government Analysis Function asks of spreadsheets: a cover sheet, contents and notes,
one table a sheet with its title above it, markers in place of empty cells, no merged cells, no
meaning in colour. A second run makes the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.export import markers

# A file of the same data is the same file, whenever it was made.
NO_DATE = datetime(1980, 1, 1)
WIDEST = 60
HEAD_ROW = 3
SOURCES = "sources"

NOTES = [
    *(("Markers", f"{mark} {meaning}") for mark, meaning in markers.MEANING.items()),
    (
        "Conflicts",
        "Sources that disagree are all listed. Where a rule chose one figure, the column "
        "preferred of the sheet stated says yes.",
    ),
    ("Codes", "Footprints have their ONS codes of April 2017, E54000005 to E54000048."),
    ("Figures", "Measured figures come from statistics, stated ones from documents."),
    ("Sources", "A key in a column source links to its row on the sheet sources."),
    ("Fact ids", "The column facts holds the ids of the rows that a line was curated from."),
]


class _Book:
    """A workbook being written."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        self.title = self._format(bold=True, font_size=15)
        self.plain = self._format()
        self.wrapped = self._format(text_wrap=True, valign="top")
        self.head = self._format(bold=True, text_wrap=True, valign="top", bottom=1)
        self.link = self._format(font_color="#0b3d91", underline=1, valign="top")
        keys = atlas.sources["source"]
        self.source_rows = {key: HEAD_ROW + 2 + number for number, key in enumerate(keys)}

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format({"font_name": "Arial", "font_size": 11, **properties})

    def lines(self, name: str, title: str, lines: Iterable[str]) -> None:
        """A sheet of one column of text."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 100, self.wrapped)
        sheet.write_string(0, 0, title, self.title)
        for row, line in enumerate(lines, start=1):
            if line.startswith("https://"):
                sheet.write_url(row, 0, line, self.link)
            else:
                sheet.write_string(row, 0, line, self.wrapped)
        sheet.hide_gridlines(2)

    def table(
        self, name: str, title: str, about: str, head: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> Worksheet:
        """A sheet of one table; cells are numbers or text."""
        sheet: Worksheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, about, self.plain)
        sheet.write_url(2, 0, "internal:'Contents'!A1", self.link, "Contents")
        last_row, last_column = HEAD_ROW + max(1, len(rows)), len(head) - 1
        for column, heading in enumerate(head):
            longest = max([len(heading) + 3, *(len(str(row[column])) for row in rows)])
            sheet.set_column(column, column, min(longest + 1, WIDEST))
        sheet.add_table(
            HEAD_ROW, 0, last_row, last_column,
            {
                "name": f"table_{name.lower()}",
                "style": "Table Style Light 1",
                "banded_rows": False,
                "columns": [{"header": heading, "header_format": self.head} for heading in head],
            },
        )  # fmt: skip
        for number, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, head[column], cell)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, heading: str, cell: Any) -> None:
        if not isinstance(cell, str):
            sheet.write_number(row, column, cell, self.wrapped)
        elif heading == "url" and cell.startswith(("https://", "http://")):
            sheet.write_url(row, column, cell, self.link)
        elif heading in ("source", "name_source") and cell in self.source_rows:
            target = f"internal:'{SOURCES}'!A{self.source_rows[cell]}"
            sheet.write_url(row, column, target, self.link, cell)
        else:
            # Text stays text: nothing is taken for a formula, a number or a link.
            sheet.write_string(row, column, cell, self.wrapped)

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.out.getvalue()


@cache
def workbook(atlas: Atlas) -> bytes:
    """The file; the first time takes about a second."""
    package, book = atlas.package, _Book(atlas)
    about = {"title": package["title"], "author": "STP Atlas", "comments": wording.WHAT_THIS_IS}
    book.book.set_properties({**about, "created": NO_DATE})
    resources, licence = package["resources"], package["licenses"][0]
    cover = (
        package["description"],
        wording.WHAT_THIS_IS,
        f"Version {package['version']}.",
        "Contents lists the sheets; each holds one table. Notes explains markers and rules, "
        "Fields every column.",
        f"Licence of the tables: {licence['title']}. Cite the source beside each figure.",
        licence["path"],
        "Derived from:",
        *(source["title"] for source in package["sources"]),
    )
    book.lines("Cover", package["title"], cover)
    fields = [
        (
            resource["name"], field["name"], field["type"], field["description"],
            "is never empty" if field.get("constraints", {}).get("required")
            else markers.empty(resource["name"], field["name"]),
        )
        for resource in resources
        for field in resource["schema"]["fields"]
    ]  # fmt: skip
    one_table = "This worksheet contains one table."
    sheets = [
        ("Notes", "Markers and rules", len(NOTES)),
        (
            "Fields",
            "Every column: its type, its meaning, and what an empty cell means",
            len(fields),
        ),
        *((r["name"], r["title"], len(getattr(atlas, r["name"]))) for r in resources),
    ]
    contents = book.table(
        "Contents", "Contents", f"{one_table} Names are links to the sheets.",
        ("sheet", "what it holds", "rows"), sheets,
    )  # fmt: skip
    for row, (name, *_) in enumerate(sheets, start=HEAD_ROW + 1):
        contents.write_url(row, 0, f"internal:'{name}'!A1", book.link, name)
    book.table("Notes", "Notes", one_table, ("about", "note"), NOTES)
    heads = ("table", "field", "type", "meaning", "in place of an empty cell")
    book.table("Fields", "Fields of all tables", one_table, heads, fields)
    for resource in resources:
        name, names = resource["name"], [field["name"] for field in resource["schema"]["fields"]]
        rows = [
            [markers.empty(name, one) if _is_empty(row[one]) else row[one] for one in names]
            for row in records(getattr(atlas, name))
        ]
        about_rows = (
            f"This worksheet contains one table of {len(rows):,} rows. [x] means not available, "
            "[z] not applicable: see Notes."
        )
        book.table(name, resource["title"], about_rows, names, rows)
    return book.bytes()


def _is_empty(cell: str | float) -> bool:
    return cell == "" if isinstance(cell, str) else math.isnan(cell)
