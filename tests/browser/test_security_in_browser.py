"""The policy in a browser: everything works under it, and what it forbids is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser.reader import NAMES, Reader

NOTE = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""

FRAMED = {
    "plain": "/?view=hexes",
    "briefing": "/briefing/dorset?embed=true",
    "embedded": "/?embed=true&view=hexes",
}


@pytest.fixture
def watched(new_reader: Callable[..., Reader]) -> Callable[..., Reader]:
    """Makes readers whose browser notes what a policy stopped."""

    def make(**options: object) -> Reader:
        reader = new_reader(**options)
        reader.context.add_init_script(NOTE)
        reader.told: list[str] = []  # type: ignore[attr-defined, misc]
        reader.page.on("console", lambda message: reader.told.append(message.text))  # type: ignore[attr-defined]
        return reader

    return make


def expect_no_violation(reader: Reader) -> None:
    assert reader.page.evaluate("window.violations") == []
    told = [text for text in reader.told if "Policy" in text or "policy" in text]  # type: ignore[attr-defined]
    assert told == []
    assert reader.foreign == []


def test_the_map_works_under_the_policy(watched: Callable[..., Reader]):
    reader = watched().open()
    reader.wait_for_map()
    reader.click_map("E54000041")
    reader.expect_chosen("E54000041")
    reader.choose_measure("population")
    reader.wait_for_map()
    reader.measure.click()
    reader.press("Escape")
    reader.search.fill("Wigan")
    reader.search.press("Enter")
    expect(reader.page.get_by_test_id("stMain")).to_contain_text("Greater Manchester")
    expect_no_violation(reader)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hexes_and_table_work_under_the_policy(watched: Callable[..., Reader], scheme: str):
    reader = watched(color_scheme=scheme).open(view="hexes")
    reader.page.locator('[data-code="E54000042"]').first.click()
    reader.expect_chosen("E54000042")
    reader.view("Table").click()
    expect(reader.table).to_be_visible()
    reader.table.get_by_role("button", name=NAMES["E54000041"]).click()
    reader.expect_chosen("E54000041")
    expect_no_violation(reader)


def test_the_matrix_and_copying_work_under_the_policy(watched: Callable[..., Reader]):
    reader = watched().open("/priorities", show="matrix")
    expect(reader.page.locator("table.matrix")).to_be_visible()
    reader.cell("E54000019:stroke").click()
    reader.page.wait_for_url(lambda url: "cell=" in url)
    expect_no_violation(reader)
    reader.open("/priorities", theme="stroke")
    assert "theme=stroke" in reader.copy_from("Copy link")
    expect_no_violation(reader)


@pytest.mark.parametrize(
    ("path", "query", "drawn"),
    [
        ("/footprint", {"area": "greater-manchester"}, "h2"),
        ("/compare", {"areas": "dorset,devon"}, "table"),
        ("/organisations", {"q": "ambulance"}, "table"),
        ("/organisations", {"show": "councils"}, "table"),
        ("/data", {}, "h1"),
        ("/priorities", {"show": "alike"}, "h2"),
        ("/priorities", {"show": "together"}, "table"),
        ("/", {"embed": "true"}, "#deckgl-overlay"),
        ("/nonsense", {}, "h1"),
    ],
)
def test_every_page_works_under_the_policy(
    watched: Callable[..., Reader], path: str, query: dict[str, str], drawn: str
):
    reader = watched().open(path, **query)
    expect(reader.page.locator(drawn).first).to_be_visible()
    expect_no_violation(reader)


@pytest.mark.parametrize("path", ["/briefing/", "/briefing/dorset", "/download/", "/api/"])
def test_plain_pages_need_nothing_that_their_policy_stops(
    watched: Callable[..., Reader], path: str
):
    reader = watched()
    reader.page.goto(f"{reader.server}{path}")
    expect(reader.page.locator("h1")).to_be_visible()
    expect_no_violation(reader)


def test_a_script_that_slipped_into_the_page_would_not_run(watched: Callable[..., Reader]):
    reader = watched().open(view="table")
    reader.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.slipped = 1";
          document.body.append(script);
          const other = document.createElement("script");
          other.src = "https://example.org/x.js";
          document.body.append(other);
          document.body.insertAdjacentHTML("beforeend", "<img src=x: onerror='window.slipped=2'>");
        }"""
    )
    reader.until("() => window.violations.length >= 3")
    assert reader.page.evaluate("window.slipped") is None
    stopped = reader.page.evaluate("window.violations")
    assert any("example.org" in line for line in stopped)
    sent = "() => fetch('https://example.org/?typed').then(() => 'sent', () => 'stopped')"
    assert reader.page.evaluate(sent) == "stopped"
    # Both were stopped inside the browser: nothing left for another host to answer.
    reader.foreign.clear()


@pytest.fixture
def newsroom(server: str) -> Iterator[str]:
    """Another site: a page with three frames of this one, on a port of its own."""
    frames = "".join(
        f"<iframe name={name} width=900 height=700 src='{server}{address}'></iframe>"
        for name, address in FRAMED.items()
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><h1>News</h1>{frames}".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


def test_other_sites_can_frame_embed_mode_and_nothing_else(
    watched: Callable[..., Reader], newsroom: str
):
    reader = watched()
    reader.page.goto(newsroom)
    embedded = reader.page.frame_locator("[name=embedded]")
    expect(embedded.locator("[data-code]").first).to_be_visible()
    for name in ("plain", "briefing"):
        frame = reader.page.frame(name=name)
        assert frame is not None
        assert frame.url == "chrome-error://chromewebdata/", name
    stopped = [text for text in reader.told if "frame-ancestors" in text]  # type: ignore[attr-defined]
    assert len(stopped) == 2
    # The newsroom itself is the other host.
    assert {urlsplit(url).netloc for url in reader.foreign} == {urlsplit(newsroom).netloc}
    reader.foreign.clear()
