"""What is known of a footprint, section by section, as plain rows.

The Footprint page and the briefing, on screen and in Word, show these rows; each in its own form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts, not_found
from stp_data.evidence.conflicts import Conflict
from stp_data.history import timeline
from stp_data.money import sums
from stp_data.organisations import members
from stp_data.overview import comparing
from stp_data.places import councils, footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, stated_figures, statements
from stp_data.plans.proposals import proposals
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules

PLAN_YEARS = Rules()
SET_OUT = ("priority", "workstream", "programme")
"""How sources present a theme that the plan sets out."""
KINDS = {"clinical": "Clinical priorities", "enabler": "Enablers"}
MANY = 4
"""An organisation in more other footprints than these is shown with their number alone."""


@dataclass(frozen=True)
class Row:
    """One row: the text of each column, and what it rests on."""

    cells: tuple[str, ...]
    """The first is the heading of the row."""
    sources: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""
    under: str = ""
    """In small type below the first cell: a kind or a group."""
    is_used: bool = False
    """Whether it is the figure we use."""
    conflict: Conflict | None = None
    claims: str = ""
    """The figure that claims were checked about, as claims.touching knows it."""
    places: tuple[Footprint, ...] = ()
    """The other footprints that it is about."""


@dataclass(frozen=True)
class Part:
    """A table: what it is called, its columns without the one for sources, and its rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    nothing: str = ""
    """Said where there is no row."""
    sources: tuple[str, ...] = ()
    """What all rows rest on."""
    basis: str = ""
    """What those sources give."""


def _row(
    record: Any,
    *cells: str,
    under: str = "",
    conflict: Conflict | None = None,
    claims: str = "",
    is_used: bool = False,
) -> Row:
    """Return a row that rests on what its record rests on."""
    read = getattr(record, "sources", None) or (record.source,)
    sure = getattr(record, "confidence", "")
    return Row(cells, tuple(read), sure, record.note, under, is_used, conflict, claims)


# People and place


def districts(atlas: Atlas, code: str) -> Part:
    """Return council districts with people in the footprint, and both shares."""
    found = councils.places(atlas, code)
    whole = sum(district.people for district in found)
    return Part(
        "Council districts of 2017 with people in the footprint, and their county",
        ("District", "People here", "Share of footprint", "Share of district"),
        tuple(
            Row(
                (one.name, f"{one.people:,}", wording.share(one.people / whole),
                 wording.share(one.share)),
                under=one.county,
            )
            for one in found
        ),
        sources=(sources.PEOPLE, sources.NAMES), basis="Population and districts",
    )  # fmt: skip


def populations(atlas: Atlas, code: str) -> Part:
    """Return how many people documents say there are."""
    found = stated_figures.of_measure(stated_figures.stated(atlas, code), "population_stated")
    rows = tuple(_stated(atlas, one, ()) for one in found)
    return Part(
        "Figures other than the official estimate above", ("Figure", "As of"), _marked_once(rows),
        "No other population figure found.",
    )  # fmt: skip


def _stated(atlas: Atlas, one: Stated, between: tuple[str, ...]) -> Row:
    return _row(
        one, stated_figures.amount(one), *between, wording.as_of(one.as_of),
        is_used=one.preferred, conflict=conflicts.of_figure(atlas, one.code, one.measure),
        claims=f"stated:{one.code}:{one.measure}",
    )  # fmt: skip


def _marked_once(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with the marks of a measure at its first row alone: they lead to all."""
    first = {row.claims: at for at, row in reversed(list(enumerate(rows)))}
    return tuple(
        row if first[row.claims] == at else replace(row, conflict=None, claims="")
        for at, row in enumerate(rows)
    )


# Member organisations


def shared_members(atlas: Atlas, code: str) -> Part:
    """Return members that belong to other footprints too, with those."""
    everyone = footprints.all_footprints(atlas)
    rows = []
    for member, others in members.elsewhere(atlas, code):
        places = tuple(everyone[other] for other in others)
        where = wording.listed([place.name for place in places])
        if len(places) > MANY:
            places, where = (), f"{len(others)} other footprints"
        lists = tuple(source for source, *_ in member.evidence)
        rows.append(Row((member.name, where), lists, places=places))
    return Part(
        "Also members of", ("Organisation", "Other footprints"), tuple(rows),
        "No member found in the lists of another footprint.",
    )  # fmt: skip


def leads(atlas: Atlas, code: str) -> Part:
    """Return people in leading roles, earliest first."""
    return Part(
        "People in leading roles, and when a source first shows them there",
        ("Name and role", "Post", "When"),
        tuple(lead_row(atlas, code, lead) for lead in plans.leads(atlas, code) if lead.name),
        "Nobody in a leading role found.",
    )


def lead_row(atlas: Atlas, code: str, lead: plans.Lead) -> Row:
    """Return one of them."""
    post = ", ".join(filter(None, (lead.title, lead.organisation)))
    when = [f"in post by {wording.date(lead.as_of)}"] if lead.as_of else []
    when = [f"from {wording.date(lead.start)}"] if lead.start else when
    when += [f"to {wording.date(lead.end)}"] if lead.end else []
    differing = conflicts.of_lead(atlas, code, lead.role)
    cells = (lead.name, post, " ".join(when) or "not dated")
    return _row(lead, *cells, under=lead.role, conflict=differing)


def said(atlas: Atlas, code: str, topics: dict[str, str], nothing: str) -> Part:
    """Return what documents say on some topics."""
    found = statements.on_topics(statements.statements(atlas, code), topics)
    return Part(
        "What documents say, in our words", ("Topic", "Summary", "As of"),
        tuple(
            _row(one, topics[one.topic], one.summary, wording.as_of(one.as_of)) for one in found
        ),
        nothing,
    )  # fmt: skip


# What the plan said


def names(atlas: Atlas, code: str) -> Part:
    """Return every name of the plan or partnership that a source gives."""
    return Part(
        "Names in use, by source", ("Name", "As of"),
        tuple(
            _row(one, one.name, wording.as_of(one.as_of), under=f"name of the {one.kind}")
            for one in plans.names(atlas, code)
        ),
        "No name of the plan or the partnership found.",
    )  # fmt: skip


def publications(atlas: Atlas, code: str) -> Part:
    """Return when each source says a version became public, which, and who published it."""
    return Part(
        "Publication dates, by source", ("Date", "Version and publisher"),
        tuple(
            _row(
                one,
                wording.date(one.published),
                f"{plans.VERSIONS[one.version]}, {plans.HOW_PUBLISHED[one.how]}"
                + (f": {one.published_by}" if one.published_by else ""),
            )
            for one in plans.publications(atlas, code)
        ),
        "No publication date found.",
    )  # fmt: skip


def theme_row(atlas: Atlas, code: str, key: str) -> Row:
    """Return a named theme: how firmly, and at least how many plans name it."""
    proofs = themes_named.evidence(atlas, later=PLAN_YEARS.later)[code, key]
    counting = sorted(
        themes_named.counting(proofs, PLAN_YEARS), key=lambda one: themes_named.HOW.index(one.how)
    )
    number = themes_named.counts(atlas, PLAN_YEARS)[key]
    return Row(
        (themes_named.themes(atlas)[key].label, counting[0].how, wording.at_least(number, 44)),
        tuple(proof.source for proof in counting),
    )


def themes(atlas: Atlas, code: str, kind: str = "") -> Part:
    """Return the themes found, of one kind or of both, the most firmly set out first."""
    title = KINDS.get(kind, "Themes")
    known = themes_named.themes(atlas)
    return Part(
        f"{title} of 2016 and 2017, most firmly set out first",
        ("Theme", "How firmly", "Named by"),
        tuple(
            theme_row(atlas, code, key)
            for key in themes_named.by_evidence(atlas, code, PLAN_YEARS)
            if kind in ("", known[key].kind)
        ),
        f"{title}: none found.",
    )


def changes(atlas: Atlas, code: str) -> Part:
    """Return the service changes that the plan proposed."""
    return Part(
        "Each proposed change, and who reports it", ("Change", "As of"),
        tuple(
            _row(one, one.summary, wording.as_of(one.as_of), under=one.service)
            for one in proposals(atlas, code)
        ),
        "No proposed service change found.",
    )  # fmt: skip


# Money


def shortfalls(atlas: Atlas, code: str) -> Part:
    """Return every published shortfall with its scope, date and amount per person."""
    people = measures.values(atlas, "population").by_code[code]
    rows = []
    for one in stated_figures.stated(atlas, code):
        if one.unit == "GBP million":
            is_yearly = one.measure == stated_figures.GAP
            each = f"£{one.per_head(people):,.0f}" if is_yearly else ""
            row = _stated(atlas, one, (each, stated_figures.SCOPES[one.scope]))
            rows.append(replace(row, under=measures.measure(atlas, one.measure).label))
    return Part(
        "Published shortfalls, in total and per person of mid-2017",
        ("Figure", "Per person", "What it covers", "As of"), _marked_once(rows),
        "No figure found.", (sources.PEOPLE,), "Population",
    )  # fmt: skip


def why_used(part: Part) -> str:
    """Return the rule that chose the figure we use, or that none is used."""
    settled = any(row.is_used for row in part.rows)
    return stated_figures.PREFERENCE if settled else stated_figures.NONE_PREFERRED


def amounts(atlas: Atlas, code: str, kinds: tuple[str, ...], caption: str, nothing: str) -> Part:
    """Return capital, savings and other sums of some kinds, as stated."""
    return Part(
        caption, ("Amount", "Purpose", "As of"),
        tuple(
            _row(
                one, sums.sum_of_money(one), one.purpose, wording.as_of(one.as_of), under=one.kind,
                conflict=conflicts.of_words(atlas, "capital", code, one.purpose),
            )
            for one in sums.of_kinds(sums.sums(atlas, code), kinds)
        ),
        nothing,
    )  # fmt: skip


# What happened


def progress(atlas: Atlas, code: str) -> tuple[Row, ...]:
    """Return NHS England's rating, and each report of a change in hospital beds."""
    rating, beds = "NHS England's rating of progress, ", stated_figures.BEDS
    rows = [Row((f"{rating}July 2017", "not found", ""))]
    if rated := timeline.rating(atlas, code):
        scale = "of four categories from outstanding to needs most improvement"
        dated = f"{rating}{wording.as_of(rated.as_of)}"
        rows = [_row(rated, dated, rated.rating, scale, claims="ratings")]
    label = measures.measure(atlas, beds).label
    changes_in_beds = [
        _row(one, label, stated_figures.amount(one), f"reported {wording.as_of(one.as_of)}")
        for one in stated_figures.of_measure(stated_figures.stated(atlas, code), beds)
    ]
    return *rows, *(changes_in_beds or [Row((label, "not found", ""))])


def events(atlas: Atlas, code: str) -> Part:
    """Return local events with publication, rating and capital, earliest first."""
    return Part(
        "Local events, undated ones last", ("When", "What"),
        tuple(
            _row(
                one, wording.as_of(one.date), one.summary, under=one.kind,
                conflict=conflicts.of_words(atlas, "event", code, one.summary),
            )
            for one in timeline.timeline(atlas, code)
        ),
        "No local event found.",
    )  # fmt: skip


def successors(atlas: Atlas, code: str) -> Part:
    """Return the integrated care boards that took over, largest share of people first."""
    return Part(
        "Integrated care boards of July 2022, by share of the footprint's mid-2017 population",
        ("Board", "Share of people"),
        tuple(
            Row((board.name, wording.share(board.share)), (board.source,))
            for board in plans.successors(atlas, code)
        ),
    )


# Neighbours and similar areas


def neighbours(atlas: Atlas, code: str) -> Part:
    """Return neighbours, longest border first, with how many themes both plans name at least."""
    named = themes_named.named(atlas, PLAN_YEARS)
    return Part(
        "Neighbours, longest border first", ("Footprint", "Shared themes"),
        tuple(
            Row((other.name, f"at least {len(named[code] & named[other.code])}"), places=(other,))
            for other in footprints.neighbours(atlas, code)
        ),
        sources=(sources.NAMES, sources.OUTLINES), basis="Borders",
    )  # fmt: skip


def similar_places(atlas: Atlas, code: str, most: int) -> Part:
    """Return the areas whose population is most like this one's."""
    everyone = footprints.all_footprints(atlas)
    return Part(
        "Areas with similar populations", ("Footprint", "Distance"),
        tuple(
            Row((everyone[other].name, wording.number(distance, 1)), places=(everyone[other],))
            for other, distance in comparing.places_alike(atlas, code)[:most]
        ),
        sources=tuple(dict.fromkeys(source for _, source in comparing.make_up(atlas, code))),
        basis="Age, rurality, deprivation and density",
    )  # fmt: skip


def similar_plans(atlas: Atlas, code: str, most: int) -> Part:
    """Return the plans known to name the most similar themes."""
    everyone = footprints.all_footprints(atlas)
    return Part(
        "Similar plans, by the themes found", ("Footprint", "Shared themes"),
        tuple(
            Row((place.name, f"at least {len(other.shared)}"), places=(place,))
            for other in themes_named.most_alike(atlas, code, PLAN_YEARS)[:most]
            for place in [everyone[other.code]]
        ),
    )  # fmt: skip


# Not found


def common_themes(atlas: Atlas, code: str) -> tuple[str, ...]:
    """Return the themes that more than half of the plans name and that were not found here."""
    return tuple(
        f"{label} ({wording.at_least(number, 44)})"
        for label, number in not_found.common_themes_not_found(atlas, code, PLAN_YEARS)
    )
