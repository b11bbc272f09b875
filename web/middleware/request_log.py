"""One line of JSON a request, and one for each failure: nothing in them is about a reader.

No address of a client, no path or query as sent, no browser, and of an exception its type and
where it arose but not its words, which may repeat what was asked.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from pythonjsonlogger.json import JsonFormatter
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stp_data.core import paths
from web.middleware.metrics import metrics
from web.middleware.route_names import FILES, RouteNames
from web.refusals import OUR_FAULT, refusal
from web.streamlit_patches import LOGGERS_WITH_WORDS

_log = logging.getLogger("stp_atlas")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
GONE = 499
"""The reader left before the answer began, as nginx counts it."""


class BrokenOffError(Exception):
    """An answer failed after it had begun; says no more, since the server writes it down."""


def start(level: str) -> None:
    """Write lines of this level and above to standard output, and shorten those of others."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        JsonFormatter(
            "%(levelname)s %(message)s",
            timestamp="at",
            rename_fields={"levelname": "level", "message": "event"},
        )
    )
    _log.handlers[:] = [handler]
    _log.propagate = False
    _log.setLevel(level.upper())
    for name in LOGGERS_WITH_WORDS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, RedactMessages) for found in logger.filters):
            logger.addFilter(RedactMessages())


class RequestLog:
    """ASGI middleware that writes the lines, counts, and answers what fails with 500."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.names = RouteNames(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and note what came of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted = _Noted(send)
        route, method = self.names.name(scope["path"]), scope["method"]
        begun = time.perf_counter()
        try:
            await self.app(scope, receive, noted.send)
        except Exception as error:
            _log.error("failed", extra={"route": route, **_described(error)})
            if not noted.status:
                await refusal(500, OUR_FAULT)(scope, receive, noted.send)
            elif not noted.complete:
                raise BrokenOffError from None
        finally:
            seconds = time.perf_counter() - begun
            status = noted.status or GONE
            metrics.count(route, status, seconds)
            fields = {
                "method": method if method in METHODS else "other",
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
                "bytes": noted.size,
            }
            level = logging.DEBUG if route in FILES and status < 400 else logging.INFO
            _log.log(level, "request", extra=fields)


class _Noted:
    """Sends on, and remembers status and size."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = self.size = 0
        self.complete = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
            self.complete = not message.get("more_body", False)
        await self._send(message)


class RedactMessages(logging.Filter):
    """Puts a line without a reader's words in the place of another logger's traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a line without an exception pass, and write our own for one with it."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if not isinstance(error, BrokenOffError):
            _log.error("failed", extra={"logger": record.name, **_described(error)})
        return False


def _described(error: BaseException) -> dict[str, object]:
    """Return the types from the last exception to the first, and where the first arose."""
    chain: list[BaseException] = [error]
    while (cause := _cause(chain[-1])) and cause not in chain:
        chain.append(cause)
    steps = traceback.extract_tb(chain[-1].__traceback__)
    return {
        "error": [type(found).__name__ for found in chain],
        "where": [f"{_short(step.filename)}:{step.lineno} {step.name}" for step in steps],
    }


def _cause(error: BaseException) -> BaseException | None:
    """What a traceback would name before this one."""
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(filename: str) -> str:
    """Return a file's name below the repository or below the packages."""
    path = Path(filename)
    if path.is_relative_to(paths.ROOT) and "site-packages" not in path.parts:
        return path.relative_to(paths.ROOT).as_posix()
    return filename.rpartition("site-packages/")[2]
