"""Integrated care: which footprint was in which wave, only where a source says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.history import reported_events
from stp_data.history.reported_events import Happening
from stp_data.history.timeline import ENGLAND
from stp_data.places import footprints


@dataclass(frozen=True)
class Wave:
    """One round of naming; ``systems`` is how many the national announcement speaks of."""

    happening: str
    """What its events share in the column of that name."""
    label: str
    when: str
    systems: int
    called: str

    @property
    def key(self) -> str:
        """Its name in an address: the month."""
        return self.when


ACCOUNTABLE, INTEGRATED = "accountable care systems", "integrated care systems"
WAVES = (
    Wave(
        "ics-wave-1-2017",
        "First wave",
        "2017-06",
        8,
        ACCOUNTABLE,
    ),
    Wave(
        "ics-wave-2-2018",
        "Second wave",
        "2018-05",
        4,
        INTEGRATED,
    ),
    Wave(
        "ics-2019-06",
        "Third wave",
        "2019-06",
        3,
        INTEGRATED,
    ),
    Wave(
        "ics-2020-05",
        "Fourth wave",
        "2020-05",
        4,
        INTEGRATED,
    ),
    Wave(
        "ics-2020-12",
        "Fifth wave",
        "2020-12",
        11,
        INTEGRATED,
    ),
    Wave(
        "ics-2021-04",
        "Last wave",
        "2021-04",
        13,
        INTEGRATED,
    ),
)
BY_KEY = {wave.key: wave for wave in WAVES}
_PART = re.compile(r"\b[Pp]arts?\b")


@cache
def _events(atlas: Atlas, wave: Wave) -> tuple[Happening, ...]:
    return tuple(one for one in reported_events.all_happenings(atlas) if one.key == wave.happening)


@cache
def members(atlas: Atlas, wave: Wave) -> dict[str, Happening]:
    """Footprints that a source places in the wave, by code, in the order of names."""
    found = {one.code: one for one in _events(atlas, wave)}
    return {
        place.code: found[place.code] for place in footprints.by_name(atlas) if place.code in found
    }


def announced(atlas: Atlas, wave: Wave) -> tuple[Happening, ...]:
    """What the national events say of the wave."""
    return tuple(one for one in _events(atlas, wave) if one.code == ENGLAND)


def only_a_part(one: Happening) -> bool:
    """Whether sources speak of a part of the footprint."""
    return any(_PART.search(f"{event.summary} {event.note}") for event in one.told)


@cache
def of(atlas: Atlas, code: str) -> tuple[tuple[Wave, Happening], ...]:
    """The waves that sources place a footprint in."""
    return tuple((wave, found[code]) for wave in WAVES if code in (found := members(atlas, wave)))


def not_found(atlas: Atlas) -> tuple[str, ...]:
    """Codes of the footprints that no source read places in a wave, by name."""
    return tuple(place.code for place in footprints.by_name(atlas) if not of(atlas, place.code))


def finding(atlas: Atlas) -> str:
    """How many of the 44 a source places in a wave."""
    whole = len(footprints.all_footprints(atlas))
    placed = whole - len(not_found(atlas))
    of_all = f"all {whole}" if placed == whole else f"{placed} of the {whole}"
    several = sum(len(of(atlas, place.code)) > 1 for place in footprints.by_name(atlas))
    text = f"Sources read place {of_all} footprints in a wave of integrated care"
    return f"{text}, {several} of them in more than one" if several else text


def counted(atlas: Atlas, wave: Wave) -> str:
    """Found against announced: 6 footprints found; 8 accountable care systems announced."""
    found = members(atlas, wave)
    parts = sum(map(only_a_part, found.values()))
    text = wording.count(len(found), "footprint found", "footprints found")
    if parts:
        text += f" ({parts} only in part)"
    return f"{text}; {wave.systems} {wave.called} announced"
