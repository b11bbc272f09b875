"""Shared by all tests: the raw files, the Atlas, and a running server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import free_port, start_server, wait_until_healthy

import stp_data

ROOT = Path(__file__).resolve().parent.parent


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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a server of the dashboard, started for this test run."""
    port = free_port()
    process = start_server(port)
    url = f"http://localhost:{port}"
    try:
        wait_until_healthy(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)
