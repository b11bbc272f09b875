"""What an address is called in logs and counts: its pattern, never what a reader asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from starlette.routing import BaseRoute, Mount, Route, compile_path

# Of Streamlit: pattern -> name.
PLATFORM = (
    (re.compile(r"/_stcore/(health|metrics|host-config|stream)"), None),
    (re.compile(r"/static/.*"), "/static/{file}"),
    (re.compile(r"/app/static/.*"), "/app/static/{file}"),
    (re.compile(r"/favicon\.png"), None),
    (re.compile(r"/"), None),
    (re.compile(r"/[a-z]+"), "/{page}"),
)
OTHER = "other"
FILES = ("/static/{file}", "/app/static/{file}", "/assets/{name}", "/favicon.png")
"""Fetched beside a page; of no interest by themselves."""


class RouteNames:
    """The name of every address; a few dozen names in all."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self.patterns = [(compile_path(full)[0], full) for full in _full(routes)]

    def name(self, path: str) -> str:
        """The pattern of the first route that the path fits."""
        for pattern, full in self.patterns:
            if pattern.fullmatch(path):
                return full
        for pattern, name in PLATFORM:
            if pattern.fullmatch(path):
                return name or path
        return OTHER


def _full(routes: Sequence[BaseRoute], before: str = "") -> Iterator[str]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _full(route.routes, before + route.path)
        elif isinstance(route, Route):
            yield before + route.path
