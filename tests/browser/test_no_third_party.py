"""Nothing is ever asked of another host, and the home page does without Plotly.

Every other browser test checks the same when it ends; this one goes everywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

# Address, query, and something that is drawn last.
PLACES = [
    ("/", {"view": "hexes", "area": "x"}, "[data-code]"),
    ("/", {"view": "table", "area": "dorset"}, "[data-code]"),
    ("/footprint", {}, "a >> text=Dorset"),
    ("/footprint", {"area": "greater-manchester"}, "img"),
    ("/priorities", {"theme": "stroke"}, "table.listing"),
    ("/priorities", {"show": "matrix"}, "table.matrix"),
    ("/compare", {"areas": "dorset,devon"}, "table"),
    ("/nonsense", {}, "h1"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_asks_another_host(new_reader: Callable[..., Reader], scheme: str):
    reader = new_reader(color_scheme=scheme)
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url.lower()))
    with reader.page.expect_response("**/app/static/map-*.json"):
        reader.open()
    assert any("deckgl" in url for url in asked), "the map's own script was not seen"
    assert not any("plotly" in url for url in asked)
    # The list of measures, and a help text, are drawn only when they are opened.
    reader.measure.click()
    reader.press("Escape")
    for path, query, drawn in PLACES:
        reader.open(path, **query)
        expect(reader.page.locator(drawn).first).to_be_visible()
    assert any(".woff2" in url for url in asked)
    assert any("/assets/style.css" in url for url in asked)
    assert reader.foreign == []


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
