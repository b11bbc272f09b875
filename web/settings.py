"""What the environment may change about the plain-HTTP side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("debug", "info", "warning", "error")


class SettingError(Exception):
    """A setting that makes no sense; the text is one line."""


@dataclass(frozen=True)
class Settings:
    """One for each variable."""

    log: str
    """STP_LOG: warning at a desk; info writes a line for each request; debug, for files too."""
    per_minute: int
    """STP_RATE_PER_MINUTE: of what is dear to make, for one client; 0 for no bound."""


def read(environment: Mapping[str, str]) -> Settings:
    """The settings; SettingError when one makes no sense."""
    log = environment.get("STP_LOG", "warning")
    if log not in LEVELS:
        raise SettingError(f"STP_LOG is one of: {', '.join(LEVELS)}.")
    rate = environment.get("STP_RATE_PER_MINUTE", "240")
    if not (rate.isascii() and rate.isdecimal() and len(rate) <= 6):
        raise SettingError("STP_RATE_PER_MINUTE is a whole number up to 999999, 0 for no bound.")
    return Settings(log, int(rate))
