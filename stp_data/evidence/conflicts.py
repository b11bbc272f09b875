"""Where sources differ on the same fact: the rival rows, the one preferred, and why.

Figures of different scope, of different years, or of one year against a sum over several are not
the same fact: ``unlike`` lists those. docs/methods.md says how each kind is told.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.money import sums
from stp_data.places import footprints, measures
from stp_data.plans import leads, plans, stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import counts_by_others, themes_named
from stp_data.priorities.counts_by_others import Count
from stp_data.priorities.themes_named import Evidence

KINDS = {
    "gap": "Gaps",
    "people": "Numbers of people",
    "capital": "Capital",
    "lead": "Leads",
    "date": "Dates of publication",
    "title": "Titles of plans",
    "event": "Events",
    "theme": "Themes that plans name",
    "national": "National figures",
}
"""What sources differ on, and what each is called on screen."""
ENGLAND = "ENG"
LATER_SYSTEM = "2019"
"""From this year on a document describes the later system, not the plan."""
SAME_SUM = (
    frozenset({"F0052", "F0050"}),
    frozenset({"F0440", "F0438"}),
    frozenset({"F1167", "F1168"}),
    frozenset({"F1323", "F1322"}),
    frozenset({"F1741", "F1740"}),
    frozenset({"F2577", "F2579"}),
)
"""Rows of plan_sums, by the first raw row that they rest on, that are sums for the same purpose.

Judged by people: no column says which purposes are one.
"""
_DRAFT = re.compile(r"\bdrafts?\b|\bearl(y|ier)\b|version of June|replaced by", re.IGNORECASE)
_SAME_AMOUNT = 0.005
"""Amounts this near to each other (half a per cent) are one amount, rounded differently."""


@dataclass(frozen=True)
class Rival:
    """One source's word."""

    text: str
    """The figure, date, name or title in words."""
    scope: str
    as_of: str
    sources: tuple[str, ...]
    confidence: str
    preferred: bool
    why: str
    """Why it goes first or gives way; empty where nothing settles it."""
    note: str


@dataclass(frozen=True)
class Conflict:
    """Sources that differ on one fact."""

    key: str
    """Stable: stated:E54000008:finance_gap_2020_21."""
    kind: str
    code: str
    """Footprint, or ENG."""
    about: str
    rivals: tuple[Rival, ...]
    """The preferred one first."""
    rule: str
    """What chose the preferred one, or that nothing did: a sentence."""
    also: tuple[str, ...] = ()
    """Of an event that several footprints share: their codes."""

    @property
    def settled(self) -> bool:
        """Whether one is preferred."""
        return any(rival.preferred for rival in self.rivals)

    @property
    def figures(self) -> int:
        """How many different figures, dates or names there are."""
        # What follows a date says how and by whom.
        end = {"date": ",", "event": "."}.get(self.kind, "\n")
        return len({rival.text.split(end)[0] for rival in self.rivals})


@dataclass(frozen=True)
class Unlike:
    """Rows that look like rivals and are not the same thing."""

    code: str
    rows: tuple[Rival, ...]
    why: str


@cache
def conflicts(atlas: Atlas) -> tuple[Conflict, ...]:
    """All of them, by kind and footprint."""
    found = [
        *_stated(atlas),
        *_sums(atlas),
        *_leads(atlas),
        *_dates(atlas),
        *_titles(atlas),
        *_events(atlas),
        *_themes(atlas),
        *_national(atlas),
    ]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.code, one.key)))


@cache
def by_key(atlas: Atlas) -> dict[str, Conflict]:
    """Every conflict by its key."""
    return {one.key: one for one in conflicts(atlas)}


def of_figure(atlas: Atlas, code: str, measure: str) -> Conflict | None:
    """The conflict over one stated figure of a footprint, if sources differ on it."""
    return by_key(atlas).get(f"stated:{code}:{measure}")


def select(
    found: tuple[Conflict, ...], *, kind: str | None = None, code: str | None = None
) -> tuple[Conflict, ...]:
    """Those of ``found`` of a kind and a footprint; None asks for nothing."""
    return tuple(
        one for one in found if kind in (None, one.kind) and code in (None, one.code, *one.also)
    )


def of_lead(atlas: Atlas, code: str, role: str) -> Conflict | None:
    """The conflict over who held a role, if sources differ on it."""
    return by_key(atlas).get(f"lead:{code}:{role.replace(' ', '-')}")


def of_title(atlas: Atlas, code: str) -> Conflict | None:
    """The conflict over the title of a plan, if sources differ on it."""
    return by_key(atlas).get(f"title:{code}")


@cache
def of_date(atlas: Atlas, code: str) -> Conflict | None:
    """The conflict over the date that a plan became public, if sources differ on it."""
    return next((one for one in select(conflicts(atlas), kind="date", code=code)), None)


def of_event(atlas: Atlas, happening: str) -> Conflict | None:
    """The conflict over when something happened, if sources differ on it."""
    return by_key(atlas).get(f"event:{happening}")


@cache
def of_words(atlas: Atlas, kind: str, code: str, words: str) -> Conflict | None:
    """The conflict over a sum or an event of which the table says this, if sources differ."""
    return next(
        (
            one
            for one in select(conflicts(atlas), kind=kind, code=code)
            if any(rival.text.endswith(words) for rival in one.rivals)
        ),
        None,
    )


@cache
def citing(atlas: Atlas, source: str) -> tuple[Conflict, ...]:
    """Those in which a source has a word."""
    return tuple(
        one for one in conflicts(atlas) if any(source in rival.sources for rival in one.rivals)
    )


def place(atlas: Atlas, code: str) -> str:
    """Name of a footprint, or England."""
    return "England" if code == ENGLAND else footprints.all_footprints(atlas)[code].name


def headline(atlas: Atlas) -> str:
    """How many there are, and how many of them nothing settles."""
    found = conflicts(atlas)
    open_ones = sum(not one.settled for one in found)
    return (
        f"Sources differ on {wording.count(len(found), 'fact', 'facts')}; for {open_ones} of them "
        "nothing settles which is right"
    )


# --- stated figures ------------------------------------------------------------------------------


def _stated(atlas: Atlas) -> Iterator[Conflict]:
    for code in footprints.all_footprints(atlas):
        by_measure: dict[str, list[Stated]] = defaultdict(list)
        for figure in stated_figures.stated(atlas, code):
            by_measure[figure.measure].append(figure)
        for key, figures in by_measure.items():
            rivals = [one for one in figures if any(is_rival(one, o, figures) for o in figures)]
            if rivals:
                yield _over_figures(atlas, code, key, rivals, figures)


def is_rival(one: Stated, other: Stated, figures: Iterable[Stated]) -> bool:
    """Whether two figures of one measure differ on the same fact.

    Their amounts differ, and their scopes are the same or may be: a figure whose scope is not
    stated may be of any scope but social care alone. It is taken to be of the scope of a figure
    of the same amount where there is one. Figures of different years are never of the same fact,
    nor are those of parts of a footprint.
    """
    if (one.value, one.value_to) == (other.value, other.value_to) or one.measure != other.measure:
        return False
    if one.measure == "finance_gap_local":
        return False
    if _year(one) != _year(other):
        return False
    here, there = scope_of(one, figures), scope_of(other, figures)
    unsaid = "not stated" in (here, there) and "social care" not in (here, there)
    return here == there or unsaid


def _year(one: Stated) -> str:
    """Year that a figure describes, where its measure does not say so already.

    Of a deficit "of now" that names no year it is the year in which it was said.
    """
    return one.period or (one.as_of[:4] if one.measure == "finance_gap_current" else "")


def scope_of(one: Stated, figures: Iterable[Stated]) -> str:
    """Its scope as stated; else that of a figure of the same amount; else "not stated"."""
    if one.scope != "not stated":
        return one.scope
    for other in figures:
        if other.scope != "not stated" and _same_amount(one.value, other.value):
            return other.scope
    return one.scope


def _same_amount(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_AMOUNT * max(one, other)


def _over_figures(
    atlas: Atlas, code: str, key: str, rivals: list[Stated], figures: list[Stated]
) -> Conflict:
    chosen = next((one for one in rivals if one.preferred), None)
    reasons: dict[str, list[str]] = defaultdict(list)
    rows = []
    for one in rivals:
        why = "" if chosen is None or one is chosen else _gives_way(atlas, one, chosen)
        if why and why != _SAME:
            reasons[why].append(stated_figures.amount(one))
        rows.append(_figure(one, why))
    if chosen is not None:
        because = "; ".join(
            f"{why} ({', '.join(dict.fromkeys(texts))})" for why, texts in reasons.items()
        )
        amount = stated_figures.amount(chosen)
        rule = f"{amount[0].upper()}{amount[1:]} is preferred: {because}."
    else:
        rule = f"Nothing settles it: {_unsettled(atlas, rivals, figures)}."
    return Conflict(
        key=f"stated:{code}:{key}",
        kind="people" if key == "population_stated" else "gap",
        code=code,
        about=measures.measure(atlas, key).label,
        rivals=tuple(rows),
        rule=rule,
    )


def _figure(one: Stated, why: str) -> Rival:
    scope = "" if one.measure == "population_stated" else stated_figures.SCOPES[one.scope]
    return Rival(
        stated_figures.amount(one), scope, one.as_of, (one.source,), one.confidence, one.preferred,
        why, one.note,
    )  # fmt: skip


_SAME = "the same amount"
OFFICIAL_FIRST = "official before others"
NEVER_LOW = "never one of low confidence"
NOT_LATER = "a document of the plan's time before one of 2019 or later"
NO_DRAFT = "a later version before a draft or an early estimate"
SCOPE_FIRST = "a stated scope before none"
EXACT_FIRST = "an exact figure before a rounded one"
JUDGED = "by judgement where no clause of the rule decides, as the notes say"


def _gives_way(atlas: Atlas, one: Stated, chosen: Stated) -> str:
    """The first clause of the rule that puts ``chosen`` before ``one``."""
    if one.value == chosen.value and one.value_to == chosen.value_to:
        return _SAME
    if one.confidence == "low":
        return NEVER_LOW
    official, counts_by_others = (sources.source(atlas, f.source).official for f in (chosen, one))
    if official and not counts_by_others:
        return OFFICIAL_FIRST
    if counts_by_others and one.as_of >= LATER_SYSTEM > chosen.as_of:
        return NOT_LATER
    if _DRAFT.search(one.note) and not one.as_of > (chosen.as_of or "9999"):
        return NO_DRAFT
    if chosen.scope != "not stated" and one.scope == "not stated":
        return SCOPE_FIRST
    if chosen.qualifier == "exact" and one.qualifier != "exact":
        return EXACT_FIRST
    return JUDGED


def _unsettled(atlas: Atlas, rivals: list[Stated], figures: list[Stated]) -> str:
    """Why the rule prefers none."""
    if len({one.source for one in rivals}) == 1:
        return "one document gives them all, as the notes say"
    if all(one.confidence == "low" for one in rivals):
        return "each figure is of low confidence"
    cumulative = [
        one.value
        for one in stated_figures.stated(atlas, rivals[0].code)
        if one.measure == "finance_gap_cumulative" != rivals[0].measure
    ]
    if any(_same_amount(one.value, total) for one in rivals for total in cumulative):
        return "the same amount is given for one year and as a sum over several"
    if any(one.preferred for one in figures):
        return "these figures are of another scope than the preferred one"
    if not any(sources.source(atlas, one.source).official for one in rivals):
        return "no source is official, and they are apart"
    return "the sources do not say enough to choose, as the notes say"


# --- capital -------------------------------------------------------------------------------------


def _sums(atlas: Atlas) -> Iterator[Conflict]:
    rows = records(atlas.plan_sums)
    for same in SAME_SUM:
        found = [row for row in rows if row["facts"].split()[0] in same]
        if len({(row["value"], row["qualifier"]) for row in found}) < 2:
            continue
        code, kind = found[0]["code"], found[0]["kind"]
        stated = {one.purpose: one for one in sums.sums(atlas, code)}
        yield Conflict(
            key=f"sum:{code}:{kind.replace(' ', '-')}",
            kind="capital",
            code=code,
            about=kind.capitalize(),
            rivals=tuple(
                _row(row, f"{sums.sum_of_money(stated[row['summary']])}. {row['summary']}")
                for row in found
            ),
            rule="Nothing settles it: of capital and savings no figure is ever preferred.",
        )


def _row(row: dict[str, Any], text: str, *, preferred: bool = False, why: str = "") -> Rival:
    """A row of any table with a source, a confidence and a note."""
    cited = (row["source"], *row.get("also", "").split())
    confidence, note = row.get("confidence", ""), row["note"]
    return Rival(text, "", row.get("as_of", ""), cited, confidence, preferred, why, note)


# --- leads ---------------------------------------------------------------------------------------


def _leads(atlas: Atlas) -> Iterator[Conflict]:
    for code in footprints.all_footprints(atlas):
        everyone = plans.leads(atlas, code)
        first = plans.first_lead(everyone)
        by_role: dict[str, list[plans.Lead]] = defaultdict(list)
        for one, other in combinations(everyone, 2):
            if leads.at_odds(atlas, one, other):
                by_role[one.role] += [
                    lead for lead in (one, other) if lead not in by_role[one.role]
                ]
        for role, rivals in by_role.items():
            rule = (
                f"{first.name} is named in summaries: the earliest of 2016 or 2017. The sources do "
                "not settle who led from when to when."
                if first in rivals and first
                else "Nothing settles it: the sources do not say who held the role when."
            )
            yield Conflict(
                key=f"lead:{code}:{role.replace(' ', '-')}",
                kind="lead",
                code=code,
                about=f"Who was {role} at one time",
                rivals=tuple(
                    Rival(
                        text=one.name,
                        scope=", ".join(part for part in (one.title, one.organisation) if part),
                        as_of=one.start or one.as_of,
                        sources=one.sources,
                        confidence=one.confidence,
                        preferred=one is first,
                        why="the earliest of 2016 or 2017" if one is first else "",
                        note=one.note,
                    )
                    for one in rivals
                ),
                rule=rule,
            )


# --- dates and titles of plans -------------------------------------------------------------------


def _clash(given: Iterable[str]) -> bool:
    return any(not dates.agree(one, other) for one, other in combinations(given, 2))


def _dates(atlas: Atlas) -> Iterator[Conflict]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in records(atlas.publications):
        # A leak is another event than the publication, and two leaks can be of two drafts.
        if row["how"] != "leaked":
            groups[row["code"], row["version"]].append(row)
    for (code, version), rows in groups.items():
        if not _clash(row["published"] for row in rows):
            continue
        plan = plans.plan(atlas, code)

        def chosen(row: dict[str, Any], plan: plans.Plan = plan) -> bool:
            return (row["published"], row["source"]) == (plan.published, plan.published_source)

        first = min(row["published"] for row in rows)
        if not any(chosen(row) for row in rows):
            why, rule = "", "Nothing settles it: no date is preferred."
        else:
            why = "the first release" if dates.agree(plan.published, first) else JUDGED
            rule = f"{wording.date(plan.published)} is preferred: {why}."
        yield Conflict(
            key=f"published:{code}:{version}",
            kind="date",
            code=code,
            about=f"When the plan became public ({plans.VERSIONS[version]})",
            rivals=_preferred_first(
                _row(
                    row,
                    f"{wording.date(row['published'])}, {plans.HOW_PUBLISHED[row['how']]}"
                    + (f": {row['published_by']}" if row["published_by"] else ""),
                    preferred=chosen(row),
                    why=why if chosen(row) else "",
                )
                for row in sorted(rows, key=lambda row: row["published"])
            ),
            rule=rule,
        )


def _preferred_first(rivals: Iterable[Rival]) -> tuple[Rival, ...]:
    return tuple(sorted(rivals, key=lambda rival: not rival.preferred))


def _titles(atlas: Atlas) -> Iterator[Conflict]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(atlas.plan_names[atlas.plan_names["kind"] == "plan"]):
        groups[row["code"]].append(row)
    for code, rows in groups.items():
        if len({row["name"] for row in rows}) < 2:
            continue
        title = plans.plan(atlas, code).name
        chosen = next((row for row in rows if row["name"] == title), None)
        reasons = {
            row["name"]: "" if chosen is None or row is chosen else _not_title(atlas, row, chosen)
            for row in rows
        }
        because = "; ".join(dict.fromkeys(why for why in reasons.values() if why))
        yield Conflict(
            key=f"title:{code}",
            kind="title",
            code=code,
            about="Title of the plan",
            rivals=_preferred_first(
                _row(row, row["name"], preferred=row is chosen, why=reasons[row["name"]])
                for row in rows
            ),
            rule=f"“{title}” is preferred: {because}." if chosen else "Nothing settles it.",
        )


def _not_title(atlas: Atlas, row: dict[str, Any], chosen: dict[str, Any]) -> str:
    if chosen["name"].startswith(row["name"]):
        return "the full title before its short form"
    if row["as_of"] >= "2017" > chosen["as_of"]:
        return "the title of the plan of 2016 before that of a later document"
    official, other = (sources.source(atlas, r["source"]).official for r in (chosen, row))
    return OFFICIAL_FIRST if official and not other else JUDGED


# --- events and national figures -----------------------------------------------------------------


def _events(atlas: Atlas) -> Iterator[Conflict]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(atlas.events):
        if row["happening"] and row["date"]:
            groups[row["happening"]].append(row)
    for happening, rows in groups.items():
        if not _clash(row["date"] for row in rows):
            continue
        codes = sorted({row["code"] for row in rows})
        rivals: dict[tuple[str, str, str], Rival] = {}
        for row in sorted(rows, key=lambda row: (row["date"], row["code"])):
            text = f"{wording.date(row['date'])}. {row['summary']}"
            rivals.setdefault((row["date"], row["summary"], row["source"]), _row(row, text))
        yield Conflict(
            key=f"event:{happening}",
            kind="event",
            code=codes[0] if len(codes) == 1 else ENGLAND,
            about=f"When it happened: {happening.replace('-', ' ')}",
            rivals=tuple(rivals.values()),
            rule="Nothing settles it: of events each date is shown and none is preferred.",
            also=tuple(codes),
        )


def _national(atlas: Atlas) -> Iterator[Conflict]:
    series = {row["series"]: row for row in records(atlas.series)}
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in records(atlas.national):
        groups[row["series"], row["period"], row["basis"]].append(row)
    for (key, period, basis), rows in groups.items():
        if len({(row["value"], _upper(row)) for row in rows}) > 1:
            named = f"{key}:{footprints.slugify(f'{period} {basis}')}"
            yield Conflict(
                key=f"national:{named}",
                kind="national",
                code=ENGLAND,
                about=f"{series[key]['label']}, {period}",
                rivals=tuple(_row(row, _point(series[key]["unit"], row)) for row in rows),
                rule="Nothing settles it: of national figures none is preferred.",
            )


def _upper(row: dict[str, Any]) -> float | None:
    return None if math.isnan(row["value_to"]) else row["value_to"]


def _point(unit: str, row: dict[str, Any]) -> str:
    to = "" if _upper(row) is None else f" to {row['value_to']:,g}"
    words = "" if row["qualifier"] in ("exact", "range") else f"{row['qualifier']} "
    return f"{words}{row['value']:,g}{to} {unit}" + (f", {row['basis']}" if row["basis"] else "")


# --- themes, by what others counted ---------------------------------------------------------------


def _themes(atlas: Atlas) -> Iterator[Conflict]:
    """Where what others counted over all plans and what our sources show cannot both be right."""
    for count in counts_by_others.exceeded(atlas):
        shown = counts_by_others.shown_by(atlas, count)
        ours = [
            (f"at least {len(shown)} plans, by our sources", proofs[0]) for proofs in shown.values()
        ]
        yield _over_theme(atlas, count, ENGLAND, f"{count.number} plans. {count.what}", ours)
    for count, code, proofs in counts_by_others.contradicted(atlas):
        ours = [(f"Names it ({proof.how})", proof) for proof in proofs]
        yield _over_theme(atlas, count, code, "Does not name it", ours)


def _over_theme(
    atlas: Atlas, count: Count, code: str, theirs: str, ours: list[tuple[str, Evidence]]
) -> Conflict:
    label = themes_named.themes(atlas)[count.theme].label.lower()
    question = "How many plans name" if code == ENGLAND else "Whether the plan names"
    return Conflict(
        key=f"theme:{code}:{count.key}",
        kind="theme",
        code=code,
        about=f"{question} {label}",
        rivals=(
            Rival(
                f"{theirs} ({count.who})", "", count.as_of, (count.source,), count.confidence,
                False, "", count.note,
            ),
            *(
                Rival(
                    text, "", proof.as_of, (proof.source,), proof.confidence, False, "", proof.note
                )
                for text, proof in ours
            ),
        ),
        rule="Nothing settles it: of what others counted and our sources show, none is preferred.",
    )  # fmt: skip


# --- not the same thing --------------------------------------------------------------------------


@cache
def unlike(atlas: Atlas) -> tuple[Unlike, ...]:
    """Figures of one footprint's money that differ because they are different things.

    One row for each measure and scope, the preferred figure of it first, where there is more than
    one kind.
    """
    found = []
    for code in footprints.all_footprints(atlas):
        first: dict[tuple[str, str, str], Stated] = {}
        figures = [one for one in stated_figures.stated(atlas, code) if one.unit == "GBP million"]
        for one in figures:
            alike = [other for other in figures if other.measure == one.measure]
            first.setdefault((one.measure, scope_of(one, alike), _year(one)), one)
        if len(first) > 1:
            rows = tuple(
                Rival(
                    f"{stated_figures.amount(one)}, {_lower(measures.measure(atlas, key).label)}"
                    + (f": {one.period}" if one.period else ""),
                    stated_figures.SCOPES[scope], one.as_of, (one.source,), one.confidence,
                    one.preferred, "", one.note,
                )
                for (key, scope, _), one in first.items()
            )  # fmt: skip
            found.append(Unlike(code, rows, _why_unlike(list(first))))
    return (*found, *_rival_bases(atlas))


def _rival_bases(atlas: Atlas) -> Iterator[Unlike]:
    """National figures of one topic and period that are of different series."""
    series = {row["series"]: row for row in records(atlas.series)}
    groups: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in records(atlas.national):
        of = series[row["series"]]
        groups[of["topic"], of["unit"], row["period"]].setdefault(row["series"], row)
    for (topic, unit, period), points in groups.items():
        if topic != "other" and len({row["value"] for row in points.values()}) > 1:
            rows = tuple(
                _row(row, f"{series[key]['label']}, {period}: {_point(unit, row)}")
                for key, row in points.items()
            )
            yield Unlike(ENGLAND, rows, "each source counts on a basis of its own")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _why_unlike(kinds: list[tuple[str, str, str]]) -> str:
    reasons = []
    if len({scope for _, scope, _ in kinds}) > 1:
        reasons.append("they cover different money")
    keys = {key for key, _, _ in kinds}
    if "finance_gap_cumulative" in keys and len(keys) > 1:
        reasons.append("one is a sum over several years")
    if keys & {"finance_gap_residual", "finance_gap_current", "finance_gap_local"}:
        reasons.append("they are of different years, of a part, or of what is left after the plan")
    return wording.listed(reasons) if reasons else "they measure different things"


# --- the file ------------------------------------------------------------------------------------

FILE_COLUMNS = (
    "conflict", "kind", "code", "footprint", "about", "stated", "scope_or_post", "as_of",
    "preferred", "why", "rule", "confidence", "source", "source_title", "publisher",
    "publisher_type", "url", "note",
)  # fmt: skip


def rows(atlas: Atlas) -> list[list[str]]:
    """One row for each source of each rival, in the order of FILE_COLUMNS."""
    found = []
    for one in conflicts(atlas):
        for rival in one.rivals:
            for key in rival.sources:
                read_in = sources.source(atlas, key)
                found.append(
                    [
                        one.key, one.kind, one.code, place(atlas, one.code), one.about, rival.text,
                        rival.scope, rival.as_of, "yes" if rival.preferred else "", rival.why,
                        one.rule, rival.confidence, key, read_in.title, read_in.publisher,
                        read_in.publisher_type, read_in.url, rival.note,
                    ]
                )  # fmt: skip
    return found
