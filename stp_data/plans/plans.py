"""What a footprint's plan is called, when it came out, who led it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as

HOW_PUBLISHED = {
    "by_partnership": "by the partnership",
    "by_nhs_body": "by an NHS body",
    "by_council": "by a council",
    "by_press": "by the press",
    "leaked": "leaked",
    "by_campaign": "by a campaign",
    "not_stated": "not said by whom",
}


VERSIONS = {
    "draft_june_2016": "draft of June 2016",
    "submission_october_2016": "submission of October 2016",
    "summary": "summary",
    "update_2017_on": "update of 2017 or later",
    "unspecified": "version not said",
}
"""Which version of a plan became public."""


@dataclass(frozen=True)
class Plan:
    """The plan of a footprint; what no source gives is empty."""

    name: str
    name_source: str
    published: str
    published_by: str
    published_source: str
    note: str


@dataclass(frozen=True)
class Name:
    """A name of the plan, its summary, a programme or the partnership, in one source."""

    name: str
    kind: str
    as_of: str
    source: str
    note: str


@dataclass(frozen=True)
class Publication:
    """One source's word on when a version became public."""

    published: str
    version: str
    how: str
    published_by: str
    source: str
    confidence: str
    note: str


@dataclass(frozen=True)
class Lead:
    """A person in a leading role, for a time; an empty name says that none was found."""

    name: str
    title: str
    role: str
    organisation: str
    start: str
    end: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    note: str


@dataclass(frozen=True)
class Successor:
    """An integrated care board of July 2022 and its share (0 to 1) of the footprint's people."""

    code: str
    name: str
    share: float
    source: str


@cache
def plan(atlas: Atlas, code: str) -> Plan:
    """Return the plan of a footprint; what no source gives is empty."""
    rows = atlas.plans[atlas.plans["code"] == code]
    (found,) = rows_as(
        Plan, rows.rename(columns={"plan_name": "name", "source": "published_source"})
    )
    return found


@cache
def names(atlas: Atlas, code: str) -> list[Name]:
    """Return every name that a source gives, plans before partnerships."""
    order = ["plan", "summary", "programme", "partnership"]
    found = rows_as(Name, atlas.plan_names[atlas.plan_names["code"] == code])
    return sorted(found, key=lambda name: order.index(name.kind))


@cache
def publications(atlas: Atlas, code: str) -> list[Publication]:
    """Return every source's date of publication, earliest first."""
    rows = atlas.publications[atlas.publications["code"] == code]
    return rows_as(Publication, rows.sort_values("published", kind="stable"))


@cache
def leads(atlas: Atlas, code: str) -> list[Lead]:
    """People in leading roles, earliest first, those without a date last."""
    rows = atlas.leads[atlas.leads["code"] == code]
    found = rows_as(Lead, rows.rename(columns={"from": "start", "to": "end"}))
    return sorted(found, key=lambda lead: lead.as_of or "9999")


def publisher(atlas: Atlas, code: str) -> tuple[str, str] | None:
    """Who published the plan, with its preposition, and the source: ("by the partnership", …).

    The source of the date goes before others that give the same date; None when none says so.
    """
    chosen = plan(atlas, code)
    if chosen.published_by:
        return f"by {chosen.published_by}", chosen.published_source
    said = [
        statement
        for statement in publications(atlas, code)
        if statement.published == chosen.published and statement.how != "not_stated"
    ]
    if not said:
        return None
    first = min(said, key=lambda statement: statement.source != chosen.published_source)
    return HOW_PUBLISHED[first.how], first.source


# Whom a reader means by "who led it", first choice first.
LEADING_ROLES = (
    ("lead", "joint lead", "interim lead"),
    ("chair",),
    ("senior responsible officer", "convenor", "programme director"),
)
PLAN_YEARS_END = "2018"


def first_lead(found: list[Lead]) -> Lead | None:
    """Who led at the time of the plans: the earliest lead of 2016 or 2017, else a chair, and so on.

    Without anybody of those years, the same among people without a date, then among later ones.
    """
    named = [lead for lead in found if lead.name and lead.confidence != "low"]
    in_time = [lead for lead in named if "" < lead.as_of < PLAN_YEARS_END]
    undated = [lead for lead in named if not lead.as_of]
    for among in (in_time, undated, named):
        for roles in LEADING_ROLES:
            for lead in among:
                if lead.role in roles:
                    return lead
    return None


@cache
def successors(atlas: Atlas, code: str) -> list[Successor]:
    """The integrated care boards that took over the footprint's people, largest share first."""
    rows = atlas.successors[atlas.successors["code"] == code]
    ordered = rows.sort_values("population_share", ascending=False)
    names = {"successor": "code", "successor_name": "name", "population_share": "share"}
    return rows_as(Successor, ordered.drop(columns="code").rename(columns=names))
