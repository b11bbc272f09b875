"""A footprint in sentences: its portrait, plan, lead and shortfall, each with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.evidence.rivals import Conflict
from stp_data.organisations import members
from stp_data.overview import summary
from stp_data.places import footprints, measures
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead


@dataclass(frozen=True)
class Phrase:
    """A piece of a sentence, the keys of its sources, and what was checked about it."""

    text: str
    sources: tuple[str, ...] = ()
    is_bold: bool = False
    conflict: Conflict | None = None
    """On what sources differ."""
    claims: str = ""
    """The figure that claims were checked about, as claims.touching knows it."""


Sentence = tuple[Phrase, ...]


@cache
def portrait(atlas: Atlas, code: str) -> Sentence:
    """Return people, age, rural share and members of a footprint, the number of people first."""
    brief = summary.summary(atlas, code)
    people, older, rural = (
        summary.against_england(atlas, code, key)
        for key in ("population", "aged_65_over_share", "rural_share")
    )
    number = {group: brief.member_counts[group] for group in ("CCG", "council", "trust")}
    counted = [wording.count(number[group], *members.GROUPS[group]) for group in number]
    lists = dict.fromkeys(
        source for member in members.members(atlas, code) for source, *_ in member.evidence
    )

    def beside(row: summary.Against, words: str) -> str:
        here, england = (measures.shown(row.measure, value) for value in (row.here, row.england))
        return f"{here} {words} (England {england})"

    return (
        Phrase(f"{brief.people:,} people", (people.source,), is_bold=True),
        Phrase(
            f" (mid-2017, {wording.ordinal(people.rank)} of 44 by size): "
            f"{beside(older, 'aged 65 or over')}",
            (older.source,),
        ),
        Phrase(f", {beside(rural, 'in rural areas')}", (rural.source,)),
        Phrase(f". Members: {wording.listed(counted)}.", tuple(lists)),
    )


def place(atlas: Atlas, code: str) -> Sentence:
    """Return NHS region, area, people by age, and density."""
    here = footprints.all_footprints(atlas)[code]
    people = {key: measures.values(atlas, key).by_code[code] for key in summary.HEADCOUNTS}
    density = summary.against_england(atlas, code, "density")
    return (
        Phrase(f"NHS region of 2017: {here.region}.", (sources.REGIONS,)),
        Phrase(f" Area: {wording.number(here.area_km2, 0)} km².", (sources.OUTLINES,)),
        Phrase(
            f" Age: {people['under_18']:,.0f} under 18, {people['aged_65_over']:,.0f} aged 65 and "
            f"over, {people['aged_85_over']:,.0f} of them 85 and over.",
            (sources.PEOPLE,),
        ),
        Phrase(
            f" Density: {measures.shown(density.measure, density.here)} people per km².",
            (density.source,),
        ),
    )


@cache
def plan(atlas: Atlas, code: str) -> Sentence:
    """Return the plan's title, and when and by whom it was published, or what was not found."""
    found, publisher = plans.plan(atlas, code), plans.publisher(atlas, code)
    titles, dates = conflicts.of_title(atlas, code), conflicts.of_date(atlas, code)
    if found.name:
        title = Phrase(found.name, (found.name_source,), is_bold=True, conflict=titles)
    else:
        title = Phrase("No title found")
    if found.published:
        by, read_in = publisher or (", publisher not found", "")
        words = f" published {wording.date(found.published)}{' ' if publisher else ''}{by}"
        read = tuple(dict.fromkeys(filter(None, (found.published_source, read_in))))
        return title, Phrase(f",{words}", read, conflict=dates)
    settled = " that the sources agree on" if plans.publications(atlas, code) else ""
    return title, Phrase(f"; no publication date found{settled}", conflict=dates)


def lead(atlas: Atlas, code: str, found: Lead | None) -> Sentence:
    """Return who led, in what post, and by when a source shows it."""
    if found is None:
        return (Phrase("No lead found"),)
    role = "" if found.role == "lead" else f" ({found.role})"
    post = "".join(f", {part}" for part in (found.title, found.organisation) if part)
    when = f", in post by {wording.date(found.as_of)}" if found.as_of else ", not dated"
    return (
        Phrase(found.name, is_bold=True),
        Phrase(
            f"{role}{post}{when}", found.sources[:1], conflict=conflicts.of_lead(
                atlas, code, found.role
            ),
        ),
    )  # fmt: skip


def shortfall(atlas: Atlas, code: str) -> Sentence:
    """Return the yearly shortfall in 2020/21 that we use, and how many other figures there are."""
    brief, claims = summary.summary(atlas, code), f"stated:{code}:{stated_figures.GAP}"
    differing = conflicts.of_figure(atlas, code, stated_figures.GAP)
    gap = brief.gap
    if gap is None:
        if not brief.gaps_stated:
            return (Phrase("No figure found"),)
        figures = wording.count(brief.gaps_stated, "figure", "figures")
        words = f"{figures} found; the sources do not settle which to use."
        return (Phrase(words, conflict=differing, claims=claims),)
    others = brief.gaps_stated - 1
    more = f". {wording.count(others, 'other figure', 'other figures')} found." if others else ""
    dated = f"as of {wording.date(gap.as_of)}" if gap.as_of else "not dated"
    return (
        Phrase(stated_figures.amount(gap), is_bold=True),
        Phrase(
            f", {stated_figures.SCOPES[gap.scope]}, {dated} "
            f"(£{gap.per_head(brief.people):,.0f} per person)",
            (gap.source,),
        ),
        Phrase(more, conflict=differing, claims=claims),
    )
