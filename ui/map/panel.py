"""The summary of one footprint, as shown beside the map."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.organisations.members import GROUPS
from stp_data.overview.summary import Against, Summary, summary
from stp_data.places import measures
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules
from ui.parts import html


@lru_cache(maxsize=64)
def panel(atlas: Atlas, code: str) -> str:
    """The summary as HTML, each figure with its date and source."""
    brief = summary(atlas, code)
    counted = _source(html.cite(atlas, sources.PEOPLE))
    claims = html.checked(atlas, "measure:population", code)
    people = f"<b>{brief.people:,}</b> people in mid-2017 {counted}{claims}"
    head = (
        f'<h2 class="stp-head">{escape(brief.footprint.name)}</h2>'
        f'<p class="stp-kicker">{brief.footprint.region} · {code}</p>'
    )
    page = (
        f'<p class="stp-line"><a href="footprint?area={brief.footprint.slug}" target="_self">'
        f'Open its page</a> · <a href="compare?areas={brief.footprint.slug}" target="_self">'
        f'Compare</a> · <a href="briefing/{brief.footprint.slug}">Print</a>'
    )
    return (
        head
        + page
        + html.facts(
            [
                ("Who lives here", people),
                ("Who is at the table", _members(brief)),
                ("Led by", lead_line(atlas, code, brief.lead)),
                ("The plan", plan_line(atlas, brief)),
                ("Priorities of the plan", _themes(atlas, brief)),
                ("Yearly gap in 2020/21 if nothing changed", gap_line(atlas, brief)),
                ("Against England", _against(atlas, brief.against_england)),
            ]
        )
    )


def _source(cited: str) -> str:
    return f"<small>[{cited}]</small>"


def _members(brief: Summary) -> str:
    found = [
        wording.count(number, *GROUPS[group])
        for group, number in brief.member_counts.items()
        if number
    ]
    lists = f'<a href="footprint?area={brief.footprint.slug}#table" target="_self">sources</a>'
    return f"{escape(wording.listed(found))} that {lists} name (2017 to 2019)"


def lead_line(atlas: Atlas, code: str, lead: Lead | None) -> str:
    """Who led at the time of the plans, in what post, since when a source shows it."""
    if lead is None:
        return "No lead found in the sources read."
    post = ", ".join(part for part in (lead.title, lead.organisation) if part)
    role = "" if lead.role == "lead" else f" ({escape(lead.role)})"
    when = f", in the role in {wording.date(lead.as_of)}" if lead.as_of else ", not dated"
    return (
        f"<b>{escape(lead.name)}</b>{role}{f', {escape(post)}' if post else ''}{when} "
        f"{_source(html.cite(atlas, lead.sources[0]))}"
        f"{html.differs(conflicts.of_lead(atlas, code, lead.role))}"
    )


def plan_line(atlas: Atlas, brief: Summary) -> str:
    """Title and date of publication, or that none was found."""
    plan = brief.plan
    if plan.name:
        title = (
            f"<b>{escape(plan.name)}</b> {_source(html.cite(atlas, plan.name_source))}"
            f"{html.differs(conflicts.of_title(atlas, brief.footprint.code))}"
        )
    else:
        title = "No title of its own found"
    if plan.published:
        by = f" by {escape(plan.published_by)}" if plan.published_by else ""
        out = (
            f"; public from {wording.date(plan.published)}{by} "
            f"{_source(html.cite(atlas, plan.published_source))}"
        )
    else:
        out = "; no date of publication found"
        if plans.publications(atlas, brief.footprint.code):
            out += " that the sources settle"
    return title + out + html.differs(conflicts.of_date(atlas, brief.footprint.code))


MOST_THEMES = 3
PLAN_YEARS = Rules()


def _themes(atlas: Atlas, brief: Summary) -> str:
    """The themes that are most firmly set out, how firmly, and how many others at least."""
    code = brief.footprint.code
    proofs = themes_named.evidence(atlas, later=PLAN_YEARS.later)
    found = themes_named.by_evidence(atlas, code, PLAN_YEARS)
    listed = [
        f"{themes_named.themes(atlas)[key].label} "
        f"({themes_named.firmest(themes_named.counting(proofs[code, key], PLAN_YEARS))})"
        for key in found[:MOST_THEMES]
    ]
    more = len(found) - len(listed)
    listed += [f"at least {more} more"] if more else []
    read = themes_named.coverage(atlas, code).read
    link = (
        f'<a href="priorities?area={brief.footprint.slug}" target="_self">{read} documents read</a>'
    )
    return f"{escape(wording.listed(listed))}, in {link}"


def gap_line(atlas: Atlas, brief: Summary) -> str:
    """The preferred figure with its scope, date and source, and how many others there are."""
    checks = html.checks(atlas, brief.footprint.code, stated_figures.GAP)
    if brief.gap is None:
        if not brief.gaps_stated:
            return "No figure found in the sources read."
        figures = wording.count(brief.gaps_stated, "figure", "figures")
        return f"{figures} found, none preferred: the sources do not settle it.{checks}"
    gap = brief.gap
    dated = f", as of {wording.date(gap.as_of)}" if gap.as_of else ", figure not dated"
    per_head = f"£{gap.per_head(brief.people):,.0f} a head"
    others = brief.gaps_stated - 1
    more = f" {wording.count(others, 'other figure', 'other figures')} found." if others else ""
    return (
        f"<b>{escape(stated_figures.amount(gap))}</b>, "
        f"{stated_figures.SCOPES[gap.scope]}{dated} ({per_head}) "
        f"{_source(html.cite(atlas, gap.source))}{more}{checks}"
    )


def _against(atlas: Atlas, rows: tuple[Against, ...]) -> str:
    return html.table(
        "Rank 1 is the highest of the 44",
        ["Measure", "Here", "England", "Rank"],
        [
            [
                escape(row.measure.label),
                measures.shown(row.measure, row.here),
                measures.shown(row.measure, row.england),
                str(row.rank),
            ]
            for row in rows
        ],
        numbers_from=1,
        scrolls=False,
    ) + _source(html.cite_short(atlas, (row.source for row in rows)))
