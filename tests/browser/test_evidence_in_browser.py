"""From a figure to its conflict and back to its source, by clicks."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import Reader


def test_walk_from_a_figure_on_explore_to_its_conflict_and_its_source(reader: Reader):
    before = len(reader.page.context.pages)
    reader.open(view="hexes", area="cheshire-and-merseyside")
    reader.page.get_by_role("link", name="figures differ").click()
    reader.page.wait_for_url("**/evidence?conflict=stated:E54000008:finance_gap_2020_21")
    expect(reader.page.get_by_role("heading", level=2)).to_contain_text("sources give 4 figures")
    table = reader.page.get_by_role("table")
    for figure in ("£908m", "about £1bn", "£909m", "£958m"):
        expect(table.get_by_role("rowheader", name=figure, exact=False).first).to_be_visible()
    # Streamlit takes targets out of links: only the address tells a mark from a title.
    mark = table.get_by_role("link", name=re.compile("^source")).first
    assert mark.bounding_box()["width"] < 20
    reader.ready()
    mark.click()
    reader.page.wait_for_url("**/evidence?source=*")
    expect(reader.page.get_by_text("Every row that rests on it")).to_be_visible()
    assert len(reader.page.context.pages) == before
    reader.open("/evidence", view="sources", q="wirral globe")
    title = reader.page.get_by_role("rowheader").get_by_role("link").first
    expect(title).to_be_visible()
    assert title.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > 12
