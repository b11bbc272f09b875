"""Sticky sessions, alike answers, caching and bounds, through the very template of deploy/."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import streamlit
from each import each
from websockets.exceptions import InvalidStatus

from deploy.site import COOKIE, ROOT, Site, get, view, wait_until, websocket

pytestmark = pytest.mark.long

SCRIPT = next((Path(streamlit.__file__).parent / "static/static/js").glob("protobuf.*.js")).name
MAP = next((ROOT / "static").glob("map-*.json")).name
PLAIN = [
    "/download/", "/download/stated.csv", "/download/view.csv?measure=population",
    "/download/stp-atlas.xlsx", "/download/stp-atlas.zip", "/download/footprints.geojson", "/api/",
    "/api/v1/footprints/dorset", "/briefing/", "/briefing/dorset", "/briefing/dorset.docx",
    "/chart/map.png", "/share/footprint?area=dorset", "/locator/E54000010.svg",
    "/assets/style.css", f"/app/static/{MAP}", f"/static/js/{SCRIPT}",
]  # fmt: skip


def opened(site: Site) -> list[int]:
    return [replica.opened for replica in site.replicas]


def opens_on(site: Site, headers: dict[str, str]) -> int:
    """The number of the replica on which a websocket with these headers opens."""
    before = opened(site)
    with websocket(site.port, headers) as connection:
        view(connection, "")
    gained = [after - was for after, was in zip(opened(site), before, strict=True)]
    assert sorted(gained) == [0, 1]
    return gained.index(1)


def test_a_session_stays_on_the_replica_that_its_cookie_names(site: Site) -> None:
    given = site.get("/").headers["set-cookie"]
    cookie = given.partition(";")[0]
    assert re.fullmatch(rf"{COOKIE}=[0-9a-f]{{2}}", cookie)
    assert len({opens_on(site, {"Cookie": cookie}) for _ in range(5)}) == 1
    assert "set-cookie" not in site.get("/", {"Cookie": cookie}).headers


def test_readers_behind_one_address_spread_over_the_replicas(site: Site) -> None:
    chosen = Counter(opens_on(site, {"Cookie": f"{COOKIE}={n:02x}"}) for n in range(0, 256, 8))
    # 32 of the 256 values; which go where depends on the ports, so the bound is wide.
    assert set(chosen) == {0, 1}
    assert min(chosen.values()) >= 3


def test_new_readers_get_different_cookies_and_those_without_stay_put_as_well(site: Site) -> None:
    assert len({site.get("/").headers["set-cookie"] for _ in range(20)}) > 5
    assert len({opens_on(site, {"User-Agent": "embedded"}) for _ in range(4)}) == 1


def test_over_tls_the_cookie_also_works_in_an_embedded_view(site: Site) -> None:
    given = site.get("/", {"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert given.endswith("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")
    assert site.get("/").headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Lax")


@each("encoding", ["br", "gzip", "identity"])
@each("path", PLAIN)
def test_every_replica_gives_the_same_bytes_under_the_same_etag(
    site: Site, path: str, encoding: str
) -> None:
    asked, host = {"Accept-Encoding": encoding}, f"localhost:{site.port}"
    answers = [get(replica.port, path, asked, host=host) for replica in site.replicas]
    answers += [site.get(path, asked), site.get(path, asked)]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert len({answer.body for answer in answers}) == 1


@each("path", PLAIN)
def test_plain_http_is_answered_from_the_cache_the_second_time(site: Site, path: str) -> None:
    first = site.get(path, {"Accept-Encoding": "gzip, deflate, br, zstd"})
    again = site.get(path, {"Accept-Encoding": "br"})
    assert first.headers["x-cache"] in {"MISS", "HIT"}  # Another test may have asked before.
    assert again.headers["x-cache"] == "HIT"
    assert again.body == first.body
    # So may a delivery network: for what lies between, the encoding is named.
    assert re.match(r"public, .*max-age=\d+", again.headers["cache-control"])
    assert again.headers.get("vary", "Accept-Encoding") == "Accept-Encoding"
    assert "set-cookie" not in again.headers
    known = site.get(path, {"Accept-Encoding": "br", "If-None-Match": again.headers["etag"]})
    assert (known.status, known.body) == (304, b"")


def test_links_in_answers_name_the_address_that_readers_use(site: Site) -> None:
    for proto in ("https", "http"):
        answer = site.get("/briefing/dorset", {"X-Forwarded-Proto": proto})
        assert f"{proto}://localhost:{site.port}/briefing/dorset".encode() in answer.body
    assert not any(str(replica.port).encode() in answer.body for replica in site.replicas)


@pytest.mark.parametrize("path", ["/", "/footprint?area=dorset", "/priorities", "/no-such-page"])
def test_pages_are_held_by_no_shared_cache(site: Site, path: str) -> None:
    for _ in range(2):
        answer = site.get(path, {"Accept-Encoding": "br"})
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "x-cache" not in answer.headers


def test_what_a_reader_searched_for_is_neither_held_nor_logged(site: Site) -> None:
    for path in ("/api/v1/find?q=sekrit", "/download/organisations-view.csv?q=sekrit"):
        for _ in range(2):
            answer = site.get(path)
            assert answer.status == 200
            assert answer.headers["x-cache"] == "MISS"
            assert answer.headers["cache-control"].startswith("private")
    lines = len(site.logged())
    site.get("/?area=sekrit", {"User-Agent": "sekrit", "Cookie": f"{COOKIE}=00"})
    wait_until(lambda: len(site.logged()) > lines, "the request is logged")
    assert site.logged()[-1]["path"] == "/"
    log = site.log.read_text() + (site.folder / "nginx.err").read_text()
    assert "sekrit" not in log
    assert '"127.0.0.1"' not in log  # Replicas are named with their port, readers not at all.


def test_a_refusal_is_not_held_nor_a_refused_encoding_sent(site: Site) -> None:
    for _ in range(2):
        answer = site.get("/api/v1/footprints/nowhere")
        assert (answer.status, answer.headers["x-cache"]) == (404, "MISS")
    answer = site.get("/briefing/kent-and-medway", {"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert answer.status == 200
    assert "content-encoding" not in answer.headers
    assert answer.body.startswith(b"<!")


def test_health_is_answered_and_metrics_are_for_operators(site: Site) -> None:
    assert site.get("/_stcore/health").body == b"ok"
    assert "set-cookie" not in site.get("/_stcore/health").headers
    assert site.get("/_stcore/metrics").status == 404
    for replica in site.replicas:
        assert b"active_sessions" in get(replica.port, "/_stcore/metrics").body
    assert get(site.ops, "/health").body == b"ok\n"
    assert b"Active connections" in get(site.ops, "/status").body
    assert get(site.ops, "/").status == 404


def test_what_no_reader_sends_is_refused(site: Site) -> None:
    assert site.get("/api/v1/footprints", body=b"x" * 2000).status == 413
    assert site.get("/?" + "x" * 9000).status == 414
    assert site.get("/", {"X-Large": "x" * 9000}).status == 400
    assert site.get("/", host="elsewhere.example").status == 421
    for method in ("POST", "PUT", "DELETE", "TRACE", "PATCH"):
        for path in ("/download/stated.csv", "/_stcore/upload_file/a/b"):
            assert site.get(path, method=method).status == 405
    for path in ("agent/openapi.json", "upload_file/a/b", "script-health-check"):
        assert site.get(f"/_stcore/{path}").status == 404


def test_the_proxy_says_nothing_of_its_version_or_of_the_replicas(site: Site) -> None:
    for path in ("/", "/briefing/dorset", "/_stcore/metrics"):
        answer = site.get(path)
        assert answer.headers["server"] == "nginx"
        assert not re.search(rb"nginx/|uvicorn|127\.0\.0\.1", answer.body)


def test_only_our_own_pages_can_open_the_websocket(site: Site) -> None:
    before = opened(site)
    for origin in (
        "https://elsewhere.example", "http://localhost", "http://localhost.example", "null",
    ):  # fmt: skip
        with pytest.raises(InvalidStatus) as refused, websocket(site.port, {"Origin": origin}):
            pass
        assert refused.value.response.status_code == 403
    assert opened(site) == before
    with websocket(site.port, {"Origin": site.url}) as connection:
        assert "Dorset" in view(connection, "area=dorset")
