"""Charts of figures for England: each on its own basis, none joined to another series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import plotly.graph_objects as go

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.money import national, national_series
from stp_data.money.national import Basis, Cited
from stp_data.overview import colours
from ui.charts import dots, look, national_lines
from ui.charts.dots import Axis, Kind, Mark, Panel, Plot, Row
from ui.charts.look import LABEL, SMALL, Chart, Look
from ui.charts.national_marks import STYLES, compose, mark

TOTAL = Kind("Total spending", colours.BLUE, bold=True)
ADULT = Kind("For each adult", colours.ORANGE, shape="triangle-up", bold=True)
PROJECTED = Kind("Total, projected rather than spent", colours.BLUE, filling="-open")
BAR, STEP = 15, 22
"""Thickness of a bar, and from one to the next, in pixels."""
BESIDE = 8
"""Between a bar and its value."""


@lru_cache(maxsize=64)
def chart(atlas: Atlas, name: str, look_: Look) -> Chart:
    """The chart of that name; KeyError when there is none."""
    return CHARTS[name](atlas, look_)


def _dots(
    atlas: Atlas, look_: Look, name: str, bases: Sequence[Basis],
    row: Callable[[Cited, int], tuple[str, Kind, float]], units: tuple[str, str], title: str,
    subtitle: str,
) -> Chart:  # fmt: skip
    """A panel for each basis; ``row`` gives what is counted, the kind of mark and the value."""
    panels = []
    for number, basis in enumerate(bases):
        rows = []
        for figure in basis.figures:
            detail, kind, value = row(figure, number)
            rows.append(Row(figure[0].who, (mark(atlas, figure, kind, value),), detail))
        panels.append(Panel(basis.heading, tuple(rows)))
    values = [mark.low for panel in panels for one in panel.rows for mark in one.marks]
    axis = Axis(min(0, *values), max(0, *values), *units)
    found = [figure for basis in bases for figure in basis.figures]
    plot = dots.plot(panels, axis, look_)
    return compose(atlas, name, plot, title, subtitle, found, look_)


def _care_cut(atlas: Atlas, look_: Look) -> Chart:
    """Published changes in social care spending, one row a figure, one panel a basis."""

    def row(figure: Cited, _basis: int) -> tuple[str, Kind, float]:
        series, point = figure
        kind = ADULT if series.key in national.PER_ADULT else TOTAL
        kind = PROJECTED if series.key in national.PROJECTED else kind
        return series.what.removeprefix("change in "), kind, point.value

    return _dots(
        atlas, look_, "social-care-cut", national.care_changes(atlas), row, ("", "%"),
        national.care_cut_finding(atlas),
        "Change in public spending on adult social care, England, in per cent. Compare only "
        "figures under one heading: they cover the same years and count in the same way.",
    )  # fmt: skip


def _gap_sums(atlas: Atlas, look_: Look) -> Chart:
    """National totals of the gaps by source, and in other panels what is no such total."""
    kinds = (
        Kind("", colours.BLUE, bold=True),
        Kind("", colours.GREY, shape="square", bold=True),
        Kind("", colours.ORANGE, shape="diamond", bold=True),
    )

    def row(figure: Cited, basis: int) -> tuple[str, Kind, float]:
        series, point = figure
        covers = series.description if series.key == national.LONDON else point.basis
        covers = (covers or series.description).rstrip(".")
        detail = ", ".join(filter(None, (covers, wording.date(point.as_of))))
        return detail, kinds[basis], point.value

    bases = national.gap_sums(atlas)
    return _dots(
        atlas, look_, "gap-sums", bases, row, ("£", "bn"), national.gap_sums_finding(atlas),
        f"Yearly shortfall in England in {bases[0].figures[0][1].period} if nothing changed, "
        "£ billion, by who added it up and what it covers; prices not stated.",
    )  # fmt: skip


def _capital(atlas: Atlas, look_: Look) -> Chart:
    """Capital asked for, and the rounds of it."""
    kinds = (
        Kind("", colours.ORANGE, shape="triangle-up", bold=True),
        Kind("", colours.BLUE, bold=True),
    )

    def row(figure: Cited, basis: int) -> tuple[str, Kind, float]:
        series, point = figure
        when = "" if point.period[:4] in series.what else wording.date(point.period)
        covers = f"{point.basis[:1].lower()}{point.basis[1:].rstrip('.')}"
        detail = ", ".join(filter(None, (series.what, covers, when)))
        return detail, kinds[basis], national.millions(series, point) / 1000

    bases = national.capital(atlas)
    dated = sorted(point.as_of[:4] for basis in bases for _, point in basis.figures)
    return _dots(
        atlas, look_, "capital", bases, row, ("£", "bn"), national.capital_finding(atlas),
        f"Capital for footprints in England, £ billion, as stated from {dated[0]} to {dated[-1]}; "
        "prices not stated. London's request is part of any national one, and a later round may "
        "include money from an earlier one.",
    )  # fmt: skip


def _bars(
    name: str, keys: Sequence[str], finding: Callable[[Atlas], str],
    subtitle: Callable[[Atlas], str], atlas: Atlas, look_: Look,
) -> Chart:  # fmt: skip
    """Figures by year, each source in its own colour."""
    found = sorted(national.cited(atlas, keys), key=lambda figure: figure[1].to_year or 0)
    kinds = {
        one: Kind(national_series.series(atlas)[one].who, colour)
        for one, (_, colour) in zip(keys, STYLES, strict=False)
    }
    listed = []
    for series, point in found:
        money = series.unit.startswith("GBP")
        value = national.millions(series, point) if money else point.value
        bar = mark(atlas, (series, point), kinds[series.key], value)
        listed.append(_Bar(point.period, bar, is_rough=point.qualifier not in ("exact", "")))
    rough = " Hatched: the source says about or nearly." if any(b.is_rough for b in listed) else ""
    words = f"{subtitle(atlas)}{rough}"
    return compose(atlas, name, _bar_plot(listed, look_), finding(atlas), words, found, look_)


@dataclass(frozen=True)
class _Bar:
    """One figure of one year."""

    period: str
    mark: Mark
    is_rough: bool = False
    """Whether the source says about, nearly or the like: such a bar is hatched."""


def _bar_plot(bars: Sequence[_Bar], look_: Look) -> Plot:
    """Bars by year from the top, those of one year together."""
    left = max(look.width_of(bar.period) for bar in bars) + 14
    values = [bar.mark.low for bar in bars]
    low, high = min(0, *values), max(0, *values)
    label = max(look.width_of(bar.mark.said, SMALL, bold=True) for bar in bars) + BESIDE
    sides = label * (1 + (low < 0))
    unit = (high - low) / (look_.width - left - 2 * look.EDGE - sides)
    kinds = list(dict.fromkeys(bar.mark.kind for bar in bars))
    first = [at for at, bar in enumerate(bars) if not at or bar.period != bars[at - 1].period]
    return Plot(
        len(bars) * STEP,
        left,
        traces=[
            _bar_trace([(at, bar) for at, bar in enumerate(bars) if bar.mark.kind == kind], look_)
            for kind in kinds
        ],
        layout={
            "barmode": "overlay",
            "xaxis": {
                "range": [low - label * unit * (low < 0), high + label * unit],
                "zeroline": True, "showticklabels": False,
            },
            "yaxis": {
                "range": [len(bars) - 0.5, -0.5], "tickvals": first,
                "ticktext": [f"{bars[at].period}\u2002" for at in first],
                "tickfont": {"size": LABEL, "color": look_.palette.text},
            },
        },
        legend=[kind.label for kind in kinds] if len(kinds) > 1 else [],
    )  # fmt: skip


def _bar_trace(found: list[tuple[int, _Bar]], look_: Look) -> go.Bar:
    marks = [bar.mark for _, bar in found]
    kind = marks[0].kind
    return go.Bar(
        x=[mark.low for mark in marks], y=[at for at, _ in found], width=BAR / STEP,
        orientation="h", name=kind.label, **dots.tips(marks),
        text=[f"<b>{look.escaped(mark.said)}</b>" for mark in marks],
        textposition="outside", textangle=0, constraintext="none", cliponaxis=False,
        textfont={"size": SMALL, "color": look_.palette.text},
        marker={
            "color": kind.colour,
            "pattern": {
                "shape": ["/" if bar.is_rough else "" for _, bar in found],
                "fillmode": "replace", "fgcolor": kind.colour, "size": 6, "solidity": 0.5,
            },
        },
    )  # fmt: skip


def _trusts_subtitle(atlas: Atlas) -> str:
    series, last = national.cited(atlas, national.TRUSTS)[-1]
    return (
        "Surplus (right of zero) or deficit (left) of all NHS trusts and foundation trusts, "
        "England, by financial year; prices not stated. The three sources are not one series. "
        f"{last.period}: {series.caution[:1].lower()}{series.caution[1:]}"
    )


def _budget_subtitle(atlas: Atlas) -> str:
    series = national_series.series(atlas)[national.BUDGET]
    return (
        f"{series.description} England, {series.prices}, by financial year; growth in cash is not "
        "growth in real terms."
    )


CHARTS: Mapping[str, Callable[[Atlas, Look], Chart]] = {
    "social-care-cut": _care_cut,
    "social-care-spending": national_lines.care_spending,
    "admissions": national_lines.admissions,
    "gap-sums": _gap_sums,
    "provider-deficits": partial(
        _bars, "provider-deficits", national.TRUSTS, national.trusts_finding, _trusts_subtitle
    ),
    "transformation-fund": partial(
        _bars, "transformation-fund", national.FUND_BY_YEAR, national.fund_finding,
        lambda _: "Planned sums by financial year, England: CIPFA in cash, PharmaTimes rounded, "
        "prices not stated. One bar: we found no second figure for that year.",
    ),
    "nhs-england-budget": partial(
        _bars, "nhs-england-budget", (national.BUDGET,), national.budget_finding, _budget_subtitle
    ),
    "capital": _capital,
    "delayed-transfers": partial(
        _bars, "delayed-transfers", (national.DELAYED_DAYS,), national.delays_finding,
        lambda _: "Days of delayed transfers of care, England, by financial year. Figures of "
        "delays on other bases are in the table only.",
    ),
    "older-people": national_lines.older_people,
}  # fmt: skip
"""By the anchor of their section."""
