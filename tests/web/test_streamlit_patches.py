"""What leans on Streamlit's inside still fits the version that is installed."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from plain_http import ask
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from web.cached.files import served_files
from web.streamlit_patches import FullRerunOnConnect, icon_font_on_demand

RANGE = b"unicode-range:U+21-10FFFF;"


def asking(fragment: str = "", query: str = "", *, chosen: str = "") -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.fragment_id = fragment
    if chosen:
        widget = asked.rerun_script.widget_states.widgets.add()
        widget.id = widget.string_value = chosen
    return bytes(asked.SerializeToString())


def ended() -> bytes:
    answer = ForwardMsg()
    answer.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return bytes(answer.SerializeToString())


def test_a_server_draws_the_whole_page_for_a_part_that_it_does_not_know(server: str):
    address = f"ws://{urlsplit(server).netloc}/_stcore/stream"
    drawn: list[list[str]] = []
    with connect(address, subprotocols=["streamlit"]) as line:  # type: ignore[list-item]
        line.send(asking("part-of-another-server", "area=dorset&view=table", chosen="a"))
        # Once as the address says, and once for the choice.
        while len(drawn) < 3:
            message = ForwardMsg.FromString(line.recv(timeout=60))
            kind = message.WhichOneof("type")
            element = message.delta.new_element
            if kind == "new_session":
                drawn.append([])
            elif kind == "delta" and element.WhichOneof("type") == "heading":
                drawn[-1].append(element.heading.body)
            elif kind == "script_finished" and len(drawn) == 2:
                break
    whole, chosen = drawn
    assert whole[0] == chosen[0] == "England's 44 footprints"
    assert len(whole) > 1


def handed_on(*sent: dict[str, Any], more: int = 0) -> list[dict[str, Any]]:
    """What the application gets of these, and ``more``, when each run comes to its end."""
    waiting, got = list(sent), []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(_message: Any) -> None: ...

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        for _ in range(len(sent) + more):
            got.append(await receive())
            await send({"type": "websocket.send", "bytes": ended()})

    asyncio.run(FullRerunOnConnect(app)({"type": "websocket"}, receive, send))  # type: ignore[arg-type]
    return got


def received(content: bytes) -> dict[str, Any]:
    return {"type": "websocket.receive", "bytes": content, "text": None}


def test_the_first_choice_is_handed_on_after_a_whole_run_as_the_address_says():
    first = received(asking("a", "area=x", chosen="one"))
    second = received(asking("a", "area=y", chosen="two"))
    connected = {"type": "websocket.connect"}
    whole, choice = received(asking("", "area=x")), received(asking("", "area=x", chosen="one"))
    assert handed_on(connected, first, second, more=1) == [connected, whole, choice, second]


def test_a_visit_and_what_is_no_run_stay_as_they_are():
    stop = BackMsg()
    stop.stop_script = True
    visit, part = received(asking(query="area=x")), received(asking("a", chosen="one"))
    for sent in (
        [visit, part],
        [received(b"\xff\xff\xff"), {"type": "websocket.receive", "text": "x", "bytes": None}],
        [{"type": "websocket.disconnect", "code": 1001}],
    ):
        assert handed_on(*sent) == sent
    # A run that follows something else is still the first.
    stopped = received(stop.SerializeToString())
    assert handed_on(stopped, part, more=1) == [
        stopped, received(asking()), received(asking(chosen="one")),
    ]  # fmt: skip


def test_only_the_sheet_with_the_icon_font_is_changed_and_only_by_one_range(server: str):
    sheets = {path: file.read_bytes() for path, file in served_files().items() if ".css" in path}
    changed = {path for path, sheet in sheets.items() if icon_font_on_demand(sheet) != sheet}
    assert len(changed) == 1 < len(sheets)
    for path, on_disk in sheets.items():
        answer = ask(server, path)
        assert answer.headers["content-type"].startswith("text/css")
        assert answer.body.count(RANGE) == (path in changed)
        assert answer.body.replace(RANGE, b"") == on_disk
