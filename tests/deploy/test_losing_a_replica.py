"""A replica is killed, or told to stop: who notices, and for how long."""

from __future__ import annotations

import hashlib
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import WebSocket, expect, sync_playwright

from deploy.site import PATIENCE, Crowd, Replica, Site, is_closed, view, wait_until, websocket
from tools.headless import FLAGS, chromium_path

pytestmark = pytest.mark.long

# A reader has the same view again within this time; on a machine that does nothing else, 2 s.
BACK_WITHIN = 10.0
# A replica that was told to stop has ended within this time; deploy/ gives it longer.
GONE_WITHIN = 20.0
SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
LARGE = max(SCRIPTS.iterdir(), key=lambda path: path.stat().st_size)
PATHS = [
    "/",
    "/footprint?area=dorset",
    "/priorities",
    "/_stcore/health",
    "/briefing/dorset",
    "/download/stated.csv",
    "/api/v1/footprints/dorset",
]
VIEW = "area=dorset&view=hexes"


def test_killed_under_load_no_request_fails_and_sessions_return(site: Site) -> None:
    first, second = site.replicas
    to_first, to_second = site.cookie_of(first), site.cookie_of(second)
    with (
        Crowd(site, PATHS) as crowd,
        websocket(site.port, {"Cookie": to_first}) as lost,
        websocket(site.port, {"Cookie": to_second}) as kept,
    ):
        seen = view(lost, VIEW)
        view(kept, "area=devon")
        crowd.answered(100)
        first.kill()
        start = time.monotonic()
        wait_until(lambda: is_closed(lost), "the lost session notices")
        with websocket(site.port, {"Cookie": to_first}) as again:
            assert len(view(again, VIEW)) == pytest.approx(len(seen), rel=0.05)
        assert time.monotonic() - start < BACK_WITHIN
        crowd.answered(300)
        assert "Devon" in view(kept, "area=devon")
    assert crowd.lost_nothing(), (crowd.bad, crowd.broken)
    site.restored()
    assert site.serving(to_first) is first  # It has its readers again.


def test_told_to_stop_it_finishes_what_it_sends_and_loses_nobody(site: Site) -> None:
    first = site.replicas[0]
    assert first.process is not None
    cookie = {"Cookie": site.cookie_of(first)}
    with (
        Crowd(site, PATHS) as crowd,
        websocket(site.port, cookie) as session,
        being_sent(first, f"/static/js/{LARGE.name}") as slow,
    ):
        view(session, VIEW)
        crowd.answered(100)
        first.terminate()
        wait_until(lambda: refuses(first), "it takes no new connections")
        wait_until(lambda: is_closed(session), "the session is told", GONE_WITHIN)
        assert session.close_code == 1012  # "Service restart": come again.
        with websocket(site.port, cookie) as again:
            assert "Dorset" in view(again, VIEW)
        assert first.process.poll() is None
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        assert hashlib.sha256(answer.read()).digest() == hashlib.sha256(LARGE.read_bytes()).digest()
        first.process.wait(timeout=GONE_WITHIN)
        crowd.answered(100)
    assert (crowd.bad, crowd.broken) == ([], [])


def test_a_browser_comes_back_to_the_same_view_on_the_other_replica(site: Site) -> None:
    connections: list[WebSocket] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = chromium.new_page()
        page.on("websocket", lambda one: connections.append(one))
        page.goto(f"{site.url}/?{VIEW}")
        chosen = page.locator("[data-code=E54000041][aria-pressed=true]")
        expect(chosen).to_be_visible(timeout=PATIENCE * 1000)
        serving = [replica.metric("active_sessions") for replica in site.replicas]
        assert sorted(serving) == [0, 1]
        was = len(connections)
        start = time.monotonic()
        site.replicas[serving.index(1)].kill()
        while len(connections) == was or connections[-1].is_closed():
            assert time.monotonic() - start < BACK_WITHIN
            page.wait_for_timeout(50)  # Playwright hears of connections only while it waits.
        assert page.url == f"{site.url}/?{VIEW}"
        expect(chosen).to_be_visible(timeout=PATIENCE * 1000)
        # And the page is alive: the next choice is drawn by the other replica.
        page.locator("[data-code=E54000010]").click()
        other = page.locator("[data-code=E54000010][aria-pressed=true]")
        expect(other).to_be_visible(timeout=PATIENCE * 1000)
        chromium.close()


def test_with_every_replica_gone_what_was_asked_before_is_still_answered(site: Site) -> None:
    before = site.get("/briefing/devon")
    for replica in site.replicas:
        replica.kill()
    assert site.get("/briefing/devon").body == before.body
    assert site.get("/").status == 502


@contextmanager
def being_sent(replica: Replica, path: str) -> Iterator[socket.socket]:
    """A large answer on its way, and not read yet."""
    with socket.socket() as slow:
        # So small that the answer cannot wait in buffers: it is on its way until it is read.
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(PATIENCE)
        slow.connect(("127.0.0.1", replica.port))
        slow.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert slow.recv(15, socket.MSG_PEEK) == b"HTTP/1.1 200 OK"
        yield slow


def refuses(replica: Replica) -> bool:
    """Whether it takes no new connections."""
    try:
        with socket.create_connection(("127.0.0.1", replica.port), timeout=PATIENCE):
            return False
    except ConnectionRefusedError:
        return True
