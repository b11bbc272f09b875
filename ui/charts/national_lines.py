"""Lines of national figures over the years: only years of one series that follow are joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from stp_data.core.atlas import Atlas
from stp_data.money import national, national_series
from stp_data.money.national import Cited
from stp_data.money.national_series import Series, financial_year
from ui.charts import dots, look
from ui.charts.dots import Kind, Plot
from ui.charts.look import LINE, SMALL, Chart, Look
from ui.charts.national_marks import STYLES, compose, mark


def _line(
    atlas: Atlas, series: Series, kind: Kind, look_: Look, axes: dict[str, str] | None = None
) -> go.Scatter:
    """A series with its first and last value printed; broken where a year is unknown.

    A break is a point without a year.
    """
    found = national_series.points(atlas, series.key)
    is_rising = found[-1].value >= found[0].value
    first, last = ("top center", "top center") if is_rising else ("top right", "bottom left")
    xs: list[int | None] = []
    marks = []
    for point in found:
        said = national_series.figure(series, point).removesuffix(f" {series.unit}")
        spot = mark(
            atlas,
            (series, point),
            kind,
            said=look.escaped(said.replace("£", "").removesuffix("bn")),
        )
        is_broken = bool(xs) and point.year - 1 != xs[-1]
        xs += [None, point.year] if is_broken else [point.year]
        marks += [spot, spot] if is_broken else [spot]
    ends = {0, len(xs) - 1}
    return go.Scatter(
        x=xs, y=[None if x is None else one.low for x, one in zip(xs, marks, strict=True)],
        text=[one.said if at in ends else "" for at, one in enumerate(marks)],
        textposition=[first, *[last] * (len(xs) - 1)] if len(xs) > 1 else "middle right",
        mode="lines+markers+text", connectgaps=False, name=kind.label, cliponaxis=False,
        textfont={"color": look_.palette.text}, line={"color": kind.colour, "width": 2},
        marker={"color": kind.colour, "symbol": f"{kind.shape}{kind.filling}", "size": 9},
        **dots.tips(marks), **(axes or {}),
    )  # fmt: skip


def _axis(first: int, last: int, room: float) -> dict[str, Any]:
    """The axis of financial years, with as many named as ``room`` pixels allow."""
    wide = look.width_of(financial_year(first), SMALL) + 12
    each = (room - wide) / (last - first)
    step = next((n for n in (1, 2, 3, 4, 6) if n * each >= wide), 6)
    shown = list(range(first, last + 1, step))
    return {
        "range": [first - wide / 2 / each, last + wide / 2 / each],
        "tickvals": shown,
        "ticktext": [financial_year(year) for year in shown],
        "showline": True,
    }


def _span(found: Iterable[Cited]) -> tuple[int, int]:
    """The first and the last year that any figure is of."""
    known = [point.to_year for _, point in found if point.to_year is not None]
    return min(known), max(known)


def care_spending(atlas: Atlas, look_: Look) -> Chart:
    """A panel for each partial series of what was spent: same axes, no line between panels."""
    keys = national.care_levels(atlas)
    found = national.cited(atlas, keys)
    first, last = _span(found)
    values = [point.value for _, point in found]
    columns = 1 if look_.narrow else 2
    left, between, high, below = 44.0, 64.0, 120.0, 46.0
    wide = look_.width - 2 * look.EDGE - left
    room = (wide - between * (columns - 1)) / columns
    series = [national_series.series(atlas)[one] for one in keys]
    titles = [_panel_title(one, room + left, look_) for one in series]
    head = max(title.count("<br>") + 1 for title in titles) * SMALL * LINE + 8
    each = head + high + below
    whole = -(-len(keys) // columns) * each
    plot = Plot(whole, left, layout={"annotations": []})
    for number, (one, title) in enumerate(zip(series, titles, strict=True)):
        suffix = str(number + 1) if number else ""
        start = number % columns * (room + between) / wide
        top = number // columns * each + head
        plot.layout[f"xaxis{suffix}"] = {
            **_axis(first, last, room), "anchor": f"y{suffix}",
            "domain": [start, min(1, start + room / wide)],
        }  # fmt: skip
        plot.layout[f"yaxis{suffix}"] = {
            "anchor": f"x{suffix}", "domain": [1 - (top + high) / whole, 1 - top / whole],
            "range": [min(values) - 1, max(values) + 2], "tickprefix": "£", "ticksuffix": "bn",
            "nticks": 4, "showgrid": True,
        }  # fmt: skip
        font = {"size": SMALL, "color": look_.palette.text}
        plot.layout["annotations"].append(
            {
                "text": title, "x": start, "xshift": -left, "y": 1 - (top - 8) / whole,
                "yanchor": "bottom", "font": font,
            }
        )  # fmt: skip
        shape, colour = STYLES[number % len(STYLES)]
        axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        plot.traces.append(_line(atlas, one, Kind("", colour, shape), look_, axes))
    return compose(
        atlas, "social-care-spending", plot, national.care_levels_finding(atlas),
        f"Spending on adult social care, England, {financial_year(first)} to "
        f"{financial_year(last)}, £ billion. The {len(keys)} partial series count different "
        "things, so each has its own panel; a gap is a year that we didn't find. The axes are the "
        "same and don't begin at zero.",
        found, look_,
    )  # fmt: skip


def _panel_title(series: Series, wide: float, look_: Look) -> str:
    prices = {"real": "real terms", "cash": "cash"}.get(series.prices, "prices not stated")
    what = f"{series.what.removesuffix(', real terms')}, {prices}"
    who = look.wrapped(series.who, wide, SMALL, bold=True)
    said = look.wrapped(f"{what[:1].upper()}{what[1:]}", wide, SMALL)
    return f'<b>{who}</b><br><span style="color:{look_.palette.soft}">{said}</span>'


def older_people(atlas: Atlas, look_: Look) -> Chart:
    """Older people with care by year, with the break between the two returns drawn."""
    returns = [national_series.series(atlas)[one] for one in national.OLDER_RETURNS]
    found = national.cited(atlas, national.OLDER_RETURNS)
    first, last = _span(found)
    left, right = 44.0, 34.0
    room = look_.width - 2 * look.EDGE - left - right
    kinds = [
        Kind(one.label, colour, shape)
        for one, (shape, colour) in zip(returns, STYLES, strict=False)
    ]
    plot = Plot(260, left, right, legend=[kind.label for kind in kinds])
    plot.traces += [
        _line(atlas, one, kind, look_) for one, kind in zip(returns, kinds, strict=True)
    ]
    at = _span(national.cited(atlas, national.OLDER_RETURNS[:1]))[1] + 0.5
    plot.layout = {
        "xaxis": _axis(first, last, room),
        "yaxis": {
            "range": [0, max(point.value for _, point in found) * 1.15], "showgrid": True,
            "zeroline": True, "tickvals": [0, 5e5, 1e6], "ticktext": ["0", "0.5m", "1m"],
        },
        "shapes": [
            {
                "type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
                "line": {"color": look_.palette.soft, "width": 1.5, "dash": "dash"},
                "label": {
                    "text": "<b>series breaks here</b>", "textposition": "end", "textangle": 0,
                    "xanchor": "right", "yanchor": "bottom",
                    "font": {"size": SMALL, "color": look_.palette.soft},
                },
            }
        ],
    }  # fmt: skip
    return compose(
        atlas, "older-people", plot, national.older_finding(atlas),
        f"People aged 65 and over, England, {financial_year(first)} to {financial_year(last)}. "
        f"{returns[0].caution}",
        found, look_, above=18, below=24,
    )  # fmt: skip


def admissions(atlas: Atlas, look_: Look) -> Chart:
    """Average rates compounded over their own years, each from 100."""
    found = national.growths(atlas)
    first, last = min(one.first for one in found), max(one.last for one in found)
    left, right = 34.0, 16.0
    plot = Plot(320, left, right)
    for (shape, colour), one in zip(STYLES, found, strict=True):
        prices = f", {one.series.prices} terms" if one.series.prices else ""
        what = one.series.what.removeprefix("growth of ").removeprefix("the ")
        to = f"100 to {one.index[-1][1]:.1f}"
        name = (
            f"{what[:1].upper()}{what[1:]}, {one.series.who}: "
            f"{national_series.figure(one.series, one.point)}{prices}, {one.point.period}: {to}"
        )
        plot.legend.append(name)
        kind = Kind(look.wrapped(name, look_.width - 60, SMALL), colour, shape)
        spot = mark(atlas, (one.series, one.point), kind, 100, "", to)
        number = len(one.index)
        plot.traces.append(
            go.Scatter(
                x=[year for year, _ in one.index], y=[round(value, 4) for _, value in one.index],
                mode="lines+markers", name=kind.label, line={"color": colour, "width": 2},
                marker={
                    "symbol": shape, "color": colour,
                    # Only the ends are figures that somebody published.
                    "size": [8, *[0] * (number - 2), 10], "opacity": 1, "line": {"width": 0},
                },
                **dots.tips([spot] * number),
            )
        )  # fmt: skip
    plot.layout = {
        "xaxis": _axis(first, last, look_.width - 2 * look.EDGE - left - right),
        "yaxis": {
            "range": [95, max(value for one in found for _, value in one.index) * 1.03],
            "showgrid": True, "nticks": 7,
        },
        "legend": {"orientation": "v", "itemwidth": 30},
    }  # fmt: skip
    return compose(
        atlas, "admissions-and-budgets", plot, national.growth_finding(atlas),
        "Published average rates of growth a year, England, compounded from 100 in the first year "
        f"that each is stated for, {financial_year(first)} to {financial_year(last)}. Admissions "
        "are numbers of patients, budgets are in real terms. Only the ends of a line are "
        "published; lines that start in different years have different 100s, so compare how steep "
        "they are, not how high.",
        [(one.series, one.point) for one in found], look_, below=24,
    )  # fmt: skip
