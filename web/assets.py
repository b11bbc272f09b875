"""``/assets/<name>``: our own scripts and style sheets.

Streamlit serves static files too, but scripts only as plain text and nothing with a lifetime.
"""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from stp_data import paths
from web.answers import FOREVER, not_found, with_etag
from web.bodies import SMALL, Body

TYPES = {"picker.js": "text/javascript", "picker.css": "text/css", "style.css": "text/css"}


async def asset(request: Request) -> Response:
    """One of the files listed above; its address carries the content's hash."""
    name = request.path_params["name"]
    if name not in TYPES:
        return not_found("No such script or style sheet.")
    return with_etag(request, _body(name), TYPES[name], cache=FOREVER)


@cache
def _body(name: str) -> Body:
    return Body((paths.STATIC / name).read_bytes(), compressors=SMALL)
