"""A part of the site whose answers other sites' pages may read, and whose refusals are sentences.

Starlette's CORSMiddleware names the header only when a request has an Origin; an answer that a
shared cache kept from a plain request would then be closed to pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stp_data.core.filters import FilterError
from web.refusals import OUR_FAULT, RefusedError

METHODS = "GET, HEAD, OPTIONS"
Refusal = Callable[[int, str, Mapping[str, str] | None], Response]


class OpenToAll:
    """Lets pages of every origin read; nothing can be written and no cookie counts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS, and name the header on everything else."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Access-Control-Allow-Origin"] = "*"
            await send(message)

        if scope["method"] == "OPTIONS":
            headers = {
                "Allow": METHODS,
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Allow-Headers": "If-None-Match",
                "Access-Control-Max-Age": "86400",
            }
            await Response(status_code=204, headers=headers)(scope, receive, send_open)
            return
        await self.app(scope, receive, send_open)


def open_data(routes: Sequence[BaseRoute], refusal: Refusal) -> Starlette:
    """An application of these routes; ``refusal`` words what cannot be answered."""

    async def refused(_request: Request, error: RefusedError) -> Response:
        return refusal(error.status, error.text, None)

    async def not_taken(_request: Request, error: FilterError) -> Response:
        return refusal(400, str(error), None)

    async def stopped(_request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            return refusal(405, f"This address answers {METHODS}.", {"Allow": METHODS})
        return refusal(error.status_code, "See /download/ and /api/.", error.headers)

    async def failed(_request: Request, _error: Exception) -> Response:
        return refusal(500, OUR_FAULT, None)

    handlers: dict[Any, Any] = {
        RefusedError: refused,
        FilterError: not_taken,
        HTTPException: stopped,
        Exception: failed,
    }
    return Starlette(routes=routes, middleware=[Middleware(OpenToAll)], exception_handlers=handlers)
