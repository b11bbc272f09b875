"""What every answer tells the browser, against a running server."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit
from each import each
from plain_http import Answer, ask
from raw import ROOT

BUNDLES = Path(streamlit.__file__).parent / "static"
SCRIPT = next((BUNDLES / "static" / "js").glob("protobuf.*.js")).name
MAP = next((ROOT / "static").glob("map-*.json")).name
NAMES = sorted(file.stem for file in (ROOT / "pages").glob("[a-z]*.py"))
# /explore only leads to the home page.
PAGES = ["/", *(f"/{name}" for name in NAMES if name != "explore"), "/nonsense"]
OURS = [
    "/briefing/", "/briefing/dorset", "/briefing/nonsense", "/briefing/dorset.docx",
    "/theme/", "/theme/stroke", "/theme/nonsense", "/theme/stroke.docx",
    "/briefing/dorset.png", "/download/", "/download/stated.csv", "/download/nonsense",
    "/api/", "/api/v1/measures", "/api/v1/nonsense", "/locator/dorset.svg", "/locator/x",
    "/assets/picker.js", "/assets/nonsense", "/metrics", "/explore", "/chart/map.svg",
    "/chart/nonsense.png", "/share/explore", "/share/nonsense",
]  # fmt: skip
STREAMLITS = [
    f"/static/js/{SCRIPT}", f"/app/static/{MAP}", "/app/static/icon.svg", "/favicon.png",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/static/nonsense.js",
    "/app/static/nonsense", "/media/nonsense", "//example.org", "/..",
]  # fmt: skip
REFUSED = ["/" + "x" * 9_000, "/assets/%0a/", "/api/v1/find?q=" + "x" * 9_000]


def policy(answer: Answer) -> dict[str, str]:
    """Directive -> what it allows."""
    parts = [part.strip() for part in answer.headers["content-security-policy"].split(";")]
    found = {name: allowed for name, _, allowed in (part.partition(" ") for part in parts)}
    assert len(found) == len(parts), "a directive stands twice"
    return found


@each("method", ["GET", "HEAD"])
@each("encoding", ["", "br"])
@each("path", [*PAGES, *OURS, *STREAMLITS, *REFUSED])
def test_every_answer_has_a_policy_and_is_never_guessed(
    server: str, path: str, encoding: str, method: str
):
    answer = ask(server, path, method, accept_encoding=encoding)
    found = policy(answer)
    assert found["default-src"] == "'none'"
    assert found["frame-ancestors"] == "'self'"
    allowed = " ".join(found.values())
    assert "*" not in allowed
    assert "http" not in allowed, "no other host is named"
    assert "'unsafe-eval'" not in allowed
    assert "'unsafe-inline'" not in found.get("script-src", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "clipboard" not in answer.headers["permissions-policy"], "copy buttons need it"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"


@each("path", PAGES)
def test_the_dashboard_runs_its_own_scripts_and_the_one_in_its_page(server: str, path: str):
    answer = ask(server, path)
    (inline,) = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert policy(answer)["script-src"].split() == [
        "'self'", f"'sha256-{digest}'", "'wasm-unsafe-eval'", "blob:",
    ]  # fmt: skip
    assert policy(answer)["connect-src"] == "'self'"


def test_an_answer_that_the_browser_has_repeats_the_policy(server: str):
    for path in ("/", "/briefing/", "/download/stated.csv"):
        first = ask(server, path, accept_encoding="br")
        again = ask(server, path, accept_encoding="br", if_none_match=first.headers["etag"])
        assert again.status == 304
        # A 304 replaces the headers of what the browser has.
        assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/briefing/dorset", "/briefing/", "/download/", "/api/"])
def test_pages_without_scripts_allow_none(server: str, path: str):
    found = policy(ask(server, path))
    assert "script-src" not in found
    assert "connect-src" not in found


# Frames


@each("path", [p for p in PAGES if p != "/nonsense"])
@each("query", ["embed=true", "area=dorset&embed=true", "embed=true&view=hexes"])
def test_other_sites_may_frame_pages_in_embed_mode(server: str, path: str, query: str):
    answer = ask(server, f"{path}?{query}")
    assert policy(answer)["frame-ancestors"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    # All else is as tight as without.
    plain = policy(ask(server, path))
    assert {**policy(answer), "frame-ancestors": "'self'"} == plain


def test_an_old_address_below_embed_leads_on_inside_a_frame(server: str):
    assert policy(ask(server, "/embed/explore"))["frame-ancestors"] == "*"


@each(
    "path",
    [
        "/?embed=false", "/?embed", "/?embed=", "/?embedded=true", "/?x=embed%3Dtrue", "/?embed=1",
        "/briefing/dorset?embed=true", "/download/?embed=true", "/api/?embed=true",
        "/app/static/icon.svg?embed=true", "/embedded/x", "/embed", "/x/embed/",
        "/_stcore/host-config?embed=true",
    ],
)  # fmt: skip
def test_nothing_else_may_be_framed(server: str, path: str):
    assert policy(ask(server, path))["frame-ancestors"] == "'self'"


@pytest.mark.parametrize("path", ["/", "/assets/picker.js", "/_stcore/health", "/favicon.png"])
def test_other_sites_cannot_draw_on_what_is_only_for_the_dashboard(server: str, path: str):
    assert ask(server, path).headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/briefing/dorset.png", "/locator/dorset.svg", "/download/stated.csv", "/api/v1/find"]
)
def test_other_sites_can_show_what_is_meant_for_all(server: str, path: str):
    assert ask(server, path).headers["cross-origin-resource-policy"] == "cross-origin"
