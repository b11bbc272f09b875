"""The page at ``/download/``: every file with its size and what it holds."""

from __future__ import annotations

from stp_data import Atlas
from stp_data.core import wording
from stp_data.export import files, markers, safe_csv
from stp_data.places import footprints, measures
from web.pages import render


def page(atlas: Atlas) -> str:
    """The page as HTML."""
    return render(
        "download.html",
        title="Downloads",
        description="All data of STP Atlas as files: tables, workbook, data package, outlines.",
        package=atlas.package,
        sizes={name: wording.size(size) for name, size in files.sizes(atlas).items()},
        rows={r["name"]: f"{len(getattr(atlas, r['name'])):,}" for r in atlas.package["resources"]},
        places=list(footprints.all_footprints(atlas).values()),
        measures=list(measures.mapped(atlas).values()),
        markers=markers.MEANING,
        rule=safe_csv.RULE,
    )
