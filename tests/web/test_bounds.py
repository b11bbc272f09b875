"""What a request may be: names, lengths, methods, contents, how often."""

from __future__ import annotations

import http.client
import json
import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from asgi import call
from each import each
from plain_http import ask
from serving import free_port, refusal_to_start, start_server, wait_until_healthy
from starlette.responses import PlainTextResponse
from streamlit import config
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from web.middleware.bounds import Bounds
from web.rates import MOST_CLIENTS, Rates, neighbourhood
from web.settings import SettingError, read

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


def test_programs_are_refused_in_json(server: str):
    answer = ask(server, "/api/v1/measures", host="evil.example")
    assert json.loads(answer.text)["status"] == 421


@each("host", ["localhost", "localhost:8501", "127.0.0.1:1", "[::1]", "[::1]:8501", "LOCALHOST."])
def test_the_names_of_this_machine_are_known(server: str, host: str):
    assert ask(server, "/briefing/", host=host).status == 200


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/metrics", "/metrics"])
def test_machines_may_ask_a_replica_by_its_number(server: str, path: str):
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


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that was given its names and its rate by the environment."""
    port = free_port()
    env = {
        **os.environ,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "atlas.example.org *.trust.example localhost",
        "STP_RATE_PER_MINUTE": "3",
    }
    process = start_server(port, env=env)
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


# Lengths, methods, contents


@pytest.mark.parametrize(
    ("path", "status"),
    [("/" + "a" * 7_999, 200), ("/" + "a" * 8_000, 414), ("/?x=" + "a" * 8_000, 414)],
    ids=["longest", "path", "query"],
)
def test_an_address_has_a_greatest_length(server: str, path: str, status: int):
    assert ask(server, path).status == status


def test_headers_have_a_greatest_length(server: str):
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
def test_content_is_refused_before_it_is_sent(server: str, path: str, method: str):
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest(method, path)
    connection.putheader("Content-Length", "1000000000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_content_without_a_length_is_refused(server: str):
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest("POST", "/briefing/")
    connection.putheader("Transfer-Encoding", "chunked")
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


@pytest.mark.parametrize("path", ["/assets/a/b", "/assets/a/b/c", "/locator/", "/locator/a/b.svg"])
def test_below_our_folders_nothing_is_answered_with_the_dashboard(server: str, path: str):
    answer = ask(server, path)
    assert answer.status == 404
    assert answer.media_type == "text/plain"


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


# How often


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_may_ask_a_minute_of_questions_at_once_and_then_as_they_are_paid_off():
    clock = Clock()
    rates = Rates(60, clock)
    assert [rates.wait("192.0.2.1") for _ in range(60)] == [0] * 60
    assert rates.wait("192.0.2.1") == 1
    assert rates.wait("192.0.2.2") == 0, "another client does not wait"
    clock.now = 1.0
    assert rates.wait("192.0.2.1") == 0
    assert rates.wait("192.0.2.1") == 1
    clock.now = 500.0
    assert [rates.wait("192.0.2.1") for _ in range(60)] == [0] * 60
    assert rates.wait("192.0.2.1") > 0


def test_refusals_do_not_prolong_the_wait():
    clock = Clock()
    rates = Rates(6, clock)
    for _ in range(1000):
        rates.wait("192.0.2.1")
    clock.now = 10.0
    assert rates.wait("192.0.2.1") == 0


def test_many_clients_do_not_fill_the_memory_and_the_busy_one_still_waits():
    clock = Clock()
    rates = Rates(2, clock)
    for number in range(MOST_CLIENTS + 5_000):
        clock.now += 0.1
        rates.wait(str(number))
    assert len(rates._paid) <= MOST_CLIENTS
    assert [rates.wait("192.0.2.1") for _ in range(3)][-1] > 0


@each(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unix", "unix", True),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one_customer(one: str, other: str, same: bool):
    assert (neighbourhood(one) == neighbourhood(other)) is same


DEAR = [
    "/briefing/dorset.docx", "/briefing/dorset+devon.png", "/download/stp-atlas.xlsx",
    "/download/stp-atlas.zip", "/download/organisations-view.csv", "/api/v1/find",
    "/chart/map.svg", "/embed/map.png",
]  # fmt: skip
CHEAP = [
    "/", "/briefing/dorset", "/download/stated.csv", "/api/v1/footprints/dorset",
    "/locator/dorset.svg", "/favicon.png", "/app/static/icon.svg", "/_stcore/health",
]  # fmt: skip


@each("path", DEAR)
def test_what_is_dear_is_bounded_with_a_hint_when_to_come_back(path: str):
    app = Bounds(PlainTextResponse("made"), per_minute=2)
    assert [call(app, path).status for _ in range(3)] == [200, 200, 429]
    refused = call(app, path)
    assert 1 <= int(refused.headers["retry-after"]) <= 30
    assert "192.0.2.1" not in refused.text
    assert call(app, path, client="192.0.2.9").status == 200


def test_what_is_dear_is_counted_together():
    app = Bounds(PlainTextResponse("made"), per_minute=len(DEAR))
    assert {call(app, path).status for path in DEAR} == {200}
    assert {call(app, path).status for path in DEAR} == {429}


@each("path", CHEAP)
def test_what_is_cheap_is_not_bounded(path: str):
    app = Bounds(PlainTextResponse("made"), per_minute=1)
    assert {call(app, path).status for _ in range(20)} == {200}


def test_no_rate_means_no_bound():
    app = Bounds(PlainTextResponse("made"), per_minute=0)
    assert {call(app, DEAR[0]).status for _ in range(2_000)} == {200}


def test_a_server_bounds_by_client_and_believes_a_proxy_on_its_machine(elsewhere: str):
    path = "/briefing/dorset.png"
    statuses = [ask(elsewhere, path, x_forwarded_for="192.0.2.1").status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert ask(elsewhere, path, x_forwarded_for="192.0.2.2").status == 200


# Settings


def test_settings_have_defaults():
    settings = read({})
    assert (settings.log, settings.per_minute) == ("warning", 240)


@each(
    "environment",
    [{"STP_LOG": "loud"}, {"STP_LOG": ""}, {"STP_RATE_PER_MINUTE": "many"},
     {"STP_RATE_PER_MINUTE": "-1"}, {"STP_RATE_PER_MINUTE": "1.5"}, {"STP_RATE_PER_MINUTE": "²"}],
)  # fmt: skip
def test_a_setting_that_makes_no_sense_is_refused_in_one_line(environment: dict[str, str]):
    with pytest.raises(SettingError) as caught:
        read(environment)
    assert next(iter(environment)) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_server_does_not_start_with_such_a_setting():
    line = refusal_to_start(env={"STP_LOG": "loud"})
    assert line.startswith("STP Atlas cannot start. STP_LOG")
