"""What the address of the home page asks."""

from __future__ import annotations

from collections.abc import Mapping

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query, lenient
from stp_data.overview import subject
from stp_data.overview.subject import MEASURE, PRIORITIES
from ui.parts import address

VIEWS = {"map": "Map", "hexes": "Hexes", "table": "Table"}
VIEW = Choice("view", "view", lambda _: VIEWS, default="map", instead="the map")


def read(params: Mapping[str, str], atlas: Atlas) -> tuple[Query, list[str]]:
    """The choices, a theme only where themes are shown, and a sentence for each bad value."""
    query, notices = lenient(atlas, (address.PLACE, *subject.FILTERS, VIEW), params)
    if MEASURE.word(query) != PRIORITIES:
        query.pop("theme", None)
    return query, notices
