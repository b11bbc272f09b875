"""Files that a browser fetches once, compressed once: Streamlit's scripts and sheets, and the map.

Streamlit sends its own files uncompressed, since compressing them for each reader costs more than
it saves. Here each is compressed at its first request and kept: about 6 MB if every file is asked
for.
"""

from __future__ import annotations

import re
from pathlib import Path

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from stp_data.core import paths
from web.cached.answers import FOREVER, with_etag
from web.cached.content import SMALL, CachedContent
from web.streamlit_patches import STREAMLIT_STATIC, icon_font_on_demand

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
HASHED = re.compile(r"/static/.*|/app/static/\w+-[0-9a-f]{10}\.json")
"""Addresses that change with their content."""


def served_files() -> dict[str, Path]:
    """Return the files that are compressed, by the one address that each has."""
    found = {"/": STREAMLIT_STATIC / "index.html"}
    for folder in ("js", "css", "media"):
        for file in (STREAMLIT_STATIC / "static" / folder).iterdir():
            if file.suffix in TYPES:
                found[f"/static/{folder}/{file.name}"] = file
    for file in paths.STATIC.iterdir():
        # Scripts and style sheets of ours have addresses below /assets/.
        if file.suffix in (".json", ".svg"):
            found[f"/app/static/{file.name}"] = file
    return found


def sent(file: Path) -> bytes:
    """Return a file's content as it is sent."""
    content = file.read_bytes()
    return icon_font_on_demand(content) if file.suffix == ".css" else content


class CompressedFiles:
    """ASGI middleware that answers for these files; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.files = served_files()
        self.cached: dict[str, CachedContent] = {}
        # One at a time: a crowd of first readers waits for one compression, not for each its own.
        self.turn = anyio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on; a part of a file is left to Streamlit."""
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not is_read or scope["path"] not in self.files or "range" in Request(scope).headers:
            await self.app(scope, receive, send)
            return
        request, path = Request(scope), scope["path"]
        content = await self._content(path, request.headers.get("accept-encoding", ""))
        media_type = TYPES[self.files[path].suffix]
        cache = FOREVER if HASHED.fullmatch(path) else "no-cache"
        await with_etag(request, content, media_type, cache=cache)(scope, receive, send)

    async def _content(self, path: str, accept_encoding: str) -> CachedContent:
        """Return the file with the encoding that this browser takes at hand."""
        if path not in self.cached or not self._is_ready(path, accept_encoding):
            async with self.turn:
                if path not in self.cached:
                    content = await run_in_threadpool(sent, self.files[path])
                    self.cached[path] = CachedContent(content, SMALL)
                cached = self.cached[path]
                await run_in_threadpool(cached.encoded, cached.best_encoding(accept_encoding))
        return self.cached[path]

    def _is_ready(self, path: str, accept_encoding: str) -> bool:
        cached = self.cached[path]
        return cached.is_encoded(cached.best_encoding(accept_encoding))
