"""What is written down: enough to run the site by, and nothing about a reader."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from asgi import call
from each import each
from plain_http import ask
from raw import ROOT
from serving import copied_house, free_port, start_server, wait_until_healthy
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route, Router

from benchmarks.session import Session
from web.middleware import request_log
from web.middleware.headers import Headers
from web.middleware.metrics import Metrics
from web.middleware.request_log import BrokenOffError, RequestLog
from web.middleware.route_names import OTHER, RouteNames
from web.open_data import open_data
from web.refusals import refusal
from web.routes import routes

SECRET = "zebra-crossing"  # noqa: S105  what a reader might ask


class Lines:
    """What the log wrote since it was last read."""

    def __init__(self) -> None:
        self.written = io.StringIO()
        self.start("debug")

    def start(self, level: str) -> None:
        with contextlib.redirect_stdout(self.written):
            request_log.start(level)

    def __call__(self) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.written.getvalue().splitlines()]
        self.written.seek(0)
        self.written.truncate()
        return found


@pytest.fixture
def lines() -> Lines:
    return Lines()


# Names


@each(
    ("path", "name"),
    [
        ("/briefing/dorset.docx", "/briefing/{name}.docx"),
        ("/briefing/" + SECRET, "/briefing/{name}"),
        ("/briefing/a/b", "/briefing/{rest:path}"),
        ("/download", "/download"),
        ("/download/", "/download/"),
        ("/download/stated.csv", "/download/{table}.csv"),
        ("/download/view.csv", "/download/view.csv"),
        ("/api/v1/find", "/api/v1/find"),
        ("/api/v1/footprints/dorset", "/api/v1/footprints/{name}"),
        ("/api/" + SECRET, "/api/{rest:path}"),
        ("/assets/picker.js", "/assets/{name}"),
        ("/static/js/x.js", "/static/{file}"),
        ("/app/static/map.json", "/app/static/{file}"),
        ("/_stcore/health", "/_stcore/health"),
        ("/_stcore/" + SECRET, OTHER),
        ("/", "/"),
        ("/priorities", "/{page}"),
        ("/" + SECRET, OTHER),
        ("/a/" + SECRET, OTHER),
        ("", OTHER),
        ("/\n", OTHER),
    ],
)
def test_addresses_are_called_by_their_pattern(path: str, name: str):
    assert RouteNames(routes).name(path) == name


# Lines


async def _fine(_request: Request) -> Response:
    return PlainTextResponse("x" * 123)


async def _fails(request: Request) -> Response:
    try:
        return {}[request.query_params["q"]]  # type: ignore[no-any-return]
    except KeyError as error:
        raise ValueError(f"no {request.query_params['q']}") from error


async def _breaks_off(request: Request) -> Response:
    async def parts() -> Any:
        yield b"begun"
        raise ValueError(request.query_params["q"])

    return StreamingResponse(parts())


OWN = [
    Route("/fine/{name}", _fine),
    Route("/fails", _fails),
    Route("/breaks-off", _breaks_off),
    Mount("/inner", open_data([Route("/fails/{name}", _fails)], refusal)),
]
APP = Headers(RequestLog(Router(routes=OWN), routes=OWN))


def test_a_request_is_one_line_with_its_pattern(lines: Lines):
    call(APP, f"/fine/{SECRET}", query=f"q={SECRET}", headers={"user-agent": SECRET})
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00", line.pop("at"))
    assert 0 <= line.pop("ms") < 10_000
    assert line == {
        "level": "INFO", "event": "request", "method": "GET", "route": "/fine/{name}",
        "status": 200, "bytes": 123,
    }  # fmt: skip


def test_a_method_that_nobody_knows_is_not_written_down(lines: Lines):
    call(APP, "/fine/x", SECRET.upper())
    (line,) = lines()
    assert line["method"] == "other"


@pytest.mark.parametrize("path", ["/fails", f"/inner/fails/{SECRET}"])
def test_a_failure_is_a_plain_page_and_a_line_that_says_where_but_not_what(lines: Lines, path: str):
    answer = call(APP, path, query=f"q={SECRET}")
    assert answer.status == 500
    assert answer.media_type == "text/plain"
    assert len(answer.body) < 100
    for inside in (SECRET, "Error", "Traceback", ".py", "starlette"):
        assert inside not in answer.text
    if path == "/fails":
        assert answer.text == "Failed. The fault is ours; the server's log has the details.\n"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    failed, request = lines()
    assert (failed["level"], failed["event"]) == ("ERROR", "failed")
    assert failed["error"] == ["ValueError", "KeyError"]
    assert failed["where"][-1].endswith(" _fails")
    assert "test_request_log.py:" in failed["where"][-1]
    assert SECRET not in json.dumps([failed, request])
    assert request["status"] == 500


def test_an_answer_that_breaks_off_is_not_taken_for_whole(lines: Lines):
    with pytest.raises(BrokenOffError) as caught:
        call(APP, "/breaks-off", query=f"q={SECRET}")
    assert str(caught.value) == ""
    assert caught.value.__suppress_context__
    failed, _request = lines()
    assert failed["error"][0] == "ValueError"
    assert SECRET not in json.dumps(failed)


@pytest.mark.parametrize("name", ["streamlit.error_util", "uvicorn.error", "asyncio"])
def test_tracebacks_of_others_lose_their_words(
    lines: Lines, name: str, caplog: pytest.LogCaptureFixture
):
    try:
        {}[SECRET]
    except KeyError:
        logging.getLogger(name).exception("Uncaught")
    (line,) = lines()
    assert line["error"] == ["KeyError"]
    assert SECRET not in json.dumps(line)
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("level", "written"), [("debug", 2), ("info", 2), ("warning", 1), ("error", 1)]
)
def test_the_level_says_how_much_is_written(lines: Lines, level: str, written: int):
    lines.start(level)
    call(APP, "/fine/x")
    call(APP, "/fails", query="q=x")
    found = lines()
    assert sum(line["event"] == "request" for line in found) == (2 if written == 2 else 0)
    assert sum(line["event"] == "failed" for line in found) == 1


def test_files_that_come_with_a_page_are_written_at_debug_only(lines: Lines):
    lines.start("info")
    app = RequestLog(PlainTextResponse("x"), routes=routes)
    for path in ("/static/js/x.js", "/assets/picker.js", "/app/static/map.json"):
        call(app, path)
    assert lines() == []


# Counts


def test_counts_are_by_route_status_and_time():
    counts = Metrics()
    for seconds in (0.001, 0.004, 0.3, 9.0):
        counts.count("/api/v1/find", 200, seconds)
    counts.count("/api/v1/find", 404, 0.02)
    text = counts.text().decode()
    assert 'stp_requests_total{route="/api/v1/find",status="200"} 4.0\n' in text
    assert 'stp_requests_total{route="/api/v1/find",status="404"} 1.0\n' in text
    assert re.findall(r'_bucket\{le="(.*)",route="/api/v1/find"\} (\d)', text) == [
        ("0.005", "2"), ("0.02", "3"), ("0.1", "3"), ("0.5", "4"), ("2.0", "4"), ("+Inf", "5"),
    ]  # fmt: skip
    assert 'stp_request_seconds_sum{route="/api/v1/find"} 9.325' in text
    assert "_created" not in text


def test_a_server_counts_and_names_no_reader(server: str):
    before = ask(server, "/metrics").text
    assert ask(server, f"/api/v1/footprints/{SECRET}").status == 404
    answer = ask(server, "/metrics")
    assert answer.media_type == "text/plain"
    assert answer.headers["cache-control"] == "no-store"
    pattern = r'requests_total\{route="/api/v1/footprints/\{name\}",status="404"\} (\d+)'
    was, now = (re.findall(pattern, text) for text in (before, answer.text))
    assert int(now[0]) == int(was[0] if was else 0) + 1
    assert SECRET not in answer.text


# A whole server


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of all that the server needs, in which some things fail."""
    folder = copied_house(tmp_path)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "LICENCE-DATA.md", folder)
    drawing = folder / "web" / "pictures" / "locator.py"
    drawing.write_text(
        drawing.read_text("utf-8").replace(
            "    atlas = stp_data.load()\n", "    raise KeyError(str(request.url))\n"
        ),
        "utf-8",
    )
    page = folder / "pages" / "data.py"
    page.write_text(
        page.read_text("utf-8") + 'raise RuntimeError(st.query_params.get("area"))\n', "utf-8"
    )
    return folder


def test_a_server_writes_nothing_about_its_readers(house: Path):
    port, written = free_port(), house.parent / "written.txt"
    with written.open("wb") as output:
        process = start_server(port, house, {**os.environ, "STP_LOG": "debug"}, output)
        url = f"http://localhost:{port}"
        try:
            wait_until_healthy(url, process)
            heads = {"user_agent": SECRET, "x_forwarded_for": "198.51.100.77", "cookie": SECRET}
            for path in (
                f"/api/v1/find?q={SECRET}", f"/briefing/{SECRET}", f"/?area={SECRET}",
                f"/{SECRET}", f"/static/{SECRET}.js", f"/download/{SECRET}.csv",
                f"/_stcore/{SECRET}",
            ):  # fmt: skip
                ask(url, path, **heads)
            failed = ask(url, f"/locator/dorset.svg?q={SECRET}", **heads)
            with Session(port) as session:
                session.run(f"area={SECRET}&q={SECRET}", "organisations")
                session.run(f"area={SECRET}", "data")
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert failed.status == 500
    assert failed.text == "Failed. The fault is ours; the server's log has the details.\n"
    text = written.read_text("utf-8")
    for private in (SECRET, "198.51.100.77", "127.0.0.1 ", "127.0.0.1:", "Mozilla"):
        assert private not in text.replace(f"127.0.0.1:{port}", ""), private
    assert "Traceback" not in text
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [line["error"] for line in found if line["event"] == "failed"] == [
        ["KeyError"], ["RuntimeError"],
    ]  # fmt: skip
    where = [line["where"][-1] for line in found if line["event"] == "failed"]
    assert where[0].startswith("web/pictures/locator.py:")
    assert where[1].startswith("pages/data.py:")
    asked = [line["route"] for line in found if line["event"] == "request"]
    assert "/api/v1/find" in asked
    assert "/static/{file}" in asked
