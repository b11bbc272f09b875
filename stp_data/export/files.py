"""The files that can be downloaded: how large each is, and the two that are made of no table."""

from __future__ import annotations

from functools import cache

from stp_data.core import geometry, paths, sources
from stp_data.core.atlas import Atlas
from stp_data.export import archive, markers, safe_csv, workbook
from stp_data.places import footprints, measures


@cache
def sizes(atlas: Atlas) -> dict[str, int]:
    """Name of each file -> bytes before compression.

    The first time takes about a second, for the workbook is made.
    """
    tables = {
        resource["path"]: len(archive.table(atlas, resource["name"]).encode("utf-8"))
        for resource in atlas.package["resources"]
    }
    return tables | {
        "stp-atlas.xlsx": len(workbook.workbook(atlas)),
        "stp-atlas.zip": len(archive.archive(atlas)),
        "footprints.geojson": geometry.FINE_OUTLINES.stat().st_size,
        "hexes.csv": len(hexes(atlas).encode("utf-8")),
        "datapackage.json": paths.DATAPACKAGE.stat().st_size,
    }


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
        figure, value, cited = found.by_code.get(place.code), markers.NOT_AVAILABLE, ""
        if figure is not None:
            value = str(round(figure, found.measure.decimals + 2))
            cited = sources.citation(sources.source(atlas, found.source_of[place.code]))
        about = [found.measure.label, value, found.measure.unit, found.as_of, cited]
        rows.append([place.code, place.name, place.region, *about])
    return rows
