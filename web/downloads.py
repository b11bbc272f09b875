"""``/download/…``: tables as they are, the outlines, and the view on the home page."""

from __future__ import annotations

import csv
import io

from starlette.requests import Request
from starlette.responses import Response

import stp_data
from stp_data import (
    footprints,
    geometry,
    measures,
    paths,
    priorities,
    sharing,
    sources,
    wording,
)
from web.answers import not_found, with_etag

CSV = "text/csv; charset=utf-8"
# The mark of the Government Analysis Function for a figure that there is none of.
NOT_AVAILABLE = "[x]"


async def table(request: Request) -> Response:
    """One table of the data package, byte for byte."""
    name = request.path_params["table"]
    known = {resource["name"]: resource for resource in stp_data.load().package["resources"]}
    if name not in known:
        return not_found(f"Tables: {', '.join(sorted(known))}.")
    content = (paths.TABLES / known[name]["path"]).read_text(encoding="utf-8")
    return with_etag(request, content, CSV, f"stp-atlas-{name}.csv")


async def description(request: Request) -> Response:
    """What the tables hold, field by field."""
    content = paths.DATAPACKAGE.read_text(encoding="utf-8")
    return with_etag(request, content, "application/json", "datapackage.json")


async def unknown(_request: Request) -> Response:
    """Anything else below /download/."""
    return not_found("See /download/datapackage.json for the names of the tables.")


async def outlines(request: Request) -> Response:
    """The 44 outlines as GeoJSON, simplified by 400 m."""
    content = geometry.FINE_OUTLINES.read_text(encoding="utf-8")
    return with_etag(request, content, "application/geo+json", "stp-atlas-footprints.geojson")


async def view(request: Request) -> Response:
    """One measure for all footprints or one NHS region: ``?measure=…&region=…``.

    Each row names its source, so that a saved file says where its figures come from.
    """
    atlas = stp_data.load()
    key = request.query_params.get("measure", measures.DEFAULT)
    region = request.query_params.get("region")
    if key not in measures.mapped(atlas):
        return not_found(f"Measures: {', '.join(measures.mapped(atlas))}.")
    if region is not None and region not in footprints.regions(atlas):
        return not_found(f"Regions: {', '.join(footprints.regions(atlas))}.")
    chosen = footprints.regions(atlas).get(region or "")
    content = _view_csv(atlas, key, chosen)
    return with_etag(request, content, CSV, f"stp-atlas-{key}{f'-{region}' if region else ''}.csv")


async def shared(request: Request) -> Response:
    """Who names which themes: ``?theme=…&match=…&evidence=…&years=all&region=…``."""
    atlas, asked = stp_data.load(), request.query_params
    themes = tuple(dict.fromkeys(key for key in asked.get("theme", "").split(",") if key))
    if not themes or not set(themes) <= set(priorities.themes(atlas)):
        return not_found(f"Themes: {', '.join(priorities.themes(atlas))}.")
    match, strength = asked.get("match", "all"), asked.get("evidence", "any")
    if match not in ("all", "any") or strength not in sharing.STRENGTHS:
        return not_found("match is all or any; evidence is any, official or two.")
    region = asked.get("region")
    if region is not None and region not in footprints.regions(atlas):
        return not_found(f"Regions: {', '.join(footprints.regions(atlas))}.")
    question = priorities.Question(
        themes,
        "any" if match == "any" else "all",
        priorities.Rules(strength, asked.get("years") == "all"),  # type: ignore[arg-type]
        footprints.regions(atlas).get(region or ""),
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"# {sharing.sentence(atlas, question)}. {sharing.rules_in_words(question)}"])
    writer.writerow(sharing.FILE_COLUMNS)
    writer.writerows(sharing.rows(atlas, question))
    return with_etag(request, out.getvalue(), CSV, f"stp-atlas-{'-'.join(themes)[:80]}.csv")


def _view_csv(atlas: stp_data.Atlas, key: str, region: str | None) -> str:
    found = measures.values(atlas, key)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", "nhs_region", "measure", "value", "unit", "as_of", "source"])
    for place in footprints.all_footprints(atlas).values():
        if region not in (None, place.region):
            continue
        figure, read_in = found.by_code.get(place.code), ""
        if figure is not None:
            read_in = wording.citation(sources.source(atlas, found.source_of[place.code]))
        writer.writerow(
            [
                place.code,
                place.name,
                place.region,
                found.measure.label,
                NOT_AVAILABLE if figure is None else round(figure, found.measure.decimals + 2),
                found.measure.unit,
                found.as_of,
                read_in,
            ]
        )
    return out.getvalue()
