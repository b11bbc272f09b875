"""What tables say is text: no name, title or note becomes markup, on pages or on paper."""

from __future__ import annotations

import dataclasses

from starlette.requests import Request
from starlette.responses import Response

import stp_data
from ui.parts import html
from web import pages
from web.cached import CachedContent, with_etag

MARK = "<b>A & B</b>"
SHOWN = "&lt;b&gt;A &amp; B&lt;/b&gt;"


def test_a_publisher_with_markup_in_its_name_is_shown_as_written(atlas: stp_data.Atlas):
    sources = atlas.sources.copy()
    sources.loc[0, ["publisher", "via"]] = [MARK, ""]
    marked = dataclasses.replace(atlas, sources=sources)
    cited = html.cite(marked, sources.loc[0, "source"])
    assert MARK not in cited
    assert SHOWN in cited


def test_templates_show_text_as_written():
    template = pages.templates_of(pages.__file__).from_string("<p>{{ text }}</p>")
    assert template.render(text=MARK) == f"<p>{SHOWN}</p>"


def test_other_content_has_another_fingerprint():
    def answer(text: str) -> Response:
        scope = {"type": "http", "method": "GET", "headers": []}
        return with_etag(Request(scope), CachedContent(text), "text/plain")

    assert answer("one").headers["etag"] == answer("one").headers["etag"]
    assert answer("one").headers["etag"] != answer("two").headers["etag"]
