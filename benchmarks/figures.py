"""What the three sites have in common, as rows of one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from benchmarks.sites import LEVELS, Measured

Measure = Callable[[Measured], float | None]
MOST = max(LEVELS)


@dataclass(frozen=True)
class Figure:
    """One row: the floor, the usual way, ours."""

    name: str
    unit: str
    decimals: int
    floor: float | None
    usual: float | None
    ours: float | None

    @property
    def cells(self) -> list[str]:
        """Name, the three values, ours to the floor and to the usual way."""
        values = [self._said(one) for one in (self.floor, self.usual, self.ours)]
        ratios = [_ratio(self.ours, one) for one in (self.floor, self.usual)]
        return [self.name, *values, *ratios]

    def _said(self, value: float | None) -> str:
        if value is None:
            return "–"
        if isnan(value):
            return "none answered"
        return f"{value:,.{self.decimals}f} {self.unit}".strip()


def _ratio(ours: float | None, other: float | None) -> str:
    if ours is None or not other or isnan(ours) or isnan(other) or min(ours, other) < 0:
        return "–"
    ratio = ours / other
    return f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}"


def figures(floor: Measured, usual: Measured, ours: Measured) -> list[Figure]:
    """All rows."""
    rows: list[tuple[str, str, int, Measure]] = [
        ("First visit, received", "kB", 0, lambda m: m.seen.median_first.kilobytes),
        ("of it files", "kB", 0, lambda m: m.seen.median_first.http_kilobytes),
        ("of it by websocket", "kB", 1, lambda m: m.seen.median_first.socket_kilobytes),
        ("First visit, requests", "", 0, lambda m: m.seen.median_first.requests),
        ("Requests to other hosts", "", 0, lambda m: m.seen.median_first.foreign),
        ("Repeat visit, received", "kB", 1, lambda m: m.seen.repeat.kilobytes),
        ("Repeat visit, requests", "", 0, lambda m: m.seen.repeat.requests),
        ("First visit, last run of the page ended", "s", 2, lambda m: m.seen.seconds_to_whole),
        ("First visit, map painted", "s", 2, lambda m: m.seen.seconds_to_map),
        ("Repeat visit, map painted", "s", 2, lambda m: m.seen.repeat.seconds_to_map),
        *_changes(),
        ("A choice, one light reader", "ms", 1, lambda m: 1000 * m.choice_seconds),
        ("its processor time on the server", "ms", 1, lambda m: 1000 * m.choice_cpu),
        ("Cold start to healthy", "s", 2, lambda m: m.cold_start),
        ("Memory at rest", "MB", 0, lambda m: m.rest),
        (f"Memory a session, at {MOST}", "MB", 2, lambda m: m.levels[MOST].megabytes_each),
        *(_crowd(sessions) for sessions in LEVELS),
        (f"Failed, at {MOST} sessions", "", 0, lambda m: m.levels[MOST].heard.failures),
        (
            f"Processor time an interaction, at {MOST}",
            "ms",
            1,
            lambda m: 1000 * m.levels[MOST].cpu,
        ),
        ("Burst of 50: half ready", "s", 2, lambda m: m.burst.quantile(0.5)),
        ("Burst of 50: all ready", "s", 2, lambda m: max(m.burst.seconds, default=None)),
        ("Burst of 50: processor time each", "ms", 0, lambda m: 1000 * m.burst_cpu),
    ]
    return [
        Figure(name, unit, decimals, of(floor), of(usual), of(ours))
        for name, unit, decimals, of in rows
    ]


def _changes() -> list[tuple[str, str, int, Measure]]:
    rows: list[tuple[str, str, int, Measure]] = []
    for key, name in (("measure", "Another measure"), ("footprint", "A footprint chosen")):

        def sent(m: Measured, key: str = key) -> float | None:
            return m.seen.changes[key].socket_bytes if key in m.seen.changes else None

        def took(m: Measured, key: str = key) -> float | None:
            return 1000 * m.seen.changes[key].seconds if key in m.seen.changes else None

        rows += [(f"{name}, by websocket", "bytes", 0, sent), ("until answered", "ms", 0, took)]
    return rows


def _crowd(sessions: int) -> tuple[str, str, int, Measure]:
    name = f"95% of answers, {sessions} session{'s' if sessions > 1 else ''}"
    return name, "ms", 0, lambda m: 1000 * m.levels[sessions].heard.quantile(0.95)
