"""Pages in their views, each opened once: title, headings, axe, console, other hosts, widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from each import WHOLE, each
from playwright.sync_api import expect

from browser.reader import NAMES, SLUGS, Reader
from browser.states import AT_EACH_CHANGE, IN_THE_DARK, NO_BRIEFING, PLAIN, STATES, show

WIDTHS = (1400, 640, 390, 320) if WHOLE else (1400, 640, 320)
"""A desk, a window of 1280 px at 200% and at 400%, and between them a phone."""
GRAVE = ("serious", "critical")
TITLES = {
    "/": "Explore",
    "/priorities": "Priorities",
    "/footprint": "Footprint",
    "/compare": "Compare",
    "/relate": "Relate two measures",
    "/organisations": "Organisations",
    "/finance": "Finance",
    "/timeline": "Timeline",
    "/evidence": "Evidence",
    "/data": "Data and methods",
}
WITH_A_FINDING = ("hexes", "who names", "compared", "gaps", "one conflict", "plans", "bodies")
ELEMENTS = re.compile(r"""^\s*- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?(.*)""")
NAMED = ("button", "link", "combobox", "textbox", "radio", "checkbox", "searchbox", "heading")
NAMES_BY_SLUG = {slug: NAMES[code] for code, slug in SLUGS.items()}
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
    if (box.width < 3 || box.height < 3) continue
    const style = getComputedStyle(node)
    if (node.matches(".skip") || style.clipPath !== "none") continue
    const what = `${node.tagName} ${node.textContent.trim().slice(0, 50)}`
    if (box.right > width + 1 && !scrolls(node)) found.push(`out: ${what}`)
    const hides = ["hidden", "clip"].includes(style.overflowX) && node.textContent.trim()
    const map = node.closest("[data-testid=stDeckGlJsonChart]")
    if (hides && !map && node.clientWidth > 20 && node.scrollWidth > node.clientWidth + 2)
      found.push(`cut: ${what}`)
  }
  return found.slice(0, 5)
}"""
# The charts of a phone are asked for when the window has become narrow; the matrix never is.
SETTLED = """() => [...document.querySelectorAll("svg.chart")]
  .every((chart) => innerWidth > 640 || chart.viewBox.baseVal.width < 700)"""


def grave_violations(reader: Reader) -> list[str]:
    """What axe objects to, each with its selector."""
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in Axe().run(reader.page).response["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def heading_faults(reader: Reader) -> list[str]:
    """One heading of level 1, the first of all, and no level left out on the way down."""
    levels = reader.page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map((heading) => Number(heading.tagName[1]))"
    )
    whole = levels[:1] == [1] and levels.count(1) == 1
    down = all(below <= above + 1 for above, below in pairwise(levels))
    return [] if whole and down else [f"headings: {levels}"]


def width_faults(reader: Reader, widths: Sequence[int] = WIDTHS) -> list[str]:
    """What leaves the window or is cut off at any of the widths."""
    found = []
    for width in widths:
        reader.page.set_viewport_size({"width": width, "height": 800})
        reader.until(SETTLED)
        # A page may be drawn anew for a narrow window: what it comes to counts.
        try:
            reader.until(f"() => ({CUT_OFF})().length === 0", seconds=4)
        except AssertionError:
            found += [f"{width} px: {fault}" for fault in reader.page.evaluate(CUT_OFF)]
    return found


def reading_faults(reader: Reader, state: str) -> list[str]:
    """What a screen reader would meet out of order, or without a name."""
    lines = reader.page.locator("body").aria_snapshot().splitlines()
    found = [(match[1], match[2] or "") for match in filter(None, map(ELEMENTS.match, lines))]
    roles = [role for role, _ in found]
    faults = [f"{role} without a name" for role, name in found if role in NAMED and not name]
    if roles.count("main") != 1 or roles.index("navigation") > roles.index("main"):
        faults.append(f"landmarks: {[r for r in roles if r in ('navigation', 'main')]}")
    # The finding stands before the drawing or the table that shows it.
    if state in WITH_A_FINDING:
        drawn = next(
            place
            for place, (role, name) in enumerate(found)
            if role in ("table", "figure")
            or (role == "group" and name not in ("", "Selected values"))
        )
        if roles[:drawn].count("heading") < 2:
            faults.append("what is drawn stands before its heading")
    return faults


@pytest.mark.parametrize("state", STATES if WHOLE else AT_EACH_CHANGE)
def test_view_is_titled_accessible_quiet_and_whole_at_every_width(
    new_reader: Callable[..., Reader], state: str
):
    reader = new_reader(webgl=state == "map")
    path, query = STATES[state]
    show(reader, state)
    title = NAMES_BY_SLUG[query["area"]] if state == "footprint" else TITLES[path]
    expect(reader.page).to_have_title(re.compile(f"^{re.escape(title)} ·"))
    assert reader.page.locator("html").get_attribute("lang") == "en"
    faults = [*grave_violations(reader), *heading_faults(reader)]
    if "embed" not in query:
        faults += reading_faults(reader, state)
    faults += [*width_faults(reader), *reader.complaints]
    assert faults == []


@each("path", PLAIN)
def test_page_without_scripts_is_accessible_and_whole_at_every_width(
    new_reader: Callable[..., Reader], path: str
):
    reader = new_reader()
    reader.page.goto(f"{reader.server}{path}")
    expect(reader.page.locator("h1")).to_be_visible()
    faults = [*grave_violations(reader), *heading_faults(reader), *width_faults(reader)]
    faults += [text for text in reader.complaints if "404" not in text or path != NO_BRIEFING]
    if path in PLAIN if WHOLE else PLAIN[:1]:
        reader.page.emulate_media(color_scheme="dark")
        faults += grave_violations(reader)
        reader.page.emulate_media(color_scheme="light")
    assert faults == []


@pytest.mark.parametrize("state", STATES if WHOLE else IN_THE_DARK)
def test_view_is_accessible_in_the_dark(new_reader: Callable[..., Reader], state: str):
    reader = new_reader(webgl=state == "map", color_scheme="dark")
    show(reader, state)
    assert [*grave_violations(reader), *reader.complaints] == []


def test_faults_put_into_a_page_are_noticed(reader: Reader):
    reader.open("/footprint")
    reader.page.evaluate(
        """() => {
          document.body.append(document.createElement("input"))
          document.querySelector("[data-testid=stMain]")
            .insertAdjacentHTML("beforeend", "<p style='width: 3000px'>wide</p>")
        }"""
    )
    assert any(violation.startswith("label:") for violation in grave_violations(reader))
    assert any("out: P wide" in fault for fault in width_faults(reader, WIDTHS[:1]))
