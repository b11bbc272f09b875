"""SQLite, Parquet and the wide table hold what the tables hold, and open with default options."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import stp_data
from stp_data.export import database, parquet, wide
from stp_data.money import gaps
from stp_data.money.gaps import GapFilter
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules

TABLES = Path(stp_data.__file__).parent / "tables"
RESOURCES = json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))["resources"]


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sqlite(atlas: stp_data.Atlas) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database.database(atlas))
    yield connection
    connection.close()


def test_the_database_has_every_row_with_its_type(sqlite: sqlite3.Connection):
    for resource in RESOURCES:
        name, fields = resource["name"], resource["schema"]["fields"]
        found = sqlite.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
        expected = rows(name)
        assert len(found) == len(expected)
        for got, row in zip(found, expected, strict=True):
            for value, field in zip(got, fields, strict=True):
                text = row[field["name"]]
                if field["type"] == "string":
                    assert value == text
                else:
                    assert value == (float(text) if text else None)


def test_the_database_is_sound(sqlite: sqlite3.Connection):
    assert sqlite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = sqlite.execute("PRAGMA foreign_key_list('priorities')").fetchall()
    assert {row[2] for row in keys} == {"footprints", "themes", "sources"}


def test_headlines_of_the_pages_follow_from_the_database_alone(
    sqlite: sqlite3.Connection, atlas: stp_data.Atlas
):
    themes = dict(sqlite.execute("SELECT * FROM themes_by_footprints").fetchall())
    assert themes == {key: n for key, n in themes_named.counts(atlas, Rules()).items() if n}
    totals = sqlite.execute("SELECT * FROM gap_totals_by_scope").fetchall()
    assert {scope: (n, round(amount, 1)) for scope, n, amount in totals} == {
        one.label: (one.footprints, one.low) for one in gaps.totals(atlas, GapFilter())
    }
    several = sqlite.execute("SELECT COUNT(*) FROM organisations_in_several_footprints").fetchone()
    seats: dict[str, set[str]] = {}
    for row in rows("memberships"):
        seats.setdefault(row["org"], set()).add(row["code"])
    assert several == (sum(len(codes) > 1 for codes in seats.values()),)


def test_sources_are_found_by_their_words(sqlite: sqlite3.Connection):
    found = sqlite.execute(
        "SELECT source FROM sources_text WHERE sources_text MATCH 'sustainability dorset'"
    ).fetchall()
    expected = {
        row["source"] for row in rows("sources")
        if {"sustainability", "dorset"} <= set(
            "".join(c if c.isalnum() else " " for c in f"{row['title']} {row['publisher']}".lower())
            .split()
        )
    }  # fmt: skip
    assert {source for (source,) in found} == expected != set()


def test_the_database_says_what_it_is(sqlite: sqlite3.Connection, atlas: stp_data.Atlas):
    about = dict(sqlite.execute("SELECT * FROM about").fetchall())
    assert about["version"] == atlas.package["version"]
    assert about["licence"] == "Open Government Licence v3.0"
    assert "Office for National Statistics" in about["attribution"]
    described = json.loads(database.metadata(atlas))["databases"]["stp-atlas"]["tables"]
    assert set(described) == {resource["name"] for resource in RESOURCES}


def test_parquet_opens_with_its_types(atlas: stp_data.Atlas):
    with zipfile.ZipFile(io.BytesIO(parquet.parquet(atlas))) as packed:
        for resource in RESOURCES:
            content = packed.read(f"stp-atlas/{resource['name']}.parquet")
            frame = pd.read_parquet(io.BytesIO(content))
            assert len(frame) == len(rows(resource["name"]))
            for field in resource["schema"]["fields"]:
                numeric = pd.api.types.is_numeric_dtype(frame[field["name"]])
                assert numeric == (field["type"] != "string"), field["name"]


def test_the_wide_table_has_each_figure_of_each_footprint(atlas: stp_data.Atlas):
    found = [dict(zip(wide.columns(atlas), row, strict=True)) for row in wide.rows(atlas)]
    assert [row["code"] for row in found] == sorted(row["code"] for row in rows("footprints"))
    by_code = {row["code"]: row for row in found}
    for row in rows("measured"):
        if row["code"] in by_code and row["measure"] in wide.columns(atlas):
            assert by_code[row["code"]][row["measure"]] == pytest.approx(float(row["value"]))
    stated = {
        row["code"]: row for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21" and row["preferred"] == "yes"
    }  # fmt: skip
    for code, row in by_code.items():
        expected = float(stated[code]["value"]) if code in stated else ""
        assert row["gap_gbp_million"] == expected
        assert row["gap_scope"] == (stated[code]["scope"] if code in stated else "")


@pytest.mark.parametrize("make", [database.database, parquet.parquet])
def test_the_same_data_makes_the_same_bytes(atlas: stp_data.Atlas, make):
    assert make.__wrapped__(atlas) == make.__wrapped__(atlas)
