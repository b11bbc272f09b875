"""JSON Schema of every answer; a test holds the answers to it."""

from __future__ import annotations

from typing import Any

from stp_data import Atlas
from stp_data.places import footprints, measures
from stp_data.priorities import themes_named

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_NUMBER: Schema = {"type": ["number", "null"]}


def ref(name: str) -> Schema:
    """A schema described once."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def explained(schema: Schema, text: str) -> Schema:
    """The same with a sentence."""
    return {**schema, "description": text}


def thing(*parts: Schema, **fields: Schema) -> Schema:
    """An object with exactly these fields, and those of ``parts``."""
    properties = {name: schema for part in parts for name, schema in part["properties"].items()}
    properties |= {name.rstrip("_"): schema for name, schema in fields.items()}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def maybe(name: str) -> Schema:
    """The schema described once, or null."""
    return {"oneOf": [ref(name), {"type": "null"}]}


DATE = explained(MAYBE_TEXT, "As precise as the source: 2016, 2016-10 or 2016-10-21; null if none")
CONFIDENCE = explained(
    one_of("high", "medium", "low"),
    "high: official paper or page; medium: press, think tank or campaign quoting the plan; "
    "low: unclear",
)
SCOPE = explained(
    MAYBE_TEXT,
    "What money or beds a figure covers: NHS, NHS and social care, social care, or not stated; "
    "null for figures out of statistics",
)


def schemas() -> dict[str, Schema]:
    """All of them by name."""
    source = thing(
        key=TEXT, title=TEXT, publisher=TEXT, publisher_type=TEXT,
        official=explained(YES_OR_NO, "Whether the NHS, a council or the government speaks"),
        date=DATE, url=MAYBE_TEXT,
        via=explained(MAYBE_TEXT, "Site with the copy that was read, or what it quotes"),
    )  # fmt: skip
    place = thing(code=TEXT, slug=TEXT, name=TEXT, nhs_region=TEXT)
    figure = thing(
        value=NUMBER, unit=TEXT,
        as_of=explained(MAYBE_TEXT, "Period or date that the figure describes; null if not dated"),
        scope=SCOPE, source=ref("Source"),
    )  # fmt: skip
    stated = thing(
        figure,
        measure=explained(TEXT, "Key of a measure"),
        value_to=explained(MAYBE_NUMBER, "Upper end of a range"),
        qualifier=explained(TEXT, "How exact the words are"),
        confidence=CONFIDENCE,
        preferred=explained(YES_OR_NO, "Chosen by the written rule among figures that differ"),
        note=TEXT,
    )
    read = thing(
        sources_read=explained(COUNT, "Documents read for the footprint"),
        official_read=explained(COUNT, "Those of the NHS, councils and the government"),
    )
    measure = thing(
        key=TEXT, label=TEXT, aim=TEXT, kind=one_of("measured", "stated", "worked out"),
        unit=TEXT, decimals=COUNT, direction=TEXT, description=TEXT, method=TEXT,
    )  # fmt: skip
    theme = thing(key=TEXT, label=TEXT, kind=one_of("clinical", "enabler"))
    evidence = thing(
        how=explained(
            one_of(*themes_named.HOW), "How the source presents the theme, by the code book"
        ),
        as_of=DATE,
        later=explained(YES_OR_NO, "Whether it describes plans of 2018 or later"),
        confidence=CONFIDENCE,
        note=TEXT,
        official=explained(YES_OR_NO, "Whether the NHS, a council or the government speaks"),
        counts=explained(
            YES_OR_NO,
            "Whether the theme counts as named by this source under evidence, firm and years; "
            "for one footprint, under their defaults",
        ),
        source=ref("Source"),
    )
    brief = thing(
        place,
        read,
        short_name=TEXT,
        hex=explained(
            thing(q={"type": "integer"}, r={"type": "integer"}),
            "Axial coordinates of hexagons with their points up",
        ),
        area=ref("Figure"),
        people=ref("Figure"),
        links=thing(self=TEXT, outline=TEXT, page=TEXT),
    )
    return {
        "Source": source,
        "Place": place,
        "Figure": figure,
        "Stated": stated,
        "Evidence": evidence,
        "Measure": measure,
        "Footprints": thing(
            count=COUNT, as_of=TEXT, source=ref("Source"), footprints=listed(brief)
        ),
        "Footprint": _footprint(brief, place, figure, theme),
        "Measures": thing(count=COUNT, measures=listed(thing(measure, links=thing(self=TEXT)))),
        "MeasureFigures": thing(
            measure=ref("Measure"),
            england=explained(MAYBE_NUMBER, "England's figure; null where there is none"),
            count=COUNT,
            figures=explained(
                listed({"anyOf": [thing(place, figure), thing(place, stated)]}),
                "Of stated measures a footprint may have several, each with its source",
            ),
            without=listed(thing(place, status=TEXT)),
        ),
        "Priorities": _priorities(place, read, theme),
        "Found": thing(
            is_certain=explained(YES_OR_NO, "Whether it can only be the one footprint"),
            count=COUNT,
            left_out=explained(COUNT, "Further footprints that match"),
            note=explained(TEXT, "About the query: a place outside England, for example"),
            sources=explained(
                listed(ref("Source")), "Where the names and places are from; none for members"
            ),
            matches=listed(
                thing(
                    place,
                    why=explained(TEXT, "What matched"),
                    score=explained(NUMBER, "How well the spelling matched, 0 to 100"),
                    links=thing(self=TEXT),
                )
            ),
        ),
        "Rows": thing(
            view=TEXT,
            query={"type": "object", "additionalProperties": TEXT},
            note=explained(TEXT, "What the rows show, and what must be known of them"),
            count=COUNT,
            rows=listed({"type": "object"}),
        ),
        "Refusal": thing(status=COUNT, title=TEXT, detail=TEXT),
    }


def _footprint(brief: Schema, place: Schema, figure: Schema, theme: Schema) -> Schema:
    sourced = {"source": ref("Source")}
    told = {"confidence": CONFIDENCE, "note": TEXT, "sources": listed(ref("Source"))}
    return thing(
        brief,
        codes=thing(as_of=TEXT, **sourced),
        region=thing(as_of=TEXT, **sourced),
        councils=listed(
            thing(
                code=TEXT, name=TEXT, type=TEXT, county=MAYBE_TEXT, people=ref("Figure"),
                share_of_council=explained(NUMBER, "Of the council's people, 0 to 1"),
            )
        ),
        members=listed(
            thing(
                id=TEXT, name=TEXT, type=TEXT, role=TEXT,
                evidence=listed(thing(as_of=TEXT, note=TEXT, **sourced)),
            )
        ),
        plan=thing(
            title=MAYBE_TEXT, title_source=maybe("Source"), published=DATE,
            published_by=MAYBE_TEXT, published_source=maybe("Source"), note=TEXT,
            names=listed(thing(name=TEXT, kind=TEXT, as_of=DATE, note=TEXT, **sourced)),
            publications=listed(
                thing(
                    published=TEXT, version=TEXT, how=TEXT, published_by=MAYBE_TEXT,
                    confidence=CONFIDENCE, note=TEXT, **sourced,
                )
            ),
        ),
        leads=listed(
            thing(
                name=TEXT, title=MAYBE_TEXT, role=TEXT, organisation=MAYBE_TEXT, from_=DATE,
                to=DATE, as_of=DATE, confidence=CONFIDENCE, note=TEXT,
                sources=listed(ref("Source")),
            )
        ),
        measures=listed(
            thing(
                figure, measure=TEXT, label=TEXT, kind=one_of("measured", "worked out"),
                england=MAYBE_NUMBER, rank=explained(COUNT, "1 for the highest"),
                ranked=explained(COUNT, "Footprints with a figure"),
            )
        ),
        stated=listed(ref("Stated")),
        capital_and_savings=listed(
            thing(
                kind=TEXT, purpose=TEXT,
                amount=explained(MAYBE_NUMBER, "Null where the source gives none"),
                amount_to=explained(MAYBE_NUMBER, "Upper end of a range"),
                unit=TEXT, qualifier=TEXT, as_of=DATE, **told,
            )
        ),
        priorities=listed(
            thing(
                theme,
                in_plans_of_2016_and_2017=explained(
                    YES_OR_NO, "Whether a source shows it for these years; false is not a no"
                ),
                evidence=listed(ref("Evidence")),
            )
        ),
        proposals=listed(
            thing(
                summary=TEXT, service=TEXT, as_of=DATE, confidence=CONFIDENCE, note=TEXT,
                sources=listed(ref("Source")),
            )
        ),
        rating=explained(
            {"oneOf": [thing(rating=TEXT, as_of=DATE, **told), {"type": "null"}]},
            "NHS England's, of July 2017; null where not found, never worked out",
        ),
        events=listed(
            thing(
                date=DATE, kind=TEXT, summary=TEXT,
                happening=explained(MAYBE_TEXT, "Shared by events that tell of the same"),
                **told,
            )
        ),
        statements=listed(thing(topic=TEXT, summary=TEXT, as_of=DATE, **told)),
        neighbours=explained(listed(ref("Place")), "Longest common border first"),
        most_alike=thing(
            by_people=listed(thing(place, distance=NUMBER)),
            by_priorities=listed(thing(place, similarity=NUMBER, shared=listed(TEXT))),
        ),
        successors=listed(thing(code=TEXT, name=TEXT, population_share=NUMBER, **sourced)),
        conflicts=explained(
            listed(
                thing(
                    key=TEXT, kind=TEXT, about=TEXT, settled=YES_OR_NO,
                    rule=explained(TEXT, "What chose the preferred one, or that nothing did"),
                    links=thing(page=TEXT),
                )
            ),
            "Facts on which sources differ; the page has them side by side",
        ),
        not_found=explained(
            listed(thing(what=TEXT, status=TEXT)), "Looked for; this is not a no and not zero"
        ),
    )  # fmt: skip


def _priorities(place: Schema, read: Schema, theme: Schema) -> Schema:
    footprint = thing(
        place,
        read,
        themes=listed(thing(key=TEXT, status=TEXT, evidence=listed(ref("Evidence")))),
    )
    return thing(
        sentence=explained(TEXT, "The finding, ready to quote: a lower bound"),
        rules=explained(TEXT, "What counts"),
        question=thing(
            themes=listed(theme),
            match=one_of("all", "any"),
            **{name: one_of(*words) for name, words in themes_named.RULE_WORDS.items()},
            region=MAYBE_TEXT,
        ),
        count=explained(COUNT, "At least as many plans as this name the themes"),
        of=COUNT,
        found=listed(footprint),
        not_found=explained(
            listed(footprint),
            "The other footprints: not found, or not as asked for, in the documents read",
        ),
    )


def parameters(atlas: Atlas) -> dict[str, Schema]:
    """What can be asked for, by name."""
    words = themes_named.RULE_WORDS
    return {
        "theme": explained(
            {"type": "string", "examples": ["stroke,cancer"]},
            f"One theme, or several separated by commas: {', '.join(themes_named.themes(atlas))}",
        ),
        "match": explained(
            one_of("all", "any"), "Plans that name all of the themes, or any of them"
        ),
        "evidence": explained(
            one_of(*words["evidence"]), "Any source, an official one, or two and more"
        ),
        "firm": explained(
            one_of(*words["firm"]),
            "How firmly a source presents the theme: intended (the default) counts a priority, "
            "workstream, programme, aim or proposal; set-out counts the first three; any counts a "
            "mention too",
        ),
        "years": explained(one_of(*words["years"]), "Plans of 2016 and 2017, or later ones too"),
        "region": explained(one_of(*footprints.regions(atlas)), "NHS England region of 2017"),
        "q": explained(
            {"type": "string", "minLength": 2, "maxLength": 100, "examples": ["Wakefield"]},
            "A name, code, council, CCG or trust; misspellings are forgiven",
        ),
        "name": explained(
            {"type": "string", "examples": ["dorset", "E54000041"]},
            "Code, slug, name, or a name of the plan",
        ),
        "measure": explained(one_of(*measures.every(atlas)), "Key of a measure"),
    }
