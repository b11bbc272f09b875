"""What a reader has set: a tablet's width, no motion, colours of the system's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.reader import Reader, rgb
from browser.test_search_suggestions import options, suggested, typing
from stp_data.overview import colours


@pytest.mark.long
def test_map_stays_whole_on_a_tablet(new_reader: Callable[..., Reader]):
    """The map is as wide as the page: beside a column, London's inset would be cut off."""
    reader = new_reader(webgl=True, viewport={"width": 768, "height": 1024})
    reader.open(area="dorset")
    box = reader.canvas.bounding_box()
    assert box is not None
    assert box["width"] > 600
    assert reader.panel("Dorset").bounding_box()["y"] > box["y"] + box["height"]


def test_nothing_moves_for_whoever_wants_no_motion(new_reader: Callable[..., Reader]):
    reader = new_reader(reduced_motion="reduce")
    reader.page.goto(f"{reader.server}/briefing/dorset")
    reader.until("() => document.getAnimations().length === 0")
    for path in ("/evidence", "/timeline"):
        reader.open(path)
        reader.until("() => document.getAnimations().length === 0")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_shades_and_words_stay_apart_when_the_system_forces_colours(
    new_reader: Callable[..., Reader], scheme: str
):
    reader = new_reader(forced_colors="active", color_scheme=scheme)
    scale = colours.palette(scheme == "dark").scale
    reader.open(view="hexes")
    reader.cells.first.wait_for()
    expect(reader.legend.locator("span")).to_have_count(len(scale))
    swatches = reader.legend.locator("span").evaluate_all(
        "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)"
    )
    assert swatches == [f"rgb{rgb(colour)}" for colour in scale]
    pairs = reader.cells.evaluate_all(
        """cells => cells.map((cell) => [getComputedStyle(cell.querySelector("polygon")).fill,
        getComputedStyle(cell.querySelector("text")).fill])"""
    )
    assert {fill for fill, _ in pairs} == {f"rgb{rgb(colour)}" for colour in scale}
    for fill, text in pairs:
        (shade,) = [colour for colour in scale if fill == f"rgb{rgb(colour)}"]
        assert text == f"rgb{rgb(colours.readable(shade))}"
    typing(reader)
    suggested(reader, "chel")
    reader.press("ArrowDown")
    marked, *others = options(reader).evaluate_all(
        "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)"
    )
    assert marked not in others
    reader.open("/priorities", show="matrix", firm="any")
    cells = reader.page.locator(".matrix td button")
    cells.first.wait_for()
    grounds = set(
        cells.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)")
    )
    assert grounds == {f"rgb{rgb(c)}" for c in colours.strengths(dark=scheme == "dark")}
    reader.open("/finance")
    reader.wait_for_charts()
    marks = reader.charts.locator(".scatterlayer .point")
    inks = set(
        marks.evaluate_all(
            """nodes => nodes.map((node) => getComputedStyle(node))
            .map((style) => style.stroke === "none" ? style.fill : style.stroke)"""
        )
    )
    # The figure used, another one, and one of those that sources do not settle.
    assert len(inks - {"none"}) >= 3
