"""When the 44 plans became public, by whom, and who was first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import dates, wording
from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from stp_data.plans import plans
from stp_data.plans.plans import HOW_PUBLISHED, Publication

DRAFT = "draft_june_2016"
APART = ("summary", "update_2017_on", DRAFT)
"""Versions that are not the plan of 2016 itself."""
NOT_SAID = "not_stated"
NOT_BY_THE_PARTNERS = {"leaked": "leaked", "by_council": "put out by a council"}


@dataclass(frozen=True)
class Release:
    """A version that became public at one time and in one way, as one or more sources say."""

    code: str
    date: str
    how: str
    version: str
    """One of APART, or empty for the plan itself."""
    said: tuple[Publication, ...]
    preferred: bool
    """Whether the plan's date of publication rests on it."""

    @property
    def key(self) -> str:
        """Its name in an address."""
        return ":".join(part for part in (self.code, self.date, self.how, self.version) if part)

    @property
    def publishers(self) -> tuple[str, ...]:
        """The bodies that sources name."""
        return tuple(dict.fromkeys(one.published_by for one in self.said if one.published_by))


@cache
def releases(atlas: Atlas, code: str) -> tuple[Release, ...]:
    """Every release of a footprint's plan, in the order of dates.

    A source that does not say by whom counts with one that does for the same date.
    """
    plan = plans.plan(atlas, code)
    groups: dict[tuple[str, str, str], list[Publication]] = {}
    for said in sorted(plans.publications(atlas, code), key=lambda one: one.how == NOT_SAID):
        version = said.version if said.version in APART else ""
        how = said.how
        if how == NOT_SAID and not version:
            named = [key[1] for key in groups if (key[0], key[2]) == (said.published, "")]
            how = named[0] if named else how
        groups.setdefault((said.published, how, version), []).append(said)
    chosen = (plan.published, plan.published_source)
    found = [
        Release(
            code, date, how, version, tuple(said),
            any((one.published, one.source) == chosen for one in said),
        )
        for (date, how, version), said in groups.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (dates.place(one.date), not one.preferred)))


@cache
def in_order(atlas: Atlas) -> tuple[str, ...]:
    """Codes of all 44: by preferred date, then those with other dates only, then those with none.

    Of one date, by name.
    """

    def place(code: str) -> tuple[int, tuple[int, int, int], str]:
        found = releases(atlas, code)
        date = plans.plan(atlas, code).published
        group = 0 if date else 1 if found else 2
        first = date or (found[0].date if found else "")
        return group, dates.place(first), footprints.all_footprints(atlas)[code].name

    return tuple(sorted(footprints.all_footprints(atlas), key=place))


def undated(atlas: Atlas) -> tuple[str, ...]:
    """Codes of those for which no source read gives any date."""
    return tuple(code for code in in_order(atlas) if not releases(atlas, code))


def unsettled(atlas: Atlas) -> tuple[str, ...]:
    """Codes of those with dates, none of which is preferred."""
    return tuple(
        code
        for code in in_order(atlas)
        if releases(atlas, code) and not plans.plan(atlas, code).published
    )


@cache
def first_out(atlas: Atlas, code: str) -> str:
    """``leaked`` or ``by_council`` when the plan or a draft of it came out that way first.

    It counts only where its last possible day lies before the first possible day of every release
    by the partnership or an NHS body, and where no other way may have been before it; else empty.
    """
    found = releases(atlas, code)
    for one in found:
        if one.how not in NOT_BY_THE_PARTNERS:
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
    """Codes of those that came out first in one of these ways."""
    return tuple(code for code in in_order(atlas) if first_out(atlas, code) == how)


def first(atlas: Atlas, since: str = "") -> tuple[str, tuple[str, ...]]:
    """The earliest preferred date from ``since`` on, and the codes of the plans of that date."""
    known = {code: plans.plan(atlas, code).published for code in in_order(atlas)}
    ordered = [(code, date) for code, date in known.items() if date and date >= since]
    earliest = ordered[0][1]
    return earliest, tuple(code for code, date in ordered if date == earliest)


def finding(atlas: Atlas) -> str:
    """How many came out by leak or council before those who wrote them released them."""
    leaked, council = (len(first_out_by(atlas, how)) for how in NOT_BY_THE_PARTNERS)
    return (
        f"{leaked} plans or drafts of them were leaked, and {council} put out by a council, before "
        "any release by the partnership or an NHS body"
    )


PLANS_DUE = "2016-10-21"
DRAFTS_DUE = "2016-06-30"


def first_sentence(atlas: Atlas) -> str:
    """Who was first of all, and first after the plans were due."""

    def names(codes: tuple[str, ...]) -> str:
        places = [footprints.all_footprints(atlas)[code].name for code in codes]
        # Some names have commas of their own.
        return "; ".join(places) if len(places) > 2 else wording.listed(places)

    def by(codes: tuple[str, ...]) -> str:
        ways = {
            HOW_PUBLISHED[one.how]
            for code in codes
            for one in releases(atlas, code)
            if one.preferred
        }
        each = "each " if len(codes) > 1 else ""
        return f", {each}{ways.pop()}" if len(ways) == 1 else ""

    date, codes = first(atlas)
    later, others = first(atlas, PLANS_DUE)
    known = sum(bool(plans.plan(atlas, code).published) for code in in_order(atlas))
    vague = _perhaps_before(atlas, later)
    text = (
        f"Of the {known} plans with a date, {names(codes)} came first, {_when(date)}{by(codes)}; "
        f"after the day on which plans were due, {wording.date(PLANS_DUE)}: {names(others)}, "
        f"{_when(later)}{by(others)}."
    )
    if vague:
        text += f" Perhaps as early, with only the month or year known: {names(vague)}."
    return text


def _perhaps_before(atlas: Atlas, date: str) -> tuple[str, ...]:
    """Codes of plans whose inexact date may mean a day after plans were due and up to ``date``."""
    start, end = dates.span(PLANS_DUE)[1], dates.span(date)[1]
    found = []
    for code in in_order(atlas):
        published = plans.plan(atlas, code).published
        if published:
            low, high = dates.span(published)
            if low < high and low <= end and high > start:
                found.append(code)
    return tuple(found)


def _when(date: str) -> str:
    return f"{'on' if len(date) > len('2016-10') else 'in'} {wording.date(date)}"
