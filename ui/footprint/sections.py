"""The sections of the Footprint page, in the order in which a board asks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage, not_found
from stp_data.overview import among_the_44, sentences
from stp_data.overview import footprint_sections as rows
from stp_data.overview.footprint_sections import Table
from stp_data.places import footprints
from stp_data.priorities import themes_named
from ui.footprint import strips, tables
from ui.parts.cells import line, part, sentence


def _tables(atlas: Atlas, code: str, shown: Iterable[str | Table]) -> str:
    """Return tables below each other, and the headings among them."""
    return "".join(
        part(one) if isinstance(one, str) else tables.table(atlas, code, one) for one in shown
    )


def _people(atlas: Atlas, code: str) -> str:
    place = among_the_44.strips(atlas, code, among_the_44.PLACE)
    return (
        line(sentence(atlas, code, sentences.place(atlas, code)[:2]))
        + strips.legend(atlas, code)
        + strips.table(atlas, code, "People and place", place)
        + part("Councils")
        + tables.table(atlas, code, rows.DISTRICTS, 1)
        + _tables(atlas, code, ("Population figures in documents", rows.POPULATIONS))
    )


def _members(atlas: Atlas, code: str) -> str:
    return (
        tables.by_type(atlas, code)
        + part("Members of several footprints")
        + tables.shared(atlas, code)
        + _tables(atlas, code, ("Leaders", rows.LEADS, "Governance and structure", rows.GOVERNANCE))
    )


def _plan(atlas: Atlas, code: str) -> str:
    read = themes_named.coverage(atlas, code)
    said = (
        *(rows.CLINICAL, rows.ENABLERS, "Proposed service changes", rows.CHANGES),
        *("Challenges, engagement and next steps", rows.CHALLENGES),
    )
    return (
        line(f"{sentence(atlas, code, sentences.plan(atlas, code))}.")
        + _tables(atlas, code, (rows.NAMES, rows.PUBLICATIONS, "Priorities"))
        + line(
            f"Read in {read.read} documents, {read.official} of them official. "
            f"{coverage.plan_read(atlas, code)}"
        )
        + _tables(atlas, code, said)
    )


def _money(atlas: Atlas, code: str) -> str:
    stated = rows.SHORTFALLS.rows(atlas, code)
    others = rows.OTHER_MONEY.rows(atlas, code)
    return (
        part("Published shortfalls")
        + (line(rows.why_used(stated)) if stated else "")
        + tables.table(atlas, code, rows.SHORTFALLS)
        + line('<a href="finance" target="_self">Compare all 44 shortfalls</a>')
        + _tables(atlas, code, ("Capital", rows.REQUESTS, rows.DECISIONS))
        + part("Savings, investments and other money")
        + (line("As published; some sums include others.") if others else "")
        + tables.table(atlas, code, rows.OTHER_MONEY)
    )


def _events(atlas: Atlas, code: str) -> str:
    slug = footprints.all_footprints(atlas)[code].slug
    return (
        tables.facts(atlas, code, rows.progress(atlas, code))
        + _tables(atlas, code, ("Timeline", rows.EVENTS))
        + line(f'<a href="timeline?area={slug}" target="_self">See the national timeline</a>')
        + _tables(atlas, code, ("Successor bodies", rows.SUCCESSORS))
    )


def _beside(atlas: Atlas, code: str) -> str:
    here, near = footprints.all_footprints(atlas)[code], rows.NEIGHBOURS
    shown = (near, rows.SIMILAR_PLACES, rows.SIMILAR_PLANS)
    made_of = "Age, rurality, deprivation and density"
    return (
        f'<div class="stp-columns">{"".join(tables.beside(atlas, here, t) for t in shown)}</div>'
        + tables.basis(atlas, near.basis, near.sources)
        + '<p class="stp-note">Shared themes: those of 2016 and 2017 found for both plans; reading '
        "more can add to them. Their sources are under “Priorities” on either page.</p>"
        '<p class="stp-note">Distance: over age, rurality, deprivation and density, in standard '
        "deviations of the 44; 0 would be the same.</p>"
        + tables.basis(atlas, made_of, rows.make_up(atlas, code))
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
