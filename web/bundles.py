"""Files that a browser fetches once, compressed once: Streamlit's scripts and the map.

Streamlit sends its scripts uncompressed, since compressing them for each reader costs more than
it saves. Here each is compressed at its first request and kept: about 6 MB if every file is asked
for. Websockets, and everything that is not such a file, pass untouched.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import anyio
import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.answers import FOREVER, with_etag
from web.bodies import SMALL, SMALLEST, Body

# Exactly one path for each file, so that nobody can fill the memory with spellings of one.
FILES = re.compile(
    r"/(static/(js|css|media)/[A-Za-z0-9_.-]+\.(js|css|svg)|app/static/[A-Za-z0-9_.-]+\.(json|svg))?"
)
HASHED = re.compile(r"/app/static/\w+-[0-9a-f]{10}\.json")
LARGEST = 8_000_000


class Bundles:
    """ASGI middleware that answers for such files out of memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Body] = {}
        # One at a time: a crowd of first readers waits for one compression, not for each its own.
        self.turn = anyio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on."""
        if not _may_be_compressed(scope):
            await self.app(scope, receive, send)
            return
        # What the application itself would say of the file now, without its content.
        head = await self._ask(scope, "HEAD")
        if not _is_a_file(head, scope["path"]):
            await self.app(scope, receive, send)
            return
        request, headers = Request(scope), Headers(raw=head.headers)
        body = await self._body(scope, headers["etag"], int(headers["content-length"]))
        if body is None:
            await self.app(scope, receive, send)
            return
        cache = FOREVER if HASHED.fullmatch(scope["path"]) else headers.get("cache-control")
        answer = with_etag(request, body, headers["content-type"], cache=cache or "no-cache")
        if "access-control-allow-origin" in headers:
            answer.headers["access-control-allow-origin"] = headers["access-control-allow-origin"]
        await answer(scope, receive, send)

    async def _body(self, scope: Scope, etag: str, size: int) -> Body | None:
        """The file, with the encoding that is asked for at hand; None if it came incomplete."""
        key = f"{scope['path']} {etag}"
        accepts = Headers(scope=scope)["accept-encoding"]
        if key not in self.kept or not self.kept[key].has_best(accepts):
            async with self.turn:
                if key not in self.kept:
                    answer = await self._ask(scope, "GET")
                    if len(answer.body) != size:
                        return None
                    self.kept[key] = Body(answer.body, compressors=SMALL)
                body = self.kept[key]
                await anyio.to_thread.run_sync(body.encoded, body.best(accepts))
        return self.kept[key]

    async def _ask(self, scope: Scope, method: str) -> _Answer:
        """The application's own answer, uncompressed.

        Whole even if the reader has left by now: what is kept is for all who come after.
        """
        answer = _Answer()
        plain = [
            (name, value)
            for name, value in scope["headers"]
            if name not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
        ]
        asked: MutableMapping[str, Any] = {**scope, "method": method, "headers": plain}
        await self.app(asked, _still_there, answer.take)
        return answer


async def _still_there() -> Message:
    """Never says that the reader has gone."""
    await anyio.sleep_forever()
    raise AssertionError("this is never reached")


class _Answer:
    """Collects what an application sends."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def _may_be_compressed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    headers = Headers(scope=scope)
    return (
        "accept-encoding" in headers
        and "range" not in headers
        and FILES.fullmatch(scope["path"]) is not None
    )


def _is_a_file(head: _Answer, path: str) -> bool:
    headers = Headers(raw=head.headers)
    size = headers.get("content-length", "")
    # Streamlit answers an address that it does not know with its frame.
    own_frame = headers.get("content-type", "").startswith("text/html") and path != "/"
    return (
        head.status == 200
        and not own_frame
        and "etag" in headers
        and "content-type" in headers
        and size.isdecimal()
        and SMALLEST <= int(size) <= LARGEST
    )
