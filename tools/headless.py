"""The Chromium that tests and benchmarks drive, and how it is started on any machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# SwiftShader draws WebGL without a GPU; the rest keeps Chromium itself from calling out.
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHOUT_WEBGL = [flag for flag in FLAGS if "swiftshader" not in flag] + [
    "--disable-gpu",
    "--disable-3d-apis",
]
"""For pages without the map, which are put together faster so."""


def chromium_path() -> str:
    """Path of Chromium; RuntimeError if there is none."""
    found = os.environ.get("STP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found or not Path(found).is_file():
        raise RuntimeError(
            f"no Chromium: set STP_CHROMIUM or put one of {', '.join(NAMES)} on PATH"
        )
    return found
