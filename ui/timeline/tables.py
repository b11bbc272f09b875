"""Lists and tables of the Timeline page, and the sources of one mark."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import quote

from stp_data.core import dates, sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.history import events, publication_dates, successor_bodies, waves
from stp_data.history.events import Event
from stp_data.history.publication_dates import Release
from stp_data.history.successor_bodies import Flow
from stp_data.history.waves import WAVES
from stp_data.places import footprints
from stp_data.plans import plans
from stp_data.priorities import themes_named
from ui.parts import html
from ui.parts.cells import footprint_link, line, proof

VAGUE = {"month": "day not given", "year": "month not given"}


def _link(atlas: Atlas, code: str, *, is_short: bool = False) -> str:
    place = footprints.all_footprints(atlas)[code]
    return footprint_link(place.slug, place.short_name if is_short else place.name)


# Events


def listing(atlas: Atlas, found: tuple[Event, ...]) -> str:
    """Return the events by year, undated ones at the end."""
    tables = [
        html.table(
            year or "Not dated", ["When", "Event", "Where", "Source"],
            [
                [_when(one), _what(one), _where(atlas, one), _reported_by(atlas, one)]
                for one in own
            ],
        )
        for year, own in groupby(found, key=lambda one: one.date[:4])
    ]  # fmt: skip
    return f'<div class="stp-timeline">{"".join(tables)}</div>'


def _when(one: Event) -> str:
    """Return the date as exact as it is; where sources differ, each date and a way to compare."""
    said = " or ".join(map(wording.date, one.dates)) or "not dated"
    remark = VAGUE.get(dates.precision(one.date), "")
    if one.has_conflicting_dates:
        remark = "sources differ"
        if one.key:
            where = f"evidence?conflict={quote(f'event:{one.key}')}"
            remark = f'<a href="{where}" target="_self">{remark}</a>'
    elif one.date:
        said = wording.date(one.date)
    return said + (f"<br><small>{remark}</small>" if remark else "")


def _what(one: Event) -> str:
    kinds = wording.listed(list(dict.fromkeys(report.kind for report in one.reports)))
    several = len(one.reports) > 1
    text = "<br>".join(
        escape(report.summary)
        + (f" <small>({wording.as_of(report.date)})</small>" if several else "")
        for report in one.reports
    )
    return f"{text}<br><small>{kinds}</small>"


def _where(atlas: Atlas, one: Event) -> str:
    if one.is_national:
        return f"England<br><small>no. {one.number}</small>"
    return _link(atlas, one.code, is_short=True)


def _reported_by(atlas: Atlas, one: Event) -> str:
    """Return the sources of each report with its confidence and note."""
    return "<br>".join(
        f"{html.cite_all(atlas, report.sources)}<br><small>"
        + f"Confidence: {report.confidence}. {escape(report.note)}".rstrip()
        + "</small>"
        for report in one.reports
    )


def event(atlas: Atlas, one: Event, remark: str = "") -> str:
    """Return one event with its sources; ``remark`` ends the caption."""
    caption = f"National event no. {one.number}"
    if not one.is_national:
        caption = f"Local event: {footprints.all_footprints(atlas)[one.code].name}"
    row = [_when(one), _what(one), _reported_by(atlas, one)]
    return html.table(caption + remark, ["When", "Event", "Source"], [row])


# Publication of the plans


def release(atlas: Atlas, one: Release) -> str:
    """Return every source of one date of publication."""
    rows = []
    for report in one.reports:
        named = f": {escape(report.published_by)}" if report.published_by else ""
        rows.append(
            [
                escape(sources.source(atlas, report.source).title),
                proof(atlas, (report.source,), report.confidence, report.note),
                f"{plans.HOW_PUBLISHED[report.how]}{named}",
                plans.VERSIONS[report.version],
            ]
        )
    name = footprints.all_footprints(atlas)[one.code].name
    used = " This is the date we use." if one.is_used else ""
    return html.table(
        f"{name}: published {wording.date(one.date)}, {plans.HOW_PUBLISHED[one.how]}.{used}",
        ["Document", "Source", "Published by", "Version"],
        rows,
    )


@lru_cache(maxsize=4)
def publication_table(atlas: Atlas) -> str:
    """Return a row for each of the 44 with the date that we use and all others."""
    rows = []
    for code in publication_dates.in_order(atlas):
        found = publication_dates.releases(atlas, code)
        used, others = (
            "<br>".join(_release(atlas, one) for one in found if one.is_used == is_used)
            for is_used in (True, False)
        )
        if not found:
            used = f"not found in {themes_named.coverage(atlas, code).read} sources read"
        differing = conflicts.select(conflicts.conflicts(atlas), kind="date", code=code)
        remarks = "".join(map(html.differs, differing))
        rows.append([_link(atlas, code), (used or "not settled") + remarks, others])
    return html.table(
        "Publication of each plan, earliest first; those without a date last",
        ["Footprint", "Date we use", "Other dates, drafts, summaries and updates"],
        rows,
    )


def _release(atlas: Atlas, one: Release) -> str:
    cited = html.cite_all(atlas, (report.source for report in one.reports))
    return f"<b>{wording.date(one.date)}</b>, {one.in_words} <small>[{cited}]</small>"


# Integrated care


@lru_cache(maxsize=4)
def waves_table(atlas: Atlas) -> str:
    """Return each wave with its footprints and what was announced."""
    rows = []
    for wave in WAVES:
        found = waves.members(atlas, wave).values()
        named = [
            f"{_link(atlas, one.code, is_short=True)}"
            f"{' (in part)' if waves.is_partial(one) else ''}{html.marks(one.sources)}"
            for one in found
        ]
        announced = " ".join(
            f"{escape(report.summary)} <small>[{html.cite_all(atlas, report.sources)}]</small>"
            for report in waves.announcement(atlas, wave).reports
        )
        rows.append(
            [
                f"{wave.label}<br><small>{wording.date(wave.when)}</small>"
                f"{html.differs(conflicts.of_event(atlas, wave.happening))}",
                f"<b>{len(found)}</b>: {', '.join(named)}",
                f"{wave.systems} {wave.called}<br><small>{announced}</small>",
                html.cite_few(atlas, events.cited(found)),
            ]
        )
    return html.table(
        "Footprints named in each wave. A system was not always one footprint, so the two numbers "
        "can differ",
        ["Wave", "Footprints found", "Announced", "Sources of the footprints"],
        rows,
    ) + _in_no_wave(atlas)


def _in_no_wave(atlas: Atlas) -> str:
    items = "; ".join(
        f"{_link(atlas, code)} (not found in {themes_named.coverage(atlas, code).read} sources "
        "read)"
        for code in waves.not_found(atlas)
    )
    return line(f"No wave found in the sources we read: {items}.") if items else ""


# Successor bodies


@lru_cache(maxsize=4)
def successors_table(atlas: Atlas) -> str:
    """Return the 44 with their boards and shares, those split or merged first."""
    flows = successor_bodies.flows(atlas)
    boards, unchanged = successor_bodies.boards(atlas), successor_bodies.unchanged(atlas)
    rows = [
        [_link(atlas, flow.code), escape(boards[flow.board]), wording.share(flow.share)]
        for flow in sorted(flows, key=lambda flow: flow.code in unchanged)
    ]
    return (
        html.table(
            "Boards of July 2022 and their share of each footprint's mid-2017 population; "
            "footprints that were split or merged first",
            ["Footprint", "Integrated care board", "Share of people"],
            rows,
            numbers_from=2,
        )
        + f'<p class="stp-note">{escape(successor_bodies.BASIS)} Sources: '
        f"{html.cite_all(atlas, [*(flow.source for flow in flows), sources.PEOPLE])}.</p>"
    )


def flow(atlas: Atlas, one: Flow) -> str:
    """Return one flow as a sentence with its sources."""
    cited = html.cite_all(atlas, (one.source, sources.PEOPLE))
    said = escape(successor_bodies.flow_in_words(atlas, one))
    return line(f"<b>{said}</b> <small>[{cited}]</small>")
