"""A reader of the dashboard: the one place that knows how its pages are built.

Waits are for something to be seen, never for time to pass.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from PIL import Image
from playwright.sync_api import ConsoleMessage, Dialog, Error, Locator, Page, WebSocket, expect

from ui.map import deck

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"

Colour = tuple[int, int, int]


def rows(table: str) -> list[dict[str, str]]:
    """A table as the csv module reads it."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FOOTPRINTS = rows("footprints")
NAMES = {row["code"]: row["name"] for row in FOOTPRINTS}
SLUGS = {row["code"]: row["slug"] for row in FOOTPRINTS}
LABELS = {row["measure"]: row["label"] for row in rows("measures")}
DEFAULT_MEASURE = "aged_65_over_share"


def figures(measure: str) -> dict[str, float]:
    """Figures of the 44 from the raw table."""
    return {
        row["code"]: float(row["value"])
        for row in rows("measured")
        if row["measure"] == measure and row["code"] in NAMES
    }


def rgb(colour: str) -> Colour:
    """(r, g, b) of #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def near(colour: Colour, other: Colour, by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, other, strict=True))


class Reader:
    """Opens pages, looks, clicks and types, and notes what the browser asks for meanwhile."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.context = page.context
        self.server = server
        self.received = 0
        """Bytes of websocket messages so far."""
        self.foreign: list[str] = []
        self.plotly: list[str] = []
        """Pages on which the script that draws charts was asked for."""
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        self.complaints: list[str] = []
        """Errors in the browser's console, what a policy stopped among them."""
        self._listeners: dict[str, Callable[[Any], None]] = {
            "request": lambda request: self._requested(request.url),
            "websocket": self._listen,
            "pageerror": self._failed,
            "console": self._heard,
            "dialog": self._asked,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def let_go(self) -> None:
        """Listen no longer; the tab may serve another reader."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.unroute_all()

    def _failed(self, error: Error) -> None:
        # Said only by a browser that was started without WebGL.
        if "WebGL context: disabled" not in str(error):
            self.errors.append(str(error))

    def _asked(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.accept()

    def _requested(self, url: str) -> None:
        ours = (f"{self.server}/", f"blob:{self.server}/", "data:")
        if not url.startswith(ours):
            self.foreign.append(url)
        if "plotly" in url.lower():
            page = urlsplit(self.page.url).path
            self.plotly.append(page)

    @property
    def stopped(self) -> list[str]:
        """What a content security policy stopped so far."""
        return [text for text in self.complaints if "Security Policy" in text]

    def _heard(self, message: ConsoleMessage) -> None:
        # Streamlit's own: below a deeper address it first asks for its own files in vain.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.complaints.append(f"{message.text} {message.location.get('url')}")

    def _listen(self, socket: WebSocket) -> None:
        if not socket.url.startswith(self.server.replace("http", "ws", 1) + "/"):
            self.foreign.append(socket.url)
        socket.on("framereceived", self._count)

    def _count(self, payload: str | bytes) -> None:
        self.received += len(payload.encode() if isinstance(payload, str) else payload)

    # Addresses

    def open(self, path: str = "/", **query: str) -> Reader:
        """Go to an address and wait until the page is drawn."""
        asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
        self.page.goto(f"{self.server}{path}{asked}")
        return self.ready()

    def open_url(self, url: str) -> Reader:
        self.page.goto(url)
        return self.ready()

    def ready(self) -> Reader:
        """Wait until the script has run and the heading is there."""
        expect(self.title).to_be_visible()
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        return self

    def query(self) -> dict[str, str]:
        """The query string of the address."""
        found = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        return {name: value for name, (value,) in found.items()}

    def expect_query(self, **query: str) -> None:
        """Wait for exactly this query string."""
        self.page.wait_for_url(
            lambda url: parse_qs(urlsplit(url).query) == {k: [v] for k, v in query.items()}
        )

    def until(self, condition: str, seconds: float = 30) -> None:
        """Wait until a function in the page answers something true.

        Playwright's own way compiles text inside the page, which the page's policy stops.
        """
        met = self.page.evaluate(
            f"""() => new Promise((answer) => {{
              const condition = {condition}, end = performance.now() + {seconds} * 1000;
              const look = () => condition() ? answer(true)
                : performance.now() > end ? answer(false) : requestAnimationFrame(look);
              look();
            }})"""
        )
        assert met, condition

    def settled(self) -> Reader:
        """Wait until nothing has arrived for half a second.

        Playwright's own "networkidle" now and then waits for a request that was given up.
        """
        self.until(
            """() => performance.now() - Math.max(
            ...performance.getEntriesByType("resource").map((one) => one.responseEnd)) > 500"""
        )
        return self

    def copy_from(self, button: str) -> str:
        """Press a button that copies, once it works; what the clipboard has then."""
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.until("() => document.documentElement.dataset.copies")
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_role("button", name="Copied")).to_be_visible()
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    # What stands on the page

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1).first

    @property
    def headline(self) -> Locator:
        """The finding above the map: the first heading after the title."""
        return self.page.get_by_test_id("stMain").get_by_test_id("stHeading").nth(1)

    def panel(self, name: str) -> Locator:
        """Heading of the summary of a footprint."""
        return self.page.locator("h2.stp-head", has_text=re.compile(f"^{re.escape(name)}$"))

    def expect_chosen(self, code: str) -> None:
        """Wait until a footprint is chosen: the panel names it and the address too."""
        expect(self.panel(NAMES[code])).to_be_visible()
        self.page.wait_for_url(lambda url: f"area={SLUGS[code]}" in url)
        self.ready()

    @property
    def notices(self) -> Locator:
        return self.page.get_by_test_id("stAlert")

    @property
    def legend(self) -> Locator:
        return self.page.get_by_role("list", name="Legend")

    @property
    def navigation(self) -> Locator:
        return self.page.get_by_role("navigation", name="App pages")

    # Widgets

    @property
    def search(self) -> Locator:
        return self.page.get_by_role("combobox", name="Find a footprint")

    @property
    def measure(self) -> Locator:
        return self.page.get_by_role("combobox", name="Measure")

    @property
    def region(self) -> Locator:
        return self.page.get_by_role("combobox", name="NHS region")

    def view(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name)

    def option(self, label: str) -> Locator:
        """One entry of an open list, with or without a group before its name."""
        return self.page.get_by_role("option", name=re.compile(f"^(\\w+: )?{re.escape(label)}$"))

    def choose(self, box: Locator, label: str) -> None:
        """Type an entry of a list and take it with Enter: while it is filtered, entries move."""
        self.ready()
        box.click()
        box.fill(label)
        expect(self.page.get_by_role("option", name=label, exact=True)).to_be_visible()
        box.press("Enter")

    def choose_measure(self, measure: str) -> None:
        self.measure.click()
        self.option(LABELS[measure]).click()
        expect(self.measure).to_have_value(re.compile(f"{re.escape(LABELS[measure])}$"))
        self.page.wait_for_url(lambda url: f"measure={measure}" in url)
        self.ready()

    # Map

    @property
    def canvas(self) -> Locator:
        return self.page.locator("#deckgl-overlay")

    def wait_for_map(self) -> Reader:
        """Wait until the map has painted something."""
        self.canvas.wait_for()
        self.ready()
        for _ in range(60):
            picture = self.picture()
            if len(picture.getcolors(maxcolors=picture.width * picture.height)) > 8:
                return self
        raise AssertionError("the map never painted")

    def expect_colour(self, code: str, colour: str) -> None:
        """Wait until a point inside a footprint is painted in this colour (#rrggbb)."""
        seen = None
        for _ in range(60):
            seen = self.colours([code])[code]
            if near(seen, rgb(colour)):
                return
        raise AssertionError(f"{NAMES[code]} is painted {seen}, not {rgb(colour)}")

    def colours(self, codes: Iterable[str]) -> dict[str, Colour]:
        """Colour of a point inside each of some footprints."""
        picture = self.picture()
        box = self.canvas.bounding_box()
        assert box
        ratio = picture.width / box["width"]
        found = {}
        for code in codes:
            x, y = self.spot(code)
            assert 0 < x < box["width"], f"{NAMES[code]} is outside of the map"
            assert 0 < y < box["height"], f"{NAMES[code]} is outside of the map"
            found[code] = picture.getpixel((round(x * ratio), round(y * ratio)))
        return found

    def picture(self) -> Image.Image:
        """What the map shows now."""
        # Playwright's own scrolling waits for frames, which are rare while a map is painted.
        self.canvas.evaluate("node => node.scrollIntoViewIfNeeded()")
        shot = self.page.screenshot(clip=self.canvas.bounding_box())
        return Image.open(io.BytesIO(shot)).convert("RGB")

    def spot(self, code: str) -> tuple[float, float]:
        """Where, from the map's upper left corner, a point inside a footprint is drawn."""
        (row,) = [row for row in FOOTPRINTS if row["code"] == code]
        box = self.canvas.bounding_box()
        assert box
        narrow = self.page.viewport_size["width"] <= 640
        centre = deck.CENTRE_NARROW if narrow else deck.CENTRE
        zoom = deck.ZOOM_NARROW if narrow else deck.ZOOM
        world = 512 * 2**zoom
        x = (float(row["lon"]) - centre["longitude"]) / 360
        y = _mercator(centre["latitude"]) - _mercator(float(row["lat"]))
        return box["width"] / 2 + x * world, box["height"] / 2 + y * world

    def click_map(self, code: str) -> None:
        """Click a footprint on the map.

        The pointer moves first, and there is one more try: while shaders compile, a machine
        without a GPU can lose the first click.
        """
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        assert box
        x, y = self.spot(code)
        x, y = box["x"] + x, box["y"] + y
        self.page.mouse.move(x - 4, y - 4)
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)
        try:
            expect(self.panel(NAMES[code])).to_be_visible(timeout=10_000)
        except AssertionError:
            self.page.mouse.click(x, y)
        self.expect_chosen(code)

    def tap_map(self, code: str) -> None:
        """The same with a finger."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        assert box
        x, y = self.spot(code)
        x, y = box["x"] + x, box["y"] + y
        self.page.touchscreen.tap(x, y)
        try:
            expect(self.panel(NAMES[code])).to_be_visible(timeout=10_000)
        except AssertionError:
            self.page.touchscreen.tap(x, y)
        self.expect_chosen(code)

    # Charts

    @property
    def charts(self) -> Locator:
        return self.page.get_by_test_id("stPlotlyChart")

    def wait_for_charts(self, number: int = 1) -> None:
        """Wait until so many are drawn."""
        expect(self.page.locator(".js-plotly-plot .main-svg .cartesianlayer")).to_have_count(number)

    def marks(self) -> list[str]:
        """Keys of the figures in the first chart."""
        return list(
            self.page.evaluate(
                """() => document.querySelector(".js-plotly-plot").data
                  .flatMap((trace) => trace.customdata ?? []).map((data) => data[0])"""
            )
        )

    def mark(self, key: str) -> tuple[float, float]:
        """Where a figure of the first chart lies in the window; it is scrolled into view."""
        spot = """([key, scroll]) => {
          const plot = document.querySelector(".js-plotly-plot")
          for (const trace of plot._fullData) {
            const at = (trace.customdata ?? []).findIndex((data) => data[0] === key)
            if (at < 0) continue
            const [x, y] = ["x", "y"].map((name) => {
              const axis = plot._fullLayout[trace[name + "axis"].replace(name, name + "axis")]
              return axis._offset + axis.d2p(trace[name][at])
            })
            const main = document.querySelector("[data-testid=stMain]")
            const top = plot.getBoundingClientRect().top + y
            if (scroll) main.scrollBy({top: top - innerHeight / 2, behavior: "instant"})
            const box = plot.getBoundingClientRect()
            return [box.left + x, box.top + y]
          }
        }"""
        self.page.evaluate(spot, [key, True])
        x, y = self.page.evaluate(spot, [key, False])
        return float(x), float(y)

    # Hexes and table

    def cell(self, code: str) -> Locator:
        """The hex of a footprint, or its button in the table."""
        return self.page.locator(f'[data-code="{code}"]')

    @property
    def cells(self) -> Locator:
        return self.page.locator("[data-code]")

    @property
    def focused(self) -> Locator:
        """The hex or the button in the table that has the focus."""
        return self.page.locator("[data-code]:focus")

    @property
    def table(self) -> Locator:
        return self.page.locator("[data-holder] table")

    def column(self, number: int) -> list[str]:
        """Texts of a column of the table, from the top."""
        cells = self.table.locator(f"tbody tr > :nth-child({number + 1})")
        return [text.strip() for text in cells.all_inner_texts()]

    # Keyboard

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, target: Locator, most: int = 60) -> None:
        """Press Tab until the target has the focus."""
        target.wait_for()
        for _ in range(most):
            self.press("Tab")
            if target.evaluate("node => node.getRootNode().activeElement === node"):
                return
        raise AssertionError(f"{most} times Tab did not reach {target}")


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
