"""Addresses that somebody meddled with, in a browser that would run what they smuggle in."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.reader import Reader

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"


def test_markup_in_the_address_gets_notices_and_is_never_run(reader: Reader):
    """Dialogs and errors would be noticed when the reader leaves."""
    for path, area, notices in (("/", SCRIPT, 2), ("/", IMAGE, 2), ("/footprint", IMAGE, 1)):
        reader.open(path, area=area, measure="x", view="hexes")
        expect(reader.notices).to_have_count(notices)
        expect(reader.notices.first).to_contain_text("The address")
        assert "alert(1)" not in reader.page.locator("body").inner_text()
    reader.search.fill(IMAGE)
    reader.search.press("Enter")
    expect(reader.notices.filter(has_text="Nothing found")).to_be_visible()
