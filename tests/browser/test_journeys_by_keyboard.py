"""The four main journeys by keyboard, with the focus seen at each step."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from playwright.sync_api import Locator, expect

from browser import states
from browser.reader import NAMES, Reader

WORCESTERSHIRE = "E54000019"


def go(reader: Reader, target: Locator, most: int = 120) -> None:
    """Tab to something, and see that it has the focus: it looks otherwise without."""
    reader.tab_to(target, most)
    box = target.bounding_box()
    assert box is not None
    size = reader.page.viewport_size
    assert size is not None
    left, top = max(0, box["x"] - 8), max(0, box["y"] - 8)
    clip = {
        "x": left,
        "y": top,
        "width": min(size["width"] - left, box["width"] + 16),
        "height": min(size["height"] - top, box["height"] + 16),
    }
    # Rings may fade in.
    with_focus = reader.page.screenshot(clip=clip, animations="disabled", caret="hide")
    target.evaluate("node => node.blur()")
    without = reader.page.screenshot(clip=clip, animations="disabled", caret="hide")
    assert with_focus != without, f"no focus is seen on {target}"
    target.evaluate("node => node.focus({ focusVisible: true })")


def test_postcode_to_summary_to_page_to_briefing(reader: Reader):
    reader.open(view="table")
    go(reader, reader.search)
    reader.page.keyboard.type("wr12ps")
    reader.press("Enter")
    reader.expect_chosen(WORCESTERSHIRE)
    go(reader, reader.page.get_by_role("link", name="Open its page"))
    reader.press("Enter")
    expect(reader.title).to_have_text(NAMES[WORCESTERSHIRE])
    reader.ready()
    go(reader, reader.page.get_by_role("link", name="Briefing to print"))
    reader.press("Enter")
    reader.page.wait_for_url("**/briefing/herefordshire-and-worcestershire")
    paper = pypdf.PdfReader(io.BytesIO(reader.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 2
    assert "Herefordshire" in paper.pages[0].extract_text()
    go(reader, reader.page.get_by_role("link", name="Skip to the text"))
    go(reader, reader.page.get_by_role("link", name="Word document"))


def test_theme_to_its_plans_to_a_source(reader: Reader):
    reader.open("/priorities", view="hexes")
    themes = reader.page.get_by_role("combobox", name="Clinical priorities")
    go(reader, themes)
    reader.page.keyboard.type("Stroke")
    expect(reader.page.get_by_role("option", name="Stroke", exact=True)).to_be_visible()
    reader.press("Enter")
    reader.page.wait_for_url("**theme=stroke**")
    reader.press("Escape")
    reader.ready()
    source = reader.page.locator('.listing td a[href^="http"]').first
    go(reader, source)
    assert source.inner_text().strip()


def test_a_second_is_chosen_and_two_are_compared(reader: Reader):
    reader.open("/compare", areas="dorset")
    areas = reader.page.get_by_role("combobox", name="Footprints (2 to 5)")
    go(reader, areas)
    reader.page.keyboard.type("Devon")
    expect(reader.page.get_by_role("option", name="Devon", exact=True)).to_be_visible()
    reader.press("Enter")
    reader.expect_query(areas="dorset,devon")
    reader.press("Escape")
    head = reader.page.locator("table", has_text="Member organisations as listed").locator(
        "thead th"
    )
    expect(head).to_have_text(["Topic", "Dorset", "Devon"])
    reader.ready()
    go(reader, reader.page.get_by_test_id("stExpander").locator("summary").first)
    reader.press("Enter")
    go(reader, reader.page.get_by_role("region").first)
    go(reader, reader.page.get_by_role("table").get_by_role("link", name="source").first)


def test_figure_of_a_gap_to_its_source_and_to_the_conflict(reader: Reader):
    reader.open("/finance")
    reader.wait_for_charts()
    go(reader, reader.page.get_by_role("combobox", name="Choose a figure from the list"))
    # Of which sources give several figures of one scope.
    reader.page.keyboard.type("Norfolk")
    expect(reader.page.get_by_role("option").first).to_contain_text("Norfolk")
    reader.press("Enter")
    figure = reader.page.locator(".stp-figure")
    source = figure.get_by_role("link", name="source").first
    source.wait_for()
    reader.ready()
    differ = figure.get_by_role("link", name=re.compile("figures differ"))
    go(reader, differ)
    reader.press("Enter")
    reader.page.wait_for_url("**/evidence?conflict=**")
    expect(reader.headline).to_contain_text("figures")
    reader.ready()
    go(reader, reader.page.get_by_role("table").get_by_role("link", name="source").first)
    reader.press("Enter")
    reader.page.wait_for_url("**/evidence?source=**")
    expect(reader.page.get_by_text("Where it is used")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("state", ["footprint", "compared", "one conflict"])
def test_screen_reader_hears_sources_inside_a_table_of_figures(reader: Reader, state: str):
    states.show(reader, state)
    main = reader.page.get_by_test_id("stMain")
    if state == "compared":
        main.get_by_test_id("stExpander").locator("summary").first.press("Enter")
        main.locator("table").nth(2).wait_for()
    figures = main.locator("table").first.aria_snapshot()
    assert re.search(r"\d", figures)
    assert 'link "source"' in figures
