"""The files behind the Priorities page: the matrix as CSV and the list of all documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest
from each import each
from plain_http import ask
from raw import COUNCILS_AND_NHS, SOURCES, rows

WAYS = {
    "set-out": {"priority", "workstream", "programme"},
    "intended": {"priority", "workstream", "programme", "aim", "proposal"},
    "any": {"priority", "workstream", "programme", "aim", "proposal", "mention"},
}


@each("evidence", ["any", "official", "two"])
@each("firm", WAYS)
def test_the_matrix_counts_the_sources_of_every_cell(server: str, evidence: str, firm: str):
    query = f"evidence={evidence}&firm={firm}"
    note, _, table = ask(server, f"/download/matrix.csv?{query}").text.partition("\n")
    assert note.startswith("# ")
    assert re.search(r"data of \d+ \w+ \d{4}", note)
    found = {row["code"]: row for row in csv.DictReader(io.StringIO(table))}
    assert len(found) == 44
    wanted: Counter[tuple[str, str]] = Counter()
    for row in rows("priorities"):
        source = SOURCES[row["source"]]
        is_later = row["later"] == "yes" or (row["as_of"] or source["date"]) >= "2018"
        official = source["publisher_type"] in COUNCILS_AND_NHS
        if row["how"] in WAYS[firm] and not is_later and (evidence != "official" or official):
            wanted[row["code"], row["theme"]] += 1
    for code, row in found.items():
        for theme in (row["theme"] for row in rows("themes")):
            number = wanted[code, theme]
            enough = number >= (2 if evidence == "two" else 1)
            assert row[theme] == (str(number) if enough else "")


@each("rule", ["", "&firm=set-out", "&firm=any&years=all", "&evidence=two", "&evidence=official"])
def test_the_headline_of_the_list_can_be_worked_out_from_its_rows(server: str, rule: str):
    answer = ask(server, f"/download/shared.csv?theme=prevention,mental_health{rule}")
    note, _, table = answer.text.partition("\n")
    themes: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(table)):
        assert row["counts"] in ("yes", "no", "")
        assert row["official"] in ("yes", "no", "")
        assert row["later"] in ("yes", "")
        assert row["named"] in ("yes", "not found")
        if row["counts"] == "yes":
            assert row["named"] == "yes"
            themes.setdefault(row["code"], set()).add(row["theme"])
    number = sum(len(named) == 2 for named in themes.values())
    assert number > 0
    assert note.startswith(f"# At least {number} of 44 plans ")


def test_every_document_has_its_place_in_the_list(server: str):
    answer = ask(server, "/assets/documents.json?v=1")
    assert "immutable" in answer.headers["cache-control"]
    listed = json.loads(answer.text)
    sources = rows("sources")
    assert [title for title, *_ in listed] == [row["title"] for row in sources]
    assert [url for _, _, url, *_ in listed] == [row["url"] for row in sources]
    assert [key for *_, key in listed] == [row["source"] for row in sources]
    for (_, published, _, official, _), row in zip(listed, sources, strict=True):
        assert published.startswith(row["publisher"])
        assert official == int(row["publisher_type"] in ("nhs", "council", "government"))


@pytest.mark.parametrize("query", ["evidence=some", "years=1066", "firm=set_out", "theme=stroke"])
def test_a_question_that_the_matrix_cannot_answer_is_refused(server: str, query: str):
    assert ask(server, f"/download/matrix.csv?{query}").status == 400
