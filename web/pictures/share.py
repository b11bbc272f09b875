"""``/share/<page>?…``: a page's address that previews well in a chat, and leads on to the page.

Streamlit sends the same few lines for every page, which no chat can make a preview of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.core import wording
from stp_data.core.filters import strict
from stp_data.money import gaps
from stp_data.overview import correlation
from stp_data.overview.subject import Subject, subject, subject_of
from stp_data.pictures.catalogue import CHARTS, HOME
from stp_data.places import footprints
from stp_data.priorities import themes_named
from web import asking
from web.cached import PACKED, CachedContent, with_etag
from web.pages import html_page, render, site_address
from web.pictures.preview import finding_preview, footprints_preview
from web.refusals import RefusedError, refusal

PAGES = {
    HOME: "England's 44 footprints on a map",
    "priorities": "Which plans share priorities?",
    "footprint": "Everything about one footprint",
    "compare": "Compare footprints",
    "relate": "Two measures compared across the 44 footprints",
    "organisations": "Member organisations",
    "finance": "Funding gaps",
    "timeline": "Timeline of events, 2014 to 2022",
    "evidence": "Evidence and sources: claims checked, conflicts, coverage",
    "data": "All data and methods",
}
Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """What a chat shows."""

    title: str
    shown: Subject | None = None
    codes: tuple[str, ...] = ()
    """One or two footprints, when the address is about them."""


async def share(request: Request) -> Response:
    """The few lines that a chat reads; a reader is led on at once."""
    try:
        page, asked = _asked(request)
    except RefusedError as refused:
        return refusal(refused.status, refused.text)
    preview = _preview(stp_data.load(), page, asked)
    query = f"?{urlencode(asked, safe=',:')}" if asked else ""
    base = site_address(request)
    text = render(
        "share.html",
        title=preview.title,
        description=wording.WHAT_THIS_IS,
        where=f"../{'' if page == HOME else page}{query}",
        address=f"{base}/share/{page}{query}",
        picture=f"{base}/share/{page}.png{query}",
    )
    return html_page(request, CachedContent(text))


async def preview_picture(request: Request) -> Response:
    """The picture beside it."""
    try:
        page, asked = _asked(request)
    except RefusedError as refused:
        return refusal(refused.status, refused.text)
    body = await run_in_threadpool(_picture, stp_data.load(), page, asked)
    return with_etag(request, body, "image/png")


def _asked(request: Request) -> tuple[str, Params]:
    page = request.path_params["page"]
    if page not in PAGES:
        raise RefusedError(404, f"Pages: {', '.join(PAGES)}.")
    return page, tuple(asking.query(request).items())


@lru_cache(maxsize=256)
def _preview(atlas: Atlas, page: str, asked: Params) -> Preview:
    """The finding that the page will show; what the page cannot follow gets a general title."""
    params = dict(asked)
    if page == HOME:
        return _explore(atlas, params)
    match page:
        case "priorities":
            return _priorities(atlas, params)
        case "footprint" | "compare":
            names = params.get("area" if page == "footprint" else "areas", "")
            return _places(atlas, page, names)
        case "finance":
            return _finance(atlas, params)
        case "relate":
            return _relate(atlas, params)
        case _:
            return Preview(PAGES[page])


def _explore(atlas: Atlas, params: Mapping[str, str]) -> Preview:
    try:
        shown = subject(atlas, CHARTS["map"].query(atlas, params))
    except ValueError:
        return Preview(PAGES[HOME])
    return Preview(shown.finding, shown)


def _priorities(atlas: Atlas, params: Mapping[str, str]) -> Preview:
    try:
        question = themes_named.question(atlas, CHARTS["shared"].query(atlas, params))
    except ValueError:
        return Preview(PAGES["priorities"])
    shown = subject_of(atlas, question)
    return Preview(shown.finding, shown)


def _finance(atlas: Atlas, params: Mapping[str, str]) -> Preview:
    if params.get("show", "gaps") != "gaps":
        return Preview(PAGES["finance"])
    try:
        return Preview(
            gaps.finding(atlas, gaps.read_filter(atlas, strict(atlas, gaps.FILTERS, params)))
        )
    except ValueError:
        return Preview(PAGES["finance"])


def _relate(atlas: Atlas, params: Mapping[str, str]) -> Preview:
    x, y = (params.get(axis.name, axis.default) for axis in (correlation.X, correlation.Y))
    if x == y or not {x, y} <= set(correlation.labels(atlas)):
        return Preview(PAGES["relate"])
    return Preview(correlation.finding(correlation.related(atlas, x, y)))


def _places(atlas: Atlas, page: str, names: str) -> Preview:
    found = [footprints.resolve(atlas, name) for name in names.split(",")[:5]] if names else []
    places = list(dict.fromkeys(place for place in found if place is not None))
    if not places:
        return Preview(PAGES[page])
    title = wording.listed([place.name for place in places])
    title = title if page == "footprint" else f"{title}, side by side"
    return Preview(title, codes=tuple(place.code for place in places[:2]))


@lru_cache(maxsize=64)
def _picture(atlas: Atlas, page: str, asked: Params) -> CachedContent:
    preview = _preview(atlas, page, asked)
    if preview.codes:
        return CachedContent(footprints_preview(atlas, preview.codes), PACKED)
    shades = preview.shown.shading.shades if preview.shown else ()
    colours = {shade.code: shade.colour for shade in shades}
    return CachedContent(finding_preview(atlas, preview.title, colours), PACKED)


routes = [Route("/share/{page}.png", preview_picture), Route("/share/{page}", share)]
