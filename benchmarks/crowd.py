"""Many readers of one server at once.

Readers are light: they speak Streamlit's websocket and draw nothing. As in a browser, a choice on
a page runs the part that it changes, and another page runs the whole page.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks.servers import Server

PATIENCE = 20.0
"""Seconds after which a reader gives up: counted as failed."""
PAUSE = 5.0
BURST = 50

Step = tuple[str, str]
"""A page and a query string."""

# What readers do, in the order in which they do it.
JOURNEY: list[Step] = [
    ("", ""),
    ("", "area=dorset"),
    ("", "area=dorset&measure=rural_share"),
    ("", "measure=imd_2015_score&region=london"),
    ("", "view=hexes&area=kent-and-medway"),
    ("", "view=table"),
    ("footprint", "area=norfolk-and-waveney"),
    ("priorities", "theme=stroke"),
    ("priorities", "theme=stroke,cancer&evidence=official"),
    ("compare", "areas=dorset,somerset,devon"),
    ("organisations", "q=hospital"),
    ("finance", ""),
    ("timeline", "area=dorset"),
    ("evidence", "view=conflicts"),
    ("", "measure=population"),
]


@dataclass
class Heard:
    """What readers noticed."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def quantile(self, share: float) -> float:
        """The time within which that share of the answers came."""
        ranked = sorted(self.seconds)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else float("nan")


@dataclass(frozen=True)
class Level:
    """One line of the table."""

    sessions: int
    heard: Heard
    cpu: float
    """Seconds of the server's processor time for one interaction."""
    cores: float
    """Cores that the server used on average."""
    megabytes: float
    megabytes_each: float


@dataclass
class Reader:
    """One reader's connection, and what the browser remembers of the page."""

    connection: ClientConnection
    page: str | None = None
    page_hash: str = ""
    fragment: str = ""

    async def run(self, page: str, query: str) -> float:
        """Seconds until the page is whole, or the part of it that a choice changes."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = query
        if page == self.page and self.fragment:
            asked.fragment_id, asked.page_script_hash = self.fragment, self.page_hash
        else:
            asked.page_name = page
        self.page = page
        start = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        answer = ForwardMsg()
        done = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
        while True:
            data = await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE)
            answer.ParseFromString(data)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = answer.new_session.page_script_hash
                if not answer.metadata.run.fragment_ids:
                    self.fragment = ""
            elif kind == "delta" and answer.delta.fragment_id:
                self.fragment = answer.delta.fragment_id
            elif kind == "script_finished":
                if answer.script_finished not in done:
                    raise WebSocketException("the page did not become whole")
                return time.perf_counter() - start


async def opened(port: int) -> Reader:
    """A websocket, as a browser opens it."""
    return Reader(
        await connect(
            f"ws://localhost:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=PATIENCE,
            # The server pings; a late answer is to be measured, not hung up on.
            ping_interval=None,
        )
    )


async def heard(heard: Heard, running: Awaitable[float]) -> bool:
    """Count an answer or a failure; whether it was an answer."""
    try:
        heard.seconds.append(await running)
    except (OSError, WebSocketException, TimeoutError):
        heard.failures += 1
        return False
    return True


async def read(
    reader: Reader,
    heard_by: Heard,
    number: int,
    seconds: float,
    pause: float,
    journey: Sequence[Step],
) -> None:
    """One reader, for that long, who starts at a chance moment and somewhere in the journey."""
    chance = random.Random(number)  # noqa: S311  a reproducible crowd, no cryptography
    end = time.monotonic() + seconds
    due = time.monotonic() + chance.random() * pause
    for step in count(number):
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if time.monotonic() >= end:
            return
        page, query = journey[step % len(journey)]
        if not await heard(heard_by, reader.run(page, query)):
            # Left: what still came would be taken for the answer to the next question.
            return
        due += pause


async def open_all(port: int, number: int) -> tuple[list[Reader], Heard]:
    """That many readers who open the home page at the same moment."""
    at_once, readers = Heard(), []

    async def arrive() -> float:
        start = time.perf_counter()
        reader = await opened(port)
        try:
            await reader.run("", "")
        except BaseException:
            await reader.connection.close()
            raise
        readers.append(reader)
        return time.perf_counter() - start

    await asyncio.gather(*(heard(at_once, arrive()) for _ in range(number)))
    return readers, at_once


async def close_all(readers: Iterable[Reader]) -> None:
    """Readers leave."""
    await asyncio.gather(*(reader.connection.close() for reader in readers))


async def burst(server: Server) -> tuple[Heard, float]:
    """What a burst of readers waits for, and the server's processor time for each of them."""
    port = server.port
    warm, _ = await open_all(port, 3)
    await close_all(warm)
    before = server.cpu
    readers, at_once = await open_all(port, BURST)
    spent = server.cpu - before
    await close_all(readers)
    return at_once, spent / BURST


async def level(
    server: Server, sessions: int, seconds: float, journey: Sequence[Step] = JOURNEY
) -> Level:
    """That many sessions that read for that long; a lone one does not pause, to be heard often."""
    port = server.port
    rest = server.megabytes
    readers: list[Reader] = []
    together = Heard()
    # In tens: what a burst costs is measured by itself.
    for so_far in range(0, sessions, 10):
        more, opening = await open_all(port, min(10, sessions - so_far))
        readers += more
        together.failures += opening.failures
    cpu, start = server.cpu, time.perf_counter()
    pause = PAUSE if sessions > 1 else 0.25
    await asyncio.gather(
        *(read(one, together, n, seconds, pause, journey) for n, one in enumerate(readers))
    )
    spent, took = server.cpu - cpu, time.perf_counter() - start
    full = server.megabytes
    await close_all(readers)
    return Level(
        sessions,
        together,
        spent / max(1, len(together.seconds)),
        spent / took,
        full,
        (full - rest) / sessions,
    )


async def warmed(server: Server, journey: Sequence[Step] = JOURNEY) -> float:
    """Megabytes at rest, once each step of the journey was made."""
    reader = await opened(server.port)
    for page, query in journey:
        await reader.run(page, query)
    await close_all([reader])
    return server.megabytes
