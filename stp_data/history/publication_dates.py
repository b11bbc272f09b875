"""When the 44 plans became public, by whom, and which came first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import dates, wording
from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from stp_data.plans import plans
from stp_data.plans.plans import HOW_PUBLISHED, Publication

DRAFT = "draft_june_2016"
OTHER_VERSIONS = ("summary", "update_2017_on", DRAFT)
"""Versions that are not the plan of 2016 itself."""
NOT_SAID = "not_stated"
PLANS_DUE, DRAFTS_DUE = "2016-10-21", "2016-06-30"


@dataclass(frozen=True)
class Release:
    """A version that became public at one time and in one way, as one or more sources say."""

    code: str
    date: str
    how: str
    version: str
    """One of OTHER_VERSIONS, or empty for the plan itself."""
    reports: tuple[Publication, ...]
    is_used: bool
    """Whether the date of publication that we use rests on it."""

    @property
    def key(self) -> str:
        """Its name in an address."""
        return ":".join(part for part in (self.code, self.date, self.how, self.version) if part)

    @property
    def in_words(self) -> str:
        """By whom, and which version: by a council, summary."""
        version = f", {plans.VERSIONS[self.version]}" if self.version else ""
        return f"{HOW_PUBLISHED[self.how]}{version}"


@cache
def releases(atlas: Atlas, code: str) -> tuple[Release, ...]:
    """Return every release of a footprint's plan by date.

    A source that does not say by whom counts with one that does for the same date.
    """
    plan = plans.plan(atlas, code)
    groups: dict[tuple[str, str, str], list[Publication]] = {}
    for report in sorted(plans.publications(atlas, code), key=lambda one: one.how == NOT_SAID):
        version = report.version if report.version in OTHER_VERSIONS else ""
        how = report.how
        if how == NOT_SAID and not version:
            named = [key[1] for key in groups if (key[0], key[2]) == (report.published, "")]
            how = named[0] if named else how
        groups.setdefault((report.published, how, version), []).append(report)
    used = (plan.published, plan.published_source)
    found = [
        Release(
            code, date, how, version, tuple(reports),
            any((one.published, one.source) == used for one in reports),
        )
        for (date, how, version), reports in groups.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (dates.place(one.date), not one.is_used)))


@cache
def in_order(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of all 44: by the date we use, then with other dates only, then with none.

    Those of one date are in the order of names.
    """

    def place(code: str) -> tuple[int, tuple[int, int, int], str]:
        found, date = releases(atlas, code), plans.plan(atlas, code).published
        group = 0 if date else 1 if found else 2
        first = date or (found[0].date if found else "")
        return group, dates.place(first), footprints.all_footprints(atlas)[code].name

    return tuple(sorted(footprints.all_footprints(atlas), key=place))


@cache
def all_releases(atlas: Atlas) -> dict[str, Release]:
    """Return every release by key, in the order of ``in_order``."""
    return {one.key: one for code in in_order(atlas) for one in releases(atlas, code)}


def cited(atlas: Atlas) -> set[str]:
    """Return the keys of all sources."""
    return {report.source for one in all_releases(atlas).values() for report in one.reports}


def undated(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of those for which no source that we read gives a date."""
    return tuple(code for code in in_order(atlas) if not releases(atlas, code))


def unsettled(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of those with dates, none of which we use."""
    dated = {code for code in in_order(atlas) if plans.plan(atlas, code).published}
    return tuple(code for code in in_order(atlas) if releases(atlas, code) and code not in dated)


@cache
def first_out(atlas: Atlas, code: str) -> str:
    """Return ``leaked`` or ``by_council`` when the plan or a draft came out that way first.

    It counts only where its last possible day lies before the first possible day of every release
    by the partnership or an NHS body, and where no other way may have been before it; else empty.
    """
    found = releases(atlas, code)
    for one in found:
        if one.how not in ("leaked", "by_council"):
            continue
        start, end = dates.span(one.date)
        others = [other for other in found if other.how != one.how]
        partners = [other for other in others if other.how != NOT_SAID]
        if all(end < dates.span(other.date)[0] for other in partners) and all(
            dates.span(other.date)[1] >= start for other in others
        ):
            return one.how
    return ""


def first_out_by(atlas: Atlas, how: str) -> tuple[str, ...]:
    """Return the codes of those that came out first in this way."""
    return tuple(code for code in in_order(atlas) if first_out(atlas, code) == how)


def finding(atlas: Atlas) -> str:
    """Return how many came out by leak or by council first, as a headline."""
    leaked, council = (len(first_out_by(atlas, how)) for how in ("leaked", "by_council"))
    return (
        f"{leaked} plans or drafts were leaked, and {council} published by a council, before the "
        "NHS or the partnership released them"
    )


def first_sentence(atlas: Atlas) -> str:
    """Return which plan was first of all, and which were first after the plans were due."""
    used = {code: date for code in in_order(atlas) if (date := plans.plan(atlas, code).published)}
    after = {code: date for code, date in used.items() if date >= PLANS_DUE}
    text = (
        f"Of the {len(used)} plans with a date, {_first_of(atlas, used)}. After the deadline of "
        f"{wording.date(PLANS_DUE)}, {_first_of(atlas, after)}."
    )
    due, day = dates.span(PLANS_DUE)[1], dates.span(min(after.values()))[1]
    vague = [
        code
        for code, (low, high) in ((code, dates.span(date)) for code, date in used.items())
        if low < high and low <= day and high > due
    ]
    if vague:
        names = _names(atlas, vague)
        text += f" Perhaps as early, with only the month or year known: {names}."
    return text


def _first_of(atlas: Atlas, used: dict[str, str]) -> str:
    """Return who came first among these dates, when, and how where they did so in one way."""
    date = min(used.values(), key=dates.place)
    codes = [code for code, day in used.items() if day == date]
    ways = {one.how for code in codes for one in releases(atlas, code) if one.is_used}
    how = ""
    if len(ways) == 1:
        how = f", {'each ' if len(codes) > 1 else ''}{HOW_PUBLISHED[ways.pop()]}"
    when = f"{'on' if dates.precision(date) == 'day' else 'in'} {wording.date(date)}"
    return f"{_names(atlas, codes)} came first, {when}{how}"


def _names(atlas: Atlas, codes: list[str]) -> str:
    places = [footprints.all_footprints(atlas)[code].name for code in codes]
    # Some names have commas of their own.
    return "; ".join(places) if len(places) > 2 else wording.listed(places)
