"""Streamlit's own style sheet arrives whole but for the range of characters of its icons' font."""

from __future__ import annotations

from pathlib import Path

import brotli
import streamlit
from plain_http import ask

from web.icon_font import sheets

STATIC = Path(streamlit.__file__).parent / "static"
RANGE = "unicode-range:U+21-10FFFF;"


def test_the_sheet_of_the_installed_streamlit_is_known():
    assert len(sheets()) == 1


def test_nothing_else_of_the_sheet_is_changed(server: str):
    (path,) = sheets()
    on_disk = (STATIC / path.lstrip("/")).read_text(encoding="utf-8")
    plain = ask(server, path)
    assert plain.headers["content-type"].startswith("text/css")
    assert plain.body.decode().count(RANGE) == 1
    assert plain.body.decode().replace(RANGE, "") == on_disk
    small = ask(server, path, accept_encoding="br")
    assert brotli.decompress(small.body) == plain.body
    head = ask(server, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(plain.body)
