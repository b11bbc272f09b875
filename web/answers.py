"""Answers that can be cached, and the refusal that helps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.bodies import Body

# Data changes only with a new version of the atlas: an hour is short, and a check costs nothing.
CSV = "text/csv; charset=utf-8"
CACHE = "public, max-age=3600"
# For addresses that carry the content's hash.
FOREVER = "public, max-age=31536000, immutable"
# What a reader typed belongs in no cache but their own.
OWN_BROWSER_ONLY = "private, max-age=3600"


class RefusedError(Exception):
    """A request that cannot be answered; the text says what could be asked instead.

    It never repeats what was sent.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


def with_etag(
    request: Request,
    content: str | bytes | Body,
    media_type: str,
    filename: str | None = None,
    *,
    cache: str = CACHE,
) -> Response:
    """``content``, compressed if the browser takes it, with an ETag.

    304 without a body when the browser has it already. A Body keeps its compressed bytes; give
    one for content that is asked for again.
    """
    body = content if isinstance(content, Body) else Body(content)
    encoding = body.best(request.headers.get("accept-encoding", ""))
    etag = body.etag(encoding)
    headers = {"ETag": etag, "Cache-Control": cache, "X-Content-Type-Options": "nosniff"}
    if body.compressors:
        headers["Vary"] = "Accept-Encoding"
    if knows(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return Response(body.encoded(encoding), media_type=media_type, headers=headers)


def knows(if_none_match: str, etag: str) -> bool:
    """Whether the header names the ETag; weak comparison, as for all conditional GETs."""
    listed = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in listed or "*" in listed


def not_found(hint: str) -> Response:
    """404 with a plain sentence that says what would be found."""
    return refusal(404, hint)


TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Not allowed",
    413: "Too much",
    414: "Too long",
    421: "Wrong name",
    429: "Too often",
    431: "Too long",
    500: "Failed",
}


def refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """A status and a plain sentence."""
    title = TITLES.get(status, "Refused")
    return PlainTextResponse(f"{title}. {text}\n", status_code=status, headers=headers)


def json_text(content: Any) -> str:
    """Compact JSON; figures that are not finite are an error, never a word in the file."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """The same for programs."""
    content = {"status": status, "title": TITLES.get(status, "Refused"), "detail": text}
    return Response(json_text(content), status, headers, "application/json")
