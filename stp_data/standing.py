"""Sentences that stand out of the plans' priorities: built from the data, ready to quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data import priorities, wording
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints
from stp_data.priorities import Question, Rules

RARE = 3
"""A theme that at most this many plans name is worth naming them for."""
CERTAIN_ENOUGH = 0.05


@dataclass(frozen=True)
class Finding:
    """A sentence, and the question that proves it."""

    text: str
    themes: tuple[str, ...]
    match: priorities.Match
    documents: int
    """Documents in which the naming was read."""


@cache
def findings(atlas: Atlas, rules: Rules) -> tuple[Finding, ...]:
    """The most and least named themes, the broadest official agreement, and the strongest pair."""
    counts, themes = priorities.counts(atlas, rules), priorities.themes(atlas)
    clinical = [key for key in counts if themes[key].kind == "clinical"]
    order = sorted(clinical, key=lambda key: (-counts[key], key))
    enablers = [key for key in counts if themes[key].kind == "enabler"]
    found = [_most(atlas, rules, clinical, "clinical priority")]
    found.append(_most(atlas, rules, enablers, "enabler"))
    found += [_rare(atlas, rules, key) for key in order if 0 < counts[key] <= RARE]
    pairs = [p for p in priorities.together(atlas, rules) if p.phi > 0 and p.q < CERTAIN_ENOUGH]
    if pairs:
        pair = pairs[0]
        names = [themes[key].label.lower() for key in (pair.first, pair.second)]
        found.append(
            Finding(
                f"Plans that name {names[0]} tend to name {names[1]} too: {pair.both} name both, "
                f"{pair.expected:.0f} would if the two had nothing to do with each other.",
                (pair.first, pair.second),
                "all",
                _documents(atlas, rules, (pair.first, pair.second)),
            )
        )
    return tuple(found)


def _most(atlas: Atlas, rules: Rules, keys: list[str], kind: str) -> Finding:
    """What most plans name; several themes when they are level."""
    counts, themes = priorities.counts(atlas, rules), priorities.themes(atlas)
    number = max(counts[key] for key in keys)
    top = tuple(key for key in keys if counts[key] == number)
    names = wording.listed([themes[key].label for key in top])
    verb = f"is the {kind} named" if len(top) == 1 else f"are the {kind}s named"
    each = "" if len(top) == 1 else " each"
    total = len(all_footprints(atlas))
    plural = verb.replace("prioritys", "priorities")
    text = f"{names} {plural} in the most plans: {number} of {total}{each}, in the sources read."
    return Finding(text, top, "any", _documents(atlas, rules, top))


def _rare(atlas: Atlas, rules: Rules, key: str) -> Finding:
    places = all_footprints(atlas)
    codes = priorities.answer(atlas, Question((key,), "all", rules))
    names = "; ".join(places[code].name for code in codes)
    verb = "names" if len(codes) == 1 else "name"
    label = priorities.themes(atlas)[key].label.lower()
    text = f"Only {names} {verb} {label}, in the sources read."
    return Finding(text, (key,), "all", _documents(atlas, rules, (key,)))


def _documents(atlas: Atlas, rules: Rules, keys: tuple[str, ...]) -> int:
    proofs = priorities.evidence(atlas, later=rules.later)
    return len({p.source for (_, theme), found in proofs.items() if theme in keys for p in found})
