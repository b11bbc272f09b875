"""What an address can say, read with care: a bad value gives a sentence and a sensible view.

The query string is the only home of a reader's choices. Each run reads it, sets the widgets to
it, and a changed widget writes it back before the next run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data import comparing, find, footprints, measures, priorities
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from stp_data.priorities import Question, Rules

VIEWS = {"map": "Map", "hexes": "Hexes", "table": "Table"}
DEFAULT_VIEW = "map"
LONGEST_VALUE = 200
"""Longer values are no name of anything here and are not looked at."""


@dataclass(frozen=True)
class Place:
    """The footprint that an address asks for, if any, and what to tell the reader."""

    footprint: Footprint | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Everything that the home page shows depends on this and the data alone."""

    footprint: Footprint | None
    measure: str
    view: str
    region: str | None
    """Key of an NHS region as it stands in the address, or None for all England."""
    notices: tuple[str, ...] = ()


def read_place(params: Mapping[str, str], atlas: Atlas) -> Place:
    """``area``: a code, a slug, or any name that only one footprint has or had."""
    asked = params.get("area", "")
    if not asked:
        return Place(None)
    found = footprints.resolve(atlas, asked) if len(asked) <= LONGEST_VALUE else None
    if found is not None:
        return Place(found)
    near = find.find(atlas, asked, most=1) if len(asked) <= LONGEST_VALUE else []
    hint = f" Did you mean {near[0].footprint.name}?" if near else ""
    return Place(None, (f"The address names an area that is not one of the 44.{hint}",))


def read_choice(params: Mapping[str, str], atlas: Atlas) -> Choice:
    """``area``, ``measure``, ``view`` and ``region``; unknown ones fall back with a notice."""
    place = read_place(params, atlas)
    notices = list(place.notices)
    measure = params.get("measure", measures.DEFAULT)
    if measure not in measures.mapped(atlas):
        measure = measures.DEFAULT
        label = measures.mapped(atlas)[measure].label
        notices.append(f"The address names a measure that is not here. This is: {label}.")
    view = params.get("view", DEFAULT_VIEW)
    if view not in VIEWS:
        view = DEFAULT_VIEW
        notices.append("The address asks for a view that is not here. This is the map.")
    region = params.get("region")
    if region is not None and region not in footprints.regions(atlas):
        region = None
        notices.append("The address names a region that is not here. This is all of England.")
    return Choice(place.footprint, measure, view, region, tuple(notices))


MATCHES = {"all": "All of them", "any": "Any of them"}
STRENGTHS = {"any": "Any source", "official": "An official source", "two": "Two or more sources"}
SECTIONS = {
    "answer": "Who names them",
    "matrix": "Matrix",
    "together": "What goes together",
    "alike": "Most alike",
    "standing": "What stands out",
}
YEARS = {"plans": "2016 and 2017", "all": "All years"}
MOST_THEMES = 8


@dataclass(frozen=True)
class Asked:
    """Everything that the Priorities page shows depends on this and the data alone."""

    question: Question
    region: str | None
    """Key of an NHS region as it stands in the address."""
    section: str
    view: str
    footprint: Footprint | None
    notices: tuple[str, ...] = ()


def read_asked(params: Mapping[str, str], atlas: Atlas) -> Asked:
    """``theme`` (keys with commas), ``match``, ``evidence``, ``years``, ``region``, ``show``."""
    place = read_place(params, atlas)
    notices = list(place.notices)

    def one_of(name: str, allowed: Mapping[str, str], default: str) -> str:
        asked = params.get(name, default)
        if asked in allowed:
            return asked
        notices.append(f"The address has a choice of {name} that is not here. Taken instead: "
                       f"{allowed[default].lower()}.")  # fmt: skip
        return default

    known = priorities.themes(atlas)
    wanted = [key for key in params.get("theme", "").split(",") if key]
    themes = [key for key in dict.fromkeys(wanted) if key in known]
    if len(themes) < len(set(wanted)):
        notices.append("The address names a theme that is not here; it is left out.")
    if len(themes) > MOST_THEMES:
        themes = themes[:MOST_THEMES]
        notices.append(f"At most {MOST_THEMES} themes are compared at once; the first are shown.")
    region = params.get("region")
    if region is not None and region not in footprints.regions(atlas):
        region = None
        notices.append("The address names a region that is not here. This is all of England.")
    match = one_of("match", MATCHES, "all")
    strength = one_of("evidence", STRENGTHS, "any")
    question = Question(
        themes=tuple(themes),
        match="any" if match == "any" else "all",
        rules=Rules(
            strength=strength,  # type: ignore[arg-type]
            later=one_of("years", YEARS, "plans") == "all",
        ),
        region=None if region is None else footprints.regions(atlas)[region],
    )
    return Asked(
        question=question,
        region=region,
        section=one_of("show", SECTIONS, "answer"),
        view=one_of("view", {"map": "Map", "hexes": "Hexes"}, "map"),
        footprint=place.footprint,
        notices=tuple(notices),
    )


def read_cell(params: Mapping[str, str], atlas: Atlas) -> tuple[str, str] | None:
    """``cell``: a footprint's code and a theme, as E54000011:stroke; None when it is neither."""
    code, _, theme = params.get("cell", "").partition(":")
    known = code in footprints.all_footprints(atlas) and theme in priorities.themes(atlas)
    return (code, theme) if known else None


def read_areas(params: Mapping[str, str], atlas: Atlas) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``areas``: codes or names with commas; the footprints' codes, and what to tell the reader."""
    codes: list[str] = []
    notices: list[str] = []
    for asked in params.get("areas", "")[: LONGEST_VALUE * comparing.MOST].split(","):
        if not asked:
            continue
        found = footprints.resolve(atlas, asked)
        if found is None:
            notices.append("The address names an area that is not one of the 44; it is left out.")
        elif found.code not in codes:
            codes.append(found.code)
    if len(codes) > comparing.MOST:
        codes = codes[: comparing.MOST]
        notices.append(f"At most {comparing.MOST} footprints are compared; the first are shown.")
    return tuple(codes), tuple(dict.fromkeys(notices))
