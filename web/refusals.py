"""Refusals that help: a status and a sentence that says what could be asked instead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import PlainTextResponse, Response

TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Not allowed",
    413: "Too much",
    414: "Too long",
    421: "Wrong name",
    431: "Too long",
    500: "Failed",
}
OUR_FAULT = "The fault is ours; the server's log has the details."


class RefusedError(Exception):
    """A request that cannot be answered; the text says what could be asked instead.

    It never repeats what was sent.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


def refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a status and a plain sentence."""
    title = TITLES.get(status, "Refused")
    return PlainTextResponse(f"{title}. {text}\n", status_code=status, headers=headers)


def json_refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the same for programs."""
    content = {"status": status, "title": TITLES.get(status, "Refused"), "detail": text}
    return Response(json_text(content), status, headers, "application/json")


def json_text(content: Any) -> str:
    """Return compact JSON; figures that are not finite are an error, never a word in the file."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
