"""What happened, neighbours and most alike, and what we could not find."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts, coverage, not_found
from stp_data.history import timeline
from stp_data.overview import comparing
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, stated_figures
from stp_data.priorities import association, themes_named
from ui.footprint.plan import PLAN_YEARS
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof

ALIKE = 5
"""How many plans and places most alike are listed."""


@lru_cache(maxsize=64)
def what_happened(atlas: Atlas, code: str) -> str:
    """The rating, the change in beds, the local timeline, and the boards that took over."""
    return (
        _rating(atlas, code)
        + _beds(atlas, code)
        + part("Timeline")
        + _timeline(atlas, code)
        + _among_national(atlas, code)
        + part("What it became")
        + _became(atlas, code)
    )


def _rating(atlas: Atlas, code: str) -> str:
    rated = timeline.rating(atlas, code)
    if rated is None:
        return line(
            "NHS England's rating of progress, July 2017: not found in the sources read. Ratings "
            "are never worked out from those of others."
        )
    cited = proof(atlas, rated.sources, rated.confidence, rated.note)
    return line(
        f"NHS England's rating of progress, {wording.as_of(rated.as_of)}: <b>{rated.rating}</b>, "
        f"of four categories from outstanding to needs most improvement. {cited}"
        f"{html.checked(atlas, 'ratings', code)}"
    )


def _beds(atlas: Atlas, code: str) -> str:
    label = escape(measures.measure(atlas, stated_figures.BEDS).label)
    figures = stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.BEDS)
    if not figures:
        return line(f"{label}: not found in the sources read.")
    return "".join(
        line(
            f"{label}: <b>{stated_figures.amount(figure)}</b>, "
            f"reported: {wording.as_of(figure.as_of)}. "
            f"{proof(atlas, (figure.source,), figure.confidence, figure.note)}"
        )
        for figure in figures
    )


def _timeline(atlas: Atlas, code: str) -> str:
    rows = [
        [
            wording.as_of(event.date),
            f"{escape(event.summary)}"
            f"{html.differs(conflicts.of_words(atlas, 'event', code, event.summary))}"
            f"<br><small>{event.kind}</small>",
            proof(atlas, event.sources, event.confidence, event.note),
        ]
        for event in timeline.timeline(atlas, code)
    ]
    if not rows:
        return line("No local event found in the sources read.")
    return html.table("Local events, those without a date last", ["When", "What", SOURCE], rows)


def _among_national(atlas: Atlas, code: str) -> str:
    slug = footprints.all_footprints(atlas)[code].slug
    return line(
        f'<a href="timeline?area={slug}" target="_self">These events among the national ones</a>'
    )


def _became(atlas: Atlas, code: str) -> str:
    found = plans.successors(atlas, code)
    return html.table(
        "Integrated care boards of July 2022 and the share of this footprint's mid-2017 people "
        "that each took over",
        ["Board", "Source", "Share of people"],
        [[escape(b.name), html.cite(atlas, b.source), wording.share(b.share)] for b in found],
        numbers_from=2,
    )


@lru_cache(maxsize=64)
def beside_us(atlas: Atlas, code: str) -> str:
    """Neighbours, places most alike and similar plans, each with a comparison."""
    here = footprints.all_footprints(atlas)[code]
    everyone = footprints.all_footprints(atlas)
    borders = html.cite_all(atlas, (sources.NAMES, sources.OUTLINES))
    near = [
        [*_pair(here, other), _themes_shared(atlas, code, other.code)]
        for other in footprints.neighbours(atlas, code)
    ]
    places = [
        [*_pair(here, everyone[other]), wording.number(distance, 1)]
        for other, distance in comparing.places_alike(atlas, code)[:ALIKE]
    ]
    alike = [
        [*_pair(here, everyone[other.code]), _themes_shared(atlas, code, other.code)]
        for other in association.most_alike(atlas, code, PLAN_YEARS)[:ALIKE]
    ]
    head = ["Footprint", "Side by side"]
    made_of = dict.fromkeys(source for _, source in comparing.make_up(atlas, code))
    tables = (
        html.table("Neighbours, longest border first", [*head, "Shared themes"], near)
        + html.table("Places most alike in their people", [*head, "Distance"], places)
        + html.table("Similar plans, by the themes found", [*head, "Shared themes"], alike)
    )
    return (
        f'<div class="stp-columns">{tables}</div>'
        f'<p class="stp-note">Borders: {borders}.</p>'
        '<p class="stp-note">Shared themes: those of 2016 and 2017 found for both plans; reading '
        "more can add to them. Their sources are under “Priorities of the plan” on either page.</p>"
        '<p class="stp-note">Distance: over age, rurality, deprivation and density, in standard '
        f"deviations of the 44; 0 would be the same. {html.cite_all(atlas, made_of)}.</p>"
    )


def _pair(here: Footprint, other: Footprint) -> tuple[str, str]:
    """A link to the other's page, and one that sets both side by side."""
    return (
        footprint_link(other.slug, other.name),
        f'<a href="compare?areas={here.slug},{other.slug}" target="_self" '
        f'aria-label="Compare with {escape(other.name)}">Compare</a>',
    )


def _themes_shared(atlas: Atlas, code: str, other: str) -> str:
    named = themes_named.named(atlas, PLAN_YEARS)
    return f"at least {len(named[code] & named[other])}"


@lru_cache(maxsize=64)
def what_is_missing(atlas: Atlas, code: str) -> str:
    """How many documents were read, and what they do not give."""
    absent = not_found.missing(atlas, code) + not_found.missing_besides(atlas, code)
    common = not_found.common_themes_not_found(atlas, code, PLAN_YEARS)
    parts = [
        line(
            f"{escape(not_found.read_in_words(atlas, code))}. {coverage.plan_read(atlas, code)} "
            "What was not found in them is listed here; it may still be in the plan."
        )
    ]
    if absent:
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in absent)
        parts.append(f'<ul class="stp-missing">{items}</ul>')
    if common:
        labels = "; ".join(
            f"{escape(label)} ({wording.at_least(number, 44)})" for label, number in common
        )
        parts.append(
            line(f"Themes that more than half of the plans name, not found here: {labels}.")
        )
    if not absent and not common:
        parts.append(line("Each thing that this page looks for was found."))
    return "".join(parts)
