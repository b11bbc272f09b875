"""Relate in a browser: a click and a lasso."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.reader import Reader


def test_a_click_marks_a_footprint_and_a_lasso_lists_those_inside_it(reader: Reader):
    reader.open("/relate")
    chart = reader.page.locator(".js-plotly-plot")
    expect(chart.locator(".scatterlayer .point").first).to_be_visible()
    # Of the first region, London, the one drawn last is the smallest.
    chart.locator(".scatterlayer .trace").nth(1).locator(".point").last.click(force=True)
    reader.page.wait_for_url(lambda url: "area=" in url)
    marked = reader.page.get_by_role("combobox", name="Highlighted footprint")
    expect(marked).not_to_have_value("")

    reader.open("/relate")
    expect(chart.locator(".scatterlayer .point").first).to_be_visible()
    chart.locator('[data-title="Lasso Select"]').click()
    plot = chart.locator(".nsewdrag").bounding_box()
    assert plot
    # Around the upper right corner, where two of the West Midlands stand.
    left, right = plot["x"] + plot["width"] * 0.86, plot["x"] + plot["width"] * 0.99
    top, bottom = plot["y"] + 2, plot["y"] + plot["height"] * 0.18
    mouse = reader.page.mouse
    mouse.move(left, top)
    mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom), (left, top + 4)):
        mouse.move(x, y, steps=3)
    mouse.up()
    reader.expect_query(areas="birmingham-and-solihull,the-black-country")
    table = reader.page.locator("table", has_text="Selected footprints")
    expect(table.locator("tbody tr")).to_have_count(3)
    link = reader.page.get_by_role("link", name="Compare these 2 footprints")
    expect(link).to_have_attribute(
        "href", "compare?areas=birmingham-and-solihull,the-black-country"
    )
