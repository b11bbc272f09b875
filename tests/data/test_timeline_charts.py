"""Maps of the waves of integrated care: those of the tables, and their words have room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from each import each
from PIL import ImageFont

import stp_data
from stp_data.history.waves import WAVES
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, Figure, as_file, in_page
from stp_data.pictures.ink import IN_PAGE, ON_PAPER

NAMES = ("waves",)
FONT = ImageFont.load_default(100)
DRAWN = [(name, width) for name in NAMES for width in (WIDE, NARROW)]
MOVED = re.compile(r"translate\((?P<x>[-\d.]+) (?P<y>[-\d.]+)\)")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(atlas: stp_data.Atlas, name: str, width: int) -> tuple[Figure, ET.Element]:
    figure = CHARTS[name].draw(atlas, {}, IN_PAGE, width)
    return figure, ET.fromstring(in_page(figure))  # noqa: S314


def texts(node: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Words with the box they take: left, top, right, bottom."""
    if found := MOVED.fullmatch(node.get("transform", "")):
        x, y = x + float(found["x"]), y + float(found["y"])
    if node.tag == f"{SVG}text":
        words, size = node.text or "", float(node.get("font-size", "13"))
        long = FONT.getlength(words) / 100 * size * (1.05 if node.get("font-weight") else 1)
        left = x + float(node.get("x", "0"))
        left -= {"middle": long / 2, "end": long}.get(node.get("text-anchor", ""), 0)
        base = y + float(node.get("y", "0"))
        yield words, (left, base - size * 0.72, left + long, base + size * 0.2)
    for child in node:
        yield from texts(child, x, y)


def keys(root: ET.Element) -> list[str]:
    return [node.get("data-code", "") for node in root.iter() if node.get("data-code")]


@each(("name", "width"), DRAWN)
def test_words_stay_in_the_field_and_do_not_overlap(
    atlas: stp_data.Atlas, name: str, width: int
) -> None:
    figure, root = drawn(atlas, name, width)
    boxes = list(texts(root))
    assert len(boxes) > 10
    for words, (left, top, right, bottom) in boxes:
        assert left >= -0.5, words
        assert right <= figure.drawing.width + 0.5, words
        assert top >= -0.5, words
        assert bottom <= figure.drawing.height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)


@each(("name", "width"), DRAWN)
def test_every_mark_says_what_it_is(atlas: stp_data.Atlas, name: str, width: int) -> None:
    _, root = drawn(atlas, name, width)
    found = [node for node in root.iter() if node.get("data-code")]
    assert len(set(keys(root))) == len(found)
    for node in found:
        assert node.get("role") == "button"
        assert len(node.get("aria-label", "")) > 10


@pytest.mark.parametrize("name", NAMES)
def test_file_stands_alone_with_finding_source_and_whose_it_is(
    atlas: stp_data.Atlas, name: str
) -> None:
    figure = CHARTS[name].draw(atlas, {}, ON_PAPER, WIDE)
    text = " ".join(ET.fromstring(as_file(atlas, figure)).itertext())  # noqa: S314
    assert "Source:" in text
    assert "Not an official NHS service" in text
    for word in figure.words.title.split():
        assert word in text
    assert "var(" not in as_file(atlas, figure)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_hexes_of_waves_are_the_events_of_the_table(
    atlas: stp_data.Atlas, rows, width: int
) -> None:
    _, root = drawn(atlas, "waves", width)
    expected = {
        f"{wave.when}:{row['code']}"
        for wave in WAVES
        for row in rows("events")
        if row["happening"] == wave.happening and row["code"] != "ENG"
    }
    assert set(keys(root)) == expected
    text = " ".join(words for words, _ in texts(root))
    assert f"{WAVES[-1].systems} integrated care systems announced" in text
