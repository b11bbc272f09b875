"""Stated yearly gaps of all footprints: compared and added up within one coverage only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice
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

OTHER_MEASURES = (
    "finance_gap_cumulative",
    "finance_gap_residual",
    "finance_gap_current",
    "finance_gap_local",
)
"""Gaps that are no yearly gap in 2020/21 of a whole footprint, and so in no chart or sum of it."""

SCOPE = Choice(
    "scope", "coverage",
    lambda _: {
        ALL: "All, shown separately",
        **{
            word: wording.sentence_case(stated_figures.SCOPES[scope])
            for word, scope in SCOPES.items()
        },
    },
    default=ALL,
)  # fmt: skip
SORT = Choice(
    "sort", "order", lambda _: {"size": "Largest first", "name": "By name"}, default="size"
)
UNIT = Choice(
    "unit", "unit", lambda _: {"total": "£ million", "head": "£ per person"}, default="total"
)
FILTERS = (SCOPE, REGION, SORT, UNIT)


@dataclass(frozen=True)
class GapFilter:
    """Which gaps, in what order and unit."""

    scope: str | None = None
    """One of the values of SCOPES; None for all, shown separately."""
    region: str | None = None
    """The name of an NHS region; None for all of England."""
    by_size: bool = False
    """Largest figure that we use first, within one coverage; else by name."""
    per_head: bool = False


@dataclass(frozen=True)
class Line:
    """A footprint with its figures."""

    footprint: Footprint
    figures: tuple[Stated, ...]
    """Of the coverage asked for, the one that we use first; empty where none was found."""
    group: str | None
    """In the order of size: the coverage of the figure that we use, within which lines are sorted.
    None in the order of names, and where no figure is used."""


@dataclass(frozen=True)
class Total:
    """Gaps that we use, added up, in £ million."""

    label: str
    """What they cover; of a part, how they are qualified: exact, about, at least."""
    footprints: int
    low: float
    high: float
    """The same as ``low`` unless a range is inside."""
    parts: tuple[Total, ...] = ()
    """One for each qualifier."""


def read_filter(atlas: Atlas, query: Mapping[str, str]) -> GapFilter:
    """What a checked query of FILTERS asks."""
    return GapFilter(
        scope=SCOPES.get(SCOPE.word(query)),
        region=filters.region(atlas, query),
        by_size=SORT.word(query) == "size",
        per_head=UNIT.word(query) == "head",
    )


@cache
def yearly(atlas: Atlas) -> dict[str, Stated]:
    """Every stated yearly gap in 2020/21 by its key."""
    return {figure.key: figure for figure in stated_figures.stating(atlas, stated_figures.GAP)}


def places_in(atlas: Atlas, region: str | None) -> list[Footprint]:
    """The footprints of an NHS region, or of all England, by name."""
    return [place for place in footprints.by_name(atlas) if region in (None, place.region)]


@cache
def lines(atlas: Atlas, asked: GapFilter) -> tuple[Line, ...]:
    """The footprints of the region: those with a figure in the order asked for, then the others."""
    order = list(SCOPES.values())
    found = []
    for place in places_in(atlas, asked.region):
        figures = tuple(
            figure
            for figure in yearly(atlas).values()
            if figure.code == place.code and asked.scope in (None, figure.scope)
        )
        is_ranked = asked.by_size and bool(figures) and figures[0].preferred
        found.append(Line(place, figures, figures[0].scope if is_ranked else None))

    def rank(line: Line) -> tuple[bool, int, float]:
        if line.group is None:
            return not line.figures, len(order), 0
        low, _ = ends(atlas, line.figures[0], asked)
        return False, order.index(line.group), -low

    return tuple(sorted(found, key=rank))


def figures(atlas: Atlas, asked: GapFilter) -> list[Stated]:
    """Every figure asked for, by footprint in the order asked for."""
    return [figure for line in lines(atlas, asked) for figure in line.figures]


def people(atlas: Atlas, code: str) -> float:
    """People of mid-2017, by whom every figure per person is divided."""
    return measures.values(atlas, "population").by_code[code]


def ends(atlas: Atlas, figure: Stated, asked: GapFilter) -> tuple[float, float]:
    """Both ends of a figure, in £ million or in £ per person; the same without a range."""
    each = 1e6 / people(atlas, figure.code) if asked.per_head else 1
    high = figure.value if figure.value_to is None else figure.value_to
    return figure.value * each, high * each


@cache
def total(atlas: Atlas, scope: str, region: str | None = None) -> Total:
    """The gaps of one coverage that we use, in all England or in one NHS region."""
    places = places_in(atlas, region)
    gaps = stated_figures.preferred_gaps(atlas)
    inside = [gaps[p.code] for p in places if p.code in gaps and gaps[p.code].scope == scope]
    parts = tuple(
        Total(qualifier, len(same), *_added(same))
        for qualifier in ("exact", "about", "at least", "up to", "range")
        if (same := [figure for figure in inside if figure.qualifier == qualifier])
    )
    return Total(scope, len(inside), *_added(inside), parts)


def _added(figures: list[Stated]) -> tuple[float, float]:
    # Pounds to the nearest hundred thousand, as stated: binary fractions must not show.
    low = round(sum(figure.value for figure in figures), 3)
    return low, round(sum(f.value if f.value_to is None else f.value_to for f in figures), 3)


def totals(atlas: Atlas, asked: GapFilter) -> tuple[Total, ...]:
    """One total for each coverage asked for that a figure has; never one of several."""
    scopes = SCOPES.values() if asked.scope is None else (asked.scope,)
    found = (total(atlas, scope, asked.region) for scope in scopes)
    return tuple(one for one in found if one.footprints)


def others(atlas: Atlas, measure: str, asked: GapFilter) -> list[Stated]:
    """Figures of one of OTHER_MEASURES in the coverage and region asked for, by footprint."""
    return [
        figure
        for place in places_in(atlas, asked.region)
        for figure in stated_figures.stating(atlas, measure)
        if figure.code == place.code and asked.scope in (None, figure.scope)
    ]


def rivals(atlas: Atlas, figure: Stated) -> list[Stated]:
    """The other figures of the same footprint for the same thing, the one that we use first."""
    of_code = stated_figures.of_measure(stated_figures.stated(atlas, figure.code), figure.measure)
    return [other for other in of_code if other.key != figure.key]


def amount(atlas: Atlas, figure: Stated, asked: GapFilter) -> str:
    """A figure as stated, or worked out per person: about £577m, £312 per person."""
    if not asked.per_head:
        return stated_figures.amount(figure)
    low, high = ends(atlas, figure, asked)
    to = None if figure.value_to is None else high
    return f"{wording.as_stated('£{:,.0f}'.format, low, to, figure.qualifier)} per person"


def finding(atlas: Atlas, asked: GapFilter) -> str:
    """What the figures show, as a headline: of one coverage only where amounts are compared."""
    found = lines(atlas, asked)
    some = [line for line in found if line.figures]
    used = [line.figures[0] for line in some if line.figures[0].preferred]
    where = wording.in_region(asked.region)
    having = (
        f"{f'All {len(found)}' if some == list(found) else f'{len(some)} of {len(found)}'} "
        f"footprints{where} have a published gap"
    )
    if asked.scope is None:
        clear = sum(figure.scope != "not stated" for figure in used)
        return f"{having}; we use one for {len(used)}, and only {clear} of those say what it covers"
    covers = stated_figures.SCOPES[asked.scope]
    if not some:
        return f"We found no gap for any footprint{where} with this coverage: {covers}"
    if not used:
        return f"{having} with this coverage ({covers}), but sources don't settle on a figure"
    used.sort(key=lambda figure: ends(atlas, figure, asked)[0])
    names = footprints.all_footprints(atlas)
    low, high = (
        f"{amount(atlas, one, asked)} in {names[one.code].name}" for one in (used[0], used[-1])
    )
    start = f"{wording.sentence_case(covers)}{where}: "
    number = f"{len(used)} of {len(found)} footprints"
    if len(used) == 1:
        return f"{start}{low}, the only figure we use ({number})"
    return f"{start}gaps range from {low} to {high}, in {number}"


def heading(asked: GapFilter, group: str | None) -> str:
    """What stands above lines in the order of size, which are compared only among themselves."""
    if group is not None:
        return f"Figure we use: {stated_figures.SCOPES[group]}, largest first"
    return f"No figure used{'' if asked.scope is None else ' with this coverage'}, by name"


FILE_COLUMNS = [
    "code", "footprint", "nhs_region", "gap_gbp_million", "gap_to_gbp_million", "qualifier",
    "gbp_per_head", "gbp_per_head_to", "people_mid_2017", "scope", "preferred", "as_of",
    "confidence", "publisher", "publisher_type", "source_title", "source_date", "url", "note",
    "sources_read", "figure",
]  # fmt: skip


def file_rows(atlas: Atlas, asked: GapFilter) -> list[list[object]]:
    """Every figure asked for with its source; a footprint without one has a row that says so."""
    rows: list[list[object]] = []
    for line in lines(atlas, asked):
        place, each = line.footprint, people(atlas, line.footprint.code)
        head = [place.code, place.name, place.region]
        read = themes_named.coverage(atlas, place.code).read
        for figure in line.figures:
            cited = sources.source(atlas, figure.source)
            to = "" if figure.value_to is None else figure.value_to
            to_each = "" if to == "" else round(float(to) * 1e6 / each, 2)
            rows.append(
                [
                    *head, figure.value, to, figure.qualifier,
                    round(figure.value * 1e6 / each, 2), to_each, round(each), figure.scope,
                    "yes" if figure.preferred else "", figure.as_of, figure.confidence,
                    cited.publisher, sources.publisher_type(cited), cited.title, cited.date,
                    cited.url, figure.note, read, figure.key,
                ]
            )  # fmt: skip
        if not line.figures:
            missing = f"no figure found in {read} sources read"
            rows.append([*head, *[""] * 5, round(each), *[""] * 9, missing, read, ""])
    return rows
