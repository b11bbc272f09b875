"""Every answer of the API by the name of its schema, and the schemas of all of them."""

from __future__ import annotations

from typing import Any

from stp_data import Atlas
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from web.api import shapes
from web.api.fields import (
    COUNT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Field,
    Schema,
    itself,
    listed,
    one_of,
    ref,
    shape,
    within,
)  # fmt: skip
from web.api.shapes import EVIDENCE, FIGURE, MEASURE, PLACE, READ, SOURCE, STATED, THEME, Figure

# Measures

MEASURES = shape(
    count=COUNT.of(lambda atlas, _: len(measures.every(atlas))),
    measures=listed(
        shape(
            MEASURE,
            links=shape(self=TEXT.of(lambda _, one: f"/api/v1/measures/{one.key}")).of(itself),
        )
    ).of(lambda atlas, _: measures.every(atlas).values()),
)

_BESIDE_PLACE = within(PLACE, lambda _, pair: pair[0])
_OF_STATISTICS = shape(_BESIDE_PLACE, within(FIGURE, lambda _, pair: pair[1]))
_STATED = shape(_BESIDE_PLACE, within(STATED, lambda _, pair: pair[1]))
Pair = tuple[Footprint, Figure | Stated]


def _write_figure(atlas: Atlas, pair: Pair) -> dict[str, Any]:
    kind = _STATED if isinstance(pair[1], Stated) else _OF_STATISTICS
    written: dict[str, Any] = kind.write(atlas, pair)
    return written


def _figures(atlas: Atlas, key: str) -> list[Pair]:
    everyone = footprints.all_footprints(atlas)
    if key in measures.mapped(atlas):
        by_code = measures.values(atlas, key).by_code
        return [
            (place, shapes.measured(atlas, key, code))
            for code, place in everyone.items()
            if code in by_code
        ]
    return [(everyone[found.code], found) for found in stated_figures.stating(atlas, key)]


def _england(atlas: Atlas, key: str) -> float | None:
    return measures.values(atlas, key).england if key in measures.mapped(atlas) else None


def _without(atlas: Atlas, key: str) -> list[tuple[Footprint, str]]:
    with_figure = {place.code for place, _ in _figures(atlas, key)}
    is_worked_out = measures.every(atlas)[key].kind == "worked out"
    why = "no figure that we use with this scope; " if is_worked_out else ""
    return [
        (place, f"{why}{shapes.not_found(atlas, code)}")
        for code, place in footprints.all_footprints(atlas).items()
        if code not in with_figure
    ]


MEASURE_FIGURES = shape(
    measure=ref("Measure", MEASURE).of(lambda atlas, key: measures.every(atlas)[key]),
    england=MAYBE_NUMBER.about("England's figure; null where there is none").of(_england),
    count=COUNT.of(lambda atlas, key: len(_figures(atlas, key))),
    figures=listed(Field({"anyOf": [_OF_STATISTICS.schema, _STATED.schema]}, _write_figure))
    .about("Of stated measures a footprint may have several, each with its source")
    .of(_figures),
    without=listed(shape(_BESIDE_PLACE, status=TEXT.of(lambda _, pair: pair[1]))).of(_without),
)
"""Written from the key of a measure."""


# Search

FOUND = shape(
    is_certain=YES_OR_NO.about("Whether it can only be the one footprint"),
    count=COUNT.of(lambda _, answer: len(answer.matches)),
    left_out=COUNT.about("Further footprints that match"),
    note=TEXT.about("About the query: a place outside England, for example"),
    sources=listed(SOURCE).about("Where the names and places are from; none for members"),
    matches=listed(
        shape(
            within(PLACE, lambda _, match: match.footprint),
            why=TEXT.about("What matched"),
            score=NUMBER.about("How well the spelling matched, 0 to 100").of(
                lambda _, match: round(match.score, 1)
            ),
            links=shape(
                self=TEXT.of(lambda _, match: f"/api/v1/footprints/{match.footprint.code}")
            ).of(itself),
        )
    ),
)


# Answers that are put together elsewhere

_NAMING = shape(PLACE, READ, themes=listed(shape(key=TEXT, status=TEXT, evidence=listed(EVIDENCE))))
_PRIORITIES = shape(
    sentence=TEXT.about("The finding, ready to quote: a lower bound"),
    rules=TEXT.about("What counts"),
    question=shape(
        themes=listed(THEME),
        match=one_of("all", "any"),
        **{name: one_of(*words) for name, words in themes_named.RULE_WORDS.items()},
        region=MAYBE_TEXT,
    ),
    count=COUNT.about("At least as many plans as this name the themes"),
    of=COUNT,
    found=listed(_NAMING),
    not_found=listed(_NAMING).about(
        "The other footprints: not found, or not as asked for, in the documents read"
    ),
)
_ROWS = shape(
    view=TEXT,
    query=Field({"type": "object", "additionalProperties": TEXT.schema}),
    note=TEXT.about("What the rows show, and what must be known of them"),
    count=COUNT,
    rows=listed(Field({"type": "object"})),
)

SCHEMAS: dict[str, Schema] = {
    "Source": shapes.SOURCE_IN_FULL.schema,
    "Place": PLACE.schema,
    "Figure": FIGURE.schema,
    "Stated": STATED.schema,
    "Evidence": shapes.EVIDENCE_IN_FULL.schema,
    "Measure": MEASURE.schema,
    "Footprints": shapes.FOOTPRINTS.schema,
    "Footprint": shapes.FOOTPRINT.schema,
    "Measures": MEASURES.schema,
    "MeasureFigures": MEASURE_FIGURES.schema,
    "Priorities": _PRIORITIES.schema,
    "Found": FOUND.schema,
    "Rows": _ROWS.schema,
    "Refusal": shape(status=COUNT, title=TEXT, detail=TEXT).schema,
}
"""By name, as the description of the API refers to them."""
