"""200% and 400% zoom, and what a reader has set: no motion, colours of the system's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.reader import Reader, rgb
from browser.states import PLAIN, STATES, show
from stp_data import colours

WIDTHS = (320, 390, 640)
"""A window of 1280 px at 400% and at 200%, and between them a phone."""
# Text that leaves the window, or is hidden by what holds it; a frame may scroll its table.
CUT_OFF = r"""() => {
  const width = document.documentElement.clientWidth
  const main = document.querySelector("[data-testid=stMain]") ?? document.body
  const scrolls = (node) => {
    for (let up = node.parentElement; up && up !== main; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true
    return false
  }
  const found = []
  for (const root of [document.documentElement, main])
    if (root.scrollWidth > width) found.push(`scrolls to ${root.scrollWidth}`)
  for (const node of main.querySelectorAll("*")) {
    const box = node.getBoundingClientRect()
    const style = getComputedStyle(node)
    if (box.width < 3 || box.height < 3 || node.matches(".skip") || style.clipPath !== "none")
      continue
    const what = `${node.tagName} ${node.textContent.trim().slice(0, 50)}`
    if (box.right > width + 1 && !scrolls(node)) found.push(`out: ${what}`)
    const hides = ["hidden", "clip"].includes(style.overflowX) && node.textContent.trim()
    const map = node.closest("[data-testid=stDeckGlJsonChart]")
    if (hides && !map && node.clientWidth > 20 && node.scrollWidth > node.clientWidth + 2)
      found.push(`cut: ${what}`)
  }
  return found.slice(0, 5)
}"""


def test_nothing_scrolls_sideways_or_is_cut_off_at_200_and_400_percent(
    new_reader: Callable[..., Reader],
):
    reader = new_reader(viewport={"width": WIDTHS[0], "height": 800})
    found = {}
    for state in STATES:
        show(reader, state)
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 800})
            if problems := reader.page.evaluate(CUT_OFF):
                found[state, width] = problems
        reader.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    for path in PLAIN:
        reader.page.goto(f"{reader.server}{path}")
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 800})
            if problems := reader.page.evaluate(CUT_OFF):
                found[path, width] = problems
    assert found == {}


def test_map_stays_whole_on_a_tablet(new_reader: Callable[..., Reader]):
    """The map is as wide as the page: beside a column, London's inset would be cut off."""
    reader = new_reader(viewport={"width": 768, "height": 1024})
    reader.open(area="dorset")
    box = reader.canvas.bounding_box()
    assert box is not None
    assert box["width"] > 600
    assert reader.panel("Dorset").bounding_box()["y"] > box["y"] + box["height"]


@pytest.mark.parametrize("path", ["/", "/evidence", "/timeline", "/briefing/dorset"])
def test_nothing_moves_for_whoever_wants_no_motion(new_reader: Callable[..., Reader], path: str):
    reader = new_reader(reduced_motion="reduce")
    if path.startswith("/briefing"):
        reader.page.goto(f"{reader.server}{path}")
    else:
        reader.open(path)
    expect(reader.page.locator("h1")).to_be_visible()
    reader.until("() => document.getAnimations().length === 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_and_words_stay_apart_when_the_system_forces_colours(
    new_reader: Callable[..., Reader], scheme: str
):
    reader = new_reader(forced_colors="active", color_scheme=scheme)
    scale = colours.palette(scheme == "dark").scale
    reader.open(view="hexes")
    reader.cells.first.wait_for()
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
    reader.open("/priorities", show="matrix")
    cells = reader.page.locator(".matrix td button")
    cells.first.wait_for()
    grounds = set(
        cells.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)")
    )
    assert grounds == {f"rgb{rgb(c)}" for c in colours.strengths(dark=scheme == "dark")}
    reader.open("/finance")
    marks = reader.page.locator("g[data-code] path")
    marks.first.wait_for()
    inks = set(marks.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).stroke)"))
    # Four scopes.
    assert len(inks - {"none"}) >= 4
