"""``make bench``: an empty page, the usual way and ours side by side, in one run of a few minutes.

Prints the document that it writes: docs/performance.md.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks import pages, sites
from benchmarks.crowd import PATIENCE
from benchmarks.figures import figures
from benchmarks.machine import gigabytes, processor
from benchmarks.requests import PLAIN_HTTP, per_second
from benchmarks.servers import (
    ATLAS,
    EMPTY_APP,
    EMPTY_PAGE,
    ROOT,
    USUAL,
    serving,
    serving_empty_response,
)
from benchmarks.targets import targets
from benchmarks.visits import chromium_version

DOCUMENT = ROOT / "docs" / "performance.md"
TEMPLATES = ROOT / "benchmarks"
EMPTIES = {"an empty page": EMPTY_PAGE, "an empty page with our start-up": EMPTY_APP}


def load_seconds() -> float:
    """Time of stp_data.load() in a fresh process, imports left out."""
    code = (
        "import time, stp_data; start = time.perf_counter(); stp_data.load(); "
        "print(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    """Measure, write the document, and print it."""
    began, load = time.monotonic(), os.getloadavg()[0]

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s  {what}", file=sys.stderr)

    empties = {}
    for name, script in EMPTIES.items():
        with serving(script) as server:
            empties[name] = pages.warm(server.port, name, "", [""])
    with serving_empty_response() as server:
        empty_response, _ = per_second(server.port, "/")
    with serving(ATLAS) as server:
        answers = {name: per_second(server.port, path) for name, path in PLAIN_HTTP.items()}
        say("plain HTTP")
        warm = [pages.warm(server.port, *view) for view in pages.VIEWS]
        say("pages")
    floor, usual, ours = (
        sites.measured(site, say) for site in (sites.FLOOR, sites.USUAL_WAY, sites.OURS)
    )
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  Markdown of our own figures
    )
    lengths = [f"{seconds} s with {sessions}" for sessions, seconds in sites.LEVELS.items()]
    text = environment.get_template("performance.md.jinja").render(
        date=f"{datetime.now(UTC):%d %B %Y}",
        cores=os.cpu_count(),
        processor=processor(),
        gigabytes=f"{gigabytes():.0f}",
        python=platform.python_version(),
        streamlit=version("streamlit"),
        chromium=chromium_version(),
        load=f"{load:.1f}",
        loaded=load > (os.cpu_count() or 1),
        targets=targets(floor, usual, ours, warm, empties),
        figures=[figure.cells for figure in figures(floor, usual, ours)],
        usual_lines=len(USUAL.read_text(encoding="utf-8").splitlines()),
        visits=sites.VISITS,
        interactions=sites.INTERACTIONS,
        levels=", ".join(lengths),
        patience=f"{PATIENCE:g}",
        runs=pages.RUNS,
        empties=empties,
        empty_names=list(empties),
        empty_times=[one.milliseconds for one in empties.values()],
        pages=warm,
        empty_response=empty_response,
        answers=answers,
        load_seconds=load_seconds(),
    )
    DOCUMENT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
