"""``/metrics``: how many requests, how they ended and how long they took, for Prometheus.

Sessions are counted by Streamlit, at ``/_stcore/metrics``.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from starlette.requests import Request
from starlette.responses import Response

BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0)
"""Upper limits in seconds; what takes longer is in +Inf."""
TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts since the start; names of routes are few, so this stays small."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.slots: dict[str, list[int]] = {}
        self.seconds: dict[str, float] = {}

    def count(self, route: str, status: int, seconds: float) -> None:
        """Take one request into the counts."""
        self.requests[route, status] += 1
        slots = self.slots.setdefault(route, [0] * (len(BUCKETS) + 1))
        slots[sum(seconds > limit for limit in BUCKETS)] += 1
        self.seconds[route] = self.seconds.get(route, 0.0) + seconds

    def text(self) -> str:
        """All counts in Prometheus's text form."""
        lines = [
            "# HELP stp_requests_total Requests by route and status.",
            "# TYPE stp_requests_total counter",
            *(
                f'stp_requests_total{{route="{route}",status="{status}"}} {number}'
                for (route, status), number in sorted(self.requests.items())
            ),
            "# HELP stp_request_seconds Time until the whole answer was handed over.",
            "# TYPE stp_request_seconds histogram",
        ]
        for route, slots in sorted(self.slots.items()):
            limits = [*(str(limit) for limit in BUCKETS), "+Inf"]
            lines += [
                f'stp_request_seconds_bucket{{route="{route}",le="{limit}"}} {number}'
                for limit, number in zip(limits, accumulate(slots), strict=True)
            ]
            lines += [
                f'stp_request_seconds_sum{{route="{route}"}} {self.seconds[route]:.6f}',
                f'stp_request_seconds_count{{route="{route}"}} {sum(slots)}',
            ]
        return "\n".join(lines) + "\n"


metrics = Metrics()


async def answer(_request: Request) -> Response:
    """The counts of this process."""
    return Response(metrics.text(), headers={"Content-Type": TYPE, "Cache-Control": "no-store"})
