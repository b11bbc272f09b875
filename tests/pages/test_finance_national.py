"""The national frame on the Finance page."""

from __future__ import annotations

import html
import json
import re

import pytest
from page_reader import address, elements, is_fine, notices, page, plain, rows, source_of, text_of

import stp_data
from ui.finance import national as finance_national

TABLES = (
    "social-care-spending", "admissions-and-budgets", "gap-sums", "provider-deficits",
    "transformation-fund", "nhs-england-budget", "capital", "older-people",
)  # fmt: skip


@pytest.fixture(scope="module")
def national():
    """The page with every table open."""
    at = page("finance", show="national")
    assert is_fine(at)
    for name in TABLES:
        at.session_state[f"table_{name}"] = True
    at = at.run()
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
    drawn = [element.proto for element in elements(national) if element.type == "plotly_chart"]
    assert len(drawn) == len(finance_national.SECTIONS)
    atlas = stp_data.load()
    for section, proto in zip(finance_national.SECTIONS, drawn, strict=True):
        assert section.finding(atlas) in proto.alt
    heads = [element.value for element in national.header]
    assert heads == [section.label for section in finance_national.SECTIONS]


def test_long_tables_travel_when_they_are_opened() -> None:
    closed = pieces(page("finance", show="national"))
    assert "<caption>Capital asked for, announced and awarded" not in closed
    assert "<caption>Delayed transfers of care" in closed


def test_each_chart_has_code_to_embed_of_its_own(national) -> None:
    found = [html.unescape(html.unescape(code)) for code in
             re.findall(r'data-copy="(&lt;iframe[^"]*)"', pieces(national))]  # fmt: skip
    assert len(found) == len(finance_national.SECTIONS)
    for section, code in zip(finance_national.SECTIONS, found, strict=True):
        assert f"finance?embed=true&show=national&section={section.anchor}" in code
    assert len({re.search(r'title="([^"]*)"', code)[1] for code in found}) == len(found)


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
    monkeypatch.setattr("ui.parts.screen.is_narrow", lambda: True)
    at = page("finance", show="national")
    assert is_fine(at)
    margins = {
        json.loads(element.proto.spec)["layout"]["margin"]["l"]
        for element in elements(at)
        if element.type == "plotly_chart"
    }
    assert max(margins) < 100, "names stand above their marks"


def test_an_unknown_view_gives_a_sentence_and_the_first_view() -> None:
    at = page("finance", show="nation")
    assert is_fine(at)
    assert any("choice of show that is not here" in notice for notice in notices(at))
    assert address(at)["show"] == "nation"
    assert "Every series stands on one basis" not in text_of(at)
