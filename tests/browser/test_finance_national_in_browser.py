"""The national frame in a browser: a phone's width, and the file of a chart."""

from __future__ import annotations

import urllib.request

from playwright.sync_api import expect

from browser.reader import Reader

CHARTS = 9


def opened(reader: Reader) -> Reader:
    reader.open("/finance", show="national")
    expect(reader.page.locator("svg.chart")).to_have_count(CHARTS)
    return reader


def test_a_chart_can_be_had_as_a_file(reader: Reader):
    opened(reader)
    links = reader.page.get_by_role("link", name="SVG", exact=True)
    expect(links).to_have_count(CHARTS)
    address = links.first.get_attribute("href")
    with urllib.request.urlopen(f"{reader.server}/{address}") as answer:
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert "King&#x27;s Fund" in answer.read().decode()


def test_the_list_leads_to_a_section(reader: Reader):
    opened(reader)
    reader.page.get_by_role("link", name="Older people with care").click()
    expect(reader.page.locator("#older-people")).to_be_in_viewport()
    reader.expect_query(show="national")
