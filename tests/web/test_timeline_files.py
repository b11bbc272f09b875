"""The CSV of events and the charts of the Timeline page, against the raw tables."""

from __future__ import annotations

import csv
import io

from each import each
from plain_http import Answer, ask
from raw import FOOTPRINTS, SOURCES, rows

ADDRESS = "/download/timeline.csv"


def read(answer: Answer) -> tuple[str, list[dict[str, str]]]:
    """The note and the rows."""
    assert answer.status == 200
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def test_file_without_filters_has_every_report_with_its_sources(server: str):
    answer = ask(server, ADDRESS)
    assert answer.media_type == "text/csv"
    assert 'filename="stp-atlas-timeline.csv"' in answer.headers["content-disposition"]
    note, found = read(answer)
    assert "national events and" in note
    keys = ("code", "date", "precision", "kind", "summary", "happening", "confidence", "note")
    assert sorted((*(row[key] for key in keys), row["addresses"]) for row in found) == sorted(
        (*(row[key] for key in keys), " ".join(filter(None, map(address, cited(row)))))
        for row in rows("events")
    )


def cited(row: dict[str, str]) -> list[str]:
    return [row["source"], *row["also"].split()]


def address(source: str) -> str:
    return SOURCES[source]["url"]


@each(
    ("query", "keep"),
    [
        ("who=national", lambda row: row["code"] == "ENG"),
        ("who=local&area=dorset", lambda row: row["code"] == "E54000041"),
        ("area=dorset", lambda row: row["code"] in ("E54000041", "ENG")),
        ("who=local&kind=decision", lambda row: row["code"] != "ENG" and row["kind"] == "decision"),
    ],
)
def test_filters_are_those_of_the_page(server: str, query: str, keep):
    _, found = read(ask(server, f"{ADDRESS}?{query}"))
    expected = [(row["code"], row["summary"]) for row in rows("events") if keep(row)]
    assert sorted((row["code"], row["summary"]) for row in found) == sorted(expected)
    names = {"England", *(place["name"] for place in FOOTPRINTS.values())}
    assert {row["where"] for row in found} <= names


def test_years_leave_out_undated_events(server: str):
    _, found = read(ask(server, f"{ADDRESS}?from=2017&to=2017"))
    assert {row["date"][:4] for row in found if not row["happening"]} == {"2017"}


@each(
    ("query", "hint"),
    [
        ("kind=nonsense", "integrated-care"),
        ("area=nonsense", "E54000005"),
        ("who=nonsense", "both, national, local"),
        ("from=1066", "2014"),
        ("to=x", "2022"),
        ("from=2019&to=2017", "not after"),
        ("year=2017", "area, kind, who, from and to"),
        ("kind=law&kind=plan", "once"),
        ("area=" + "x" * 5000, "2,000"),
    ],
)
def test_bad_parameters_get_a_sentence(server: str, query: str, hint: str):
    answer = ask(server, f"{ADDRESS}?{query}")
    assert answer.status == 400
    assert hint in answer.text
    assert "nonsense" not in answer.text


@each("name", ["national-events", "publications", "became"])
def test_charts_drawn_by_plotly_are_no_files(server: str, name: str):
    assert ask(server, f"/chart/{name}.svg").status == 404
