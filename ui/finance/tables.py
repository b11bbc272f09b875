"""Tables of the Finance page: every published gap, totals by coverage, and one figure's source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps, national, national_series
from stp_data.money.gaps import GapFilter, Line, Total
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof

PER_HEAD = GapFilter(per_head=True)


@lru_cache(maxsize=64)
def every_figure(atlas: Atlas, asked: GapFilter) -> str:
    """All figures asked for, in the order asked for; lines of one coverage stand together."""
    found = gaps.lines(atlas, asked)
    tables = []
    if asked.by_size:
        for group, same in groupby(found, key=lambda one: one.group):
            heading = gaps.heading(asked, group)
            caption = f"Every published figure: {heading}"
            tables += [part(heading), _figures(atlas, caption, same)]
    else:
        tables.append(_figures(atlas, "Every published figure, by name of footprint", found))
    return f'{"".join(tables)}<p class="stp-note">People: {html.cite(atlas, sources.PEOPLE)}.</p>'


def _figures(atlas: Atlas, caption: str, found: Iterable[Line]) -> str:
    rows: list[list[str]] = []
    marked = set()
    for one in found:
        for at, figure in enumerate(one.figures):
            if figure.preferred:
                marked.add(len(rows))
            row = _row(atlas, figure, is_first=not at)
            row.insert(2, escape(gaps.amount(atlas, figure, PER_HEAD).removesuffix(" per person")))
            rows.append(row)
        if not one.figures:
            read = themes_named.coverage(atlas, one.footprint.code).read
            name = _link(atlas, one.footprint.code)
            rows.append([name, "no such figure found", "", "", "", f"{read} sources read"])
    head = ["Footprint", "Gap in 2020/21", "Per person, mid-2017", "Covers", "As of", SOURCE]
    return html.table(caption, head, rows, marked=frozenset(marked))


def _row(atlas: Atlas, figure: Stated, *, is_first: bool) -> list[str]:
    """Footprint, figure, coverage, date and source; the marks lead to all of its figures, once."""
    used = " <small>(figure we use)</small>" if figure.preferred else ""
    checks = html.checks(atlas, figure.code, figure.measure) if is_first else ""
    return [
        _link(atlas, figure.code),
        f'<span class="stp-sum">{escape(stated_figures.amount(figure))}</span>{used}{checks}',
        stated_figures.SCOPES[figure.scope],
        wording.as_of(figure.as_of),
        proof(atlas, (figure.source,), figure.confidence, figure.note),
    ]


def _link(atlas: Atlas, code: str) -> str:
    place = footprints.all_footprints(atlas)[code]
    return footprint_link(place.slug, place.name, "money")


def totals(atlas: Atlas, asked: GapFilter) -> str:
    """The total of each coverage, with how many footprints are in it."""
    found = gaps.totals(atlas, asked)
    where = asked.region or "England"
    among = len(gaps.places_in(atlas, asked.region))
    if not found:
        covers = f" for {stated_figures.SCOPES[asked.scope]}" if asked.scope else ""
        return line(f"We use no figure{covers} in {escape(where)}, so there is no total.")
    rows = [
        [
            stated_figures.SCOPES[one.label],
            f"<b>{_pounds(one)}</b>",
            f"{one.footprints} of {among} footprints",
            "; ".join(f"{of.label} in {of.footprints}: {_pounds(of)}" for of in one.parts),
        ]
        for one in found
    ]
    left = among - sum(one.footprints for one in found)
    why = (
        "sources don't settle on a figure"
        if asked.scope is None
        else "the figure we use covers something else, or we use none"
    )
    never = " Different coverages can't be added together." if len(found) > 1 else ""
    return html.table(
        f"{where}: the figures we use, added up within each coverage",
        ["Covers", "Total", "Footprints", "How sources state the figures"],
        rows,
    ) + line(
        f"{left} of {among} footprints {'is' if left == 1 else 'are'} in no total here: {why}."
        f'{never} Every figure with its source: <a href="finance?view=table" target="_self">the '
        "table</a>."
    )


def _pounds(one: Total) -> str:
    return wording.as_stated(wording.pounds, one.low, None if one.low == one.high else one.high, "")


@lru_cache(maxsize=4)
def published_sums(atlas: Atlas) -> str:
    """The totals for England that others published, each with what it covers."""
    found = national.gap_sums(atlas)[0].figures
    rows = [
        [
            f"<b>{national_series.figure(series, point)}</b>"
            + html.checked_series(atlas, series.key),
            escape(" ".join(filter(None, (series.description, point.basis)))),
            wording.as_of(point.as_of),
            proof(atlas, point.sources, point.confidence, point.note),
        ]
        for series, point in found
    ]
    first, last = (national_series.figure(*found[at]) for at in (0, -1))
    head = ["Total", "What it covers, by its source", "As of", SOURCE]
    return html.table("England: totals that others published", head, rows) + line(
        f"From {first} to {last}: they differ in coverage and date, and none can be worked out "
        "from the figures on this page."
    )


def other_gaps(atlas: Atlas, asked: GapFilter) -> str:
    """Figures that are no yearly gap of the whole footprint in 2020/21, each kind apart."""
    parts = []
    for key in gaps.OTHER_MEASURES:
        measure = measures.measure(atlas, key)
        found = gaps.others(atlas, key, asked)
        parts += [part(measure.label), line(escape(measure.description))]
        if not found:
            parts.append(line("We found no such figure for this selection."))
            continue
        rows = [
            _row(atlas, figure, is_first=not at)
            for _, same in groupby(found, key=lambda one: one.code)
            for at, figure in enumerate(same)
        ]
        head = ["Footprint", "Figure", "Covers", "As of", SOURCE]
        parts.append(html.table(f"{measure.label}: as stated, never added up", head, rows))
    return "".join(parts)


def one_figure(atlas: Atlas, figure: Stated, query: Mapping[str, str]) -> str:
    """Everything about one figure: its source, what it covers, and other published figures.

    ``query`` are the other choices of the address, which links to those keep.
    """
    source = sources.source(atlas, figure.source)
    title = escape(source.title)
    if source.url:
        title = f'<a href="{escape(source.url, quote=True)}" target="_blank">{title}</a>'
    said = (
        f"{title}<br>{escape(source.publisher)} ({escape(sources.publisher_type(source))}), "
        f"{wording.as_of(source.date)}{html.mark(figure.source)}"
    )
    each = gaps.amount(atlas, figure, PER_HEAD).removesuffix(" per person")
    rivals = gaps.rivals(atlas, figure)
    others = "<br>".join(_rival(atlas, one, query) for one in rivals)
    read = themes_named.coverage(atlas, figure.code).read
    facts = [
        ("Covers", stated_figures.SCOPES[figure.scope]),
        ("Per person, mid-2017", escape(each) + html.mark(sources.PEOPLE)),
        ("As of", wording.as_of(figure.as_of)),
        ("Source", said),
        ("Note", escape(figure.note)),
        ("Confidence", wording.CONFIDENCES[figure.confidence]),
        ("Figure we use, and why", _why(figure, rivals)),
        (
            "Other published figures",
            (others or f"None found in {read} sources read.")
            + html.checks(atlas, figure.code, figure.measure),
        ),
    ]
    return (
        '<section class="stp-figure" aria-live="polite">'
        f'<h2 class="stp-head">{escape(stated_figures.amount(figure))}</h2>'
        f'<p class="stp-kicker">{escape(measures.measure(atlas, figure.measure).label)}, '
        f"{_link(atlas, figure.code)}</p>"
        f"{html.facts((term, text) for term, text in facts if text)}</section>"
    )


def _why(figure: Stated, rivals: list[Stated]) -> str:
    if figure.preferred:
        return f"This one. {stated_figures.PREFERENCE}"
    used = next((one for one in rivals if one.preferred), None)
    if used is None:
        return stated_figures.NONE_PREFERRED
    return f"{escape(stated_figures.amount(used))}, not this one. {stated_figures.PREFERENCE}"


def _rival(atlas: Atlas, figure: Stated, query: Mapping[str, str]) -> str:
    where = escape(f"finance?{urlencode({**query, 'figure': figure.key})}")
    who = sources.short_citation(sources.source(atlas, figure.source))
    used = ", figure we use" if figure.preferred else ""
    return (
        f'<a href="{where}" target="_self">{escape(stated_figures.amount(figure))}</a>, '
        f"{stated_figures.SCOPES[figure.scope]}{used}. "
        f"<small>{escape(who)}{html.mark(figure.source)}</small>"
    )
