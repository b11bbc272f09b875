"""Rows of the tables that differ on one fact, found kind by kind (docs/methods.md, Conflicts)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from stp_data.core import dates, wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.evidence import preference
from stp_data.money import sums
from stp_data.places import footprints, measures
from stp_data.plans import leads, plans, stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import counts_by_others, themes_named
from stp_data.priorities.counts_by_others import Count
from stp_data.priorities.themes_named import Evidence

ENGLAND = "ENG"
SAME_SUM = {
    "F0052 F0050": "capital that the plan needs, both by the BMA",
    "F0440 F0438": "the hospitals of Shrewsbury and Telford",
    "F1167 F1168": "the merger of the hospitals of Ipswich and Colchester",
    "F1323 F1322": "capital that the plan needs: NHS England disputes the BMA's estimate",
    "F1741 F1740": "capital that the plan needs, by a newspaper and by the BMA",
    "F2577 F2579": "cancer care, West Cumberland Hospital and local centres",
}
"""First facts of two rows of plan_sums -> what both are for.

Judged by people, because no column says which purposes are one.
"""
Row = dict[str, Any]
T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class Rival:
    """What one source says."""

    text: str
    """The figure, date, name or title in words."""
    sources: tuple[str, ...]
    confidence: str = ""
    note: str = ""
    as_of: str = ""
    scope: str = ""
    """Of a lead, the post."""
    preferred: bool = False
    """Whether it is the one we use."""
    why: str = ""
    """Why it is used or not; empty where nothing settles it."""


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
    """The one we use first."""
    rule: str
    """Why one is used, or that the conflict is unresolved: a sentence."""
    also: tuple[str, ...] = ()
    """Of an event that several footprints share: their codes."""

    @property
    def is_settled(self) -> bool:
        """Whether one is used."""
        return any(rival.preferred for rival in self.rivals)

    @property
    def answers(self) -> int:
        """How many different figures, dates or names there are."""
        # What follows a date says how and by whom.
        end = {"date": ",", "event": "."}.get(self.kind, "\n")
        return len({rival.text.split(end)[0] for rival in self.rivals})


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


def from_row(row: Row, text: str, *, preferred: bool = False, why: str = "") -> Rival:
    """The rival of a row of any table with a source."""
    cited = (row["source"], *row.get("also", "").split())
    confidence, as_of = row.get("confidence", ""), row.get("as_of", "")
    return Rival(text, cited, confidence, row["note"], as_of, preferred=preferred, why=why)


def from_figure(one: Stated, text: str, scope: str, why: str = "") -> Rival:
    """The rival of a stated figure."""
    cited = (one.source,)
    return Rival(text, cited, one.confidence, one.note, one.as_of, scope, one.preferred, why)


# --- stated figures ------------------------------------------------------------------------------


def over_figures(atlas: Atlas) -> Iterator[Conflict]:
    """Stated gaps and numbers of people."""
    for code in footprints.all_footprints(atlas):
        stated = stated_figures.stated(atlas, code)
        for measure, figures in _grouped(stated, lambda one: one.measure).items():
            found = [one for one in figures if any(is_rival(one, o, figures) for o in figures)]
            if not found:
                continue
            kind = "people" if measure == "population_stated" else "gap"
            why, rule = _why_used(atlas, found, figures)
            scopes = {"": ""} if kind == "people" else stated_figures.SCOPES
            rivals = (
                from_figure(
                    one, stated_figures.amount(one), scopes.get(one.scope, ""), why[one.key]
                )
                for one in found
            )
            about = measures.measure(atlas, measure).label
            yield Conflict(f"stated:{code}:{measure}", kind, code, about, tuple(rivals), rule)


def is_rival(one: Stated, other: Stated, figures: Iterable[Stated]) -> bool:
    """Whether two figures of one measure differ on the same fact.

    Their amounts differ, and their scopes are the same or may be: a figure whose scope is not
    stated may be of any scope but social care alone. Figures of different years are never of the
    same fact, nor are those of parts of a footprint.
    """
    if (one.value, one.value_to) == (other.value, other.value_to):
        return False
    if one.measure == "finance_gap_local" or year_of(one) != year_of(other):
        return False
    here, there = scope_of(one, figures), scope_of(other, figures)
    is_unsaid = "not stated" in (here, there) and "social care" not in (here, there)
    return here == there or is_unsaid


def year_of(one: Stated) -> str:
    """The year that a figure describes, where its measure does not name it already.

    Of a deficit "of now" without a year it is the year in which it was said.
    """
    return one.period or (one.as_of[:4] if one.measure == "finance_gap_current" else "")


def scope_of(one: Stated, figures: Iterable[Stated]) -> str:
    """Its scope as stated; else that of a figure of the same amount; else "not stated"."""
    alike = (f.scope for f in figures if preference.is_same_amount(one.value, f.value))
    unsaid = "not stated"
    return next((scope for scope in (one.scope, *alike) if scope != unsaid), unsaid)


def _why_used(
    atlas: Atlas, rivals: Sequence[Stated], figures: Sequence[Stated]
) -> tuple[dict[str, str], str]:
    """By key of a figure, why it is not used; and the same in one sentence."""
    why = {one.key: "" for one in rivals}
    used = next((one for one in rivals if one.preferred), None)
    if used is None:
        return why, f"Unresolved: {preference.why_unresolved(atlas, rivals, figures)}."
    others = [one for one in rivals if one is not used]
    why |= {one.key: preference.figure_reason(atlas, one, used) for one in others}
    parts = [
        f"{reason} (not {', '.join(dict.fromkeys(map(stated_figures.amount, given)))})"
        for reason, given in _grouped(others, lambda one: why[one.key]).items()
        if reason != preference.SAME_AMOUNT
    ]
    return why, f"We use {stated_figures.amount(used)}: {'; '.join(parts)}."


def over_capital(atlas: Atlas) -> Iterator[Conflict]:
    """Sums of capital for the same purpose."""
    for facts in SAME_SUM:
        rows = [r for r in records(atlas.plan_sums) if r["facts"].split()[0] in facts.split()]
        if len({(row["value"], row["qualifier"]) for row in rows}) > 1:
            code, kind = rows[0]["code"], rows[0]["kind"]
            stated = {one.purpose: sums.sum_of_money(one) for one in sums.sums(atlas, code)}
            texts = [f"{stated[row['summary']]}. {row['summary']}" for row in rows]
            rivals = tuple(map(from_row, rows, texts))
            rule = "Unresolved: we don't choose between figures for capital or savings."
            key = f"sum:{code}:{kind.replace(' ', '-')}"
            yield Conflict(key, "capital", code, kind.capitalize(), rivals, rule)


# --- leads, dates and titles ---------------------------------------------------------------------


def over_leads(atlas: Atlas) -> Iterator[Conflict]:
    """People whom sources put in one role at one time."""
    for code in footprints.all_footprints(atlas):
        everyone = plans.leads(atlas, code)
        first = plans.first_lead(everyone)
        found = [one for one in everyone if any(leads.at_odds(atlas, one, o) for o in everyone)]
        for role, named in _grouped(found, lambda one: one.role).items():
            rule = "Unresolved: the sources don't say who held the role when."
            if first in named and first:
                rule = (
                    f"We name {first.name} in summaries, as the earliest of 2016 or 2017. "
                    "The sources don't say who led from when to when."
                )
            rivals = tuple(
                Rival(
                    one.name, one.sources, one.confidence, one.note, one.start or one.as_of,
                    ", ".join(filter(None, (one.title, one.organisation))),
                    one is first, "the earliest of 2016 or 2017" if one is first else "",
                )
                for one in named
            )  # fmt: skip
            key = f"lead:{code}:{role.replace(' ', '-')}"
            yield Conflict(key, "lead", code, f"Who was {role} at one time", rivals, rule)


def _clash(given: Iterable[str]) -> bool:
    return any(not dates.agree(one, other) for one, other in combinations(given, 2))


def _used_first(rivals: Iterable[Rival]) -> tuple[Rival, ...]:
    return tuple(sorted(rivals, key=lambda rival: not rival.preferred))


def over_dates(atlas: Atlas) -> Iterator[Conflict]:
    """Days on which a version of a plan became public."""
    # A leak is another event than the publication, and two leaks can be of two drafts.
    public = [row for row in records(atlas.publications) if row["how"] != "leaked"]
    for (code, version), rows in _grouped(public, lambda r: (r["code"], r["version"])).items():
        if not _clash(row["published"] for row in rows):
            continue
        rows.sort(key=lambda row: row["published"])
        plan = plans.plan(atlas, code)
        used = (plan.published, plan.published_source)
        is_used = [(row["published"], row["source"]) == used for row in rows]
        why, rule = "", "Unresolved: we show every date."
        if any(is_used):
            is_first = dates.agree(plan.published, rows[0]["published"])
            why = preference.FIRST_RELEASE if is_first else preference.JUDGED
            rule = f"We use {wording.date(plan.published)}: {why}."
        rivals = (
            from_row(row, _release(row), preferred=this, why=why if this else "")
            for row, this in zip(rows, is_used, strict=True)
        )
        about = f"When the plan became public ({plans.VERSIONS[version]})"
        key = f"published:{code}:{version}"
        yield Conflict(key, "date", code, about, _used_first(rivals), rule)


def _release(row: Row) -> str:
    text = f"{wording.date(row['published'])}, {plans.HOW_PUBLISHED[row['how']]}"
    return f"{text}: {row['published_by']}" if row["published_by"] else text


def over_titles(atlas: Atlas) -> Iterator[Conflict]:
    """Titles of the plan."""
    titles = records(atlas.plan_names[atlas.plan_names["kind"] == "plan"])
    for code, rows in _grouped(titles, lambda row: row["code"]).items():
        if len({row["name"] for row in rows}) < 2:
            continue
        title = plans.plan(atlas, code).name
        why, rule = {row["name"]: "" for row in rows}, "Unresolved: we show every title."
        if title in why:
            used = next(row for row in rows if row["name"] == title)
            others = [row for row in rows if row["name"] != title]
            why |= {row["name"]: preference.title_reason(atlas, row, used) for row in others}
            reasons = dict.fromkeys(filter(None, why.values()))
            rule = f"We use “{title}”: {'; '.join(reasons)}."
        rivals = (
            from_row(row, row["name"], preferred=row["name"] == title, why=why[row["name"]])
            for row in rows
        )
        about = "Title of the plan"
        yield Conflict(f"title:{code}", "title", code, about, _used_first(rivals), rule)


# --- events, national figures and themes ---------------------------------------------------------


def over_events(atlas: Atlas) -> Iterator[Conflict]:
    """Dates of one event."""
    dated = [row for row in records(atlas.events) if row["happening"] and row["date"]]
    for event, rows in _grouped(dated, lambda row: row["happening"]).items():
        if not _clash(row["date"] for row in rows):
            continue
        rows.sort(key=lambda row: (row["date"], row["code"]))
        codes = tuple(sorted({row["code"] for row in rows}))
        alike = _grouped(rows, lambda row: (row["date"], row["summary"], row["source"]))
        first = [same[0] for same in alike.values()]
        texts = [f"{wording.date(row['date'])}. {row['summary']}" for row in first]
        rivals = tuple(map(from_row, first, texts))
        code = codes[0] if len(codes) == 1 else ENGLAND
        about = f"When it happened: {event.replace('-', ' ')}"
        rule = "Unresolved: we show every date of an event."
        yield Conflict(f"event:{event}", "event", code, about, rivals, rule, codes)


def over_national(atlas: Atlas) -> Iterator[Conflict]:
    """Figures of one national series, period and basis."""
    series = {row["series"]: row for row in records(atlas.series)}
    points = _grouped(records(atlas.national), lambda r: (r["series"], r["period"], r["basis"]))
    for (name, period, basis), rows in points.items():
        texts = [national_figure(series[name], row) for row in rows]
        if len({(row["value"], str(row["value_to"])) for row in rows}) > 1:
            key = f"national:{name}:{footprints.slugify(f'{period} {basis}')}"
            about = f"{series[name]['label']}, {period}"
            rivals = tuple(map(from_row, rows, texts))
            rule = "Unresolved: we don't choose between national figures."
            yield Conflict(key, "national", ENGLAND, about, rivals, rule)


def national_figure(series: Mapping[str, Any], row: Row) -> str:
    """A national figure as it is given, with its unit and basis."""
    to = "" if math.isnan(row["value_to"]) else f" to {row['value_to']:,g}"
    words = "" if row["qualifier"] in ("exact", "range") else f"{row['qualifier']} "
    basis = f", {row['basis']}" if row["basis"] else ""
    return f"{words}{row['value']:,g}{to} {series['unit']}{basis}"


def over_themes(atlas: Atlas) -> Iterator[Conflict]:
    """Where counts that others published and what our sources show cannot both be right."""
    for count in counts_by_others.exceeded(atlas):
        shown = counts_by_others.shown_by(atlas, count)
        ours = [(f"at least {len(shown)} plans, by our sources", of[0]) for of in shown.values()]
        yield _over_theme(atlas, count, ENGLAND, f"{count.number} plans. {count.what}", ours)
    for count, code, proofs in counts_by_others.contradicted(atlas):
        ours = [(f"Names it ({proof.how})", proof) for proof in proofs]
        yield _over_theme(atlas, count, code, "Does not name it", ours)


def _over_theme(
    atlas: Atlas, count: Count, code: str, theirs: str, ours: list[tuple[str, Evidence]]
) -> Conflict:
    question = "How many plans name" if code == ENGLAND else "Whether the plan names"
    about = f"{question} {themes_named.themes(atlas)[count.theme].label.lower()}"
    sides: list[tuple[str, Count | Evidence]] = [(f"{theirs} ({count.who})", count), *ours]
    rivals = (
        Rival(text, (one.source,), one.confidence, one.note, one.as_of) for text, one in sides
    )
    rule = "Unresolved: we show both the published count and our sources."
    return Conflict(f"theme:{code}:{count.key}", "theme", code, about, tuple(rivals), rule)
