"""``make bench-scaling``: many readers at once, one process of the atlas, written to a document."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks.crowd import BURST, Level, burst, level, warmed
from benchmarks.machine import processor
from benchmarks.million import a_day_of_a_million
from benchmarks.servers import ATLAS, EMPTY_PAGE, ROOT, serving

DOCUMENT = ROOT / "docs" / "scaling.md"
# Sessions, and seconds for which they read.
LEVELS = {1: 20, 10: 30, 50: 30, 200: 40}


def table(levels: list[Level]) -> list[str]:
    """The lines of the main table, in Markdown."""
    lines = [
        "| sessions | interactions | failed | p50 | p95 | p99 | processor time each | cores used "
        "| memory | memory a session |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in levels:
        p50, p95, p99 = (1000 * one.heard.quantile(share) for share in (0.5, 0.95, 0.99))
        lines.append(
            f"| {one.sessions} | {len(one.heard.seconds):,} | {one.heard.failures} | {p50:.0f} ms "
            f"| {p95:.0f} ms | {p99:.0f} ms | {1000 * one.cpu:.1f} ms | {one.cores:.2f} "
            f"| {one.megabytes:.0f} MB | {one.megabytes_each:.2f} MB |"
        )
    return lines


def written(name: str, lines: list[str], text: str) -> str:
    """The document with these lines between its two marks of that name."""
    head, begin, rest = text.partition(f"<!-- {name} -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    if not (begin and end):
        raise RuntimeError(f"{DOCUMENT.name} has no place for {name}")
    return head + begin + "\n".join(lines) + "\n" + end + tail


def main() -> None:
    """Measure, print, and write the document's two measured parts.

    ``python -m benchmarks.scaling 1 10`` measures only these numbers of sessions.
    """
    load = os.getloadavg()[0]
    asked = [int(word) for word in sys.argv[1:]] or list(LEVELS)
    with serving(EMPTY_PAGE) as server:
        floor, floor_cpu = asyncio.run(burst(server))
    with serving(ATLAS) as server:
        rest = asyncio.run(warmed(server))
        ours, open_cpu = asyncio.run(burst(server))
        levels = []
        for sessions in asked:
            levels.append(asyncio.run(level(server, sessions, LEVELS[sessions])))
            print(table(levels)[-1], file=sys.stderr)
    most = levels[-1]
    ratio = max(ours.seconds) / max(floor.seconds)
    measured = [
        f"Measured on {datetime.now(UTC):%d %B %Y}: Python {platform.python_version()}, Streamlit "
        f"{version('streamlit')}, {platform.system()} {platform.machine()}, {os.cpu_count()} "
        f"cores ({processor()}), which the readers' program shared. Load of the machine before: "
        f"{load:.1f}.",
        "",
        f"At rest, each page run once: {rest:.0f} MB.",
        "",
        *table(levels),
        "",
        f"{BURST} sessions that open the home page at the same moment:",
        "",
        "| page | first ready | half ready | all ready | failed | processor time each |",
        "|---|---|---|---|---|---|",
        *(
            f"| {name} | {min(who.seconds):.2f} s | {who.quantile(0.5):.2f} s "
            f"| {max(who.seconds):.2f} s | {who.failures} | {1000 * cpu:.0f} ms |"
            for name, who, cpu in (
                ("an empty Streamlit page, as it comes", floor, floor_cpu),
                ("Explore", ours, open_cpu),
            )
        ),
        "",
        f"Explore takes {ratio:.2f} times what the empty page takes.",
    ]
    million = a_day_of_a_million(open_cpu, most.cpu, most.megabytes_each, rest)
    text = DOCUMENT.read_text(encoding="utf-8")
    text = written("a million", million, written("measured", measured, text))
    DOCUMENT.write_text(text, encoding="utf-8")
    print("\n".join([*measured, "", *million]))


if __name__ == "__main__":
    main()
