"""The plain-HTTP side: addresses that need no script and no websocket."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from web import assets, downloads, embed
from web.api import routes as api
from web.briefing import routes as briefing
from web.middleware import metrics
from web.pictures import charts, locator, share
from web.theme import routes as theme


async def with_slash(request: Request) -> Response:
    """To the index of a folder, whose links start there; relative, to work below any prefix."""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/", status_code=308)


async def home(request: Request) -> Response:
    """The home page has the site's own address; Streamlit knows no other for it."""
    query = request.url.query
    return RedirectResponse(f"./?{query}" if query else "./", status_code=308)


routes = [
    Route("/explore", home),
    Route("/assets/documents.json", assets.documents_list),
    Route("/assets/names.txt", assets.names_list),
    Route("/assets/{name}", assets.asset),
    # Below our folders nothing is left to Streamlit, which answers any address with its page.
    Route("/assets/{rest:path}", assets.unknown),
    Route("/download", with_slash),
    Mount("/download", downloads.app),
    Route("/api", with_slash),
    Mount("/api", api.app),
    Mount("/chart", charts.app),
    Mount("/embed", embed.app),
    *share.routes,
    Route("/locator/{code}.svg", locator.locator),
    Route("/locator/{rest:path}", locator.unknown),
    Route("/metrics", metrics.answer),
    *briefing.routes,
    *theme.routes,
]
