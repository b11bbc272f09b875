"""What happens once, when the server starts."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import stp_data
from stp_data import find, summary


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Load the data, answer the slowest questions once, and freeze what will never be freed.

    Streamlit collects garbage after every script run; frozen objects are not looked at again,
    which makes a rerun many times faster.
    """
    _send_at_once()
    atlas = stp_data.load()
    find.find(atlas, "warm up")
    for code in atlas.footprints["code"]:
        summary.summary(atlas, code)
    gc.collect()
    gc.freeze()
    yield None


def _send_at_once() -> None:
    """Let the server send a small packet without waiting until the one before was acknowledged.

    Asyncio does this for sockets that name their protocol; Streamlit's names none (1.67), so that
    every short answer on an open connection takes 40 ms on Linux, and longer elsewhere. Accepted
    connections take the option over from the socket that listens.
    """
    for found in gc.get_objects():
        if (
            isinstance(found, socket.socket)
            and found.fileno() >= 0
            and found.family in (socket.AF_INET, socket.AF_INET6)
            and found.type == socket.SOCK_STREAM
        ):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
