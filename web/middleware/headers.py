"""What every answer tells the browser: what it may run, where it may fetch, who may frame it.

A page that names a policy of its own keeps it; who may frame it is decided here alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.streamlit_patches import INLINE_SCRIPTS

DATA = "default-src 'none'; style-src 'unsafe-inline'"
"""For all that is not a page; a drawing that is opened by itself has its styles inside."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection",
        "local-fonts", "magnetometer", "microphone", "midi", "payment",
        "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
        "xr-spatial-tracking",
    )
)  # fmt: skip

# Pages of other sites may show or read these.
OPEN = ("/api/", "/briefing/", "/chart/", "/download/", "/embed/", "/locator/", "/theme/")


def dashboard_policy() -> str:
    """Return the policy for Streamlit's page: its own files and no other host's.

    The one script inside the page is named by its hash; no other text becomes a script. What is
    open beyond that, Streamlit 1.67 needs: styles written into the page, a font inside a style,
    WebAssembly, and scripts that the page itself makes (``blob:``), as components and the
    workers of deck.gl are.
    """
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in INLINE_SCRIPTS
    ]
    scripts = " ".join(
        ["'self'", *(f"'sha256-{found}'" for found in hashes), "'wasm-unsafe-eval'", "blob:"]
    )
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )


class Headers:
    """ASGI middleware that adds what an answer does not say itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.dashboard = dashboard_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and complete the head of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # As asked: routers change the scope on the way.
        path, embedded = scope["path"], may_be_framed(scope)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), path, embedded)
            await send(message)

        await self.app(scope, receive, complete)

    def _complete(self, headers: MutableHeaders, path: str, embedded: bool) -> None:
        is_page = headers.get("content-type", "").startswith("text/html")
        policy = headers.get("content-security-policy")
        if policy is None:
            # An answer that a browser has already names no type: the page it has is meant.
            is_page = is_page or (is_dashboard(path) and "content-type" not in headers)
            policy = self.dashboard if is_page else DATA
        framed_by = "*" if embedded else "'self'"
        headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {framed_by}"
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        is_open = embedded or path.startswith(OPEN)
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"


def may_be_framed(scope: Scope) -> bool:
    """Whether pages of other sites may show this in a frame: only what was made for it."""
    path = scope["path"]
    if path.startswith("/embed/"):
        return True
    asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
    return is_dashboard(path) and ("embed", "true") in asked


def is_dashboard(path: str) -> bool:
    """Whether Streamlit answers this address with its page: one name and no ending."""
    return re.fullmatch(r"/[A-Za-z0-9_-]*", path) is not None
