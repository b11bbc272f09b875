"""axe finds nothing serious or critical, in light and in dark; pages have titles and language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import states
from browser.reader import Reader

GRAVE = ("serious", "critical")
# (rule, part of the selector, why): what is Streamlit's own and cannot be put right from here.
STREAMLITS_OWN: tuple[tuple[str, str, str], ...] = ()

STATES = {
    "map, chosen": ("/", {"area": "dorset"}, "Explore"),
    "hexes of a region": ("/", {"view": "hexes", "region": "london"}, "Explore"),
    "table, chosen, with gaps and a notice": (
        "/",
        {"view": "table", "area": "dorset", "measure": "gap_per_head_nhs", "region": "x"},
        "Explore",
    ),
    "theme on hexes": (
        "/",
        {"view": "hexes", "measure": "priorities", "theme": "stroke"},
        "Explore",
    ),
    "who names": ("/priorities", {"theme": "stroke", "area": "dorset"}, "Priorities"),
    "matrix": ("/priorities", {"show": "matrix", "cell": "E54000019:stroke"}, "Priorities"),
    "pairs": ("/priorities", {"show": "together"}, "Priorities"),
    "alike": ("/priorities", {"show": "alike", "area": "dorset"}, "Priorities"),
    "standing": ("/priorities", {"show": "standing"}, "Priorities"),
    "compared": ("/compare", {"areas": "dorset,devon"}, "Compare"),
    "footprint": ("/footprint", {"area": "dorset"}, "Dorset"),
    "chooser": ("/footprint", {}, "Footprint"),
}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(new_reader: Callable[..., Reader], scheme: str):
    reader = new_reader(color_scheme=scheme)
    found = {}
    for state, (path, query, title) in STATES.items():
        reader.open(path, **query)
        if path == "/":
            (reader.cells.first if "view" in query else reader.canvas).wait_for()
        if path == "/priorities":
            reader.page.get_by_test_id("stMain").locator("table, ul.stp-findings").first.wait_for()
        assert reader.page.title().startswith(f"{title} ")
        assert reader.page.locator("html").get_attribute("lang") == "en"
        assert reader.page.get_by_role("heading", level=1).count() == 1
        if violations := grave_violations(reader):
            found[state] = violations
    assert found == {}, "\n".join(f"{k}:\n  " + "\n  ".join(v) for k, v in found.items())


# Other tests run axe on the views of Organisations, Finance, Timeline, Evidence and Data.
ELSEWHERE = ("hexes in a frame", "new here", "glossary")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_frames_and_without_scripts(
    new_reader: Callable[..., Reader], scheme: str
):
    reader = new_reader(color_scheme=scheme)
    found = {}
    for state in ELSEWHERE:
        states.show(reader, state)
        found[state] = grave_violations(reader)
    for path in states.PLAIN:
        reader.page.goto(f"{reader.server}{path}")
        found[path] = grave_violations(reader)
    assert {name: all_of for name, all_of in found.items() if all_of} == {}


def test_axe_is_listening(reader: Reader):
    reader.open("/footprint")
    reader.page.evaluate("() => document.body.append(document.createElement('input'))")
    assert any(violation.startswith("label:") for violation in grave_violations(reader))
