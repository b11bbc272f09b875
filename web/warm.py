"""The questions whose first answer takes longest, asked once before the first reader does."""

from __future__ import annotations

from stp_data import Atlas
from stp_data.evidence import conflicts, coverage, source_usage
from stp_data.organisations import organisations
from stp_data.overview import summary
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import WIDE
from stp_data.pictures.ink import IN_PAGE
from stp_data.search import find, suggestions


def warm(atlas: Atlas) -> None:
    """Have the answers kept; everything here is a question whose answer stays."""
    find.find(atlas, "warm up")
    suggestions.version(atlas)
    for code in atlas.footprints["code"]:
        summary.summary(atlas, code)
    organisations.by_key(atlas)
    conflicts.by_key(atlas)
    source_usage.counts(atlas)
    coverage.thinnest_first(atlas)
    for chart in CHARTS.values():
        if not chart.needs:
            # What the drawing asks stays; the drawing itself is cheap.
            chart.draw(atlas, {}, IN_PAGE, WIDE)
