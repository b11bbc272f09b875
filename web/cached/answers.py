"""Answers with an ETag and a lifetime."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from web.cached.content import CachedContent

CSV = "text/csv; charset=utf-8"
# Data changes only with a new version of the atlas: an hour is short, and a check costs nothing.
CACHE = "public, max-age=3600"
# For addresses that carry the content's hash.
FOREVER = "public, max-age=31536000, immutable"
# What a reader typed belongs in no cache but their own.
OWN_BROWSER_ONLY = "private, max-age=3600"


def with_etag(
    request: Request,
    content: str | bytes | CachedContent,
    media_type: str,
    filename: str | None = None,
    *,
    cache: str = CACHE,
) -> Response:
    """Return ``content``, compressed if the browser takes it, or 304 when the browser has it.

    Give CachedContent for what is asked for again: it keeps its compressed bytes.
    """
    cached = content if isinstance(content, CachedContent) else CachedContent(content)
    encoding = cached.best_encoding(request.headers.get("accept-encoding", ""))
    etag = cached.etag(encoding)
    headers = {"ETag": etag, "Cache-Control": cache, "X-Content-Type-Options": "nosniff"}
    if cached.compressors:
        headers["Vary"] = "Accept-Encoding"
    if _has_etag(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    if filename:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return Response(cached.encoded(encoding), media_type=media_type, headers=headers)


def _has_etag(if_none_match: str, etag: str) -> bool:
    """Whether the header names the ETag; weak comparison, as for all conditional GETs."""
    listed = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in listed or "*" in listed
