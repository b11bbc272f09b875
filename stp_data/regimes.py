"""Who was put under a financial regime: the capped expenditure process, the Success Regime."""

from __future__ import annotations

from functools import cache

from stp_data import footprints
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from stp_data.records import records
from stp_data.timeline import Event

REGIMES = {
    "capped-expenditure-2017": "Capped expenditure process, 2017",
    "success-regime-2015": "Success Regime, 2015",
}
"""Happening in the table of events -> name on screen."""


@cache
def under(
    atlas: Atlas, regime: str, region: str | None = None
) -> tuple[tuple[Footprint, Event], ...]:
    """What is said of footprints under a regime, by name of footprint, then by date."""
    rows = records(atlas.events[atlas.events["happening"] == regime])
    places = footprints.all_footprints(atlas)
    found = [
        (
            places[row["code"]],
            Event(
                date=row["date"],
                kind=row["kind"],
                summary=row["summary"],
                sources=(row["source"], *row["also"].split()),
                confidence=row["confidence"],
                note=row["note"],
            ),
        )
        for row in rows
        if row["code"] in places and region in (None, places[row["code"]].region)
    ]
    return tuple(sorted(found, key=lambda one: (one[0].name, one[1].date or "9999")))
