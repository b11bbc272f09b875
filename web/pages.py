"""Pages of plain HTML: no script, no other file, every text escaped; and the site's own address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from stp_data.core import wording
from web.cached import CachedContent, with_etag

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


def html_page(request: Request, content: CachedContent) -> Response:
    """A page as an answer; the browser is told to run and fetch nothing."""
    answer = with_etag(request, content, "text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}(/[A-Za-z0-9._~/-]*)?")


def site_address(request: Request) -> str:
    """Return the site's address as the reader's browser knows it, without a slash at the end.

    Nothing when it is not plainly one. Within an application that is mounted below a path, that
    path is left out.
    """
    mounted = str(request.scope.get("app_root_path", request.scope.get("root_path", "")))
    found = f"{request.url.scheme}://{request.url.netloc}{mounted}".rstrip("/")
    return found if _PLAIN_ADDRESS.fullmatch(found) else ""
