"""Charts, read back from their SVG: positions through the axis, text within the field, colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from each import each

import stp_data
from stp_data.pictures import ink, svg
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, Figure, as_file, in_page

WIDTHS = (WIDE, NARROW)


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def drawn(atlas, name: str, width: int) -> Figure:
    chart = CHARTS[name]
    asked = {"theme": "stroke"} if chart.needs else {}
    return chart.draw(atlas, chart.query(atlas, asked), ink.ON_PAPER, width)


class Text(NamedTuple):
    words: str
    left: float
    right: float
    middle: float
    y: float


def walk(
    node: ET.Element, across: float = 0, down: float = 0, times: float = 1
) -> Iterator[tuple[ET.Element, float, float, float]]:
    """Every element with how far the groups around it have moved and widened it.

    What is turned is left out: it runs along another axis.
    """
    moved = node.get("transform", "")
    if "rotate" in moved:
        return
    if found := re.search(r"translate\((\S+)[ ,]+(\S+)\)", moved):
        across, down = across + times * float(found[1]), down + times * float(found[2])
    if found := re.search(r"scale\((\S+)\)", moved):
        times *= float(found[1])
    yield node, across, down, times
    for child in node:
        yield from walk(child, across, down, times)


def texts(source: str) -> list[Text]:
    found = []
    for node, across, down, times in walk(ET.fromstring(source)):  # noqa: S314
        if not node.tag.endswith("}text"):
            continue
        words, size = "".join(node.itertext()), times * float(node.get("font-size", svg.SIZE))
        wide = svg.width_of(words, size, bold=node.get("font-weight") == "600")
        x = across + times * float(node.get("x", 0))
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        y = down + times * float(node.get("y", 0))
        found.append(Text(words, left, left + wide, left + wide / 2, y))
    return found


@each("name", list(CHARTS))
def test_no_text_of_a_chart_runs_out_of_its_field_and_a_file_stands_alone(atlas, name: str):
    for width in WIDTHS:
        figure = drawn(atlas, name, width)
        everything = texts(in_page(figure))
        assert everything
        for text in everything:
            assert text.left >= -1, text
            assert text.right <= figure.drawing.width + 1, text
            assert 6 <= text.y <= figure.drawing.height, text
    figure = drawn(atlas, name, WIDE)
    source, words = as_file(atlas, figure), figure.words
    root = ET.fromstring(source)  # noqa: S314
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    said = " ".join(text.words for text in texts(source))
    for part in (words.title, words.subtitle, words.source):
        assert part
        assert part in said
    assert "Not an official NHS service" in said
    for text in texts(source):
        assert text.left >= 0, text
        assert text.right <= width, text
        assert text.y <= height, text
    assert "var(" not in source
    assert re.findall(r"(?:href|src|url)\b", source) == [], "a file must not ask for another"
    # Whoever does not see it hears the finding, and where its table is.
    assert root.get("aria-label") == words.alt
    assert words.title in words.alt
    assert re.search("table|list|CSV", words.alt)


def test_bad_choices_of_a_chart_are_refused_and_those_of_others_ignored(atlas):
    for chart in CHARTS.values():
        needed = {"theme": "stroke", "other": "x"} if chart.needs else {"other": "x"}
        assert set(chart.query(atlas, needed)) <= {"theme"}
        for filter_ in chart.filters:
            with pytest.raises(ValueError, match=f"^{filter_.name} is "):
                chart.query(atlas, {**needed, filter_.name: "nonsense"})
