"""Charts, read back from their SVG: positions through the axis, text within the field, colours."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from each import each

import stp_data
from stp_data.overview import colours
from stp_data.pictures import ink, svg
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, Figure, as_file, in_page

TABLES = Path(stp_data.__file__).parent / "tables"
WIDTHS = (WIDE, NARROW)


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def drawn(atlas, name: str, width: int, **choices: str) -> Figure:
    chart = CHARTS[name]
    if chart.several:
        choices.setdefault(chart.several, chart.choices[chart.several](atlas)[0])
    return chart.draw(atlas, chart.asked(atlas, choices), ink.ON_PAPER, width)


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


# All charts


@each("width", WIDTHS)
@each("name", list(CHARTS))
def test_no_text_of_a_chart_runs_out_of_its_field(atlas, name: str, width: int):
    figure = drawn(atlas, name, width)
    everything = texts(in_page(figure))
    assert everything
    for text in everything:
        assert text.left >= -1, text
        assert text.right <= figure.drawing.width + 1, text
        assert 6 <= text.y <= figure.drawing.height, text


@each("name", list(CHARTS))
def test_a_file_stands_alone(atlas, name: str):
    figure = drawn(atlas, name, WIDE)
    source = as_file(atlas, figure)
    root = ET.fromstring(source)  # noqa: S314
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    said = " ".join(text.words for text in texts(source))
    for words in (figure.words.title, figure.words.subtitle, figure.words.source):
        assert words in said
    assert "Not an official NHS service" in said
    assert root.get("aria-label") == figure.words.alt
    for text in texts(source):
        assert text.left >= 0, text
        assert text.right <= width, text
        assert text.y <= height, text
    assert "var(" not in source
    assert re.findall(r"(?:href|src|url)\b", source) == [], "a file must not ask for another"


@each("name", list(CHARTS))
def test_a_chart_tells_its_finding_to_whoever_does_not_see_it(atlas, name: str):
    words = drawn(atlas, name, WIDE).words
    assert words.title in words.alt
    assert re.search("table|list|CSV", words.alt)
    assert words.subtitle
    assert words.source


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@each("paper", [colours.LIGHT.background, colours.DARK.background])
@each("mark", ink.MARKS)
def test_marks_stand_out_from_the_light_and_the_dark_page(mark: str, paper: str):
    assert contrast(mark, paper) >= 3


def test_letters_stand_out_from_paper():
    assert contrast(ink.ON_PAPER.text, ink.ON_PAPER.paper) >= 7
    assert contrast(ink.ON_PAPER.soft, ink.ON_PAPER.paper) >= 4.5


@each("palette", [colours.LIGHT, colours.DARK])
def test_small_letters_of_charts_stand_out(palette: colours.Palette):
    assert contrast(palette.soft, palette.background) >= 4.5


def test_choices_of_a_chart_are_words_that_it_knows(atlas):
    for chart in CHARTS.values():
        needed = {chart.several: chart.choices[chart.several](atlas)[0]} if chart.several else {}
        for choice in chart.choices:
            with pytest.raises(ValueError, match=f"^{choice} is "):
                chart.asked(atlas, {**needed, choice: "nonsense"})
