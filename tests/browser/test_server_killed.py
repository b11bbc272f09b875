"""The server dies and comes back: the reader's page does too, with what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from serving import free_port, start_server, wait_until_healthy

from browser.reader import NAMES, Reader


@pytest.fixture
def own_reader(chromium: Browser) -> Iterator[Reader]:
    """A reader of a server that the test may kill."""
    port = free_port()
    process = start_server(port)
    url = f"http://localhost:{port}"
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    try:
        wait_until_healthy(url, process)
        reader = Reader(context.new_page(), url)
        reader.process, reader.port = process, port  # type: ignore[attr-defined]
        yield reader
    finally:
        context.close()
        process.kill()
        process.wait(timeout=20)


@pytest.mark.long
def test_a_killed_server_loses_no_choice(own_reader: Reader):
    reader = own_reader
    reader.open(view="table", area="dorset", measure="population")
    expect(reader.panel(NAMES["E54000041"])).to_be_visible()
    expect(reader.table).to_be_visible()
    expect(reader.view("Hexes")).to_be_visible()
    # Scripts that were on the way when the server died would be missing until a reload.
    reader.settled()
    reader.process.kill()  # type: ignore[attr-defined]
    reader.process.wait(timeout=20)  # type: ignore[attr-defined]
    again = start_server(reader.port)  # type: ignore[attr-defined]
    try:
        wait_until_healthy(reader.server, again)
        # Without a reload: the page connects by itself, and draws what its address says.
        app = reader.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        reader.ready()
        reader.view("Hexes").click()
        chosen = NAMES["E54000041"]
        expect(reader.page.locator("svg [data-code]").first).to_be_visible()
        expect(reader.panel(chosen)).to_be_visible()
        reader.expect_query(view="hexes", area="dorset", measure="population")
        # And whoever opens the address anew finds the same.
        reader.page.reload()
        reader.ready()
        expect(reader.panel(chosen)).to_be_visible()
    finally:
        again.kill()
        again.wait(timeout=20)
