"""Where the data lies on disk."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
ROOT = PACKAGE.parent
TABLES = PACKAGE / "tables"
GEOMETRY = PACKAGE / "geometry"
STATIC = ROOT / "static"

DATAPACKAGE = TABLES / "datapackage.json"
CHECKSUMS = PACKAGE / "derived.json"
"""What the build wrote: file (relative to the repository) -> SHA-256."""
