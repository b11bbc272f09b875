"""``/metrics``: how many requests, how they ended and how long they took, for Prometheus.

Sessions are counted by Streamlit, at ``/_stcore/metrics``.
"""

from __future__ import annotations

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import Request
from starlette.responses import Response

BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0)
"""Upper limits in seconds; what takes longer is in +Inf."""


class Metrics:
    """Counts since the start; names of routes are few, so this stays small."""

    def __init__(self) -> None:
        # Without the times at which each count began.
        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "stp_requests", "Requests by route and status.", ("route", "status"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "stp_request_seconds", "Time until the whole answer was handed over.", ("route",),
            registry=self.registry, buckets=BUCKETS,
        )  # fmt: skip

    def count(self, route: str, status: int, seconds: float) -> None:
        """Take one request into the counts."""
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all counts in Prometheus's text form."""
        return prometheus_client.generate_latest(self.registry)


metrics = Metrics()


async def answer(_request: Request) -> Response:
    """The counts of this process."""
    headers = {
        "Content-Type": prometheus_client.CONTENT_TYPE_LATEST,
        "Cache-Control": "no-store",
    }
    return Response(metrics.text(), headers=headers)
