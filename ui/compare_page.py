"""The parts of the Compare page: one column a footprint."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data import comparing, footprints, members, money, plans, priorities, summary, wording
from stp_data.atlas import Atlas
from stp_data.priorities import Rules
from stp_data.proposals import proposals
from ui import html, panel

Codes = tuple[str, ...]


def _heads(atlas: Atlas, codes: Codes, first: str) -> list[str]:
    places = footprints.all_footprints(atlas)
    return [first, *(places[code].name for code in codes)]


@lru_cache(maxsize=256)
def differences(atlas: Atlas, codes: Codes) -> str:
    """Measured figures, those that differ most first."""
    rows = [
        [
            f"{escape(line.measure.label)}<br><small>{escape(line.as_of)}, "
            f"{html.cite(atlas, line.source)}</small>",
            *(wording.value(line.measure, figure) for figure in line.values),
            wording.value(line.measure, line.england),
            wording.number(line.spread, 1),
        ]
        for line in comparing.differences(atlas, codes)
    ]
    return html.table(
        "The most different first; spread is highest less lowest in standard deviations of the 44",
        [*_heads(atlas, codes, "Measure"), "England", "Spread"],
        rows,
        numbers_from=1,
    )


@lru_cache(maxsize=256)
def at_a_glance(atlas: Atlas, codes: Codes) -> str:
    """Members, lead, plan, gap and successor."""
    briefs = [summary.summary(atlas, code) for code in codes]
    rows = [
        [f"{plural[0].upper()}{plural[1:]}", *(str(b.member_counts[key]) for b in briefs)]
        for key, (_, plural) in members.GROUPS.items()
    ]
    rows.append(["Led by", *(panel.lead_line(atlas, b.lead) for b in briefs)])
    rows.append(["The plan", *(panel.plan_line(atlas, b) for b in briefs)])
    rows.append(["Yearly gap in 2020/21", *(panel.gap_line(atlas, b) for b in briefs)])
    rows.append(["Became in July 2022", *(_became(atlas, code) for code in codes)])
    return html.table("Who, what and what money", _heads(atlas, codes, "What"), rows)


def _became(atlas: Atlas, code: str) -> str:
    found = plans.successors(atlas, code)
    return "; ".join(f"{escape(b.name)} ({wording.share(b.share)} of people)" for b in found)


@lru_cache(maxsize=256)
def themes(atlas: Atlas, codes: Codes, rules: Rules) -> str:
    """Themes that any of them names, those that all name first."""
    named = priorities.named(atlas, rules)
    proofs = priorities.evidence(atlas, later=rules.later)
    listed = [
        (sum(key in named[code] for code in codes), key)
        for key in priorities.themes(atlas)
        if any(key in named[code] for code in codes)
    ]
    listed.sort(key=lambda pair: -pair[0])
    rows = []
    for number, key in listed:
        label = escape(priorities.themes(atlas)[key].label)
        shared = "<br><small>named by all of these</small>" if number == len(codes) else ""
        cells = []
        for code in codes:
            found = proofs.get((code, key), ())
            read = priorities.coverage(atlas, code).read
            cells.append(
                f"{wording.count(len(found), 'source', 'sources')}: "
                f"{html.cite(atlas, found[0].source)}"
                if found
                else f"not found in {read} sources read"
            )
        rows.append([f"{label}{shared}", *cells])
    return html.table(
        "Priorities and enablers, shared ones first", _heads(atlas, codes, "Theme"), rows
    )


@lru_cache(maxsize=256)
def changes(atlas: Atlas, codes: Codes) -> str:
    """Proposals of each."""
    cells = []
    for code in codes:
        found = proposals(atlas, code)
        items = "".join(
            f"<li>{escape(p.summary)} <small>[{html.cite(atlas, p.sources[0])}]</small></li>"
            for p in found
        )
        cells.append(f"<ul>{items}</ul>" if items else "None found in the sources read.")
    return html.table(
        "Service changes put forward", _heads(atlas, codes, "What"), [["Proposals", *cells]]
    )


@lru_cache(maxsize=256)
def gaps(atlas: Atlas, codes: Codes) -> str:
    """Every stated yearly gap with its scope, total and per head."""
    cells = []
    for code in codes:
        people = summary.summary(atlas, code).people
        lines = [
            f"{'<b>' if g.preferred else ''}{escape(wording.amount(g))}, "
            f"{wording.SCOPES[g.scope]}, £{g.per_head(people):,.0f} a head"
            f"{'</b> (preferred)' if g.preferred else ''} "
            f"<small>[{html.cite(atlas, g.source)}]</small>"
            for g in money.of_measure(money.stated(atlas, code), money.GAP)
        ]
        cells.append("<br>".join(lines) or "No figure found in the sources read.")
    return html.table(
        "Yearly gaps in 2020/21 as stated; compare only figures of one scope",
        _heads(atlas, codes, "What"),
        [["Stated gaps", *cells]],
    )
