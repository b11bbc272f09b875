"""Marks and words that the charts of national figures share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import national_series
from stp_data.money.national import Cited
from stp_data.money.national_series import Point
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from ui.charts import look
from ui.charts.dots import Kind, Mark, Plot
from ui.charts.look import Chart, Look

STYLES = (
    ("circle", colours.BLUE), ("square", colours.ORANGE), ("diamond", colours.GREEN),
    ("triangle-up", colours.PURPLE), ("circle-open", colours.GREY), ("square-open", colours.BLUE),
    ("diamond-open", colours.ORANGE),
)  # fmt: skip
"""Shape and colour of series that stand beside each other, in turn."""


def key(point: Point) -> str:
    """Tells a figure from all others."""
    return f"{point.series}|{point.period}"


def mark(
    atlas: Atlas, figure: Cited, kind: Kind, value: float | None = None, said: str | None = None,
    more: str = "",
) -> Mark:  # fmt: skip
    """A figure at ``value``; on hovering it says what the table says, and ``more``."""
    series, point = figure
    cited = [sources.short_citation(sources.source(atlas, one)) for one in point.sources]
    prices = {"real": "real terms", "cash": "cash", "not stated": "prices not stated"}
    covers = ", ".join(filter(None, (prices.get(series.prices), point.basis.rstrip("."))))
    stated = national_series.figure(series, point)
    tip = [
        ("", f"{series.label}: {stated}"),
        *([("", more)] if more else []),
        ("Years", wording.date(point.period)),
        ("Basis", covers or "not stated"),
        ("As of", wording.as_of(point.as_of)),
        ("Source", "; ".join(dict.fromkeys(cited))),
        ("Confidence", point.confidence),
    ]
    at = point.value if value is None else value
    said = stated if said is None else said
    return Mark(key(point), kind, at, at, said, tuple(tip), point.qualifier)


def compose(
    atlas: Atlas, name: str, plot: Plot, title: str, subtitle: str, found: Iterable[Cited],
    look_: Look, **more: Any,
) -> Chart:  # fmt: skip
    """The chart with its words; its sources are those of the figures ``found``."""
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
