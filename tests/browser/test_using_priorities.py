"""The journalist's questions, asked with mouse and keyboard."""

from __future__ import annotations

import csv
import io
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from each import each
from playwright.sync_api import Locator, expect

from browser.reader import NAMES, Reader, rows

BUDGET = 40_960
SOURCES = {row["source"]: row for row in rows("sources")}


def named(theme: str, *ways: str) -> set[str]:
    """Codes whose plan of 2016 or 2017 names a theme, in these ways, from the raw table."""
    return {
        row["code"]
        for row in rows("priorities")
        if row["theme"] == theme
        and row["how"] in (ways or {"priority", "workstream", "programme", "aim", "proposal"})
        and not row["later"]
        and (row["as_of"] or SOURCES[row["source"]]["date"]) < "2018"
    }


def listing(reader: Reader) -> Locator:
    return reader.page.locator("table.listing")


def headline(reader: Reader) -> Locator:
    return reader.page.get_by_test_id("stMain").get_by_test_id("stHeading").nth(1)


def choose_theme(reader: Reader, label: str) -> None:
    reader.choose(reader.page.get_by_role("combobox", name="Clinical priorities"), label)
    reader.press("Escape")


def test_themes_any_and_all_how_firmly_a_file_and_a_link(new_reader: Callable[..., Reader]):
    reader = new_reader().open("/priorities", view="hexes")
    stroke, cancer = named("stroke"), named("cancer")
    choose_theme(reader, "Stroke")
    expect(headline(reader)).to_have_text(
        f"At least {len(stroke)} of 44 plans name stroke, in the documents read"
    )
    choose_theme(reader, "Cancer")
    expect(headline(reader)).to_have_text(
        f"At least {len(stroke & cancer)} of 44 plans name both stroke and cancer, in the "
        "documents read"
    )
    expect(listing(reader).locator("tbody tr:not(.group)")).to_have_count(44)
    reader.page.get_by_role("radio", name="Any of them").click()
    expect(headline(reader)).to_have_text(
        f"At least {len(stroke | cancer)} of 44 plans name stroke or cancer, in the documents read"
    )
    reader.expect_query(view="hexes", theme="stroke,cancer", match="any")
    reader.ready()
    address = reader.page.get_by_role("link", name="CSV of this view").get_attribute("href")
    with urllib.request.urlopen(f"{reader.server}/{address}") as answer:
        note, _, table = answer.read().decode("utf-8").partition("\n")
    assert note.startswith(f"# At least {len(stroke | cancer)} of 44 plans name stroke or cancer")
    found = list(csv.DictReader(io.StringIO(table)))
    assert {row["code"] for row in found if row["answers"] == "yes"} == stroke | cancer
    assert {row["code"] for row in found} == set(NAMES)
    for theme, codes in (("stroke", stroke), ("cancer", cancer)):
        there = {r["code"] for r in found if r["theme"] == theme and r["counts"] == "yes"}
        assert there == codes

    # The list is drawn a moment after the sentence.
    expect(listing(reader)).to_contain_text(f"Name one or both: at least {len(stroke | cancer)}")

    ways = ("priority", "workstream", "programme")
    firmly = named("stroke", *ways) | named("cancer", *ways)
    reader.page.get_by_role("radio", name="Set out as a priority").click()
    reader.expect_query(view="hexes", theme="stroke,cancer", match="any", firm="set-out")
    expect(headline(reader)).to_contain_text(f"At least {len(firmly)} of 44 plans set out stroke")
    expect(listing(reader)).to_contain_text(f"at least {len(firmly)}")
    said, shown = headline(reader).inner_text(), listing(reader).text_content() or ""
    other = new_reader().open_url(reader.page.url)
    expect(headline(other)).to_have_text(said)
    expect(listing(other)).to_have_text(shown)
    assert set(listing(other).locator("td b").all_inner_texts()) - {""} == set(ways)
    copied = other.copy_from("Copy sentence")
    assert copied.startswith(f"At least {len(firmly)} of 44 plans set out stroke")
    link = copied[copied.index("http") :]
    assert parse_qs(urlsplit(link).query) == parse_qs(urlsplit(reader.page.url).query)


@each("page", ["explore", "priorities", "timeline"])
def test_the_code_to_embed_shows_what_the_page_shows_under_its_finding(reader: Reader, page: str):
    query = {
        "explore": {"measure": "density", "view": "hexes"},
        "priorities": {"show": "matrix"},
        "timeline": {"show": "waves"},
    }[page]
    reader.open("/" if page == "explore" else f"/{page}", **query)
    finding = reader.page.get_by_role("heading", level=2).first.inner_text()
    code = reader.copy_from("Copy code to embed")
    # A page that is not ours.
    news = f"{reader.server}/news"
    reader.page.route(
        news, lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=code)
    )
    reader.page.goto(news)
    expect(reader.page.locator("iframe")).to_have_attribute("title", finding)
    inside = reader.page.frame_locator("iframe")
    expect(inside.locator("[data-code], svg.chart").first).to_be_visible()
    expect(inside.get_by_role("navigation", name="App pages")).to_have_count(0)
    for width in (1000, 700):
        reader.page.set_viewport_size({"width": width, "height": 1400})
        reader.until(
            """() => {
              const frame = document.querySelector("iframe")
              const last = [...frame.contentDocument.querySelectorAll("a")]
                .find((link) => link.textContent === "Open in STP Atlas")
              return last?.getBoundingClientRect().bottom <= frame.clientHeight
            }"""
        )


def test_the_matrix_is_reached_and_its_cells_open_by_mouse_and_by_keyboard(reader: Reader):
    reader.open("/priorities", view="hexes")
    reader.tab_to(reader.page.get_by_role("radio", name="Footprints"))
    reader.press("ArrowRight")
    reader.press("Space")
    reader.page.locator("table.matrix").wait_for()
    reader.expect_query(view="hexes", show="matrix")
    shown = defaultdict(list)
    for row in rows("priorities"):
        shown[row["code"], row["theme"]].append(SOURCES[row["source"]]["title"])
    reader.cell("E54000019:stroke").click()
    for title in shown["E54000019", "stroke"]:
        expect(reader.page.locator("table.stp-table", has_text=title)).to_be_visible()
    reader.expect_query(view="hexes", show="matrix", cell="E54000019:stroke")
    reader.ready()
    target = reader.cell("E54000019:cancer")
    target.focus()
    reader.press("Enter")
    for title in shown["E54000019", "cancer"]:
        expect(reader.page.locator("table.stp-table", has_text=title)).to_be_visible()
    expect(target).to_have_attribute("aria-pressed", "true")


def test_a_changed_choice_stays_within_the_budget(reader: Reader):
    reader.open("/priorities", view="hexes", theme="prevention,out_of_hospital_care,primary_care")
    listing(reader).wait_for()
    reader.ready()
    sent = {}
    for name, act in {
        "another theme": lambda: choose_theme(reader, "Mental health"),
        "any of them": lambda: reader.page.get_by_role("radio", name="Any of them").click(),
        "matrix": lambda: reader.page.get_by_role("radio", name="Matrix").click(),
        "a cell": lambda: reader.cell("E54000041:prevention").click(),
        "together": lambda: reader.page.get_by_role(
            "radio", name="Themes often named together"
        ).click(),
    }.items():
        before, url = reader.received, reader.page.url
        act()
        reader.page.wait_for_url(lambda now, url=url: now != url)
        reader.ready()
        sent[name] = reader.received - before
    assert min(sent.values()) > 500, "nothing was counted"
    assert {name: size for name, size in sent.items() if size > BUDGET} == {}
