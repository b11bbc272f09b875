"""All tables as one zip: a data package that validates as soon as it is unpacked."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from stp_data.core import geometry, paths, wording
from stp_data.core.atlas import Atlas
from stp_data.export import safe_csv

NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold."""


@cache
def archive(atlas: Atlas) -> bytes:
    """The zip; the same data makes the same bytes."""
    members = {
        "README.txt": _readme(atlas),
        "datapackage.json": paths.DATAPACKAGE.read_text(encoding="utf-8"),
        **{r["path"]: table(atlas, r["name"]) for r in atlas.package["resources"]},
        "footprints.geojson": geometry.FINE_OUTLINES.read_text(encoding="utf-8"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            entry = zipfile.ZipInfo(f"stp-atlas/{name}", NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text.encode("utf-8"), compresslevel=9)
    return out.getvalue()


def table(atlas: Atlas, name: str) -> str:
    """One table as CSV: as it is on disk, unless a cell could run as a formula."""
    (resource,) = (r for r in atlas.package["resources"] if r["name"] == name)
    text = (paths.TABLES / resource["path"]).read_text(encoding="utf-8")
    return safe_csv.guarded_file(text, resource["schema"])


def _readme(atlas: Atlas) -> str:
    package = atlas.package
    licence = package["licenses"][0]
    tables = "\n".join(f"  {r['path']:<20} {r['title']}" for r in package["resources"])
    derived = "\n".join(f"  {source['title']}" for source in package["sources"])
    return f"""{package["title"]}
Version {package["version"]}

{package["description"]}
{wording.WHAT_THIS_IS}

datapackage.json describes every table and column (Frictionless Data Package). CSV files are UTF-8
with a header row. An empty cell means that nothing was found in the sources read, or that there
is nothing to say; it never means no or zero.

{tables}
  footprints.geojson   The 44 outlines, simplified by 400 m (WGS 84)

hex_q and hex_r in footprints.csv place each footprint on a map of equal hexagons, points up:
centre x = q + r / 2, y = -r * 0.866, in widths of a cell.

{safe_csv.RULE}

Licence: {licence["title"]}, {licence["path"]}
Cite the source that the row names. Derived from:
{derived}
"""
