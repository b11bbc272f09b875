"""The bounds that the project set itself, and whether a run kept to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.pages import Warm
from benchmarks.sites import Measured

EXPLORE, OTHERS = 2.0, 4.0
CHANGE_BYTES, TIMES_FEWER = 8_192, 100
FIRST_KILOBYTES, REPEAT_KILOBYTES = 1_700, 60
CROWD, CROWD_SECONDS = 200, 1.0
SESSION_MEGABYTES = 3.0
BURST_SHARE = 0.5


@dataclass(frozen=True)
class Target:
    """One bound."""

    what: str
    found: str
    reached: bool


def targets(
    floor: Measured,
    usual: Measured,
    ours: Measured,
    pages: Sequence[Warm],
    empties: dict[str, Warm],
) -> list[Target]:
    """Each bound with what was found."""
    found = []
    for name, empty in empties.items():
        for which, most in (("Explore", EXPLORE), ("every other page", OTHERS)):
            views = [one for one in pages if one.name.startswith("Explore") == (which == "Explore")]
            over = [one for one in views if one.milliseconds > most * empty.milliseconds]
            worst = max(views, key=lambda one: one.milliseconds)
            said = f"at most {worst.milliseconds / empty.milliseconds:.1f} ({worst.name})"
            if over:
                said += f"; {len(over)} of {len(views)} views are over it"
            found.append(
                Target(f"Warm run of {which} within {most:g} times {name}", said, not over)
            )
    changes = [one.socket_bytes for one in ours.seen.changes.values()]
    found.append(
        Target(
            f"An interaction on Explore sends at most {CHANGE_BYTES:,} bytes",
            f"at most {max(changes):,}",
            max(changes) <= CHANGE_BYTES,
        )
    )
    fewer = min(
        usual.seen.changes[name].socket_bytes / one.socket_bytes
        for name, one in ours.seen.changes.items()
    )
    found.append(
        Target(
            f"and {TIMES_FEWER} times fewer than the usual way",
            f"{fewer:,.0f} times fewer at least",
            fewer >= TIMES_FEWER,
        )
    )
    first, repeat = ours.seen.median_first.kilobytes, ours.seen.repeat.kilobytes
    found += [
        Target(
            f"First visit of the home page at most {FIRST_KILOBYTES:,} kB",
            f"{first:,.0f} kB",
            first <= FIRST_KILOBYTES,
        ),
        Target(
            f"Repeat visit at most {REPEAT_KILOBYTES} kB",
            f"{repeat:,.0f} kB",
            repeat <= REPEAT_KILOBYTES,
        ),
    ]
    crowd = ours.levels[CROWD]
    p95 = crowd.heard.quantile(0.95)
    found += [
        Target(
            f"{CROWD} sessions, one interaction each 5 s: 95% answered within "
            f"{CROWD_SECONDS:g} s, none failing",
            f"{p95:.2f} s, {crowd.heard.failures} of "
            f"{len(crowd.heard.seconds) + crowd.heard.failures:,} failed",
            p95 < CROWD_SECONDS and crowd.heard.failures == 0,
        ),
        Target(
            f"Memory at most {SESSION_MEGABYTES:g} MB a session",
            f"{crowd.megabytes_each:.2f} MB with {CROWD} sessions",
            crowd.megabytes_each <= SESSION_MEGABYTES,
        ),
    ]
    never = float("nan")
    share = max(ours.burst.seconds, default=never) / max(floor.burst.seconds, default=never)
    found.append(
        Target(
            "A burst of 50 sessions served in half the time of the empty page",
            f"{share:.2f} of it, {ours.burst.failures} failed",
            share <= BURST_SHARE and ours.burst.failures == 0,
        )
    )
    return found
