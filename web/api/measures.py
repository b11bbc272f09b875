"""JSON of what can be measured or was stated, and its figures for all footprints."""

from __future__ import annotations

from stp_data import Atlas
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from web.api.footprints import of_measure
from web.api.shapes import Shape, measure, not_found, number, place, stated


def listing(atlas: Atlas) -> Shape:
    """All measures."""
    every = measures.every(atlas)
    return {
        "count": len(every),
        "measures": [
            {**measure(found), "links": {"self": f"/api/v1/measures/{key}"}}
            for key, found in every.items()
        ],
    }


def detail(atlas: Atlas, key: str) -> Shape:
    """One measure with every footprint's figures, and who has none."""
    everyone = footprints.all_footprints(atlas)
    if key in measures.mapped(atlas):
        values = measures.values(atlas, key)
        england, sources_differ = values.england, measures.every(atlas)[key].kind != "measured"
        figures = [
            {**place(footprint), **of_measure(atlas, key, code)}
            for code, footprint in everyone.items()
            if code in values.by_code
        ]
        missing = "no preferred figure of this scope; " if sources_differ else ""
    else:
        england, missing = None, ""
        figures = [
            {**place(everyone[found.code]), **stated(atlas, found)}
            for found in stated_figures.stating(atlas, key)
        ]
    with_figure = {figure["code"] for figure in figures}
    return {
        "measure": measure(measures.every(atlas)[key]),
        "england": None if england is None else number(england),
        "count": len(figures),
        "figures": figures,
        "without": [
            {**place(footprint), "status": f"{missing}{not_found(atlas, code)}"}
            for code, footprint in everyone.items()
            if code not in with_figure
        ],
    }
