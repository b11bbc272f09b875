"""What the dashboard runs on, as CycloneDX 1.5: ``python tools/sbom.py > sbom.json``.

Made from requirements.txt and the installed packages, without the network.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.licences import ROOT, packages, pinned


def sbom(requirements: str, version: str) -> dict[str, Any]:
    """The document; the hashes of a package are those of all its files that may be installed."""
    hashes = {
        re.split("==", block, maxsplit=1)[0]: re.findall(r"sha256:([0-9a-f]{64})", block)
        for block in re.findall(r"^[A-Za-z0-9].*(?:\n    .*)*", requirements, re.MULTILINE)
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "stp-atlas", "version": version}},
        "components": [
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{package.name}@{package.version}",
                "purl": f"pkg:pypi/{package.name}@{package.version}",
                "name": package.name,
                "version": package.version,
                "licenses": [{"expression": package.licence}] if package.licence else [],
                "hashes": [{"alg": "SHA-256", "content": found} for found in hashes[package.name]],
            }
            for package in packages(pinned(requirements))
        ],
    }


def main() -> int:
    """The document on standard output."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)[0]
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    print(json.dumps(sbom(requirements, version), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
