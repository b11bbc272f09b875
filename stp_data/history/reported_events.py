"""What happened in England and in its footprints, told by one source or by several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError
from stp_data.history import timeline
from stp_data.history.timeline import ENGLAND, Event
from stp_data.places import filters, footprints
from stp_data.places.filters import AREA
from stp_data.places.footprints import slugify

WHO = {"both": "National and local", "national": "National", "local": "Local"}
"""Word in an address -> what it is called on screen; the first is the default."""
ORDER = (
    "In the order of dates. What is dated to a month stands after the days of that month, what is "
    "dated to a year after the months of that year; where sources differ, at the earliest date."
)


@cache
def kinds(atlas: Atlas) -> dict[str, str]:
    """Kinds of events: word in an address -> name."""
    return {slugify(kind): kind for kind in sorted(set(atlas.events["kind"]))}


def _years(atlas: Atlas) -> dict[str, int]:
    return {str(year): year for year in years(atlas)}


FILTERS = (
    AREA,
    Choice("kind", "kind of event", kinds, instead="all kinds"),
    Choice("who", "choice of national and local events", lambda _: WHO, default="both"),
    Choice("from", "year", _years, instead="all years"),
    Choice("to", "year", _years, instead="all years"),
)
"""What may be asked of the events."""


@dataclass(frozen=True)
class Happening:
    """One event in one place, with every telling of it, earliest first."""

    code: str
    """A footprint, or ENGLAND."""
    key: str
    """Shared with the same happening elsewhere; mostly empty."""
    number: int
    """Place among the national events, from 1; 0 for a local one."""
    told: tuple[Event, ...]

    @property
    def date(self) -> str:
        """The earliest date, of any precision; empty when nobody gives one."""
        return self.told[0].date

    @property
    def dates(self) -> tuple[str, ...]:
        """Every date, earliest first."""
        return tuple(dict.fromkeys(event.date for event in self.told))

    @property
    def differs(self) -> bool:
        """Whether sources give dates that cannot both be right."""
        return any(not dates.agree(*pair) for pair in combinations(self.dates, 2))


@dataclass(frozen=True)
class Wanted:
    """Which happenings; what is None leaves nothing out."""

    who: str = "both"
    """A key of WHO."""
    code: str | None = None
    """A footprint: the local events of the others are left out."""
    kind: str | None = None
    since: int | None = None
    until: int | None = None


def wanted(atlas: Atlas, query: Mapping[str, str]) -> Wanted:
    """What a query of FILTERS asks; FilterError where the years end before they begin."""
    since, until = (int(query[name]) if name in query else None for name in ("from", "to"))
    if since and until and since > until:
        raise FilterError(
            "from is not after to.", "The years end before they begin, so this shows all years."
        )
    kind = kinds(atlas)[query["kind"]] if "kind" in query else None
    return Wanted(query.get("who", "both"), filters.code(atlas, query), kind, since, until)


@cache
def all_happenings(atlas: Atlas) -> tuple[Happening, ...]:
    """Every one, in the order of dates, those without a date last; national before local."""
    told: list[tuple[str, str, tuple[Event, ...]]] = []
    for code in (ENGLAND, *footprints.all_footprints(atlas)):
        joined: dict[str, list[Event]] = {}
        for event in timeline.events(atlas, code):
            if event.happening:
                joined.setdefault(event.happening, []).append(event)
            else:
                told.append((code, "", (event,)))
        told += [(code, key, tuple(sorted(events, key=_place))) for key, events in joined.items()]
    told.sort(key=lambda one: (_place(one[2][0]), one[0] != ENGLAND, one[0]))
    found, number = [], 0
    for code, key, events in told:
        number += code == ENGLAND
        found.append(Happening(code, key, number if code == ENGLAND else 0, events))
    return tuple(found)


@cache
def by_mark(atlas: Atlas) -> dict[str, Happening]:
    """Every happening by its name in an address: a number in England, else as dorset-3."""
    slugs = {code: place.slug for code, place in footprints.all_footprints(atlas).items()}
    found: dict[str, Happening] = {}
    times: Counter[str] = Counter()
    for one in all_happenings(atlas):
        times[one.code] += 1
        number = times[one.code]
        found[str(number) if one.code == ENGLAND else f"{slugs[one.code]}-{number}"] = one
    return found


@cache
def marks(atlas: Atlas) -> dict[Happening, str]:
    """The name in an address of every happening."""
    return {one: mark for mark, one in by_mark(atlas).items()}


def _place(event: Event) -> tuple[int, int, int]:
    return dates.place(event.date)


@cache
def years(atlas: Atlas) -> tuple[int, ...]:
    """Every year from the first event to the last."""
    found = [int(text[:4]) for text in atlas.events["date"] if text]
    return tuple(range(min(found), max(found) + 1))


def find(atlas: Atlas, wanted: Wanted) -> tuple[Happening, ...]:
    """The happenings wanted, in order. With years, what nobody dates is left out."""
    return tuple(one for one in all_happenings(atlas) if _fits(one, wanted))


def _fits(one: Happening, wanted: Wanted) -> bool:
    national = one.code == ENGLAND
    if wanted.who != "both" and national != (wanted.who == "national"):
        return False
    if wanted.code is not None and not national and one.code != wanted.code:
        return False
    if wanted.kind is not None and all(event.kind != wanted.kind for event in one.told):
        return False
    if wanted.since is None and wanted.until is None:
        return True
    low, high = wanted.since or 0, wanted.until or 9999
    return any(day and low <= int(day[:4]) <= high for day in one.dates)


def sentence(atlas: Atlas, wanted: Wanted, found: tuple[Happening, ...]) -> str:
    """How many were found, of which sort, and in which year most of them lie."""
    if not found:
        return "No event of that sort was found in the sources read"
    national = sum(one.code == ENGLAND for one in found)
    local = len(found) - national
    place = footprints.all_footprints(atlas)[wanted.code].name if wanted.code else ""
    parts = [wording.count(national, "national event", "national events")] if national else []
    if local:
        said = wording.count(local, "local event", "local events")
        parts.append(f"{said} of {place}" if place else said)
    text = wording.listed(parts)
    ranked = Counter(one.date[:4] for one in found if one.date).most_common(2)
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return text
    year, most = ranked[0]
    return f"{text}; {most} of them in {year}, more than in any other year"


FILE_COLUMNS = (
    "date", "precision", "code", "where", "kind", "summary", "happening", "confidence", "sources",
    "addresses", "note",
)  # fmt: skip
PRECISIONS = {10: "day", 7: "month", 4: "year", 0: "not dated"}


def rows(atlas: Atlas, found: tuple[Happening, ...]) -> list[list[object]]:
    """For a file: one row a telling."""
    places = footprints.all_footprints(atlas)
    listed: list[list[object]] = []
    for one in found:
        where = "England" if one.code == ENGLAND else places[one.code].name
        for event in one.told:
            cited = [sources.source(atlas, key) for key in event.sources]
            listed.append(
                [
                    event.date,
                    PRECISIONS[len(event.date)],
                    one.code,
                    where,
                    event.kind,
                    event.summary,
                    one.key,
                    event.confidence,
                    "; ".join(sources.citation(source) for source in cited),
                    " ".join(source.url for source in cited if source.url),
                    event.note,
                ]
            )
    return listed
