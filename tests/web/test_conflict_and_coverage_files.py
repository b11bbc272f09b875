"""The CSVs of the Evidence page, against the raw tables."""

from __future__ import annotations

import csv
import io

import pytest
from plain_http import ask
from raw import FOOTPRINTS, SOURCES, rows


def read(server: str, name: str) -> tuple[str, list[dict[str, str]]]:
    """The note and the rows."""
    answer = ask(server, f"/download/{name}.csv")
    assert answer.status == 200
    assert answer.media_type == "text/csv"
    assert f'filename="stp-atlas-{name}.csv"' in answer.headers["content-disposition"]
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def test_conflicts_have_each_rival_with_source_and_rule(server: str):
    note, found = read(server, "conflicts")
    assert f"differ on {len({row['conflict'] for row in found})} facts" in note
    for row in found:
        source = SOURCES[row["source"]]
        assert (row["source_title"], row["url"]) == (source["title"], source["url"])
        assert row["rule"]
    stated = [
        row
        for row in rows("stated")
        if (row["code"], row["measure"]) == ("E54000019", "finance_gap_2020_21")
    ]
    here = [r for r in found if r["conflict"] == "stated:E54000019:finance_gap_2020_21"]
    assert sorted(r["source"] for r in here) == sorted(r["source"] for r in stated)
    assert [r["stated"] for r in here if r["preferred"] == "yes"] == ["£230m"]


def test_coverage_has_44_footprints_and_never_a_zero_for_what_was_not_found(server: str):
    _, found = read(server, "coverage")
    assert {row["code"] for row in found} == set(FOOTPRINTS)
    ratings = {row["code"] for row in rows("ratings")}
    read_for = [row["code"] for row in rows("readings")]
    for row in found:
        assert row["documents_read"] == str(read_for.count(row["code"]))
        if row["found"] != "found":
            assert row["found"] == f"not found in {row['documents_read']} sources read"
            assert (row["rows"], row["sources"], row["official_sources"]) == ("", "", "")
        if row["field"] == "2017 rating":
            assert (row["found"] == "found") == (row["code"] in ratings)


@pytest.mark.parametrize("name", ["conflicts", "coverage"])
def test_filters_are_refused(server: str, name: str):
    answer = ask(server, f"/download/{name}.csv?area=dorset")
    assert answer.status == 400
    assert "no parameters" in answer.text
