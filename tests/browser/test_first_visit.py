"""What the first visit of the home page costs: bytes as the browser's network counts them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from browser.reader import Reader

LIMIT = 1_700_000


def test_a_first_visit_receives_at_most_1_700_kilobytes(new_reader: Callable[..., Reader]):
    # A context of its own has no cache of other visits.
    reader = new_reader(fresh=True, webgl=True)
    received = 0.0

    def count(event: dict[str, float]) -> None:
        nonlocal received
        received += event["encodedDataLength"]

    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    tools = reader.context.new_cdp_session(reader.page)
    tools.on("Network.loadingFinished", count)
    tools.send("Network.enable")
    reader.open().wait_for_map()
    reader.settled()
    assert 1_000_000 < received + reader.received <= LIMIT
    assert not [url for url in asked if "MaterialSymbols" in url], "icons come with the first icon"
    assert any("deckgl" in url.lower() for url in asked), "the map's own script was not seen"
    assert any("/app/static/map-" in url for url in asked)
    assert any(".woff2" in url for url in asked)
    assert any("/assets/style.css" in url for url in asked)


def test_an_icon_is_drawn_and_not_spelled(phone: Reader):
    phone.open(view="table")
    icon = phone.page.get_by_test_id("stExpandSidebarButton").get_by_test_id("stIconMaterial")
    expect(icon).to_be_visible()
    phone.until("() => document.fonts.check('1em \"Material Symbols Rounded\"', 'a')")
    # Drawn as a picture of one letter's width, not as its name.
    assert icon.bounding_box()["width"] < 30


def test_icon_fonts_and_styles_arrive(reader: Reader):
    with reader.page.expect_response("**/assets/style.css*") as style:
        reader.open("/footprint", area="dorset")
    assert style.value.ok
    icons = reader.page.locator('link[rel~="icon"]').evaluate_all("all => all.map((i) => i.href)")
    assert icons
    for icon in icons:
        assert icon.startswith((f"{reader.server}/", "data:"))
        assert icon.startswith("data:") or reader.page.request.get(icon).ok
    failed = "() => [...document.fonts].filter((f) => f.status === 'error').map((f) => f.family)"
    assert reader.page.evaluate(failed) == []
