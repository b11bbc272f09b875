"""JSON of who names which themes."""

from __future__ import annotations

from stp_data import Atlas, footprints, priorities, sharing
from stp_data.priorities import Question
from web.api.shapes import Shape, evidence, not_found, place, read, theme


def answer(atlas: Atlas, question: Question) -> Shape:
    """The footprints that name the themes, those where they were not found, and every source."""
    matching = set(priorities.answer(atlas, question))
    asked = {
        code: _footprint(atlas, question, code)
        for code, footprint in footprints.all_footprints(atlas).items()
        if question.region in (None, footprint.region)
    }
    return {
        "sentence": f"{sharing.sentence(atlas, question)}.",
        "rules": sharing.counted(question.rules),
        "question": {
            "themes": [theme(priorities.themes(atlas)[key]) for key in question.themes],
            "match": question.match,
            "evidence": question.rules.strength,
            "years": "all" if question.rules.later else "plans",
            "region": question.region,
        },
        "count": len(matching),
        "of": len(asked),
        "found": [shape for code, shape in asked.items() if code in matching],
        "not_found": [shape for code, shape in asked.items() if code not in matching],
    }


def _footprint(atlas: Atlas, question: Question, code: str) -> Shape:
    named = priorities.named(atlas, question.rules)[code]
    proofs = priorities.evidence(atlas, later=question.rules.later)
    return {
        **place(footprints.all_footprints(atlas)[code]),
        **read(atlas, code),
        "themes": [
            {
                "key": key,
                "status": _status(atlas, question, code, named=key in named, proofs=len(found)),
                "evidence": [evidence(atlas, proof) for proof in found],
            }
            for key in question.themes
            for found in [proofs.get((code, key), ())]
        ],
    }


def _status(atlas: Atlas, question: Question, code: str, *, named: bool, proofs: int) -> str:
    if named:
        return "named"
    if proofs:
        return f"not shown by {sharing.STRENGTHS[question.rules.strength]}"
    return not_found(atlas, code)
