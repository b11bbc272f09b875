"""``/chart/<name>.svg`` and ``.png``: the charts of the pages as files that stand alone."""

from __future__ import annotations

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, as_file
from stp_data.pictures.ink import ON_PAPER
from stp_data.pictures.png import png
from web import asking
from web.cached import PACKED, CachedContent, with_etag
from web.open_data import open_data
from web.refusals import RefusedError, refusal


async def chart(request: Request) -> Response:
    """A chart with title, source and date in the picture."""
    atlas = stp_data.load()
    name, kind = request.path_params["name"], request.path_params["kind"]
    if kind not in ("svg", "png"):
        return await unknown(request)
    if name not in CHARTS:
        raise RefusedError(404, f"Charts: {', '.join(CHARTS)}.")
    asked = asking.parameters(request, *(one.name for one in CHARTS[name].filters), "width")
    width = asked.pop("width", "wide")
    if width not in WIDTHS:
        raise RefusedError(400, f"width is one of: {', '.join(WIDTHS)}.")
    drawn = (atlas, name, tuple(CHARTS[name].query(atlas, asked).items()), WIDTHS[width])
    if kind == "svg":
        body, media_type = _drawn(*drawn), "image/svg+xml"
    else:
        body, media_type = await run_in_threadpool(_picture, *drawn), "image/png"
    return with_etag(request, body, media_type, f"stp-atlas-{name}.{kind}")


WIDTHS = {"wide": WIDE, "narrow": NARROW}
Choices = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _drawn(atlas: Atlas, name: str, choices: Choices, width: int) -> CachedContent:
    return CachedContent(as_file(atlas, CHARTS[name].draw(atlas, dict(choices), ON_PAPER, width)))


@lru_cache(maxsize=32)
def _picture(atlas: Atlas, name: str, choices: Choices, width: int) -> CachedContent:
    # Already compressed.
    return CachedContent(png(_drawn(atlas, name, choices, width).content.decode()), PACKED)


async def unknown(_request: Request) -> Response:
    """Any other address below /chart/."""
    raise RefusedError(404, "Charts come as /chart/<name>.svg and /chart/<name>.png.")


app = open_data(
    [Route("/{name}.{kind:str}", chart), Route("/{path:path}", unknown)],
    refusal,
)
"""Mounted at /chart."""
