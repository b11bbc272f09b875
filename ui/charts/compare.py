"""Two to five footprints side by side: standard scores, themes they share, and stated gaps."""

from __future__ import annotations

from collections.abc import Mapping
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
from stp_data.priorities.themes_named import Rules
from ui.charts import dots, look
from ui.charts import gaps as gaps_chart
from ui.charts.dots import Axis, Kind, Mark, Panel, Row
from ui.charts.look import LABEL, SMALL, Chart, Look

Codes = tuple[str, ...]
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
DEGREES: Mapping[int, str] = {
    3: "Priority, workstream or programme",
    2: "Aim or proposal",
    1: "Mention",
    0: "Not found in the documents read",
}
"""How firmly a theme is named, firmest first."""
ABSENT = "circle-open"
CELL, ROW, HEADING = 14, 22, 34
"""A mark of the themes, from one row to the next, and what a heading takes."""
COVERS = {
    "NHS and social care": "the NHS and social care",
    "NHS": "the NHS only",
    "social care": "social care only",
}
"""Scopes within which figures can be compared, as a title says them."""
NAMES = 180, 140
"""Most for the names of themes: wide and narrow."""


def kinds(atlas: Atlas, codes: Codes) -> list[Kind]:
    """A colour and a shape for each footprint, in the order asked for."""
    places = footprints.all_footprints(atlas)
    return [
        Kind(places[code].short_name, colour, shape)
        for code, colour, shape in zip(codes, colours.MARKS, SHAPES, strict=False)
    ]


@lru_cache(maxsize=64)
def scores(atlas: Atlas, codes: Codes, look_: Look, title: str) -> Chart | None:
    """Measures in standard scores, those that differ most first, with England in the middle."""
    lines = comparing.differences(atlas, codes)
    if not lines:
        return None
    ends = [score for line in lines for score in line.scores]
    of = kinds(atlas, codes)
    rows = tuple(
        Row(
            line.measure.label,
            tuple(_score(atlas, line, code, kind, at) for at, (code, kind) in enumerate(
                zip(codes, of, strict=True)
            )),
            line.as_of,
        )
        for line in lines
    )  # fmt: skip
    low, high = min([-1.0, *ends]), max([1.0, *ends])
    plot = dots.plot([Panel("", rows)], Axis(low, high), look_)
    steps = range(int(low) - 1, int(high) + 2)
    inside = [step for step in steps if low <= step <= high]
    plot.layout["xaxis"] |= {
        "tickmode": "array", "tickvals": inside,
        "ticktext": [f"{step:+d}".replace("-", "\u2212") if step else "England" for step in inside],
        "zerolinewidth": 2,
    }  # fmt: skip
    plot.layout["xaxis"].pop("nticks")
    used = dict.fromkeys(line.source for line in lines)
    places = wording.listed([kind.label for kind in of])
    words = Words(
        title=title,
        subtitle="Distance from England's figure in standard deviations of the 44 footprints, the "
        "measures that differ most first. Right of England is a higher figure, which isn't good or "
        "bad in itself.",
        source="; ".join(sources.citation(sources.source(atlas, key)) for key in used),
        alt=f"{title}. Dot plot of {len(lines)} measures for {places}. The table below has every "
        "figure.",
    )
    return look.compose(
        atlas, "differences", words, plot.traces, look_, plot=plot.height, left=plot.left,
        right=plot.right, legend=plot.legend, below=0, layout=plot.layout,
    )  # fmt: skip


def _score(atlas: Atlas, line: Line, code: str, kind: Kind, at: int) -> Mark:
    score = round(line.scores[at], 2)
    figure = measures.shown(line.measure, line.values[at])
    england = measures.shown(line.measure, line.england)
    return Mark(
        key=code,
        kind=kind,
        low=score,
        high=score,
        said="",
        tip=(
            ("", kind.label),
            ("", f"{line.measure.label}: {figure}"),
            ("England", england),
            ("Standard score", wording.signed(score, 1)),
            ("As of", line.as_of),
            ("Source", sources.short_citation(sources.source(atlas, line.source))),
        ),
    )


@lru_cache(maxsize=64)
def themes(atlas: Atlas, codes: Codes, rules: Rules, look_: Look) -> Chart | None:
    """Which themes were found for which footprints; None where none was found for any."""
    found = comparing.shared_themes(atlas, codes, rules)
    return _Membership(atlas, codes, found, look_).drawn() if found else None


class _Membership:
    """Rows of themes, a column a footprint."""

    def __init__(
        self, atlas: Atlas, codes: Codes, found: tuple[Shared, ...], look_: Look
    ) -> None:  # fmt: skip
        self.atlas, self.codes, self.found, self.look = atlas, codes, found, look_
        places = footprints.all_footprints(atlas)
        self.names = [places[code].short_name for code in codes]
        most = NAMES[look_.narrow]
        widest = max(look.width_of(one.theme.label) for one in found)
        self.left = min(widest, most) + 12
        self.each = min(110.0, (look_.width - self.left - 2 * look.EDGE) / len(codes))
        # Plotly makes a chart as wide as the page: the columns keep to the left of it.
        self.room = look_.width - self.left - 2 * look.EDGE

    def drawn(self) -> Chart:
        places, headings, high = self._rows()
        turned, above = self._heads()
        strengths = dict(zip((1, 2, 3), colours.strengths(self.look.dark), strict=True))
        traces = []
        for degree, label in DEGREES.items():
            cells = [
                (at, y, one)
                for one, y, _ in places
                for at, d in enumerate(one.degrees)
                if d == degree
            ]
            if cells:
                traces.append(self._trace(degree, label, cells, strengths))
        notes: list[dict[str, Any]] = [
            {
                "xref": "x", "x": at + 0.5, "y": 1, "yanchor": "bottom", "xanchor": "center",
                "textangle": -90 if turned else 0, "align": "left" if turned else "center",
                "text": text, "font": {"size": SMALL, "color": self.look.palette.text},
                "name": "column", "yshift": 2,
            }
            for at, text in enumerate(self._head_texts(turned))
        ]  # fmt: skip
        notes += [
            {
                "text": f"<b>{look.escaped(words)}</b>", "yref": "y", "y": y, "yanchor": "middle",
                "xshift": -self.left, "name": "group",
                "font": {"size": LABEL, "color": self.look.palette.text},
            }
            for words, y in headings
        ]  # fmt: skip
        layout: dict[str, Any] = {
            "xaxis": {"range": [0, self.room / self.each], "showticklabels": False},
            "yaxis": {
                "range": [high, 0], "tickmode": "array", "tickvals": [y for _, y, _ in places],
                "ticktext": [f"{words}\u2002" for _, _, words in places],
                "tickfont": {"size": LABEL, "color": self.look.palette.text},
            },
            "annotations": notes,
        }  # fmt: skip
        return look.compose(
            self.atlas, "shared-themes", self._words(), traces, self.look, plot=high,
            left=self.left, above=above, below=0, legend=[trace.name for trace in traces],
            layout=layout,
        )  # fmt: skip

    def _rows(self) -> tuple[list[tuple[Shared, float, str]], list[tuple[str, float]], float]:
        """Each theme with the middle of its row and its words, the headings, and the height."""
        y = 0.0
        places, headings = [], []
        for naming, same in groupby(self.found, key=lambda one: one.naming):
            listed = list(same)
            headings.append((self._heading(naming, len(listed)), y + HEADING / 2 + 3))
            y += HEADING
            for one in listed:
                words = look.lines(one.theme.label, self.left - 12, LABEL)
                tall = ROW + LABEL * look.LINE * (len(words) - 1)
                places.append((one, y + tall / 2, "<br>".join(words)))
                y += tall
        return places, headings, y + 4

    def _heading(self, naming: int, number: int) -> str:
        of = len(self.codes)
        everyone = "both" if of == 2 else f"all {of}"
        who = everyone if naming == of else f"{naming} of {of}"
        return f"Found for {who}: {wording.count(number, 'theme', 'themes')}"

    def _heads(self) -> tuple[bool, float]:
        """Whether names stand on end above the columns, and what room they take."""
        words = [word for name in self.names for word in name.split()]
        turned = max(look.width_of(word, SMALL) for word in words) > self.each
        if turned:
            return True, max(look.width_of(name, SMALL) for name in self.names) + 8
        lines = max(text.count("<br>") + 1 for text in self._head_texts(False))
        return False, lines * SMALL * look.LINE + 6

    def _head_texts(self, turned: bool) -> list[str]:
        if turned:
            return [look.escaped(name) for name in self.names]
        return [look.wrapped(name, self.each, SMALL) for name in self.names]

    def _trace(
        self,
        degree: int,
        label: str,
        cells: list[tuple[int, float, Shared]],
        strengths: Mapping[int, str],
    ) -> go.Scatter:
        soft = self.look.palette.soft
        kind = Kind(label, strengths.get(degree, soft), "square" if degree else ABSENT)
        marks = [
            Mark(
                f"{self.codes[at]}:{one.theme.key}", kind, at, at, "",
                (
                    ("", f"{one.theme.label}, {self.names[at]}"),
                    ("", self._said(one, at)),
                ),
            )
            for at, _, one in cells
        ]  # fmt: skip
        return go.Scatter(
            x=[at + 0.5 for at, _, _ in cells], y=[y for _, y, _ in cells], mode="markers",
            name=label, showlegend=True,
            marker={
                "symbol": kind.shape, "color": kind.colour, "size": CELL if degree else 7,
                "line": {"width": 1, "color": soft},
            },
            **dots.tips(marks),
        )  # fmt: skip

    def _said(self, one: Shared, at: int) -> str:
        code, degree = self.codes[at], one.degrees[at]
        if not degree:
            read = themes_named.coverage(self.atlas, code).read
            return f"Not found in the {read} documents read; it may still be in the plan"
        proofs = themes_named.evidence(self.atlas, later=False).get((code, one.theme.key), ())
        counted = themes_named.counting(proofs, Rules())
        number = wording.count(len(counted), "document", "documents")
        return f"{themes_named.firmest(counted).capitalize()}; {number}"

    def _words(self) -> Words:
        of = len(self.codes)
        shared = sum(one.naming == of for one in self.found)
        number = wording.count(shared, "theme", "themes")
        all_of = "Both plans" if of == 2 else f"All {of} plans"
        title = f"{all_of} name at least {number}" if shared else "No theme found for all of them"
        read = [
            f"{name} {themes_named.coverage(self.atlas, code).read}"
            for code, name in zip(self.codes, self.names, strict=True)
        ]
        return Words(
            title=title,
            subtitle="Priorities and enablers in the plans of 2016 and 2017. An empty circle means "
            "not found in the documents read; it may still be in the plan.",
            source=f"documents read ({', '.join(read)}), each theme's sources on Priorities.",
            alt=f"{title}. Chart of {len(self.found)} themes for {wording.listed(self.names)}. The "
            "table below has every theme.",
        )


@lru_cache(maxsize=64)
def stated_gaps(atlas: Atlas, codes: Codes, look_: Look) -> Chart | None:
    """Every stated yearly gap per person, a panel a scope; None where none was found."""
    panels = []
    asked = GapFilter(per_head=True)
    for scope in gaps.SCOPES.values():
        rows = tuple(
            Row(
                footprints.all_footprints(atlas)[code].short_name,
                tuple(_gap(atlas, figure, asked) for figure in figures),
            )
            for code in codes
            if (figures := [one for one in _stated(atlas, code) if one.scope == scope])
        )
        if rows:
            covers = stated_figures.SCOPES[scope]
            panels.append(Panel(f"{covers[0].upper()}{covers[1:]}", rows))
    if not panels:
        return None
    marks = [mark for panel in panels for row in panel.rows for mark in row.marks]
    plot = dots.plot(panels, Axis(0, max(mark.high for mark in marks), "£"), look_)
    places = [footprints.all_footprints(atlas)[code].short_name for code in codes]
    found = [one for code in codes for one in _stated(atlas, code)]
    title = _gap_title(atlas, codes)
    has_unstated = any(one.scope not in COVERS for one in found)
    unlike = "; where the scope isn't stated, they may cover different services"
    unlike = unlike if has_unstated else ""
    documents = wording.count(len({one.source for one in found}), "document", "documents")
    people = sources.citation(sources.source(atlas, sources.PEOPLE))
    words = Words(
        title=title,
        subtitle="Yearly gap in 2020/21 if nothing changed, as published; £ per person, mid-2017. "
        f"Compare figures within a panel only{unlike}.{gaps_chart.signs(marks)}",
        source=f"{documents}, each named in the table. People: {people}.",
        alt=f"{title}. Dot plot of {wording.count(len(found), 'figure', 'figures')} for "
        f"{wording.listed(places)}. The table below has every figure.",
    )
    return look.compose(
        atlas, "stated-gaps-compared", words, plot.traces, look_, plot=plot.height,
        left=plot.left, right=plot.right, legend=plot.legend, below=0, layout=plot.layout,
    )  # fmt: skip


def _stated(atlas: Atlas, code: str) -> list[Stated]:
    return stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.GAP)


def _gap(atlas: Atlas, figure: Stated, asked: GapFilter) -> Mark:
    mark = gaps_chart.mark(atlas, figure, asked, printed=True)
    place = footprints.all_footprints(atlas)[figure.code]
    (_, _), *others = mark.tip
    head = f"{place.short_name}: {stated_figures.amount(figure)}"
    each = gaps.amount(atlas, figure, asked).replace(" per person", "")
    return replace(mark, tip=(("", head), ("Per person", each), *others))


def _gap_title(atlas: Atlas, codes: Codes) -> str:
    """How many of them have figures that can be compared at all."""
    numbers = {
        covers: sum(any(one.scope == scope for one in _stated(atlas, c)) for c in codes)
        for scope, covers in COVERS.items()
    }
    covers, number = max(numbers.items(), key=lambda one: one[1])
    if number < 2:
        return "No two of them have a published gap that is known to cover the same services"
    of = len(codes)
    everyone = "Both" if of == 2 else f"All {of}"
    who = everyone if number == of else f"{number} of the {of}"
    return f"{who} have a published gap for {covers}"


def gaps_without(atlas: Atlas, codes: Codes) -> str:
    """Which of them have no figure of a scope that others have; empty for none."""
    places = footprints.all_footprints(atlas)
    said = []
    for scope in gaps.SCOPES.values():
        having = [c for c in codes if any(one.scope == scope for one in _stated(atlas, c))]
        lacking = [places[code].short_name for code in codes if code not in having]
        if having and lacking:
            said.append(
                f"No figure found for {wording.listed(lacking)}: {stated_figures.SCOPES[scope]}."
            )
    return " ".join(said)
