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


def test_every_link_of_this_site_answers_and_the_longest_parts_are_light(
    new_reader: Callable[..., Reader],
):
    asked = set()
    sent = {}
    for part in PARTS:
        reader = new_reader()
        show(reader, part)
        main = reader.page.get_by_test_id("stMain")
        if part == "downloads":
            expect(main.locator("a[href*='download/']").nth(25)).to_be_attached()
        sent[part] = reader.received
        hrefs = main.locator("a[href]").evaluate_all("all => all.map((a) => a.href)")
        asked |= {urljoin(reader.page.url, href).partition("#")[0] for href in hrefs}
        # Waits: headings get their anchors a moment after they are drawn.
        reader.until(
            """() => [...document.querySelectorAll("[data-testid=stMain] a[href*='#']")]
            .map((a) => new URL(a.href))
            .filter((u) => u.search === location.search)
            .every((u) => document.getElementById(u.hash.slice(1)))"""
        )
    assert min(sent.values()) > 2000, "nothing was counted"
    assert {part: size for part, size in sent.items() if size > BUDGET} == {}
    ours = {url for url in asked if url.startswith(f"{reader.server}/")}
    assert len([url for url in ours if "/download/" in url]) > 25
    for url in sorted(ours):
        assert reader.page.request.head(url).status == 200, url


def test_a_part_is_chosen_by_click_and_its_links_lead_on(reader: Reader):
    reader.open("/data")
    expect(reader.headline).to_have_text("Downloads")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Excel workbook").click()
    assert download.value.suggested_filename == "stp-atlas.xlsx"
    reader.view("Corrections").click()
    expect(reader.headline).to_have_text("Corrections")
    reader.expect_query(show="corrections")
    reader.page.get_by_test_id("stMain").get_by_role("link", name="methods.md").first.click()
    heading = reader.page.get_by_role("heading", name="Stated figures", exact=True)
    expect(heading).to_be_in_viewport()
