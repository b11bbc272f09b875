"""Servers to measure, each a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
EMPTY_PAGE, EMPTY_APP = HERE / "empty_page.py", HERE / "empty_app.py"
USUAL, ATLAS = HERE / "usual" / "app.py", HERE.parent / "app.py"
# What is not ours runs with Streamlit's settings as they come, but for those that call out.
AS_IT_COMES = " --server.headless=true --server.address=localhost --browser.gatherUsageStats=false"


@dataclass(frozen=True)
class Server:
    """A process that serves, as the system counts it."""

    port: int
    pid: int
    cold_start: float

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


@contextmanager
def serving(script: Path | None) -> Iterator[Server]:
    """A server of ``script`` on a port of its own; without one, of Starlette's empty response."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = f"streamlit run {script} --server.port={port}"
    if script is None:
        command = f"uvicorn --factory starlette.responses:Response --port={port} --no-access-log"
    # What is not ours, from a folder without our settings.
    is_ours = script not in (EMPTY_PAGE, USUAL)
    command += "" if is_ours else AS_IT_COMES
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split()], cwd=HERE.parent if is_ours else HERE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://localhost:{port}/{'_stcore/health' if script else ''}"
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except OSError:
                time.sleep(0.02)
        yield Server(port, process.pid, time.perf_counter() - start)
    finally:
        # Not asked to end: an overloaded server takes its time, and what it does is over.
        process.kill()
        process.wait()
