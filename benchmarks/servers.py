"""Servers to measure, each a process of its own.

What is not ours runs with Streamlit's settings as they come, but for those that call out.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMPTY_PAGE = ROOT / "benchmarks" / "empty_page.py"
EMPTY_APP = ROOT / "benchmarks" / "empty_app.py"
USUAL = ROOT / "benchmarks" / "usual" / "app.py"
ATLAS = ROOT / "app.py"
QUIETLY = [
    "--server.headless=true",
    "--server.address=localhost",
    "--browser.gatherUsageStats=false",
]


@dataclass(frozen=True)
class Server:
    """A process that serves, as the system counts it."""

    port: int
    pid: int
    cold_start: float
    """Seconds from starting the process until it said that it was healthy."""

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


def serving(script: Path) -> AbstractContextManager[Server]:
    """A server of ``script`` on a port of its own."""
    command = ["streamlit", "run", str(script), "--server.port={port}"]
    if script in (EMPTY_PAGE, USUAL):
        # From a folder without our settings.
        return _running([*command, *QUIETLY], "/_stcore/health", Path(__file__).parent)
    return _running(command, "/_stcore/health")


def serving_empty_response() -> AbstractContextManager[Server]:
    """A server of Starlette alone."""
    return _running(
        ["uvicorn", "benchmarks.empty_response:app", "--no-access-log", "--port={port}"]
    )


@contextmanager
def _running(module: list[str], healthy: str = "/", folder: Path = ROOT) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", *(part.format(port=port) for part in module)]
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(port, healthy, process)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            # Not asked to end: an overloaded server takes its time, and what it does is over.
            process.kill()
            process.wait()


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1500):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it was healthy")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server was not healthy within 30 s")
