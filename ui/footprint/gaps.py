"""The three gaps of the plans' triple aim: this footprint against England and those most alike."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core.atlas import Atlas
from stp_data.overview import among_the_44, summary
from stp_data.places import measures
from ui.footprint import strips as footprint_strips
from ui.parts import html
from ui.parts.cells import line, part


@lru_cache(maxsize=64)
def three_gaps(atlas: Atlas, code: str) -> str:
    """One part for each aim: its finding, and every measure with its dots and figures."""
    parts = [footprint_strips.legend(atlas, code)]
    for aim in among_the_44.aims(atlas):
        name = f"{aim[0].upper()}{aim[1:]}"
        rows = among_the_44.strips(atlas, code, aim)
        parts.append(part(name))
        if rows:
            parts.append(_finding(atlas, code, aim))
            parts.append(footprint_strips.table(atlas, code, name, rows))
        else:
            parts.append(
                line(
                    "No figure to compare: the sources read do not settle a yearly gap in 2020/21."
                )
            )
    return "".join(parts)


def _finding(atlas: Atlas, code: str, aim: str) -> str:
    """The measure of an aim that is furthest from England's; nothing without one."""
    for row in summary.furthest_from_england(atlas, code):
        if row.measure.aim == aim:
            here, england = (measures.shown(row.measure, v) for v in (row.here, row.england))
            label = f"{row.measure.label[0].lower()}{row.measure.label[1:]}"
            return line(
                f"Furthest from England: {escape(label)}, <b>{here}</b> here, "
                f"{england} in England ({html.cite(atlas, row.source)})."
            )
    return line("There is no figure for England to compare with; only like scopes are compared.")
