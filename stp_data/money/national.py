"""National figures: which of them may be compared, and what they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.money import national_series
from stp_data.money.national_series import Point, Series

Cited = tuple[Series, Point]

CARE, USERS, ACTIVITY, FUNDING = (
    "social care spending", "social care users", "hospital activity", "NHS funding",
)  # fmt: skip
SUMS, CAPITAL, PROVIDERS, FUND, DELAYS = (
    "the stated gaps", "capital", "provider finances", "transformation fund", "delayed transfers",
)  # fmt: skip

CUT = "asc-change-kf"
"""The cut that people quote."""
PER_ADULT = frozenset({"asc-change-ifs-per-adult", "asc-change-ifs-per-adult-to-2015"})
PROJECTED = frozenset({"asc-change-ifs-projected", "asc-change-lse"})
ONE_YEAR = "asc-change-hscic-one-year"
"""A change within one year, which must not stand beside changes since 2009/10."""
ADMISSIONS, PLANNED = "admissions-growth-kf", "nhs-growth-joint-statement"
GROWTH = (
    ADMISSIONS, "nhs-growth-kf-before-2010", "nhs-growth-kf-since-2010", "nhs-growth-dh-kf",
    PLANNED, "nhs-growth-health-foundation",
)  # fmt: skip
"""Average rates a year of which first and last year are known, and which are set side by side."""
COUNTED = "admissions-nhs-digital"
LONDON = "gap-london"
FORWARD_VIEW = ("forward-view-gap", "forward-view-savings")
BUDGET = "nhs-england-budget-cipfa"
OLDER_RETURNS = ("older-people-care-rap", "older-people-care-salt")
"""Before and after the break: two series, never one."""
TRUSTS = (
    "provider-deficit-kings-fund", "provider-deficit-nao", "provider-deficit-health-business",
)  # fmt: skip
FUND_BY_YEAR = ("stf-cipfa", "stf-pharmatimes")
CAPITAL_ASKED = ("capital-ask-bma", "capital-ask-london")
DELAYED_DAYS = "delayed-days-hansard"


@dataclass(frozen=True)
class Basis:
    """Figures that share years and a denominator, and so may be read against each other."""

    heading: str
    figures: tuple[Cited, ...]


def cited(atlas: Atlas, keys: Iterable[str]) -> tuple[Cited, ...]:
    """Every point of some series, in the order of the keys and then of time."""
    return tuple(
        (national_series.series(atlas)[key], point)
        for key in keys
        for point in national_series.points(atlas, key)
    )


def on_topics(atlas: Atlas, *topics: str) -> tuple[str, ...]:
    """The keys of every series of some topics."""
    return tuple(one.key for topic in topics for one in national_series.on_topic(atlas, topic))


def one(atlas: Atlas, key: str) -> Cited:
    """The only point of a series; ValueError when it has several."""
    (found,) = cited(atlas, [key])
    return found


# Adult social care


@cache
def care_changes(atlas: Atlas) -> tuple[Basis, ...]:
    """Rival changes in social care spending: the years of the quoted cut first, each basis apart.

    Not among them: a change within one year.
    """
    keys = [key for key in on_topics(atlas, CARE) if key.startswith("asc-change-")]
    found = cited(atlas, [key for key in keys if key != ONE_YEAR])
    _, cut = one(atlas, CUT)

    def order(figure: Cited) -> tuple[object, ...]:
        series, point = figure
        return (
            series.key in PROJECTED,
            point.period != cut.period,
            -(point.to_year or 9999),
            series.key in PER_ADULT,
        )

    return tuple(
        Basis(_basis(*same[0]), tuple(same))
        for same in (
            list(group) for _, group in groupby(sorted(found, key=order), key=lambda f: _basis(*f))
        )
    )


def denominator(series: Series) -> str:
    """Whether a change in social care spending is of the total or for each adult."""
    return "for each adult" if series.key in PER_ADULT else "total"


def _basis(series: Series, point: Point) -> str:
    projected = ", projected" if series.key in PROJECTED else ""
    return f"{point.period}, {denominator(series)}{projected}"


def care_cut_finding(atlas: Atlas) -> str:
    """The quoted cut on its own count, and how far others lie from it for the same years."""
    series, cut = one(atlas, CUT)
    others = [
        -point.value
        for basis in care_changes(atlas)
        for other, point in basis.figures
        if point.period == cut.period and other.key != CUT
    ]
    return (
        f"Adult social care spending was cut by {-cut.value:g}% in real terms, {cut.period}, "
        f"according to the {series.who}; others say {min(others):g}% to {max(others):g}% for the "
        "same years, depending on what is counted"
    )


def care_levels(atlas: Atlas) -> tuple[str, ...]:
    """Partial series of what was spent, each on its own basis."""
    return tuple(key for key in on_topics(atlas, CARE) if not key.startswith("asc-change-"))


def care_levels_finding(atlas: Atlas) -> str:
    """Cash against real terms, without joining any series to another."""
    cash = cited(atlas, ["asc-gross-cash"])
    real = [
        found
        for key in care_levels(atlas)
        if national_series.series(atlas)[key].prices == "real"
        and len(found := [point.value for point in national_series.points(atlas, key)]) > 1
    ]
    fall = sum(values[-1] < values[0] for values in real)
    falling = f"all {fall}" if fall == len(real) else f"{fall} of the {len(real)}"
    return (
        f"In cash, gross spending on adult social care went from {_at(cash[0])} to "
        f"{_at(cash[-1])}; {falling} series in real terms end lower than they begin"
    )


def _at(figure: Cited) -> str:
    """The figure and its year: £16.8bn in 2009/10."""
    return f"{national_series.figure(*figure)} in {figure[1].period}"


# Admissions and budgets


@dataclass(frozen=True)
class Growth:
    """A published average rate, compounded over the years that it is stated for and no others."""

    series: Series
    point: Point
    index: tuple[tuple[int, float], ...]
    """Year in which the financial year begins, and the index: 100 in the first."""

    @property
    def first(self) -> int:
        """The base year."""
        return self.index[0][0]

    @property
    def last(self) -> int:
        """The last year that the rate is stated for."""
        return self.index[-1][0]


@cache
def growths(atlas: Atlas) -> tuple[Growth, ...]:
    """Admissions first, then budgets by base year."""
    found = []
    for series, point in cited(atlas, GROWTH):
        if point.from_year is None or point.to_year is None:
            raise ValueError(f"{series.key} lacks a year, so it cannot be compounded")
        values = national_series.indexed(point.value, point.to_year - point.from_year)
        found.append(Growth(series, point, tuple(enumerate(values, point.from_year))))
    return tuple(sorted(found, key=lambda g: (g.series.key != ADMISSIONS, g.first, g.last)))


def growth_finding(atlas: Atlas) -> str:
    """Admissions and the planned budget, each with its own years."""
    of = {one.series.key: one for one in growths(atlas)}
    admissions, budget = of[ADMISSIONS], of[PLANNED]
    return (
        f"Hospital admissions grew by {admissions.point.value:g}% a year, about "
        f"{admissions.index[-1][1] - 100:.0f}% in all, {admissions.point.period}; health spending "
        f"was planned to grow by {budget.point.value:g}% a year in real terms, "
        f"{budget.point.period}"
    )


ASSUMPTION = (
    "Our assumption: each line compounds one published average rate, year by year, from 100 in the "
    "first year that it is stated for to the last. The path between isn't measured. Lines that "
    "start in different years have different 100s: compare how steep they are, not how high."
)


def not_the_same_years(atlas: Atlas) -> str:
    """Which budget rates share years with the admissions rate, and which share none."""
    admissions, *budgets = growths(atlas)
    apart = [one for one in budgets if one.first >= admissions.last]
    stated = sorted({f"{one.point.value:g}% ({one.point.period})" for one in apart}, reverse=True)
    return (
        f"The admissions rate is for {admissions.point.period}. It shares no year of growth with "
        f"{wording.listed(stated)}, so these figures don't show admissions in those years."
    )


def counted_admissions(atlas: Atlas) -> str:
    """What NHS Digital counted, which is another count than the one behind the rate."""
    first, last = cited(atlas, [COUNTED])
    times, years = last[1].value / first[1].value, last[1].year - first[1].year
    rise, rate = 100 * (times - 1), 100 * (times ** (1 / years) - 1)
    return (
        f"NHS Digital counted {_at(first)} and {_at(last)}: {rise:.0f}% more over "
        f"{years} years, about {rate:.1f}% a year. The King's Fund's rate rests "
        "on a different count; we didn't find the years between."
    )


def growth_keys(atlas: Atlas) -> tuple[str, ...]:
    """Hospital activity and NHS funding, but for what has a place of its own."""
    apart = (*FORWARD_VIEW, BUDGET)
    return tuple(key for key in on_topics(atlas, ACTIVITY, FUNDING) if key not in apart)


# Gaps, capital and yearly money


def gap_sums(atlas: Atlas) -> tuple[Basis, ...]:
    """Sums for England by size, then what is no sum of the 44."""
    keys = [key for key in on_topics(atlas, SUMS) if key != LONDON]
    return (
        Basis(
            "Totals of what the plans state, England",
            tuple(sorted(cited(atlas, keys), key=lambda figure: figure[1].value)),
        ),
        Basis("London's five footprints alone, NHS only", cited(atlas, [LONDON])),
        Basis("The Five Year Forward View: not totals of plans", cited(atlas, FORWARD_VIEW)),
    )


def gap_sums_finding(atlas: Atlas) -> str:
    """The range, and why there is one."""
    sums = gap_sums(atlas)[0].figures
    published = wording.listed([national_series.figure(*one) for one in sums])
    return (
        f"Published totals of the plans' shortfalls in {sums[0][1].period}: {published}; sources, "
        "coverage and dates differ"
    )


def capital(atlas: Atlas) -> tuple[Basis, ...]:
    """What plans ask for, and rounds of money."""
    rounds = [key for key in on_topics(atlas, CAPITAL) if key not in CAPITAL_ASKED]
    return (
        Basis("Asked for", cited(atlas, CAPITAL_ASKED)),
        Basis("Announced or awarded: don't add these up", cited(atlas, rounds)),
    )


def capital_finding(atlas: Atlas) -> str:
    """The widest ask with its coverage, and the rounds that were found."""
    series, ask = one(atlas, CAPITAL_ASKED[0])
    rounds = sorted(capital(atlas)[1].figures, key=lambda figure: millions(*figure))
    low, high = (national_series.figure(*rounds[at]) for at in (0, -1))
    return (
        f"Plans of {ask.basis.rstrip('.')} asked for {national_series.figure(series, ask)} of "
        f"capital; the {len(rounds)} funding rounds we found range from {low} to {high}"
    )


def millions(series: Series, point: Point) -> float:
    """A sum of money in millions of pounds."""
    return point.value * {"GBP million": 1, "GBP billion": 1000}[series.unit]


def trusts_finding(atlas: Atlas) -> str:
    """From the first known balance to the deepest."""
    found = cited(atlas, TRUSTS)
    first, worst = found[0], min(found, key=lambda figure: figure[1].value)
    surplus, deficit = (national_series.figure(*figure) for figure in (first, worst))
    return (
        f"NHS trusts together went from a surplus of {surplus} in {first[1].period} to a deficit "
        f"of {deficit.lstrip(chr(0x2212))} in {worst[1].period}, by two sources"
    )


def fund_finding(atlas: Atlas) -> str:
    """First, highest and last year of the allocations."""
    found = cited(atlas, [FUND_BY_YEAR[0]])
    high = max(found, key=lambda figure: figure[1].value)
    return (
        f"The Sustainability and Transformation Fund was planned to grow from {_at(found[0])} to "
        f"{_at(high)} and {_at(found[-1])}"
    )


def budget_finding(atlas: Atlas) -> str:
    """First and last year."""
    found = cited(atlas, [BUDGET])
    return (
        f"NHS England's budget in cash was planned to rise from {_at(found[0])} to {_at(found[-1])}"
    )


def older_finding(atlas: Atlas) -> str:
    """The fall up to the break; the count after it is of something else."""
    *found, (after, point) = cited(atlas, OLDER_RETURNS)
    return (
        f"Older people with care arranged by councils: from {_at(found[0])} to {_at(found[-1])}; "
        f"the {national_series.figure(after, point)} of {point.period} are a different count"
    )


def delays_finding(atlas: Atlas) -> str:
    """Two years of days lost."""
    first, last = cited(atlas, [DELAYED_DAYS])
    return f"Delayed transfers of care: {_at(first)}, {_at(last)}"
