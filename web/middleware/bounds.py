"""What a request may be: a known host name, a short address, no content, not too often.

The same for everything that answers plain HTTP, Streamlit's side too. A refusal is a sentence
and never repeats what was sent.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.rates import DEAR, Rates
from web.refusals import json_refusal, refusal
from web.streamlit_patches import is_host_allowed

LONGEST_TARGET = 8_000
"""Bytes of path and query together."""
LARGEST_HEAD = 16_000
"""Bytes of all headers; beyond 64,000 the server itself ends the connection with 400."""
READS = ("GET", "HEAD", "OPTIONS")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# These answer other methods themselves, in their own words.
OWN_WORDS = ("/api/", "/download/")
# Asked by machines that know a replica by its number only; answers "ok" or counts.
BY_NUMBER = ("/_stcore/health", "/_stcore/metrics", "/metrics")


class Bounds:
    """ASGI middleware that refuses what no reader sends; websockets pass, bounded elsewhere."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self.rates = Rates(per_minute) if per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        refused = self._refused(scope) if scope["type"] == "http" else None
        await (refused or self.app)(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        path, method, headers = scope["path"], scope["method"], Headers(scope=scope)
        if path not in BY_NUMBER and not is_host_allowed(headers.get("host")):
            return _refusal(
                path, 421, "This site is not served under that name (server.allowedHosts)."
            )
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_TARGET:
            return _refusal(path, 414, f"An address has at most {LONGEST_TARGET:,} characters.")
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > LARGEST_HEAD:
            return _refusal(path, 431, f"Headers have at most {LARGEST_HEAD:,} characters.")
        if CONTROL.search(path):
            return _refusal(path, 400, "An address has no line breaks or control characters.")
        if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
            return _refusal(path, 413, "This site takes nothing but questions in the address.")
        if method not in READS and not path.startswith(OWN_WORDS):
            answers = ", ".join(READS[:2])
            return _refusal(path, 405, f"This site answers {answers}.", {"Allow": answers})
        return self._too_often(scope)

    def _too_often(self, scope: Scope) -> Response | None:
        if self.rates is None or not DEAR.fullmatch(scope["path"]):
            return None
        client = scope.get("client")
        seconds = self.rates.wait(client[0] if client else "")
        if not seconds:
            return None
        return _refusal(
            scope["path"],
            429,
            f"Many requests came from your network. Try again in {seconds} s. All data is in "
            "/download/stp-atlas.zip.",
            {"Retry-After": str(seconds)},
        )


def _refusal(path: str, status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """In the form of that part of the site: JSON for programs, and readable by other sites."""
    make = json_refusal if path.startswith("/api/v1/") else refusal
    answer = make(status, text, headers)
    if path.startswith(OWN_WORDS):
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
