"""Answers that can be cached, and the refusal that helps."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

# Data changes only with a new version of the atlas: an hour is short, and a check costs nothing.
CACHE = "public, max-age=3600"


def with_etag(
    request: Request, content: str | bytes, media_type: str, filename: str | None = None
) -> Response:
    """``content`` with an ETag; 304 without a body when the browser has it already."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE, "X-Content-Type-Options": "nosniff"}
    known = {
        tag.strip().removeprefix("W/")
        for tag in request.headers.get("if-none-match", "").split(",")
    }
    if etag in known:
        return Response(status_code=304, headers=headers)
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return Response(body, media_type=media_type, headers=headers)


def not_found(hint: str) -> Response:
    """404 with a plain sentence that says what would be found."""
    return PlainTextResponse(f"Not found. {hint}\n", status_code=404)
