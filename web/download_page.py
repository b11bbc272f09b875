"""The page at ``/download/``: every file with its size and what it holds."""

from __future__ import annotations

from stp_data import Atlas
from stp_data.core import wording
from stp_data.export import files, markers, safe_csv
from stp_data.places import footprints, measures
from web.pages import render


def page(atlas: Atlas) -> str:
    """The page."""
    listed = files.files(atlas)
    return render(
        "download.html",
        title="Downloads",
        description="All data of STP Atlas as files: tables, workbook, data package, outlines.",
        package=atlas.package,
        xlsx=wording.size(listed.workbook),
        zip=wording.size(listed.archive),
        tables=[
            {
                "name": table.name,
                "title": table.title,
                "rows": f"{table.rows:,}",
                "size": wording.size(table.size),
            }
            for table in listed.tables
        ],
        outlines=wording.size(listed.outlines),
        hexes=wording.size(listed.hexes),
        places=list(footprints.all_footprints(atlas).values()),
        measures=list(measures.mapped(atlas).values()),
        markers=markers.MEANING,
        rule=safe_csv.RULE,
    )
