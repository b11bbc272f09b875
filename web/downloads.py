"""``/download/…``: tables as they are, all of them at once, and outlines."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.core import geometry, paths, wording
from stp_data.export import archive, database, files, markers, parquet, safe_csv, workbook
from stp_data.places import footprints, measures
from web import asking, views
from web.cached import CSV, PACKED, SMALL, CachedContent, with_etag
from web.open_data import open_data
from web.pages import html_page, render
from web.refusals import RefusedError, refusal

GEOJSON = "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
_one_at_a_time = Lock()


async def index(request: Request) -> Response:
    """What can be downloaded, with sizes."""
    return html_page(request, await run_in_threadpool(_once, _index, stp_data.load()))


async def whole(request: Request) -> Response:
    """All tables in one file: workbook, zip of CSV, SQLite or zip of Parquet."""
    kind = request.path_params["kind"]
    if kind not in WHOLE:
        return await unknown(request)
    media, make = WHOLE[kind]
    body = await run_in_threadpool(_once, make, stp_data.load())
    return with_etag(request, body, media, f"stp-atlas.{kind}")


async def table(request: Request) -> Response:
    """One table of the data package."""
    atlas, name = stp_data.load(), request.path_params["table"]
    known = sorted(resource["name"] for resource in atlas.package["resources"])
    if name not in known:
        raise RefusedError(404, f"Tables: {', '.join(known)}.")
    return with_etag(request, _table(atlas, name), CSV, f"stp-atlas-{name}.csv")


async def description(request: Request) -> Response:
    """What the tables hold, field by field."""
    return with_etag(request, _description(), "application/json", "datapackage.json")


async def unknown(_request: Request) -> Response:
    """Anything else below /download/."""
    raise RefusedError(404, "See /download/ for all files.")


async def outlines(request: Request) -> Response:
    """The 44 outlines as GeoJSON, simplified by 400 m."""
    return with_etag(request, _outlines(), GEOJSON, "stp-atlas-footprints.geojson")


async def outline(request: Request) -> Response:
    """The same of one footprint."""
    place = asking.footprint(stp_data.load(), request.path_params["name"])
    return with_etag(request, _outline(place.code), GEOJSON, f"stp-atlas-{place.slug}.geojson")


async def hexes(request: Request) -> Response:
    """Where each footprint lies on the map of hexes."""
    return with_etag(request, _hexes(stp_data.load()), CSV, "stp-atlas-hexes.csv")


@cache
def _workbook(atlas: Atlas) -> CachedContent:
    return CachedContent(workbook.workbook(atlas))


@cache
def _archive(atlas: Atlas) -> CachedContent:
    return CachedContent(archive.archive(atlas), PACKED)


@cache
def _database(atlas: Atlas) -> CachedContent:
    return CachedContent(database.database(atlas))


@cache
def _parquet(atlas: Atlas) -> CachedContent:
    return CachedContent(parquet.parquet(atlas), PACKED)


@cache
def _datasette(atlas: Atlas) -> CachedContent:
    return CachedContent(database.metadata(atlas))


WHOLE = {
    "xlsx": (XLSX, _workbook),
    "zip": (ZIP, _archive),
    "sqlite": ("application/vnd.sqlite3", _database),
    "parquet.zip": (ZIP, _parquet),
    "datasette.json": ("application/json", _datasette),
}
"""All tables in one file, by the ending of its name: media type, and what makes it."""

app = open_data(
    [
        Route("/", index),
        Route("/stp-atlas.{kind}", whole),
        *views.routes("", "csv"),
        Route("/hexes.csv", hexes),
        Route("/footprints.geojson", outlines),
        Route("/{name}.geojson", outline),
        Route("/{table}.csv", table),
        Route("/datapackage.json", description),
        Route("/{rest:path}", unknown),
    ],
    refusal,
)


def _once(make: Callable[[Atlas], CachedContent], atlas: Atlas) -> CachedContent:
    """Of several first readers one makes the file, the others wait for it."""
    with _one_at_a_time:
        return make(atlas)


@cache
def _index(atlas: Atlas) -> CachedContent:
    return CachedContent(_index_page(atlas))


@cache
def _table(atlas: Atlas, name: str) -> CachedContent:
    return CachedContent(archive.table(atlas, name), SMALL)


@cache
def _description() -> CachedContent:
    return CachedContent(paths.DATAPACKAGE.read_bytes(), SMALL)


@cache
def _outlines() -> CachedContent:
    return CachedContent(geometry.FINE_OUTLINES.read_bytes(), SMALL)


@cache
def _outline(code: str) -> CachedContent:
    return CachedContent(geometry.outlines()[code])


@cache
def _hexes(atlas: Atlas) -> CachedContent:
    return CachedContent(files.hexes(atlas))


def _index_page(atlas: Atlas) -> str:
    """Return the page that lists every file with its size and what it holds."""
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
