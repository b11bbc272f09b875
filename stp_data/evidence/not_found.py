"""What was looked for about a footprint and not found in the documents read."""

from __future__ import annotations

from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.history import timeline
from stp_data.money import sums
from stp_data.plans import plans, proposals, stated_figures, statements
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules

COMMON = 22
"""A theme that at least more than this many of the 44 plans name is worth looking for."""


@cache
def missing(atlas: Atlas, code: str) -> tuple[str, ...]:
    """One sentence for each thing that the sources read do not give or do not settle."""
    plan = plans.plan(atlas, code)
    found = []
    if not plan.name:
        found.append("A title of the plan of 2016.")
    if not plan.published:
        unsettled = plans.publications(atlas, code)
        found.append(
            "A date of publication that the sources settle."
            if unsettled
            else "A date of publication."
        )
    elif plans.publisher(atlas, code) is None:
        found.append("Who published the plan.")
    if plans.first_lead(plans.leads(atlas, code)) is None:
        found.append("A lead.")
    found += _money(atlas, code)
    if not proposals.proposals(atlas, code):
        found.append(
            "A service change put forward that an official document or named press reports."
        )
    return tuple(found)


def _money(atlas: Atlas, code: str) -> list[str]:
    yearly = stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.GAP)
    chosen = stated_figures.preferred_gaps(atlas).get(code)
    if not yearly:
        return ["A figure for the yearly gap in 2020/21."]
    found = []
    if chosen is None:
        found.append("A figure for the yearly gap in 2020/21 that the sources settle.")
    elif chosen.scope == "not stated":
        found.append("What the preferred figure of the yearly gap covers.")
    return found


@cache
def missing_besides(atlas: Atlas, code: str) -> tuple[str, ...]:
    """The same for what only the footprint's own page shows: more than a briefing has room for."""
    stated = sums.sums(atlas, code)
    said = statements.statements(atlas, code)
    happened = timeline.events(atlas, code)
    looked_for = (
        ("How it was governed and built.", statements.on_topics(said, statements.TABLE_TOPICS)),
        ("How the public was engaged.", _engagement(atlas, code)),
        ("Capital that the plan asked for or needed.", sums.of_kinds(stated, sums.WANTED)),
        (
            "An award of capital.",
            [one for one in stated if one.kind == "capital awarded"],
        ),
        ("Its rating of July 2017.", timeline.rating(atlas, code)),
        (
            "When it became part of an integrated care system.",
            [event for event in happened if event.kind == timeline.INTEGRATED_CARE],
        ),
    )
    return tuple(sentence for sentence, found in looked_for if not found)


def _engagement(atlas: Atlas, code: str) -> bool:
    return any(one.topic == "engagement" for one in statements.statements(atlas, code)) or any(
        event.kind == "engagement" for event in timeline.events(atlas, code)
    )


@cache
def common_themes_not_found(atlas: Atlas, code: str, rules: Rules) -> tuple[tuple[str, int], ...]:
    """Labels of themes that more than half of the plans name and that were not found in this one.

    With the number of plans that at least name each, the greatest first.
    """
    here = themes_named.named(atlas, rules)[code]
    counts = themes_named.counts(atlas, rules)
    absent = [key for key, number in counts.items() if number > COMMON and key not in here]
    absent.sort(key=lambda key: (-counts[key], key))
    return tuple((themes_named.themes(atlas)[key].label, counts[key]) for key in absent)


def read_in_words(atlas: Atlas, code: str) -> str:
    """How many documents were read, official ones and others apart."""
    read = themes_named.coverage(atlas, code)
    return (
        f"{wording.count(read.read, 'document', 'documents')} read about this plan: "
        f"{read.official} official, {read.read - read.official} other (press, think tanks, "
        "campaigns and the like)"
    )
