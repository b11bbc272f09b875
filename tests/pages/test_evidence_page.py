"""The page Evidence without a browser, against the raw tables."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import page_reader as page
import pytest
from each import each
from streamlit.testing.v1 import AppTest

from stp_data import load
from stp_data.evidence.conflicts import conflicts

SHOW = "Show"
VIEWS = ("claims", "conflicts", "others", "coverage", "sources", "exclusions", "corrections")
CLAIMS = {row["claim"]: row for row in page.rows("claims")}
SOURCES = {row["source"]: row for row in page.rows("sources")}


def opened(**query: Any) -> AppTest:
    return page.page("evidence", **query)


def body_of(at: AppTest) -> str:
    return " ".join(page.source_of(element) for element in at.get("html"))


def claims_shown(at: AppTest) -> set[str]:
    return set(re.findall(r'<article class="stp-card" id="([^"]+)"', body_of(at)))


def linked(at: AppTest, name: str) -> list[str]:
    """Values of a parameter in the page's links to itself that are no marks, from the top."""
    links = re.findall(r'<a href="evidence\?([^"]*)" target="_self"', body_of(at))
    asked = [parse_qs(link.replace("&amp;", "&")) for link in links]
    return [values[name][0] for values in asked if name in values]


@each("view", VIEWS)
def test_every_view_opens_without_a_notice(view: str):
    at = opened(view=view)
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert len(at.header) == 1
    assert page.widget(at, SHOW).value == view


def test_choosing_a_view_writes_the_address_and_drops_filters():
    at = opened(view="claims", verdict="wrong")
    at = page.choose(at, SHOW, "Coverage")
    assert page.address(at) == {"view": "coverage"}


# --- claims --------------------------------------------------------------------------------------


def test_all_claims_are_shown_each_with_verdict_why_and_sources():
    at = opened()
    assert claims_shown(at) == set(CLAIMS)
    text = page.text_of(at)
    for row in CLAIMS.values():
        assert page.plain(row["statement"]) in text
        assert page.plain(row["explanation"]) in text
        for source in [row["document"], *row["sources"].split()]:
            assert f"evidence?source={source}" in body_of(at)


@pytest.mark.parametrize(
    ("label", "option", "asked", "column", "value"),
    [
        ("Verdict", "Wrong", {"verdict": "wrong"}, "verdict", "wrong"),
        ("Topic", "Dates", {"topic": "dates"}, "topic", "dates"),
        ("Place", "England as a whole", {"area": "england"}, "code", "ENG"),
        ("Place", "Derbyshire", {"area": "derbyshire"}, "code", "E54000012"),
    ],
)
def test_claims_are_filtered(
    label: str, option: str, asked: dict[str, str], column: str, value: str
):
    at = page.choose(opened(), label, option)
    assert {k: v for k, v in page.address(at).items() if k != "view"} == asked
    assert claims_shown(at) == {k for k, row in CLAIMS.items() if row[column] == value}


def test_claims_of_one_document_and_of_one_figure():
    document = CLAIMS["admissions-up-3-6-per-cent"]["document"]
    at = opened(document=document)
    assert claims_shown(at) == {k for k, r in CLAIMS.items() if r["document"] == document}
    at = opened(about="measure:population")
    touching = {k for k, r in CLAIMS.items() if "measure:population" in r["about"].split()}
    assert claims_shown(at) == touching


def test_one_claim_is_opened():
    at = opened(claim="admissions-up-3-6-per-cent")
    assert claims_shown(at) == {"admissions-up-3-6-per-cent"}
    assert at.header[0].value.endswith(": wrong")


# --- conflicts -----------------------------------------------------------------------------------


def test_every_conflict_is_on_the_page_and_opens():
    keys = {one.key for one in conflicts(load())}
    at = opened(view="conflicts")
    assert set(linked(at, "conflict")) == keys
    assert f"differ on {len(keys)} facts" in at.header[0].value


def test_rival_rows_stand_side_by_side_with_the_rule():
    at = opened(conflict="stated:E54000007:finance_gap_2020_21")
    text = page.text_of(at)
    rows = [
        row
        for row in page.rows("stated")
        if (row["code"], row["measure"]) == ("E54000007", "finance_gap_2020_21")
        and row["scope"] != "social care"
    ]
    for row in rows:
        assert f"evidence?source={row['source']}>" in body_of(at)
        assert page.plain(row["note"]) in text
    assert "£897m" in text
    assert "About £2bn is preferred: official before others (£897m)." in text


def test_conflicts_are_filtered_by_kind_and_footprint():
    at = page.choose(opened(view="conflicts"), "Kind of fact", "Titles of plans")
    assert set(linked(at, "conflict")) == {
        "title:E54000031", "title:E54000038", "title:E54000041",
    }  # fmt: skip
    at = page.choose(opened(view="conflicts"), "Footprint", "Dorset")
    assert page.address(at) == {"view": "conflicts", "area": "dorset"}
    # It was in the first wave, which sources date to April and to June.
    found = {key.split(":")[1] for key in linked(at, "conflict")}
    assert found == {"E54000041", "ics-wave-1-2017"}


# --- coverage, sources and logs ------------------------------------------------------------------


def test_coverage_has_all_44_in_the_order_asked_for():
    names = [row["name"] for row in page.rows("footprints")]
    at = opened(view="coverage")
    slugs = linked(at, "area")
    assert len(slugs) == len(set(slugs)) == 44
    at = page.choose(at, "Order of rows", "By name")
    assert page.address(at)["order"] == "name"
    links = re.findall(r"<th scope=row><a[^>]*>([^<]+)</a>", body_of(at))
    assert [page.plain(link) for link in links] == sorted(names)


def test_coverage_of_one_footprint_says_what_was_not_found():
    at = opened(view="coverage", area="dorset")
    assert "were not found in the" in page.text_of(at)


def test_sources_are_searched_filtered_and_paged():
    at = opened(view="sources")
    seen = linked(at, "source")
    assert len(seen) == 50
    assert len(body_of(at).encode()) < 60_000
    nxt = next(button for button in at.button if button.label.startswith("Next"))
    at = nxt.click().run()
    assert page.address(at) == {"view": "sources", "page": "2"}
    assert not set(linked(at, "source")) & set(seen)
    at = opened(view="sources", type="parliament")
    assert set(linked(at, "source")) == {
        key for key, row in SOURCES.items() if row["publisher_type"] == "parliament"
    }
    at = opened(view="sources", q="wirral GLOBE")
    assert linked(at, "source")
    for key in linked(at, "source"):
        assert "wirral globe" in " ".join(SOURCES[key].values()).lower()


def test_source_lists_each_row_that_rests_on_it():
    key = "dudley-ccg-undated"
    at = opened(source=key)
    assert at.header[0].value == SOURCES[key]["title"]
    text = page.text_of(at)
    for row in page.rows("priorities"):
        if row["source"] == key:
            label = next(t["label"] for t in page.rows("themes") if t["theme"] == row["theme"])
            assert f"Names {label.lower()}" in text
    assert "£700m" in text
    assert "stated:E54000016:finance_gap_2020_21" in linked(at, "conflict")
    assert SOURCES[key]["url"] in body_of(at)


def test_logs_show_each_row_with_its_reason():
    at = opened(view="corrections")
    text = page.text_of(at)
    for row in page.rows("corrections"):
        assert page.plain(row["reason"]) in text
    rows = page.rows("excluded")
    pages = range(1, len(rows) // 50 + 2)
    shown = " ".join(page.text_of(opened(view="exclusions", page=str(n))) for n in pages)
    for row in rows:
        assert page.plain(row["reason"]) in shown


# --- bad addresses -------------------------------------------------------------------------------


@each(
    "query",
    [
        {"view": "nonsense"},
        {"claim": "nonsense"},
        {"conflict": "stated:E54000005:<b>"},
        {"source": "../etc"},
        {"verdict": "maybe"},
        {"topic": "x"},
        {"document": "x"},
        {"about": "x" * 5000},
        {"area": "atlantis"},
        {"view": "coverage", "area": "england"},
        {"view": "coverage", "order": "x"},
        {"view": "conflicts", "kind": "x"},
        {"view": "sources", "type": "x"},
        {"view": "sources", "q": "x" * 101},
        {"view": "sources", "page": "0"},
        {"view": "sources", "page": "-1"},
    ],
)
def test_what_is_not_here_gives_a_sentence(query: dict[str, str]):
    at = opened(**query)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert notice.startswith("The address")
    for value in query.values():
        if value not in VIEWS and value != "england":
            assert value not in notice.split()


def test_page_beyond_the_last_shows_the_last():
    at = opened(view="sources", page="999")
    assert page.is_fine(at)
    assert linked(at, "source")


# --- marks beside figures ------------------------------------------------------------------------


def test_figures_elsewhere_lead_to_their_source_conflict_and_claims():
    conflict = "href=evidence?conflict=stated:E54000017:finance_gap_2020_21>"
    for at in (
        page.explore(area="birmingham-and-solihull"),
        page.footprint(area="birmingham-and-solihull"),
        page.page("compare", areas="birmingham-and-solihull,dorset"),
    ):
        body = body_of(at)
        assert conflict in body, at.title
        assert "href=evidence?source=ons-population-mid-2017>source</a>" in body
        assert "evidence?about=measure:population>" in body
    at = page.page("organisations", body="RW4")
    assert "href=evidence?source=" in body_of(at)
