"""One site for all tests of deployment: two replicas behind nginx."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from deploy.site import ROOT, Site, running


@pytest.fixture(scope="package")
def nginx() -> str:
    """Path of nginx; a test run without one fails."""
    if path := os.environ.get("STP_NGINX"):
        return path
    done = subprocess.run(
        [ROOT / "tools" / "nginx.sh"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout.strip()


@pytest.fixture(scope="package")
def shared_site(nginx: str) -> Iterator[Site]:
    with running(nginx) as site:
        yield site


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The site, with all replicas up, whatever the test before did to them."""
    shared_site.restored()
    return shared_site
