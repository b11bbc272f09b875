"""Charts, read back from their SVG: positions through the axis, text within the field, colours."""

from __future__ import annotations

import csv
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from each import each

import stp_data
from stp_data import colours
from stp_data.charts import ink, svg
from stp_data.charts.catalogue import CHARTS
from stp_data.charts.figure import NARROW, WIDE, Figure, as_file, in_page

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


def test_choices_of_a_chart_are_words_that_it_knows(atlas):
    for chart in CHARTS.values():
        needed = {chart.several: chart.choices[chart.several](atlas)[0]} if chart.several else {}
        for choice in chart.choices:
            with pytest.raises(ValueError, match=f"^{choice} is "):
                chart.asked(atlas, {**needed, choice: "nonsense"})


# The gaps, read back through the axis

SCOPES = {
    "all": None,
    "nhs-care": "NHS and social care",
    "nhs": "NHS",
    "not-stated": "not stated",
    "social-care": "social care",
}
SHAPES = {
    "NHS": "square",
    "NHS and social care": "circle",
    "not stated": "triangle",
    "social care": "diamond",
}
YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
REGIONS = {row["code"]: row["nhs_region"] for row in rows("footprints")}
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}
NAMES = {row["code"]: row["name"] for row in rows("footprints")}
PEOPLE = {
    row["code"]: float(row["value"]) for row in rows("measured") if row["measure"] == "population"
}


class Shape(NamedTuple):
    kind: str
    x: float
    y: float
    filled: bool


def box(path: str) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a path; of an arc its ends, which lie on a level."""
    x = y = 0.0
    xs, ys = [], []
    for command, given in re.findall(r"([MLlhvaz])([^MLlhvaz]*)", path):
        n = [float(part) for part in given.split()]
        match command:
            case "M" | "L":
                x, y = n
            case "l":
                for i in range(0, len(n), 2):
                    x, y = x + n[i], y + n[i + 1]
                    xs.append(x), ys.append(y)
            case "h":
                x += n[0]
            case "v":
                y += n[0]
            case "a":
                x, y = x + n[5], y + n[6]
        xs.append(x), ys.append(y)
    return min(xs), max(xs), min(ys), max(ys)


def shape(node: ET.Element) -> Shape:
    path = node.get("d", "")
    kind = next(
        kind
        for letter, kind in (("a", "circle"), ("v", "square"), ("h", "triangle"), ("l", "diamond"))
        if letter in path
    )
    left, right, top, bottom = box(path)
    return Shape(kind, (left + right) / 2, (top + bottom) / 2, node.get("fill") != "none")


class Mark(NamedTuple):
    label: str
    shapes: list[Shape]
    strokes: list[tuple[float, float]]


def marks(source: str) -> dict[str, Mark]:
    found = {}
    for node, *_ in walk(ET.fromstring(source)):  # noqa: S314
        if code := node.get("data-code"):
            assert code not in found
            paths = [child for child in node if child.tag.endswith("}path")]
            label = node.get("aria-label")
            found[code] = Mark(
                label or "",
                [shape(path) for path in paths if "z" in path.get("d", "")],
                [box(path.get("d", ""))[:2] for path in paths if "z" not in path.get("d", "")],
            )
    return found


def axis(source: str) -> tuple[float, float]:
    """Where zero lies, and how many units of the drawing one unit of the axis takes."""
    labels = [
        (text.middle, float(text.words.strip("£m").replace(",", "")))
        for text in texts(source)
        if re.fullmatch(r"£[\d,]+m?", text.words)
    ]
    ((zero, _), *_), (last, value) = sorted(labels), max(labels)
    each = (last - zero) / value
    for x, value in labels:
        assert x == pytest.approx(zero + value * each, abs=0.2)
    return zero, each


@each("width", WIDTHS)
@each("unit", ["total", "head"])
@each("sort", ["name", "size"])
@each("scope", list(SCOPES))
@each("region", ["all", "london"])
def test_every_mark_of_the_gaps_stands_for_its_row(
    atlas, scope: str, sort: str, unit: str, region: str, width: int
):
    raw = {
        row["facts"].split()[0]: row
        for row in YEARLY
        if SCOPES[scope] in (None, row["scope"])
        and (region == "all" or REGIONS[row["code"]] == "London")
    }
    figure = drawn(atlas, "gaps", width, scope=scope, sort=sort, unit=unit, region=region)
    source = in_page(figure)
    found = marks(source)
    assert set(found) == set(raw)
    zero, each = axis(source) if found else (0, 0)
    names = [text for text in texts(source) if text.words in SHORT.values() and text.left == 0]
    for code, mark in found.items():
        row = raw[code]
        times = 1e6 / PEOPLE[row["code"]] if unit == "head" else 1
        ends = [float(row["value"])] + ([float(row["value_to"])] if row["value_to"] else [])
        assert [s.x for s in mark.shapes] == pytest.approx(
            [zero + end * times * each for end in ends], abs=0.3
        )
        assert {s.kind for s in mark.shapes} == {SHAPES[row["scope"]]}
        assert {s.filled for s in mark.shapes} == {row["preferred"] == "yes"}
        assert len(mark.strokes) == (row["qualifier"] in ("at least", "up to", "range"))
        if row["qualifier"] in ("at least", "up to"):
            ((left, right),) = mark.strokes
            assert (left > mark.shapes[0].x) == (row["qualifier"] == "at least")
            assert (right < mark.shapes[0].x) == (row["qualifier"] == "up to")
        above = max((t for t in names if t.y - 9 <= mark.shapes[0].y), key=lambda t: t.y)
        assert above.words == SHORT.get(row["code"], NAMES[row["code"]]), mark.label
        assert above.right < zero
        assert mark.label.startswith(f"{NAMES[row['code']]}: ")
        assert (", preferred" in mark.label) == (row["preferred"] == "yes")
    for text in texts(source):
        assert text.left >= -1, text
        assert text.right <= width + 1, text
    without = {c for c in REGIONS if region == "all" or REGIONS[c] == "London"}
    without -= {row["code"] for row in raw.values()}
    said = " ".join(text.words for text in texts(source))
    for code in without:
        assert f"{SHORT[code]} (" in said, "a footprint without a figure is not named"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_mark_of_the_gaps_lies_on_another(atlas, width: int):
    found = marks(in_page(drawn(atlas, "gaps", width)))
    spots = [(code, spot) for code, mark in found.items() for spot in mark.shapes]
    for (code, one), (other_code, other) in itertools.combinations(spots, 2):
        apart = abs(one.x - other.x) >= 9 or abs(one.y - other.y) >= 9
        assert apart or code == other_code, (one, other)


def test_no_cumulative_gap_is_in_the_chart(atlas):
    cumulative = {
        row["facts"].split()[0] for row in rows("stated") if row["measure"] != "finance_gap_2020_21"
    } - {row["facts"].split()[0] for row in YEARLY}
    assert cumulative
    assert not cumulative & set(marks(in_page(drawn(atlas, "gaps", WIDE))))
