"""The questions whose first answer takes longest, asked once before the first reader does."""

from __future__ import annotations

from stp_data import (
    Atlas,
    citing,
    conflicts,
    coverage,
    organisations,
    summary,
)
from stp_data.charts.catalogue import CHARTS
from stp_data.charts.figure import WIDE
from stp_data.charts.ink import IN_PAGE
from stp_data.search import find, suggestions


def warm(atlas: Atlas) -> None:
    """Have the answers kept; everything here is a question whose answer stays."""
    find.find(atlas, "warm up")
    suggestions.version(atlas)
    for code in atlas.footprints["code"]:
        summary.summary(atlas, code)
    organisations.by_key(atlas)
    conflicts.by_key(atlas)
    citing.counts(atlas)
    coverage.thinnest_first(atlas)
    for chart in CHARTS.values():
        if not chart.several:
            # What the drawing asks stays; the drawing itself is cheap.
            chart.draw(atlas, chart.asked(atlas, {}), IN_PAGE, WIDE)
