"""Footprints in a financial regime: the capped expenditure process, the Success Regime."""

from __future__ import annotations

from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.history import timeline
from stp_data.history.timeline import Report
from stp_data.places import footprints
from stp_data.places.footprints import Footprint

REGIMES = {
    "capped-expenditure-2017": "Capped expenditure process, 2017",
    "success-regime-2015": "Success Regime, 2015",
}
"""Key in the column ``happening`` -> name on screen."""


@cache
def under(
    atlas: Atlas, regime: str, region: str | None = None
) -> tuple[tuple[Footprint, Report], ...]:
    """Return the reports of footprints under a regime, by name of footprint, then by date."""
    return tuple(
        (place, report)
        for place in footprints.by_name(atlas)
        if region in (None, place.region)
        for report in timeline.reports(atlas, place.code)
        if report.happening == regime
    )
