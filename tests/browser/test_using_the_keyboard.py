"""Everything by keyboard alone: Tab, letters, arrows and Enter; the mouse is never touched."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import LABELS, NAMES, Reader

GLOUCESTERSHIRE, DORSET = "E54000043", "E54000041"


def test_footprint_is_found_by_typing_a_council_and_hexes_are_one_stop(reader: Reader):
    reader.open(view="hexes")
    reader.press("Tab")
    expect(reader.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    # One Tab for each page in the bar above, and no more than a few besides.
    reader.navigation.get_by_role("link").last.wait_for()
    reader.tab_to(reader.search, most=reader.navigation.get_by_role("link").count() + 3)
    reader.page.keyboard.type("Cheltenham")
    reader.press("Enter")
    reader.expect_chosen(GLOUCESTERSHIRE)
    reader.expect_query(view="hexes", area="gloucestershire")
    stop = reader.page.locator('[data-code][tabindex="0"]')
    expect(stop).to_have_count(1)
    reader.tab_to(stop)
    reader.press("ArrowDown")
    code = reader.focused.get_attribute("data-code")
    reader.press("Enter")
    reader.expect_chosen(code)
    reader.press("Tab")
    expect(reader.focused).to_have_count(0)


def test_measure_region_view_and_one_of_several_matches_are_chosen(reader: Reader):
    reader.open(view="table")
    reader.tab_to(reader.search)
    reader.page.keyboard.type("High Peak")
    reader.press("Enter")
    match = reader.page.get_by_test_id("stButton").get_by_role("button", name="Greater Manchester")
    reader.tab_to(match)
    reader.press("Enter")
    reader.expect_chosen("E54000007")

    reader.open(view="table")
    reader.tab_to(reader.measure)
    reader.page.keyboard.type("emergency")
    expect(reader.option(LABELS["acute_morbidity_ratio"])).to_be_visible()
    reader.press("Enter")
    reader.expect_query(view="table", measure="acute_morbidity_ratio")
    expect(reader.headline).to_contain_text("Emergency admissions")
    reader.ready()
    reader.tab_to(reader.region)
    reader.page.keyboard.type("Lond")
    expect(reader.option("London")).to_be_visible()
    reader.press("Enter")
    reader.expect_query(view="table", measure="acute_morbidity_ratio", region="london")
    expect(reader.headline).to_contain_text("In London")
    reader.ready()
    # Streamlit's group is entered at its first button, whichever is chosen.
    reader.tab_to(reader.view("Map"))
    reader.press("ArrowRight", "Space")
    reader.expect_query(view="hexes", measure="acute_morbidity_ratio", region="london")
    expect(reader.view("Hexes")).to_be_checked()
    expect(reader.cells).to_have_count(44)


def test_table_is_sorted_and_a_row_chosen_and_its_page_opened(reader: Reader):
    reader.open(view="table", region="london")
    reader.cells.first.wait_for()
    head = reader.table.get_by_role("columnheader").first
    reader.tab_to(head.get_by_role("button"))
    reader.press("Enter")
    expect(head).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    reader.press("Tab", "Tab", "Tab")
    expect(reader.focused).to_have_count(1)
    code = reader.focused.get_attribute("data-code")
    assert reader.column(0)[0] == NAMES[code]
    reader.press("Enter")
    reader.expect_chosen(code)
    reader.tab_to(reader.page.get_by_role("link", name="Open its page"))
    reader.press("Enter")
    expect(reader.title).to_have_text(NAMES[code])
