"""Plain HTTP answers a second, one reader, one open connection."""

from __future__ import annotations

import http.client
import time

WARM_UP, RUNS = 20, 300
PLAIN_HTTP = {
    "JSON, one footprint": "/api/v1/footprints/dorset",
    "JSON, a question": "/api/v1/priorities?theme=stroke,cancer",
    "briefing": "/briefing/norfolk-and-waveney",
    "CSV, one table": "/download/stated.csv",
    "CSV, one measure": "/download/view.csv?measure=population",
}


def per_second(port: int, path: str) -> tuple[float, int]:
    """Answers a second to ``path``, once it is warm, and bytes of one as a browser gets it."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        for _ in range(WARM_UP):
            size = _ask(connection, path)
        start = time.perf_counter()
        for _ in range(RUNS):
            _ask(connection, path)
        return RUNS / (time.perf_counter() - start), size
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(body)
