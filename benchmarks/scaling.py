"""``make bench-scaling``: many readers at once, one process of the atlas, written to a document.

Readers are light: they speak Streamlit's websocket and draw nothing. As in a browser, a choice on
a page runs the part that it changes, and another page runs the whole page.
"""

from __future__ import annotations

import asyncio
import os
import platform
import random
import sys
import time
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks.__main__ import ROOT, serving
from benchmarks.million import a_day_of_a_million

DOCUMENT = ROOT / "docs" / "scaling.md"
PATIENCE = 60.0
PAUSE = 5.0
# Sessions, and seconds for which they read; a lone reader does not pause, to be heard often.
LEVELS = {1: 20, 10: 30, 50: 30, 200: 40}
BURST = 50
# What readers do, in the order in which they do it.
JOURNEY = [
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
class Server:
    """The process that serves, as the system counts it."""

    pid: int

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, all threads."""
        spent = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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


def found(port: int) -> Server:
    """The process that listens on this port: a child of this one."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--server.port={port}".encode() in words:
                return Server(int(folder.name))
    raise RuntimeError("the server's process was not found")


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


async def heard(heard: Heard, running: Awaitable[float]) -> None:
    """Count an answer or a failure."""
    try:
        heard.seconds.append(await running)
    except (OSError, WebSocketException, TimeoutError):
        heard.failures += 1


async def read(reader: Reader, heard_by: Heard, number: int, seconds: float, pause: float) -> None:
    """One reader, for that long, who starts at a chance moment and somewhere in the journey."""
    chance = random.Random(number)  # noqa: S311  a reproducible crowd, no cryptography
    end = time.monotonic() + seconds
    due = time.monotonic() + chance.random() * pause
    for step in count(number):
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if time.monotonic() >= end:
            return
        page, query = JOURNEY[step % len(JOURNEY)]
        await heard(heard_by, reader.run(page, query))
        due += pause


async def open_all(port: int, number: int) -> tuple[list[Reader], Heard]:
    """That many readers who open the home page at the same moment."""
    at_once, readers = Heard(), []

    async def arrive() -> float:
        start = time.perf_counter()
        reader = await opened(port)
        readers.append(reader)
        await reader.run("", "")
        return time.perf_counter() - start

    await asyncio.gather(*(heard(at_once, arrive()) for _ in range(number)))
    return readers, at_once


async def close_all(readers: Iterable[Reader]) -> None:
    """Readers leave."""
    await asyncio.gather(*(reader.connection.close() for reader in readers))


async def burst(port: int) -> tuple[Heard, float]:
    """What a burst of readers waits for, and the server's processor time for each of them."""
    server = found(port)
    warm, _ = await open_all(port, 3)
    await close_all(warm)
    before = server.cpu
    readers, at_once = await open_all(port, BURST)
    spent = server.cpu - before
    await close_all(readers)
    return at_once, spent / BURST


async def level(port: int, sessions: int, seconds: float) -> Level:
    """That many sessions that read for that long."""
    server = found(port)
    rest = server.megabytes
    readers: list[Reader] = []
    # In tens: what a burst costs is measured by itself.
    while len(readers) < sessions:
        more, _ = await open_all(port, min(10, sessions - len(readers)))
        readers += more
    together = Heard()
    cpu, start = server.cpu, time.perf_counter()
    pause = PAUSE if sessions > 1 else 0.25
    await asyncio.gather(*(read(one, together, n, seconds, pause) for n, one in enumerate(readers)))
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


async def warmed(port: int) -> float:
    """Megabytes at rest, once each page of the journey was run."""
    reader = await opened(port)
    for page, query in JOURNEY:
        await reader.run(page, query)
    await close_all([reader])
    return found(port).megabytes


def processor() -> str:
    """Name of the processor, as the system knows it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def table(levels: list[Level]) -> list[str]:
    """The lines of the main table, in Markdown."""
    lines = [
        "| sessions | interactions | failed | p50 | p95 | p99 | processor time each | cores used "
        "| memory | memory a session |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in levels:
        p50, p95, p99 = (1000 * one.heard.quantile(share) for share in (0.5, 0.95, 0.99))
        lines.append(
            f"| {one.sessions} | {len(one.heard.seconds):,} | {one.heard.failures} | {p50:.0f} ms "
            f"| {p95:.0f} ms | {p99:.0f} ms | {1000 * one.cpu:.1f} ms | {one.cores:.2f} "
            f"| {one.megabytes:.0f} MB | {one.megabytes_each:.2f} MB |"
        )
    return lines


def written(name: str, lines: list[str], text: str) -> str:
    """The document with these lines between its two marks of that name."""
    head, begin, rest = text.partition(f"<!-- {name} -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    if not (begin and end):
        raise RuntimeError(f"{DOCUMENT.name} has no place for {name}")
    return head + begin + "\n".join(lines) + "\n" + end + tail


def main() -> None:
    """Measure, print, and write the document's two measured parts.

    ``python -m benchmarks.scaling 1 10`` measures only these numbers of sessions.
    """
    load = os.getloadavg()[0]
    asked = [int(word) for word in sys.argv[1:]] or list(LEVELS)
    with serving(ROOT / "benchmarks" / "empty_page.py") as port:
        floor, floor_cpu = asyncio.run(burst(port))
    with serving(ROOT / "app.py") as port:
        rest = asyncio.run(warmed(port))
        ours, open_cpu = asyncio.run(burst(port))
        levels = []
        for sessions in asked:
            levels.append(asyncio.run(level(port, sessions, LEVELS[sessions])))
            print(table(levels)[-1], file=sys.stderr)
    most = levels[-1]
    ratio = max(ours.seconds) / max(floor.seconds)
    measured = [
        f"Measured on {datetime.now(UTC):%d %B %Y}: Python {platform.python_version()}, Streamlit "
        f"{version('streamlit')}, {platform.system()} {platform.machine()}, {os.cpu_count()} "
        f"cores ({processor()}), which the readers' program shared. Load of the machine before: "
        f"{load:.1f}.",
        "",
        f"At rest, each page run once: {rest:.0f} MB.",
        "",
        *table(levels),
        "",
        f"{BURST} sessions that open the home page at the same moment:",
        "",
        "| page | first ready | half ready | all ready | failed | processor time each |",
        "|---|---|---|---|---|---|",
        *(
            f"| {name} | {min(who.seconds):.2f} s | {who.quantile(0.5):.2f} s "
            f"| {max(who.seconds):.2f} s | {who.failures} | {1000 * cpu:.0f} ms |"
            for name, who, cpu in (
                ("an empty Streamlit page, as it comes", floor, floor_cpu),
                ("Explore", ours, open_cpu),
            )
        ),
        "",
        f"Explore takes {ratio:.2f} times what the empty page takes.",
    ]
    million = a_day_of_a_million(open_cpu, most.cpu, most.megabytes_each, rest)
    text = DOCUMENT.read_text(encoding="utf-8")
    text = written("a million", million, written("measured", measured, text))
    DOCUMENT.write_text(text, encoding="utf-8")
    print("\n".join([*measured, "", *million]))


if __name__ == "__main__":
    main()
