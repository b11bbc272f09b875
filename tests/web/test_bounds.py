"""What a request may be: names, lengths, methods, contents."""

from __future__ import annotations

import http.client
import json
import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from each import each
from plain_http import ask
from serving import free_port, refusal_to_start, start_server, wait_until_healthy
from streamlit import config
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

# Host names


@each("path", ["/", "/briefing/dorset", "/api/v1/measures", "/static/x.js"])
@each(
    "host", ["evil.example", "localhost.evil.example", "10.0.0.1", "", "a@localhost", "localhost:x"]
)
def test_a_foreign_name_is_refused_in_one_sentence(server: str, path: str, host: str):
    answer = ask(server, path, host=host)
    assert answer.status == 421
    assert len(answer.body) < 200
    assert "evil" not in answer.text
    if path.startswith("/api/v1/"):
        assert json.loads(answer.text)["status"] == 421


def test_names_of_this_machine_are_known_and_probes_may_use_any(server: str):
    for host in ("localhost", "localhost:8501", "127.0.0.1:1", "[::1]", "[::1]:8501", "LOCALHOST."):
        assert ask(server, "/briefing/", host=host).status == 200
    for path in ("/_stcore/health", "/_stcore/metrics", "/metrics"):
        assert ask(server, path, host="10.42.0.7:8501").status == 200


def test_the_websocket_knows_the_same_names(server: str):
    where = urlsplit(server)
    for host in ("localhost", "127.0.0.1", "[::1]", "evil.example"):
        line = socket.create_connection((where.hostname, where.port), timeout=30)
        if host != "evil.example":
            with connect(f"ws://{host}/_stcore/stream", sock=line):
                continue
        with pytest.raises(InvalidStatus) as caught:
            connect(f"ws://{host}/_stcore/stream", sock=line)
        assert caught.value.response.status_code == 403


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A server that was given its names by the environment."""
    port = free_port()
    names = "atlas.example.org *.trust.example localhost"
    process = start_server(port, env={**os.environ, "STREAMLIT_SERVER_ALLOWED_HOSTS": names})
    url = f"http://localhost:{port}"
    try:
        wait_until_healthy(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_environment_names_the_names(elsewhere: str):
    for host in ("atlas.example.org", "a.trust.example", "localhost"):
        assert ask(elsewhere, "/briefing/", host=host).status == 200
    for host in ("127.0.0.1", "trust.example", "example.org"):
        assert ask(elsewhere, "/briefing/", host=host).status == 421


def test_the_server_does_not_start_with_a_setting_that_makes_no_sense():
    line = refusal_to_start(env={"STP_LOG": "loud"})
    assert line.startswith("STP Atlas cannot start. STP_LOG")


# Lengths, methods, contents


def test_addresses_and_headers_have_a_greatest_length(server: str):
    for path, status in (
        ("/" + "a" * 7_999, 200), ("/" + "a" * 8_000, 414), ("/?x=" + "a" * 8_000, 414),
    ):  # fmt: skip
        assert ask(server, path).status == status
    assert ask(server, "/briefing/", cookie="a=" + "b" * 12_000).status == 200
    assert ask(server, "/briefing/", cookie="a=" + "b" * 17_000).status == 431


def test_headers_without_an_end_are_cut_off(server: str):
    where = urlsplit(server)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(b"GET /briefing/ HTTP/1.1\r\nHost: localhost\r\nX: ")
        # Reset or broken pipe, as the system says.
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            line.sendall(b"a" * 5_000_000)


@each("path", ["/", "/api/v1/measures", "/download/stated.csv", "/briefing/"])
@each("method", ["GET", "POST", "PUT"])
@each(("name", "value"), [("Content-Length", "1000000000"), ("Transfer-Encoding", "chunked")])
def test_content_is_refused_before_it_is_sent(
    server: str, path: str, method: str, name: str, value: str
):
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest(method, path)
    connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@each(
    "path", ["/", "/footprint", "/_stcore/upload_file/a/b", "/_stcore/agent/interact", "/metrics"]
)
@each("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "XYZ"])
def test_nothing_takes_other_methods(server: str, path: str, method: str):
    answer = ask(server, path, method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


@each("start", ["/assets/", "/briefing/", "/locator/", "/download/", "/api/v1/"])
@each("middle", ["%0a", "x%0d%0ay", "%00", "%7f", "%1b[2J"])
@each("end", ["", "/"])
def test_control_characters_are_refused(server: str, start: str, middle: str, end: str):
    answer = ask(server, start + middle + end)
    assert answer.status == 400
    assert "location" not in answer.headers


@each("path", ["/assets/a/b", "/assets/a/b/c", "/locator/", "/locator/a/b.svg"])
def test_below_our_folders_nothing_is_answered_with_the_dashboard(server: str, path: str):
    answer = ask(server, path)
    assert (answer.status, answer.media_type) == (404, "text/plain")


def test_websocket_messages_have_a_greatest_size(server: str):
    limit = int(config.get_option("server.maxMessageSize")) * 1_000_000
    assert limit <= 2_000_000
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"]) as line:  # type: ignore[list-item]
        line.send(b"\x00" * (limit + 100_000))
        with pytest.raises(ConnectionClosed) as caught:
            line.recv(timeout=30)
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 1009
