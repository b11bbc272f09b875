"""The charts of England in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from browser.reader import Reader

CHARTS = 10


def test_charts_come_with_one_fetch_of_their_script_and_the_list_leads_to_each(
    new_reader: Callable[..., Reader],
):
    reader = new_reader(fresh=True).open("/finance", show="national")
    reader.wait_for_charts(CHARTS)
    assert reader.plotly == ["/finance"]
    reader.page.get_by_role("link", name="Older people with care").click()
    expect(reader.page.locator("#older-people")).to_be_in_viewport()
    reader.expect_query(show="national")
    # One section stands alone in a frame.
    reader.page.goto(f"{reader.server}/finance?embed=true&show=national&section=capital")
    reader.wait_for_charts()
    expect(reader.charts).to_have_count(1)
    expect(reader.charts).to_have_attribute("aria-label", re.compile("capital"))
