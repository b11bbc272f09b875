"""What the address of the Priorities page asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Question, Rules
from ui.parts import address

SECTIONS = {
    "answer": "Footprints",
    "matrix": "Matrix",
    "together": "Themes often named together",
    "alike": "Similar plans",
    "standing": "Key findings",
}
MATCHES = {"all": "All of them", "any": "Any of them"}
FIRM = {
    "set-out": "Set out as a priority",
    "intended": "Also aims and proposals",
    "any": "Any mention",
}
STRENGTHS = {"any": "Any source", "official": "An official source", "two": "Two or more sources"}
YEARS = {"plans": "2016 and 2017", "all": "2018 and later too"}
VIEWS = {"map": "Map", "hexes": "Hexes"}
ORDERS = {"region": "By NHS region", "alike": "Group similar plans"}
KINDS = {"clinical": "Clinical priorities", "enabler": "Enablers"}
PAIRS = {"any": "All themes", **KINDS}
MOST_THEMES = 8

WORDS = {
    "show": SECTIONS,
    "match": MATCHES,
    "firm": FIRM,
    "evidence": STRENGTHS,
    "years": YEARS,
    "view": VIEWS,
    "order": ORDERS,
    "pairs": PAIRS,
}
"""Parameters that take one word of a few, and what each is called on screen."""
DEFAULTS = {name: next(iter(words)) for name, words in WORDS.items()} | {
    name: known[0] for name, known in themes_named.WORDS.items()
}
"""The word of each that an address leaves out."""


@dataclass(frozen=True)
class Asked:
    """Everything that the Priorities page shows depends on this and the data alone."""

    question: Question
    words: Mapping[str, str]
    """One of the keys of WORDS for each parameter."""
    region: str | None
    """Key of an NHS region as it stands in the address."""
    footprint: Footprint | None
    cell: tuple[str, str] | None
    """Code and theme whose sources are open in the matrix."""
    notices: tuple[str, ...] = ()


def read(params: Mapping[str, str], atlas: Atlas) -> Asked:
    """``theme`` (keys with commas), ``region``, ``area``, ``cell``, and those of WORDS."""
    place = address.read_place(params, atlas)
    notices = list(place.notices)
    words = {}
    for name, allowed in WORDS.items():
        default = DEFAULTS[name]
        words[name] = params.get(name, default)
        if words[name] not in allowed:
            words[name] = default
            notices.append(
                f"The address has a choice of {name} that is not here. Taken instead: "
                f"{allowed[default].lower()}."
            )
    themes = _themes(params, atlas, notices)
    region = params.get("region")
    if region is not None and region not in footprints.regions(atlas):
        region = None
        notices.append("The address names a region that is not here. This is all of England.")
    question = Question(
        themes=themes,
        match="any" if words["match"] == "any" else "all",
        rules=Rules.asked(words),
        region=None if region is None else footprints.regions(atlas)[region],
    )
    cell = _cell(params, atlas, notices)
    return Asked(question, words, region, place.footprint, cell, tuple(notices))


def _themes(params: Mapping[str, str], atlas: Atlas, notices: list[str]) -> tuple[str, ...]:
    asked = params.get("theme", "")
    if len(asked) > address.LONGEST_VALUE:
        notices.append("The address asks for more themes than can be shown; none is taken.")
        return ()
    wanted = [key for key in asked.split(",") if key]
    themes = [key for key in dict.fromkeys(wanted) if key in themes_named.themes(atlas)]
    if len(themes) < len(set(wanted)):
        notices.append("The address names a theme that is not here; it is left out.")
    if len(set(wanted)) < len(wanted):
        notices.append("The address names a theme more than once; it counts once.")
    if len(themes) > MOST_THEMES:
        themes = themes[:MOST_THEMES]
        notices.append(f"At most {MOST_THEMES} themes are asked for at once; the first are shown.")
    return tuple(themes)


def _cell(params: Mapping[str, str], atlas: Atlas, notices: list[str]) -> tuple[str, str] | None:
    asked = params.get("cell", "")
    code, _, theme = asked.partition(":")
    if code in footprints.all_footprints(atlas) and theme in themes_named.themes(atlas):
        return code, theme
    if asked:
        notices.append("The address names a cell of the matrix that is not here.")
    return None
