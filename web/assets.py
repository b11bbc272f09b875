"""``/assets/<name>``: our own scripts and style sheets.

Streamlit serves static files too, but scripts only as plain text and nothing with a lifetime.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from stp_data import paths
from web.answers import not_found

TYPES = {"picker.js": "text/javascript", "picker.css": "text/css", "style.css": "text/css"}
# The address carries the content's hash.
FOREVER = "public, max-age=31536000, immutable"


async def asset(request: Request) -> Response:
    """One of the files listed above."""
    name = request.path_params["name"]
    if name not in TYPES:
        return not_found("No such script or style sheet.")
    headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
    return FileResponse(paths.STATIC / name, media_type=TYPES[name], headers=headers)
