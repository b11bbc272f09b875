"""The sections of the Footprint page, in the order in which a board asks."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage, not_found
from stp_data.money import sums
from stp_data.overview import among_the_44, sentences
from stp_data.overview import footprint_sections as rows
from stp_data.overview.footprint_sections import Part
from stp_data.places import footprints
from stp_data.plans import statements
from stp_data.priorities import themes_named
from ui.footprint import strips, tables
from ui.parts.cells import line, part, sentence

ALIKE = 5
"""How many similar plans and areas are listed."""


def _people(atlas: Atlas, code: str) -> str:
    place = among_the_44.strips(atlas, code, among_the_44.PLACE)
    return (
        line(sentence(atlas, code, sentences.place(atlas, code)[:2]))
        + strips.legend(atlas, code)
        + strips.table(atlas, code, "People and place", place)
        + part("Councils")
        + tables.table(atlas, code, rows.districts(atlas, code), 1)
        + part("Population figures in documents")
        + tables.table(atlas, code, rows.populations(atlas, code))
    )


def _members(atlas: Atlas, code: str) -> str:
    governance = rows.said(atlas, code, statements.TABLE_TOPICS, "Nothing found on governance.")
    return (
        tables.by_type(atlas, code)
        + part("Members of several footprints")
        + tables.shared(atlas, rows.shared_members(atlas, code))
        + part("Leaders")
        + tables.table(atlas, code, rows.leads(atlas, code))
        + part("Governance and structure")
        + tables.table(atlas, code, governance)
    )


def _plan(atlas: Atlas, code: str) -> str:
    read = themes_named.coverage(atlas, code)
    challenges = rows.said(atlas, code, statements.PLAN_TOPICS, "Nothing found on these.")
    return (
        line(f"{sentence(atlas, code, sentences.plan(atlas, code))}.")
        + tables.table(atlas, code, rows.names(atlas, code))
        + tables.table(atlas, code, rows.publications(atlas, code))
        + part("Priorities")
        + line(
            f"Read in {read.read} documents, {read.official} of them official. "
            f"{coverage.plan_read(atlas, code)}"
        )
        + tables.table(atlas, code, rows.themes(atlas, code, "clinical"))
        + tables.table(atlas, code, rows.themes(atlas, code, "enabler"))
        + part("Proposed service changes")
        + tables.table(atlas, code, rows.changes(atlas, code))
        + part("Challenges, engagement and next steps")
        + tables.table(atlas, code, challenges)
    )


def _money(atlas: Atlas, code: str) -> str:
    def amounts(kinds: tuple[str, ...], caption: str, nothing: str) -> Part:
        return rows.amounts(atlas, code, kinds, caption, nothing)

    shortfalls = rows.shortfalls(atlas, code)
    wanted = amounts(sums.WANTED, "Capital asked for or needed", "No capital request found.")
    given = amounts(sums.GIVEN, "Capital decisions", "No decision on capital found.")
    others = amounts(sums.OTHERS, "Don't add these or treat them as shortfalls", "None found.")
    return (
        part("Published shortfalls")
        + (line(rows.why_used(shortfalls)) if shortfalls.rows else "")
        + tables.table(atlas, code, shortfalls)
        + line('<a href="finance" target="_self">Compare all 44 shortfalls</a>')
        + part("Capital")
        + tables.table(atlas, code, wanted)
        + tables.table(atlas, code, given)
        + part("Savings, investments and other money")
        + (line("As published; some sums include others.") if others.rows else "")
        + tables.table(atlas, code, others)
    )


def _events(atlas: Atlas, code: str) -> str:
    slug = footprints.all_footprints(atlas)[code].slug
    return (
        tables.facts(atlas, code, rows.progress(atlas, code))
        + part("Timeline")
        + tables.table(atlas, code, rows.events(atlas, code))
        + line(f'<a href="timeline?area={slug}" target="_self">See the national timeline</a>')
        + part("Successor bodies")
        + tables.table(atlas, code, rows.successors(atlas, code))
    )


def _beside(atlas: Atlas, code: str) -> str:
    here = footprints.all_footprints(atlas)[code]
    near = rows.neighbours(atlas, code)
    places = rows.similar_places(atlas, code, ALIKE)
    shown = (near, places, rows.similar_plans(atlas, code, ALIKE))
    return (
        f'<div class="stp-columns">{"".join(tables.beside(here, one) for one in shown)}</div>'
        + tables.sources(atlas, near)
        + '<p class="stp-note">Shared themes: those of 2016 and 2017 found for both plans; reading '
        "more can add to them. Their sources are under “Priorities” on either page.</p>"
        '<p class="stp-note">Distance: over age, rurality, deprivation and density, in standard '
        "deviations of the 44; 0 would be the same.</p>" + tables.sources(atlas, places)
    )


def _missing(atlas: Atlas, code: str) -> str:
    absent = not_found.missing(atlas, code) + not_found.missing_besides(atlas, code)
    common = rows.common_themes(atlas, code)
    first = line(
        f"{escape(not_found.read_in_words(atlas, code))}. {coverage.plan_read(atlas, code)} "
        "What we did not find in them is listed here; it may still be in the plan."
    )
    items = "".join(f"<li>{escape(words)}</li>" for words in absent)
    themes = escape("; ".join(common))
    return (
        first
        + (f'<ul class="stp-missing">{items}</ul>' if absent else "")
        + (line(f"Themes that more than half of the plans name: {themes}.") if common else "")
        + (line("Everything that this page looks for was found.") if not absent + common else "")
    )


SECTIONS = {
    "who": ("People and place", _people),
    "table": ("Member organisations", _members),
    "said": ("What the plan said", _plan),
    "money": ("Money", _money),
    "gaps": ("Health, care and finance compared", strips.three_aims),
    "happened": ("What happened", _events),
    "beside": ("Neighbours and similar areas", _beside),
    "missing": ("Not found", _missing),
}
"""Name in an address -> heading, and what makes the HTML below it."""


@lru_cache(maxsize=8 * 44)
def section(atlas: Atlas, code: str, name: str) -> str:
    """Return a section as HTML."""
    return SECTIONS[name][1](atlas, code)
