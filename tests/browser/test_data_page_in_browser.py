"""Data and methods in a browser: light on the line, and its links answer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import expect

from browser.reader import Reader

PARTS = {
    "downloads": "Downloads",
    "dictionary": "Dictionary",
    "methods": "Methods",
    "licences": "Licence of the data",
    "corrections": "Corrections",
    "accessibility": "Accessibility statement",
    "about": "What this is, and what it is not",
}
BUDGET = 90_000


def show(reader: Reader, part: str) -> None:
    """Open a part by its address and wait until it is drawn."""
    reader.open("/data", show=part)
    expect(reader.headline).to_have_text(PARTS[part])
    reader.ready()


def test_the_longest_parts_send_at_most_90_kilobytes(new_reader: Callable[..., Reader]):
    sent = {}
    for part in ("downloads", "dictionary", "methods"):
        reader = new_reader()
        show(reader, part)
        sent[part] = reader.received
    assert min(sent.values()) > 2000, "nothing was counted"
    assert {part: size for part, size in sent.items() if size > BUDGET} == {}


def test_every_link_of_this_site_answers(reader: Reader):
    asked = set()
    for part in PARTS:
        show(reader, part)
        main = reader.page.get_by_test_id("stMain")
        if part == "downloads":
            expect(main.locator("a[href*='download/']").nth(25)).to_be_attached()
        hrefs = main.locator("a[href]").evaluate_all("all => all.map((a) => a.href)")
        asked |= {urljoin(reader.page.url, href).partition("#")[0] for href in hrefs}
        # Waits: headings get their anchors a moment after they are drawn.
        reader.until(
            """() => [...document.querySelectorAll("[data-testid=stMain] a[href*='#']")]
            .map((a) => new URL(a.href))
            .filter((u) => u.search === location.search)
            .every((u) => document.getElementById(u.hash.slice(1)))"""
        )
    ours = {url for url in asked if url.startswith(f"{reader.server}/")}
    assert len([url for url in ours if "/download/" in url]) > 25
    for url in sorted(ours):
        assert reader.page.request.get(url).status == 200, url


def test_part_is_chosen_by_click_and_kept_by_the_address(reader: Reader):
    reader.open("/data")
    expect(reader.headline).to_have_text("Downloads")
    reader.view("Methods").click()
    expect(reader.headline).to_have_text("Methods")
    reader.expect_query(show="methods")
    reader.page.reload()
    reader.ready()
    expect(reader.headline).to_have_text("Methods")


def test_link_from_one_text_leads_to_a_heading_of_another(reader: Reader):
    show(reader, "corrections")
    reader.page.get_by_test_id("stMain").get_by_role("link", name="methods.md").first.click()
    heading = reader.page.get_by_role("heading", name="Stated figures", exact=True)
    expect(heading).to_be_in_viewport()


def test_workbook_is_downloaded_from_the_page(reader: Reader):
    reader.open("/data")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Excel workbook").click()
    assert download.value.suggested_filename == "stp-atlas.xlsx"
