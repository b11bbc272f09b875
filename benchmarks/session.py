"""A browser's side of Streamlit's websocket: enough to run a page and time it."""

from __future__ import annotations

import socket
import time
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 30.0


class Session:
    """One reader's connection to a running server."""

    def __init__(self, port: int) -> None:
        self.address = f"ws://localhost:{port}/_stcore/stream"
        self.connection: ClientConnection | None = None

    def __enter__(self) -> Session:
        self.connection = connect(
            self.address,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=PATIENCE,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.connection:
            self.connection.close()

    def run(self, query: str = "", page: str = "") -> tuple[float, int]:
        """Run a page once with a query string: (seconds, bytes received) until it has finished."""
        assert self.connection is not None
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        start = time.perf_counter()
        self.connection.send(message.SerializeToString())
        received = 0
        while True:
            # The server's socket waits for an acknowledgement before it sends its next small
            # packet; acknowledged late (40 ms on Linux), every page would look equally slow.
            self.connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            data = self.connection.recv(timeout=PATIENCE)
            assert isinstance(data, bytes)
            received += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start, received
