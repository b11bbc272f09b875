"""What we said: the plan's names and dates, its priorities and proposals, and what it promised."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage
from stp_data.overview import summary
from stp_data.plans import plans, statements
from stp_data.plans.proposals import proposals
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules
from ui.map import panel
from ui.parts import html
from ui.parts.cells import SOURCE, line, part, proof, said

PLAN_YEARS = Rules()


@lru_cache(maxsize=64)
def what_we_said(atlas: Atlas, code: str) -> str:
    """All of the section."""
    return (
        line(f"{panel.plan_line(atlas, summary.summary(atlas, code))}.")
        + _names(atlas, code)
        + _dates(atlas, code)
        + part("Priorities of the plan")
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
            f"{plans.VERSIONS[p.version]}, {plans.HOW_PUBLISHED[p.how]}"
            + (f": {escape(p.published_by)}" if p.published_by else ""),
            proof(atlas, (p.source,), p.confidence, p.note),
        ]
        for p in plans.publications(atlas, code)
    ]
    if not rows:
        return line("No date of publication found in the sources read.")
    return html.table("When it became public, by source", ["Date", "What and how", SOURCE], rows)


def _themes(atlas: Atlas, code: str) -> str:
    """Priorities and enablers, the most firmly set out first, with their sources."""
    counts = themes_named.counts(atlas, PLAN_YEARS)
    proofs = themes_named.evidence(atlas, later=PLAN_YEARS.later)
    read = themes_named.coverage(atlas, code)
    parts = [
        line(
            f"Read in {wording.count(read.read, 'document', 'documents')}, {read.official} of "
            f"them official. {coverage.plan_read(atlas, code)} A theme that is not listed was not "
            "found in them; it may still be in the plan."
        )
    ]
    for kind, title in (("clinical", "Clinical priorities"), ("enabler", "Enablers")):
        rows = []
        for key in themes_named.by_evidence(atlas, code, PLAN_YEARS):
            theme = themes_named.themes(atlas)[key]
            if theme.kind == kind:
                counting = themes_named.counting(proofs[code, key], PLAN_YEARS)
                cited = html.cite_all(atlas, (proof.source for proof in counting))
                common = wording.at_least(counts[key], 44)
                rows.append([escape(theme.label), themes_named.firmest(counting), common, cited])
        heads = ["Theme", "How firmly", "Named by", "Sources"]
        parts.append(
            html.table(f"{title} of 2016 and 2017, the most firmly set out first", heads, rows)
            if rows
            else line(f"{title}: we found none in the documents read.")
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
