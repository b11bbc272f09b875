"""Every reliance of the server on the inside of Streamlit, in one place.

Each was seen in Streamlit 1.67.0. At a new version, try the dashboard without them one by one: the
test that is named fails while the patch is needed. What was measured is in docs/architecture.md and
docs/performance.md. Not here: what the map relies on (ui/map/), and settings that Streamlit does
not document (docs/architecture.md lists them).

| patch | what it gains | when it can go | test |
|---|---|---|---|
| hide_pages_folder | a page that is opened by its address has its navigation | when ``st.App`` leaves a folder ``pages/`` alone | tests/browser/test_footprint_page_in_browser.py |
| send_without_delay | a short answer takes 0.8 ms, not 44 ms | when Streamlit's listening socket sets TCP_NODELAY | tests/web/test_delivery.py |
| freeze_what_stays | each of 50 sessions that open at once takes 13 ms of a processor, not 16; choices take the same | when that difference is gone | make bench |
| FullRerunOnConnect | a choice made after the server was lost is heard | when Streamlit asks for the page as it connects again | tests/browser/test_server_killed.py |
| icon_font_on_demand | 375 kB less on a first visit without icons | when the font is not asked for at the start | tests/browser/test_first_visit.py |
| is_host_allowed | plain HTTP and the websocket answer the same host names | when ``st.App`` checks the host of routes too | tests/web/test_bounds.py |
| INLINE_SCRIPTS | the policy allows one script by its hash, and no other text | when Streamlit's page has no script inside | tests/web/test_headers.py |
| LOGGERS_WITH_WORDS | no traceback with a reader's words in the log | when Streamlit has a setting for it | tests/web/test_request_log.py |
"""  # noqa: E501

from __future__ import annotations

import asyncio
import contextlib
import gc
import re
import socket
from pathlib import Path

import streamlit
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

__all__ = ["is_host_allowed"]

STREAMLIT_STATIC = Path(streamlit.__file__).parent / "static"
"""Streamlit's own files; ``index.html`` is the page in which it draws every other."""

INLINE_SCRIPTS = re.findall(
    r"<script>(.*?)</script>",
    (STREAMLIT_STATIC / "index.html").read_text(encoding="utf-8"),
    re.DOTALL,
)
"""The scripts that stand inside that page."""

LOGGERS_WITH_WORDS = ("streamlit.error_util", "uvicorn.error", "asyncio")
"""Where Streamlit, its server and asyncio write exceptions with all their words."""

ICON_FONT = b"@font-face{font-family:Material Symbols Rounded;"


def hide_pages_folder() -> None:
    """Keep Streamlit from taking the folder pages/ for its older kind of navigation.

    It does so until the first run of the dashboard, and shows a reader who opens /footprint first
    a page without navigation.
    """
    PagesManager.uses_pages_directory = False


def send_without_delay() -> None:
    """Send a small packet without waiting until the one before was acknowledged.

    Asyncio does this for sockets that name their protocol; Streamlit's names none, so that every
    short answer on an open connection waits for 40 ms on Linux. Accepted connections take the
    option over from the socket that listens.
    """
    for found in gc.get_objects():
        if (
            isinstance(found, socket.socket)
            and found.fileno() >= 0
            and found.family in (socket.AF_INET, socket.AF_INET6)
            and found.type == socket.SOCK_STREAM
        ):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def freeze_what_stays() -> None:
    """Leave what is loaded by now out of every later garbage collection.

    Each collection holds up all sessions, and Python's full ones look at everything.
    """
    gc.collect()
    gc.freeze()


def icon_font_on_demand(style_sheet: bytes) -> bytes:
    """Return Streamlit's style sheet with the font of icons said to hold no space.

    As it starts, Streamlit's script asks for that font with a space, whether an icon follows or
    not. So nothing comes of the question, and the first name of an icon brings the font.
    """
    return style_sheet.replace(ICON_FONT, ICON_FONT + b"unicode-range:U+21-10FFFF;")


class FullRerunOnConnect:
    """ASGI middleware: before the first choice on a connection, the whole page is run.

    A choice asks for a part of the page (a fragment). A server that was started again, or another
    replica, has run no page on this connection: it knows neither that part nor what its widgets
    do, and passes the choice over in silence until the reader reloads. So the page is run as its
    address says, and then the choice is handed on. The first run of a visit holds no choice, and
    passes untouched.
    """

    LONGEST_RUN = 30.0
    """Seconds after which the choice is handed on in any case."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; messages are read up to the first run, answers to its end."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        has_run = False
        choice: Message | None = None
        is_drawn = asyncio.Event()

        async def receive_full_rerun_first() -> Message:
            nonlocal has_run, choice
            if choice is not None:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(is_drawn.wait(), self.LONGEST_RUN)
                message, choice = choice, None
                return message
            message = await receive()
            if has_run or not message.get("bytes"):
                return message
            asked = _parsed(message["bytes"])
            has_run = asked.WhichOneof("type") == "rerun_script"
            run = asked.rerun_script
            if not has_run or not (run.fragment_id or run.widget_states.widgets):
                return message
            run.fragment_id = ""
            # A part of the page has other names on another server; the whole has none.
            choice = {**message, "bytes": asked.SerializeToString()}
            run.ClearField("widget_states")
            return {**message, "bytes": asked.SerializeToString()}

        async def send_and_watch(message: Message) -> None:
            await send(message)
            if choice is not None and message.get("bytes"):
                answer = ForwardMsg.FromString(message["bytes"])
                if answer.WhichOneof("type") == "script_finished":
                    is_drawn.set()

        await self.app(scope, receive_full_rerun_first, send_and_watch)


def _parsed(content: bytes) -> BackMsg:
    """Return what a browser asks; an empty message when it is none of Streamlit's."""
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except DecodeError:
        return BackMsg()
    return asked
