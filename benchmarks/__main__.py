"""``make bench`` writes docs/performance.md, ``make bench-scaling`` its part of docs/scaling.md."""

from __future__ import annotations

import asyncio
import http.client
import os
import platform
import statistics
import sys
import time
import tomllib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template

import stp_data
from benchmarks.readers import BURST, crowd, run_pages
from benchmarks.servers import ATLAS, EMPTY_APP, EMPTY_PAGE, HERE, USUAL, serving
from benchmarks.visits import visits

VIEWS: dict[str, Any] = tomllib.loads((HERE / "views.toml").read_text(encoding="utf-8"))
# Sessions, and seconds for which they read.
LEVELS, LONGER = {1: 4, 10: 8, 50: 12, 200: 22}, {1: 20, 10: 30, 50: 30, 200: 40}
VISITS, CHOICES, WARM_UP, RUNS, REQUESTS = 3, 24, 10, 30, 300
CHANGES = {EMPTY_PAGE: {}, USUAL: VIEWS["changes"]["usual"], ATLAS: VIEWS["changes"]["ours"]}
JOURNEYS = {EMPTY_PAGE: [["", ""]], USUAL: VIEWS["choices"], ATLAS: VIEWS["journey"]}


def rendered(template: str, **values: Any) -> str:
    """Return a document, or a part of it, that says also on what was measured."""
    values |= {"date": f"{datetime.now(UTC):%d %B %Y}", "cores": os.cpu_count() or 1}
    values |= {"python": platform.python_version(), "streamlit": version("streamlit")}
    made = Template((HERE / template).read_text(encoding="utf-8"), undefined=StrictUndefined)
    return f"{str(made.render(values)).rstrip()}\n"


def site(script: Path) -> dict[str, Any]:
    """Return all that is measured of a site."""
    journey, choices = JOURNEYS[script], VIEWS["choices"] if CHANGES[script] else [["", ""]]
    with serving(script) as server:
        found = {"start": server.cold_start, **visits(server.port, VISITS, CHANGES[script])}
        asyncio.run(run_pages(server.port, [*journey, *choices], whole=False))
        found["rest"], cpu = server.megabytes, server.cpu
        made = [choices[n % len(choices)] for n in range(CHOICES)]
        times, _ = zip(*asyncio.run(run_pages(server.port, made, whole=False)), strict=True)
        found["choice seconds"] = statistics.median(times)
        found["choice cpu"] = (server.cpu - cpu) / CHOICES
        found["burst"] = asyncio.run(crowd(server, BURST, 0, []))
        for sessions, seconds in LEVELS.items():
            found[f"crowd of {sessions}"] = asyncio.run(crowd(server, sessions, seconds, journey))
    return found


def warm(port: int, page: str, queries: list[str]) -> dict[str, float]:
    """Return the median of warm runs of a whole page, and bytes of its largest answer."""
    steps = [[page, queries[n % len(queries)]] for n in range(WARM_UP + RUNS)]
    seconds, sizes = zip(*asyncio.run(run_pages(port, steps))[WARM_UP:], strict=True)
    return {"ms": 1000 * statistics.median(seconds), "bytes": max(sizes)}


def per_second(port: int, path: str) -> tuple[float, int]:
    """Return answers a second, once it is warm, and bytes of one as a browser gets it."""
    connection, ends = http.client.HTTPConnection("localhost", port, timeout=30), []
    for _ in range(REQUESTS):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"})
        size = len(connection.getresponse().read())
        ends.append(time.perf_counter())
    return (REQUESTS - 20) / (ends[-1] - ends[19]), size


def speed() -> str:
    """Measure one reader, and the three sites; return the document."""
    load = os.getloadavg()[0]
    with serving(EMPTY_PAGE) as page, serving(EMPTY_APP) as app:
        empties = [warm(server.port, "", [""]) for server in (page, app)]
    with serving(None) as server:
        answers = {"an empty response of Starlette": per_second(server.port, "/")}
    with serving(ATLAS) as server:
        answers |= {name: per_second(server.port, path) for name, path in VIEWS["answers"].items()}
        pages = {name: warm(server.port, page, queries) for name, page, queries in VIEWS["views"]}
    floor, usual, ours = (site(script) for script in JOURNEYS)
    start = time.perf_counter()
    stp_data.load()
    return rendered(
        "performance.md.jinja", load=load, empties=empties, pages=pages, answers=answers,
        floor=floor, usual=usual, ours=ours, rows=VIEWS["rows"], visits=VISITS, choices=CHOICES,
        usual_lines=USUAL.read_text(encoding="utf-8").count("\n"), levels=LEVELS, runs=RUNS,
        load_seconds=time.perf_counter() - start,
    )  # fmt: skip


def scaling() -> str:
    """Measure many readers at once; return that part of the document."""
    load, bursts = os.getloadavg()[0], {}
    for name, script in (("an empty Streamlit page, as it comes", EMPTY_PAGE), ("Explore", ATLAS)):
        with serving(script) as server:
            asyncio.run(run_pages(server.port, JOURNEYS[script]))
            rest, bursts[name] = server.megabytes, asyncio.run(crowd(server, BURST, 0, []))
            levels = {
                sessions: asyncio.run(crowd(server, sessions, seconds, JOURNEYS[script]))
                for sessions, seconds in LONGER.items()
                if script == ATLAS
            }
    return rendered("scaling.md.jinja", load=load, rest=rest, bursts=bursts, levels=levels)


if __name__ == "__main__":
    if sys.argv[1:] == ["scaling"]:
        document = HERE.parent / "docs" / "scaling.md"
        head, mark, tail = document.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        text = head + mark + scaling() + tail[tail.index("<!-- end of measured -->") :]
    else:
        document, text = HERE.parent / "docs" / "performance.md", speed()
    document.write_text(text, encoding="utf-8")
    print(text)
