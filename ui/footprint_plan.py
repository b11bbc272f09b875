"""What we said: the plan's names and dates, its priorities and proposals, and what it promised."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data import plans, priorities, statements, summary, wording
from stp_data.atlas import Atlas
from stp_data.priorities import Rules
from stp_data.proposals import proposals
from ui import html, panel
from ui.footprint_cells import SOURCE, line, part, proof, said

UNUSUAL = 5
"""A theme that at most this many of the 44 name."""
PLAN_YEARS = Rules()


@lru_cache(maxsize=64)
def what_we_said(atlas: Atlas, code: str) -> str:
    """All of the section."""
    return (
        line(f"{panel.plan_line(atlas, summary.summary(atlas, code))}.")
        + _names(atlas, code)
        + _dates(atlas, code)
        + part("What the plan put first")
        + _themes(atlas, code)
        + part("Service changes put forward")
        + _changes(atlas, code)
        + part("Challenges, engagement and next steps")
        + said(
            atlas, code, "As documents of the time put it", statements.PLAN_TOPICS,
            "Nothing on these found in the sources read.",
        )
    )  # fmt: skip


def _names(atlas: Atlas, code: str) -> str:
    rows = [
        [
            f"{escape(name.name)}<br><small>name of the {name.kind}</small>",
            wording.as_of(name.as_of),
            proof(atlas, (name.source,), "", name.note),
        ]
        for name in plans.names(atlas, code)
    ]
    if not rows:
        return line("No name of the plan or the partnership found in the sources read.")
    return html.table("Names in use, by source", ["Name", "As of", SOURCE], rows)


def _dates(atlas: Atlas, code: str) -> str:
    rows = [
        [
            wording.date(p.published),
            f"{wording.VERSIONS[p.version]}, {plans.HOW_PUBLISHED[p.how]}"
            + (f": {escape(p.published_by)}" if p.published_by else ""),
            proof(atlas, (p.source,), p.confidence, p.note),
        ]
        for p in plans.publications(atlas, code)
    ]
    if not rows:
        return line("No date of publication found in the sources read.")
    return html.table("When it became public, by source", ["Date", "What and how", SOURCE], rows)


def _themes(atlas: Atlas, code: str) -> str:
    """Priorities and enablers with sources, how common each is, the unusual ones marked."""
    named = priorities.named(atlas, PLAN_YEARS)[code]
    counts = priorities.counts(atlas, PLAN_YEARS)
    proofs = priorities.evidence(atlas, later=PLAN_YEARS.later)
    read = priorities.coverage(atlas, code)
    parts = [
        line(
            f"Read in {wording.count(read.read, 'document', 'documents')}, {read.official} of "
            "them official. What is not listed was not found in them; that is not a no."
        )
    ]
    for kind, title in (("clinical", "Clinical priorities"), ("enabler", "Enablers")):
        keys = [k for k, t in priorities.themes(atlas).items() if t.kind == kind and k in named]
        keys.sort(key=lambda key: -counts[key])
        rows = [
            [
                escape(priorities.themes(atlas)[key].label)
                + ("<br><small>unusual</small>" if counts[key] <= UNUSUAL else ""),
                f"{counts[key]} of 44",
                html.cite_all(atlas, (p.source for p in proofs[code, key])),
            ]
            for key in keys
        ]
        parts.append(
            html.table(f"{title} of 2016 and 2017", ["Theme", "Named by", "Sources"], rows)
            if rows
            else line(f"{title}: none found in the sources read.")
        )
    return "".join(parts)


def _changes(atlas: Atlas, code: str) -> str:
    rows = [
        [
            f"{escape(found.summary)}<br><small>{found.service}</small>",
            wording.as_of(found.as_of),
            proof(atlas, found.sources, found.confidence, found.note),
        ]
        for found in proposals(atlas, code)
    ]
    if not rows:
        return line("No service change found that an official document or named press reports.")
    return html.table("Each change, and who reports it", ["Change", "As of", SOURCE], rows)
