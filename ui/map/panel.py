"""The summary of one footprint, as shown beside the map."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.organisations.members import GROUPS
from stp_data.overview import footprint_sections as rows
from stp_data.overview import sentences
from stp_data.overview.summary import Against, Summary, summary
from stp_data.places import measures
from stp_data.plans.plans import Lead
from stp_data.priorities import themes_named
from ui.parts import html
from ui.parts.cells import sentence

MOST_THEMES = 3


@lru_cache(maxsize=64)
def panel(atlas: Atlas, code: str) -> str:
    """Return the summary as HTML, each figure with its date and source."""
    brief = summary(atlas, code)
    place = brief.footprint
    people = (
        f"<b>{brief.people:,}</b> people in mid-2017 <small>[{html.cite(atlas, sources.PEOPLE)}]"
    )
    return (
        f'<h2 class="stp-head">{escape(place.name)}</h2>'
        f'<p class="stp-kicker">{place.region} · {code}</p>'
        f'<p class="stp-line">'
        f'<a href="footprint?area={place.slug}" target="_self">Open its page</a> · '
        f'<a href="compare?areas={place.slug}" target="_self">Compare</a> · '
        f'<a href="briefing/{place.slug}">Print</a></p>'
    ) + html.facts(
        [
            ("Population", f"{people}{html.checked(atlas, 'measure:population', code)}"),
            ("Member organisations", _members(brief)),
            ("Leader", lead_line(atlas, code, brief.lead)),
            ("Plan", plan_line(atlas, brief)),
            ("Main priorities", _themes(atlas, brief)),
            (
                "Yearly shortfall in 2020/21 if nothing changed",
                sentence(atlas, code, sentences.shortfall(atlas, code)),
            ),
            ("Compared with England", _against(atlas, brief.against_england)),
        ]
    )


def _members(brief: Summary) -> str:
    found = [
        wording.count(number, *GROUPS[group])
        for group, number in brief.member_counts.items()
        if number
    ]
    lists = f'<a href="footprint?area={brief.footprint.slug}#table" target="_self">lists</a>'
    return f"{escape(wording.listed(found))} in {lists} of 2017 to 2019"


def lead_line(atlas: Atlas, code: str, lead: Lead | None) -> str:
    """Return who led at the time of the plans, in what post, and by when a source shows it."""
    return sentence(atlas, code, sentences.lead(atlas, code, lead))


def plan_line(atlas: Atlas, brief: Summary) -> str:
    """Return title and date of publication, or that none was found."""
    code = brief.footprint.code
    return sentence(atlas, code, sentences.plan(atlas, code))


def _themes(atlas: Atlas, brief: Summary) -> str:
    """Return the most firmly set out themes, how firmly, and how many others at least."""
    found = rows.THEMES.rows(atlas, brief.footprint.code)
    listed = [f"{row.cells[0]} ({row.cells[1]})" for row in found[:MOST_THEMES]]
    more = len(found) - len(listed)
    listed += [f"at least {more} more"] if more else []
    read = themes_named.coverage(atlas, brief.footprint.code).read
    link = (
        f'<a href="priorities?area={brief.footprint.slug}" target="_self">{read} documents read</a>'
    )
    return f"{escape(wording.listed(listed))}, in {link}"


def _against(atlas: Atlas, rows: tuple[Against, ...]) -> str:
    return (
        html.table(
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
        )
        + f"<small>[{html.cite_short(atlas, (row.source for row in rows))}]</small>"
    )
