"""The files that can be downloaded: what each holds and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data import archive, footprints, geometry, paths, safe_csv, workbook
from stp_data.atlas import Atlas


@dataclass(frozen=True)
class TableFile:
    """One table as CSV."""

    name: str
    title: str
    kind: str
    """derived (written by the build) or curated (decided by people)"""
    rows: int
    size: int
    """Bytes before compression."""


@dataclass(frozen=True)
class Files:
    """Sizes in bytes before compression."""

    tables: tuple[TableFile, ...]
    workbook: int
    archive: int
    outlines: int
    hexes: int
    description: int


@cache
def files(atlas: Atlas) -> Files:
    """All of them; the first time takes about a second, for the workbook is made."""
    return Files(
        tables=tuple(
            TableFile(
                name=resource["name"],
                title=resource["title"],
                kind=resource["kind"],
                rows=len(getattr(atlas, resource["name"])),
                size=len(archive.table(atlas, resource["name"]).encode("utf-8")),
            )
            for resource in atlas.package["resources"]
        ),
        workbook=len(workbook.workbook(atlas)),
        archive=len(archive.archive(atlas)),
        outlines=geometry.FINE_OUTLINES.stat().st_size,
        hexes=len(hexes(atlas).encode("utf-8")),
        description=paths.DATAPACKAGE.stat().st_size,
    )


@cache
def hexes(atlas: Atlas) -> str:
    """Where each footprint lies on the map of hexes, as CSV."""
    head = ["code", "slug", "name", "short_name", "nhs_region", "hex_q", "hex_r"]
    rows = [
        [p.code, p.slug, p.name, p.short_name, p.region, p.hex_q, p.hex_r]
        for p in footprints.all_footprints(atlas).values()
    ]
    return safe_csv.written(head, rows)
