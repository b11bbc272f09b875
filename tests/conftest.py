"""Shared by all tests: the raw files, the Atlas, one running server, and the budget of time."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from each import WHOLE
from serving import free_port, start_server, wait_until_healthy

import stp_data

ROOT = Path(__file__).resolve().parent.parent
BUDGET_MINUTES = 6
"""What `make test` may take on two cores; docs/testing.md says more."""


@pytest.fixture(scope="session")
def reference() -> Path:
    """Folder of the raw reference files; tests that need it say aloud when it is not there."""
    folder = ROOT / os.environ.get("STP_REFERENCE", "../shared/reference")
    if not folder.is_dir():
        pytest.skip(f"the raw files are not at {folder}: set STP_REFERENCE to test against them")
    return folder


@pytest.fixture(scope="session")
def atlas() -> stp_data.Atlas:
    return stp_data.load()


@contextmanager
def _shared(path: Path) -> Iterator[dict[str, Any]]:
    """A small record that the workers of one test run read and write in turn."""
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        record = json.loads(file.read() or "{}")
        yield record
        file.seek(0)
        file.truncate()
        file.write(json.dumps(record))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the one server of this test run: its first user starts it, its last ends it."""
    base = tmp_path_factory.getbasetemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    path = (base.parent if worker else base) / "server.json"
    with _shared(path) as record:
        if not record.get("users"):
            port = free_port()
            with path.with_suffix(".log").open("wb") as log:
                process = start_server(port, output=log)
            wait_until_healthy(f"http://localhost:{port}", process)
            record |= {"users": 0, "url": f"http://localhost:{port}", "pid": process.pid}
        record["users"] += 1
        url = record["url"]
    yield url
    with _shared(path) as record:
        record["users"] -= 1
        if not record["users"]:
            os.kill(record["pid"], signal.SIGTERM)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is too long for each change, unless all is asked for."""
    if WHOLE:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


_started = time.monotonic()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly when the tests have become too slow to be run before each commit."""
    minutes = (time.monotonic() - _started) / 60
    if WHOLE or os.environ.get("PYTEST_XDIST_WORKER"):
        return
    terminalreporter.write_line(f"{minutes:.1f} of {BUDGET_MINUTES} minutes")
    if minutes > BUDGET_MINUTES:
        terminalreporter.section("OVER BUDGET", red=True, bold=True)
        terminalreporter.write_line(
            f"The tests took {minutes:.1f} minutes; {BUDGET_MINUTES} are allowed on a quiet "
            "machine. The slowest are listed above: see docs/testing.md.",
            red=True,
        )
