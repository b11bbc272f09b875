"""The page at ``/download/``: every file with its size and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stp_data import Atlas, footprints, markers, measures
from web import safe_csv
from web.bodies import Body
from web.pages import render, size


def page(
    atlas: Atlas,
    *,
    whole: Mapping[str, Body],
    tables: Mapping[str, tuple[Body, int]],
    outlines: Body,
    hexes: Body,
) -> str:
    """The page; tables are given with their number of rows."""
    titles = {resource["name"]: resource["title"] for resource in atlas.package["resources"]}
    rows: list[dict[str, Any]] = [
        {"name": name, "title": titles[name], "rows": f"{count:,}", "size": _size(body)}
        for name, (body, count) in tables.items()
    ]
    return render(
        "download.html",
        title="Downloads",
        description="All data of STP Atlas as files: tables, workbook, data package, outlines.",
        package=atlas.package,
        xlsx=_size(whole["xlsx"]),
        zip=_size(whole["zip"]),
        tables=rows,
        outlines=_size(outlines),
        hexes=_size(hexes),
        places=list(footprints.all_footprints(atlas).values()),
        measures=list(measures.mapped(atlas).values()),
        markers=markers.MEANING,
        rule=safe_csv.RULE,
    )


def _size(body: Body) -> str:
    return size(len(body.content))
