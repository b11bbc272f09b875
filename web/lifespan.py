"""What happens once, when the server starts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import stp_data
from stp_data import Atlas
from stp_data.evidence import conflicts, coverage, source_usage
from stp_data.organisations import organisations
from stp_data.overview import summary
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import WIDE
from stp_data.pictures.ink import IN_PAGE
from stp_data.search import find, suggestions
from web import streamlit_patches


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Load the data, answer the slowest questions once, and freeze what will never be freed."""
    streamlit_patches.send_without_delay()
    answer_slowest_questions(stp_data.load())
    streamlit_patches.freeze_what_stays()
    yield None


def answer_slowest_questions(atlas: Atlas) -> None:
    """Ask, before the first reader does, what takes longest; all these answers are kept."""
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
