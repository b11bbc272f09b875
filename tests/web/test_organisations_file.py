"""The CSV of the organisations on screen, against the raw tables."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

from each import each
from plain_http import Answer, ask
from raw import FOOTPRINTS, SOURCES, rows

ADDRESS = "/download/organisations-view.csv"
ORGANISATIONS = {row["org"]: row for row in rows("organisations")}


def read(answer: Answer) -> tuple[str, list[dict[str, str]]]:
    """The note and the rows."""
    assert answer.status == 200
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def expect_all_memberships(found: list[dict[str, str]], orgs: set[str]) -> None:
    columns = ("org", "name", "code", "footprint", "role", "as_of", "source_title", "url", "note")
    assert sorted(tuple(row[column] for column in columns) for row in found) == sorted(
        (
            r["org"], ORGANISATIONS[r["org"]]["name"], r["code"], FOOTPRINTS[r["code"]]["name"],
            r["role"], r["as_of"], SOURCES[r["source"]]["title"], SOURCES[r["source"]]["url"],
            r["note"],
        )
        for r in rows("memberships")
        if r["org"] in orgs
    )  # fmt: skip
    codes = {(row["org"], row["code"]) for row in found}
    for row in found:
        assert int(row["footprints"]) == sum(org == row["org"] for org, _ in codes)


def test_file_without_filters_has_every_membership(server: str):
    answer = ask(server, ADDRESS)
    assert answer.media_type == "text/csv"
    assert 'filename="stp-atlas-organisations.csv"' in answer.headers["content-disposition"]
    note, found = read(answer)
    expect_all_memberships(found, set(ORGANISATIONS))
    assert f"{len(ORGANISATIONS)} member organisations; " in note


def test_file_has_the_organisations_that_fit_with_all_their_footprints(server: str):
    _, found = read(ask(server, f"{ADDRESS}?type=nhs-trust&region=london"))
    fit = {
        r["org"]
        for r in rows("memberships")
        if ORGANISATIONS[r["org"]]["type"] == "NHS trust"
        and FOOTPRINTS[r["code"]]["nhs_region"] == "London"
    }
    expect_all_memberships(found, fit)
    _, found = read(ask(server, f"{ADDRESS}?area=dorset&type=ccg"))
    assert {row["org"] for row in found} == {"11J"}


def test_file_of_a_search_has_what_the_page_would_list_and_is_not_shared(server: str):
    for search, org in (("mersy care", "RW4"), ("RW4", "RW4"), ("guys & st thomas", "RJ1")):
        answer = ask(server, f"{ADDRESS}?q={quote(search)}")
        expect_all_memberships(read(answer)[1], {org})
        assert answer.headers["cache-control"].startswith("private")
    note, found = read(ask(server, f"{ADDRESS}?q=xyzzyq"))
    assert found == []
    assert "No member organisations matching the search" in note


def test_search_text_is_never_repeated(server: str):
    for search in ("=1+1", "trust\n=1+1", "<b>trust</b>"):
        text = ask(server, f"{ADDRESS}?q={quote(search)}").text
        for part in (quote(search), "=1+1", "<b>"):
            assert part not in text


@each(
    "search", ["", " ", "%", "\x00", "\r\n", "é", "𝒳", "../", "~" * 100, "nhs " * 25, "and", "'\""]
)
def test_odd_searches_get_a_file(server: str, search: str):
    assert ask(server, f"{ADDRESS}?q={quote(search)}").status == 200


@each(
    ("query", "hint"),
    [
        ("type=nonsense", "nhs-foundation-trust"),
        ("type=", "nhs-foundation-trust"),
        ("region=nonsense", "london"),
        ("area=nonsense", "E54000005"),
        ("area=dorset&region=london", "not in that region"),
        ("body=RW4", "q, type, region and area"),
        ("q=a&q=b", "once"),
        ("q=" + "x" * 101, "100 characters"),
        ("q=" + "x" * 5000, "2,000"),
    ],
)
def test_bad_filters_are_refused_with_a_hint(server: str, query: str, hint: str):
    answer = ask(server, f"{ADDRESS}?{query}")
    assert answer.status == 400
    assert hint in answer.text
    assert answer.media_type == "text/plain"
