"""What is known of a footprint, section by section, as plain rows.

The Footprint page and the briefing, on screen and in Word, show these rows; each in its own form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.wording import as_of, share
from stp_data.evidence import conflicts, not_found
from stp_data.evidence.rivals import Conflict
from stp_data.history import timeline
from stp_data.money import sums
from stp_data.organisations import members
from stp_data.overview import comparing
from stp_data.places import councils, footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, stated_figures, statements
from stp_data.plans.proposals import proposals
from stp_data.plans.stated_figures import BEDS, Stated
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Rules

PLAN_YEARS = Rules()
SET_OUT = ("priority", "workstream", "programme")
"""How sources present a theme that the plan sets out."""
ALIKE = 5
"""How many similar plans and areas are shown."""
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
class Table:
    """A table of a footprint: its columns, without the one for sources, and its rows."""

    caption: str
    columns: tuple[str, ...]
    records: Callable[[Atlas, str], Iterable[Any]]
    """What it shows of a footprint, by code."""
    row: Callable[[Atlas, str, Any], Row]
    nothing: str = ""
    """Said where there is no row."""
    sources: tuple[str, ...] = ()
    """What all rows rest on."""
    basis: str = ""
    """What those sources give."""

    def rows(self, atlas: Atlas, code: str) -> tuple[Row, ...]:
        """Return the rows; marks of one figure stand at its first row, as they lead to all."""
        found = [self.row(atlas, code, one) for one in self.records(atlas, code)]
        first = {row.claims: at for at, row in reversed(list(enumerate(found))) if row.claims}
        return tuple(
            row if first.get(row.claims, at) == at else replace(row, conflict=None, claims="")
            for at, row in enumerate(found)
        )


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


def _districts(atlas: Atlas, code: str) -> list[tuple[councils.Place, int]]:
    found = councils.places(atlas, code)
    whole = sum(district.people for district in found)
    return [(district, whole) for district in found]


DISTRICTS = Table(
    "Council districts of 2017 with people in the footprint, and their county",
    ("District", "People here", "Share of footprint", "Share of district"),
    _districts,
    lambda _atlas, _code, one: Row(
        (one[0].name, f"{one[0].people:,}", share(one[0].people / one[1]), share(one[0].share)),
        under=one[0].county,
    ),
    sources=(sources.PEOPLE, sources.NAMES),
    basis="Population and districts",
)


def _figures(measure: str) -> Callable[[Atlas, str], list[Stated]]:
    return lambda atlas, code: stated_figures.of_measure(
        stated_figures.stated(atlas, code), measure
    )


def _stated(atlas: Atlas, one: Stated, *between: str, under: str = "") -> Row:
    return _row(
        one,
        *(stated_figures.amount(one), *between, as_of(one.as_of)),
        under=under,
        is_used=one.preferred,
        conflict=conflicts.of_figure(atlas, one.code, one.measure),
        claims=f"stated:{one.code}:{one.measure}",
    )


POPULATIONS = Table(
    "Figures other than the official estimate above",
    ("Figure", "As of"),
    _figures("population_stated"),
    lambda atlas, _, one: _stated(atlas, one),
    "No other population figure found.",
)


def _shared_member(atlas: Atlas, _code: str, found: tuple[members.Member, tuple[str, ...]]) -> Row:
    member, others = found
    places = tuple(footprints.all_footprints(atlas)[other] for other in others)
    where = wording.listed([place.name for place in places])
    if len(places) > MANY:
        places, where = (), f"{len(others)} other footprints"
    lists = tuple(source for source, *_ in member.evidence)
    return Row((member.name, where), lists, places=places)


SHARED_MEMBERS = Table(
    "Also members of",
    ("Organisation", "Other footprints"),
    members.elsewhere,
    _shared_member,
    "No member found in the lists of another footprint.",
)


def lead(atlas: Atlas, code: str, one: plans.Lead) -> Row:
    """Return a person in a leading role, and when a source shows them there."""
    post = ", ".join(filter(None, (one.title, one.organisation)))
    when = [f"in post by {wording.date(one.as_of)}"] if one.as_of else []
    when = [f"from {wording.date(one.start)}"] if one.start else when
    when += [f"to {wording.date(one.end)}"] if one.end else []
    differing = conflicts.of_lead(atlas, code, one.role)
    cells = (one.name, post, " ".join(when) or "not dated")
    return _row(one, *cells, under=one.role, conflict=differing)


LEADS = Table(
    "People in leading roles, and when a source first shows them there",
    ("Name and role", "Post", "When"),
    lambda atlas, code: [one for one in plans.leads(atlas, code) if one.name],
    lead,
    "Nobody in a leading role found.",
)


def _statements(topics: dict[str, str], nothing: str) -> Table:
    return Table(
        "What documents say, in our words",
        ("Topic", "Summary", "As of"),
        lambda atlas, code: statements.on_topics(statements.statements(atlas, code), topics),
        lambda _atlas, _code, one: _row(one, topics[one.topic], one.summary, as_of(one.as_of)),
        nothing,
    )


GOVERNANCE = _statements(statements.TABLE_TOPICS, "Nothing found on governance.")
CHALLENGES = _statements(statements.PLAN_TOPICS, "Nothing found on these.")
NAMES = Table(
    "Names in use, by source",
    ("Name", "As of"),
    plans.names,
    lambda _atlas, _code, one: _row(
        one, one.name, as_of(one.as_of), under=f"name of the {one.kind}"
    ),
    "No name of the plan or the partnership found.",
)
PUBLICATIONS = Table(
    "Publication dates, by source",
    ("Date", "Version and publisher"),
    plans.publications,
    lambda _atlas, _code, one: _row(
        one,
        wording.date(one.published),
        f"{plans.VERSIONS[one.version]}, {plans.HOW_PUBLISHED[one.how]}"
        + (f": {one.published_by}" if one.published_by else ""),
    ),
    "No publication date found.",
)


def _theme(atlas: Atlas, code: str, key: str) -> Row:
    """Return a theme named: how firmly, and at least how many plans name it."""
    proofs = themes_named.evidence(atlas, later=PLAN_YEARS.later)[code, key]
    counting = sorted(
        themes_named.counting(proofs, PLAN_YEARS), key=lambda one: themes_named.HOW.index(one.how)
    )
    number = wording.at_least(themes_named.counts(atlas, PLAN_YEARS)[key], 44)
    return Row(
        (themes_named.themes(atlas)[key].label, counting[0].how, number),
        tuple(proof.source for proof in counting),
    )


def _themes(title: str, *kinds: str) -> Table:
    return Table(
        f"{title} of 2016 and 2017, most firmly set out first",
        ("Theme", "How firmly", "Named by"),
        lambda atlas, code: [
            key
            for key in themes_named.by_evidence(atlas, code, PLAN_YEARS)
            if themes_named.themes(atlas)[key].kind in kinds
        ],
        _theme,
        f"{title}: none found.",
    )


THEMES = _themes("Themes", "clinical", "enabler")
CLINICAL = _themes("Clinical priorities", "clinical")
ENABLERS = _themes("Enablers", "enabler")
CHANGES = Table(
    "Each proposed change, and who reports it",
    ("Change", "As of"),
    proposals,
    lambda _atlas, _code, one: _row(one, one.summary, as_of(one.as_of), under=one.service),
    "No proposed service change found.",
)


def _shortfall(atlas: Atlas, code: str, one: Stated) -> Row:
    people = measures.values(atlas, "population").by_code[code]
    each = f"£{one.per_head(people):,.0f}" if one.measure == stated_figures.GAP else ""
    label = measures.measure(atlas, one.measure).label
    return _stated(atlas, one, each, stated_figures.SCOPES[one.scope], under=label)


SHORTFALLS = Table(
    "Published shortfalls, in total and per person of mid-2017",
    ("Figure", "Per person", "What it covers", "As of"),
    lambda atlas, code: [
        one for one in stated_figures.stated(atlas, code) if one.unit == "GBP million"
    ],
    _shortfall,
    "No figure found.",
    (sources.PEOPLE,),
    "Population",
)


def why_used(rows: Sequence[Row]) -> str:
    """Return the rule that chose the figure we use, or that none is used."""
    settled = any(row.is_used for row in rows)
    return stated_figures.PREFERENCE if settled else stated_figures.NONE_PREFERRED


def _amounts(kinds: tuple[str, ...], caption: str, nothing: str) -> Table:
    return Table(
        caption,
        ("Amount", "Purpose", "As of"),
        lambda atlas, code: sums.of_kinds(sums.sums(atlas, code), kinds),
        lambda atlas, code, one: _row(
            one,
            *(sums.sum_of_money(one), one.purpose, as_of(one.as_of)),
            under=one.kind,
            conflict=conflicts.of_words(atlas, "capital", code, one.purpose),
        ),
        nothing,
    )


REQUESTS = _amounts(sums.WANTED, "Capital asked for or needed", "No capital request found.")
DECISIONS = _amounts(sums.GIVEN, "Capital decisions", "No decision on capital found.")
OTHER_MONEY = _amounts(sums.OTHERS, "Don't add these or treat them as shortfalls", "None found.")


def progress(atlas: Atlas, code: str) -> tuple[Row, ...]:
    """Return NHS England's rating, and each report of a change in hospital beds."""
    title, label = "NHS England's rating of progress, ", measures.measure(atlas, BEDS).label
    rating = Row((f"{title}July 2017", "not found", ""))
    if rated := timeline.rating(atlas, code):
        scale = "of four categories from outstanding to needs most improvement"
        dated = f"{title}{as_of(rated.as_of)}"
        rating = _row(rated, dated, rated.rating, scale, claims="ratings")
    beds = [
        _row(one, label, stated_figures.amount(one), f"reported {as_of(one.as_of)}")
        for one in _figures(BEDS)(atlas, code)
    ]
    return rating, *(beds or [Row((label, "not found", ""))])


EVENTS = Table(
    "Local events, undated ones last",
    ("When", "What"),
    timeline.timeline,
    lambda atlas, code, one: _row(
        one,
        *(as_of(one.date), one.summary),
        under=one.kind,
        conflict=conflicts.of_words(atlas, "event", code, one.summary),
    ),
    "No local event found.",
)
SUCCESSORS = Table(
    "Integrated care boards of July 2022, by share of the footprint's mid-2017 population",
    ("Board", "Share of people"),
    plans.successors,
    lambda _atlas, _code, one: Row((one.name, share(one.share)), (one.source,)),
)


def _neighbour(atlas: Atlas, code: str, other: Footprint) -> Row:
    named = themes_named.named(atlas, PLAN_YEARS)
    shared = f"at least {len(named[code] & named[other.code])}"
    return Row((other.name, shared), places=(other,))


NEIGHBOURS = Table(
    "Neighbours, longest border first",
    ("Footprint", "Shared themes"),
    footprints.neighbours,
    _neighbour,
    sources=(sources.NAMES, sources.OUTLINES),
    basis="Borders",
)


def _similar_place(atlas: Atlas, _code: str, found: tuple[str, float]) -> Row:
    place = footprints.all_footprints(atlas)[found[0]]
    return Row((place.name, wording.number(found[1], 1)), places=(place,))


SIMILAR_PLACES = Table(
    "Areas with similar populations",
    ("Footprint", "Distance"),
    lambda atlas, code: comparing.places_alike(atlas, code)[:ALIKE],
    _similar_place,
)


def make_up(atlas: Atlas, code: str) -> tuple[str, ...]:
    """Return the sources of age, rurality, deprivation and density, which make areas similar."""
    return tuple(dict.fromkeys(source for _, source in comparing.make_up(atlas, code)))


SIMILAR_PLANS = Table(
    "Similar plans, by the themes found",
    ("Footprint", "Shared themes"),
    lambda atlas, code: (
        footprints.all_footprints(atlas)[other.code]
        for other in association.most_alike(atlas, code, PLAN_YEARS)[:ALIKE]
    ),
    _neighbour,
)


def common_themes(atlas: Atlas, code: str) -> tuple[str, ...]:
    """Return the themes that more than half of the plans name and that were not found here."""
    return tuple(
        f"{label} ({wording.at_least(number, 44)})"
        for label, number in not_found.common_themes_not_found(atlas, code, PLAN_YEARS)
    )
