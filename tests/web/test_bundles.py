"""Files that are compressed once for all readers are kept whole, whoever asked first."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator

import anyio
from asgi import call
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from web.bundles import Bundles

SCRIPT = b"export default 1;" * 500


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """A script in two pieces, as the server sends it until the reader leaves."""

    async def pieces() -> AsyncIterator[bytes]:
        if Request(scope).method == "GET":
            yield SCRIPT[:1000]
            await anyio.sleep(0.001)
            yield SCRIPT[1000:]

    headers = {"content-length": str(len(SCRIPT)), "etag": '"1"'}
    answer = StreamingResponse(pieces(), headers=headers, media_type="text/javascript")
    await answer(scope, receive, send)


def test_a_reader_who_leaves_does_not_spoil_the_file_for_the_next():
    bundles, accepts = Bundles(streamlit), {"accept-encoding": "gzip"}
    path = "/static/js/index.js"
    call(bundles, path, headers=accepts, leaves=True)
    answer = call(bundles, path, headers=accepts)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == SCRIPT
