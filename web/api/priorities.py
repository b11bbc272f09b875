"""JSON of who names which themes."""

from __future__ import annotations

from dataclasses import asdict

from stp_data import Atlas
from stp_data.places import footprints
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Evidence, Question
from web.api.fields import Json
from web.api.shapes import EVIDENCE, PLACE, READ, THEME, counted, not_found


def answer(atlas: Atlas, question: Question) -> Json:
    """The footprints found to name the themes, the others, and every source, counted or not."""
    matching = set(themes_named.answer(atlas, question))
    asked = {
        code: _footprint(atlas, question, code)
        for code, footprint in footprints.all_footprints(atlas).items()
        if question.region in (None, footprint.region)
    }
    return {
        "sentence": f"{sharing.sentence(atlas, question)}.",
        "rules": sharing.counted(question.rules),
        "question": {
            "themes": [
                THEME.write(atlas, themes_named.themes(atlas)[key]) for key in question.themes
            ],
            "match": question.match,
            **asdict(question.rules),
            "region": question.region,
        },
        "count": len(matching),
        "of": len(asked),
        "found": [shape for code, shape in asked.items() if code in matching],
        "not_found": [shape for code, shape in asked.items() if code not in matching],
    }


def _footprint(atlas: Atlas, question: Question, code: str) -> Json:
    proofs = themes_named.evidence(atlas, later=True)
    place = footprints.all_footprints(atlas)[code]
    return {
        **PLACE.write(atlas, place),
        **READ.write(atlas, place),
        "themes": [
            {
                "key": key,
                "status": _status(atlas, question, code, found),
                "evidence": [
                    EVIDENCE.write(atlas, pair) for pair in counted(found, question.rules)
                ],
            }
            for key in question.themes
            for found in [proofs.get((code, key), ())]
        ],
    }


def _status(atlas: Atlas, question: Question, code: str, found: tuple[Evidence, ...]) -> str:
    if themes_named.counting(found, question.rules):
        return "named"
    return "found, but not as asked for" if found else not_found(atlas, code)
