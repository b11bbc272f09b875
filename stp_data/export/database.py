"""All tables as one SQLite database, with keys, views for the headlines, and full-text search."""

from __future__ import annotations

import json
import math
import sqlite3
from functools import cache
from typing import Any

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.export import wide

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
VIEWS = {
    "themes_by_footprints": """
        SELECT theme, COUNT(DISTINCT code) AS footprints_at_least
        FROM priorities JOIN sources USING (source)
        WHERE how <> 'mention' AND later = ''
          AND CASE WHEN as_of <> '' THEN as_of ELSE date END < '2018'
        GROUP BY theme ORDER BY footprints_at_least DESC, theme""",
    "gap_totals_by_scope": """
        SELECT scope, COUNT(*) AS footprints, SUM(value) AS gbp_million
        FROM stated WHERE measure = 'finance_gap_2020_21' AND preferred = 'yes'
        GROUP BY scope ORDER BY scope""",
    "organisations_in_several_footprints": """
        SELECT org, COUNT(DISTINCT code) AS footprints FROM memberships
        GROUP BY org HAVING footprints > 1 ORDER BY footprints DESC, org""",
    "events_by_year": """
        SELECT substr(date, 1, 4) AS year, COUNT(*) AS rows FROM events
        WHERE date <> '' GROUP BY year ORDER BY year""",
}
"""Views of the database: name -> what they select."""


@cache
def database(atlas: Atlas) -> bytes:
    """The file; the first time takes about a second. The same data makes the same bytes."""
    connection = sqlite3.connect(":memory:")
    with connection:
        connection.execute("PRAGMA page_size = 4096")
        resources = _in_order(atlas.package["resources"])
        keys = {
            (one["name"], one["schema"]["primaryKey"][0])
            for one in resources
            if len(one["schema"]["primaryKey"]) == 1
        }
        for resource in resources:
            connection.execute(_create(resource, keys))
            _insert(connection, resource["name"], _rows(atlas, resource))
        _create_wide(connection, atlas)
        for name, select in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {select}")
        connection.execute(
            "CREATE VIRTUAL TABLE sources_text USING fts5(source UNINDEXED, title, publisher)"
        )
        connection.execute(
            "INSERT INTO sources_text SELECT source, title, publisher FROM sources ORDER BY source"
        )
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        connection.executemany("INSERT INTO about VALUES (?, ?)", about(atlas).items())
    try:
        return connection.serialize()
    finally:
        connection.close()


def about(atlas: Atlas) -> dict[str, str]:
    """Title, version, date, licence and attribution, as every file names them."""
    package = atlas.package
    licence = package["licenses"][0]
    return {
        "title": package["title"],
        "version": package["version"],
        "data_of": package["created"][:10],
        "licence": licence["title"],
        "licence_url": licence["path"],
        "attribution": "; ".join(source["title"] for source in package["sources"]),
        "note": wording.WHAT_THIS_IS,
    }


def metadata(atlas: Atlas) -> str:
    """What Datasette shows beside the database: titles, descriptions and licence, as JSON."""
    package, facts = atlas.package, about(atlas)
    tables = {
        resource["name"]: {
            "title": resource["title"],
            "columns": {
                field["name"]: field["description"] for field in resource["schema"]["fields"]
            },
        }
        for resource in package["resources"]
    }
    content = {
        "title": package["title"],
        "description": f"{package['description']} {wording.WHAT_THIS_IS}",
        "license": facts["licence"],
        "license_url": facts["licence_url"],
        "source": facts["attribution"],
        "databases": {"stp-atlas": {"tables": tables}},
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _in_order(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each table after those that its foreign keys name."""
    placed: dict[str, dict[str, Any]] = {}

    def place(resource: dict[str, Any]) -> None:
        for link in resource["schema"]["foreignKeys"]:
            target = link["reference"]["resource"]
            if target not in placed and target != resource["name"]:
                place(next(one for one in resources if one["name"] == target))
        placed.setdefault(resource["name"], resource)

    for resource in resources:
        place(resource)
    return list(placed.values())


def _create(resource: dict[str, Any], keys: set[tuple[str, str]]) -> str:
    """The table; ``keys`` are the columns that a foreign key may name: (table, column)."""
    schema = resource["schema"]
    lines = [f'"{field["name"]}" {_TYPES[field["type"]]}' for field in schema["fields"]]
    lines.append(f"PRIMARY KEY ({', '.join(_quoted(schema['primaryKey']))})")
    for link in schema["foreignKeys"]:
        # An empty text stands for "none", which no key may: such columns are not constrained.
        field = next(one for one in schema["fields"] if one["name"] == link["fields"][0])
        target = link["reference"]
        is_key = (target["resource"], target["fields"][0]) in keys
        if is_key and field.get("constraints", {}).get("required"):
            lines.append(
                f'FOREIGN KEY ("{field["name"]}") REFERENCES "{target["resource"]}" '
                f'("{target["fields"][0]}")'
            )
    return f'CREATE TABLE "{resource["name"]}" (\n  {f",{chr(10)}  ".join(lines)}\n)'


def _quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def _rows(atlas: Atlas, resource: dict[str, Any]) -> list[tuple[object, ...]]:
    names = [field["name"] for field in resource["schema"]["fields"]]
    return [
        tuple(_cell(row[name]) for name in names)
        for row in records(getattr(atlas, resource["name"]))
    ]


def _cell(value: Any) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _create_wide(connection: sqlite3.Connection, atlas: Atlas) -> None:
    names = ", ".join(_quoted(list(wide.columns(atlas))))
    connection.execute(f"CREATE TABLE footprints_wide ({names})")
    rows = [tuple(None if cell == "" else cell for cell in row) for row in wide.rows(atlas)]
    _insert(connection, "footprints_wide", rows)


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
