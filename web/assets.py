"""``/assets/<name>``: our own scripts and style sheets.

Streamlit serves static files too, but scripts only as plain text and nothing with a lifetime.
"""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

import stp_data
from stp_data.core import paths
from stp_data.evidence import documents
from stp_data.search import suggestions
from web.cached import FOREVER, SMALL, CachedContent, with_etag
from web.refusals import refusal

TYPES = {
    "picker.js": "text/javascript",
    "evidence.js": "text/javascript",
    "copy.js": "text/javascript",
    "find.js": "text/javascript",
    "find.css": "text/css",
    "picker.css": "text/css",
    "style.css": "text/css",
}


async def documents_list(request: Request) -> Response:
    """All documents, for pages that name many; the address carries the content's version."""
    return with_etag(request, _documents(), "application/json", cache=FOREVER)


@cache
def _documents() -> CachedContent:
    return CachedContent(documents.content(stp_data.load()), SMALL)


async def names_list(request: Request) -> Response:
    """All names that the search box suggests; the address carries the content's version."""
    return with_etag(request, _names(), "text/plain", cache=FOREVER)


@cache
def _names() -> CachedContent:
    return CachedContent(suggestions.content(stp_data.load()), SMALL)


async def asset(request: Request) -> Response:
    """One of the files listed above; its address carries the content's hash."""
    name = request.path_params["name"]
    if name not in TYPES:
        return await unknown(request)
    return with_etag(request, _body(name), TYPES[name], cache=FOREVER)


async def unknown(_request: Request) -> Response:
    """Anything else below /assets/."""
    return refusal(404, "No such script or style sheet.")


@cache
def _body(name: str) -> CachedContent:
    return CachedContent((paths.STATIC / name).read_bytes(), SMALL)
