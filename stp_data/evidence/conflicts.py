"""All facts on which sources differ: by key, by footprint and by kind, and as rows of a file."""

from __future__ import annotations

from functools import cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import rivals
from stp_data.evidence.rivals import ENGLAND, Conflict
from stp_data.places import footprints

KINDS = {
    "gap": "Funding gaps",
    "people": "Numbers of people",
    "capital": "Capital",
    "lead": "Leads",
    "date": "Publication dates",
    "title": "Plan titles",
    "event": "Event dates",
    "theme": "Themes that plans name",
    "national": "National figures",
}
"""What sources differ on, and what each is called on screen."""


@cache
def conflicts(atlas: Atlas) -> tuple[Conflict, ...]:
    """All of them, by kind and footprint."""
    found = [
        *rivals.over_figures(atlas),
        *rivals.over_capital(atlas),
        *rivals.over_leads(atlas),
        *rivals.over_dates(atlas),
        *rivals.over_titles(atlas),
        *rivals.over_events(atlas),
        *rivals.over_themes(atlas),
        *rivals.over_national(atlas),
    ]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.code, one.key)))


@cache
def by_key(atlas: Atlas) -> dict[str, Conflict]:
    """Every conflict by its key."""
    return {one.key: one for one in conflicts(atlas)}


def select(
    found: tuple[Conflict, ...], *, kind: str | None = None, code: str | None = None
) -> tuple[Conflict, ...]:
    """Those of ``found`` of a kind and a footprint; None means any."""
    return tuple(
        one for one in found if kind in (None, one.kind) and code in (None, one.code, *one.also)
    )


def of_figure(atlas: Atlas, code: str, measure: str) -> Conflict | None:
    """The conflict over one stated figure of a footprint, if sources differ on it."""
    return by_key(atlas).get(f"stated:{code}:{measure}")


def of_lead(atlas: Atlas, code: str, role: str) -> Conflict | None:
    """The conflict over who held a role, if sources differ on it."""
    return by_key(atlas).get(f"lead:{code}:{role.replace(' ', '-')}")


def of_title(atlas: Atlas, code: str) -> Conflict | None:
    """The conflict over the title of a plan, if sources differ on it."""
    return by_key(atlas).get(f"title:{code}")


def of_date(atlas: Atlas, code: str) -> Conflict | None:
    """The conflict over the date on which a plan became public, if sources differ on it."""
    return next(iter(select(conflicts(atlas), kind="date", code=code)), None)


def of_event(atlas: Atlas, event: str) -> Conflict | None:
    """The conflict over the date of an event, if sources differ on it."""
    return by_key(atlas).get(f"event:{event}")


@cache
def of_words(atlas: Atlas, kind: str, code: str, words: str) -> Conflict | None:
    """The conflict over a sum or an event with this summary, if sources differ on it."""
    found = select(conflicts(atlas), kind=kind, code=code)
    return next((c for c in found if any(r.text.endswith(words) for r in c.rivals)), None)


def of_source(atlas: Atlas, source: str) -> tuple[Conflict, ...]:
    """Those in which a source is cited."""
    return tuple(c for c in conflicts(atlas) if any(source in rival.sources for rival in c.rivals))


def place(atlas: Atlas, code: str) -> str:
    """Name of a footprint, or England."""
    return "England" if code == ENGLAND else footprints.all_footprints(atlas)[code].name


def headline(atlas: Atlas) -> str:
    """How many there are, and how many are unresolved."""
    found = conflicts(atlas)
    unresolved = sum(not one.is_settled for one in found)
    return (
        f"Sources differ on {wording.count(len(found), 'fact', 'facts')}; {unresolved} are "
        "unresolved"
    )


FILE_COLUMNS = (
    "conflict", "kind", "code", "footprint", "about", "stated", "scope_or_post", "as_of",
    "preferred", "why", "rule", "confidence", "source", "source_title", "publisher",
    "publisher_type", "url", "note",
)  # fmt: skip


def rows(atlas: Atlas) -> list[list[str]]:
    """One row for each source of each rival, in the order of FILE_COLUMNS."""
    return [
        [
            one.key, one.kind, one.code, place(atlas, one.code), one.about, rival.text, rival.scope,
            rival.as_of, "yes" if rival.preferred else "", rival.why, one.rule, rival.confidence,
            key, found.title, found.publisher, found.publisher_type, found.url, rival.note,
        ]
        for one in conflicts(atlas)
        for rival in one.rivals
        for key in rival.sources
        for found in [sources.source(atlas, key)]
    ]  # fmt: skip
