"""Where this site is, as the reader's browser knows it."""

from __future__ import annotations

import re

from starlette.requests import Request

_PLAIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}(/[A-Za-z0-9._~/-]*)?")


def base(request: Request) -> str:
    """Address of the site without a slash at the end; nothing when it is not plainly one.

    Within an application that is mounted below a path, that path is left out.
    """
    mounted = str(request.scope.get("app_root_path", request.scope.get("root_path", "")))
    found = f"{request.url.scheme}://{request.url.netloc}{mounted}".rstrip("/")
    return found if _PLAIN.fullmatch(found) else ""
