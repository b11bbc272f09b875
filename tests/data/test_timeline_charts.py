"""Maps of the waves of integrated care: those of the tables, and their words have room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

from each import each
from PIL import ImageFont

import stp_data
from stp_data.history.waves import WAVES
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, as_file, in_page
from stp_data.pictures.ink import IN_PAGE, ON_PAPER

FONT = ImageFont.load_default(100)
MOVED = re.compile(r"translate\((?P<x>[-\d.]+) (?P<y>[-\d.]+)\)")
SVG = "{http://www.w3.org/2000/svg}"


def texts(node: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Words with the box they take: left, top, right, bottom."""
    if found := MOVED.fullmatch(node.get("transform", "")):
        x, y = x + float(found["x"]), y + float(found["y"])
    if node.tag == f"{SVG}text":
        words, size = node.text or "", float(node.get("font-size", "13"))
        long = FONT.getlength(words) / 100 * size * (1.05 if node.get("font-weight") else 1)
        left, base = x + float(node.get("x", "0")), y + float(node.get("y", "0"))
        yield words, (left, base - size * 0.72, left + long, base + size * 0.2)
    for child in node:
        yield from texts(child, x, y)


@each("width", [WIDE, NARROW])
def test_hexes_are_the_events_of_the_table_and_words_have_room(
    atlas: stp_data.Atlas, rows, width: int
) -> None:
    figure = CHARTS["waves"].draw(atlas, {}, IN_PAGE, width)
    root = ET.fromstring(in_page(figure))  # noqa: S314
    buttons = [node for node in root.iter() if node.get("data-code")]
    keys = [node.get("data-code") for node in buttons]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {
        f"{wave.when}:{row['code']}"
        for wave in WAVES
        for row in rows("events")
        if row["happening"] == wave.happening and row["code"] != "ENG"
    }
    for node in buttons:
        assert node.get("role") == "button"
        assert len(node.get("aria-label", "")) > 10
    boxes = list(texts(root))
    text = " ".join(words for words, _ in boxes)
    assert f"{WAVES[-1].systems} integrated care systems announced" in text
    for words, (left, top, right, bottom) in boxes:
        assert min(left, top) >= -0.5, words
        assert right <= figure.drawing.width + 0.5, words
        assert bottom <= figure.drawing.height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)


def test_file_has_finding_source_and_publisher(atlas: stp_data.Atlas) -> None:
    figure = CHARTS["waves"].draw(atlas, {}, ON_PAPER, WIDE)
    file = as_file(atlas, figure)
    text = " ".join(ET.fromstring(file).itertext())  # noqa: S314
    words = ["Source:", "Not an official NHS service", *figure.words.title.split()]
    assert [word for word in words if word not in text] == []
    assert "var(" not in file
