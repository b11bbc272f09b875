"""The files behind the Priorities page: the matrix as CSV and the list of all documents."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from plain_http import ask
from raw import rows


@pytest.mark.parametrize("evidence", ["any", "official"])
def test_the_matrix_counts_the_sources_of_every_cell(server: str, evidence: str):
    note, _, table = ask(server, f"/download/matrix.csv?evidence={evidence}").text.partition("\n")
    assert note.startswith("# ")
    assert re.search(r"data of \d+ \w+ \d{4}", note)
    found = {row["code"]: row for row in csv.DictReader(io.StringIO(table))}
    assert len(found) == 44
    sources = {row["source"]: row for row in rows("sources")}
    wanted: dict[tuple[str, str], list[bool]] = {}
    for row in rows("priorities"):
        source = sources[row["source"]]
        if (row["as_of"] or source["date"]) < "2018":
            official = source["publisher_type"] in ("nhs", "council", "government")
            wanted.setdefault((row["code"], row["theme"]), []).append(official)
    for code, row in found.items():
        for theme in (row["theme"] for row in rows("themes")):
            proofs = wanted.get((code, theme), [])
            counts = any(proofs) if evidence == "official" else bool(proofs)
            assert row[theme] == (str(len(proofs)) if counts else "")


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


@pytest.mark.parametrize("query", ["evidence=some", "years=1066", "theme=stroke"])
def test_a_question_that_the_matrix_cannot_answer_is_refused(server: str, query: str):
    assert ask(server, f"/download/matrix.csv?{query}").status == 400
