"""Tables of the Finance page: every stated gap, sums within one scope, and one figure's source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps, national_series
from stp_data.money.gaps import Line, Total, Wanted
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof


@lru_cache(maxsize=64)
def every_figure(atlas: Atlas, asked: Wanted) -> str:
    """All figures asked for, in the order asked for; lines of one scope stand together."""
    found = gaps.lines(atlas, asked)
    if asked.by_size:
        tables = "".join(
            part(gaps.heading(asked, group))
            + _figures(atlas, f"Every published figure: {gaps.heading(asked, group)}", tuple(same))
            for group, same in groupby(found, key=lambda one: one.group)
        )
    else:
        tables = _figures(atlas, "Every published figure, by name of footprint", found)
    return f'{tables}<p class="stp-note">People: {html.cite(atlas, sources.PEOPLE)}.</p>'


def _figures(atlas: Atlas, caption: str, found: tuple[Line, ...]) -> str:
    rows, marked = [], set()
    for one in found:
        name = _link(atlas, one.footprint.code)
        if not one.figures:
            read = themes_named.coverage(atlas, one.footprint.code).read
            rows.append([name, "no such figure found", "", "", "", f"{read} sources read"])
        for at, figure in enumerate(one.figures):
            if figure.preferred:
                marked.add(len(rows))
            chosen = " <small>(preferred)</small>" if figure.preferred else ""
            # Once a footprint: the mark leads to all of its figures.
            checks = "" if at else html.checks(atlas, figure.code, figure.measure)
            rows.append(
                [
                    name,
                    f'<span class="stp-sum">{escape(stated_figures.amount(figure))}</span>{chosen}'
                    f"{checks}",
                    escape(gaps.amount(atlas, figure, Wanted(per_head=True))),
                    stated_figures.SCOPES[figure.scope],
                    wording.as_of(figure.as_of),
                    proof(atlas, (figure.source,), figure.confidence, figure.note),
                ]
            )
    head = ["Footprint", "Gap in 2020/21", "A head, mid-2017", "Covers", "As of", SOURCE]
    return html.table(caption, head, rows, marked=frozenset(marked))


def _link(atlas: Atlas, code: str) -> str:
    place = footprints.all_footprints(atlas)[code]
    return footprint_link(place.slug, place.name, "money")


@lru_cache(maxsize=64)
def sums(atlas: Atlas, asked: Wanted) -> str:
    """The sum of each scope, with how many footprints it covers."""
    found = gaps.totals(atlas, asked)
    where = asked.region or "England"
    if not found:
        covers = f" that covers {stated_figures.SCOPES[asked.scope]}" if asked.scope else ""
        return line(f"No figure{covers} is preferred in {escape(where)}, so there is no sum.")
    rows = [
        [
            stated_figures.SCOPES[one.scope],
            f"<b>{_pounds(one.low, one.high)}</b>",
            f"{one.footprints} of {one.among} footprints",
            "; ".join(
                f"{of.qualifier} in {of.footprints}: {_pounds(of.low, of.high)}" for of in one.parts
            ),
        ]
        for one in found
    ]
    return html.table(
        f"{where}: preferred figures added up within one scope, never across",
        ["Covers", "Sum", "Of", "Made of figures stated as"],
        rows,
    ) + line(
        f"{_not_in_a_sum(asked, found)} Every figure with its source: "
        '<a href="finance?view=table" target="_self">the table</a>.'
    )


def _pounds(low: float, high: float) -> str:
    return (
        wording.pounds(low) if low == high else f"{wording.pounds(low)} to {wording.pounds(high)}"
    )


def _not_in_a_sum(asked: Wanted, found: tuple[Total, ...]) -> str:
    among = found[0].among
    left = among - sum(one.footprints for one in found)
    several = (
        " Adding these sums to each other would mix unlike things, so no total of them is given."
        if len(found) > 1
        else ""
    )
    why = (
        "their sources do not settle on a figure"
        if asked.scope is None
        else "their preferred figure covers something else, or none is preferred"
    )
    verb = "is" if left == 1 else "are"
    return f"{left} of {among} footprints {verb} in no sum here: {why}.{several}"


@lru_cache(maxsize=4)
def published_sums(atlas: Atlas) -> str:
    """The sums for England that others published, each with what it covers."""
    found = gaps.national_sums(atlas)
    rows = [
        [
            f"<b>{_billions(series, point)}</b>{html.checked_series(atlas, series.key)}",
            escape(" ".join(filter(None, (series.description, point.basis)))),
            wording.as_of(point.as_of),
            proof(atlas, point.sources, point.confidence, point.note),
        ]
        for series, point in found
    ]
    first, last = (_billions(*found[at]) for at in (0, -1))
    return html.table(
        "England: sums that others published",
        ["Sum", "What it covers, by its source", "As of", SOURCE],
        rows,
    ) + line(
        f"From {first} to {last}: they differ in what they cover and in date, and none can be "
        "worked out from the figures of one scope on this page."
    )


def _billions(series: national_series.Series, point: national_series.Point) -> str:
    """A figure of a national series in billions of pounds, as stated."""
    words = {"about": "about ", "at least": "at least ", "up to": "up to "}
    ending = "" if point.value_to is None else f" to £{point.value_to:,.10g}bn"
    if series.unit != "GBP billion":
        raise ValueError(f"{series.key} is not in billions of pounds")
    return f"{words.get(point.qualifier, '')}£{point.value:,.10g}bn{ending}"


@lru_cache(maxsize=64)
def other_gaps(atlas: Atlas, asked: Wanted) -> str:
    """Figures that are no yearly gap of the whole footprint in 2020/21, each kind apart."""
    parts = []
    for key in gaps.OTHER_MEASURES:
        measure = measures.measure(atlas, key)
        found = gaps.others(atlas, key, asked)
        first = {figure.code: figure for figure in reversed(found)}
        parts += [part(measure.label), line(escape(measure.description))]
        if not found:
            parts.append(line("No such figure was found in the sources read for this choice."))
            continue
        parts.append(
            html.table(
                f"{measure.label}: as stated, never added up",
                ["Footprint", "Figure", "Covers", "As of", SOURCE],
                [
                    [
                        _link(atlas, figure.code),
                        f'<span class="stp-sum">{escape(stated_figures.amount(figure))}</span>'
                        + _checks(atlas, figure, first),
                        stated_figures.SCOPES[figure.scope],
                        wording.as_of(figure.as_of),
                        proof(atlas, (figure.source,), figure.confidence, figure.note),
                    ]
                    for figure in found
                ],
            )
        )
    return "".join(parts)


def _checks(atlas: Atlas, figure: Stated, first: Mapping[str, Stated]) -> str:
    """Marks beside the first figure of each footprint: they lead to all of its figures."""
    if figure is not first[figure.code]:
        return ""
    return html.checks(atlas, figure.code, figure.measure)


def one_figure(atlas: Atlas, figure: Stated, query: Mapping[str, str]) -> str:
    """Everything about one figure: who says so, what it covers, and what rivals it has.

    ``query`` are the other choices of the address, which links to rivals keep.
    """
    place = footprints.all_footprints(atlas)[figure.code]
    source = sources.source(atlas, figure.source)
    title = escape(source.title)
    if source.url:
        title = f'<a href="{escape(source.url, quote=True)}" target="_blank">{title}</a>'
    kind = sources.publisher_type(source)
    head = gaps.amount(atlas, figure, Wanted(per_head=True))
    said = (
        f"{title}<br>{escape(source.publisher)} ({escape(kind)}), {wording.as_of(source.date)}"
        f"{html.mark(figure.source)}"
    )
    facts = [
        ("Covers", stated_figures.SCOPES[figure.scope]),
        ("For each of the people of mid-2017", escape(head) + html.mark(sources.PEOPLE)),
        ("As of", wording.as_of(figure.as_of)),
        ("Who says so", said),
    ]
    facts += [("Note", escape(figure.note))] if figure.note else []
    facts += [
        ("Confidence", wording.CONFIDENCES[figure.confidence]),
        ("Preferred", _why(atlas, figure)),
        (
            "Other figures of the same gap",
            _rivals(atlas, figure, query) + html.checks(atlas, figure.code, figure.measure),
        ),
    ]
    return (
        '<section class="stp-figure" aria-live="polite">'
        f'<h2 class="stp-head">{escape(stated_figures.amount(figure))}</h2>'
        f'<p class="stp-kicker">{escape(measures.measure(atlas, figure.measure).label)}, '
        f"{_link(atlas, place.code)}</p>"
        f"{html.facts(facts)}</section>"
    )


def _why(atlas: Atlas, figure: Stated) -> str:
    if figure.preferred:
        return f"Yes. {stated_figures.PREFERENCE}"
    chosen = next((one for one in gaps.rivals(atlas, figure) if one.preferred), None)
    if chosen is None:
        return stated_figures.NONE_PREFERRED
    return f"No: {escape(stated_figures.amount(chosen))} is. {stated_figures.PREFERENCE}"


def _rivals(atlas: Atlas, figure: Stated, query: Mapping[str, str]) -> str:
    found = gaps.rivals(atlas, figure)
    if not found:
        read = themes_named.coverage(atlas, figure.code).read
        return f"None found in {read} sources read."
    return "<br>".join(_rival(atlas, one, query) for one in found)


def _rival(atlas: Atlas, figure: Stated, query: Mapping[str, str]) -> str:
    where = escape(f"finance?{urlencode({**query, 'figure': figure.key})}")
    who = sources.short_citation(sources.source(atlas, figure.source))
    chosen = ", preferred" if figure.preferred else ""
    return (
        f'<a href="{where}" target="_self">{escape(stated_figures.amount(figure))}</a>, '
        f"{stated_figures.SCOPES[figure.scope]}{chosen}. "
        f"<small>{escape(who)}{html.mark(figure.source)}</small>"
    )
