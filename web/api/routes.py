"""The addresses below ``/api/``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.core.filters import strict
from stp_data.places import footprints, measures
from stp_data.priorities import themes_named
from stp_data.search import find
from web import asking, views
from web.api import openapi, page, priorities
from web.api.answers import FOUND, MEASURE_FIGURES, MEASURES
from web.api.shapes import FOOTPRINT, FOOTPRINTS
from web.cached import OWN_BROWSER_ONLY, CachedContent, with_etag
from web.open_data import open_data
from web.pages import html_page
from web.refusals import RefusedError, json_refusal, json_text

JSON = "application/json"


async def human_page(request: Request) -> Response:
    """Return what can be asked, for people."""
    return html_page(request, _page(stp_data.load()))


async def fixed(request: Request) -> Response:
    """Return an answer that takes no parameters."""
    asking.parameters(request)
    return with_etag(request, _fixed(stp_data.load(), request.url.path.rpartition("/")[2]), JSON)


async def one_footprint(request: Request) -> Response:
    """Return all about a footprint, by code, slug or any name that is its own."""
    asking.parameters(request)
    atlas = stp_data.load()
    chosen = asking.footprint(atlas, request.path_params["name"])
    return with_etag(request, _footprint(atlas, chosen.code), JSON)


async def one_measure(request: Request) -> Response:
    """Return a measure's figures for all footprints."""
    asking.parameters(request)
    atlas, key = stp_data.load(), request.path_params["measure"]
    if key not in measures.every(atlas):
        raise RefusedError(404, f"Measures: {', '.join(measures.every(atlas))}.")
    return with_etag(request, _measure(atlas, key), JSON)


async def naming(request: Request) -> Response:
    """Return which plans name these themes."""
    atlas = stp_data.load()
    query = strict(atlas, themes_named.FILTERS, asking.query(request))
    themes_named.require_theme(atlas, query)
    return with_etag(request, _priorities(atlas, themes_named.question(atlas, query)), JSON)


async def found(request: Request) -> Response:
    """Footprints that a name, abbreviation, code, place or postcode may mean."""
    atlas = stp_data.load()
    query = asking.parameters(request, "q").get("q", "").strip()
    if not 2 <= len(query) <= find.LONGEST_QUERY:
        raise RefusedError(400, f"Give q, of 2 to {find.LONGEST_QUERY} characters.")
    content = json_text(FOUND.write(atlas, find.search(atlas, query)))
    return with_etag(request, content, JSON, cache=OWN_BROWSER_ONLY)


async def unknown(_request: Request) -> Response:
    """Anything else below /api/."""
    raise RefusedError(404, f"Addresses: {', '.join(openapi.addresses())}.")


FIXED: dict[str, Callable[[Atlas], Any]] = {
    "openapi.json": openapi.description,
    "footprints": lambda atlas: FOOTPRINTS.write(atlas, footprints.all_footprints(atlas).values()),
    "measures": lambda atlas: MEASURES.write(atlas, None),
}
"""Answers without parameters."""

app = open_data(
    [
        Route("/", human_page),
        *(Route(f"/v1/{name}", fixed) for name in FIXED),
        Route("/v1/footprints/{name}", one_footprint),
        Route("/v1/priorities", naming),
        Route("/v1/find", found),
        Route("/v1/measures/{measure}", one_measure),
        *views.routes("/v1/views", "json"),
        Route("/{rest:path}", unknown),
    ],
    json_refusal,
)


@cache
def _page(atlas: Atlas) -> CachedContent:
    return CachedContent(page.page(atlas))


@cache
def _fixed(atlas: Atlas, name: str) -> CachedContent:
    return CachedContent(json_text(FIXED[name](atlas)))


@cache
def _footprint(atlas: Atlas, code: str) -> CachedContent:
    return CachedContent(json_text(FOOTPRINT.write(atlas, footprints.all_footprints(atlas)[code])))


@cache
def _measure(atlas: Atlas, key: str) -> CachedContent:
    return CachedContent(json_text(MEASURE_FIGURES.write(atlas, key)))


@lru_cache(maxsize=16)
def _priorities(atlas: Atlas, question: themes_named.Question) -> CachedContent:
    return CachedContent(json_text(priorities.answer(atlas, question)))
