"""What a changed measure or choice sends stays small: hospital lines are thin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import stp_data
from browser.reader import NAMES, Reader
from ui.map import panel

BUDGET = 8_192


@pytest.fixture(scope="module")
def wordiest(atlas: stp_data.Atlas) -> str:
    """Code of the footprint with the longest summary: the dearest to choose."""
    return max(NAMES, key=lambda code: len(panel.panel(atlas, code)))


@pytest.mark.parametrize(
    "view",
    [
        "hexes",
        pytest.param("map", marks=pytest.mark.long),
        pytest.param("table", marks=pytest.mark.long),
    ],
)
def test_changed_measure_and_choice_stay_within_the_budget(
    new_reader: Callable[..., Reader], view: str, wordiest: str
):
    reader = new_reader(webgl=view == "map")
    reader.open(view=view)
    (reader.wait_for_map() if view == "map" else reader.cells.first.wait_for())
    sent: dict[str, int] = {}
    before = 0

    def note(what: str) -> None:
        nonlocal before
        sent[what] = reader.ready().received - before
        before += sent[what]

    def change_measure(measure: str, what: str) -> None:
        headline = reader.headline.inner_text()
        reader.choose_measure(measure)
        expect(reader.headline).not_to_have_text(headline)
        note(what)

    note("opened")
    change_measure("population", "measure")
    change_measure("gap_per_head_nhs_care", "measure with few figures")
    if view == "map":
        reader.click_map(wordiest)
    else:
        reader.cell(wordiest).click()
        reader.expect_chosen(wordiest)
    note(f"choice of {NAMES[wordiest]}")
    change_measure("imd_2015_poorest_fifth_share", "measure with a footprint chosen")
    if view == "hexes":
        # What is sent for the map is the same to a browser that cannot draw it.
        reader.view("Map").click()
        reader.page.wait_for_url(lambda url: "view=" not in url)
        note("opened as a map")
        change_measure("population", "measure on the map")
        del sent["opened as a map"]
    del sent["opened"]
    assert min(sent.values()) > 500, "nothing was counted"
    assert {what: size for what, size in sent.items() if size > BUDGET} == {}


@pytest.mark.parametrize(
    ("path", "query", "control", "option", "changed"),
    [
        ("/relate", {}, "Horizontal axis", "People", {"x": "population"}),
        (
            "/compare", {"areas": "dorset"}, "Footprints (2 to 5)", "Devon",
            {"areas": "dorset,devon"},
        ),
    ],
)  # fmt: skip
def test_changed_chart_stays_within_40_kilobytes(
    reader: Reader, path: str, query: dict[str, str], control: str, option: str, changed: dict
):
    reader.open(path, **query)
    before = reader.ready().received
    reader.choose(reader.page.get_by_role("combobox", name=control), option)
    reader.expect_query(**changed)
    reader.press("Escape")
    if path == "/compare":
        expect(reader.page.get_by_role("columnheader", name=option).first).to_be_visible()
    else:
        expect(reader.page.get_by_role("heading", name="between people")).to_be_attached()
    reader.ready()
    assert 500 < reader.received - before <= 40_960
