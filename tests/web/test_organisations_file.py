"""The CSV of the bodies on screen, against the raw tables."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from each import each
from plain_http import Answer, ask
from raw import FOOTPRINTS, SOURCES, rows

ADDRESS = "/download/organisations-view.csv"
BODIES = {row["org"]: row for row in rows("organisations")}


def read(answer: Answer) -> tuple[str, list[dict[str, str]]]:
    """The note and the rows."""
    assert answer.status == 200
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def memberships(orgs: set[str]) -> list[tuple[str, ...]]:
    return sorted(
        (
            r["org"], BODIES[r["org"]]["name"], r["code"], FOOTPRINTS[r["code"]]["name"], r["role"],
            r["as_of"], SOURCES[r["source"]]["title"], SOURCES[r["source"]]["url"], r["note"],
        )
        for r in rows("memberships")
        if r["org"] in orgs
    )  # fmt: skip


def of_file(found: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return sorted(
        (
            r["org"], r["name"], r["code"], r["footprint"], r["role"], r["as_of"],
            r["source_title"], r["url"], r["note"],
        )
        for r in found
    )  # fmt: skip


def test_file_without_filters_has_every_membership(server: str):
    answer = ask(server, ADDRESS)
    assert answer.media_type == "text/csv"
    assert 'filename="stp-atlas-organisations.csv"' in answer.headers["content-disposition"]
    note, found = read(answer)
    assert of_file(found) == memberships(set(BODIES))
    assert f"{len(BODIES)} bodies are listed as members" in note


def test_file_has_the_bodies_that_fit_with_all_their_footprints(server: str):
    _, found = read(ask(server, f"{ADDRESS}?type=nhs-trust&region=london"))
    fit = {
        r["org"]
        for r in rows("memberships")
        if BODIES[r["org"]]["type"] == "NHS trust"
        and FOOTPRINTS[r["code"]]["nhs_region"] == "London"
    }
    assert of_file(found) == memberships(fit)
    _, found = read(ask(server, f"{ADDRESS}?area=dorset&type=ccg"))
    assert {row["org"] for row in found} == {"11J"}


@pytest.mark.parametrize(
    ("search", "org"), [("mersy care", "RW4"), ("RW4", "RW4"), ("guys & st thomas", "RJ1")]
)
def test_file_of_a_search_has_what_the_page_would_list(server: str, search: str, org: str):
    answer = ask(server, f"{ADDRESS}?q={quote(search)}")
    _, found = read(answer)
    assert of_file(found) == memberships({org})
    assert answer.headers["cache-control"].startswith("private")


def test_search_without_an_answer_gets_the_head_alone_and_says_so(server: str):
    note, found = read(ask(server, f"{ADDRESS}?q=xyzzyq"))
    assert found == []
    assert "No body matches the search" in note


def test_what_was_searched_for_is_never_repeated(server: str):
    for search in ("=1+1", "trust\n=1+1", "<b>trust</b>"):
        assert quote(search) not in (text := ask(server, f"{ADDRESS}?q={quote(search)}").text)
        assert "=1+1" not in text
        assert "<b>" not in text


@each(
    "search", ["", " ", "%", "\x00", "\r\n", "é", "𝒳", "../", "~" * 100, "nhs " * 25, "and", "'\""]
)
def test_odd_searches_get_a_file(server: str, search: str):
    assert ask(server, f"{ADDRESS}?q={quote(search)}").status == 200


@each(
    ("query", "status", "hint"),
    [
        ("type=nonsense", 400, "nhs-foundation-trust"),
        ("type=", 400, "nhs-foundation-trust"),
        ("region=nonsense", 400, "london"),
        ("area=nonsense", 400, "E54000005"),
        ("area=dorset&region=london", 400, "not in that region"),
        ("body=RW4", 400, "q, type, region and area"),
        ("q=a&q=b", 400, "once"),
        ("q=" + "x" * 101, 400, "100 characters"),
        ("q=" + "x" * 5000, 400, "2,000"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_hint(
    server: str, query: str, status: int, hint: str
):
    answer = ask(server, f"{ADDRESS}?{query}")
    assert answer.status == status
    assert hint in answer.text
    assert answer.media_type == "text/plain"
