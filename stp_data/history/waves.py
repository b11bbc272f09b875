"""Waves of integrated care: which footprint a source names in which wave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.history import events
from stp_data.history.events import Event
from stp_data.history.timeline import ENGLAND
from stp_data.places import footprints


@dataclass(frozen=True)
class Wave:
    """One round of naming; ``systems`` is how many the national announcement counts."""

    happening: str
    """Key of its events."""
    label: str
    when: str
    """The month, which is also its name in an address."""
    systems: int
    called: str


ACCOUNTABLE, INTEGRATED = "accountable care systems", "integrated care systems"
WAVES = (
    Wave("ics-wave-1-2017", "First wave", "2017-06", 8, ACCOUNTABLE),
    Wave("ics-wave-2-2018", "Second wave", "2018-05", 4, INTEGRATED),
    Wave("ics-2019-06", "Third wave", "2019-06", 3, INTEGRATED),
    Wave("ics-2020-05", "Fourth wave", "2020-05", 4, INTEGRATED),
    Wave("ics-2020-12", "Fifth wave", "2020-12", 11, INTEGRATED),
    Wave("ics-2021-04", "Last wave", "2021-04", 13, INTEGRATED),
)
_PART = re.compile(r"\b[Pp]arts?\b")


@cache
def _events(atlas: Atlas, wave: Wave) -> dict[str, Event]:
    return {one.code: one for one in events.all_events(atlas) if one.key == wave.happening}


@cache
def members(atlas: Atlas, wave: Wave) -> dict[str, Event]:
    """Return the footprints that a source names in the wave: code -> event, by name."""
    found = _events(atlas, wave)
    return {
        place.code: found[place.code] for place in footprints.by_name(atlas) if place.code in found
    }


def announcement(atlas: Atlas, wave: Wave) -> Event:
    """Return the national event of the wave."""
    return _events(atlas, wave)[ENGLAND]


def is_partial(one: Event) -> bool:
    """Whether sources name only a part of the footprint."""
    return any(_PART.search(f"{report.summary} {report.note}") for report in one.reports)


def cited(atlas: Atlas) -> tuple[str, ...]:
    """Return the keys of the sources that name members of any wave, each once."""
    return events.cited(one for wave in WAVES for one in members(atlas, wave).values())


def not_found(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes of the footprints that no source we read names in a wave, by name."""
    named = {code for wave in WAVES for code in members(atlas, wave)}
    return tuple(place.code for place in footprints.by_name(atlas) if place.code not in named)


def finding(atlas: Atlas) -> str:
    """Return how many of the 44 a source names in a wave, as a headline."""
    codes = [code for wave in WAVES for code in members(atlas, wave)]
    number = wording.at_least(len(set(codes)), len(footprints.all_footprints(atlas)))
    several = sum(codes.count(code) > 1 for code in set(codes))
    text = f"{number[0].upper()}{number[1:]} footprints were named in a wave of integrated care"
    return f"{text}, {several} of them in more than one" if several else text


def counts(atlas: Atlas, wave: Wave) -> str:
    """Return found against announced: 6 footprints found; 8 accountable care systems announced."""
    found = members(atlas, wave)
    text = wording.count(len(found), "footprint found", "footprints found")
    if parts := sum(map(is_partial, found.values())):
        text += f" ({parts} only in part)"
    return f"{text}; {wave.systems} {wave.called} announced"
