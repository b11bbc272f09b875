"""Whatever is asked over plain HTTP: a known status, no markup of the asker's, no inside, soon."""

from __future__ import annotations

import json
import re
import socket
import xml.etree.ElementTree as ET
from urllib.parse import quote, urlsplit

from anything import ANY_TEXT, MARK, VALUE, same_each_run, within
from asgi import call
from each import each
from hypothesis import assume, given
from hypothesis import strategies as st
from plain_http import Answer, ask
from starlette.routing import Router

from web.middleware.bounds import Bounds
from web.middleware.headers import Headers
from web.middleware.request_log import RequestLog
from web.middleware.route_names import RouteNames
from web.routes import routes

APP = Headers(RequestLog(Bounds(Router(routes=routes), per_minute=0), routes=routes))
PATTERNS = [full for _, full in RouteNames(routes).patterns]
NAMES = [
    "theme",
    "match",
    "evidence",
    "firm",
    "years",
    "region",
    "q",
    "type",
    "area",
    "measure",
    "x",
    "",
]
QUERY = st.lists(st.tuples(st.sampled_from(NAMES), VALUE), max_size=5)
FINE = {200, 204, 301, 304, 308, 400, 404, 405, 413, 414, 431}
INSIDE = re.compile(r"Traceback|\.py\b|Error:|starlette|/work/|site-packages|0x[0-9a-f]{8}")


def holds(answer: Answer, path: str) -> None:
    """What is true of every answer."""
    assert answer.status in FINE, path
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for name, value in answer.headers.items():
        assert value.isprintable(), name
        assert name != "set-cookie"
    if "location" in answer.headers:
        assert not urlsplit(answer.headers["location"]).netloc, "never to another host"
    if answer.media_type in ("text/html", "image/svg+xml", "text/plain", "application/json"):
        assert MARK not in answer.text or answer.media_type == "application/json"
    if answer.media_type == "image/svg+xml":
        ET.fromstring(answer.body)  # noqa: S314  of our own making
    if answer.media_type == "application/json" and answer.body:
        assert MARK not in answer.text
        json.loads(answer.text)
    if answer.status >= 400 and answer.media_type != "text/html":
        assert len(answer.body) < 2_000
        assert not INSIDE.search(answer.text), answer.text


@each("pattern", PATTERNS)
@same_each_run(15)
@given(data=st.data())
def test_any_request_to_any_route(pattern: str, data: st.DataObject):
    path = re.sub(r"\{[^}]*\}", lambda _: data.draw(VALUE).replace("\ud7ff", ""), pattern)
    query = "&".join(f"{quote(n)}={quote(v)}" for n, v in data.draw(QUERY))
    method = data.draw(st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST"]))
    with within(4):
        answer = call(APP, path, method, query=query)
    holds(answer, path)
    assert answer.status != 405 or method not in ("GET", "HEAD")


@same_each_run(40)
@given(raw=st.binary(max_size=120), header=ANY_TEXT, etag=ANY_TEXT)
def test_any_bytes_in_query_and_headers(raw: bytes, header: str, etag: str):
    headers = {
        "accept-encoding": quote(header), "if-none-match": quote(etag, safe='"*,/ '),
        "origin": quote(header), "cookie": quote(header),
    }  # fmt: skip
    for path in ("/api/v1/find", "/download/view.csv", "/download/shared.csv", "/briefing/"):
        holds(call(APP, path, query=raw.decode("latin-1"), headers=headers), path)


@same_each_run(40)
@given(parts=st.lists(VALUE, min_size=1, max_size=4), end=st.sampled_from(["", "/", "//", ".csv"]))
def test_any_address_of_a_running_server(server: str, parts: list[str], end: str):
    path = "/" + "/".join(quote(part, safe="") for part in parts) + end
    assume("//" not in path[:2])
    answer = ask(server, path)
    # Streamlit sends addresses that end in a slash on to the same without it.
    assert answer.status in FINE
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert MARK not in answer.text
    assert MARK not in answer.headers.get("location", "")


@same_each_run(40)
@given(line=st.binary(max_size=300))
def test_what_is_no_http_ends_only_itself(server: str, line: bytes):
    where = urlsplit(server)
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall(line + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answered = b""
        while part := connection.recv(65_536):
            answered += part
    assert not answered or answered.startswith(b"HTTP/1.1 ")
    assert b" 500 " not in answered[:20]
    assert b"Traceback" not in answered


def test_the_server_is_well_after_all_this(server: str):
    assert ask(server, "/_stcore/health").text == "ok"
