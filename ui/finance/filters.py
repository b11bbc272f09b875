"""What the address of the Finance page asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query, lenient
from stp_data.money import gaps
from stp_data.money.gaps import Wanted
from stp_data.plans.stated_figures import Stated

SECTIONS = {
    "gaps": "Stated gaps",
    "other": "Savings, capital and regimes",
    "national": "The national frame",
}
SHOW = Choice("show", "part of this page", lambda _: SECTIONS, default="gaps")
VIEW = Choice(
    "view", "view",
    lambda _: {"dots": "Chart", "map": "Map", "hexes": "Hexes", "table": "Table"},
    default="dots",
)  # fmt: skip
FIGURE = Choice("figure", "figure", gaps.yearly, instead="none; choose one in the chart")
OF_FILES = tuple(one.name for one in gaps.FILTERS)


@dataclass(frozen=True)
class FinanceFilters:
    """Everything that the views by footprint show depends on this and the data alone."""

    query: Query
    """The choices as they stand in an address, without those that are the default."""
    wanted: Wanted
    figure: Stated | None
    """The gap whose source is open."""
    notices: tuple[str, ...] = ()

    @property
    def shared(self) -> Query:
        """What stays in a link to another figure of the same view."""
        return {name: word for name, word in self.query.items() if name not in ("show", "figure")}

    @property
    def of_files(self) -> Query:
        """What the CSV takes as well."""
        return {name: word for name, word in self.query.items() if name in OF_FILES}


def read(params: Mapping[str, str], atlas: Atlas) -> FinanceFilters:
    """``show``, ``view``, ``figure`` and the filters of the gaps."""
    query, notices = lenient(atlas, (SHOW, VIEW, FIGURE, *gaps.FILTERS), params)
    figure = gaps.yearly(atlas).get(query.get("figure", ""))
    return FinanceFilters(query, gaps.wanted(atlas, query), figure, tuple(notices))
