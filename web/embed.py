"""``/embed/<page>?…``: the chart of a page's address alone, for a frame on another site.

The address is that of the page with ``embed/`` before it, so that whatever a reader sees can be
embedded; what concerns other parts of the page is passed over. That other sites may frame it is
said in web/headers.py.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.pictures.catalogue import CHARTS, shown_on
from stp_data.pictures.figure import NARROW, WIDE, as_file, size
from stp_data.pictures.ink import ON_PAPER
from web import asking
from web.cached import CachedContent
from web.open_data import open_data
from web.pages import html_page, render
from web.refusals import RefusedError, refusal


async def embed(request: Request) -> Response:
    """A page of its own with the picture, its words for who does not see it, and a link back."""
    atlas, page = stp_data.load(), request.path_params["page"]
    params = asking.query(request)
    name = shown_on(page, params)
    if name is None:
        pages = ", ".join(dict.fromkeys(chart.page for chart in CHARTS.values()))
        raise RefusedError(404, f"Pages with a chart: {pages}.")
    return html_page(request, _page(atlas, name, tuple(CHARTS[name].query(atlas, params).items())))


@lru_cache(maxsize=64)
def _page(atlas: Atlas, name: str, choices: tuple[tuple[str, str], ...]) -> CachedContent:
    chart, asked = CHARTS[name], dict(choices)
    wide, narrow = (chart.draw(atlas, asked, ON_PAPER, width) for width in (WIDE, NARROW))
    return CachedContent(
        render(
            "embed.html",
            words=wide.words,
            wide=size(as_file(atlas, wide)),
            slim=size(as_file(atlas, narrow)),
            picture=f"../chart/{name}.svg?{urlencode(choices, safe=',')}",
            narrow=f"../chart/{name}.svg?{urlencode([*choices, ('width', 'narrow')], safe=',')}",
            where=f"../{chart.where(asked)}",
        )
    )


app = open_data([Route("/{page}", embed)], refusal)
"""Mounted at /embed."""
