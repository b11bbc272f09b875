"""Every chart by name: who draws it, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from stp_data import priorities
from stp_data.atlas import Atlas
from stp_data.charts import england, matrix
from stp_data.charts.figure import Figure
from stp_data.charts.ink import Ink

Draw = Callable[[Atlas, Mapping[str, str], Ink, int], Figure]
"""Atlas, choices by name (each one of those allowed), ink and width, to the chart."""


@dataclass(frozen=True)
class Chart:
    """A chart that a page shows and that can be had as a file."""

    draw: Draw
    choices: Mapping[str, Callable[[Atlas], tuple[str, ...]]] = field(default_factory=dict)
    """For each choice, the words allowed; the first is the default."""

    def asked(self, atlas: Atlas, params: Mapping[str, str]) -> dict[str, str]:
        """Each choice: what is asked for, or the default.

        ValueError, saying which words are allowed, when one is not.
        """
        found = {}
        for choice, words in self.choices.items():
            allowed = words(atlas)
            found[choice] = params.get(choice, allowed[0])
            if found[choice] not in allowed:
                raise ValueError(f"{choice} is one of: {', '.join(allowed)}.")
        return found


_ENGLAND = {
    "measure": england.measures_asked,
    "theme": england.themes_asked,
    "region": england.regions_asked,
}
CHARTS: Mapping[str, Chart] = {
    "map": Chart(england.map_of_england, _ENGLAND),
    "hexes": Chart(england.hexes, _ENGLAND),
    "matrix": Chart(
        matrix.matrix,
        {
            "evidence": lambda _: get_args(priorities.Strength),
            "years": lambda _: ("plans", "all"),
            "order": lambda _: ("region", "alike"),
            "region": england.regions_asked,
        },
    ),
}
"""By name, as in the address /chart/<name>.svg."""
