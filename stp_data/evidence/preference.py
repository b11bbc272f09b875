"""Why one figure or title is used and another is not, in the order of docs/methods.md.

Which figure is used is in the tables; here is only the first rule that puts it before a rival.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated

SAME_AMOUNT = "the same amount"
NEVER_LOW = "we don't use figures of low confidence"
OFFICIAL_FIRST = "official sources come first"
NOT_LATER = "documents of the plan's time come before those of 2019 or later"
NO_DRAFT = "later versions come before drafts and early estimates"
SCOPE_FIRST = "figures that say what they cover come first"
EXACT_FIRST = "exact figures come before rounded ones"
JUDGED = "by our judgement, because no rule decides"
FIRST_RELEASE = "it is the first release"
FULL_TITLE = "the full title comes before its short form"
TITLE_OF_2016 = "the title of the 2016 plan comes before that of a later document"

LATER_SYSTEM = "2019"
"""From this year on a document describes integrated care systems, not the plan."""
_DRAFT = re.compile(r"\bdrafts?\b|\bearl(y|ier)\b|version of June|replaced by", re.IGNORECASE)
_ROUNDING = 0.005


def is_same_amount(one: float, other: float) -> bool:
    """Whether two amounts are one, rounded differently: within half a per cent."""
    return abs(one - other) <= _ROUNDING * max(one, other)


def _only_first_is_official(atlas: Atlas, first: str, second: str) -> bool:
    return sources.source(atlas, first).official and not sources.source(atlas, second).official


def figure_reason(atlas: Atlas, one: Stated, used: Stated) -> str:
    """The first rule that puts ``used`` before ``one``."""
    if (one.value, one.value_to) == (used.value, used.value_to):
        return SAME_AMOUNT
    if one.confidence == "low":
        return NEVER_LOW
    if _only_first_is_official(atlas, used.source, one.source):
        return OFFICIAL_FIRST
    is_official = sources.source(atlas, one.source).official
    if is_official and one.as_of >= LATER_SYSTEM > used.as_of:
        return NOT_LATER
    if _DRAFT.search(one.note) and one.as_of <= (used.as_of or "9999"):
        return NO_DRAFT
    if used.scope != "not stated" and one.scope == "not stated":
        return SCOPE_FIRST
    if used.qualifier == "exact" and one.qualifier != "exact":
        return EXACT_FIRST
    return JUDGED


def why_unresolved(atlas: Atlas, rivals: Sequence[Stated], figures: Sequence[Stated]) -> str:
    """Why none of ``rivals``, among all ``figures`` of their measure, is used."""
    if len({one.source for one in rivals}) == 1:
        return "one document gives all the figures (see the notes)"
    if all(one.confidence == "low" for one in rivals):
        return "every figure is of low confidence"
    totals = [
        one.value
        for one in stated_figures.stated(atlas, rivals[0].code)
        if one.measure == "finance_gap_cumulative" != rivals[0].measure
    ]
    if any(is_same_amount(one.value, total) for one in rivals for total in totals):
        return "the same amount is given for one year and as a total over several"
    if any(one.preferred for one in figures):
        return "these figures don't cover the same as the figure we use"
    if not any(sources.source(atlas, one.source).official for one in rivals):
        return "no source is official, and the figures are far apart"
    return "the sources don't say enough to choose (see the notes)"


def title_reason(atlas: Atlas, row: dict[str, Any], used: dict[str, Any]) -> str:
    """The first rule that puts one row of plan_names before another."""
    if used["name"].startswith(row["name"]):
        return FULL_TITLE
    if row["as_of"] >= "2017" > used["as_of"]:
        return TITLE_OF_2016
    if _only_first_is_official(atlas, used["source"], row["source"]):
        return OFFICIAL_FIRST
    return JUDGED
