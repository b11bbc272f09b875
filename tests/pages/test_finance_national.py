"""England-wide context on the Finance page."""

from __future__ import annotations

import html
import json
import re

import pytest
from page_reader import address, elements, is_fine, notices, page, plain, rows, source_of, text_of

import stp_data
from ui.finance.national import SECTIONS

TABLES = (
    "social-care-spending", "admissions-and-budgets", "gap-sums", "provider-deficits",
    "transformation-fund", "nhs-england-budget", "capital", "older-people",
)  # fmt: skip


@pytest.fixture(scope="module")
def closed():
    at = page("finance", show="national")
    assert is_fine(at)
    return at


@pytest.fixture(scope="module")
def national():
    """The page with every table open."""
    at = page("finance", show="national")
    for name in TABLES:
        at.session_state[f"table_{name}"] = True
    at = at.run()
    assert is_fine(at)
    return at


def pieces(at) -> str:
    return " ".join(source_of(element) for element in elements(at))


def test_every_figure_is_beside_its_source(national) -> None:
    found = pieces(national)
    sources = {row["source"]: row for row in rows("sources")}
    topics = {row["series"]: row["topic"] for row in rows("series")}
    for key in {row["source"] for row in rows("national") if topics[row["series"]] != "other"}:
        assert sources[key]["url"].replace("&", "&amp;") in found, key
    listed = {series.key for one in SECTIONS for series, _ in one.figures(stp_data.load())}
    assert {key for key, topic in topics.items() if topic != "other"} <= listed


def test_every_published_change_in_social_care_is_in_one_table(national) -> None:
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


def test_each_section_has_a_chart_with_its_finding_and_code_to_embed(national) -> None:
    drawn = [element.proto for element in elements(national) if element.type == "plotly_chart"]
    codes = [
        html.unescape(html.unescape(code))
        for code in re.findall(r'data-copy="(&lt;iframe[^"]*)"', pieces(national))
    ]
    for section, proto, code in zip(SECTIONS, drawn, codes, strict=True):
        assert section.finding(stp_data.load()) in proto.alt
        assert f"finance?embed=true&show=national&section={section.anchor}" in code
    assert [element.value for element in national.header] == [one.label for one in SECTIONS]


def test_long_tables_are_sent_only_when_opened(closed) -> None:
    assert "<caption>Capital asked for, announced and awarded" not in pieces(closed)
    assert "<caption>Delayed transfers of care" in pieces(closed)


def test_checked_statements_are_linked_from_their_figures(national) -> None:
    claims = {row["claim"]: row for row in rows("claims")}
    linked = set(re.findall(r"evidence\?claim=([a-z0-9-]+)", pieces(national)))
    about_series = {key for key, row in claims.items() if "series:" in row["about"]}
    assert linked == about_series
    verdict = claims["admissions-up-3-6-per-cent"]["verdict"]
    assert f"checked: {verdict}" in text_of(national)


def test_the_page_says_what_must_not_be_joined(national) -> None:
    text = text_of(national)
    for said in ("None of these 6 series may be joined", "break", "never joined, averaged or"):
        assert said in text


def test_a_phone_gets_charts_of_its_own_width(monkeypatch) -> None:
    monkeypatch.setattr("ui.parts.screen.is_narrow", lambda: True)
    at = page("finance", show="national")
    assert is_fine(at)
    charts = [element for element in elements(at) if element.type == "plotly_chart"]
    margins = [json.loads(one.proto.spec)["layout"]["margin"]["l"] for one in charts]
    assert max(margins) < 100, "names stand above their marks"


def test_an_unknown_part_gives_a_notice_and_the_first_part() -> None:
    at = page("finance", show="nation")
    assert is_fine(at)
    assert "We don't recognise that part of this page" in notices(at)[0]
    assert address(at)["show"] == "nation"
    assert "England-wide" not in text_of(at)
