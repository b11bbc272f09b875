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
from stp_data.core import geometry, paths
from stp_data.export import archive, files, workbook
from web import asking, download_page, views
from web.answers import CSV, RefusedError, refusal, with_etag
from web.bodies import SMALL, Body
from web.open_data import open_data
from web.pages import html_page

GEOJSON = "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
_one_at_a_time = Lock()


async def index(request: Request) -> Response:
    """What can be downloaded, with sizes."""
    return html_page(request, await run_in_threadpool(_once, _index, stp_data.load()))


async def whole(request: Request) -> Response:
    """All tables as a workbook or as a zip."""
    kind = request.path_params["kind"]
    make = {"xlsx": _workbook, "zip": _archive}.get(kind)
    if make is None:
        return await unknown(request)
    body = await run_in_threadpool(_once, make, stp_data.load())
    return with_etag(request, body, XLSX if kind == "xlsx" else ZIP, f"stp-atlas.{kind}")


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


def _once(make: Callable[[Atlas], Body], atlas: Atlas) -> Body:
    """Of several first readers one makes the file, the others wait for it."""
    with _one_at_a_time:
        return make(atlas)


@cache
def _workbook(atlas: Atlas) -> Body:
    return Body(workbook.workbook(atlas))


@cache
def _archive(atlas: Atlas) -> Body:
    return Body(archive.archive(atlas), compressors={})


@cache
def _index(atlas: Atlas) -> Body:
    return Body(download_page.page(atlas))


@cache
def _table(atlas: Atlas, name: str) -> Body:
    return Body(archive.table(atlas, name), compressors=SMALL)


@cache
def _description() -> Body:
    return Body(paths.DATAPACKAGE.read_bytes(), compressors=SMALL)


@cache
def _outlines() -> Body:
    return Body(geometry.FINE_OUTLINES.read_bytes(), compressors=SMALL)


@cache
def _outline(code: str) -> Body:
    return Body(geometry.outlines()[code])


@cache
def _hexes(atlas: Atlas) -> Body:
    return Body(files.hexes(atlas))
