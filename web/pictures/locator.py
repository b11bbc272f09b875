"""``/locator/<code>.svg``: a small map that shows where a footprint lies."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

import stp_data
from stp_data.pictures import outlines
from stp_data.places import footprints
from web.cached import with_etag
from web.refusals import refusal


async def locator(request: Request) -> Response:
    """The drawing, or 404 for a code or name that is not of the 44."""
    atlas = stp_data.load()
    chosen = footprints.resolve(atlas, request.path_params["code"])
    if chosen is None:
        return await unknown(request)
    return with_etag(request, outlines.locator(atlas, chosen.code), "image/svg+xml")


async def unknown(_request: Request) -> Response:
    """Anything else below /locator/."""
    return refusal(404, "There is no such footprint; codes run from E54000005 to E54000048.")
