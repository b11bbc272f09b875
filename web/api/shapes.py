"""The answers of the API, each declared once: what is written, and the schema of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stp_data import Atlas
from stp_data.core import sources
from stp_data.evidence import conflicts
from stp_data.history import timeline
from stp_data.money import sums
from stp_data.organisations import members
from stp_data.overview import comparing
from stp_data.places import councils, footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.places.measures import Values
from stp_data.plans import plans, proposals, stated_figures, statements
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Evidence, Rules, Theme
from web.api.fields import (
    CONFIDENCE,
    COUNT,
    DATE,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Field,
    Get,
    itself,
    listed,
    maybe,
    one_of,
    ref,
    shape,
    within,
)  # fmt: skip

GEOGRAPHY = "2017-04"
"""The codes, names and outlines of April 2017."""
MOST_ALIKE = 5
DEFAULT_RULES = Rules()


def of_code(read: Callable[[Atlas, str], Any]) -> Get:
    """Return what finds the rows of a footprint."""
    return lambda atlas, place: read(atlas, place.code)


def always(value: Any) -> Get:
    """Return what gives one value for every record."""
    return lambda _atlas, _record: value


@dataclass(frozen=True)
class Figure:
    """A figure of a statistic, with all that it needs beside it."""

    value: float
    unit: str
    as_of: str
    source: str
    scope: str | None = None


def measured(atlas: Atlas, key: str, code: str) -> Figure:
    """Return one footprint's figure of a measure that can be mapped; KeyError without one."""
    values = measures.values(atlas, key)
    value, as_of, scope = values.by_code[code], values.as_of, measures.SCOPE_OF_GAP.get(key)
    if scope:
        # Worked out from a figure that somebody stated, to the pence.
        value = round(value, values.measure.decimals + 2)
        as_of = stated_figures.preferred_gaps(atlas)[code].as_of
    return Figure(value, values.measure.unit, as_of, values.source_of[code], scope)


def _footprint(atlas: Atlas, code: str) -> Footprint:
    return footprints.all_footprints(atlas)[code]


def not_found(atlas: Atlas, code: str) -> str:
    """Return what is said in place of what no source gives."""
    return f"not found in the {themes_named.coverage(atlas, code).read} documents read"


# What every answer is made of

OFFICIAL = YES_OR_NO.about("Whether the NHS, a council or the government speaks")
SOURCE_IN_FULL = shape(
    key=TEXT, title=TEXT, publisher=TEXT, publisher_type=TEXT, official=OFFICIAL, date=DATE,
    url=MAYBE_TEXT, via=MAYBE_TEXT.about("Site with the copy that was read, or what it quotes"),
)  # fmt: skip
SOURCE = ref(
    "Source",
    Field({}, lambda atlas, key: SOURCE_IN_FULL.write(atlas, sources.source(atlas, key))),
)
"""Written from the key of a source."""
SOURCES = listed(SOURCE)
PLACE = shape(code=TEXT, slug=TEXT, name=TEXT, nhs_region=TEXT.at("region"))
PLACE_OF_CODE = within(PLACE, lambda atlas, record: _footprint(atlas, record.code))
FIGURE = shape(
    value=NUMBER, unit=TEXT,
    as_of=MAYBE_TEXT.about("Period or date that the figure describes; null if not dated"),
    scope=MAYBE_TEXT.about(
        "What money or beds a figure covers: NHS, NHS and social care, social care, or not stated; "
        "null for figures out of statistics"
    ),
    source=SOURCE,
)  # fmt: skip
READ = shape(
    sources_read=COUNT.about("Documents read for the footprint").of(
        lambda atlas, place: themes_named.coverage(atlas, place.code).read
    ),
    official_read=COUNT.about("Those of the NHS, councils and the government").of(
        lambda atlas, place: themes_named.coverage(atlas, place.code).official
    ),
)
STATED = shape(
    FIGURE,
    measure=TEXT.about("Key of a measure"),
    value_to=MAYBE_NUMBER.about("Upper end of a range"),
    qualifier=TEXT.about("How exact the words are"),
    confidence=CONFIDENCE,
    preferred=YES_OR_NO.about("Chosen by the written rule among figures that differ"),
    note=TEXT,
)
MEASURE = shape(
    key=TEXT, label=TEXT, aim=TEXT, kind=one_of("measured", "stated", "worked out"), unit=TEXT,
    decimals=COUNT, direction=TEXT, description=TEXT, method=TEXT,
)  # fmt: skip
THEME = shape(key=TEXT, label=TEXT, kind=one_of("clinical", "enabler"))
_EVIDENCE = shape(
    how=one_of(*themes_named.HOW).about("How the source presents the theme, by the code book"),
    as_of=DATE,
    later=YES_OR_NO.about("Whether it describes plans of 2018 or later"),
    confidence=CONFIDENCE,
    note=TEXT,
    official=OFFICIAL,
)
EVIDENCE_IN_FULL = shape(
    within(_EVIDENCE, lambda _, pair: pair[0]),
    counts=YES_OR_NO.about(
        "Whether the theme counts as named by this source under evidence, firm and years; "
        "for one footprint, under their defaults"
    ).of(lambda _, pair: pair[1]),
    source=SOURCE.of(lambda _, pair: pair[0].source),
)
EVIDENCE = ref("Evidence", EVIDENCE_IN_FULL)
"""Written from a source's word on a theme, and whether it counts."""
CITED = shape(confidence=CONFIDENCE, note=TEXT, sources=SOURCES)
DATED = shape(CITED, as_of=DATE)


def counted(
    proofs: tuple[Evidence, ...], rules: Rules = DEFAULT_RULES
) -> list[tuple[Evidence, bool]]:
    """Return every source that shows a plan naming a theme, and whether it counts."""
    counting = themes_named.counting(proofs, rules)
    return [(found, found in counting) for found in proofs]


# A footprint

BRIEF = shape(
    PLACE,
    READ,
    short_name=TEXT,
    hex=shape(q=Field({"type": "integer"}).at("hex_q"), r=Field({"type": "integer"}).at("hex_r"))
    .about("Axial coordinates of hexagons with their points up")
    .of(itself),
    area=ref("Figure", FIGURE).of(
        lambda _, place: Figure(place.area_km2, "km²", GEOGRAPHY, sources.OUTLINES)
    ),
    people=ref("Figure", FIGURE).of(lambda atlas, place: measured(atlas, "population", place.code)),
    links=shape(
        self=TEXT.of(lambda _, place: f"/api/v1/footprints/{place.code}"),
        outline=TEXT.of(lambda _, place: f"/download/{place.slug}.geojson"),
        page=TEXT.of(lambda _, place: f"/footprint?area={place.slug}"),
    ).of(itself),
)
FOOTPRINTS = shape(
    count=COUNT.of(lambda _, places: len(places)),
    as_of=TEXT.of(always(GEOGRAPHY)),
    source=SOURCE.of(always(sources.NAMES)),
    footprints=listed(BRIEF).of(itself),
)


def _from(source: str) -> Field:
    return shape(as_of=TEXT.of(always(GEOGRAPHY)), source=SOURCE.of(always(source))).of(itself)


COUNCIL = shape(
    code=TEXT.at("lad"), name=TEXT, type=TEXT.at("council_type"), county=MAYBE_TEXT,
    people=ref("Figure", FIGURE).of(
        lambda atlas, place: Figure(
            place.people, "people", measures.values(atlas, "population").as_of, sources.PEOPLE
        )
    ),
    share_of_council=Field({"type": "number"}).about("Of the council's people, 0 to 1").at("share"),
)  # fmt: skip
MEMBER = shape(
    id=TEXT.at("org"), name=TEXT, type=TEXT, role=TEXT,
    evidence=listed(
        shape(
            as_of=TEXT.of(lambda _, seat: seat[1]), note=TEXT.of(lambda _, seat: seat[2]),
            source=SOURCE.of(lambda _, seat: seat[0]),
        )
    ),
)  # fmt: skip
PLAN = shape(
    within(
        shape(
            title=MAYBE_TEXT.at("name"), title_source=maybe(SOURCE).at("name_source"),
            published=DATE, published_by=MAYBE_TEXT,
            published_source=maybe(SOURCE).of(
                lambda _, plan: plan.published and plan.published_source
            ),
            note=TEXT,
        ),
        of_code(plans.plan),
    ),
    names=listed(shape(name=TEXT, kind=TEXT, as_of=DATE, note=TEXT, source=SOURCE)).of(
        of_code(plans.names)
    ),
    publications=listed(
        shape(
            published=TEXT, version=TEXT, how=TEXT, published_by=MAYBE_TEXT, confidence=CONFIDENCE,
            note=TEXT, source=SOURCE,
        )
    ).of(of_code(plans.publications)),
)  # fmt: skip
LEAD = shape(
    DATED, name=TEXT, title=MAYBE_TEXT, role=TEXT, organisation=MAYBE_TEXT,
    from_=DATE.at("start"), to=DATE.at("end"),
)  # fmt: skip
SUM = shape(
    DATED, kind=TEXT, purpose=TEXT,
    amount=MAYBE_NUMBER.about("Null where the source gives none").at("value"),
    amount_to=MAYBE_NUMBER.about("Upper end of a range").at("value_to"),
    unit=TEXT.of(always("GBP million")), qualifier=TEXT,
)  # fmt: skip
OF_MEASURE = shape(
    within(FIGURE, lambda atlas, one: measured(atlas, one[0].measure.key, one[1])),
    within(
        shape(
            measure=TEXT.at("key"), label=TEXT, kind=one_of("measured", "worked out")
        ),
        lambda _, one: one[0].measure,
    ),
    england=MAYBE_NUMBER.of(lambda _, one: one[0].england),
    rank=COUNT.about("1 for the highest").of(
        lambda _, one: 1 + sum(v > one[0].by_code[one[1]] for v in one[0].by_code.values())
    ),
    ranked=COUNT.about("Footprints with a figure").of(lambda _, one: len(one[0].by_code)),
)  # fmt: skip
"""Written from the values of a measure and a code."""


def _measures(atlas: Atlas, place: Footprint) -> list[tuple[Values, str]]:
    every = (measures.values(atlas, key) for key in measures.mapped(atlas))
    return [(values, place.code) for values in every if place.code in values.by_code]


def _themes(atlas: Atlas, place: Footprint) -> list[tuple[Theme, tuple[Evidence, ...]]]:
    found = themes_named.evidence(atlas, later=True)
    return [
        (theme, found[place.code, key])
        for key, theme in themes_named.themes(atlas).items()
        if (place.code, key) in found
    ]


NAMED_THEME = shape(
    within(THEME, lambda _, named: named[0]),
    in_plans_of_2016_and_2017=YES_OR_NO.about(
        "Whether a source shows it for these years; if false, it may still be in the plan"
    ).of(lambda _, named: any(not proof.later for proof in named[1])),
    evidence=listed(EVIDENCE).of(lambda _, named: counted(named[1])),
)
ALIKE = shape(
    by_people=listed(
        shape(
            within(PLACE, lambda atlas, alike: _footprint(atlas, alike[0])),
            distance=NUMBER.of(lambda _, alike: round(alike[1], 3)),
        )
    ).of(lambda atlas, place: comparing.places_alike(atlas, place.code)[:MOST_ALIKE]),
    by_priorities=listed(
        shape(
            PLACE_OF_CODE,
            similarity=NUMBER.of(lambda _, alike: round(alike.similarity, 3)),
            shared=listed(TEXT),
        )
    ).of(
        lambda atlas, place: association.most_alike(atlas, place.code, DEFAULT_RULES)[:MOST_ALIKE]
    ),
)
SUCCESSOR = shape(
    code=TEXT, name=TEXT, population_share=Field({"type": "number"}).at("share"), source=SOURCE
)
CONFLICT = shape(
    key=TEXT, kind=TEXT, about=TEXT, settled=YES_OR_NO.at("is_settled"),
    rule=TEXT.about("What chose the figure we use, or that nothing did"),
    links=shape(page=TEXT.of(lambda _, one: f"/evidence?conflict={one.key}")).of(itself),
)  # fmt: skip
EVENT = shape(
    CITED, date=DATE, kind=TEXT, summary=TEXT,
    happening=MAYBE_TEXT.about("Shared by events that report the same"),
)  # fmt: skip
RECORDS: dict[str, Field] = {
    "councils": listed(COUNCIL).of(of_code(councils.places)),
    "members": listed(MEMBER).of(of_code(members.members)),
    "plan": PLAN.of(itself),
    "leads": listed(LEAD).of(
        lambda atlas, place: [lead for lead in plans.leads(atlas, place.code) if lead.name]
    ),
    "measures": listed(OF_MEASURE).of(_measures),
    "stated": listed(ref("Stated", STATED)).of(of_code(stated_figures.stated)),
    "capital_and_savings": listed(SUM).of(of_code(sums.sums)),
    "priorities": listed(NAMED_THEME).of(_themes),
    "proposals": listed(shape(DATED, summary=TEXT, service=TEXT)).of(of_code(proposals.proposals)),
    "rating": maybe(shape(DATED, rating=TEXT))
    .about("NHS England's, of July 2017; null where not found, never worked out")
    .of(of_code(timeline.rating)),
    "events": listed(EVENT).of(of_code(timeline.reports)),
    "statements": listed(shape(DATED, topic=TEXT, summary=TEXT)).of(of_code(statements.statements)),
    "neighbours": listed(ref("Place", PLACE))
    .about("Longest common border first")
    .of(of_code(footprints.neighbours)),
    "most_alike": ALIKE.of(itself),
    "successors": listed(SUCCESSOR).of(of_code(plans.successors)),
    "conflicts": listed(CONFLICT)
    .about("Facts on which sources differ; the page has them side by side")
    .of(lambda atlas, place: conflicts.select(conflicts.conflicts(atlas), code=place.code)),
}
"""What the tables hold of a footprint, by the name in the answer."""


def _missing(atlas: Atlas, place: Footprint) -> list[tuple[str, str]]:
    """Return what was looked for and not found, with the code."""
    plan = plans.plan(atlas, place.code)
    figures = stated_figures.stated(atlas, place.code)
    looked_for = {
        "title of the plan": plan.name,
        "date of publication": plan.published,
        "lead": [lead for lead in plans.leads(atlas, place.code) if lead.name],
        measures.measure(atlas, stated_figures.GAP).label: stated_figures.of_measure(
            figures, stated_figures.GAP
        ),
        "capital and savings": sums.sums(atlas, place.code),
        "rating": timeline.rating(atlas, place.code),
        "events": timeline.reports(atlas, place.code),
        "statements": statements.statements(atlas, place.code),
        "proposals": proposals.proposals(atlas, place.code),
        "priorities": themes_named.named(atlas, DEFAULT_RULES)[place.code],
    }
    return [(what, place.code) for what, found in looked_for.items() if not found]


FOOTPRINT = shape(
    BRIEF,
    codes=_from(sources.NAMES),
    region=_from(sources.REGIONS),
    **RECORDS,
    not_found=listed(
        shape(
            what=TEXT.of(lambda _, one: one[0]),
            status=TEXT.of(lambda atlas, one: not_found(atlas, one[1])),
        )
    )
    .about("Looked for and not found: neither a no nor a zero")
    .of(_missing),
)
"""Everything that the tables hold of one footprint."""
