"""The addresses below ``/api/``."""

from __future__ import annotations

from functools import cache, lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.core.filters import strict
from stp_data.places import measures as all_measures
from stp_data.priorities import themes_named
from stp_data.search import find
from web import asking, views
from web.api import footprints, measures, openapi, page, shapes
from web.api import priorities as priorities_json
from web.cached import OWN_BROWSER_ONLY, with_etag
from web.cached import CachedContent as Body
from web.open_data import open_data
from web.pages import html_page
from web.refusals import RefusedError, json_refusal, json_text

JSON = "application/json"


async def human_page(request: Request) -> Response:
    """What can be asked, for people."""
    return html_page(request, _page(stp_data.load()))


async def description(request: Request) -> Response:
    """The same for programs: OpenAPI 3.1."""
    asking.parameters(request)
    return with_etag(request, _openapi(stp_data.load()), JSON)


async def all_footprints(request: Request) -> Response:
    """The 44."""
    asking.parameters(request)
    return with_etag(request, _footprints(stp_data.load()), JSON)


async def one_footprint(request: Request) -> Response:
    """One of them, by code, slug or any name that is its own."""
    asking.parameters(request)
    atlas = stp_data.load()
    chosen = asking.footprint(atlas, request.path_params["name"])
    return with_etag(request, _footprint(atlas, chosen.code), JSON)


async def measure_list(request: Request) -> Response:
    """What is measured or stated."""
    asking.parameters(request)
    return with_etag(request, _measures(stp_data.load()), JSON)


async def one_measure(request: Request) -> Response:
    """Its figures for all footprints."""
    asking.parameters(request)
    atlas, key = stp_data.load(), request.path_params["measure"]
    if key not in all_measures.every(atlas):
        raise RefusedError(404, f"Measures: {', '.join(all_measures.every(atlas))}.")
    return with_etag(request, _measure(atlas, key), JSON)


async def who_names(request: Request) -> Response:
    """Which plans name these themes."""
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
    answer = find.search(atlas, query)
    content = {
        "is_certain": answer.is_certain,
        "count": len(answer.matches),
        "left_out": answer.left_out,
        "note": answer.note,
        "sources": [shapes.source(atlas, source) for source in answer.sources],
        "matches": [
            {
                **shapes.place(match.footprint),
                "why": match.why,
                "score": round(match.score, 1),
                "links": {"self": f"/api/v1/footprints/{match.footprint.code}"},
            }
            for match in answer.matches
        ],
    }
    return with_etag(request, json_text(content), JSON, cache=OWN_BROWSER_ONLY)


async def unknown(_request: Request) -> Response:
    """Anything else below /api/."""
    raise RefusedError(404, f"Addresses: {', '.join(openapi.addresses())}.")


app = open_data(
    [
        Route("/", human_page),
        Route("/v1/openapi.json", description),
        Route("/v1/footprints", all_footprints),
        Route("/v1/footprints/{name}", one_footprint),
        Route("/v1/priorities", who_names),
        Route("/v1/find", found),
        Route("/v1/measures", measure_list),
        Route("/v1/measures/{measure}", one_measure),
        *views.routes("/v1/views", "json"),
        Route("/{rest:path}", unknown),
    ],
    json_refusal,
)


@cache
def _page(atlas: Atlas) -> Body:
    return Body(page.page(atlas))


@cache
def _openapi(atlas: Atlas) -> Body:
    return Body(json_text(openapi.description(atlas)))


@cache
def _footprints(atlas: Atlas) -> Body:
    return Body(json_text(footprints.listing(atlas)))


@cache
def _footprint(atlas: Atlas, code: str) -> Body:
    return Body(json_text(footprints.detail(atlas, code)))


@cache
def _measures(atlas: Atlas) -> Body:
    return Body(json_text(measures.listing(atlas)))


@cache
def _measure(atlas: Atlas, key: str) -> Body:
    return Body(json_text(measures.detail(atlas, key)))


@lru_cache(maxsize=16)
def _priorities(atlas: Atlas, question: themes_named.Question) -> Body:
    return Body(json_text(priorities_json.answer(atlas, question)))
