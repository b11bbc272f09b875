"""Addresses that somebody meddled with, in a browser that would run what they smuggle in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(("path", "area"), [("/", SCRIPT), ("/", IMAGE), ("/footprint", IMAGE)])
def test_markup_in_the_address_gets_notices_and_is_never_run(reader: Reader, path: str, area: str):
    reader.open(path, area=area, measure="x", view="hexes")
    expect(reader.notices).to_have_count(2 if path == "/" else 1)
    expect(reader.notices.first).to_contain_text("We don't recognise")
    assert "alert(1)" not in reader.page.locator("body").inner_text()
    assert reader.dialogs == []
    assert reader.errors == []


def test_markup_in_the_search_is_never_run(reader: Reader):
    reader.open(view="table")
    reader.search.fill(IMAGE)
    reader.search.press("Enter")
    expect(reader.notices).to_contain_text("Nothing found")
    assert reader.dialogs == []
