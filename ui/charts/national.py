"""Charts of figures for England: each on its own basis, none joined to another series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import national, national_series, series_words
from stp_data.money.national import Basis, Cited
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from ui.charts import bars, dots, look, years
from ui.charts.bars import Bar
from ui.charts.dots import Axis, Kind, Mark, Panel, Plot, Row, Tip
from ui.charts.look import LABEL, LINE, SMALL, Chart, Look
from ui.charts.years import Spot

TOTAL = Kind("Total spending", colours.BLUE, bold=True)
ADULT = Kind("For each adult", colours.ORANGE, shape="triangle-up", bold=True)
PROJECTED = Kind("Total, projected and not what was spent", colours.BLUE, filling="-open")
STYLES = (
    ("circle", colours.BLUE), ("square", colours.ORANGE), ("diamond", colours.GREEN),
    ("triangle-up", colours.PURPLE), ("circle", colours.GREY), ("square", colours.BLUE),
)  # fmt: skip
"""Shape and colour of series that stand beside each other, in turn."""
EXACT = ("exact", "")


@lru_cache(maxsize=64)
def chart(atlas: Atlas, name: str, look_: Look) -> Chart:
    """The chart of that name; KeyError when there is none."""
    return CHARTS[name](atlas, look_)


def key(point: national_series.Point) -> str:
    """Tells a figure from all others."""
    return f"{point.series}|{point.period}"


def _tip(
    atlas: Atlas, series: national_series.Series, point: national_series.Point, *more: str
) -> Tip:
    """What the table says of a figure."""
    cited = [sources.short_citation(sources.source(atlas, one)) for one in point.sources]
    prices = {"real": "real terms", "cash": "cash", "not stated": "prices not stated"}
    covers = ", ".join(filter(None, (prices.get(series.prices), point.basis.rstrip("."))))
    lines = [
        ("", f"{series.label}: {series_words.figure(series, point)}"),
        ("", "; ".join(more)),
        ("Years", series_words.period(point)),
        ("Basis", covers),
        ("As of", wording.as_of(point.as_of)),
        ("Source", "; ".join(dict.fromkeys(cited))),
        ("Confidence", point.confidence),
    ]
    return tuple((label, words or "not stated") for label, words in lines if label or words)


def _mark(
    atlas: Atlas, figure: Cited, kind: Kind, *, value: float | None = None, said: str | None = None
) -> Mark:
    series, point = figure
    at = point.value if value is None else value
    return Mark(
        key=key(point),
        kind=kind,
        low=at,
        high=at,
        said=series_words.figure(series, point) if said is None else said,
        tip=_tip(atlas, series, point),
        qualifier=point.qualifier,
    )


def _compose(
    atlas: Atlas,
    name: str,
    plot: Plot,
    title: str,
    subtitle: str,
    found: Iterable[Cited],
    look_: Look,
    **more: Any,
) -> Chart:
    keys = dict.fromkeys(one for _, point in found for one in point.sources)
    said = [sources.short_citation(sources.source(atlas, one)) for one in keys]
    words = Words(
        title=title,
        subtitle=subtitle,
        source=f"{'; '.join(dict.fromkeys(said))}.",
        alt=f"{title}. The table below has every figure with its source.",
    )
    return look.compose(
        atlas, name, words, plot.traces, look_,
        plot=plot.height, left=plot.left, right=plot.right, legend=plot.legend, layout=plot.layout,
        **{"below": 0, **more},
    )  # fmt: skip


# Dots: rival figures, each with its basis


def _care_cut(atlas: Atlas, look_: Look) -> Chart:
    """Rival changes in social care spending, one row a figure, one panel a basis."""

    def row(figure: Cited) -> Row:
        series, _ = figure
        kind = ADULT if series.key in national.PER_ADULT else TOTAL
        kind = PROJECTED if series.key in national.PROJECTED else kind
        what = series_words.what(series).removeprefix("change in ")
        return Row(series_words.who(series), (_mark(atlas, figure, kind),), what)

    found = national.care_changes(atlas)
    values = [point.value for _, point in _cited(found)]
    return _compose(
        atlas,
        "social-care-cut",
        dots.plot(_panels(found, row), Axis(min(values), max(0, *values), after="%"), look_),
        national.care_cut_finding(atlas),
        "Change in public spending on adult social care, England, in per cent. Each row is one "
        "published figure with its own basis; only rows under one heading share years and "
        "denominator.",
        _cited(found),
        look_,
    )


def _gap_sums(atlas: Atlas, look_: Look) -> Chart:
    """National sums of the gaps by source, and in other panels what is no such sum."""
    found = national.gap_sums(atlas)
    kinds = (
        Kind("", colours.BLUE, bold=True),
        Kind("", colours.GREY, shape="square", bold=True),
        Kind("", colours.ORANGE, shape="diamond", bold=True),
    )
    of = {basis.heading: kind for basis, kind in zip(found, kinds, strict=True)}

    def row(figure: Cited, heading: str = "") -> Row:
        series, point = figure
        basis = point.basis.rstrip(".")
        if not basis or series.key == national.LONDON:
            basis = series.description.rstrip(".")
        detail = ", ".join(filter(None, (basis, wording.date(point.as_of))))
        return Row(series_words.who(series), (_mark(atlas, figure, of[heading]),), detail)

    panels = [
        Panel(basis.heading, tuple(row(figure, basis.heading) for figure in basis.figures))
        for basis in found
    ]
    highest = max(point.value for _, point in _cited(found))
    return _compose(
        atlas,
        "gap-sums",
        dots.plot(panels, Axis(0, highest, "£", "bn"), look_),
        national.gap_sums_finding(atlas),
        f"Yearly shortfall in England in {found[0].figures[0][1].period} if nothing changed, "
        "£ billion, by who added up and what is covered; prices not stated.",
        _cited(found),
        look_,
    )


def _capital(atlas: Atlas, look_: Look) -> Chart:
    """Capital asked for, and the rounds of it."""
    found = national.capital(atlas)
    said = [point.as_of[:4] for _, point in _cited(found)]
    kinds = (
        Kind("", colours.ORANGE, shape="triangle-up", bold=True),
        Kind("", colours.BLUE, bold=True),
    )

    def row(figure: Cited, kind: Kind) -> Row:
        series, point = figure
        what, when = series_words.what(series), series_words.period(point)
        detail = [
            what,
            f"{point.basis[:1].lower()}{point.basis[1:].rstrip('.')}",
            "" if point.period[:4] in what else when,
        ]
        value = national.millions(series, point) / 1000
        return Row(
            series_words.who(series),
            (_mark(atlas, figure, kind, value=value),),
            ", ".join(filter(None, detail)),
        )

    panels = [
        Panel(basis.heading, tuple(row(figure, kind) for figure in basis.figures))
        for basis, kind in zip(found, kinds, strict=True)
    ]
    highest = max(national.millions(*figure) / 1000 for figure in _cited(found))
    return _compose(
        atlas,
        "capital",
        dots.plot(panels, Axis(0, highest, "£", "bn"), look_),
        national.capital_finding(atlas),
        f"Capital for footprints, England unless stated, as said from {min(said)} to {max(said)}; "
        "each figure by its own source and cover, prices not stated. London's ask is part of any "
        "national one; a later round may draw on an earlier.",
        _cited(found),
        look_,
    )


def _panels(found: tuple[Basis, ...], row: Callable[[Cited], Row]) -> list[Panel]:
    return [Panel(basis.heading, tuple(map(row, basis.figures))) for basis in found]


def _cited(found: tuple[Basis, ...]) -> tuple[Cited, ...]:
    return tuple(figure for basis in found for figure in basis.figures)


# Bars: figures of single years


def _bars(
    atlas: Atlas,
    look_: Look,
    name: str,
    keys: Iterable[str],
    title: str,
    subtitle: str,
) -> Chart:
    """Figures by year, each source in its own colour."""
    found = sorted(national.cited(atlas, keys), key=lambda figure: figure[1].to_year or 0)
    kinds = {
        one: Kind(series_words.who(national_series.series(atlas)[one]), colour)
        for one, (_, colour) in zip(keys, STYLES, strict=False)
    }
    listed = []
    for series, point in found:
        money = series.unit.startswith("GBP")
        value = national.millions(series, point) if money else point.value
        mark = _mark(atlas, (series, point), kinds[series.key], value=value)
        listed.append(Bar(point.period, mark, is_rough=point.qualifier not in EXACT))
    rough = " Hatched: the source says about or nearly." if any(b.is_rough for b in listed) else ""
    return _compose(
        atlas, name, bars.plot(listed, look_), title, f"{subtitle}{rough}", found, look_
    )


def _trusts(atlas: Atlas, look_: Look) -> Chart:
    """Balance of NHS trusts by year: three sources, told apart."""
    series, last = national.cited(atlas, national.TRUSTS)[-1]
    caution = f"{last.period}: {series.caution[:1].lower()}{series.caution[1:]}"
    return _bars(
        atlas, look_, "provider-deficits", national.TRUSTS,
        national.trusts_finding(atlas),
        "Surplus (right of zero) or deficit (left) of NHS trusts and foundation trusts together, "
        "England, by financial year; prices not stated. Three sources, not one series. "
        f"{caution}",
    )  # fmt: skip


def _fund(atlas: Atlas, look_: Look) -> Chart:
    """The Sustainability and Transformation Fund by year, two sources side by side."""
    return _bars(
        atlas, look_, "transformation-fund", national.FUND_BY_YEAR,
        national.fund_finding(atlas),
        "Planned sums by financial year, England: CIPFA in cash, PharmaTimes rounded and without "
        "prices stated. A year without a second bar was not found in the second source.",
    )  # fmt: skip


def _budget(atlas: Atlas, look_: Look) -> Chart:
    """NHS England's budget by year."""
    series = national_series.series(atlas)[national.BUDGET]
    return _bars(
        atlas, look_, "nhs-england-budget", [national.BUDGET],
        national.budget_finding(atlas),
        f"{series.description} England, {series.prices}, by financial year; growth in cash is not "
        "growth in real terms.",
    )  # fmt: skip


def _delays(atlas: Atlas, look_: Look) -> Chart:
    """Days lost to delayed transfers: the two years found."""
    return _bars(
        atlas, look_, "delayed-transfers", [national.DELAYED_DAYS],
        national.delays_finding(atlas),
        "Days of delayed transfers of care, England, by financial year. Other figures of delays "
        "are on other bases and stand in the table only.",
    )  # fmt: skip


# Lines over years


def _care_spending(atlas: Atlas, look_: Look) -> Chart:
    """A panel for each partial series of what was spent: same axes, no line between panels."""
    keys = national.care_levels(atlas)
    found = national.cited(atlas, keys)
    known = [point.to_year for _, point in found if point.to_year is not None]
    first, last = min(known), max(known)
    values = [point.value for _, point in found]
    columns = 1 if look_.narrow else 2
    left, between, high = 44.0, 64.0, 120.0
    room = (look_.width - 2 * look.EDGE - left - between * (columns - 1)) / columns
    each = (room - look.width_of("2009/10", SMALL) - 12) / (last - first)
    share = between / (look_.width - 2 * look.EDGE - left)
    wide = (1 - share * (columns - 1)) / columns
    titles = {
        one: _panel_title(national_series.series(atlas)[one], room + left, look_) for one in keys
    }
    lines = [keys[start : start + columns] for start in range(0, len(keys), columns)]
    heads = [max(text.count("<br>") + 1 for text in map(titles.get, line) if text) * LABEL * LINE
             for line in lines]  # fmt: skip
    whole = sum(heads) + len(lines) * (high + 46)
    plot = Plot(whole, left, layout={"annotations": []})
    top = 0.0
    number = 0
    for line, head in zip(lines, heads, strict=True):
        top += head + 14
        for column, one in enumerate(line):
            number += 1
            suffix = "" if number == 1 else str(number)
            start = column * (wide + share)
            plot.layout[f"xaxis{suffix}"] = {
                **years.axis(first, last, each), "anchor": f"y{suffix}",
                "domain": [start, min(1, start + wide)],
            }  # fmt: skip
            plot.layout[f"yaxis{suffix}"] = {
                "anchor": f"x{suffix}", "domain": [1 - (top + high) / whole, 1 - top / whole],
                "range": [min(values) - 1, max(values) + 2], "tickprefix": "£", "ticksuffix": "bn",
                "nticks": 4, "showgrid": True,
            }  # fmt: skip
            plot.layout["annotations"].append(
                {
                    "text": titles[one], "x": start, "xshift": -left, "yanchor": "bottom",
                    "y": 1 - (top - 8) / whole,
                    "font": {"size": SMALL, "color": look_.palette.text},
                }
            )  # fmt: skip
            shape, colour = STYLES[(number - 1) % len(STYLES)]
            series = national_series.series(atlas)[one]
            runs = _runs(atlas, series, Kind("", colour, shape))
            axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
            plot.traces += years.track(runs, look_, axes, each)
        top += high + 32
    return _compose(
        atlas,
        "social-care-spending",
        plot,
        national.care_levels_finding(atlas),
        f"Spending on adult social care, England, {national_series.financial_year(first)} to "
        f"{national_series.financial_year(last)}, £ billion. {len(keys)} partial series, each in a "
        "panel of its own because none continues another; a gap is a year that was not found. The "
        "axes are the same and do not begin at zero.",
        found,
        look_,
    )


def _panel_title(series: national_series.Series, wide: float, look_: Look) -> str:
    prices = {"real": "real terms", "cash": "cash"}.get(series.prices, "prices not stated")
    what = series_words.what(series).removesuffix(", real terms")
    who = look.wrapped(series_words.who(series), wide, SMALL, bold=True)
    said = look.wrapped(series_words.sentence_case(f"{what}, {prices}"), wide, SMALL)
    return f'<b>{who}</b><br><span style="color:{look_.palette.soft}">{said}</span>'


def _runs(atlas: Atlas, series: national_series.Series, kind: Kind) -> list[list[Spot]]:
    """What the table says must not be joined across years stays apart."""
    return [
        [_spot(atlas, series, point, kind) for point in run]
        for run in national_series.runs(national_series.points(atlas, series.key))
    ]


def _spot(
    atlas: Atlas, series: national_series.Series, point: national_series.Point, kind: Kind
) -> Spot:
    if point.to_year is None:
        raise ValueError(f"{series.key} has a figure without a year")
    said = series_words.figure(series, point).removesuffix(f" {series.unit}")
    said = said.replace("£", "").removesuffix("bn")
    return Spot(point.to_year, _mark(atlas, (series, point), kind, said=said))


def _older_people(atlas: Atlas, look_: Look) -> Chart:
    """Older people with care by year, with the break between the two returns drawn."""
    before, after = (
        national_series.series(atlas)[one] for one in (national.OLDER, national.OLDER_SINCE)
    )
    found = national.cited(atlas, [before.key, after.key])
    known = [point.to_year for _, point in found if point.to_year is not None]
    first, last = min(known), max(known)
    at = max(point.to_year or 0 for series, point in found if series is before) + 0.5
    left, high, right = 44.0, 260.0, 34.0
    room = look_.width - 2 * look.EDGE - left - right
    each = (room - look.width_of("2009/10", SMALL) - 12) / (last - first)
    kinds = {
        before.key: Kind(before.label, colours.BLUE),
        after.key: Kind(after.label, colours.ORANGE, "square"),
    }
    plot = Plot(high, left, right, legend=[kind.label for kind in kinds.values()])
    for series in (before, after):
        plot.traces += years.track(
            _runs(atlas, series, kinds[series.key]), look_, None, each
        )  # fmt: skip
    plot.layout = {
        "xaxis": years.axis(first, last, each),
        "yaxis": {
            "range": [0, max(point.value for _, point in found) * 1.15], "showgrid": True,
            "zeroline": True, "tickvals": [0, 5e5, 1e6], "ticktext": ["0", "0.5m", "1m"],
        },
        "shapes": [
            {
                "type": "line", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
                "line": {"color": look_.palette.soft, "width": 1.5, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "text": "<b>series breaks here</b>", "xref": "x", "x": at, "y": 1,
                "xanchor": "right", "yanchor": "bottom",
            }
        ],
    }  # fmt: skip
    return _compose(
        atlas,
        "older-people",
        plot,
        national.older_finding(atlas),
        f"People aged 65 and over, England, {national_series.financial_year(first)} to "
        f"{national_series.financial_year(last)}. {before.caution}",
        found,
        look_,
        above=18,
        below=24,
    )


GROWTH_STYLES: Mapping[str, tuple[str, str, str]] = {
    "admissions-growth-kf": ("circle", colours.ORANGE, "Hospital admissions"),
    "nhs-growth-kf-before-2010": ("square", colours.BLUE, "NHS funding"),
    "nhs-growth-kf-since-2010": ("square", colours.BLUE, "NHS funding"),
    "nhs-growth-dh-kf": ("triangle-up", colours.GREEN, "Department of Health"),
    "nhs-growth-joint-statement": ("diamond", colours.PURPLE, "Health spending"),
    "nhs-growth-health-foundation": ("circle", colours.GREY, "NHS funding"),
}
"""Shape, colour, and what the line is of in a few words."""
LETTERS = "ABCDEFGH"


def _admissions(atlas: Atlas, look_: Look) -> Chart:
    """Average rates compounded over their own years, each from 100."""
    found = national.growths(atlas)
    first, last = min(one.first for one in found), max(one.last for one in found)
    top = max(value for one in found for _, value in one.index)
    left, high, right = 34.0, 320.0, 16.0
    room = look_.width - 2 * look.EDGE - left - right
    each = (room - look.width_of("2009/10", SMALL) - 12) / (last - first)
    plot = Plot(high, left, right)
    for letter, one in zip(LETTERS, found, strict=False):
        shape, colour, of = GROWTH_STYLES[one.series.key]
        prices = f", {one.series.prices} terms" if one.series.prices else ""
        name = (
            f"{letter}  {of}, {series_words.who(one.series)}: "
            f"{series_words.figure(one.series, one.point)}{prices}, {one.point.period}: "
            f"100 to {one.index[-1][1]:.1f}"
        )
        plot.legend.append(name)
        kind = Kind(look.wrapped(name, look_.width - 60, SMALL), colour, shape)
        mark = Mark(
            key(one.point), kind, 100, 100, "",
            _tip(atlas, one.series, one.point, f"100 to {one.index[-1][1]:.1f}"),
        )  # fmt: skip
        plot.traces.append(_growth_line(one, mark))
    low, span = 95.0, top * 1.03 - 95
    plot.layout = {
        "xaxis": years.axis(first, last, each),
        "yaxis": {"range": [low, low + span], "showgrid": True, "nticks": 7},
        "legend": {"orientation": "v", "itemwidth": 30},
        "annotations": _letters(found, high / span),
    }
    return _compose(
        atlas,
        "admissions-and-budgets",
        plot,
        national.growth_finding(atlas),
        "Published average rates of growth a year, England, compounded from 100 in the first year "
        f"that each is stated for, {national_series.financial_year(first)} to "
        f"{national_series.financial_year(last)}. Admissions are numbers of patients, budgets are "
        "real terms. The path between is not measured; lines that start in different years have "
        "different 100s: compare how steep they are, not how high.",
        [(one.series, one.point) for one in found],
        look_,
        below=24,
    )


def _growth_line(one: national.Growth, mark: Mark) -> go.Scatter:
    number = len(one.index)
    return go.Scatter(
        x=[year for year, _ in one.index], y=[round(value, 4) for _, value in one.index],
        mode="lines+markers", name=mark.kind.label, line={"color": mark.kind.colour, "width": 2},
        marker={
            "symbol": mark.kind.shape, "color": mark.kind.colour,
            # Only the ends are figures that somebody published.
            "size": [7, *[0] * (number - 2), 10], "opacity": 1, "line": {"width": 0},
        },
        **dots.tips([mark] * number),
    )  # fmt: skip


def _letters(found: tuple[national.Growth, ...], scale: float) -> list[dict[str, Any]]:
    """A letter at the end of each line; those of one year clear of each other."""
    placed: list[tuple[int, float]] = []
    notes = []
    ends = sorted(zip(LETTERS, found, strict=False), key=lambda end: end[1].index[-1][1])
    for letter, one in ends:
        year, value = one.index[-1]
        y = value * scale
        while any(at == year and abs(y - other) < 15 for at, other in placed):
            y += 3
        # A line that goes on just above this end.
        if any(0 <= dict(o.index).get(year + 1, 0) - value < 15 / scale for o in found):
            y -= 10
        placed.append((year, y))
        notes.append(
            {
                "text": f"<b>{letter}</b>", "xref": "x", "yref": "y", "x": year, "y": value,
                "xshift": 8, "yshift": y - value * scale, "font": {"size": LABEL},
                "bgcolor": "rgba(0,0,0,0)",
            }
        )  # fmt: skip
    return notes


CHARTS: Mapping[str, Callable[[Atlas, Look], Chart]] = {
    "social-care-cut": _care_cut,
    "social-care-spending": _care_spending,
    "admissions": _admissions,
    "gap-sums": _gap_sums,
    "provider-deficits": _trusts,
    "transformation-fund": _fund,
    "nhs-england-budget": _budget,
    "capital": _capital,
    "delayed-transfers": _delays,
    "older-people": _older_people,
}
"""By the anchor of their section."""
