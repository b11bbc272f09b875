"""What a visit costs a real Chromium: bytes received, requests, time until the map is painted."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocket, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.servers import HERE
from tools.headless import FLAGS, chromium_path

# Nothing but the server is reachable: what is asked of other hosts is a request of no bytes.
ALONE = [*FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
PATIENCE, QUIET = 120.0, 2.0


class Tab:
    """A tab of the browser, and what came since ``start``."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.page.add_init_script(path=HERE / "watch.js")
        self.page.on("request", lambda request: self._heard(asked=request.url))
        self.page.on("websocket", self._connected)
        tools = context.new_cdp_session(self.page)
        tools.on("Network.loadingFinished", lambda one: self._heard(file=one["encodedDataLength"]))
        tools.send("Network.enable")

    def start(self) -> None:
        """Forget what came so far."""
        self.asked: list[str] = []
        self.files, self.bytes, self.sent, self.finished = 0.0, 0, 0.0, 0.0
        self.begun = self.heard = time.monotonic()

    def _heard(self, asked: str = "", file: float = 0, frame: str | bytes = b"") -> None:
        self.heard = time.monotonic()
        self.asked += [asked] if asked.startswith("http") else []
        self.files, self.bytes = self.files + file / 1000, self.bytes + len(frame)
        if ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":  # type: ignore[arg-type]
            self.finished = self.heard

    def _connected(self, line: WebSocket) -> None:
        line.on("framesent", lambda _: setattr(self, "sent", self.sent or time.monotonic()))
        line.on("framereceived", lambda frame: self._heard(frame=frame))

    def settle(self) -> None:
        """Wait until a run has finished and nothing more comes."""
        while not self.finished or time.monotonic() - self.heard < QUIET:
            if time.monotonic() - self.begun > PATIENCE:
                raise RuntimeError("the page did not become whole")
            self.page.wait_for_timeout(50)

    def visit(self, url: str, *, has_map: bool) -> dict[str, float]:
        """Return what it took until the page is whole and its map, if it has one, is painted."""
        self.start()
        self.page.goto(url)
        # Not wait_for_function, which compiles text inside the page: its policy forbids that.
        while has_map and not (painted := self.page.evaluate("window.mapPaintedAt")):
            self.page.wait_for_timeout(50)
        self.settle()
        ours = sum(address.startswith("http://localhost:") for address in self.asked)
        found = {
            "kB": self.files + self.bytes / 1000, "files": self.files, "socket": self.bytes / 1000,
            "requests": ours, "foreign": len(self.asked) - ours,
            "seconds": self.finished - self.begun,
        }  # fmt: skip
        return {**found, "map": painted} if has_map else found

    def change(self, label: str, option: str) -> dict[str, float]:
        """Return bytes and seconds of the server's answer to something done on the page."""
        # A machine without a GPU can lose a click while shaders compile.
        for _ in range(3):
            self.start()
            act(self.page, label, option)
            self.page.wait_for_timeout(1000)
            if self.sent:
                self.settle()
                return {"bytes": self.bytes, "seconds": self.finished - self.sent}
        raise RuntimeError("the page asked the server for nothing")


def act(page: Page, label: str, option: str) -> None:
    """Take an option of a list; without a label click Dorset, from the middle of our map."""
    if label:
        page.get_by_role("combobox", name=label).click()
        # The list draws only those that fit what is typed.
        page.keyboard.type(option)
        page.get_by_role("option", name=option, exact=True).click()
    elif box := page.locator("#deckgl-overlay").bounding_box():
        x, y = box["x"] + box["width"] / 2 - 12, box["y"] + box["height"] / 2 + 212
        page.mouse.move(x - 4, y - 4)
        page.mouse.click(x, y)


def visits(port: int, times: int, changes: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return medians of first visits, with fresh profiles, and a repeat visit with changes."""
    url, has_map, first = f"http://localhost:{port}/", bool(changes), []
    with sync_playwright() as playwright:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(
                    profile, executable_path=chromium_path(), args=ALONE,
                    viewport={"width": 1400, "height": 1200},
                )  # fmt: skip
                first.append(Tab(context).visit(url, has_map=has_map))
                if len(first) == times:
                    tab = Tab(context)
                    repeat = tab.visit(url, has_map=has_map)
                    changed = {name: tab.change(*what) for name, what in changes.items()}
                context.close()
    medians = {name: statistics.median(one[name] for one in first) for name in first[0]}
    return {"first": medians, "repeat": repeat, "changed": changed}
