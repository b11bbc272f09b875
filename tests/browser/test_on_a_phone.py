"""390 pixels wide: one column, search first, nothing to the side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE
from browser.reader import NAMES, Reader, near, rgb
from stp_data.overview import colours

DORSET = "E54000041"


def expect_no_sideways_scroll(reader: Reader) -> None:
    widths = reader.page.evaluate(
        """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
        .map((node) => [node.scrollWidth, node.clientWidth])"""
    )
    for content, window in widths:
        assert content <= window
    assert widths[0][1] == 390


@pytest.mark.long
def test_map_paints_below_the_search_and_takes_taps(new_reader: Callable[..., Reader]):
    phone = new_reader(webgl=True, **PHONE)
    phone.open().wait_for_map()
    expect_no_sideways_scroll(phone)
    search, canvas = phone.search.bounding_box(), phone.canvas.bounding_box()
    assert search["y"] + search["height"] <= canvas["y"]
    assert canvas["x"] >= 0
    assert canvas["x"] + canvas["width"] <= 390
    for name in ("Zoom In", "Zoom Out"):
        button = phone.page.get_by_role("button", name=name).bounding_box()
        assert canvas["y"] < button["y"], name
        assert button["y"] + button["height"] < canvas["y"] + canvas["height"], name
    phone.expect_colour(DORSET, colours.LIGHT.scale[4])
    scale = [rgb(colour) for colour in colours.LIGHT.scale]
    painted = [
        code
        for code, seen in phone.colours(NAMES).items()
        if any(near(seen, colour) for colour in scale)
    ]
    # The smallest are a few pixels wide, and borders run through them.
    assert len(painted) >= 40
    phone.tap_map(DORSET)
    expect_no_sideways_scroll(phone)


def test_page_does_not_scroll_sideways_and_has_the_search_on_top(phone: Reader):
    phone.open("/footprint")
    box = phone.search.bounding_box()
    assert box["y"] + box["height"] < 400
    expect_no_sideways_scroll(phone)
    phone.open(view="hexes", area="dorset")
    phone.cells.first.wait_for()
    box = phone.search.bounding_box()
    for widget in (phone.measure, phone.region, phone.view("Table"), phone.cells.first):
        assert box["y"] + box["height"] <= widget.bounding_box()["y"]
    expect_no_sideways_scroll(phone)
    icon = phone.page.get_by_test_id("stExpandSidebarButton").get_by_test_id("stIconMaterial")
    expect(icon).to_be_visible()
    phone.until("() => document.fonts.check('1em \"Material Symbols Rounded\"', 'a')")
    # Drawn as a picture of one letter's width, not as its name.
    assert icon.bounding_box()["width"] < 30


def test_a_window_that_becomes_narrow_or_wide_asks_once_for_its_drawing(
    new_reader: Callable[..., Reader],
):
    phone = new_reader(fresh=True, **PHONE)
    asked: list[str | bytes] = []
    phone.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda sent: asked.append(sent))
    )
    phone.page.clock.install()
    for width, drawing in ((390, "0 0 340 "), (1400, "0 0 860 "), (390, "0 0 340 ")):
        phone.page.set_viewport_size({"width": width, "height": 844})
        if not asked:
            phone.open("/timeline", show="waves")
        phone.page.locator(f'svg.chart[viewBox^="{drawing}"]').wait_for()
        phone.ready()
        before = len(asked)
        # More than two of the times after which the page would ask again.
        phone.page.clock.run_for(4500)
        phone.ready()
        assert len(asked) == before, width
