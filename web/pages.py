"""Pages of plain HTML: no script, no other file, every text escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from stp_data.core import wording
from web.answers import with_etag
from web.bodies import Body

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'"
)


def templates_of(*packages: str) -> Environment:
    """The templates beside modules, given their ``__file__``; of equal names the first."""
    return Environment(
        loader=FileSystemLoader([Path(package).parent / "templates" for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


_templates = templates_of(__file__)


def render(template: str, **values: Any) -> str:
    """A page from its template."""
    return _templates.get_template(template).render(what_this_is=wording.WHAT_THIS_IS, **values)


def html_page(request: Request, body: Body) -> Response:
    """A page as an answer; the browser is told to run and fetch nothing."""
    answer = with_etag(request, body, "text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
