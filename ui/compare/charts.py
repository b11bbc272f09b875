"""The charts of the Compare page, each with its table folded below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from ui.charts import compare, show
from ui.charts.look import Chart, Look
from ui.compare import tables
from ui.parts import chrome, copying

Codes = tuple[str, ...]
SECTION = "section"
"""In the address of a frame: the one chart that it shows."""


def draw(atlas: Atlas, codes: Codes, *, narrow: bool) -> None:
    """All sections; in a frame the chart of one, or of all where the address names none."""
    if chrome.embedded():
        only = st.query_params.get(SECTION, "")
        for name in [only] if only in CHARTS else list(CHARTS):
            _chart(atlas, codes, name, narrow)
        return
    places = footprints.all_footprints(atlas)
    slugs = ",".join(places[code].slug for code in codes)
    st.html(
        tables.links(atlas, codes)
        + copying.button("Copy link", copying.address("compare", areas=slugs))
    )
    show.picture_format()
    st.header("Where they differ most", anchor=False)
    _chart(atlas, codes, "measures", narrow)
    st.html(tables.folded("Table: every measure", tables.differences(atlas, codes)))
    st.header("Priorities of their plans", anchor=False)
    _chart(atlas, codes, "themes", narrow)
    st.html(tables.folded("Table: every theme with its sources", tables.themes(atlas, codes)))
    st.html(tables.changes(atlas, codes))
    st.header("The money that was said to be short", anchor=False)
    _chart(atlas, codes, "gaps", narrow)
    if missing := compare.gaps_without(atlas, codes):
        st.caption(missing)
    if _gaps(atlas, codes, Look()):
        st.html(
            tables.folded(
                "Table: every published figure with its source", tables.gaps(atlas, codes)
            )
        )


def _chart(atlas: Atlas, codes: Codes, name: str, narrow: bool) -> None:
    places = footprints.all_footprints(atlas)
    areas = ",".join(places[code].slug for code in codes)
    show.draw(
        CHARTS[name](atlas, codes, show.look_of(narrow)),
        nothing=NOTHING[name],
        file=f"download/compare.csv?areas={areas}&part={name}",
        embed={"page": "compare", "areas": areas, SECTION: name},
    )


def _measures(atlas: Atlas, codes: Codes, look: Look) -> Chart | None:
    return compare.scores(atlas, codes, look, tables.headline(atlas, codes))


def _themes(atlas: Atlas, codes: Codes, look: Look) -> Chart | None:
    return compare.themes(atlas, codes, tables.RULES, look)


def _gaps(atlas: Atlas, codes: Codes, look: Look) -> Chart | None:
    return compare.stated_gaps(atlas, codes, look)


CHARTS: Mapping[str, Callable[[Atlas, Codes, Look], Chart | None]] = {
    "measures": _measures,
    "themes": _themes,
    "gaps": _gaps,
}
"""By the name of the part in the file, and of the section in a frame."""
NOTHING = {
    "measures": "No measure has a figure for them.",
    "themes": "No theme found in the documents read for any of them; they may still be in the "
    "plans.",
    "gaps": "No yearly gap found in the sources read for any of them.",
}
"""What is said where there is no chart."""
