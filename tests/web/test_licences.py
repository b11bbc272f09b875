"""Every package that the dashboard runs on is pinned with hashes, and of an allowed licence."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement
from raw import ROOT

BLOCKS = re.findall(
    r"^[A-Za-z0-9].*(?:\n    .*)*", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
)


def test_every_package_is_pinned_with_hashes_and_installed_so():
    assert len(BLOCKS) > 20
    for block in BLOCKS:
        assert re.match(r"[A-Za-z0-9._-]+==\d", block), block
        assert "--hash=sha256:" in block, block
        wanted = Requirement(block.partition("\\")[0].strip())
        if wanted.marker is None or wanted.marker.evaluate():
            assert wanted.specifier.contains(version(wanted.name), prereleases=True)


def test_every_licence_is_among_those_that_pyproject_allows():
    program = Path(sys.executable).parent / "pip-licenses"
    names = [block.partition("==")[0] for block in BLOCKS]
    done = subprocess.run(
        [program, "--python", sys.executable, "--packages", *names],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 20
