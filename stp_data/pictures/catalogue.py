"""Every chart by name: who draws it, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import urlencode

from stp_data.core.atlas import Atlas
from stp_data.pictures import england, matrix, waves_map
from stp_data.pictures.figure import Figure
from stp_data.pictures.ink import Ink
from stp_data.priorities import themes_named

Draw = Callable[[Atlas, Mapping[str, str], Ink, int], Figure]
"""Atlas, choices by name (each one of those allowed), ink and width, to the chart."""


HOME = "explore"
"""The page that is shown at the address of the site itself."""
Words = Callable[[Atlas], tuple[str, ...]]
MOST = 8
"""Words taken at once where a choice takes several."""


@dataclass(frozen=True)
class Chart:
    """A chart that a page shows and that can be had as a file."""

    draw: Draw
    page: str
    """Where it is shown; its choices have the same names in the page's address."""
    choices: Mapping[str, Words] = field(default_factory=dict)
    """For each choice, the words allowed; the first is the default."""
    several: str = ""
    """The one choice that takes several words with commas, and has no default."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """What the address of the page says besides, to show this chart."""
    is_default: bool = True
    """Whether the chart also stands for addresses of its page that show no chart."""

    def asked(self, atlas: Atlas, params: Mapping[str, str]) -> dict[str, str]:
        """Each choice: what is asked for, or the default.

        ValueError, saying which words are allowed, when one is not.
        """
        found = {}
        for choice, words in self.choices.items():
            allowed = words(atlas)
            if choice == self.several:
                found[choice] = _several(choice, params.get(choice, ""), allowed)
                continue
            found[choice] = params.get(choice, allowed[0])
            if found[choice] not in allowed:
                raise ValueError(f"{choice} is one of: {', '.join(allowed)}.")
        return found

    def where(self, atlas: Atlas, asked: Mapping[str, str]) -> str:
        """The address of the page that shows it, below the site's own; defaults are left out."""
        said = {
            choice: word
            for choice, word in asked.items()
            if choice == self.several or word != self.choices[choice](atlas)[0]
        }
        query = urlencode({**self.fixed, **said}, safe=",")
        page = "./" if self.page == HOME else self.page
        return f"{page}?{query}" if query else page


def _several(choice: str, asked: str, allowed: tuple[str, ...]) -> str:
    words = list(dict.fromkeys(word for word in asked.split(",") if word))
    if not words or len(words) > MOST or not set(words) <= set(allowed):
        raise ValueError(f"{choice} is 1 to {MOST} of these, with commas: {', '.join(allowed)}.")
    return ",".join(words)


_ENGLAND: Mapping[str, Words] = {
    "measure": england.measures_asked,
    "theme": england.themes_asked,
    "region": england.regions_asked,
}
_RULES: Mapping[str, Words] = {
    "evidence": lambda _: themes_named.WORDS["evidence"],
    "firm": lambda _: themes_named.WORDS["firm"],
    "years": lambda _: themes_named.WORDS["years"],
    "region": england.regions_asked,
}
CHARTS: Mapping[str, Chart] = {
    "map": Chart(england.map_of_england, HOME, _ENGLAND),
    "hexes": Chart(england.hexes, HOME, _ENGLAND, fixed={"view": "hexes"}),
    "shared": Chart(
        england.who_names_them,
        "priorities",
        {
            "theme": lambda atlas: tuple(themes_named.themes(atlas)),
            "match": lambda _: get_args(themes_named.Match),
            **_RULES,
        },
        several="theme",
    ),
    "matrix": Chart(
        matrix.matrix,
        "priorities",
        {**_RULES, "order": lambda _: ("region", "alike")},
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
        if chart.page == page and (not chart.several or params.get(chart.several))
    ]
    fitting = [name for name in found if CHARTS[name].fixed.items() <= dict(params).items()]
    # The most particular one; where none fits, the page's first.
    if not fitting:
        return next((name for name in found if CHARTS[name].is_default), None)
    return max(fitting, key=lambda name: len(CHARTS[name].fixed))
