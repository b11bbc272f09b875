"""Key findings of the plans' priorities: sentences to quote that more reading cannot make false.

Each is a lower bound of the form "At least n of 44 plans name …". What is picked depends on what
was read; what is said of it does not, for a further source can only raise the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Question, Rules

MOST = 5
"""Themes of a kind that have a sentence each."""
MOST_OF_A_SORT = 3
"""Sentences of each further sort."""


@dataclass(frozen=True)
class Finding:
    """A sentence, and the question whose answer proves it."""

    text: str
    question: Question


@cache
def findings(atlas: Atlas, rules: Rules) -> tuple[Finding, ...]:
    """At least how many plans name the themes that were found most, in four ways.

    Clinical priorities and enablers; themes set out firmly; themes in official sources; pairs.
    """
    asked = [
        *(
            Question((key,), "all", rules)
            for kind in ("clinical", "enabler")
            for key in _most_found(atlas, rules, kind)[:MOST]
        ),
        *_by_other_rules(atlas, rules, replace(rules, firmness="set_out")),
        *_by_other_rules(atlas, rules, replace(rules, strength="official")),
        *_pairs(atlas, rules),
    ]
    return tuple(
        Finding(f"{sharing.sentence(atlas, question)}.", question)
        for question in asked
        if themes_named.answer(atlas, question)
    )


def _most_found(atlas: Atlas, rules: Rules, kind: str | None = None) -> list[str]:
    """Keys of themes, those found in most plans first."""
    counts = themes_named.counts(atlas, rules)
    return sorted(
        (key for key, theme in themes_named.themes(atlas).items() if kind in (None, theme.kind)),
        key=lambda key: -counts[key],
    )


def _by_other_rules(atlas: Atlas, rules: Rules, other: Rules) -> Iterable[Question]:
    """The most found themes by other rules, where a reader does not ask for these already."""
    if other == rules:
        return []
    return [Question((key,), "all", other) for key in _most_found(atlas, other)[:MOST_OF_A_SORT]]


def _pairs(atlas: Atlas, rules: Rules) -> Iterable[Question]:
    """Pairs of clinical priorities that most plans name together, no theme twice."""
    chosen: list[tuple[str, str]] = []
    for pair in themes_named.pairs_by_plans(atlas, rules, "clinical"):
        if not set(pair) & {key for keys in chosen for key in keys}:
            chosen.append(pair)
    return [Question(keys, "all", rules) for keys in chosen[:MOST_OF_A_SORT]]
