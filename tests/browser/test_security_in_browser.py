"""What the content security policy forbids is stopped; every other browser test works under it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser.reader import Reader

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


def test_a_script_that_slipped_into_the_page_would_not_run(new_reader: Callable[..., Reader]):
    reader = new_reader(fresh=True)
    reader.context.add_init_script(NOTE)
    reader.open(view="table")
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
    reader.complaints.clear()


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


def test_other_sites_can_frame_embed_mode_and_nothing_else(reader: Reader, newsroom: str):
    reader.page.goto(newsroom)
    embedded = reader.page.frame_locator("[name=embedded]")
    expect(embedded.locator("[data-code]").first).to_be_visible()
    for name in ("plain", "briefing"):
        frame = reader.page.frame(name=name)
        assert frame is not None
        assert frame.url == "chrome-error://chromewebdata/", name
    assert len([text for text in reader.stopped if "frame-ancestors" in text]) == 2
    # The newsroom itself is the other host.
    assert {urlsplit(url).netloc for url in reader.foreign} == {urlsplit(newsroom).netloc}
    reader.foreign.clear()
    reader.complaints.clear()
