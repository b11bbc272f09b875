"""Asks an ASGI application one thing inside this process."""

from __future__ import annotations

import asyncio
from typing import Any

from plain_http import Answer


def call(
    app: Any,
    path: str,
    method: str = "GET",
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
) -> Answer:
    """One request as a server hands it on; an exception that the app lets through is raised."""
    sent = {"host": "localhost", **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in sent.items()],
        "client": ("192.0.2.1", 50_000),
        "server": ("localhost", 80),
    }
    messages: list[Any] = []

    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if not asked:
            # The client neither sends more nor leaves.
            await asyncio.Event().wait()
        return asked.pop()

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    head = messages[0]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    names = {name.decode().lower(): value.decode() for name, value in head["headers"]}
    return Answer(head["status"], names, body)
