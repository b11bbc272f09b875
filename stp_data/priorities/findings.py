"""Key findings of the plans' priorities: sentences to quote that more reading cannot make false.

Each is a lower bound of the form "At least n of 44 plans name …". What is picked depends on what
was read; what is said of it does not, for a further source can only raise the number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.priorities import association, sharing, themes_named
from stp_data.priorities.themes_named import KINDS, Question, Rules

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
    asked = [Question((key,), "all", rules) for kind in KINDS for key in _most(atlas, rules, kind)]
    for other in (replace(rules, firm="set-out"), replace(rules, evidence="official")):
        if other != rules:
            keys = _most(atlas, other)[:MOST_OF_A_SORT]
            asked += [Question((key,), "all", other) for key in keys]
    asked += [Question(pair, "all", rules) for pair in _pairs(atlas, rules)]
    return tuple(
        Finding(f"{sharing.sentence(atlas, question)}.", question)
        for question in asked
        if themes_named.answer(atlas, question)
    )


def _most(atlas: Atlas, rules: Rules, kind: str | None = None) -> list[str]:
    """Keys of the themes that were found in most plans."""
    counts = themes_named.counts(atlas, rules)
    keys = [k for k, theme in themes_named.themes(atlas).items() if kind in (None, theme.kind)]
    return sorted(keys, key=lambda key: -counts[key])[:MOST]


def _pairs(atlas: Atlas, rules: Rules) -> list[tuple[str, str]]:
    """Pairs of clinical priorities that most plans name together, no theme twice."""
    chosen: list[tuple[str, str]] = []
    for pair in association.pairs_by_plans(atlas, rules, "clinical"):
        if not set(pair) & {key for keys in chosen for key in keys}:
            chosen.append(pair)
    return chosen[:MOST_OF_A_SORT]
