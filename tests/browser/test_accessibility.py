"""axe finds nothing serious or critical, in light and in dark; pages have titles and language."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.reader import NAMES, SLUGS, Reader
from browser.states import PLAIN, STATES, show

GRAVE = ("serious", "critical")
# (rule, part of the selector, why): what is Streamlit's own and cannot be put right from here.
STREAMLITS_OWN: tuple[tuple[str, str, str], ...] = ()
TITLES = {
    "/": "Explore",
    "/priorities": "Priorities",
    "/footprint": "Footprint",
    "/compare": "Compare",
    "/organisations": "Organisations",
    "/finance": "Finance",
    "/timeline": "Timeline",
    "/evidence": "Evidence",
    "/data": "Data and methods",
}
NAMES_BY_SLUG = {slug: NAMES[code] for code, slug in SLUGS.items()}

both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def grave_violations(reader: Reader) -> list[str]:
    """What axe objects to, each with its selector."""
    found = []
    for violation in Axe().run(reader.page).response["violations"]:
        if violation["impact"] not in GRAVE:
            continue
        for node in violation["nodes"]:
            selector = str(node["target"])
            if not any(
                rule == violation["id"] and part in selector for rule, part, _ in STREAMLITS_OWN
            ):
                found.append(f"{violation['id']}: {selector} {node.get('failureSummary', '')}")
    return found


def heading_faults(reader: Reader) -> list[str]:
    """One heading of level 1, the first of all, and no level left out on the way down."""
    levels = reader.page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map((heading) => Number(heading.tagName[1]))"
    )
    whole = levels[:1] == [1] and levels.count(1) == 1
    down = all(below <= above + 1 for above, below in pairwise(levels))
    return [] if whole and down else [f"headings: {levels}"]


@both_schemes
@pytest.mark.parametrize("path", TITLES)
def test_no_view_has_a_grave_fault(new_reader: Callable[..., Reader], path: str, scheme: str):
    reader = new_reader(color_scheme=scheme)
    found = {}
    for state, (its_path, query) in STATES.items():
        if its_path != path:
            continue
        show(reader, state)
        if state == "dictionary":
            reader.page.locator("details summary").first.click()
            reader.page.locator("details table").first.wait_for()
        title = NAMES_BY_SLUG[query["area"]] if state == "footprint" else TITLES[path]
        assert reader.page.title().startswith(f"{title} ·")
        assert reader.page.locator("html").get_attribute("lang") == "en"
        if faults := [*grave_violations(reader), *heading_faults(reader)]:
            found[state] = faults
    assert found == {}, "\n".join(f"{k}:\n  " + "\n  ".join(v) for k, v in found.items())


@both_schemes
def test_no_page_without_scripts_has_a_grave_fault(new_reader: Callable[..., Reader], scheme: str):
    reader = new_reader(color_scheme=scheme)
    found = {}
    for path in PLAIN:
        reader.page.goto(f"{reader.server}{path}")
        found[path] = [*grave_violations(reader), *heading_faults(reader)]
    assert {path: all_of for path, all_of in found.items() if all_of} == {}


def test_axe_is_listening(reader: Reader):
    reader.open("/footprint")
    reader.page.evaluate("() => document.body.append(document.createElement('input'))")
    assert any(violation.startswith("label:") for violation in grave_violations(reader))
