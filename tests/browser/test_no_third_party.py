"""Nothing is ever asked of another host, and the home page does without Plotly.

Every browser test checks the same of its readers when it ends.
"""

from __future__ import annotations

from collections.abc import Callable

from browser.reader import Reader


def test_the_home_page_asks_for_its_own_map_fonts_and_style_and_no_plotly(
    new_reader: Callable[..., Reader],
):
    # Answers out of a cache would not be seen.
    reader = new_reader(fresh=True, webgl=True)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.lower()))
    with reader.page.expect_response("**/app/static/map-*.json"):
        reader.open()
    assert any("deckgl" in url for url in asked), "the map's own script was not seen"
    # The list of measures is drawn only when it is opened.
    reader.measure.click()
    reader.press("Escape")
    assert any(".woff2" in url for url in asked)
    assert any("/assets/style.css" in url for url in asked)


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
