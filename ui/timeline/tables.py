"""Lists, tables and sources of the Timeline page."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import quote

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.history import publication_dates, reported_events, successor_bodies, waves
from stp_data.history.publication_dates import Release
from stp_data.history.reported_events import Happening
from stp_data.history.timeline import ENGLAND, Event
from stp_data.history.waves import WAVES
from stp_data.places import footprints
from stp_data.plans import plans
from stp_data.plans.plans import HOW_PUBLISHED, Publication
from stp_data.priorities import themes_named
from ui.parts import html
from ui.parts.cells import footprint_link, proof

VAGUE = {7: "day not given", 4: "month not given"}
"""By the length of a date."""


def listing(atlas: Atlas, found: tuple[Happening, ...]) -> str:
    """Events by year, those without a date apart at the end."""
    parts = []
    for year, group in groupby(found, key=lambda one: one.date[:4]):
        events = list(group)
        rows = [[when(one), _what(one), _where(atlas, one), _told_by(atlas, one)] for one in events]
        parts.append(
            html.table(year or "Not dated", ["When", "What happened", "Where", "Source"], rows)
        )
    return f'<div class="stp-timeline">{"".join(parts)}</div>'


def when(one: Happening) -> str:
    """The date as exact as it is; where sources differ, each date, and the way to compare them."""
    if not one.date:
        return "not dated"
    if not one.differs:
        vague = VAGUE.get(len(one.date))
        return wording.date(one.date) + (f"<br><small>{vague}</small>" if vague else "")
    each = " or ".join(wording.date(day) for day in one.dates if day)
    said = "sources differ"
    if one.key:
        said = f'<a href="evidence?conflict={quote(f"event:{one.key}")}" target="_self">{said}</a>'
    return f"{each}<br><small>{said}</small>"


def _what(one: Happening) -> str:
    kinds = wording.listed(list(dict.fromkeys(event.kind for event in one.told)))
    if len(one.told) == 1:
        text = escape(one.told[0].summary)
    else:
        text = "<br>".join(
            f"{escape(event.summary)} <small>({wording.date(event.date) or 'not dated'})</small>"
            for event in one.told
        )
    return f"{text}<br><small>{kinds}</small>"


def _where(atlas: Atlas, one: Happening) -> str:
    if one.code == ENGLAND:
        return f"England<br><small>no. {one.number}</small>"
    place = footprints.all_footprints(atlas)[one.code]
    return footprint_link(place.slug, place.short_name)


def _told_by(atlas: Atlas, one: Happening) -> str:
    return "<br>".join(_proof(atlas, event) for event in one.told)


def _proof(atlas: Atlas, event: Event) -> str:
    """Sources, how sure they make us, and what a reader should know."""
    remarks = f"Confidence: {event.confidence}. {escape(event.note)}".rstrip()
    return f"{html.cite_all(atlas, event.sources)}<br><small>{remarks}</small>"


@lru_cache(maxsize=64)
def one_event(atlas: Atlas, mark: str) -> str:
    """The event chosen in the chart, with its sources."""
    one = reported_events.by_mark(atlas)[mark]
    if one.number:
        caption = f"National event no. {one.number}"
    else:
        caption = f"Local event: {footprints.all_footprints(atlas)[one.code].name}"
    return html.table(
        caption,
        ["When", "What happened", "Source"],
        [[when(one), _what(one), _told_by(atlas, one)]],
    )


@lru_cache(maxsize=128)
def one_release(atlas: Atlas, key: str) -> str:
    """Every source of a mark among the plans."""
    code = key.partition(":")[0]
    (one,) = [one for one in publication_dates.releases(atlas, code) if one.key == key]
    taken = " This is the date taken here." if one.preferred else ""
    rows = [
        [
            escape(sources.source(atlas, said.source).title),
            proof(atlas, (said.source,), said.confidence, said.note),
            _how(said),
            plans.VERSIONS[said.version],
        ]
        for said in one.said
    ]
    name = footprints.all_footprints(atlas)[code].name
    return html.table(
        f"{name}: made public {wording.date(one.date)}, {HOW_PUBLISHED[one.how]}.{taken}",
        ["Document", "Source", "By whom", "Version"],
        rows,
    )


def _how(said: Publication) -> str:
    named = f": {escape(said.published_by)}" if said.published_by else ""
    return f"{HOW_PUBLISHED[said.how]}{named}"


@lru_cache(maxsize=4)
def plans_table(atlas: Atlas) -> str:
    """All 44: the date taken, by whom, and every other date with its sources."""
    rows = []
    for code in publication_dates.in_order(atlas):
        place = footprints.all_footprints(atlas)[code]
        found = publication_dates.releases(atlas, code)
        differing = conflicts.select(conflicts.conflicts(atlas), kind="date", code=code)
        chosen = [one for one in found if one.preferred]
        others = [one for one in found if not one.preferred]
        if not found:
            read = themes_named.coverage(atlas, code)
            first = f"not found in {read.read} sources read"
        else:
            first = "<br>".join(_release(atlas, one) for one in chosen) or "not settled"
        rows.append(
            [
                footprint_link(place.slug, place.name),
                first + "".join(html.differs(one) for one in differing),
                "<br>".join(_release(atlas, one) for one in others),
            ]
        )
    return html.table(
        "When each plan became public, first plan first; those without a date last",
        ["Footprint", "Date taken", "Other dates, drafts, summaries and updates"],
        rows,
    )


def _release(atlas: Atlas, one: Release) -> str:
    version = f", {plans.VERSIONS[one.version]}" if one.version else ""
    cited = html.cite_all(atlas, (said.source for said in one.said))
    return (
        f"<b>{wording.date(one.date)}</b>, {HOW_PUBLISHED[one.how]}{version} "
        f"<small>[{cited}]</small>"
    )


@lru_cache(maxsize=4)
def waves_table(atlas: Atlas) -> str:
    """Each wave with its footprints, what was announced, and who says so."""
    rows = []
    for wave in WAVES:
        found = waves.members(atlas, wave)
        named = [
            f"{_where(atlas, one)}{' (in part)' if waves.only_a_part(one) else ''}"
            f"{html.marks(key for event in one.told for key in event.sources)}"
            for one in found.values()
        ]
        announced = " ".join(
            f"{escape(event.summary)} <small>[{html.cite_all(atlas, event.sources)}]</small>"
            for one in waves.announced(atlas, wave)
            for event in one.told
        )
        told = [key for one in found.values() for event in one.told for key in event.sources]
        rows.append(
            [
                f"{wave.label}<br><small>{wording.date(wave.when)}</small>"
                f"{html.differs(conflicts.of_event(atlas, wave.happening))}",
                f"<b>{len(found)}</b>: {', '.join(named)}",
                f"{wave.systems} {wave.called}<br><small>{announced}</small>",
                html.cite_few(atlas, tuple(dict.fromkeys(told))),
            ]
        )
    return html.table(
        "Footprints that a source places in a wave; a system was not always one footprint, so the "
        "two numbers need not be the same",
        ["Wave", "Footprints found", "Announced", "Sources of the footprints"],
        rows,
    )


@lru_cache(maxsize=4)
def in_no_wave(atlas: Atlas) -> str:
    """The footprints that no source read places in a wave."""
    lost = waves.not_found(atlas)
    if not lost:
        return ""
    places = footprints.all_footprints(atlas)
    items = "; ".join(
        f"{footprint_link(places[code].slug, places[code].name)} (not found in "
        f"{themes_named.coverage(atlas, code).read} sources read)"
        for code in lost
    )
    return (
        f'<p class="stp-line">Placed in no wave by the sources read: {items}. None of them is put '
        "in a wave because the others were in another.</p>"
    )


@lru_cache(maxsize=128)
def one_wave(atlas: Atlas, mark: str) -> str:
    """What sources say of one footprint in one wave."""
    key, _, code = mark.partition(":")
    wave = waves.BY_KEY[key]
    one = waves.members(atlas, wave)[code]
    return html.table(
        f"{footprints.all_footprints(atlas)[code].name}, {wave.label.lower()}",
        ["When", "What sources say", "Source"],
        [[when(one), _what(one), _told_by(atlas, one)]],
    )


@lru_cache(maxsize=4)
def became_table(atlas: Atlas) -> str:
    """The 44, those split or merged first, each with its boards and shares."""
    apart = successor_bodies.unchanged(atlas)
    places, names = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    rows = [
        [
            footprint_link(places[flow.code].slug, places[flow.code].name),
            escape(names[flow.board]),
            wording.share(flow.share),
        ]
        for flow in sorted(successor_bodies.flows(atlas), key=lambda flow: flow.code in apart)
    ]
    cited = html.cite_all(atlas, (flow.source for flow in successor_bodies.flows(atlas)))
    return (
        html.table(
            "Boards of July 2022 and the share of each footprint's mid-2017 people that they took "
            "over; first the footprints that were split or merged",
            ["Footprint", "Integrated care board", "Share of people"],
            rows,
            numbers_from=2,
        )
        + f'<p class="stp-note">{escape(successor_bodies.BASIS)} Sources: {cited}; '
        f"{html.cite(atlas, sources.PEOPLE)}.</p>"
    )


@lru_cache(maxsize=64)
def one_flow(atlas: Atlas, mark: str) -> str:
    """The flow chosen in the diagram as a sentence with its source."""
    (flow,) = [f for f in successor_bodies.flows(atlas) if f"{f.code}:{f.board}" == mark]
    cited = html.cite_all(atlas, (flow.source, sources.PEOPLE))
    return (
        f'<p class="stp-line"><b>{escape(successor_bodies.flow_in_words(atlas, flow))}</b> '
        f"<small>[{cited}]</small></p>"
    )
