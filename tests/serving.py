"""Starting a server of the dashboard for tests, on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(port: int) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]


def start_server(
    port: int,
    folder: Path = ROOT,
    env: Mapping[str, str] | None = None,
    output: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _command(port), cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT
    )


def refusal_to_start(
    folder: Path = ROOT, port: int | None = None, env: Mapping[str, str] | None = None
) -> str:
    """What a server that must not start says: one line, no traceback, and an exit that is not 0."""
    done = subprocess.run(
        _command(port or free_port()),
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            output = process.stdout.read().decode() if process.stdout else ""
            raise RuntimeError(f"the server ended: {output}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server was not healthy within {seconds} s")


def copied_house(parent: Path) -> Path:
    """A copy of all that the server needs, for a test that changes it."""
    folder = parent / "house"
    for name in ("stp_data", "ui", "web", "pages", "static", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("app.py", "dashboard.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder
