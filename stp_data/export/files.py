"""The files that can be downloaded: how large each is, and the two that are made of no table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import geometry, paths, sources
from stp_data.core.atlas import Atlas
from stp_data.export import archive, markers, safe_csv, workbook
from stp_data.places import footprints, measures


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


MEASURE_COLUMNS = (
    "code", "name", "nhs_region", "measure", "value", "unit", "as_of", "source",
)  # fmt: skip


def measure_rows(atlas: Atlas, key: str, region: str | None) -> list[list[str]]:
    """One measure for all footprints, or those of one NHS region.

    A row a footprint, with the unit, the date and the source of its figure; ``[x]`` where none
    is known. KeyError for an unknown measure.
    """
    found = measures.values(atlas, key)
    rows = []
    for place in footprints.all_footprints(atlas).values():
        if region not in (None, place.region):
            continue
        figure, value, read_in = found.by_code.get(place.code), markers.NOT_AVAILABLE, ""
        if figure is not None:
            value = str(round(figure, found.measure.decimals + 2))
            read_in = sources.citation(sources.source(atlas, found.source_of[place.code]))
        about = [found.measure.label, value, found.measure.unit, found.as_of, read_in]
        rows.append([place.code, place.name, place.region, *about])
    return rows
