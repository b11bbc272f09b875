"""Every chart that can be had as a file, by name: who draws it, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Filter, Query, strict
from stp_data.overview import subject
from stp_data.pictures import england, matrix, waves_map
from stp_data.pictures.figure import Figure
from stp_data.pictures.ink import Ink
from stp_data.places.filters import REGION
from stp_data.priorities import themes_named

Draw = Callable[[Atlas, Query, Ink, int], Figure]
"""Atlas, what is asked, ink and width, to the chart."""
HOME = "explore"
"""The page that is shown at the address of the site itself."""


@dataclass(frozen=True)
class Chart:
    """A drawing that a page shows and that can be had as a file."""

    draw: Draw
    filters: tuple[Filter, ...] = ()
    needs: str = ""
    """The filter without which there is nothing to draw."""

    def query(self, atlas: Atlas, params: Mapping[str, str]) -> Query:
        """What is asked of this chart; FilterError for a bad value, the rest is ignored."""
        own = {one.name: params[one.name] for one in self.filters if one.name in params}
        if self.needs:
            own.setdefault(self.needs, "")
        return strict(atlas, self.filters, own)


CHARTS: Mapping[str, Chart] = {
    "map": Chart(england.map_of_measure, subject.FILTERS),
    "hexes": Chart(england.hexes, subject.FILTERS),
    "shared": Chart(england.map_of_themes, themes_named.FILTERS, themes_named.THEMES.name),
    "matrix": Chart(matrix.draw, (*themes_named.RULES, REGION, matrix.ORDER)),
    "waves": Chart(waves_map.draw),
}
"""By name, as in the address /chart/<name>.svg."""
