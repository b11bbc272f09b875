"""What the address of the Finance page asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query, lenient
from stp_data.money import gaps
from stp_data.money.gaps import GapFilter
from stp_data.plans.stated_figures import Stated

SHOW = Choice(
    "show", "part of this page",
    lambda _: {
        "gaps": "Published shortfalls",
        "other": "Savings, capital and regimes",
        "national": "England-wide context",
    },
    default="gaps",
)  # fmt: skip
VIEW = Choice(
    "view", "view",
    lambda _: {"dots": "Chart", "map": "Map", "hexes": "Hexes", "table": "Table"},
    default="dots",
)  # fmt: skip
FIGURE = Choice("figure", "figure", gaps.yearly, otherwise="none is selected")
OF_FILES = tuple(one.name for one in gaps.FILTERS)


@dataclass(frozen=True)
class FinanceFilters:
    """Everything that the views by footprint show depends on this and the data alone."""

    query: Query
    """The choices as they stand in an address, without those that are the default."""
    gaps: GapFilter
    figure: Stated | None
    """The gap whose source is open."""
    notices: tuple[str, ...] = ()

    @property
    def view(self) -> str:
        """dots, map, hexes or table."""
        return VIEW.word(self.query)

    @property
    def of_view(self) -> Query:
        """What stays in a link to another figure of the same view."""
        return {name: word for name, word in self.query.items() if name not in ("show", "figure")}

    @property
    def of_file(self) -> Query:
        """What the CSV takes as well."""
        return {name: word for name, word in self.query.items() if name in OF_FILES}


def read(params: Mapping[str, str], atlas: Atlas) -> FinanceFilters:
    """``show``, ``view``, ``figure`` and the filters of the gaps."""
    query, notices = lenient(atlas, (SHOW, VIEW, *gaps.FILTERS, FIGURE), params)
    figure = gaps.yearly(atlas).get(query.get("figure", ""))
    return FinanceFilters(query, gaps.read_filter(atlas, query), figure, tuple(notices))
