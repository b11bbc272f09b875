"""Light readers: they speak Streamlit's websocket as a browser does, and draw nothing."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Sequence

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks.servers import Server

PATIENCE, PAUSE, BURST = 20.0, 5.0, 50
"""Seconds after which a reader gives up, and between interactions; readers who come at once."""
Steps = Sequence[Sequence[str]]  # Pages and query strings.


class Reader:
    """One reader's connection, and what the browser remembers of the page."""

    def __init__(self, port: int) -> None:
        self.address = f"ws://localhost:{port}/_stcore/stream"
        self.connection: ClientConnection | None = None
        self.page: str | None = None
        self.page_hash = self.fragment = ""

    async def run(self, page: str, query: str, *, whole: bool = False) -> tuple[float, int]:
        """Return seconds and bytes until the page is whole, or the part that a choice changes."""
        if self.connection is None:
            # The server pings; a late answer is to be measured, not hung up on.
            self.connection = await connect(
                self.address, subprotocols=[Subprotocol("streamlit")], max_size=None,
                open_timeout=PATIENCE, ping_interval=None,
            )  # fmt: skip
        message, answer, size = BackMsg(), ForwardMsg(), 0
        message.rerun_script.query_string = query
        if page == self.page and self.fragment and not whole:
            message.rerun_script.fragment_id = self.fragment
            message.rerun_script.page_script_hash = self.page_hash
        else:
            message.rerun_script.page_name = page
        self.page, start = page, time.perf_counter()
        await self.connection.send(message.SerializeToString())
        line = self.connection.transport.get_extra_info("socket")
        while answer.WhichOneof("type") != "script_finished":
            # A server without TCP_NODELAY waits for this before its next small packet.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            data = await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE)
            size += len(data)
            answer.ParseFromString(data)
            if answer.WhichOneof("type") == "new_session":
                self.page_hash = answer.new_session.page_script_hash
                if not answer.metadata.run.fragment_ids:
                    self.fragment = ""
            elif answer.delta.fragment_id:
                self.fragment = answer.delta.fragment_id
        return time.perf_counter() - start, size


async def run_pages(port: int, steps: Steps, *, whole: bool = True) -> list[tuple[float, int]]:
    """Return seconds and bytes of each step, made one after the other by one reader."""
    reader = Reader(port)
    found = [await reader.run(page, query, whole=whole) for page, query in steps]
    if reader.connection:
        await reader.connection.close()
    return found


async def crowd(server: Server, sessions: int, length: float, steps: Steps) -> dict[str, float]:
    """Return what sessions got that read for ``length`` seconds; without steps they only open.

    Each asks once in PAUSE seconds, from a chance moment on; a lone one is heard more often.
    """
    readers, rest = [Reader(server.port) for _ in range(sessions)], server.megabytes
    times: list[float] = []
    failed, pause = 0, PAUSE if sessions > 1 else 0.25

    async def read(reader: Reader, number: int) -> None:
        nonlocal failed
        try:
            # What a burst costs is measured by itself: a crowd opens little by little.
            await asyncio.sleep(number / 50 if steps else 0)
            opening = time.perf_counter()
            await reader.run("", "")
            times.extend([] if steps else [time.perf_counter() - opening])
            end, due = time.monotonic() + length, time.monotonic()
            due += random.Random(number).random() * pause  # noqa: S311  the same crowd each time
            while due < end:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                times.append((await reader.run(*steps[number % len(steps)]))[0])
                number, due = number + 1, due + pause
        except (OSError, WebSocketException, TimeoutError):
            # It leaves: what still came would be taken for the answer to the next question.
            failed += 1

    cpu, start = server.cpu, time.perf_counter()
    await asyncio.gather(*(read(reader, number) for number, reader in enumerate(readers)))
    spent, took, full = server.cpu - cpu, time.perf_counter() - start, server.megabytes
    await asyncio.gather(*(one.connection.close() for one in readers if one.connection))
    ranked = sorted(times) or [float("nan")]
    shares = {f"p{n}": ranked[min(len(ranked) - 1, n * len(ranked) // 100)] for n in (50, 95, 99)}
    return {
        **shares, "first": ranked[0], "last": ranked[-1], "answers": len(times), "failed": failed,
        "cpu": spent / max(1, len(times)), "cores": spent / took, "megabytes": full,
        "each": (full - rest) / sessions,
    }  # fmt: skip
