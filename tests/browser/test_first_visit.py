"""What the first visit of the home page costs: bytes as the browser's network counts them."""

from __future__ import annotations

from collections.abc import Callable

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
