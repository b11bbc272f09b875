"""The licences of what the dashboard runs on, as a table: ``python tools/licences.py``.

Read from the installed packages, so it says what is really there. Ends with 1 if one is not known
or does not go with the licence of this code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+==[^\\\n]+)", re.MULTILINE)

# Words of old-fashioned descriptions -> SPDX; the first that fits counts.
WORDS = {
    "apache": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "mozilla public license 2": "MPL-2.0",
    "mpl-2": "MPL-2.0",
    "python software foundation": "PSF-2.0",
    "psf": "PSF-2.0",
    "mit": "MIT",
    "open font": "OFL-1.1",
    "isc": "ISC",
    "hpnd": "HPND",
}
FINE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "HPND", "ISC",
    "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
}  # fmt: skip
"""They ask for no more than their own text; of MPL-2.0 and OFL-1.1 nothing is changed here."""
READ = {"resvg-py": "MIT AND BSD-3-Clause AND (Apache-2.0 OR MIT)"}
"""Of packages that name no licence: what the licence and the bill of materials in them say."""


class Package(NamedTuple):
    """One installed package."""

    name: str
    version: str
    licence: str
    """An SPDX expression, or "" when none could be made out."""

    @property
    def is_fine(self) -> bool:
        """Whether every part of the expression is in FINE; of alternatives one is enough."""
        parts = [part for part in re.split(r"\s+AND\s+", self.licence) if part]
        return bool(parts) and all(
            any(word in FINE for word in re.findall(r"[A-Za-z0-9.-]+", part)) for part in parts
        )


def pinned(text: str) -> list[Requirement]:
    """What a requirements file pins, as far as this machine needs it."""
    wanted = [Requirement(line.strip()) for line in PIN.findall(text)]
    return [found for found in wanted if found.marker is None or found.marker.evaluate()]


def licence(of: metadata.PackageMetadata) -> str:
    """The SPDX expression that a package gives, or what its older descriptions mean."""
    if "License-Expression" in of:
        return of["License-Expression"]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in of.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    first = of["License"].strip().partition("\n")[0] if "License" in of else ""
    for text in [*classifiers, first]:
        for word, expression in WORDS.items():
            if re.search(rf"\b{word}", text.lower()):
                return expression
    return ""


def packages(requirements: Iterable[Requirement]) -> list[Package]:
    """The installed ones."""
    found = []
    for wanted in requirements:
        of = metadata.distribution(wanted.name)
        named = licence(of.metadata) or READ.get(wanted.name, "")
        found.append(Package(wanted.name, of.version, named))
    return found


def main() -> int:
    """The table on standard output."""
    found = packages(pinned((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    print("| package | version | licence |\n|---|---|---|")
    for package in found:
        print(f"| {package.name} | {package.version} | {package.licence or 'not known'} |")
    bad = [package.name for package in found if not package.is_fine]
    if bad:
        print(f"Look at the licence of: {', '.join(bad)}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
