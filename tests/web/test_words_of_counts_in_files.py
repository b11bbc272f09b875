"""Every text about themes that leaves over plain HTTP: counts of naming are lower bounds."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from asgi import call
from each import EXTREMES, each
from raw_themes import LABELS, RULES
from starlette.routing import Router
from words import faults

from web.routes import routes

APP = Router(routes=routes)
QUESTIONS = [
    *(f"theme={theme}" for theme in LABELS),
    "theme=stroke,cancer",
    "theme=stroke,cancer&match=any",
    "theme=stroke,cancer,dementia&region=london",
    "theme=stroke,cardiovascular,respiratory&firm=set-out&evidence=two",
]
NOT_OURS = {"note", "title", "source_title", "publisher", "summary", "name", "purpose"}
"""What a document is called, and what was noted about one document or sum."""


def get(path: str, query: str = "") -> str:
    answer = call(APP, path, query=query)
    assert answer.status == 200, (path, query, answer.text)
    return answer.text


def said_in_file(text: str) -> str:
    """The first line and the cells of a CSV that are our words."""
    note, _, table = text.partition("\n")
    cells = [
        cell
        for row in csv.DictReader(io.StringIO(table))
        for column, cell in row.items()
        if column not in NOT_OURS
    ]
    return "\n".join([note, *dict.fromkeys(cells)])


def said_in_json(content: Any) -> list[str]:
    """All texts of an answer that are our words."""
    if isinstance(content, dict):
        return [s for k, v in content.items() if k not in NOT_OURS for s in said_in_json(v)]
    if isinstance(content, list):
        return [s for item in content for s in said_in_json(item)]
    return [content] if isinstance(content, str) else []


@pytest.mark.parametrize(
    "text",
    [
        "23 of 44 plans name cancer, in the sources read",
        "7 of the 44 plans in London name both stroke and cancer",
        "Only Dorset; Devon name stroke.",
        "No plan names stroke.",
        "None of the 44 plans names it",
        "Named by 12 of 44",
        "<b>12</b> plans name it",
        "13 name both; 8 would by chance",
        "Prevention is the theme named in the most plans",
        "Devon names the most themes",
        "The rarest themes",
        "12 plans set out mental health as a priority",
    ],
)
def test_the_checker_finds_what_may_not_be_said(text: str):
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "At least 23 of 44 plans name cancer, in the documents read.",
        "named by at least 23 of 44",
        "All 44 plans name prevention",
        "We have not found a plan that names both. That doesn't mean there are none.",
        "The National Council for Palliative Care read all 44 plans and found 37 that mention it.",
        "for 21 of 44 footprints the plan itself was among the documents",
    ],
)
def test_the_checker_passes_what_may_be_said(text: str):
    assert faults(text, about_themes=True) == []


@each("query", QUESTIONS)
def test_files_answers_charts_and_previews_of_a_question_count_at_least(query: str):
    texts = [
        said_in_file(get("/download/shared.csv", query)),
        *said_in_json(json.loads(get("/api/v1/priorities", query))),
        get("/chart/shared.svg", query),
        get("/share/priorities", query),
    ]
    for text in texts:
        assert faults(text, about_themes=True) == []


@each("query", [urlencode(rules) for rules in RULES])
def test_files_and_charts_of_every_choice_count_at_least(query: str):
    texts = [
        said_in_file(get("/download/matrix.csv", query)),
        said_in_file(get("/download/shared.csv", f"theme=end_of_life&{query}")),
        get("/chart/matrix.svg", query),
        get("/share/priorities", f"theme=stroke,cancer&{query}"),
    ]
    for text in texts:
        assert faults(text, about_themes=True) == []


@each("theme", LABELS)
def test_sheets_of_themes_count_at_least(theme: str):
    assert faults(get(f"/theme/{theme}")) == []


@each("query", ["", *(f"&theme={theme}" for theme in LABELS), "&region=london"])
def test_maps_of_themes_count_at_least(query: str):
    for chart in ("map", "hexes"):
        assert faults(get(f"/chart/{chart}.svg", f"measure=priorities{query}")) == []
    assert faults(get("/share/explore", f"measure=priorities{query}"), about_themes=True) == []


@each("name", EXTREMES)
def test_briefings_and_answers_about_a_footprint_count_at_least(name: str):
    texts = [
        get(f"/briefing/{name}"),
        get(f"/briefing/{name}+dorset"),
        *said_in_json(json.loads(get(f"/api/v1/footprints/{name}"))),
    ]
    for text in texts:
        assert faults(text) == []


def test_what_describes_files_and_answers_promises_no_more():
    for path in ("/api/", "/api/v1/openapi.json", "/download/", "/briefing/", "/theme/"):
        assert faults(get(path)) == []
