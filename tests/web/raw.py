"""The tables as the csv module reads them: what answers are held against."""

from __future__ import annotations

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "stp_data" / "tables"
PACKAGE = json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FOOTPRINTS = {row["code"]: row for row in rows("footprints")}
CODES = list(FOOTPRINTS)
SOURCES = {row["source"]: row for row in rows("sources")}
COUNCILS_AND_NHS = ("nhs", "council", "government")
