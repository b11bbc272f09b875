"""What the Relate page says below and beside its chart."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import correlation
from stp_data.overview.correlation import Quantity, Related
from stp_data.places import footprints, measures
from ui.parts import html
from ui.parts.cells import footprint_link


@lru_cache(maxsize=64)
def table(atlas: Atlas, x: str, y: str, codes: tuple[str, ...] = ()) -> str:
    """Both figures of each footprint of ``codes``, or of all 44, highest on x first.

    Footprints that lack a figure come last, by name.
    """
    found = correlation.related(atlas, x, y)
    axes = (found.x, found.y)
    people = measures.values(atlas, "population").by_code
    shown = [place for place in footprints.by_name(atlas) if not codes or place.code in codes]
    shown.sort(
        key=lambda place: (
            place.code in found.missing,
            0 if place.code in found.missing else -found.x.figures[place.code].value,
        )
    )
    rows = [
        [
            f"{footprint_link(place.slug, place.name)}<br><small>{escape(place.region)}</small>",
            *(_cell(one, place.code) for one in axes),
            f"{people[place.code]:,.0f}",
        ]
        for place in shown
    ]
    if any(one.england_text for one in axes):
        rows.append(["England", *(one.england_text or "no figure" for one in axes), ""])
    heads = ["Footprint", *(f"{one.label}, {one.as_of}" for one in axes), "People, mid-2017"]
    caption = "Selected footprints" if codes else "Both measures, highest on the first at the top"
    cited = "; ".join(_cited(atlas, one) for one in axes)
    note = f"Sources: {cited}. People: {html.cite(atlas, sources.PEOPLE)}."
    return f'{html.table(caption, heads, rows, numbers_from=1)}<p class="stp-note">{note}</p>'


def _cell(one: Quantity, code: str) -> str:
    figure = one.figures.get(code)
    if figure is None:
        return "no figure"
    # Where each figure has a source of its own, its mark stands beside it.
    own = html.mark(figure.source) if len(one.sources) > 1 else ""
    return f"{escape(figure.text)}{own}"


def _cited(atlas: Atlas, one: Quantity) -> str:
    label = escape(one.in_sentence)
    if not one.sources:
        where = '<a href="priorities?show=matrix" target="_self">documents read, by theme</a>'
        return f"{label}: {where}"
    if len(one.sources) == 1:
        return f"{label}: {html.cite(atlas, one.sources[0])}"
    return f"{label}: each figure's source is marked beside it"


def without_figure(atlas: Atlas, found: Related) -> str:
    """Which footprints are not in the chart, by the figure that they lack; empty for none."""
    places = footprints.all_footprints(atlas)
    said = []
    for one in (found.x, found.y):
        names = [places[code].short_name for code, lacks in found.missing.items() if one in lacks]
        if names:
            number = wording.count(len(names), "footprint", "footprints")
            said.append(
                f"No figure for {one.in_sentence}: {number}, not shown in the chart "
                f"({', '.join(names)})."
            )
    return " ".join(said)
