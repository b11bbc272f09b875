"""``/chart/<name>.svg``: the charts of the pages as files that stand alone."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.charts.catalogue import CHARTS
from stp_data.charts.figure import WIDE, as_file
from stp_data.charts.ink import ON_PAPER
from web import asking
from web.answers import RefusedError, refusal, with_etag
from web.bodies import Body
from web.open_data import open_data


async def chart(request: Request) -> Response:
    """A chart with title, source and date in the picture."""
    atlas, name = stp_data.load(), request.path_params["name"]
    if name not in CHARTS:
        raise RefusedError(404, f"Charts: {', '.join(CHARTS)}.")
    given = asking.parameters(request, *CHARTS[name].choices)
    try:
        choices = CHARTS[name].asked(atlas, given)
    except ValueError as wrong:
        raise RefusedError(400, str(wrong)) from None
    body = _drawn(atlas, name, tuple(choices.items()))
    return with_etag(request, body, "image/svg+xml", f"stp-atlas-{name}.svg")


@lru_cache(maxsize=64)
def _drawn(atlas: Atlas, name: str, choices: tuple[tuple[str, str], ...]) -> Body:
    return Body(as_file(atlas, CHARTS[name].draw(atlas, dict(choices), ON_PAPER, WIDE)))


app = open_data([Route("/{name}.svg", chart)], refusal)
"""Mounted at /chart."""
