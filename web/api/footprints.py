"""JSON of the 44, and of one in full."""

from __future__ import annotations

from stp_data import Atlas
from stp_data.core import sources
from stp_data.evidence import conflicts
from stp_data.history import timeline
from stp_data.history.timeline import Rating
from stp_data.money import sums
from stp_data.money.sums import Sum
from stp_data.organisations import members
from stp_data.overview import comparing
from stp_data.places import councils, footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, proposals, stated_figures, statements
from stp_data.plans.proposals import Proposal
from stp_data.plans.statements import Statement
from stp_data.priorities import association, themes_named
from web.api.shapes import (
    Shape,
    evidence,
    figure,
    not_found,
    number,
    place,
    read,
    source,
    stated,
    theme,
)

GEOGRAPHY = "2017-04"
"""The codes, names and outlines of April 2017."""


def listing(atlas: Atlas) -> Shape:
    """All 44 in brief."""
    everyone = footprints.all_footprints(atlas).values()
    return {
        "count": len(everyone),
        "as_of": GEOGRAPHY,
        "source": source(atlas, sources.NAMES),
        "footprints": [_brief(atlas, footprint) for footprint in everyone],
    }


def _brief(atlas: Atlas, footprint: Footprint) -> Shape:
    people = measures.values(atlas, "population")
    code = footprint.code
    return {
        **place(footprint),
        "short_name": footprint.short_name,
        "hex": {"q": footprint.hex_q, "r": footprint.hex_r},
        "area": figure(atlas, footprint.area_km2, "km²", GEOGRAPHY, sources.OUTLINES),
        "people": figure(
            atlas, people.by_code[code], people.measure.unit, people.as_of, people.source_of[code]
        ),
        **read(atlas, code),
        "links": {
            "self": f"/api/v1/footprints/{code}",
            "outline": f"/download/{footprint.slug}.geojson",
            "page": f"/footprint?area={footprint.slug}",
        },
    }


def detail(atlas: Atlas, code: str) -> Shape:
    """Everything that the tables hold of one footprint."""
    return {
        **_brief(atlas, footprints.all_footprints(atlas)[code]),
        "codes": {"as_of": GEOGRAPHY, "source": source(atlas, sources.NAMES)},
        "region": {"as_of": GEOGRAPHY, "source": source(atlas, sources.REGIONS)},
        "councils": _councils(atlas, code),
        "members": _members(atlas, code),
        "plan": _plan(atlas, code),
        "leads": _leads(atlas, code),
        "measures": _measures(atlas, code),
        "stated": [stated(atlas, found) for found in stated_figures.stated(atlas, code)],
        "capital_and_savings": _sums(atlas, code),
        "priorities": _priorities(atlas, code),
        "proposals": _proposals(atlas, code),
        "rating": _rating(atlas, code),
        "events": _events(atlas, code),
        "statements": _statements(atlas, code),
        "neighbours": [place(other) for other in footprints.neighbours(atlas, code)],
        "most_alike": _most_alike(atlas, code),
        "successors": [
            {
                "code": board.code,
                "name": board.name,
                "population_share": board.share,
                "source": source(atlas, board.source),
            }
            for board in plans.successors(atlas, code)
        ],
        "conflicts": _conflicts(atlas, code),
        "not_found": _gaps(atlas, code),
    }


def _councils(atlas: Atlas, code: str) -> list[Shape]:
    as_of = measures.values(atlas, "population").as_of
    return [
        {
            "code": council.lad,
            "name": council.name,
            "type": council.council_type,
            "county": council.county or None,
            "people": figure(atlas, council.people, "people", as_of, sources.PEOPLE),
            "share_of_council": council.share,
        }
        for council in councils.places(atlas, code)
    ]


def _members(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "id": member.org,
            "name": member.name,
            "type": member.type,
            "role": member.role,
            "evidence": [
                {"as_of": as_of, "note": note, "source": source(atlas, key)}
                for key, as_of, note in member.evidence
            ],
        }
        for member in members.members(atlas, code)
    ]


def _plan(atlas: Atlas, code: str) -> Shape:
    plan = plans.plan(atlas, code)
    return {
        "title": plan.name or None,
        "title_source": source(atlas, plan.name_source) if plan.name_source else None,
        "published": plan.published or None,
        "published_by": plan.published_by or None,
        "published_source": source(atlas, plan.published_source) if plan.published else None,
        "note": plan.note,
        "names": [
            {
                "name": name.name,
                "kind": name.kind,
                "as_of": name.as_of or None,
                "note": name.note,
                "source": source(atlas, name.source),
            }
            for name in plans.names(atlas, code)
        ],
        "publications": [
            {
                "published": found.published,
                "version": found.version,
                "how": found.how,
                "published_by": found.published_by or None,
                "confidence": found.confidence,
                "note": found.note,
                "source": source(atlas, found.source),
            }
            for found in plans.publications(atlas, code)
        ],
    }


def _leads(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "name": lead.name,
            "title": lead.title or None,
            "role": lead.role,
            "organisation": lead.organisation or None,
            "from": lead.start or None,
            "to": lead.end or None,
            "as_of": lead.as_of or None,
            "confidence": lead.confidence,
            "note": lead.note,
            "sources": [source(atlas, key) for key in lead.sources],
        }
        for lead in plans.leads(atlas, code)
        if lead.name
    ]


def _measures(atlas: Atlas, code: str) -> list[Shape]:
    found = []
    for key in measures.mapped(atlas):
        values = measures.values(atlas, key)
        if code not in values.by_code:
            continue
        found.append(
            {
                "measure": key,
                "label": values.measure.label,
                "kind": values.measure.kind,
                **of_measure(atlas, key, code),
                "england": None if values.england is None else number(values.england),
                "rank": 1 + sum(v > values.by_code[code] for v in values.by_code.values()),
                "ranked": len(values.by_code),
            }
        )
    return found


def of_measure(atlas: Atlas, key: str, code: str) -> Shape:
    """One footprint's figure of a measure that can be mapped."""
    values = measures.values(atlas, key)
    value, as_of, scope = values.by_code[code], values.as_of, measures.SCOPE_OF_GAP.get(key)
    if scope:
        # Worked out from a figure that somebody stated, to the pence.
        value = round(value, values.measure.decimals + 2)
        as_of = stated_figures.preferred_gaps(atlas)[code].as_of
    return figure(atlas, value, values.measure.unit, as_of, values.source_of[code], scope)


def _priorities(atlas: Atlas, code: str) -> list[Shape]:
    found = themes_named.evidence(atlas, later=True)
    rules = themes_named.Rules()
    return [
        {
            **theme(known),
            "in_plans_of_2016_and_2017": any(not proof.later for proof in proofs),
            "evidence": evidence(atlas, proofs, rules),
        }
        for key, known in themes_named.themes(atlas).items()
        if (proofs := found.get((code, key)))
    ]


def _proposals(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "summary": found.summary,
            "service": found.service,
            **_told(atlas, found),
        }
        for found in proposals.proposals(atlas, code)
    ]


def _sums(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "kind": found.kind,
            "purpose": found.purpose,
            "amount": None if found.value is None else number(found.value),
            "amount_to": None if found.value_to is None else number(found.value_to),
            "unit": "GBP million",
            "qualifier": found.qualifier,
            **_told(atlas, found),
        }
        for found in sums.sums(atlas, code)
    ]


def _rating(atlas: Atlas, code: str) -> Shape | None:
    found = timeline.rating(atlas, code)
    return None if found is None else {"rating": found.rating, **_told(atlas, found)}


def _statements(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {"topic": found.topic, "summary": found.summary, **_told(atlas, found)}
        for found in statements.statements(atlas, code)
    ]


def _told(atlas: Atlas, found: Sum | Rating | Statement | Proposal) -> Shape:
    """As of when, how sure, and who says so."""
    return {
        "as_of": found.as_of or None,
        "confidence": found.confidence,
        "note": found.note,
        "sources": [source(atlas, key) for key in found.sources],
    }


def _events(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "date": found.date or None,
            "kind": found.kind,
            "summary": found.summary,
            "happening": found.happening or None,
            "confidence": found.confidence,
            "note": found.note,
            "sources": [source(atlas, key) for key in found.sources],
        }
        for found in timeline.reports(atlas, code)
    ]


def _conflicts(atlas: Atlas, code: str) -> list[Shape]:
    return [
        {
            "key": found.key,
            "kind": found.kind,
            "about": found.about,
            "settled": found.is_settled,
            "rule": found.rule,
            "links": {"page": f"/evidence?conflict={found.key}"},
        }
        for found in conflicts.select(conflicts.conflicts(atlas), code=code)
    ]


MOST_ALIKE = 5


def _most_alike(atlas: Atlas, code: str) -> Shape:
    """Kinds of likeness: by the make-up of the people, and by the themes that plans name."""
    everyone = footprints.all_footprints(atlas)
    people = comparing.places_alike(atlas, code)[:MOST_ALIKE]
    themes = association.most_alike(atlas, code, themes_named.Rules())[:MOST_ALIKE]
    return {
        "by_people": [
            {**place(everyone[other]), "distance": round(distance, 3)} for other, distance in people
        ],
        "by_priorities": [
            {
                **place(everyone[alike.code]),
                "similarity": round(alike.similarity, 3),
                "shared": list(alike.shared),
            }
            for alike in themes
        ],
    }


def _gaps(atlas: Atlas, code: str) -> list[Shape]:
    """What was looked for and not found."""
    plan = plans.plan(atlas, code)
    lookups = {
        "title of the plan": plan.name,
        "date of publication": plan.published,
        "lead": [lead for lead in plans.leads(atlas, code) if lead.name],
        measures.measure(atlas, stated_figures.GAP).label: stated_figures.of_measure(
            stated_figures.stated(atlas, code), stated_figures.GAP
        ),
        "capital and savings": sums.sums(atlas, code),
        "rating": timeline.rating(atlas, code),
        "events": timeline.reports(atlas, code),
        "statements": statements.statements(atlas, code),
        "proposals": proposals.proposals(atlas, code),
        "priorities": themes_named.named(atlas, themes_named.Rules())[code],
    }
    return [
        {"what": what, "status": not_found(atlas, code)}
        for what, found in lookups.items()
        if not found
    ]
