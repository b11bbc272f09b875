"""The first run that a connection asks for draws the whole page.

A choice redraws a part of the page only. A server that was started again, or another replica,
does not know that part and would pass the choice over in silence (Streamlit 1.67), until the
reader reloads. Asked for the whole page, it draws what the address says.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class WholeFirst:
    """ASGI middleware; it reads a websocket's messages up to the first run, and no further."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the first run made whole."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        has_run = False

        async def receive_whole() -> Message:
            nonlocal has_run
            message = await receive()
            if has_run or not message.get("bytes"):
                return message
            asked = _asked(message["bytes"])
            has_run = asked.WhichOneof("type") == "rerun_script"
            if has_run and asked.rerun_script.fragment_id:
                asked.rerun_script.fragment_id = ""
                return {**message, "bytes": asked.SerializeToString()}
            return message

        await self.app(scope, receive_whole, send)


def _asked(content: bytes) -> BackMsg:
    """What a browser asks; nothing, when it is no message of Streamlit's."""
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except DecodeError:
        return BackMsg()
    return asked
