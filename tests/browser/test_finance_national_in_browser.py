"""The charts of England in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from browser.reader import Reader

CHARTS = 10


def opened(reader: Reader) -> Reader:
    reader.open("/finance", show="national")
    reader.wait_for_charts(CHARTS)
    return reader


def test_charts_come_with_one_fetch_of_their_script(new_reader: Callable[..., Reader]):
    reader = opened(new_reader(fresh=True))
    assert reader.plotly == ["/finance"]


def test_one_section_stands_in_a_frame(reader: Reader):
    reader.page.goto(f"{reader.server}/finance?embed=true&show=national&section=capital")
    reader.wait_for_charts()
    expect(reader.charts).to_have_count(1)
    expect(reader.charts).to_have_attribute("aria-label", re.compile("capital"))


def test_the_list_leads_to_a_section(reader: Reader):
    opened(reader)
    reader.page.get_by_role("link", name="Older people with care").click()
    expect(reader.page.locator("#older-people")).to_be_in_viewport()
    reader.expect_query(show="national")
