"""``make bench``: pages beside an empty page and plain HTTP beside an empty response, in one run.

And the time to load the data.
"""

from __future__ import annotations

import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks.requests import per_second
from benchmarks.session import Session

ROOT = Path(__file__).resolve().parent.parent
WARM_UP, RUNS = 15, 60
PLAIN_HTTP = {
    "JSON, one footprint": "/api/v1/footprints/dorset",
    "JSON, a question": "/api/v1/priorities?theme=stroke,cancer",
    "briefing": "/briefing/norfolk-and-waveney",
    "CSV, one table": "/download/stated.csv",
    "CSV, one measure": "/download/view.csv?measure=population",
}


def serving(script: Path) -> AbstractContextManager[int]:
    """A server of ``script`` on a port of its own; the port."""
    return _running(["streamlit", "run", str(script), "--server.port={port}"], "/_stcore/health")


def serving_empty_response() -> AbstractContextManager[int]:
    """A server of Starlette alone."""
    return _running(
        ["uvicorn", "benchmarks.empty_response:app", "--no-access-log", "--port={port}"]
    )


@contextmanager
def _running(module: list[str], healthy: str = "/") -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", *(part.format(port=port) for part in module)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(port, healthy, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it was healthy")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server was not healthy within 30 s")


def warm_milliseconds(port: int, queries: list[str], page: str = "") -> tuple[float, int]:
    """Median time of a warm run over ``queries`` in turn, and the largest answer in bytes."""
    with Session(port) as session:
        for number in range(WARM_UP):
            session.run(queries[number % len(queries)], page)
        runs = [session.run(queries[number % len(queries)], page) for number in range(RUNS)]
    return 1000 * statistics.median(seconds for seconds, _ in runs), max(size for _, size in runs)


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
    """Print one table."""
    with serving(ROOT / "benchmarks" / "empty_page.py") as port:
        floor, floor_bytes = warm_milliseconds(port, [""])
    with serving(ROOT / "benchmarks" / "empty_app.py") as port:
        lean, lean_bytes = warm_milliseconds(port, [""])
    with serving_empty_response() as port:
        empty, _ = per_second(port, "/")
    with serving(ROOT / "app.py") as port:
        answers = {name: per_second(port, path) for name, path in PLAIN_HTTP.items()}
        rows = {
            "Explore, nothing chosen": warm_milliseconds(port, [""]),
            "Explore, measures in turn": warm_milliseconds(
                port, ["measure=population", "measure=rural_share", "measure=imd_2015_score"]
            ),
            "Explore, footprints in turn": warm_milliseconds(
                port, ["area=dorset", "area=staffordshire", "area=kent-and-medway"]
            ),
            "Explore, hexes": warm_milliseconds(port, ["view=hexes&area=dorset"]),
            "Explore, table": warm_milliseconds(port, ["view=table&area=dorset"]),
            "Explore, themes in turn": warm_milliseconds(
                port, [f"measure=priorities&theme={key}" for key in ("stroke", "cancer", "digital")]
            ),
            "Priorities, themes in turn": warm_milliseconds(
                port,
                [f"theme={keys}" for keys in ("stroke", "cancer,stroke", "prevention,digital")],
                "priorities",
            ),
            "Priorities, matrix": warm_milliseconds(port, ["show=matrix"], "priorities"),
            "Priorities, pairs": warm_milliseconds(port, ["show=together"], "priorities"),
            "Priorities, most alike": warm_milliseconds(
                port, ["show=alike&area=dorset", "show=alike&area=devon"], "priorities"
            ),
            "Compare, five in turn": warm_milliseconds(
                port,
                [
                    "areas=dorset,devon,somerset,gloucestershire,greater-manchester",
                    "areas=lincolnshire,staffordshire,derbyshire,nottinghamshire,dorset",
                ],
                "compare",
            ),
        }
    print(
        f"Python {platform.python_version()}, Streamlit {version('streamlit')}, "
        f"{platform.machine()}; median of {RUNS} warm runs of the whole page, one reader"
    )
    print(f"{'page':<30}{'ms':>8}{'of empty':>10}{'bytes':>9}")
    print(f"{'empty Streamlit page':<30}{floor:>8.1f}{1:>9.1f}x{floor_bytes:>9,}")
    print(f"{'  the same, our start-up':<30}{lean:>8.1f}{lean / floor:>9.1f}x{lean_bytes:>9,}")
    for name, (milliseconds, size) in rows.items():
        print(f"{name:<30}{milliseconds:>8.1f}{milliseconds / floor:>9.1f}x{size:>9,}")
    print(f"{'plain HTTP':<30}{'a second':>8}{'of empty':>10}{'bytes':>9}")
    print(f"{'empty Starlette response':<30}{empty:>8,.0f}{1:>10.0%}{0:>9}")
    for name, (count, size) in answers.items():
        print(f"{name:<30}{count:>8,.0f}{count / empty:>10.0%}{size:>9,}")
    print(f"stp_data.load(): {load_seconds():.2f} s")


if __name__ == "__main__":
    main()
