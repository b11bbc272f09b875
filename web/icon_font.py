"""Streamlit's style sheet, but for one thing: the font of icons comes only when an icon is shown.

As it starts, Streamlit's script asks the browser for that font (375 kB), whether an icon follows
or not; it asks with a space. Here the font is said to hold no space, so that nothing comes of the
question, and the first name of an icon brings the font. Streamlit 1.67; look again at each new
version.
"""

from __future__ import annotations

from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.answers import FOREVER, with_etag
from web.bodies import SMALL, Body

ROOT = Path(streamlit.__file__).parent / "static"
FACE = "@font-face{font-family:Material Symbols Rounded;"
SPARING = f"{FACE}unicode-range:U+21-10FFFF;"


def sheets() -> dict[str, Body]:
    """Streamlit's sheets that have this font, by path, with its face changed."""
    found = {}
    for file in (ROOT / "static" / "css").glob("*.css"):
        text = file.read_text(encoding="utf-8")
        if FACE in text:
            path = f"/{file.relative_to(ROOT).as_posix()}"
            found[path] = Body(text.replace(FACE, SPARING), compressors=SMALL)
    return found


class IconFont:
    """ASGI middleware that answers for these sheets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.sheets = sheets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not is_read or scope["path"] not in self.sheets:
            await self.app(scope, receive, send)
            return
        body = self.sheets[scope["path"]]
        await with_etag(Request(scope), body, "text/css", cache=FOREVER)(scope, receive, send)
