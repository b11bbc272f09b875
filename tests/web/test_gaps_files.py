"""The CSV of stated gaps, against the raw tables."""

from __future__ import annotations

import csv
import io
import re

import pytest
from each import each
from plain_http import Answer, ask
from raw import FOOTPRINTS, SOURCES, rows

CSV = "/download/gaps.csv"
YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PEOPLE = {
    row["code"]: float(row["value"]) for row in rows("measured") if row["measure"] == "population"
}
SCOPES = {"nhs-care": "NHS and social care", "nhs": "NHS", "social-care": "social care"}


def read(answer: Answer) -> tuple[str, list[dict[str, str]]]:
    assert answer.status == 200
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


def test_the_file_has_every_yearly_gap_with_scope_and_source(server: str):
    answer = ask(server, CSV)
    assert answer.media_type == "text/csv"
    assert 'filename="stp-atlas-gaps.csv"' in answer.headers["content-disposition"]
    note, found = read(answer)
    assert "not to be added" in note
    by_key = {row["figure"]: row for row in found}
    assert set(by_key) == {key(row) for row in YEARLY}
    for row in YEARLY:
        shown, source = by_key[key(row)], SOURCES[row["source"]]
        assert float(shown["gap_gbp_million"]) == float(row["value"])
        assert shown["gap_to_gbp_million"] == (
            str(float(row["value_to"])) if row["value_to"] else ""
        )
        for column in ("qualifier", "scope", "preferred", "as_of", "confidence"):
            assert shown[column] == row[column]
        assert (shown["source_title"], shown["url"]) == (source["title"], source["url"])
        assert shown["footprint"] == FOOTPRINTS[row["code"]]["name"]
        per_head = float(row["value"]) * 1e6 / PEOPLE[row["code"]]
        assert float(shown["gbp_per_head"]) == pytest.approx(per_head, abs=0.01)


@each("scope", list(SCOPES))
def test_a_filter_keeps_one_scope_and_names_who_has_none(server: str, scope: str):
    _, found = read(ask(server, f"{CSV}?scope={scope}&region=london&sort=size&unit=head"))
    london = {c for c, place in FOOTPRINTS.items() if place["nhs_region"] == "London"}
    assert {row["code"] for row in found} == london
    assert {row["figure"] for row in found if row["figure"]} == {
        key(row) for row in YEARLY if row["scope"] == SCOPES[scope] and row["code"] in london
    }
    for row in found:
        if not row["figure"]:
            assert re.fullmatch(r"no figure found in \d+ sources read", row["note"])
            assert row["gap_gbp_million"] == ""


@each(
    ("query", "hint"),
    [
        ("scope=nonsense", "scope is one of"),
        ("scope=", "scope is one of"),
        ("sort=rank", "sort is one of"),
        ("unit=euro", "unit is one of"),
        ("scpoe=nhs", "takes scope, region, sort"),
        ("scope=nhs&scope=nhs-care", "once"),
        ("region=nonsense", "london"),
        ("scope=" + "x" * 3000, "2,000"),
    ],
)
def test_a_bad_query_is_refused_with_a_hint(server: str, query: str, hint: str):
    answer = ask(server, f"{CSV}?{query}")
    assert answer.status in (400, 404)
    assert hint in answer.text
    assert answer.media_type == "text/plain"


def test_an_unknown_chart_is_refused_with_a_list_of_charts(server: str):
    answer = ask(server, "/chart/gaps.svg")
    assert answer.status == 404
    listed = answer.text.partition("Charts: ")[2].rstrip(".\n").split(", ")
    assert "map" in listed
    assert "gaps" not in listed


def test_the_page_previews_with_its_finding(server: str):
    number = sum(row["preferred"] == "yes" for row in YEARLY)
    assert f"we use one for {number}" in ask(server, "/share/finance").text.replace("&#39;", "'")
    assert "NHS only: gaps range from" in ask(server, "/share/finance?scope=nhs").text
    assert ask(server, "/share/finance?scope=%3Cb%3E").status == 200
