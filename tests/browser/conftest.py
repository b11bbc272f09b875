"""One Chromium for all browser tests, a fresh context for each, and what holds on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browser.reader import Reader
from tools.headless import FLAGS, chromium_path


# Of the package, not the session: a waiting Playwright keeps an event loop, which other tests
# would trip over.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    # How long a condition may take at most on a busy machine; met conditions wait for nothing.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_reader(chromium: Browser, server: str) -> Iterator[Callable[..., Reader]]:
    """Makes readers, each with a browser context of their own.

    When the test is over, each must have seen no request to another host, no uncaught error, no
    dialog, and no Plotly.
    """
    readers: list[Reader] = []

    def make(**options: Any) -> Reader:
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 1000}, **options})
        context.set_default_timeout(30_000)
        readers.append(Reader(context, server))
        return readers[-1]

    yield make
    for reader in readers:
        reader.context.close()
    for reader in readers:
        assert reader.foreign == []
        assert reader.errors == []
        assert reader.dialogs == []
        assert reader.plotly == []


@pytest.fixture
def reader(new_reader: Callable[..., Reader]) -> Reader:
    """A reader at a desk, with a light theme."""
    return new_reader()


@pytest.fixture
def phone(new_reader: Callable[..., Reader]) -> Reader:
    """A reader with a telephone."""
    return new_reader(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
