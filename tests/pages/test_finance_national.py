"""The national frame on the Finance page."""

from __future__ import annotations

import json
import re

import pytest
from page_reader import address, elements, is_fine, notices, page, plain, rows, source_of, text_of

CHARTS = 9


@pytest.fixture(scope="module")
def national():
    at = page("finance", show="national")
    assert is_fine(at)
    return at


def pieces(at) -> str:
    return " ".join(source_of(element) for element in elements(at))


def test_every_figure_stands_beside_its_source(national) -> None:
    found = pieces(national)
    sources = {row["source"]: row for row in rows("sources")}
    topics = {row["series"]: row["topic"] for row in rows("series")}
    cited = {row["source"] for row in rows("national") if topics[row["series"]] != "other"}
    for key in cited:
        if sources[key]["url"]:
            assert sources[key]["url"].replace("&", "&amp;") in found, key


def test_the_rival_bases_of_the_cut_lie_side_by_side(national) -> None:
    table = next(
        found
        for found in re.findall(r"<table.*?</table>", pieces(national), re.DOTALL)
        if "Changes in spending on adult social care" in found
    )
    cuts = [row for row in rows("national") if row["series"].startswith("asc-change-")]
    lines = re.findall(r"<tr>.*?</tr>", table.partition("<tbody>")[2], re.DOTALL)
    assert len(lines) == len(cuts)
    adults = [line for line in lines if "<td>for each adult</td>" in line]
    assert len(adults) == sum("per-adult" in row["series"] for row in cuts)
    assert "real terms" in plain(table)
    assert "not stated" in plain(table)


def test_charts_are_drawn_with_their_findings(national) -> None:
    drawn = [
        data
        for element in elements(national)
        if element.type == "bidi_component"
        and (data := json.loads(element.proto.json or "null"))
        and data.get("kind") == "chart"
    ]
    assert len(drawn) == CHARTS
    heads = [element.value for element in national.header]
    for data in drawn:
        alt = plain(re.search(r'aria-label="([^"]*)"', data["svg"])[1])
        assert any(head in alt for head in heads), alt


def test_checked_statements_are_linked_where_they_touch_a_figure(national) -> None:
    claims = {row["claim"]: row for row in rows("claims")}
    linked = set(re.findall(r"evidence\?claim=([a-z0-9-]+)", pieces(national)))
    wanted = {
        key
        for key, row in claims.items()
        if any(about.startswith("series:") for about in row["about"].split())
    }
    assert linked == wanted
    verdict = claims["admissions-up-3-6-per-cent"]["verdict"]
    assert f"checked: {verdict}" in text_of(national)


def test_what_must_not_be_joined_is_said(national) -> None:
    text = text_of(national)
    assert "None of these 6 series may be joined" in text
    assert "break" in text
    assert "never joined, averaged or added up" in text


def test_a_phone_gets_drawings_of_its_own_width(monkeypatch) -> None:
    monkeypatch.setattr("ui.screen.is_narrow", lambda: True)
    at = page("finance", show="national")
    assert is_fine(at)
    widths = {
        json.loads(element.proto.json)["width"]
        for element in elements(at)
        if element.type == "bidi_component" and '"chart"' in (element.proto.json or "")
    }
    assert widths == {340}


def test_an_unknown_view_gives_a_sentence_and_the_first_view() -> None:
    at = page("finance", show="nation")
    assert is_fine(at)
    assert any("choice of show that is not here" in notice for notice in notices(at))
    assert address(at)["show"] == "nation"
    assert "Every series stands on one basis" not in text_of(at)
