"""How often one client may ask for what is dear to make: a bound, not a quota.

Many readers of a hospital share one address, so it is far above what people do. What is kept is
a number for each client that asked lately, under a fingerprint that only this process knows.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

DEAR = re.compile(
    r"/(?:briefing|chart|download|embed|share|theme)/.*\.(?:docx|png|svg|xlsx|zip)"
    r"|/download/organisations-view\.csv|/api/v1/find"
)
"""Word documents, pictures, workbook, zip and searches: 10 to 1,300 ms of a processor."""

SECONDS = 60.0
MOST_CLIENTS = 20_000


class Rates:
    """At most ``per_minute`` requests at once from one client, and as many a minute after."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.each = SECONDS / per_minute
        self.clock = clock
        # When all that the client asked for would be paid off.
        self._paid: dict[int, float] = {}

    def wait(self, client: str) -> int:
        """Whole seconds until the client may ask again; 0 if it may now, which counts."""
        now, key = self.clock(), hash(neighbourhood(client))
        paid = max(self._paid.get(key, now), now) + self.each
        if paid - now > SECONDS + self.each / 2:
            return math.ceil(paid - now - SECONDS)
        if key not in self._paid and len(self._paid) >= MOST_CLIENTS:
            self._forget(now)
        self._paid[key] = paid
        return 0

    def _forget(self, now: float) -> None:
        """Drop those who have paid, and if nobody has, the one who came first."""
        first = next(iter(self._paid))
        self._paid = {key: paid for key, paid in self._paid.items() if paid > now}
        if len(self._paid) >= MOST_CLIENTS:
            del self._paid[first]


def neighbourhood(client: str) -> str:
    """The address, or of IPv6 the network that one customer has (/64)."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(int(address) >> 64)
