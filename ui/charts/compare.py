"""Two to five footprints side by side: standard scores, themes they share, and stated gaps."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps
from stp_data.money.gaps import GapFilter
from stp_data.overview import colours, comparing
from stp_data.overview.comparing import Line, Shared
from stp_data.pictures.figure import Words
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from ui.charts import dots, look
from ui.charts import gaps as gaps_chart
from ui.charts.dots import Axis, Kind, Mark, Panel, Plot, Row
from ui.charts.look import LABEL, SMALL, Chart, Look

Codes = tuple[str, ...]
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
DEGREES = {
    3: "Priority, workstream or programme",
    2: "Aim or proposal",
    1: "Mention",
    0: "Not found in the documents read",
}
"""How firmly a theme is named, firmest first."""
CELL, ROW, HEADING = 14, 22, 34
"""A mark of the themes, from one row to the next, and what a heading takes."""
NAMES, WIDEST = (180, 140), 110
"""Most for the names of themes (wide and narrow), and for a column."""
COVERS = {
    "NHS and social care": "the NHS and social care",
    "NHS": "the NHS only",
    "social care": "social care only",
}
"""Coverages within which figures can be compared, as a title says them."""


def kinds(atlas: Atlas, codes: Codes) -> list[Kind]:
    """A colour and a shape for each footprint, in the order asked for."""
    names = _names(atlas, codes)
    return [Kind(*kind) for kind in zip(names, colours.MARKS, SHAPES, strict=False)]


def _names(atlas: Atlas, codes: Codes) -> list[str]:
    return [footprints.all_footprints(atlas)[code].short_name for code in codes]


def _both_or_all(number: int) -> str:
    return "both" if number == 2 else f"all {number}"


def _of_dots(atlas: Atlas, name: str, words: Words, plot: Plot, look_: Look) -> Chart:
    return look.compose(
        atlas, name, words, plot.traces, look_, plot=plot.height, left=plot.left,
        right=plot.right, legend=plot.legend, below=0, layout=plot.layout,
    )  # fmt: skip


@lru_cache(maxsize=64)
def scores(atlas: Atlas, codes: Codes, look_: Look) -> Chart | None:
    """Measures in standard scores, those that differ most first, with England in the middle."""
    lines, of = comparing.differences(atlas, codes), kinds(atlas, codes)
    ends = [score for line in lines for score in line.scores]
    low, high = min(-1.0, *ends), max(1.0, *ends)
    rows = [
        Row(line.measure.label, tuple(_score_marks(line, codes, of)), line.as_of) for line in lines
    ]
    plot = dots.plot([Panel("", tuple(rows))], Axis(low, high), look_)
    steps = [step for step in range(int(low) - 1, int(high) + 2) if low <= step <= high]
    plot.layout["xaxis"] |= {
        "tickmode": "array", "tickvals": steps, "zerolinewidth": 2, "nticks": None,
        "ticktext": [f"{step:+d}".replace("-", "\u2212") if step else "England" for step in steps],
    }  # fmt: skip
    title = comparing.differ_most(atlas, codes)
    used = dict.fromkeys(line.source for line in lines)
    words = Words(
        title=title,
        subtitle="Distance from England in standard deviations of the 44 footprints, most "
        "different first. Right of England is a higher figure, which isn't good or bad in itself.",
        source="; ".join(sources.citation(sources.source(atlas, key)) for key in used),
        alt=f"{title}. Dot plot of {len(lines)} measures for "
        f"{wording.listed(_names(atlas, codes))}. The table below has every figure.",
    )
    return _of_dots(atlas, "differences", words, plot, look_)


def _score_marks(line: Line, codes: Codes, of: list[Kind]) -> list[Mark]:
    england = measures.shown(line.measure, line.england)
    marks = []
    for code, kind, value, score in zip(codes, of, line.values, line.scores, strict=True):
        tip = (
            ("", kind.label),
            ("", f"{line.measure.label}: {measures.shown(line.measure, value)}"),
            ("England", england),
            ("Standard score", wording.signed(score, 1)),
        )
        at = round(score, 2)
        marks.append(Mark(code, kind, at, at, "", tip))
    return marks


@lru_cache(maxsize=64)
def themes(atlas: Atlas, codes: Codes, look_: Look) -> Chart | None:
    """Which themes were found for which footprints; None where none was found for any."""
    found = comparing.shared_themes(atlas, codes)
    if not found:
        return None
    text = {"color": look_.palette.text}
    widest = max(look.width_of(one.theme.label) for one in found)
    left = min(widest, NAMES[look_.narrow]) + 12
    room = look_.width - left - 2 * look.EDGE
    # Plotly makes a chart as wide as the page: the columns keep to the left of it.
    each = min(WIDEST, room / len(codes))
    heads, is_turned, above = _column_heads(_names(atlas, codes), each)
    notes: list[dict[str, Any]] = [
        {
            "xref": "x", "x": at + 0.5, "y": 1, "yanchor": "bottom", "xanchor": "center",
            "textangle": -90 if is_turned else 0, "align": "left" if is_turned else "center",
            "text": head, "font": {"size": SMALL, **text}, "name": "column", "yshift": 2,
        }
        for at, head in enumerate(heads)
    ]  # fmt: skip
    y = 0.0
    rows: list[tuple[Shared, float, str]] = []
    for naming, same in groupby(found, key=lambda one: one.naming):
        listed, of = list(same), len(codes)
        who = _both_or_all(of) if naming == of else f"{naming} of {of}"
        words = f"Found for {who}: {wording.count(len(listed), 'theme', 'themes')}"
        notes.append(
            {
                "text": f"<b>{look.escaped(words)}</b>", "yref": "y", "y": y + HEADING / 2 + 3,
                "yanchor": "middle", "xshift": -left, "name": "group",
                "font": {"size": LABEL, **text},
            }
        )  # fmt: skip
        y += HEADING
        for one in listed:
            label = look.lines(one.theme.label, left - 12, LABEL)
            tall = ROW + LABEL * look.LINE * (len(label) - 1)
            rows.append((one, y + tall / 2, "<br>".join(label)))
            y += tall
    traces = [
        _cells(atlas, codes, degree, cells, look_)
        for degree in DEGREES
        if (cells := [(one, at, middle) for one, middle, _ in rows
                      for at, found_ in enumerate(one.degrees) if found_ == degree])
    ]  # fmt: skip
    layout = {
        "xaxis": {"range": [0, room / each], "showticklabels": False},
        "yaxis": {
            "range": [y + 4, 0], "tickmode": "array", "tickvals": [middle for _, middle, _ in rows],
            "ticktext": [f"{label}\u2002" for *_, label in rows],
            "tickfont": {"size": LABEL, **text},
        },
        "annotations": notes,
    }  # fmt: skip
    return look.compose(
        atlas, "shared-themes", _theme_words(atlas, codes, found), traces, look_, plot=y + 4,
        left=left, above=above, below=0, legend=[trace.name for trace in traces], layout=layout,
    )  # fmt: skip


def _column_heads(names: list[str], each: float) -> tuple[list[str], bool, float]:
    """Names above columns, whether they stand on end, and the room that they take."""
    if max(look.width_of(word, SMALL) for name in names for word in name.split()) > each:
        room = max(look.width_of(name, SMALL) for name in names) + 8
        return [look.escaped(name) for name in names], True, room
    heads = [look.wrapped(name, each, SMALL) for name in names]
    lines = max(head.count("<br>") + 1 for head in heads)
    return heads, False, lines * SMALL * look.LINE + 6


def _cells(
    atlas: Atlas, codes: Codes, degree: int, cells: list[tuple[Shared, int, float]], look_: Look
) -> go.Scatter:
    """The marks of one degree."""
    soft, names = look_.palette.soft, _names(atlas, codes)
    colour = (soft, *colours.strengths(look_.dark))[degree]
    kind = Kind(DEGREES[degree], colour, "square" if degree else "circle-open")
    proofs = themes_named.evidence(atlas, later=comparing.RULES.later)
    marks = []
    for one, at, _ in cells:
        if degree:
            found = proofs.get((codes[at], one.theme.key), ())
            counted = themes_named.counting(found, comparing.RULES)
            how, number = themes_named.firmest(counted).capitalize(), len(counted)
        else:
            how = "Not found in the documents read; it may still be in the plan"
            number = themes_named.coverage(atlas, codes[at]).read
        tip = (("", f"{one.theme.label}, {names[at]}"), ("", how), ("Documents", str(number)))
        marks.append(Mark(f"{codes[at]}:{one.theme.key}", kind, at, at, "", tip))
    return go.Scatter(
        x=[at + 0.5 for _, at, _ in cells], y=[round(y, 1) for *_, y in cells], mode="markers",
        name=kind.label, showlegend=True,
        marker={
            "symbol": kind.shape, "color": kind.colour, "size": CELL if degree else 7,
            "line": {"width": 1, "color": soft},
        },
        **dots.tips(marks),
    )  # fmt: skip


def _theme_words(atlas: Atlas, codes: Codes, found: tuple[Shared, ...]) -> Words:
    names, of = _names(atlas, codes), len(codes)
    shared = sum(one.naming == of for one in found)
    title = "No theme found for all of them"
    if shared:
        everyone = _both_or_all(of).capitalize()
        title = f"{everyone} plans name at least {wording.count(shared, 'theme', 'themes')}"
    read = [
        f"{name} {themes_named.coverage(atlas, code).read}"
        for code, name in zip(codes, names, strict=True)
    ]
    return Words(
        title=title,
        subtitle="Priorities and enablers in the plans of 2016 and 2017. An empty circle means not "
        "found in the documents read; it may still be in the plan.",
        source=f"documents read ({', '.join(read)}), each theme's sources on Priorities.",
        alt=f"{title}. Chart of {len(found)} themes for {wording.listed(names)}. The table below "
        "has every theme.",
    )


@lru_cache(maxsize=64)
def stated_gaps(atlas: Atlas, codes: Codes, look_: Look) -> Chart | None:
    """Every stated yearly gap per person, a panel for each coverage; None where none was found."""
    by_code = {code: comparing.stated_gaps(atlas, code) for code in codes}
    figures = [figure for found in by_code.values() for figure in found]
    if not figures:
        return None
    asked = GapFilter(per_head=True)
    names = _names(atlas, codes)
    panels = []
    for scope in gaps.SCOPES.values():
        rows = tuple(
            Row(name, tuple(_gap(atlas, one, asked) for one in found if one.scope == scope))
            for name, found in zip(names, by_code.values(), strict=True)
            if any(one.scope == scope for one in found)
        )
        if rows:
            covers = stated_figures.SCOPES[scope]
            panels.append(Panel(f"{covers[0].upper()}{covers[1:]}", rows))
    marks = [mark for panel in panels for row in panel.rows for mark in row.marks]
    plot = dots.plot(panels, Axis(0, max(mark.high for mark in marks), "£"), look_)
    title = _gap_title(list(by_code.values()))
    unlike = "; where it isn't stated what they cover, they may cover different services"
    unlike = unlike if any(one.scope not in COVERS for one in figures) else ""
    documents = wording.count(len({one.source for one in figures}), "document", "documents")
    people = sources.citation(sources.source(atlas, sources.PEOPLE))
    words = Words(
        title=title,
        subtitle="Yearly gap in 2020/21 if nothing changed, as published; £ per person, mid-2017. "
        f"Compare figures within a panel only{unlike}.{gaps_chart.signs(marks)}",
        source=f"{documents}, each named in the table. People: {people}.",
        alt=f"{title}. Dot plot of {wording.count(len(figures), 'figure', 'figures')} for "
        f"{wording.listed(names)}. The table below has every figure.",
    )
    return _of_dots(atlas, "stated-gaps-compared", words, plot, look_)


def _gap(atlas: Atlas, figure: Stated, asked: GapFilter) -> Mark:
    mark = gaps_chart.mark(atlas, figure, asked, printed=True)
    name = footprints.all_footprints(atlas)[figure.code].short_name
    head = ("", f"{name}: {stated_figures.amount(figure)}")
    return replace(mark, tip=(head, ("Per person", mark.said), *mark.tip[1:]))


def _gap_title(by_footprint: list[list[Stated]]) -> str:
    """How many of them have figures that can be compared at all."""
    of = len(by_footprint)
    number, covers = max(
        (
            (sum(any(one.scope == scope for one in found) for found in by_footprint), covers)
            for scope, covers in COVERS.items()
        ),
        key=lambda pair: pair[0],
    )
    if number < 2:
        return "No two of them have a published gap that is known to cover the same services"
    who = _both_or_all(of).capitalize() if number == of else f"{number} of the {of}"
    return f"{who} have a published gap for {covers}"
