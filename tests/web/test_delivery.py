"""How answers travel: encodings, caches, other sites' pages, and whatever is thrown at them."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import statistics
import time
import urllib.parse
from pathlib import Path

import brotli
import pytest
import streamlit
from each import each
from plain_http import Answer, ask
from raw import CODES, RESOURCES, ROOT

from web.cached import PACKED, CachedContent
from web.cached.content import accepted

BUNDLES = Path(streamlit.__file__).parent / "static"
SCRIPT = next((BUNDLES / "static" / "js").glob("protobuf.*.js"))
STYLE = next((BUNDLES / "static" / "css").glob("DeckGlJsonChart.*.css"))
MAP = next((ROOT / "static").glob("map-*.json"))

DATA = [
    "/download/",
    "/download/stated.csv",
    "/download/view.csv?measure=population",
    "/download/shared.csv?theme=stroke",
    "/download/organisations-view.csv?type=ccg",
    "/download/hexes.csv",
    "/download/footprints.geojson",
    "/download/dorset.geojson",
    "/download/datapackage.json",
    "/download/stp-atlas.xlsx",
    "/download/stp-atlas.zip",
    "/api/",
    "/api/v1/openapi.json",
    "/api/v1/footprints",
    "/api/v1/footprints/dorset",
    "/api/v1/measures",
    "/api/v1/measures/population",
    "/api/v1/priorities?theme=stroke",
    "/api/v1/find?q=dorset",
]
FILES = {
    f"/static/js/{SCRIPT.name}": SCRIPT,
    f"/static/css/{STYLE.name}": STYLE,
    f"/app/static/{MAP.name}": MAP,
    "/assets/picker.js": ROOT / "static" / "picker.js",
    "/": BUNDLES / "index.html",
}


def content(answer: Answer) -> bytes:
    match answer.headers.get("content-encoding"):
        case "br":
            return bytes(brotli.decompress(answer.body))
        case "gzip":
            return gzip.decompress(answer.body)
        case _:
            return answer.body


# Encodings


@each("path", [*DATA, *FILES])
def test_each_encoding_holds_the_same_under_its_own_etag(server: str, path: str):
    plain = ask(server, path)
    assert "content-encoding" not in plain.headers
    small = len(plain.body) < 1000
    for encoding in ("br", "gzip"):
        answer = ask(server, path, accept_encoding=encoding)
        assert answer.status == 200
        assert content(answer) == plain.body
        assert int(answer.headers["content-length"]) == len(answer.body)
        if small or path.endswith(".zip"):
            assert "content-encoding" not in answer.headers
            continue
        assert answer.headers["content-encoding"] == encoding
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert answer.headers["etag"] != plain.headers["etag"]
        again = ask(server, path, accept_encoding=encoding, if_none_match=answer.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]


@each(("path", "file"), FILES.items())
def test_bundles_are_the_files_on_disk_and_far_smaller_on_the_way(
    server: str, path: str, file: Path
):
    answer = ask(server, path, accept_encoding="gzip, deflate, br, zstd")
    assert answer.headers["content-encoding"] == "br"
    assert content(answer) == file.read_bytes()
    assert len(answer.body) < 0.5 * file.stat().st_size
    head = ask(server, path, "HEAD", accept_encoding="br")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(answer.body)


def test_hashed_files_live_forever_and_the_frame_is_always_asked_for(server: str):
    for path in (f"/static/js/{SCRIPT.name}", f"/app/static/{MAP.name}"):
        assert "immutable" in ask(server, path, accept_encoding="br").headers["cache-control"]
    assert ask(server, "/", accept_encoding="br").headers["cache-control"] == "no-cache"


def test_first_visit_is_under_a_third_of_what_streamlit_sends(server: str):
    frame = (BUNDLES / "index.html").read_text(encoding="utf-8")
    paths = ["/", *(f"/{p}" for p in re.findall(r'"\./(static/[^"]+\.(?:js|css))"', frame))]
    assert len(paths) > 20
    plain = sum(len(ask(server, path).body) for path in paths)
    small = sum(len(ask(server, path, accept_encoding="br").body) for path in paths)
    assert small < plain / 3


@pytest.mark.parametrize("path", ["/static/js/nonsense.js", "/static/nonsense", "/static/js/"])
def test_unknown_bundles_are_left_to_streamlit(server: str, path: str):
    plain, asked = ask(server, path), ask(server, path, accept_encoding="br")
    assert (asked.status, content(asked)) == (plain.status, plain.body)


def test_part_of_a_file_is_sent_as_it_is(server: str):
    answer = ask(server, f"/static/js/{SCRIPT.name}", accept_encoding="br", range="bytes=0-99")
    assert answer.status == 206
    assert answer.body == SCRIPT.read_bytes()[:100]


@each(
    ("header", "encodings"),
    [
        ("", {""}),
        ("gzip", {"gzip"}),
        ("gzip, deflate, br", {"gzip", "deflate", "br"}),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", {"br", "gzip", "*"}),
        ("br;q=0, gzip", {"gzip"}),
        ("BR ; q=0.000,GZIP;q=0.001", {"gzip"}),
        ("br;q=, ;;, ,", {"br", ""}),
    ],
)
def test_what_a_browser_takes_is_read_with_its_refusals(header: str, encodings: set[str]):
    assert accepted(header) == encodings


def test_small_and_packed_bodies_are_not_compressed():
    assert CachedContent("x" * 999).best_encoding("br") == ""
    assert CachedContent("x" * 1000).best_encoding("br, gzip") == "br"
    assert CachedContent("x" * 1000, PACKED).best_encoding("br, gzip") == ""


def test_short_answers_on_an_open_connection_do_not_wait_for_acknowledgements(server: str):
    # Where they do, each takes the 40 ms that Linux waits before it acknowledges.
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server).netloc, timeout=30)
    seconds = []
    for _ in range(60):
        start = time.perf_counter()
        connection.request("GET", "/api/v1/measures/population")
        connection.getresponse().read()
        seconds.append(time.perf_counter() - start)
    connection.close()
    assert statistics.median(seconds[20:]) < 0.025


# Caches and other sites


@each("path", DATA)
def test_data_can_be_read_by_pages_of_any_site_and_asked_for_again_cheaply(server: str, path: str):
    first = ask(server, path, origin="https://example.org")
    assert first.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in first.headers
    assert ask(server, path).headers["access-control-allow-origin"] == "*"
    assert "max-age=" in first.headers["cache-control"]
    assert first.headers["x-content-type-options"] == "nosniff"
    again = ask(server, path, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    head = ask(server, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(first.body)
    assert head.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", ["/api/v1/nonsense", "/download/nonsense", "/api/v1/find"])
def test_refusals_too_can_be_read_by_pages_of_any_site(server: str, path: str):
    answer = ask(server, path)
    assert answer.status in (400, 404)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/footprints", "/download/stated.csv"])
def test_browsers_may_ask_first(server: str, path: str):
    answer = ask(
        server, path, "OPTIONS", origin="https://example.org",
        access_control_request_method="GET", access_control_request_headers="if-none-match",
    )  # fmt: skip
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "POST" not in answer.headers["access-control-allow-methods"]
    assert "if-none-match" in answer.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("path", ["/", "/footprint", "/assets/picker.js", "/locator/dorset.svg"])
def test_only_data_is_open_to_other_sites(server: str, path: str):
    answer = ask(server, path, origin="https://example.org", accept_encoding="br")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/download/", "/api/"])
def test_pages_tell_the_browser_to_run_nothing(server: str, path: str):
    policy = ask(server, path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy


# Whatever is thrown at them

TRICKS = [
    "/api/v1/footprints/..%2f..%2fapp.py",
    "/api/v1/footprints/%2e%2e/%2e%2e/app.py",
    "/api/v1/../../app.py",
    "/api/v1/footprints/dorset%00.json",
    "/api/v1/footprints/%00",
    "/api/v1/measures/..%5c..%5capp",
    "/api//v1/footprints",
    "/api/v1/footprints/",
    "/api/v1/footprints/%ff%fe",
    "/api/v1/footprints/" + "a" * 5000,
    "/api/v1/find?q=%ff%fe%00",
    "/api/v1/find?q=%00%00%00",
    "/api/v1/find?%00=%00",
    "/api/v1/priorities?theme=%00",
    "/download/..%2fstp-atlas.zip",
    "/download/stp-atlas.exe",
    "/download/%2e%2e%2fapp.py.geojson",
    "/download/%00.geojson",
    "/download/" + "a" * 5000 + ".geojson",
    "/download/shared.csv?theme=stroke&region=../../etc",
    "/download/shared.csv?theme=" + "x" * 30_000,
    "/download/organisations-view.csv?area=../../etc",
    "/download/organisations-view.csv?q=" + "x" * 30_000,
    "/download/view.csv?" + "a=b&" * 5000,
]


@each("path", TRICKS)
def test_tricks_are_refused_with_a_sentence(server: str, path: str):
    answer = ask(server, path)
    harmless = answer.status == 200 and path.startswith("/api/v1/find")
    assert answer.status in (400, 404, 414, 431) or harmless
    assert len(answer.body) < 2000
    assert not any(mark in answer.text for mark in ("Traceback", "import ", "def ", "[server]"))


def test_conditions_that_make_no_sense_are_passed_over(server: str):
    for header in ("", '"', "W/", ",,,", '"x"' * 500, "é".encode().decode("latin-1")):
        assert ask(server, "/api/v1/footprints", if_none_match=header).status == 200
    assert ask(server, "/api/v1/footprints", if_none_match="*").status == 304


def test_random_requests_never_fail_inside(server: str):
    dice = random.Random(20161021)  # noqa: S311  the same requests at each run
    words = [
        "theme", "match", "evidence", "firm", "years", "region", "q", "measure", "stroke", "cancer",
        "all", "any", "two", "official", "london", "population", "dorset", *CODES[:3],
        *list(RESOURCES)[:3], "", ",", "'", '"', "<b>", "=1+1", "%", "%zz", "\\", "\x00", "\r\n",
        "é", "𝒳", "../", "~" * 300,
    ]  # fmt: skip
    starts = [
        "/api/v1/priorities?", "/api/v1/find?", "/api/v1/footprints/", "/api/v1/measures/",
        "/api/v1/", "/download/view.csv?", "/download/shared.csv?", "/download/", "/locator/",
        "/assets/",
    ]  # fmt: skip
    seen = set()
    for _ in range(600):
        parts = [dice.choice(words) for _ in range(dice.randrange(1, 7))]
        if dice.random() < 0.5:
            tail = "&".join(f"{urllib.parse.quote(p)}={urllib.parse.quote(dice.choice(words))}"
                            for p in parts)  # fmt: skip
        else:
            # Unescaped as far as a request line may be.
            tail = dice.choice(["/", "=", ",", "&"]).join(
                urllib.parse.quote(part, safe="%'\"<>\\=~") for part in parts
            )
        path = dice.choice(starts) + tail
        answer = ask(server, path, dice.choice(["GET", "GET", "HEAD"]))
        seen.add(answer.status)
        # Streamlit redirects an address below none of ours that ends in a slash.
        assert answer.status in (200, 301, 308, 400, 404), path
        assert b"Traceback" not in answer.body
        if path.startswith("/api/v1/") and answer.media_type == "application/json":
            assert not answer.body or json.loads(answer.text)
    assert {200, 400, 404} <= seen
