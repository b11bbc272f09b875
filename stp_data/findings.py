"""Sentences that stand out of the plans' priorities: built from the data, ready to quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data import priorities, sharing, wording
from stp_data.atlas import Atlas
from stp_data.footprints import all_footprints
from stp_data.priorities import Question, Rules

RARE = 3
"""A theme that at most this many plans name is worth naming them for."""
MOST_RARE = 5
CERTAIN_ENOUGH = 0.05
PLURALS = {"clinical priority": "clinical priorities", "enabler": "enablers"}


@dataclass(frozen=True)
class Finding:
    """A sentence, and the question whose answer proves it."""

    text: str
    question: Question


@cache
def findings(atlas: Atlas, rules: Rules) -> tuple[Finding, ...]:
    """The most and the least named themes, the least official one, and the firmest pair.

    Sentences that the data do not bear out are left out.
    """
    themes = priorities.themes(atlas)
    clinical = [key for key, theme in themes.items() if theme.kind == "clinical"]
    enablers = [key for key, theme in themes.items() if theme.kind == "enabler"]
    counts = priorities.counts(atlas, rules)
    rare = sorted((key for key in themes if 0 < counts[key] <= RARE), key=lambda k: counts[k])
    return (
        _most(atlas, rules, clinical, "clinical priority"),
        _most(atlas, rules, enablers, "enabler"),
        *(_rare(atlas, rules, key) for key in rare[:MOST_RARE]),
        *_depends_on_the_source(atlas, rules),
        *_pair(atlas, rules),
    )


def _label(atlas: Atlas, key: str) -> str:
    return priorities.themes(atlas)[key].label.lower()


def _most(atlas: Atlas, rules: Rules, keys: list[str], kind: str) -> Finding:
    """What most plans name; several themes when they are level."""
    counts = priorities.counts(atlas, rules)
    number = max(counts[key] for key in keys)
    top = tuple(key for key in keys if counts[key] == number)
    names = wording.listed([_label(atlas, key) for key in top])
    names = names[0].upper() + names[1:]
    what = f"is the {kind}" if len(top) == 1 else f"are the {PLURALS[kind]}"
    each = "" if len(top) == 1 else " each"
    text = (
        f"{names} {what} named in the most plans: {number} of {len(all_footprints(atlas))}{each}, "
        f"{sharing.READ_IN[rules.strength]}."
    )
    return Finding(text, Question(top, "any", rules))


def _rare(atlas: Atlas, rules: Rules, key: str) -> Finding:
    question = Question((key,), "all", rules)
    places = all_footprints(atlas)
    names = [places[code].name for code in priorities.answer(atlas, question)]
    verb = "names" if len(names) == 1 else "name"
    # Names of footprints have commas and "and" of their own.
    who, read_in = "; ".join(names), sharing.READ_IN[rules.strength]
    return Finding(f"Only {who} {verb} {_label(atlas, key)}, {read_in}.", question)


def _depends_on_the_source(atlas: Atlas, rules: Rules) -> list[Finding]:
    """The theme whose count falls most when only official sources count."""
    if rules.strength != "any":
        return []
    anyone = priorities.counts(atlas, rules)
    official = priorities.counts(atlas, Rules("official", rules.later))
    key = max(anyone, key=lambda theme: (anyone[theme] - official[theme], theme))
    text = (
        f"No count rests more on unofficial sources than that of {_label(atlas, key)}: "
        f"{anyone[key]} plans name it by any source read, {official[key]} by an official one."
    )
    return [Finding(text, Question((key,), "all", rules))] if anyone[key] > official[key] else []


def _pair(atlas: Atlas, rules: Rules) -> list[Finding]:
    """The firmest pair that chance does not explain, if there is one."""
    firm = [p for p in priorities.together(atlas, rules) if p.phi > 0 and p.q < CERTAIN_ENOUGH]
    if not firm:
        return []
    pair = firm[0]
    text = (
        f"Plans that name {_label(atlas, pair.first)} tend to name {_label(atlas, pair.second)} "
        f"too: {pair.both} name both; {pair.expected:.0f} would if the two had nothing to do with "
        "each other."
    )
    return [Finding(text, Question((pair.first, pair.second), "all", rules))]
