"""Charts of the Timeline page: their marks are those of the tables, their words have room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from each import each
from PIL import ImageFont

import stp_data
from stp_data.charts.catalogue import CHARTS
from stp_data.charts.figure import NARROW, WIDE, Figure, as_file, in_page
from stp_data.charts.ink import IN_PAGE, ON_PAPER
from stp_data.waves import WAVES

NAMES = ("national-events", "publications", "waves", "became")
FONT = ImageFont.load_default(100)
# On a phone the path to the boards is a table.
DRAWN = [
    (name, width)
    for name in NAMES
    for width in (WIDE, NARROW)
    if (name, width) != ("became", NARROW)
]
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
def test_national_events_are_the_rows_of_england(atlas: stp_data.Atlas, rows, width: int) -> None:
    _, root = drawn(atlas, "national-events", width)
    told = [row for row in rows("events") if row["code"] == "ENG"]
    number = len({row["happening"] for row in told})
    assert number > 30
    assert sorted(keys(root), key=int) == [str(i + 1) for i in range(number)]
    labels = " ".join(node.get("aria-label", "") for node in root.iter())
    firsts = {row["happening"]: row["summary"] for row in reversed(told)}
    assert all(summary in labels for summary in firsts.values())


def test_exact_days_are_filled_and_others_are_outlines(atlas: stp_data.Atlas, rows) -> None:
    _, root = drawn(atlas, "national-events", WIDE)
    filled = sum(
        node.find(f"{SVG}path").get("fill") != "none"  # type: ignore[union-attr]
        for node in root.iter()
        if node.get("data-code")
    )
    assert filled == sum(
        row["code"] == "ENG" and row["precision"] == "day" for row in rows("events")
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_marks_of_plans_are_the_releases_of_the_table(
    atlas: stp_data.Atlas, rows, width: int
) -> None:
    _, root = drawn(atlas, "publications", width)
    marks = [node for node in root.iter() if node.get("data-code")]
    dates = {tuple(node.get("data-code", "").split(":")[:2]) for node in marks}
    assert dates == {(row["code"], row["published"]) for row in rows("publications")}
    filled = {
        tuple(node.get("data-code", "").split(":")[:2])
        for node in marks
        if node.find(f"{SVG}path").get("fill") != "none"  # type: ignore[union-attr]
    }
    assert filled == {(row["code"], row["published"]) for row in rows("plans") if row["published"]}
    sources = sum(int(node.get("aria-label", "").split("; ")[-1].split()[0]) for node in marks)
    assert sources == len(
        {(r["code"], r["published"], r["source"], r["version"]) for r in rows("publications")}
    )
    text = " ".join(words for words, _ in texts(root))
    none = {r["code"] for r in rows("plans")} - {r["code"] for r in rows("publications")}
    for row in rows("footprints"):
        if row["code"] in none:
            read = sum(r["code"] == row["code"] for r in rows("readings"))
            assert f"{row['name']} ({read} sources read)" in text


def test_a_mark_lies_on_its_day(atlas: stp_data.Atlas) -> None:
    """Two days of one month fix the scale; a third must lie on it."""
    _, root = drawn(atlas, "publications", WIDE)
    at = {}
    for node in root.iter():
        if node.get("data-code"):
            path = node.find(f"{SVG}path")
            assert path is not None
            _, day, how = node.get("data-code", "").split(":")[:3]
            if len(day) == 10 and day.startswith("2016-1") and how == "by_partnership":
                start = re.match(r"M([\d.]+)", path.get("d", ""))
                assert start
                at[day] = float(start[1])
    first, *between, last = sorted(at)
    days = {day: (int(day[5:7]) - 10) * 30.5 + int(day[8:]) for day in at}
    scale = (at[last] - at[first]) / (days[last] - days[first])
    assert len(between) > 3
    for day in between:
        assert at[day] - at[first] == pytest.approx((days[day] - days[first]) * scale, abs=2)


def test_deadlines_are_drawn_because_the_national_events_have_them(
    atlas: stp_data.Atlas, rows
) -> None:
    known = {row["date"] for row in rows("events") if row["code"] == "ENG"}
    assert {"2016-06-30", "2016-10-21"} <= known
    words = {words for words, _ in texts(drawn(atlas, "publications", WIDE)[1])}
    assert {"Drafts due, 30 June", "Plans due, 21 October"} <= words


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


def test_bands_are_as_wide_as_the_people_they_stand_for(atlas: stp_data.Atlas, rows) -> None:
    _, root = drawn(atlas, "became", WIDE)
    people: dict[str, int] = {}
    for row in rows("places"):
        people[row["code"]] = people.get(row["code"], 0) + int(row["population"])
    flows = {
        f"{row['code']}:{row['successor']}": float(row["population_share"]) * people[row["code"]]
        for row in rows("successors")
    }
    bands = {}
    for node in root.iter():
        if key := node.get("data-code"):
            path = node.find(f"{SVG}path")
            assert path is not None
            thick = re.search(r"v([\d.]+)C", path.get("d", ""))
            assert thick
            bands[key] = float(thick[1])
            assert f"{flows[key]:,.0f}" in node.get("aria-label", "")
    into: dict[str, set[str]] = {}
    for row in rows("successors"):
        into.setdefault(row["successor"], set()).add(row["code"])
    whole = {
        row["code"]
        for row in rows("successors")
        if row["population_share"] == "1.0" and len(into[row["successor"]]) == 1
    }
    assert set(bands) == {key for key in flows if key.partition(":")[0] not in whole}
    unit = max(bands.values()) / max(flows.values())
    for key, thick in bands.items():
        assert thick == pytest.approx(max(1.5, flows[key] * unit), abs=0.11)
