"""Addresses that preview well, and charts alone for other sites."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from each import each
from PIL import Image
from plain_http import ask
from raw import rows

TEXT = "text/html"


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def meta(self, name: str) -> str:
        return next(a["content"] for t, a in self.all if t == "meta" and a.get("property") == name)

    def refresh(self) -> str:
        found = next(a["content"] for _, a in self.all if a.get("http-equiv") == "refresh")
        return found.partition("url=")[2]


def _named(theme: str) -> set[str]:
    """Footprints whose plan names the theme in a document of 2016 or 2017, or without a date."""
    dates = {row["source"]: row["date"] for row in rows("sources")}
    return {
        row["code"]
        for row in rows("priorities")
        if row["theme"] == theme
        and row["how"] != "mention"
        and row["later"] != "yes"
        and (row["as_of"] or dates[row["source"]]) < "2018"
    }


def test_a_shared_link_says_the_finding_and_leads_on(server) -> None:
    answer = ask(server, "/share/priorities?theme=stroke,cancer&match=all")
    tags = _Tags(answer.text)
    both = len(_named("stroke") & _named("cancer"))
    assert (answer.status, answer.media_type) == (200, TEXT)
    assert tags.meta("og:title").startswith(f"At least {both} of 44 plans")
    assert tags.refresh() == "../priorities?theme=stroke,cancer&match=all"
    picture = tags.meta("og:image")
    assert picture.startswith(f"{server}/share/priorities.png?")
    image = Image.open(io.BytesIO(ask(server, picture.removeprefix(server)).body))
    assert image.size == (1200, 630)


def test_the_preview_of_a_footprint_names_it(server) -> None:
    tags = _Tags(ask(server, "/share/footprint?area=dorset").text)
    assert tags.meta("og:title") == "Dorset"
    tags = _Tags(ask(server, "/share/compare?areas=dorset,devon").text)
    assert tags.meta("og:title") == "Dorset and Devon, side by side"


@each(
    "query",
    ["?theme=nothing", "?measure=%3Cscript%3Ealert(1)%3C/script%3E", '?area="><b>', "?x=1&y=2"],
)
@each("page", ["explore", "priorities", "footprint", "compare", "relate", "data"])
def test_an_address_that_cannot_be_followed_still_leads_to_its_page(server, page, query) -> None:
    answer = ask(server, f"/share/{page}{query}")
    assert answer.status == 200
    assert "<script" not in answer.text
    assert "<b>" not in answer.text
    led = urljoin(f"{server}/share/{page}", _Tags(answer.text).refresh())
    assert led.startswith(f"{server}/{'' if page == 'explore' else page}?")


def test_pages_that_are_not_ours_are_not_led_to(server) -> None:
    assert ask(server, "/share/elsewhere").status == 404
    assert ask(server, f"/share/explore?x={'y' * 3000}").status == 400


def test_the_home_page_previews_what_it_begins_with(server) -> None:
    shares = {
        row["code"]: float(row["value"])
        for row in rows("measured")
        if row["measure"] == "aged_65_over_share" and row["code"] != "ENG"
    }
    names = {row["code"]: row["name"] for row in rows("footprints")}
    title = _Tags(ask(server, "/share/explore").text).meta("og:title")
    assert names[max(shares, key=shares.__getitem__)] in title
    assert names[min(shares, key=shares.__getitem__)] in title


@each(
    ("page", "picture"),
    [
        ("explore", "map.svg?"),
        ("explore?measure=density&view=hexes&area=dorset", "hexes.svg?measure=density"),
        ("explore?view=table", "map.svg?"),
        ("priorities?theme=stroke", "shared.svg?theme=stroke"),
        ("priorities?show=matrix&order=alike", "matrix.svg?order=alike"),
        ("priorities", "matrix.svg?"),
    ],
)
def test_an_embedded_page_shows_its_chart_with_words_and_a_way_back(server, page, picture) -> None:
    answer = ask(server, f"/embed/{page}")
    assert answer.status == 200
    tags = _Tags(answer.text)
    image = next(attributes for tag, attributes in tags.all if tag == "img")
    assert image["src"].startswith(f"../chart/{picture}")
    for address in (image["src"], next(a["srcset"] for t, a in tags.all if t == "source")):
        drawn = ask(server, address.removeprefix(".."))
        assert (drawn.status, drawn.media_type) == (200, "image/svg+xml")
    assert "Source:" in image["alt"]
    back = next(a["href"] for t, a in tags.all if t == "a")
    shown = page.partition("?")[0]
    home = "/" if shown == "explore" else f"/{shown}"
    assert urljoin("/embed/x", back).partition("?")[0] == home


def test_only_embedded_pages_may_be_framed_and_they_run_nothing(server) -> None:
    policy = ask(server, "/embed/explore").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/data", 404),
        ("/embed/nothing", 404),
        ("/embed/finance?scope=nhs", 404),
        ("/embed/explore?measure=nothing", 400),
        ("/embed/explore?measure=density&measure=population", 400),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_a_sentence(server, path, status) -> None:
    answer = ask(server, path)
    assert answer.status == status
    assert re.fullmatch(r"[^\n<>]+\n", unescape(answer.text))


def test_the_home_page_has_one_address(server) -> None:
    answer = ask(server, "/explore?measure=density")
    assert (answer.status, answer.headers["location"]) == (308, "./?measure=density")
