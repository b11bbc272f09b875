"""``/download/…csv`` of what a page shows: the rows that its choices leave, and a line of what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stp_data
from stp_data import Atlas
from stp_data.core import wording
from stp_data.evidence import conflicts, coverage
from stp_data.export import files, safe_csv
from stp_data.history import reported_events
from stp_data.money import gaps
from stp_data.organisations import organisations
from stp_data.organisations.organisations import Wanted
from stp_data.overview import comparing, relating
from stp_data.places import measures
from stp_data.plans import stated_figures
from stp_data.priorities import sharing, themes_named
from web import asking
from web.cached import CSV, OWN_BROWSER_ONLY, with_etag
from web.cached import CachedContent as Body
from web.refusals import RefusedError


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
    """Who names which themes: ``?theme=…&match=…&evidence=…&firm=…&years=…&region=…``."""
    atlas = stp_data.load()
    question = asking.question(atlas, request)
    named = "-".join(question.themes)[:80]
    return with_etag(request, _shared(atlas, question), CSV, f"stp-atlas-{named}.csv")


async def matrix(request: Request) -> Response:
    """How many sources show each theme for each footprint: ``?evidence=…&firm=…&years=…``."""
    rules = asking.rules(asking.parameters(request, *themes_named.WORDS))
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


async def related(request: Request) -> Response:
    """Two measures with their sources: ``?x=…&y=…&areas=…,…``."""
    atlas = stp_data.load()
    x, y, codes = asking.two_measures(atlas, request)
    return with_etag(request, _related(atlas, x, y, codes), CSV, f"stp-atlas-{x}-{y}.csv")


async def compared(request: Request) -> Response:
    """Two to five footprints: ``?areas=…,…&part=measures|themes|gaps``."""
    atlas = stp_data.load()
    codes, part = asking.comparison(atlas, request)
    return with_etag(request, _compared(atlas, codes, part), CSV, f"stp-atlas-compare-{part}.csv")


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


def _file(atlas: Atlas, note: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A CSV under one line that says what it is and of when."""
    return safe_csv.written(columns, rows, f"{note} STP Atlas, {wording.data_of(atlas)}.")


@lru_cache(maxsize=128)
def _view(atlas: Atlas, key: str, region: str | None) -> Body:
    return Body(files.view(atlas, key, region))


@lru_cache(maxsize=16)
def _shared(atlas: Atlas, question: themes_named.Question) -> Body:
    note = (
        f"{sharing.sentence(atlas, question)}. {sharing.counted(question.rules)} "
        f"{sharing.FILE_NOTE}"
    )
    return Body(_file(atlas, note, sharing.FILE_COLUMNS, sharing.rows(atlas, question)))


@lru_cache(maxsize=18)
def _matrix(atlas: Atlas, rules: themes_named.Rules) -> Body:
    head, *rows = sharing.matrix(atlas, rules)
    note = (
        "How many sources that count show each theme; empty: not found in the documents read. "
        f"{sharing.counted(rules)}"
    )
    return Body(_file(atlas, note, [str(name) for name in head], rows))


@lru_cache(maxsize=64)
def _gaps(atlas: Atlas, wanted: gaps.Wanted) -> Body:
    note = (
        f"{gaps.finding(atlas, wanted)}. Yearly gaps in 2020/21 as stated; figures of different "
        "scope are not to be added or compared."
    )
    return Body(_file(atlas, note, gaps.FILE_COLUMNS, gaps.file_rows(atlas, wanted)))


@lru_cache(maxsize=64)
def _related(atlas: Atlas, x: str, y: str, codes: tuple[str, ...]) -> Body:
    found = relating.related(atlas, x, y)
    cautions = " ".join(relating.cautions(found))
    note = f"{relating.finding(found)}. {relating.coefficient(found)} {cautions}"
    rows = relating.file_rows(atlas, found, codes)
    return Body(_file(atlas, note, relating.FILE_COLUMNS, rows))


COMPARED = {
    "measures": "Standard score: how far a figure is from England's, in standard deviations of the "
    "44 footprints. Head counts have none to compare: England's figure is their sum.",
    "themes": "Not found in the documents read doesn't mean that a theme is not in the plan.",
    "gaps": "Yearly gaps in 2020/21 as stated; figures of different scope are not to be added or "
    "compared.",
}
"""What must be known of each file of a comparison."""


@lru_cache(maxsize=64)
def _compared(atlas: Atlas, codes: tuple[str, ...], part: str) -> Body:
    rows = comparing.file_rows(atlas, codes, part)
    return Body(_file(atlas, COMPARED[part], list(comparing.FILES[part]), rows))


@lru_cache(maxsize=64)
def _timeline(atlas: Atlas, wanted: reported_events.Wanted) -> Body:
    found = reported_events.find(atlas, wanted)
    note = f"{reported_events.sentence(atlas, wanted, found)}. {reported_events.ORDER}"
    return Body(
        _file(atlas, note, reported_events.FILE_COLUMNS, reported_events.rows(atlas, found))
    )


@cache
def _conflicts(atlas: Atlas) -> Body:
    note = (
        f"{conflicts.headline(atlas)}. Rows of one conflict are what each source says of one "
        f"fact. {stated_figures.PREFERENCE}"
    )
    return Body(_file(atlas, note, conflicts.FILE_COLUMNS, conflicts.rows(atlas)))


@cache
def _coverage(atlas: Atlas) -> Body:
    note = f"{coverage.headline(atlas)}. What was not found is not a no."
    return Body(_file(atlas, note, coverage.FILE_COLUMNS, coverage.rows(atlas)))


# Only lists without a search are kept: what a reader typed is not.
@lru_cache(maxsize=64)
def _bodies(atlas: Atlas, wanted: Wanted) -> Body:
    return Body(_bodies_file(atlas, wanted))


def _bodies_file(atlas: Atlas, wanted: Wanted) -> str:
    found = organisations.find(atlas, wanted)
    note = (
        f"{organisations.sentence(atlas, wanted, found)}. A body that is not listed was not found "
        "in the sources read."
    )
    return _file(atlas, note, organisations.FILE_COLUMNS, organisations.rows(atlas, found))


ROUTES = [
    Route("/view.csv", view),
    Route("/shared.csv", shared),
    Route("/matrix.csv", matrix),
    Route("/organisations-view.csv", bodies),
    Route("/gaps.csv", stated_gaps),
    Route("/compare.csv", compared),
    Route("/relate.csv", related),
    Route("/timeline.csv", timeline),
    Route("/conflicts.csv", disagreements),
    Route("/coverage.csv", found),
]
