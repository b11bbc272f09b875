"""The summary of one footprint, as shown beside the map."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.organisations.members import GROUPS
from stp_data.overview.summary import Summary, summary
from stp_data.places import measures
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Rules
from ui.parts import html

MOST_THEMES = 3


@lru_cache(maxsize=64)
def panel(atlas: Atlas, code: str) -> str:
    """The summary as HTML, each figure with its date and source."""
    brief = summary(atlas, code)
    name, slug, region = brief.footprint.name, brief.footprint.slug, brief.footprint.region
    counted = _source(html.cite(atlas, sources.PEOPLE))
    claims = html.checked(atlas, "measure:population", code)
    return (
        f'<h2 class="stp-head">{escape(name)}</h2><p class="stp-kicker">{region} · {code}</p>'
        f'<p class="stp-line"><a href="footprint?area={slug}" target="_self">Open its page</a> · '
        f'<a href="compare?areas={slug}" target="_self">Compare</a> · '
        f'<a href="briefing/{slug}">Print</a></p>'
    ) + html.facts(
        [
            ("Population", f"<b>{brief.people:,}</b> people in mid-2017 {counted}{claims}"),
            ("Member organisations", _members(brief)),
            ("Leader", lead_line(atlas, code, brief.lead)),
            ("Plan", plan_line(atlas, brief)),
            ("Main priorities", _themes(atlas, brief)),
            ("Yearly shortfall in 2020/21 if nothing changed", gap_line(atlas, brief)),
            ("Compared with England", _compared_with_england(atlas, brief)),
        ]
    )


def _source(cited: str) -> str:
    return f"<small>[{cited}]</small>"


def _members(brief: Summary) -> str:
    found = [
        wording.count(number, *GROUPS[group])
        for group, number in brief.member_counts.items()
        if number
    ]
    lists = f'<a href="footprint?area={brief.footprint.slug}#table" target="_self">lists</a>'
    return f"{escape(wording.listed(found))} in {lists} of 2017 to 2019"


def lead_line(atlas: Atlas, code: str, lead: Lead | None) -> str:
    """Who led at the time of the plans, in what post, since when a source shows it."""
    if lead is None:
        return "Not found in the sources we read."
    post = ", ".join(part for part in (lead.title, lead.organisation) if part)
    role = "" if lead.role == "lead" else f" ({escape(lead.role)})"
    when = f", in post by {wording.date(lead.as_of)}" if lead.as_of else ", not dated"
    return (
        f"<b>{escape(lead.name)}</b>{role}{f', {escape(post)}' if post else ''}{when} "
        f"{_source(html.cite(atlas, lead.sources[0]))}"
        f"{html.differs(conflicts.of_lead(atlas, code, lead.role))}"
    )


def plan_line(atlas: Atlas, brief: Summary) -> str:
    """Title and date of publication, or that none was found."""
    plan, code = brief.plan, brief.footprint.code
    title, out = "No title of its own found", "; no publication date found"
    if plan.name:
        cited = _source(html.cite(atlas, plan.name_source))
        title = f"<b>{escape(plan.name)}</b> {cited}{html.differs(conflicts.of_title(atlas, code))}"
    if plan.published:
        by = f" by {escape(plan.published_by)}" if plan.published_by else ""
        cited = _source(html.cite(atlas, plan.published_source))
        out = f"; public from {wording.date(plan.published)}{by} {cited}"
    elif plans.publications(atlas, code):
        out += " that the sources settle"
    return title + out + html.differs(conflicts.of_date(atlas, code))


def _themes(atlas: Atlas, brief: Summary) -> str:
    """The themes that are most firmly set out, how firmly, and how many others at least."""
    code, rules = brief.footprint.code, Rules()
    found = themes_named.by_evidence(atlas, code, rules)
    listed = []
    for key in found[:MOST_THEMES]:
        how = themes_named.firmest(themes_named.counting_for(atlas, code, key, rules))
        listed.append(f"{themes_named.themes(atlas)[key].label} ({how})")
    more = len(found) - len(listed)
    listed += [f"at least {more} more"] if more else []
    read = themes_named.coverage(atlas, code).read
    link = (
        f'<a href="priorities?area={brief.footprint.slug}" target="_self">{read} documents read</a>'
    )
    return f"{escape(wording.listed(listed))}, in {link}"


def gap_line(atlas: Atlas, brief: Summary) -> str:
    """The figure we use, what it covers, its date and source, and how many others there are."""
    checks = html.checks(atlas, brief.footprint.code, stated_figures.GAP)
    gap = brief.gap
    if gap is None:
        if not brief.gaps_stated:
            return "No figure found in the sources we read."
        figures = wording.count(brief.gaps_stated, "figure", "figures")
        return f"{figures} found; the sources don't settle which to use.{checks}"
    dated = f", as of {wording.date(gap.as_of)}" if gap.as_of else ", not dated"
    others = brief.gaps_stated - 1
    more = f" {wording.count(others, 'other figure', 'other figures')} found." if others else ""
    return (
        f"<b>{escape(stated_figures.amount(gap))}</b>, "
        f"{stated_figures.SCOPES[gap.scope]}{dated} (£{gap.per_head(brief.people):,.0f} per "
        f"person) {_source(html.cite(atlas, gap.source))}{more}{checks}"
    )


def _compared_with_england(atlas: Atlas, brief: Summary) -> str:
    table = html.table(
        "Rank 1 is the highest of the 44",
        ["Measure", "Here", "England", "Rank"],
        [
            [
                escape(row.measure.label),
                measures.shown(row.measure, row.here),
                measures.shown(row.measure, row.england),
                str(row.rank),
            ]
            for row in brief.against_england
        ],
        numbers_from=1,
        scrolls=False,
    )
    return table + _source(html.cite_short(atlas, (row.source for row in brief.against_england)))
