"""One Chromium, tabs that are used again, and what holds on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.reader import Reader
from tools.headless import FLAGS, WITHOUT_WEBGL, chromium_path

DESK: dict[str, Any] = {"viewport": {"width": 1400, "height": 1000}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


WITH_CHARTS = {"/compare", "/finance", "/relate", "/timeline"}
"""Pages for which the browser may fetch the script that draws charts."""


# Of the package, not the session: a waiting Playwright keeps an event loop, which other tests
# would trip over.
@pytest.fixture(scope="package")
def launch() -> Iterator[Callable[[bool], Browser]]:
    """Gives the one Chromium with WebGL, or the one without, which shows all but the map faster."""
    path = chromium_path()
    # How long a condition may take at most on a busy machine; met conditions wait for nothing.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:

        @cache
        def browser(webgl: bool) -> Browser:
            flags = FLAGS if webgl else WITHOUT_WEBGL
            return playwright.chromium.launch(executable_path=path, args=flags)

        yield browser


@pytest.fixture(scope="package")
def chromium(launch: Callable[[bool], Browser]) -> Browser:
    return launch(False)


class Tabs:
    """Open tabs by the options of their context, to be used again.

    A tab that has shown one page shows the next in half the time: its scripts are there, compiled.
    """

    def __init__(self, launch: Callable[[bool], Browser]) -> None:
        self.launch = launch
        self.contexts: dict[str, BrowserContext] = {}
        self.idle: dict[str, list[Page]] = {}

    def take(self, options: dict[str, Any], *, webgl: bool) -> Page:
        key = repr((options, webgl))
        if key not in self.contexts:
            self.contexts[key] = self.new_context(options, webgl=webgl)
        if self.idle.get(key):
            page = self.idle[key].pop()
            page.set_viewport_size(options["viewport"])
            return page
        return self.contexts[key].new_page()

    def give_back(self, page: Page, options: dict[str, Any], *, webgl: bool) -> None:
        self.idle.setdefault(repr((options, webgl)), []).append(page)

    def new_context(self, options: dict[str, Any], *, webgl: bool) -> BrowserContext:
        context = self.launch(webgl).new_context(**options)
        context.set_default_timeout(30_000)
        return context


@pytest.fixture(scope="package")
def tabs(launch: Callable[[bool], Browser]) -> Tabs:
    return Tabs(launch)


@pytest.fixture
def new_reader(tabs: Tabs, server: str) -> Iterator[Callable[..., Reader]]:
    """Makes readers, each in a tab.

    ``fresh`` is for one whose browser has seen nothing yet, ``webgl`` for one who looks at the map.

    When the test is over, each must have seen no request to another host, no uncaught error, no
    dialog, no Plotly on a page without charts, and nothing that a content security policy had to
    stop.
    """
    readers: list[Reader] = []

    def make(*, fresh: bool = False, webgl: bool = False, **given: Any) -> Reader:
        options = {**DESK, **given}
        if fresh:
            page = tabs.new_context(options, webgl=webgl).new_page()
        else:
            page = tabs.take(options, webgl=webgl)
        readers.append(Reader(page, server))
        endings.append((page, fresh, options, webgl))
        return readers[-1]

    endings: list[tuple[Page, bool, dict[str, Any], bool]] = []
    yield make
    for reader in readers:
        reader.let_go()
    for page, fresh, options, webgl in endings:
        if fresh:
            page.context.close()
        else:
            # A line of text from the same server: the page that was open would go on drawing.
            page.goto(f"{server}/_stcore/health")
            tabs.give_back(page, options, webgl=webgl)
    for reader in readers:
        assert reader.foreign == []
        assert reader.errors == []
        assert reader.dialogs == []
        assert set(reader.plotly) <= WITH_CHARTS
        assert reader.stopped == []


@pytest.fixture
def reader(new_reader: Callable[..., Reader]) -> Reader:
    """A reader at a desk, with a light theme."""
    return new_reader()


@pytest.fixture
def map_reader(new_reader: Callable[..., Reader]) -> Reader:
    """A reader at a desk who looks at the map."""
    return new_reader(webgl=True)


@pytest.fixture
def phone(new_reader: Callable[..., Reader]) -> Reader:
    """A reader with a telephone."""
    return new_reader(**PHONE)
