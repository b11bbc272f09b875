"""What others counted over all or most plans, theme by theme, to compare with our own counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.places import footprints
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Evidence, Rules

PART_OF_THEME = frozenset({"hospital-cuts-bbc"})
"""Counts of plans that name a part of the theme only, so that ours may be higher or lower.

Judged by people: cuts are one way of reorganising hospital services.
"""
DENIED = "do not name it"
"""What a list of footprints means (column listed) whose plans are said not to name the theme."""
LISTS = frozenset({"example", "examples", "exception", "exceptions", "all in London"})
"""Words for a list by name, which tells of no number."""
ANY = Rules(firm="any")
"""Any mention in the plans of 2016 and 2017: what others mean by naming."""


@dataclass(frozen=True)
class Count:
    """One count by others."""

    key: str
    theme: str
    """Empty where it is of something else than a theme."""
    who: str
    """The organisation that counted."""
    number: int | None
    """As they give it; None where they give none."""
    unit: str
    of: int | None
    """How many plans they looked at; None if not said."""
    what: str
    """What they counted: "Plans that …"."""
    said: str
    """Their own word where they give no number: most, half."""
    names: str
    """"yes": plans that name the theme at all; "priority": that make it one; empty: neither."""
    footprints: tuple[str, ...]
    """Codes, where they list footprints by name."""
    listed: str
    """What the list means."""
    as_of: str
    source: str
    confidence: str
    note: str

    @property
    def value(self) -> str:
        """The number or word as they give it."""
        return self.said if self.number is None else f"{self.number:,}"

    @property
    def figure(self) -> str:
        """The same with what was counted, unless plans, and among how many: 41 per cent (of 44)."""
        unit = "" if self.unit == "plans" else f" {self.unit}"
        return f"{self.value}{unit}{f' (of {self.of})' if self.of else ''}"

    @property
    def by(self) -> str:
        """Who counted, as in the middle of a sentence."""
        return f"the {self.who}" if self.who.split()[0] in _WITH_ARTICLE else self.who


_WITH_ARTICLE = frozenset({"British", "Institute", "Local", "National", "Royal"})


@cache
def counts(atlas: Atlas) -> tuple[Count, ...]:
    """All of them; those that may stand beside a count of naming first, then the surest."""
    order = ("high", "medium", "low")
    found = []
    for row in records(atlas.counts_by_others):
        row |= {name: None if pd.isna(row[name]) else int(row[name]) for name in ("count", "of")}
        own = {name: row[name] for name in Count.__dataclass_fields__ if name in row}
        own["footprints"] = tuple(row["footprints"].split())
        found.append(Count(key=row["count_id"], number=row["count"], **own))
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.names, one.names != "yes", one.unit != "plans",
                order.index(one.confidence), one.key,
            ),
        )
    )  # fmt: skip


def of_theme(atlas: Atlas, theme: str) -> tuple[Count, ...]:
    """Those about one theme."""
    return tuple(one for one in counts(atlas) if one.theme == theme)


def by_name(atlas: Atlas, count: Count) -> str:
    """The footprints that a count lists, and what the list means; empty without a list."""
    places = footprints.all_footprints(atlas)
    named = wording.listed([places[code].name for code in count.footprints])
    return f"By name ({count.listed}): {named}" if named else ""


def compared(atlas: Atlas, theme: str, rules: Rules) -> str:
    """Our count of naming beside what others counted, and why they differ.

    One or two sentences; empty where nobody counted plans for the theme.
    """
    ours = themes_named.counts(atlas, rules)[theme]
    plans = [one for one in of_theme(atlas, theme) if one.unit == "plans" and one.said not in LISTS]
    naming = [one for one in plans if one.names]
    if not plans:
        return ""
    verb = "names" if ours == 1 else "name"
    start = f"Our sources show at least {wording.count(ours, 'plan', 'plans')} that {verb} it"
    if not naming:
        other = plans[0]
        among = f", of the {other.of} they looked at" if other.of else ""
        return (
            f"{start}. {other.by[0].upper()}{other.by[1:]} counted something else, so the two "
            f"can't be compared: {other.what[0].lower()}{other.what[1:]} ({other.value}{among})."
        )
    said = [_said(atlas, who, naming) for who in dict.fromkeys(one.who for one in naming)]
    return f"{start}; {'; '.join(said)}. {_difference(atlas, ours, naming, rules)}"


def _said(atlas: Atlas, who: str, naming: list[Count]) -> str:
    """What one body says, its second count as a part of its first."""
    first, *more = [one for one in naming if one.who == who]
    every = "all " if first.of == len(footprints.all_footprints(atlas)) else ""
    looked = f", which looked at {every}{first.of} plans," if first.of else ""
    if first.number is None:
        verb = _rest(first).removeprefix("that ").replace("with ", "have ", 1)
        text = f"{first.by}{looked} says that {first.said} {verb}"
    else:
        text = f"{first.by}{looked} found {first.number} {_rest(first)}"
    return text + "".join(f", {one.value} of them {_rest(one)}" for one in more)


def _rest(one: Count) -> str:
    """What was counted, after "Plans"."""
    return one.what.removeprefix("Plans ")


def _difference(atlas: Atlas, ours: int, naming: list[Count], rules: Rules) -> str:
    """Why our count and the first of theirs are not the same, in a sentence."""
    first, half = naming[0], len(footprints.all_footprints(atlas)) / 2
    if first.key in PART_OF_THEME:
        return "That is a part of this theme only, so ours may be higher or lower."
    if first in exceeded(atlas):
        return "The two can't both be right: see the Evidence page."
    if first.number is None and ours > half:
        return "That agrees with our count."
    left_out = "" if rules.firm == "any" else ", and leave out passing mentions"
    return (
        "Ours is lower because we read documents about each plan, in most cases their openings, "
        f"not whole plans{left_out}."
        if first.number is None or ours < first.number
        else "Ours is a lower bound too, so the number can be higher."
    )


@cache
def exceeded(atlas: Atlas) -> tuple[Count, ...]:
    """Counts over all 44 plans that are smaller than the least number that our sources show.

    The two cannot both be right. Of priorities, only what sources call a priority is compared.
    """
    all_of_them = len(footprints.all_footprints(atlas))
    return tuple(
        one
        for one in counts(atlas)
        if one.names
        and one.number is not None
        and (one.unit, one.of) == ("plans", all_of_them)
        and one.key not in PART_OF_THEME
        and len(shown_by(atlas, one)) > one.number
    )


def shown_by(atlas: Atlas, count: Count) -> dict[str, tuple[Evidence, ...]]:
    """The footprints whose plan names the theme by our sources, as the count means it."""
    found = {}
    for code in footprints.all_footprints(atlas):
        listed = themes_named.counting_for(atlas, code, count.theme, ANY)
        if count.names == "priority":
            listed = tuple(proof for proof in listed if proof.how == "priority")
        if listed:
            found[code] = listed
    return found


@cache
def contradicted(atlas: Atlas) -> tuple[tuple[Count, str, tuple[Evidence, ...]], ...]:
    """Footprints that others list as not naming a theme, and our sources of that time that do.

    A source dated after they said so may tell of a later document, and is no contradiction.
    """
    found = []
    for one in counts(atlas):
        for code in one.footprints if one.listed == DENIED else ():
            known = themes_named.counting_for(atlas, code, one.theme, ANY)
            # A month or year that their day lies in is not after it.
            before = tuple(p for p in known if p.as_of and p.as_of <= one.as_of[: len(p.as_of)])
            if before:
                found.append((one, code, before))
    return tuple(found)
