"""Every chart by name: who draws it, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stp_data.atlas import Atlas
from stp_data.charts import became, national_events, publications, waves
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


CHARTS: Mapping[str, Chart] = {
    "national-events": Chart(national_events.draw),
    "publications": Chart(publications.draw),
    "waves": Chart(waves.draw),
    "became": Chart(became.draw),
}
"""By name, as in the address /chart/<name>.svg."""
