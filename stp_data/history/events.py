"""Events in England and in its footprints, each with the reports of one or several sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError
from stp_data.history import timeline
from stp_data.history.timeline import ENGLAND, Report
from stp_data.places import filters, footprints
from stp_data.places.filters import AREA
from stp_data.places.footprints import slugify

ORDER = (
    "In date order. Month-only dates come last in their month, year-only dates last in their "
    "year. Where sources differ, the earliest date counts."
)


@cache
def kinds(atlas: Atlas) -> dict[str, str]:
    """Return the kinds of events: word in an address -> name."""
    return {slugify(kind): kind for kind in sorted(set(atlas.events["kind"]))}


@cache
def years(atlas: Atlas) -> dict[str, str]:
    """Return every year from the first event to the last, as word and name."""
    found = [int(text[:4]) for text in atlas.events["date"] if text]
    return {str(year): str(year) for year in range(min(found), max(found) + 1)}


WHO = Choice(
    "who", "choice of national or local events",
    lambda _: {"both": "National and local", "national": "National", "local": "Local"},
    default="both",
)  # fmt: skip
KIND = Choice("kind", "kind of event", kinds, instead="all kinds")
SINCE = Choice("from", "year", years, instead="all years")
UNTIL = Choice("to", "year", years, instead="all years")
FILTERS = (AREA, KIND, WHO, SINCE, UNTIL)


@dataclass(frozen=True)
class Event:
    """One event in one place, with every report of it, earliest first."""

    code: str
    """A footprint, or ENGLAND."""
    key: str
    """Shared with the same event elsewhere; often empty."""
    number: int
    """Place by date among the events of England, or of the footprint, from 1."""
    mark: str
    """Name in an address: 24 for a national event, else like dorset-3."""
    reports: tuple[Report, ...]

    @property
    def is_national(self) -> bool:
        """Whether it is an event of the whole country."""
        return self.code == ENGLAND

    @property
    def date(self) -> str:
        """The earliest date, of any precision; empty when no source gives one."""
        return self.reports[0].date

    @property
    def dates(self) -> tuple[str, ...]:
        """Every date that a source gives, earliest first."""
        return tuple(dict.fromkeys(report.date for report in self.reports if report.date))

    @property
    def has_conflicting_dates(self) -> bool:
        """Whether sources give dates that cannot both be right."""
        return any(not dates.agree(*pair) for pair in combinations(self.dates, 2))

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of all its sources, each once."""
        return cited((self,))


def cited(found: Iterable[Event]) -> tuple[str, ...]:
    """Return the keys of the sources of several events, each once."""
    return tuple(
        dict.fromkeys(key for one in found for report in one.reports for key in report.sources)
    )


def check_years(_atlas: Atlas, query: Mapping[str, str]) -> None:
    """Raise FilterError where the years end before they begin."""
    if query.get("from", "") > query.get("to", "9999"):
        raise FilterError(
            "from is not after to.", "The years end before they begin, so this shows all years."
        )


@cache
def all_events(atlas: Atlas) -> tuple[Event, ...]:
    """Return every event by date, undated ones last; national before local."""
    groups: dict[tuple[str, str], list[Report]] = {}
    for code in (ENGLAND, *footprints.all_footprints(atlas)):
        for number, report in enumerate(timeline.reports(atlas, code)):
            groups.setdefault((code, report.happening or str(number)), []).append(report)
    ordered = sorted(
        ((code, sorted(reports, key=_place)) for (code, _), reports in groups.items()),
        key=lambda one: (
            _place(one[1][0]), one[0] != ENGLAND, one[0], bool(one[1][0].happening),
        ),
    )  # fmt: skip
    numbers: Counter[str] = Counter()
    found = []
    for code, reports in ordered:
        numbers[code] += 1
        number = numbers[code]
        mark = str(number)
        if code != ENGLAND:
            mark = f"{footprints.all_footprints(atlas)[code].slug}-{number}"
        found.append(Event(code, reports[0].happening, number, mark, tuple(reports)))
    return tuple(found)


def _place(report: Report) -> tuple[int, int, int]:
    return dates.place(report.date)


@cache
def by_mark(atlas: Atlas) -> dict[str, Event]:
    """Return every event by its name in an address."""
    return {one.mark: one for one in all_events(atlas)}


def find(atlas: Atlas, query: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events that a query of FILTERS asks for, by date.

    A footprint leaves out the local events of the others; years leave out undated events.
    """
    code, who = filters.code(atlas, query), WHO.word(query)
    kind = kinds(atlas).get(query.get("kind", ""))
    low, high = int(query.get("from", 0)), int(query.get("to", 9999))
    return tuple(
        one
        for one in all_events(atlas)
        if who in ("both", "national" if one.is_national else "local")
        and (code is None or one.is_national or one.code == code)
        and (kind is None or any(report.kind == kind for report in one.reports))
        and (
            not {"from", "to"} & set(query)
            or any(low <= int(day[:4]) <= high for day in one.dates)
        )
    )  # fmt: skip


def sentence(atlas: Atlas, query: Mapping[str, str], found: tuple[Event, ...]) -> str:
    """Return how many events were found, of which sort, and the year that has the most."""
    if not found:
        return "We found no such events in the sources we read"
    national = sum(one.is_national for one in found)
    code, local = filters.code(atlas, query), len(found) - national
    where = f" in {footprints.all_footprints(atlas)[code].name}" if code else ""
    parts = [wording.count(national, "national event", "national events")] if national else []
    if local:
        parts.append(wording.count(local, "local event", "local events") + where)
    ranked = Counter(one.date[:4] for one in found if one.date).most_common(2)
    most = ""
    if len(ranked) == 2 and ranked[0][1] > ranked[1][1]:
        most = f"; {ranked[0][0]} had the most ({ranked[0][1]})"
    return wording.listed(parts) + most


FILE_COLUMNS = (
    "date", "precision", "code", "where", "kind", "summary", "happening", "confidence", "sources",
    "addresses", "note",
)  # fmt: skip


def rows(atlas: Atlas, found: tuple[Event, ...]) -> list[list[object]]:
    """Return the rows of a file, one a report."""
    places = footprints.all_footprints(atlas)
    return [
        [
            report.date,
            dates.precision(report.date),
            one.code,
            "England" if one.is_national else places[one.code].name,
            report.kind,
            report.summary,
            one.key,
            report.confidence,
            "; ".join(sources.citation(sources.source(atlas, key)) for key in report.sources),
            " ".join(url for key in report.sources if (url := sources.source(atlas, key).url)),
            report.note,
        ]
        for one in found
        for report in one.reports
    ]
