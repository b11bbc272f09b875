"""From figures to places on an axis."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A straight axis: figures from ``low`` to ``high`` lie from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a figure lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round figures (1, 2, 5 times a power of ten) from below ``low`` to ``high`` or just above.

    At most ``most`` of them; ``low`` must be below ``high``.
    """
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    for times in (1, 2, 5, 10, 20):
        step = times * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return tuple(round(i * step, 10) for i in range(first, last + 1))
    raise ValueError(f"no {most} round figures lie between {low} and {high}")
