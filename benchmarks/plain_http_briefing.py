"""Requests a second for a briefing beside Starlette's empty response, in one run.

Run alone with ``python -m benchmarks.plain_http_briefing``, or as a part of ``make bench``.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARM_UP, REQUESTS, ROUNDS = 100, 500, 5
BRIEFING = "/briefing/norfolk-and-waveney"


@contextmanager
def empty_starlette() -> Iterator[int]:
    """A server of the empty response; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable, "-m", "uvicorn", "benchmarks.empty_starlette:app", f"--port={port}",
        "--no-access-log", "--log-level=error",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server was not there within 30 s")


def per_second(port: int, path: str, **headers: str) -> tuple[float, int]:
    """Requests a second of one reader on one connection (median of rounds), and bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}

    def ask() -> int:
        connection.request("GET", path, headers=sent)
        # The server's socket waits for an acknowledgement before it sends its next small packet;
        # acknowledged late (40 ms on Linux), every answer with a body would look equally slow.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        answer = connection.getresponse()
        assert answer.status in (200, 304), answer.status
        return len(answer.read())

    for _ in range(WARM_UP):
        size = ask()
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(REQUESTS):
            ask()
        rates.append(REQUESTS / (time.perf_counter() - start))
    connection.close()
    return statistics.median(rates), size


def etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("HEAD", path)
    found = connection.getresponse().headers["ETag"]
    connection.close()
    return str(found)


def report(port: int) -> None:
    """Print the table for the atlas that runs at ``port``."""
    with empty_starlette() as floor_port:
        floor, nothing = per_second(floor_port, "/")
    rows = {
        "briefing": per_second(port, BRIEFING),
        "briefing, known to the browser (304)": per_second(
            port, BRIEFING, if_none_match=etag(port, BRIEFING)
        ),
        "briefing as Word document": per_second(port, f"{BRIEFING}.docx"),
    }
    print(f"{'plain HTTP, one connection':<38}{'a second':>9}{'of empty':>10}{'bytes':>9}")
    print(f"{'empty Starlette response':<38}{floor:>9,.0f}{1:>9.2f}x{nothing:>9,}")
    for name, (rate, size) in rows.items():
        print(f"{name:<38}{rate:>9,.0f}{rate / floor:>9.2f}x{size:>9,}")


def main() -> None:
    """Start the atlas and report."""
    from benchmarks.__main__ import serving

    with serving(ROOT / "app.py") as port:
        report(port)


if __name__ == "__main__":
    main()
