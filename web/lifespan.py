"""What happens once, when the server starts."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import stp_data
from web.warm import warm


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Load the data, answer the slowest questions once, and freeze what will never be freed.

    Frozen objects are not looked at when garbage is collected, which holds up every session.
    """
    _send_at_once()
    warm(stp_data.load())
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
