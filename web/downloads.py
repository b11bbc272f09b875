"""``/download/…``: tables as they are, all of them at once, outlines, and views of the pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import (
    Atlas,
    archive,
    conflicts,
    coverage,
    files,
    footprints,
    gaps,
    geometry,
    happenings,
    markers,
    measures,
    organisations,
    paths,
    priorities,
    safe_csv,
    sharing,
    sources,
    wording,
    workbook,
)
from stp_data.organisations import Wanted
from web import asking, download_page
from web.answers import OWN_BROWSER_ONLY, RefusedError, refusal, with_etag
from web.bodies import SMALL, Body
from web.open_data import open_data
from web.pages import html_page

CSV = "text/csv; charset=utf-8"
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


async def view(request: Request) -> Response:
    """One measure for all footprints or one NHS region: ``?measure=…&region=…``.

    Each row names its source, so that a saved file says where its figures come from.
    """
    atlas = stp_data.load()
    asked = asking.parameters(request, "measure", "region")
    key = asked.get("measure", measures.DEFAULT)
    if key not in measures.mapped(atlas):
        raise RefusedError(404, f"Measures: {', '.join(measures.mapped(atlas))}.")
    chosen = asking.region(atlas, asked)
    named = f"-{asked['region']}" if chosen else ""
    return with_etag(request, _view(atlas, key, chosen), CSV, f"stp-atlas-{key}{named}.csv")


async def shared(request: Request) -> Response:
    """Who names which themes: ``?theme=…&match=…&evidence=…&years=…&region=…``."""
    atlas = stp_data.load()
    question = asking.question(atlas, request)
    named = "-".join(question.themes)[:80]
    return with_etag(request, _shared(atlas, question), CSV, f"stp-atlas-{named}.csv")


async def matrix(request: Request) -> Response:
    """How many sources show each theme for each footprint: ``?evidence=…&years=…``."""
    rules = asking.rules(asking.parameters(request, "evidence", "years"))
    return with_etag(request, _matrix(stp_data.load(), rules), CSV, "stp-atlas-matrix.csv")


async def disagreements(request: Request) -> Response:
    """Every case in which sources differ, a row for each source's word."""
    asking.parameters(request)
    return with_etag(request, _conflicts(stp_data.load()), CSV, "stp-atlas-conflicts.csv")


async def found(request: Request) -> Response:
    """What was found of each footprint, by kind of source."""
    asking.parameters(request)
    return with_etag(request, _coverage(stp_data.load()), CSV, "stp-atlas-coverage.csv")


async def stated_gaps(request: Request) -> Response:
    """Every stated gap with its source: ``?scope=…&region=…&sort=…&unit=…``."""
    atlas = stp_data.load()
    wanted = asking.gaps_wanted(atlas, request)
    return with_etag(request, _gaps(atlas, wanted), CSV, "stp-atlas-gaps.csv")


async def bodies(request: Request) -> Response:
    """Bodies, where they are listed and by which source: ``?q=…&type=…&region=…&area=…``."""
    atlas = stp_data.load()
    wanted = asking.bodies(atlas, request)
    if not wanted.search:
        return with_etag(request, _bodies(atlas, wanted), CSV, "stp-atlas-organisations.csv")
    content = await run_in_threadpool(_bodies_file, atlas, wanted)
    return with_etag(request, content, CSV, "stp-atlas-organisations.csv", cache=OWN_BROWSER_ONLY)


async def timeline(request: Request) -> Response:
    """Events, a row a telling: ``?area=…&kind=…&who=…&from=…&to=…``."""
    atlas = stp_data.load()
    wanted = asking.happenings_wanted(atlas, request)
    return with_etag(request, _timeline(atlas, wanted), CSV, "stp-atlas-timeline.csv")


app = open_data(
    [
        Route("/", index),
        Route("/stp-atlas.{kind}", whole),
        Route("/view.csv", view),
        Route("/shared.csv", shared),
        Route("/matrix.csv", matrix),
        Route("/organisations-view.csv", bodies),
        Route("/gaps.csv", stated_gaps),
        Route("/timeline.csv", timeline),
        Route("/conflicts.csv", disagreements),
        Route("/coverage.csv", found),
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


@lru_cache(maxsize=128)
def _view(atlas: Atlas, key: str, region: str | None) -> Body:
    found = measures.values(atlas, key)
    rows = []
    for place in footprints.all_footprints(atlas).values():
        if region not in (None, place.region):
            continue
        figure, read_in = found.by_code.get(place.code), ""
        if figure is not None:
            read_in = wording.citation(sources.source(atlas, found.source_of[place.code]))
        rows.append(
            [
                place.code,
                place.name,
                place.region,
                found.measure.label,
                markers.NOT_AVAILABLE
                if figure is None
                else round(figure, found.measure.decimals + 2),
                found.measure.unit,
                found.as_of,
                read_in,
            ]
        )
    head = ["code", "name", "nhs_region", "measure", "value", "unit", "as_of", "source"]
    return Body(safe_csv.written(head, rows))


@lru_cache(maxsize=16)
def _shared(atlas: Atlas, question: priorities.Question) -> Body:
    note = (
        f"{sharing.sentence(atlas, question)}. {sharing.counted(question.rules)} "
        f"STP Atlas, {wording.data_of(atlas)}."
    )
    return Body(safe_csv.written(sharing.FILE_COLUMNS, sharing.rows(atlas, question), note))


@lru_cache(maxsize=6)
def _matrix(atlas: Atlas, rules: priorities.Rules) -> Body:
    head, *rows = sharing.matrix(atlas, rules)
    note = (
        "Sources that show each theme; empty: not found in the sources read. "
        f"{sharing.counted(rules)} STP Atlas, {wording.data_of(atlas)}."
    )
    return Body(safe_csv.written([str(name) for name in head], rows, note))


@lru_cache(maxsize=64)
def _gaps(atlas: Atlas, wanted: gaps.Wanted) -> Body:
    note = (
        f"{gaps.finding(atlas, wanted)}. Yearly gaps in 2020/21 as stated; figures of different "
        f"scope are not to be added or compared. STP Atlas, {wording.data_of(atlas)}."
    )
    return Body(safe_csv.written(gaps.FILE_COLUMNS, gaps.file_rows(atlas, wanted), note))


@lru_cache(maxsize=64)
def _timeline(atlas: Atlas, wanted: happenings.Wanted) -> Body:
    found = happenings.find(atlas, wanted)
    note = (
        f"{happenings.sentence(atlas, wanted, found)}. {happenings.ORDER} STP Atlas, "
        f"{wording.data_of(atlas)}."
    )
    return Body(safe_csv.written(happenings.FILE_COLUMNS, happenings.rows(atlas, found), note))


@cache
def _conflicts(atlas: Atlas) -> Body:
    note = (
        f"{conflicts.headline(atlas)}. Rows of one conflict are what each source says of one "
        f"fact. {wording.PREFERENCE} STP Atlas, {wording.data_of(atlas)}."
    )
    return Body(safe_csv.written(conflicts.FILE_COLUMNS, conflicts.rows(atlas), note))


@cache
def _coverage(atlas: Atlas) -> Body:
    note = (
        f"{coverage.headline(atlas)}. What was not found is not a no. "
        f"STP Atlas, {wording.data_of(atlas)}."
    )
    return Body(safe_csv.written(coverage.FILE_COLUMNS, coverage.rows(atlas), note))


# Only lists without a search are kept: what a reader typed is not.
@lru_cache(maxsize=64)
def _bodies(atlas: Atlas, wanted: Wanted) -> Body:
    return Body(_bodies_file(atlas, wanted))


def _bodies_file(atlas: Atlas, wanted: Wanted) -> str:
    found = organisations.find(atlas, wanted)
    note = (
        f"{organisations.sentence(atlas, wanted, found)}. A body that is not listed was not found "
        f"in the sources read. STP Atlas, {wording.data_of(atlas)}."
    )
    return safe_csv.written(organisations.FILE_COLUMNS, organisations.rows(atlas, found), note)
