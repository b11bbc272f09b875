"""A server on a disk that cannot be written, without a home and a network; and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from plain_http import Answer, ask
from raw import ROOT
from serving import copied_house, free_port, refusal_to_start, start_server, wait_until_healthy
from websockets.sync.client import ClientConnection, connect

from benchmarks.readers import run_pages

# Python calls this before anything else in a process that has its folder on PYTHONPATH. What it
# refuses it also notes, so that a refusal that was swallowed is seen too.
GUARD = """
import os, sys
NOTES = os.open({notes!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def refuse(what, error):
    os.write(NOTES, f"{{what}}\\n".encode())
    raise error
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        path, mode, flags = args
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and not os.fsdecode(path).startswith("/dev/"):
            refuse(f"write {{path}}", OSError(30, "Read-only file system"))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.symlink"):
        refuse(f"{{event}} {{args[0]}}", OSError(30, "Read-only file system"))
    elif event == "socket.connect" and isinstance(args[1], tuple):
        if args[1][0] not in ("127.0.0.1", "::1", "localhost"):
            refuse(f"connect {{args[1]}}", OSError(101, "Network is unreachable"))
    elif event == "socket.getaddrinfo":
        if args[0] not in (None, "127.0.0.1", "::1", "localhost"):
            refuse(f"look up {{args[0]}}", OSError(-3, "Temporary failure in name resolution"))
sys.addaudithook(hook)
"""


@contextmanager
def running(
    folder: Path = ROOT, env: dict[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = start_server(
        port, folder, {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"} if env is None else env
    )
    try:
        wait_until_healthy(f"http://localhost:{port}", process, 120)
        yield f"http://localhost:{port}", process
    finally:
        process.kill()
        process.wait(timeout=20)


def test_no_writing_no_home_no_network(tmp_path: Path):
    notes = tmp_path / "notes.txt"
    (tmp_path / "sitecustomize.py").write_text(GUARD.format(notes=str(notes)), encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    with running(env=env) as (url, _):
        for path in (
            "/", "/briefing/dorset", "/briefing/dorset.docx", "/briefing/dorset.png",
            "/download/stated.csv", "/download/stp-atlas.zip", "/api/v1/find?q=DT1%201XJ",
            "/locator/dorset.svg",
        ):  # fmt: skip
            assert ask(url, path).status == 200, path
        pages = [[page, "area=dorset"] for page in ("", "footprint", "priorities")]
        asyncio.run(run_pages(int(url.rpartition(":")[2]), pages))
    refused = notes.read_text("utf-8").splitlines()
    assert not [line for line in refused if line.startswith(("connect", "look up"))]
    # Names of what was written to would stand here; Streamlit tries its own folder in the home.
    assert not [line for line in refused if str(ROOT) in line], refused


def test_the_guard_of_this_test_guards(tmp_path: Path):
    notes = tmp_path / "notes.txt"
    (tmp_path / "sitecustomize.py").write_text(GUARD.format(notes=str(notes)), encoding="utf-8")
    tries = [
        f"open({str(tmp_path / 'x')!r}, 'w')",
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
    ]
    for code in tries:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
        )
        assert done.returncode != 0, code
    assert len(notes.read_text("utf-8").splitlines()) == len(tries)


# The end


def open_websocket(url: str) -> ClientConnection:
    return connect(f"ws{url.removeprefix('http')}/_stcore/stream", subprotocols=["streamlit"])  # type: ignore[list-item]


@pytest.fixture
def slow_house(tmp_path: Path) -> Path:
    """A copy of all that the server needs, in which a locator map takes two seconds."""
    folder = copied_house(tmp_path)
    module = folder / "web" / "pictures" / "locator.py"
    slow = (
        "    import asyncio, pathlib\n"
        f"    pathlib.Path({str(tmp_path / 'begun')!r}).touch()\n"
        "    await asyncio.sleep(2)\n"
        "    atlas = stp_data.load()\n"
    )
    text = module.read_text("utf-8")
    module.write_text(text.replace("    atlas = stp_data.load()\n", slow), "utf-8")
    return folder


@pytest.mark.long
def test_a_server_that_is_told_to_end_finishes_what_it_began(slow_house: Path):
    begun = slow_house.parent / "begun"
    with running(slow_house) as (url, process), open_websocket(url):
        answers: list[Answer] = []
        asking = threading.Thread(target=lambda: answers.append(ask(url, "/locator/dorset.svg")))
        asking.start()
        end = time.monotonic() + 60
        while not begun.exists():
            assert time.monotonic() < end
            asking.join(0.02)
        process.send_signal(signal.SIGTERM)
        asking.join(30)
        (answer,) = answers
        assert answer.status == 200
        assert answer.text.rstrip().endswith("</svg>")
        # An open websocket does not hold it back.
        process.wait(timeout=30)
        with pytest.raises(OSError, match="refused"):
            ask(url, "/_stcore/health")


@pytest.mark.long
def test_a_server_that_is_killed_starts_again_on_its_port():
    with running() as (url, process):
        process.kill()
        process.wait(timeout=20)
        port = int(url.rpartition(":")[2])
        again = start_server(port)
        try:
            wait_until_healthy(url, again, 120)
            assert ask(url, "/briefing/dorset").status == 200
        finally:
            again.kill()
            again.wait(timeout=20)


def test_a_taken_port_ends_the_server_itself_with_a_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refusal_to_start(port=port)
