"""Reads figures of the charts: what the tests of charts share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ui.charts.look import Chart


class Point(NamedTuple):
    key: str
    x: Any
    y: Any
    trace: Any
    tip: str
    """What is shown on hovering."""
    text: str
    symbol: str


def points(chart: Chart) -> Iterator[Point]:
    """Every mark that says something on hovering."""
    for trace in chart.figure.data:
        if trace.customdata is None:
            continue
        for number, data in enumerate(trace.customdata):
            if trace.x[number] is None:
                continue
            tip = trace.hovertemplate
            for at, value in enumerate(data):
                tip = tip.replace(f"%{{customdata[{at}]}}", str(value))
            symbol = getattr(trace.marker, "symbol", None)
            yield Point(
                str(data[0]),
                trace.x[number],
                trace.y[number],
                trace,
                tip.replace("<extra></extra>", "").replace("<br>", " ").replace("&amp;", "&"),
                (trace.text[number] if trace.text else "").replace("\u2002", " "),
                symbol if isinstance(symbol, str) else (symbol[number] if symbol else ""),
            )


def words(chart: Chart, name: str) -> str:
    """Title, subtitle or source as it stands in the picture."""
    (found,) = [one for one in chart.figure.layout.annotations if one.name == name]
    plain = found.text.replace("<br>", " ").replace("<b>", "").replace("</b>", "")
    return plain.replace("&amp;", "&").replace("&#36;", "$").replace("&lt;", "<")
