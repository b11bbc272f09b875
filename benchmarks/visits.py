"""What a visit costs a real Chromium: bytes as received, requests, time until the map is painted.

Nothing but the server is reachable, so that what a page would fetch from elsewhere (the usual
way's basemap) counts as a request that failed, with no bytes.
"""

from __future__ import annotations

import base64
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tools.headless import FLAGS, chromium_path

ALONE = [*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
VIEWPORT = {"width": 1400, "height": 1200}
PATIENCE = 120.0
QUIET, LONG_QUIET = 1.0, 5.0
"""Seconds in which nothing comes after which a page is taken for whole: long ones when a message
has had no answer, which not every message needs."""
BINARY = 2

# Notes when the canvas of the map has colours on it. What WebGL has drawn can be looked at later
# only if it keeps its buffer.
_WATCH = """(() => {
const getContext = HTMLCanvasElement.prototype.getContext
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  const keep = kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options
  return getContext.call(this, kind, keep)
}
const small = new OffscreenCanvas(80, 80).getContext("2d", { willReadFrequently: true })
const timer = setInterval(() => {
  const map = document.querySelector("#deckgl-overlay")
  if (!map || !map.width) return
  small.imageSmoothingEnabled = false
  small.clearRect(0, 0, 80, 80)
  small.drawImage(map, 0, 0, 80, 80)
  const seen = new Set(), pixels = new Uint32Array(small.getImageData(0, 0, 80, 80).data.buffer)
  let painted = 0
  for (const pixel of pixels) if (pixel >>> 24 > 128) { painted++; seen.add(pixel) }
  if (painted < 320 || seen.size < 4) return
  clearInterval(timer)
  window.mapPaintedAt = performance.now() / 1000
}, 25)
})()"""


@dataclass
class Traffic:
    """What the browser asked for and got, as its developer tools count it."""

    requests: int = 0
    foreign: int = 0
    http_bytes: float = 0
    socket_bytes: int = 0
    asked_at: float = 0
    """When the first message left for the server."""
    sent_at: float = 0
    """When the last one did."""
    finished_at: float = 0
    """When the server last said that a run had finished."""
    heard_at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Visit:
    """One load of a page."""

    requests: int
    foreign: int
    http_kilobytes: float
    socket_kilobytes: float
    seconds_to_whole: float
    seconds_to_map: float | None

    @property
    def kilobytes(self) -> float:
        """All that came."""
        return self.http_kilobytes + self.socket_kilobytes


@dataclass(frozen=True)
class Change:
    """One interaction in the browser."""

    socket_bytes: int
    seconds: float
    """From the message that left to the end of the run, as the browser's network saw it."""


@dataclass(frozen=True)
class Seen:
    """What the browser measured of one site."""

    first: list[Visit]
    repeat: Visit
    changes: dict[str, Change]

    @property
    def median_first(self) -> Visit:
        """The first visit whose bytes are the median."""
        return sorted(self.first, key=lambda visit: visit.kilobytes)[len(self.first) // 2]

    @property
    def seconds_to_map(self) -> float | None:
        """Median over the first visits."""
        times = [v.seconds_to_map for v in self.first if v.seconds_to_map is not None]
        return statistics.median(times) if times else None

    @property
    def seconds_to_whole(self) -> float:
        """Median over the first visits."""
        return statistics.median(visit.seconds_to_whole for visit in self.first)


class Tab:
    """A tab of the browser that counts."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.traffic = Traffic()
        self.started_at = 0.0
        self._is_foreign: set[str] = set()
        tools = context.new_cdp_session(self.page)
        tools.on("Network.requestWillBeSent", self._asked)
        tools.on("Network.loadingFinished", self._loaded)
        tools.on("Network.webSocketFrameReceived", self._framed)
        tools.on("Network.webSocketFrameSent", self._sent)
        tools.send("Network.enable")
        self.page.add_init_script(_WATCH)

    def _asked(self, event: dict[str, Any]) -> None:
        self.traffic.heard_at = time.monotonic()
        url = event["request"]["url"]
        if url.startswith(("data:", "blob:")):
            return
        if not self.started_at:
            self.started_at = event["timestamp"]
        if url.startswith("http://localhost:"):
            self.traffic.requests += 1
        else:
            self.traffic.foreign += 1

    def _loaded(self, event: dict[str, Any]) -> None:
        self.traffic.heard_at = time.monotonic()
        self.traffic.http_bytes += event["encodedDataLength"]

    def _sent(self, event: dict[str, Any]) -> None:
        if event["response"]["opcode"] == BINARY:
            self.traffic.asked_at = self.traffic.asked_at or event["timestamp"]
            self.traffic.sent_at = event["timestamp"]

    def _framed(self, event: dict[str, Any]) -> None:
        self.traffic.heard_at = time.monotonic()
        if event["response"]["opcode"] != BINARY:
            return
        data = base64.b64decode(event["response"]["payloadData"])
        self.traffic.socket_bytes += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "script_finished":
            self.traffic.finished_at = event["timestamp"]

    def settle(self) -> Traffic:
        """Wait until a run has finished and nothing more comes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.page.wait_for_timeout(50)
            quiet = time.monotonic() - self.traffic.heard_at
            is_answered = self.traffic.finished_at >= self.traffic.sent_at
            if self.traffic.finished_at and quiet > (QUIET if is_answered else LONG_QUIET):
                return self.traffic
        raise RuntimeError("the page did not become whole")

    def visit(self, url: str, *, has_map: bool) -> Visit:
        """Open a page and wait until it is whole and its map, if it has one, is painted."""
        self.traffic, self.started_at = Traffic(), 0.0
        self.page.goto(url)
        painted: float | None = None
        if has_map:
            painted = self._painted()
        seen = self.settle()
        return Visit(
            seen.requests,
            seen.foreign,
            seen.http_bytes / 1000,
            seen.socket_bytes / 1000,
            seen.finished_at - self.started_at,
            painted,
        )

    def _painted(self) -> float:
        end = time.monotonic() + PATIENCE
        # Not wait_for_function, which compiles text inside the page: its policy forbids that.
        while time.monotonic() < end:
            if painted := self.page.evaluate("window.mapPaintedAt"):
                return float(painted)
            self.page.wait_for_timeout(50)
        raise RuntimeError("the map was not painted")

    def change(self, act: Callable[[Page], None], *, tries: int = 3) -> Change:
        """Do something on the page that has the server answer.

        More than once if need be: a machine without a GPU can lose a click while shaders compile.
        """
        for _ in range(tries):
            self.traffic = Traffic()
            act(self.page)
            self.page.wait_for_timeout(1000 * QUIET)
            if self.traffic.asked_at:
                seen = self.settle()
                return Change(seen.socket_bytes, seen.finished_at - seen.asked_at)
        raise RuntimeError("the page asked the server for nothing")


def choose(label: str, option: str) -> Callable[[Page], None]:
    """Take an option of a list, which draws only those that fit what is typed."""

    def act(page: Page) -> None:
        page.get_by_role("combobox", name=label).click()
        page.keyboard.type(option)
        page.get_by_role("option", name=option, exact=True).click()

    return act


def click_map(lon: float, lat: float, centre: tuple[float, float], zoom: float) -> Any:
    """Click a place on the map as it is first shown."""

    def act(page: Page) -> None:
        box = page.locator("#deckgl-overlay").bounding_box()
        assert box
        world = 512 * 2**zoom
        x = box["x"] + box["width"] / 2 + (lon - centre[0]) / 360 * world
        y = box["y"] + box["height"] / 2 + (_mercator(centre[1]) - _mercator(lat)) * world
        page.mouse.move(x - 4, y - 4)
        page.mouse.move(x, y)
        page.mouse.click(x, y)

    return act


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def chromium_version() -> str:
    """Version of that Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ALONE)
        try:
            return browser.version
        finally:
            browser.close()


def looked_at(
    port: int, *, has_map: bool, times: int, changes: dict[str, Callable[[Page], None]]
) -> Seen:
    """First visits with fresh profiles, then in the last profile a second one, with changes."""
    url = f"http://localhost:{port}/"
    first = []
    with sync_playwright() as playwright:
        for number in range(times):
            with tempfile.TemporaryDirectory() as profile:
                context = _launched(playwright, profile)
                try:
                    tab = Tab(context)
                    first.append(tab.visit(url, has_map=has_map))
                    if number < times - 1:
                        continue
                    tab.page.close()
                    tab = Tab(context)
                    repeat = tab.visit(url, has_map=has_map)
                    done = {name: tab.change(act) for name, act in changes.items()}
                finally:
                    context.close()
    return Seen(first, repeat, done)


def _launched(playwright: Playwright, profile: str) -> BrowserContext:
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium_path(),
        args=ALONE,
        viewport=VIEWPORT,  # type: ignore[arg-type]
    )
    context.set_default_timeout(1000 * PATIENCE)
    return context
