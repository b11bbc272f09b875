"""The plain-HTTP side: addresses that need no script and no websocket."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from web import assets, chart, downloads, embed, locator, share
from web.api import routes as api
from web.briefing import routes as briefing


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
    Route("/assets/{name}", assets.asset),
    Route("/download", with_slash),
    Mount("/download", downloads.app),
    Route("/api", with_slash),
    Mount("/api", api.app),
    Mount("/chart", chart.app),
    Mount("/embed", embed.app),
    *share.routes,
    Route("/locator/{code}.svg", locator.locator),
    *briefing.routes,
]
