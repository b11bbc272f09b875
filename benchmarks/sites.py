"""The three that are measured side by side, each with the same questions."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from benchmarks import crowd
from benchmarks.crowd import Heard, Level, Step
from benchmarks.servers import ATLAS, EMPTY_PAGE, USUAL, Server, serving
from benchmarks.visits import Seen, choose, click_map, looked_at

# Sessions, and seconds for which they read.
LEVELS = {1: 4, 10: 8, 50: 12, 200: 22}
VISITS = 3
COLD_STARTS = 3
INTERACTIONS = 24

CENTRE, ZOOM = (-2.1, 52.95), 5.42
"""Of our map as it opens on a wide screen."""
DORSET = (-2.3, 50.8)


@dataclass(frozen=True)
class Site:
    """Something to measure."""

    name: str
    script: Path
    has_map: bool
    changes: Mapping[str, Callable[[Page], None]] = field(default_factory=dict)
    """What is done in the browser."""
    choices: Sequence[Step] = (("", ""),)
    """Choices on the home page, made in turn by one light reader."""
    journey: Sequence[Step] = (("", ""),)
    """What a crowd does."""


_CHOICES = (
    ("", "area=dorset"),
    ("", "measure=population&area=dorset"),
    ("", "measure=rural_share&area=kent-and-medway"),
    ("", "measure=imd_2015_score"),
)
FLOOR = Site("floor", EMPTY_PAGE, has_map=False)
USUAL_WAY = Site(
    "usual way",
    USUAL,
    has_map=True,
    changes={"measure": choose("Measure", "People"), "footprint": choose("Footprint", "dorset")},
    choices=_CHOICES,
    journey=_CHOICES,
)
OURS = Site(
    "ours",
    ATLAS,
    has_map=True,
    changes={
        "measure": choose("Measure", "Place: People"),
        "footprint": click_map(*DORSET, CENTRE, ZOOM),
    },
    choices=_CHOICES,
    journey=crowd.JOURNEY,
)


@dataclass(frozen=True)
class Measured:
    """All that was measured of one site."""

    cold_start: float
    seen: Seen
    choice_seconds: float
    """Median time of one choice on the home page, one light reader."""
    choice_cpu: float
    rest: float
    """Megabytes once each step was made."""
    levels: dict[int, Level]
    burst: Heard
    burst_cpu: float


def measured(site: Site, say: Callable[[str], None]) -> Measured:
    """Measure a site: starts, then visits, one reader, a burst and crowds on one server."""
    starts = []
    for _ in range(COLD_STARTS - 1):
        with serving(site.script) as server:
            starts.append(server.cold_start)
    with serving(site.script) as server:
        starts.append(server.cold_start)
        say(f"{site.name}: visits")
        seen = looked_at(
            server.port, has_map=site.has_map, times=VISITS, changes=dict(site.changes)
        )
        say(f"{site.name}: readers")
        rest = asyncio.run(crowd.warmed(server, site.journey))
        seconds, cpu = asyncio.run(_choices(server, site.choices))
        burst, burst_cpu = asyncio.run(crowd.burst(server))
        levels = {}
        for sessions, length in LEVELS.items():
            levels[sessions] = asyncio.run(crowd.level(server, sessions, length, site.journey))
            say(f"{site.name}: {sessions} sessions")
    return Measured(statistics.median(starts), seen, seconds, cpu, rest, levels, burst, burst_cpu)


async def _choices(server: Server, choices: Sequence[Step]) -> tuple[float, float]:
    """Median seconds of a choice, and the server's processor time for one."""
    reader = await crowd.opened(server.port)
    for page, query in choices:
        await reader.run(page, query)
    before = server.cpu
    times = [await reader.run(*choices[n % len(choices)]) for n in range(INTERACTIONS)]
    spent = server.cpu - before
    await crowd.close_all([reader])
    return statistics.median(times), spent / INTERACTIONS
