"""A page whose server went away: the next server draws it whole instead of passing it over."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from web.whole_first import WholeFirst


def asking(fragment: str = "", query: str = "") -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.fragment_id = fragment
    return bytes(asked.SerializeToString())


def test_a_server_draws_the_whole_page_for_a_part_that_it_does_not_know(server: str):
    address = f"ws://{urlsplit(server).netloc}/_stcore/stream"
    drawn: list[str] = []
    with connect(address, subprotocols=["streamlit"]) as line:  # type: ignore[list-item]
        line.send(asking("part-of-another-server", "area=dorset&view=table"))
        kind = None
        while kind != "script_finished":
            message = ForwardMsg.FromString(line.recv(timeout=60))
            kind = message.WhichOneof("type")
            element = message.delta.new_element
            if kind == "delta" and element.WhichOneof("type") == "heading":
                drawn.append(element.heading.body)
    assert drawn[0] == "England's 44 footprints"
    assert len(drawn) > 1


def handed_on(*sent: dict[str, Any]) -> list[dict[str, Any]]:
    """What the application gets of these messages."""
    waiting, got = list(sent), []

    async def receive() -> Any:
        return waiting.pop(0)

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        got.extend([await receive() for _ in sent])

    asyncio.run(WholeFirst(app)({"type": "websocket"}, receive, None))  # type: ignore[arg-type]
    return got


def received(content: bytes) -> dict[str, Any]:
    return {"type": "websocket.receive", "bytes": content, "text": None}


def test_only_the_first_run_is_made_whole():
    first, second = received(asking("a", "area=x")), received(asking("a", "area=y"))
    connected = {"type": "websocket.connect"}
    got = handed_on(connected, first, second)
    assert got == [connected, received(asking("", "area=x")), second]


def test_a_whole_run_and_what_is_no_run_stay_as_they_are():
    stop = BackMsg()
    stop.stop_script = True
    whole, part = received(asking()), received(asking("a"))
    for sent in (
        [whole, part],
        [received(b"\xff\xff\xff"), {"type": "websocket.receive", "text": "x", "bytes": None}],
        [{"type": "websocket.disconnect", "code": 1001}],
    ):
        assert handed_on(*sent) == sent
    # A run that follows something else is still the first.
    ended = received(stop.SerializeToString())
    assert handed_on(ended, part) == [ended, received(asking(""))]
