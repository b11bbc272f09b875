"""Every chart that can be had as a file, by name: who draws it, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

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
    """A chart that a page shows and that can be had as a file."""

    draw: Draw
    page: str
    """Where it is shown; its filters have the same names in the page's address."""
    filters: tuple[Filter, ...] = ()
    needs: str = ""
    """The filter without which there is nothing to draw."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """What the address of the page says besides, to show this chart."""
    is_default: bool = True
    """Whether the chart also stands for addresses of its page that show no chart."""

    def query(self, atlas: Atlas, params: Mapping[str, str]) -> Query:
        """What is asked of this chart; FilterError for a bad value, the rest is ignored."""
        own = {one.name: params[one.name] for one in self.filters if one.name in params}
        if self.needs:
            own.setdefault(self.needs, "")
        return strict(atlas, self.filters, own)

    def where(self, query: Query) -> str:
        """The address of the page that shows it, below the site's own."""
        asked = urlencode({**self.fixed, **query}, safe=",")
        page = "./" if self.page == HOME else self.page
        return f"{page}?{asked}" if asked else page


CHARTS: Mapping[str, Chart] = {
    "map": Chart(england.map_of_measure, HOME, subject.FILTERS),
    "hexes": Chart(england.hexes, HOME, subject.FILTERS, fixed={"view": "hexes"}),
    "shared": Chart(
        england.map_of_themes, "priorities", themes_named.FILTERS, themes_named.THEMES.name
    ),
    "matrix": Chart(
        matrix.draw,
        "priorities",
        (*themes_named.RULES, REGION, matrix.ORDER),
        fixed={"show": "matrix"},
    ),
    "waves": Chart(waves_map.draw, "timeline", fixed={"show": "waves"}, is_default=False),
}
"""By name, as in the address /chart/<name>.svg."""


def shown_on(page: str, params: Mapping[str, str]) -> str | None:
    """The name of the chart that a page's address shows; None for a page without charts."""
    found = [
        name
        for name, chart in CHARTS.items()
        if chart.page == page and (not chart.needs or params.get(chart.needs))
    ]
    fitting = [name for name in found if CHARTS[name].fixed.items() <= dict(params).items()]
    # The most particular one; where none fits, the page's first.
    if not fitting:
        return next((name for name in found if CHARTS[name].is_default), None)
    return max(fitting, key=lambda name: len(CHARTS[name].fixed))
