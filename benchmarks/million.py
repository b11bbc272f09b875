"""What a day of a million readers takes: arithmetic on what was measured, assumptions named."""

from __future__ import annotations

from math import ceil

READERS = 1_000_000
IN_THE_BUSIEST_HOUR = 0.20
"""A story breaks in the morning: a fifth of the day comes within one hour."""
BUSIEST_MINUTES = 1.5
"""Within that hour, the busiest minutes have half as many again."""
INTERACTIONS = 8
MINUTES = 4
"""A reader stays so long and does so much."""
KEPT = 2
"""Minutes for which Streamlit keeps a session whose reader has gone (disconnectedSessionTTL)."""
USED = 0.6
"""Share of a core to plan with: above it, waiting grows fast."""
FIRST_VISIT = 1.7
"""Megabytes, the bound that `make bench` checks."""


def a_day_of_a_million(
    open_cpu: float, interaction_cpu: float, session: float, rest: float
) -> list[str]:
    """The steps, as lines of a table; a replica is one process and uses one core."""
    arrivals = READERS * IN_THE_BUSIEST_HOUR / 3600 * BUSIEST_MINUTES
    sessions = arrivals * MINUTES * 60
    kept = arrivals * KEPT * 60
    interactions = arrivals * INTERACTIONS
    cores = arrivals * open_cpu + interactions * interaction_cpu
    replicas = ceil(cores / USED)
    each = (sessions + kept) / replicas
    memory = rest + each * max(session, 0)
    rows = [
        (
            "Readers who arrive each second",
            f"{READERS:,} × {IN_THE_BUSIEST_HOUR:.0%} ÷ 3,600 s × {BUSIEST_MINUTES}",
            f"{arrivals:.0f}",
        ),
        (
            "Sessions open",
            f"{arrivals:.0f} × {MINUTES} min × 60",
            f"{sessions:,.0f}",
        ),
        (
            "Sessions kept for readers who have gone",
            f"{arrivals:.0f} × {KEPT} min × 60",
            f"{kept:,.0f}",
        ),
        (
            "Interactions each second",
            f"{arrivals:.0f} × {INTERACTIONS}",
            f"{interactions:.0f}",
        ),
        (
            "Cores busy",
            f"{arrivals:.0f} × {1000 * open_cpu:.0f} ms + {interactions:.0f} × "
            f"{1000 * interaction_cpu:.1f} ms",
            f"{cores:.1f}",
        ),
        (
            f"Replicas, each a core used to {USED:.0%}",
            f"{cores:.1f} ÷ {USED}",
            f"**{replicas}**",
        ),
        (
            "Sessions on each",
            f"({sessions:,.0f} + {kept:,.0f}) ÷ {replicas}",
            f"{each:,.0f}",
        ),
        (
            "Memory of each",
            f"{rest:.0f} MB + {each:,.0f} × {max(session, 0):.2f} MB",
            f"{memory / 1000:.1f} GB",
        ),
        (
            "Sent each second, had nobody been here before",
            f"{arrivals:.0f} × {FIRST_VISIT} MB",
            f"{arrivals * FIRST_VISIT:.0f} MB, {arrivals * FIRST_VISIT * 8 / 1000:.1f} Gbit",
        ),
    ]
    return [
        "| in the busiest minutes | arithmetic | result |",
        "|---|---|---|",
        *(f"| {what} | {how} | {result} |" for what, how, result in rows),
    ]
