"""What is answered below ``/theme/``."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import stp_data
from stp_data.core.atlas import Atlas
from stp_data.priorities import themes_named
from web.briefing.routes import DOCX
from web.briefing.word import written
from web.cached import CACHE, PACKED, CachedContent, with_etag
from web.pages import html_page, site_address
from web.theme import page


async def index(request: Request) -> Response:
    """The list of all themes."""
    return html_page(request, _index(stp_data.load(), site_address(request)))


async def sheet(request: Request) -> Response:
    """The sheet of one theme."""
    atlas = stp_data.load()
    key = _key(atlas, request)
    if key is None:
        return await unknown(request)
    return _moved(request, key, "") or html_page(request, _page(atlas, key, site_address(request)))


async def document(request: Request) -> Response:
    """The same as a Word document."""
    atlas = stp_data.load()
    key = _key(atlas, request)
    if key is None:
        return await unknown(request)
    return _moved(request, key, ".docx") or with_etag(
        request, _document(atlas, key, site_address(request)), DOCX, f"stp-theme-{key}.docx"
    )


async def unknown(request: Request) -> Response:
    """Anything else below /theme/: 404 with the list of themes."""
    asked = request.path_params.get("name", request.path_params.get("rest", ""))
    content = page.unknown(stp_data.load(), asked, request.base_url.path)
    headers = {"X-Content-Type-Options": "nosniff"}
    return HTMLResponse(content, status_code=404, headers=headers)


async def to_index(_request: Request) -> Response:
    """The list has a slash at its end, so that its links lead below it."""
    return RedirectResponse("theme/", status_code=301, headers={"Cache-Control": CACHE})


@lru_cache(maxsize=4)
def _index(atlas: Atlas, base: str) -> CachedContent:
    return CachedContent(page.index(atlas, base))


@lru_cache(maxsize=page.KEPT)
def _page(atlas: Atlas, key: str, base: str) -> CachedContent:
    return CachedContent(page.html(atlas, key, base))


@lru_cache(maxsize=page.KEPT)
def _document(atlas: Atlas, key: str, base: str) -> CachedContent:
    # Packed already.
    found = page.sheet(atlas, key, base)
    return CachedContent(written(atlas, found, "theme sheet", "theme", base), PACKED)


def _key(atlas: Atlas, request: Request) -> str | None:
    """The theme that an address means: its key, with hyphens or capitals too."""
    key = str(request.path_params["name"]).lower().replace("-", "_")
    return key if key in themes_named.themes(atlas) else None


def _moved(request: Request, key: str, ending: str) -> Response | None:
    """To the one address of each sheet, when it was asked for in another spelling."""
    if request.path_params["name"] == key:
        return None
    return RedirectResponse(f"{key}{ending}", status_code=301, headers={"Cache-Control": CACHE})


routes = [
    Route("/theme", to_index),
    Route("/theme/", index),
    Route("/theme/{name}.docx", document),
    Route("/theme/{name}", sheet),
    Route("/theme/{rest:path}", unknown),
]
