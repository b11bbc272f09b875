"""What is answered below ``/briefing/``."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import stp_data
from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from web.briefing import page, word
from web.cached import CACHE, PACKED, CachedContent, with_etag
from web.pages import html_page, site_address
from web.pictures.preview import footprints_preview

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def index(request: Request) -> Response:
    """The list of all 44."""
    return html_page(request, CachedContent(page.index(stp_data.load(), site_address(request))))


async def briefing(request: Request) -> Response:
    """The page on one footprint, or on two with a plus between them."""
    atlas = stp_data.load()
    codes = _codes(atlas, request.path_params["name"])
    if codes is None:
        return _unknown(request)
    return _moved(request, codes, "") or html_page(
        request, _page(atlas, codes, site_address(request))
    )


async def document(request: Request) -> Response:
    """The same as a Word document."""
    atlas = stp_data.load()
    codes = _codes(atlas, request.path_params["name"])
    if codes is None:
        return _unknown(request)
    slug = page.briefing(atlas, codes).slug
    return _moved(request, codes, ".docx") or with_etag(
        request, _document(atlas, codes, site_address(request)), DOCX, f"stp-briefing-{slug}.docx"
    )


async def preview(request: Request) -> Response:
    """The picture that a chat shows beside a link."""
    atlas = stp_data.load()
    codes = _codes(atlas, request.path_params["name"])
    if codes is None:
        return _unknown(request)
    return _moved(request, codes, ".png") or with_etag(request, _picture(atlas, codes), "image/png")


async def unknown(request: Request) -> Response:
    """Anything else below /briefing/."""
    return _unknown(request)


async def to_index(_request: Request) -> Response:
    """The list has a slash at its end, so that its links lead below it."""
    return RedirectResponse("briefing/", status_code=301, headers={"Cache-Control": CACHE})


@lru_cache(maxsize=page.KEPT)
def _page(atlas: Atlas, codes: tuple[str, ...], base: str) -> CachedContent:
    return CachedContent(page.html(atlas, codes, base))


@lru_cache(maxsize=page.KEPT)
def _document(atlas: Atlas, codes: tuple[str, ...], base: str) -> CachedContent:
    # Documents and pictures are packed already.
    return CachedContent(word.docx(atlas, codes, base), PACKED)


@lru_cache(maxsize=page.KEPT)
def _picture(atlas: Atlas, codes: tuple[str, ...]) -> CachedContent:
    return CachedContent(footprints_preview(atlas, codes), PACKED)


def _codes(atlas: Atlas, name: str) -> tuple[str, ...] | None:
    """The footprints that a name means: one, or two with a plus between them."""
    whole = footprints.resolve(atlas, name)
    if whole is not None:
        return (whole.code,)
    parts = [footprints.resolve(atlas, part) for part in name.split("+", 2)]
    found = [part.code for part in parts if part is not None]
    if len(parts) != 2 or len(found) != 2:
        return None
    return tuple(dict.fromkeys(found))


def _moved(request: Request, codes: tuple[str, ...], ending: str) -> Response | None:
    """To the one address of each briefing, when it was asked for by another name."""
    places = footprints.all_footprints(stp_data.load())
    slug = "+".join(places[code].slug for code in codes)
    if request.path_params["name"] == slug:
        return None
    return RedirectResponse(f"{slug}{ending}", status_code=301, headers={"Cache-Control": CACHE})


def _unknown(request: Request) -> Response:
    asked = request.path_params.get("name", request.path_params.get("rest", ""))
    content = page.unknown(stp_data.load(), asked, request.base_url.path)
    headers = {"X-Content-Type-Options": "nosniff"}
    return HTMLResponse(content, status_code=404, headers=headers)


routes = [
    Route("/briefing", to_index),
    Route("/briefing/", index),
    Route("/briefing/{name}.docx", document),
    Route("/briefing/{name}.png", preview),
    Route("/briefing/{name}", briefing),
    Route("/briefing/{rest:path}", unknown),
]
