"""Which plans name which themes, straight from the tables without the product's code."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path

TABLES = Path(__file__).resolve().parents[1] / "stp_data" / "tables"
Row = dict[str, str]


@cache
def rows(table: str) -> list[Row]:
    """A table as the csv module reads it."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


OFFICIAL = {"nhs", "council", "government"}
FIRMEST = ["priority", "workstream", "programme", "aim", "proposal", "mention"]
FIRM = {"set-out": FIRMEST[:3], "intended": FIRMEST[:5], "any": FIRMEST}
SOURCES = {row["source"]: row for row in rows("sources")}
LABELS = {row["theme"]: row["label"] for row in rows("themes")}
PLACES = {row["code"]: row for row in rows("footprints")}
NUMBER = {code: number for number, code in enumerate(PLACES, start=1)}
RULES = [
    dict(zip(("evidence", "firm", "years"), words, strict=True))
    for words in product(("any", "official", "two"), FIRM, ("plans", "all"))
]
"""Every choice of what counts, as addresses say it."""


def is_official(row: Row) -> bool:
    """Whether the source of a row is official."""
    return SOURCES[row["source"]]["publisher_type"] in OFFICIAL


def counting(
    table: Iterable[Row] | None = None,
    *,
    evidence: str = "any",
    firm: str = "intended",
    years: str = "plans",
) -> list[Row]:
    """Rows of the kind asked for, of the table of priorities or of another like it."""
    return [
        row
        for row in (rows("priorities") if table is None else table)
        if row["how"] in FIRM[firm]
        and (years == "all" or not is_later(row))
        and (evidence != "official" or is_official(row))
    ]


def is_later(row: Row) -> bool:
    """Whether a row describes a plan of 2018 or later."""
    return row["later"] == "yes" or (row["as_of"] or SOURCES[row["source"]]["date"]) >= "2018"


def cells(table: Iterable[Row] | None = None, **rules: str) -> dict[tuple[str, str], int]:
    """How many sources show each (code, theme) that counts as named."""
    number = Counter((row["code"], row["theme"]) for row in counting(table, **rules))
    needed = 2 if rules.get("evidence") == "two" else 1
    return {cell: sources for cell, sources in number.items() if sources >= needed}


def named(**rules: str) -> dict[str, set[str]]:
    """Codes that name each theme."""
    found = defaultdict(set)
    for code, theme in cells(**rules):
        found[theme].add(code)
    return found
