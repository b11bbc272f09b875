"""Reading a query string: bounded, and strict, since a parameter passed over misleads.

``?regoin=london`` must not be answered with all England.
"""

from __future__ import annotations

from typing import get_args

from starlette.requests import Request

from stp_data import Atlas
from stp_data.core import wording
from stp_data.history import reported_events
from stp_data.money import gaps
from stp_data.organisations import organisations
from stp_data.organisations.organisations import Wanted
from stp_data.overview import comparing, relating
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Question, Rules
from web.refusals import RefusedError

LONGEST_QUERY = 2000


def parameters(request: Request, *allowed: str) -> dict[str, str]:
    """The query by name; RefusedError when it is too long, or has another name or one twice."""
    found = query(request)
    if not set(found) <= set(allowed):
        takes = wording.listed(list(allowed)) if allowed else "no parameters"
        raise RefusedError(400, f"This address takes {takes}.")
    return found


def query(request: Request) -> dict[str, str]:
    """The whole query by name; RefusedError when it is too long, or has a name twice."""
    if len(request.scope["query_string"]) > LONGEST_QUERY:
        raise RefusedError(400, f"A query has at most {LONGEST_QUERY:,} characters.")
    pairs = request.query_params.multi_items()
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError(400, "Give each parameter once; separate several themes by commas.")
    return found


def footprint(atlas: Atlas, name: str) -> Footprint:
    """The footprint of that code or name; RefusedError when there is none."""
    found = footprints.resolve(atlas, name)
    if found is None:
        raise RefusedError(
            404,
            "There is no such footprint. Codes run from E54000005 to E54000048; all codes and "
            "names are at /api/v1/footprints and /download/footprints.csv.",
        )
    return found


def region(atlas: Atlas, asked: dict[str, str]) -> str | None:
    """The name on screen of the region asked for; None for all England."""
    if "region" not in asked:
        return None
    known = footprints.regions(atlas)
    if asked["region"] not in known:
        raise RefusedError(404, f"Regions: {', '.join(known)}.")
    return known[asked["region"]]


def bodies(atlas: Atlas, request: Request) -> Wanted:
    """``?q=…&type=…&region=…&area=…``: which member bodies; without any, all of them."""
    asked = parameters(request, "q", "type", "region", "area")
    search = asked.get("q", "").strip()
    if len(search) > organisations.LONGEST_SEARCH:
        raise RefusedError(400, f"A search has at most {organisations.LONGEST_SEARCH} characters.")
    if "type" in asked and asked["type"] not in organisations.KINDS:
        raise RefusedError(404, f"Types: {', '.join(organisations.KINDS)}.")
    place = footprint(atlas, asked["area"]) if "area" in asked else None
    where = region(atlas, asked)
    if place is not None and where not in (None, place.region):
        raise RefusedError(400, "That footprint is not in that region.")
    return Wanted(
        search,
        organisations.KINDS[asked["type"]] if "type" in asked else None,
        where,
        None if place is None else place.code,
    )


def happenings_wanted(atlas: Atlas, request: Request) -> reported_events.Wanted:
    """``?area=…&kind=…&who=both|national|local&from=…&to=…``: which events; all without any."""
    asked = parameters(request, "area", "kind", "who", "from", "to")
    kinds = reported_events.kinds(atlas)
    if "kind" in asked and asked["kind"] not in kinds:
        raise RefusedError(404, f"Kinds: {', '.join(kinds)}.")
    place = footprint(atlas, asked["area"]) if "area" in asked else None
    since, until = (_year(atlas, asked, name) for name in ("from", "to"))
    if since and until and since > until:
        raise RefusedError(400, "from is not after to.")
    return reported_events.Wanted(
        _one_of(asked, "who", tuple(reported_events.WHO)),
        None if place is None else place.code,
        kinds[asked["kind"]] if "kind" in asked else None,
        since,
        until,
    )


def _year(atlas: Atlas, asked: dict[str, str], name: str) -> int | None:
    """The year asked for under ``name``, if any."""
    years = {str(year): year for year in reported_events.years(atlas)}
    if name in asked and asked[name] not in years:
        raise RefusedError(404, f"Years: {', '.join(years)}.")
    return years[asked[name]] if name in asked else None


def question(atlas: Atlas, request: Request) -> Question:
    """``?theme=…,…&match=all|any&region=…`` and what counts."""
    asked = parameters(request, "theme", "match", "region", *themes_named.WORDS)
    known = themes_named.themes(atlas)
    themes = tuple(dict.fromkeys(key for key in asked.get("theme", "").split(",") if key))
    if not themes or not set(themes) <= set(known):
        raise RefusedError(404 if themes else 400, f"Themes: {', '.join(known)}.")
    match = _one_of(asked, "match", get_args(themes_named.Match))
    return Question(
        themes,
        "any" if match == "any" else "all",
        rules(asked),
        region(atlas, asked),
    )


def gaps_wanted(atlas: Atlas, request: Request) -> gaps.Wanted:
    """``?scope=…&region=…&sort=name|size&unit=total|head``: which stated gaps."""
    asked = parameters(request, "scope", "region", "sort", "unit")
    scope = _one_of(asked, "scope", (gaps.ALL, *gaps.SCOPES))
    region(atlas, asked)
    words = {
        "sort": _one_of(asked, "sort", gaps.SORTS),
        "unit": _one_of(asked, "unit", gaps.UNITS),
    }
    return gaps.wanted(atlas, {**asked, **words, "scope": scope})


def two_measures(atlas: Atlas, request: Request) -> tuple[str, str, tuple[str, ...]]:
    """``?x=…&y=…&areas=…,…``: keys of two measures, and codes of footprints (none for all 44)."""
    asked = parameters(request, "x", "y", "areas")
    known = relating.labels(atlas)
    x, y = (asked.get(name, default) for name, default in zip("xy", relating.DEFAULTS, strict=True))
    if not {x, y} <= set(known):
        raise RefusedError(404, f"Measures: {', '.join(known)}.")
    if x == y:
        raise RefusedError(400, "x and y are two different measures.")
    places = [footprint(atlas, name) for name in asked.get("areas", "").split(",") if name]
    return x, y, tuple(sorted({place.code for place in places}))


def comparison(atlas: Atlas, request: Request) -> tuple[tuple[str, ...], str]:
    """``?areas=…,…&part=…``: codes of two to five footprints, and one of comparing.FILES."""
    asked = parameters(request, "areas", "part")
    names = [name for name in asked.get("areas", "").split(",") if name]
    codes = tuple(dict.fromkeys(footprint(atlas, name).code for name in names))
    if not comparing.FEWEST <= len(codes) <= comparing.MOST:
        raise RefusedError(
            400, f"areas names {comparing.FEWEST} to {comparing.MOST} footprints, with commas."
        )
    return codes, _one_of(asked, "part", tuple(comparing.FILES))


def rules(asked: dict[str, str]) -> Rules:
    """What counts: ``evidence=any|official|two&firm=intended|set-out|any&years=plans|all``."""
    known = themes_named.WORDS
    return Rules.asked({name: _one_of(asked, name, known[name]) for name in known})


def _one_of(asked: dict[str, str], name: str, words: tuple[str, ...]) -> str:
    """The word asked for, the first of ``words`` when none was."""
    word = asked.get(name, words[0])
    if word not in words:
        raise RefusedError(400, f"{name} is one of: {', '.join(words)}.")
    return word
