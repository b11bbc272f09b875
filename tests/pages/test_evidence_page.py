"""The page Evidence without a browser, against the raw tables."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import page_reader as page
from each import each
from streamlit.testing.v1 import AppTest

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
    assert page.widget(at, "Show").value == view


def test_choosing_a_view_writes_the_address_and_drops_filters():
    at = page.choose(opened(view="claims", verdict="wrong"), "Show", "Coverage")
    assert page.address(at) == {"view": "coverage"}


def test_all_claims_are_shown_each_with_its_reason_and_sources():
    at = opened()
    assert claims_shown(at) == set(CLAIMS)
    text, body = page.text_of(at), body_of(at)
    for row in CLAIMS.values():
        assert page.plain(row["statement"]) in text
        assert page.plain(row["explanation"]) in text
        for source in [row["document"], *row["sources"].split()]:
            assert f"evidence?source={source}" in body


@each(
    ("label", "option", "asked", "column", "value"),
    [
        ("Finding", "Wrong", {"verdict": "wrong"}, "verdict", "wrong"),
        ("Topic", "The 44", {"topic": "the-44"}, "topic", "the 44"),
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


def test_claims_of_one_document_one_figure_and_one_alone():
    key = "admissions-up-3-6-per-cent"
    document = CLAIMS[key]["document"]
    of_document = {k for k, r in CLAIMS.items() if r["document"] == document}
    assert claims_shown(opened(document=document)) == of_document
    touching = {k for k, r in CLAIMS.items() if "measure:population" in r["about"].split()}
    assert claims_shown(opened(about="measure:population")) == touching
    at = opened(claim=key)
    assert claims_shown(at) == {key}
    assert at.header[0].value.endswith(": wrong")


def test_conflict_shows_each_source_and_the_figure_we_use():
    at = opened(conflict="stated:E54000007:finance_gap_2020_21")
    text = page.text_of(at)
    for row in page.rows("stated"):
        is_here = (row["code"], row["measure"]) == ("E54000007", "finance_gap_2020_21")
        if is_here and row["scope"] != "social care":
            assert f"evidence?source={row['source']}>" in body_of(at)
            assert page.plain(row["note"]) in text
    assert "We use about £2bn: official sources come first (not £897m)" in text


def test_conflicts_are_filtered_by_kind_and_place():
    at = page.choose(opened(view="conflicts"), "Kind of fact", "Plan titles")
    assert page.address(at) == {"view": "conflicts", "kind": "title"}
    assert set(linked(at, "conflict")) == {f"title:E540000{number}" for number in (31, 38, 41)}
    at = page.choose(opened(view="conflicts"), "Place", "Dorset")
    assert page.address(at) == {"view": "conflicts", "area": "dorset"}
    # It was in the first wave, which sources date to April and to June.
    found = {key.split(":")[1] for key in linked(at, "conflict")}
    assert found == {"E54000041", "ics-wave-1-2017"}


def test_coverage_has_all_44_in_the_order_asked_for_and_one_in_detail():
    at = opened(view="coverage")
    slugs = linked(at, "area")
    assert len(slugs) == len(set(slugs)) == 44
    at = page.choose(at, "Order", "Name")
    assert page.address(at)["order"] == "name"
    links = re.findall(r"<th scope=row><a[^>]*>([^<]+)</a>", body_of(at))
    names = [row["name"] for row in page.rows("footprints")]
    assert [page.plain(link) for link in links] == sorted(names)
    assert "were not found in the" in page.text_of(opened(view="coverage", area="dorset"))


def test_sources_are_searched_filtered_and_paged():
    at = opened(view="sources")
    seen = linked(at, "source")
    assert len(seen) == 50
    assert len(body_of(at).encode()) < 60_000
    at = next(button for button in at.button if button.label.startswith("Next")).click().run()
    assert page.address(at) == {"view": "sources", "page": "2"}
    assert not set(linked(at, "source")) & set(seen)
    at = opened(view="sources", type="parliament")
    assert set(linked(at, "source")) == {
        key for key, row in SOURCES.items() if row["publisher_type"] == "parliament"
    }
    found = linked(opened(view="sources", q="wirral GLOBE"), "source")
    assert found
    assert all("wirral globe" in " ".join(SOURCES[key].values()).lower() for key in found)
    at = opened(view="sources", page="999")
    assert page.is_fine(at)
    assert linked(at, "source")


def test_source_lists_each_row_that_uses_it():
    key = "dudley-ccg-undated"
    at = opened(source=key)
    assert at.header[0].value == SOURCES[key]["title"]
    text = page.text_of(at)
    labels = {row["theme"]: row["label"].lower() for row in page.rows("themes")}
    for row in page.rows("priorities"):
        if row["source"] == key:
            assert f"Names {labels[row['theme']]}" in text
    assert "£700m" in text
    assert "stated:E54000016:finance_gap_2020_21" in linked(at, "conflict")
    assert SOURCES[key]["url"] in body_of(at)


def test_corrections_and_exclusions_show_each_row_with_its_reason():
    text = page.text_of(opened(view="corrections"))
    assert all(page.plain(row["reason"]) in text for row in page.rows("corrections"))
    rows = page.rows("excluded")
    pages = range(1, len(rows) // 50 + 2)
    text = " ".join(page.text_of(opened(view="exclusions", page=str(n))) for n in pages)
    assert all(page.plain(row["reason"]) in text for row in rows)


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
def test_unknown_value_gives_a_notice(query: dict[str, str]):
    at = opened(**query)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    for value in query.values():
        if value not in VIEWS and value != "england":
            assert value not in notice.split()


def test_figures_elsewhere_lead_to_their_source_conflict_and_claims():
    conflict = "href=evidence?conflict=stated:E54000017:finance_gap_2020_21>"
    for at in (
        page.explore(area="birmingham-and-solihull"),
        page.footprint(area="birmingham-and-solihull"),
    ):
        body = body_of(at)
        assert conflict in body, at.title
        assert "href=evidence?source=ons-population-mid-2017>source</a>" in body
        assert "evidence?about=measure:population>" in body
    assert "href=evidence?source=" in body_of(page.page("organisations", body="RW4"))
