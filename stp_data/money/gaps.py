"""Stated gaps of all footprints beside each other: compared and added up within one scope only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, strict
from stp_data.core.sources import Source
from stp_data.money import national_series
from stp_data.money.national_series import Point, Series
from stp_data.places import filters, footprints, measures
from stp_data.places.filters import REGION
from stp_data.places.footprints import Footprint
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named

SCOPES = {
    "nhs-care": "NHS and social care",
    "nhs": "NHS",
    "not-stated": "not stated",
    "social-care": "social care",
}
"""Name in an address -> what the money covers, as in the table."""
ALL = "all"
"""Stands in an address for no filter."""

OTHER_MEASURES = (
    "finance_gap_cumulative",
    "finance_gap_residual",
    "finance_gap_current",
    "finance_gap_local",
)
"""Gaps that are no yearly gap in 2020/21 of a whole footprint, and so in no chart or sum of it."""

NATIONAL = "gap-sum"
"""How the keys of series begin whose rows are published sums of the gaps for England."""


SCOPE = Choice(
    "scope", "coverage",
    lambda _: {
        ALL: "All, each apart",
        **{word: stated_figures.SCOPES[scope] for word, scope in SCOPES.items()},
    },
    default=ALL,
)  # fmt: skip
SORT = Choice(
    "sort", "order", lambda _: {"size": "Largest first", "name": "By name"}, default="size"
)
UNIT = Choice("unit", "unit", lambda _: {"total": "£ million", "head": "£ a head"}, default="total")
FILTERS = (SCOPE, REGION, SORT, UNIT)
"""What may be asked of the gaps."""


@dataclass(frozen=True)
class Wanted:
    """Which gaps, and in what order."""

    scope: str | None = None
    """One of the values of SCOPES; None for all, each apart."""
    region: str | None = None
    """An NHS region; None for all England."""
    by_size: bool = False
    """Largest preferred figure first, within one scope; else by name."""
    per_head: bool = False


@dataclass(frozen=True)
class Line:
    """A footprint with its figures."""

    footprint: Footprint
    figures: tuple[Stated, ...]
    """Of the scope asked for, the preferred one first; empty where none was found."""
    group: str | None
    """In the order of size: the scope of the preferred figure, within which lines are sorted.
    None in the order of names, and where no figure is preferred."""


@dataclass(frozen=True)
class Part:
    """The figures of a total that are stated in the same way."""

    qualifier: str
    footprints: int
    low: float
    high: float


@dataclass(frozen=True)
class Total:
    """The preferred gaps of one scope, added up; £ million."""

    scope: str
    footprints: int
    among: int
    """How many footprints there are, with a figure or without."""
    low: float
    high: float
    """The same as ``low`` unless a range is inside."""
    parts: tuple[Part, ...]


def wanted(atlas: Atlas, query: Mapping[str, str]) -> Wanted:
    """What a query of FILTERS asks."""
    return Wanted(
        scope=SCOPES.get(SCOPE.word(query)),
        region=filters.region(atlas, query),
        by_size=SORT.word(query) == "size",
        per_head=UNIT.word(query) == "head",
    )


def asked(atlas: Atlas, params: Mapping[str, str]) -> Wanted:
    """What the parameters of an address ask; FilterError where one has a word that is not known."""
    return wanted(atlas, strict(atlas, FILTERS, params))


@cache
def yearly(atlas: Atlas) -> dict[str, Stated]:
    """Every stated yearly gap in 2020/21 by its key."""
    return {figure.key: figure for figure in stated_figures.stating(atlas, stated_figures.GAP)}


@cache
def lines(atlas: Atlas, asked: Wanted) -> tuple[Line, ...]:
    """The footprints of the region: those with a figure in the order asked for, then the others."""
    by_code: dict[str, list[Stated]] = {}
    for figure in yearly(atlas).values():
        if asked.scope in (None, figure.scope):
            by_code.setdefault(figure.code, []).append(figure)
    found = [
        _line(place, tuple(by_code.get(place.code, ())), asked)
        for place in footprints.by_name(atlas)
        if asked.region in (None, place.region)
    ]
    order = list(SCOPES.values())

    def key(line: Line) -> tuple[bool, int, float]:
        if line.group is None:
            return not line.figures, len(order), 0
        first = line.figures[0]
        return False, order.index(line.group), -_size(atlas, first, asked)

    return tuple(sorted(found, key=key))


def _line(place: Footprint, figures: tuple[Stated, ...], asked: Wanted) -> Line:
    settled = bool(figures) and figures[0].preferred
    return Line(place, figures, figures[0].scope if settled and asked.by_size else None)


def people(atlas: Atlas, code: str) -> float:
    """People of mid-2017, by whom every figure a head is divided."""
    return measures.values(atlas, "population").by_code[code]


def ends(atlas: Atlas, figure: Stated, asked: Wanted) -> tuple[float, float]:
    """A figure from end to end, in £ million or in £ a head; both ends are one without a range."""
    high = figure.value if figure.value_to is None else figure.value_to
    if not asked.per_head:
        return figure.value, high
    each = 1e6 / people(atlas, figure.code)
    return figure.value * each, high * each


def _size(atlas: Atlas, figure: Stated, asked: Wanted) -> float:
    return ends(atlas, figure, asked)[0]


@cache
def total(atlas: Atlas, scope: str, region: str | None = None) -> Total:
    """The preferred yearly gaps of one scope, in all England or in one NHS region."""
    places = [p for p in footprints.by_name(atlas) if region in (None, p.region)]
    gaps = stated_figures.preferred_gaps(atlas)
    inside = [gaps[p.code] for p in places if p.code in gaps and gaps[p.code].scope == scope]
    parts = []
    for qualifier in ("exact", "about", "at least", "up to", "range"):
        same = [figure for figure in inside if figure.qualifier == qualifier]
        if same:
            parts.append(Part(qualifier, len(same), *_added(same)))
    return Total(scope, len(inside), len(places), *_added(inside), tuple(parts))


def _added(figures: list[Stated]) -> tuple[float, float]:
    # Pounds to the nearest hundred thousand, as stated: binary fractions must not show.
    low = round(sum(figure.value for figure in figures), 3)
    return low, round(sum(f.value if f.value_to is None else f.value_to for f in figures), 3)


def totals(atlas: Atlas, asked: Wanted) -> tuple[Total, ...]:
    """One total for each scope asked for that a preferred figure has; never one of several."""
    scopes = SCOPES.values() if asked.scope is None else (asked.scope,)
    found = (total(atlas, scope, asked.region) for scope in scopes)
    return tuple(one for one in found if one.footprints)


@cache
def others(atlas: Atlas, measure: str, asked: Wanted) -> tuple[Stated, ...]:
    """Figures of one of OTHER_MEASURES in the scope and region asked for, by name of footprint."""
    places = footprints.by_name(atlas)
    stated = stated_figures.stating(atlas, measure)
    return tuple(
        figure
        for place in places
        if asked.region in (None, place.region)
        for figure in stated
        if figure.code == place.code and asked.scope in (None, figure.scope)
    )


def rivals(atlas: Atlas, figure: Stated) -> tuple[Stated, ...]:
    """The other figures of the same footprint for the same thing, the preferred one first."""
    of_code = stated_figures.of_measure(stated_figures.stated(atlas, figure.code), figure.measure)
    return tuple(other for other in of_code if other.key != figure.key)


@cache
def national_sums(atlas: Atlas) -> tuple[tuple[Series, Point], ...]:
    """The sums of the gaps for England as somebody published them, smallest first."""
    found = [
        (series, point)
        for key, series in national_series.series(atlas).items()
        if key.startswith(NATIONAL)
        for point in national_series.points(atlas, key)
    ]
    return tuple(sorted(found, key=lambda one: one[1].value))


def amount(atlas: Atlas, figure: Stated, asked: Wanted) -> str:
    """A figure as stated, or worked out a head: about £577m, £312 a head."""
    if not asked.per_head:
        return stated_figures.amount(figure)
    low, high = ends(atlas, figure, asked)
    words = {"about": "about ", "at least": "at least ", "up to": "up to "}
    ending = "" if low == high else f" to £{high:,.0f}"
    return f"{words.get(figure.qualifier, '')}£{low:,.0f}{ending} a head"


def said(atlas: Atlas, figure: Stated, asked: Wanted) -> str:
    """All that a mark stands for, in a line."""
    place = footprints.all_footprints(atlas)[figure.code]
    marked = ", preferred" if figure.preferred else ""
    who = sources.short_citation(sources.source(atlas, figure.source))
    covers = stated_figures.SCOPES[figure.scope]
    return f"{place.name}: {amount(atlas, figure, asked)}, {covers}{marked}. {who}"


def finding(atlas: Atlas, asked: Wanted) -> str:
    """What the figures show, as a headline: of one scope only where amounts are compared."""
    found = lines(atlas, asked)
    some = [line for line in found if line.figures]
    where = wording.in_region(asked.region)
    if asked.scope is None:
        settled = [line.figures[0] for line in some if line.figures[0].preferred]
        clear = sum(figure.scope != "not stated" for figure in settled)
        return (
            f"{_all_or(len(some), len(found))} footprints{where} have a published gap; in "
            f"{len(settled)} one figure is preferred, and only {clear} of those say what they cover"
        )
    covers = stated_figures.SCOPES[asked.scope]
    inside = [line.figures[0] for line in some if line.figures[0].preferred]
    if not some:
        return f"No gap of this scope ({covers}) was found for any footprint{where}"
    if not inside:
        return (
            f"{_all_or(len(some), len(found))} footprints{where} have a published gap of this "
            f"scope ({covers}); none is preferred"
        )
    high = max(inside, key=lambda figure: _size(atlas, figure, asked))
    low = min(inside, key=lambda figure: _size(atlas, figure, asked))
    names = footprints.all_footprints(atlas)
    most = f"{amount(atlas, high, asked)} in {names[high.code].name}"
    start = f"{covers[0].upper()}{covers[1:]}{where}: "
    if len(inside) == 1:
        return f"{start}one preferred gap of this scope, {most}"
    least = f"{amount(atlas, low, asked)} in {names[low.code].name}"
    return (
        f"{start}preferred gaps run from {least} to {most}, in {len(inside)} of {len(found)} "
        "footprints"
    )


def heading(asked: Wanted, group: str | None) -> str:
    """What stands above lines in the order of size, which are compared only among themselves."""
    if group is not None:
        return f"Preferred figure: {stated_figures.SCOPES[group]}, largest first"
    if asked.scope is None:
        return "No figure preferred, by name"
    return "No preferred figure of this scope, by name"


def _all_or(some: int, among: int) -> str:
    return f"All {among}" if some == among else f"{some} of {among}"


FILE_COLUMNS = [
    "code", "footprint", "nhs_region", "gap_gbp_million", "gap_to_gbp_million", "qualifier",
    "gbp_per_head", "gbp_per_head_to", "people_mid_2017", "scope", "preferred", "as_of",
    "confidence", "publisher", "publisher_type", "source_title", "source_date", "url", "note",
    "sources_read", "figure",
]  # fmt: skip


def file_rows(atlas: Atlas, asked: Wanted) -> list[list[object]]:
    """Every figure asked for with its source; a footprint without one has a row that says so."""
    rows: list[list[object]] = []
    for line in lines(atlas, asked):
        place, each = line.footprint, people(atlas, line.footprint.code)
        head = [place.code, place.name, place.region]
        read = themes_named.coverage(atlas, place.code).read
        for figure in line.figures:
            cited = sources.source(atlas, figure.source)
            rows.append([*head, *_file_cells(figure, each, cited), read, figure.key])
        if not line.figures:
            missing = f"no figure found in {read} sources read"
            rows.append([*head, *[""] * 5, round(each), *[""] * 9, missing, read, ""])
    return rows


def _file_cells(figure: Stated, each: float, cited: Source) -> list[object]:
    to = figure.value_to
    per_head = [round(end * 1e6 / each, 2) for end in (figure.value, to) if end is not None]
    return [
        figure.value,
        "" if to is None else to,
        figure.qualifier,
        per_head[0],
        "" if to is None else per_head[1],
        round(each),
        figure.scope,
        "yes" if figure.preferred else "",
        figure.as_of,
        figure.confidence,
        cited.publisher,
        sources.publisher_type(cited),
        cited.title,
        cited.date,
        cited.url,
        figure.note,
    ]
