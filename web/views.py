"""``/download/<view>.csv`` and ``/api/v1/views/<view>``: the rows that some choices leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.export.views import VIEWS
from web import asking
from web.cached import CACHE, CSV, OWN_BROWSER_ONLY, CachedContent, with_etag
from web.refusals import json_text

JSON = "application/json"
Asked = tuple[tuple[str, str], ...]


def routes(prefix: str, kind: str) -> list[Route]:
    """A route for each view, as csv or as json."""
    ending = ".csv" if kind == "csv" else ""
    return [Route(f"{prefix}/{name}{ending}", _endpoint(name, kind)) for name in VIEWS]


def _endpoint(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        atlas, view = stp_data.load(), VIEWS[name]
        query = view.query(atlas, asking.query(request))
        # What a reader typed is kept nowhere but in their own browser.
        typed = "q" in query
        make = _made.__wrapped__ if typed else _made
        content = await run_in_threadpool(make, atlas, name, kind, tuple(query.items()))
        cache = OWN_BROWSER_ONLY if typed else CACHE
        if kind == "json":
            return with_etag(request, content, JSON, cache=cache)
        return with_etag(request, content, CSV, view.file_name(query), cache=cache)

    answer.__doc__ = VIEWS[name].title
    return answer


@lru_cache(maxsize=256)
def _made(atlas: Atlas, name: str, kind: str, asked: Asked) -> CachedContent:
    view, query = VIEWS[name], dict(asked)
    return CachedContent(
        json_text(view.json(atlas, query)) if kind == "json" else view.csv(atlas, query)
    )
