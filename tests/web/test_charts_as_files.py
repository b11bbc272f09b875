"""Charts as files: words in the picture, figures of the tables, nothing fetched."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from each import each
from PIL import Image
from plain_http import ask
from raw import rows

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(server: str, path: str) -> ElementTree.Element:
    answer = ask(server, path)
    assert answer.status == 200, path
    assert answer.media_type == "image/svg+xml"
    return ElementTree.fromstring(answer.text)  # noqa: S314 -- our own answer


def _words(drawing: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", ["map", "hexes"])
def test_each_of_the_44_is_drawn_with_its_figure(server, name) -> None:
    wanted = {
        row["code"]: f"{float(row['value']):,.0f}"
        for row in rows("measured")
        if row["measure"] == "population" and row["code"] != "ENG"
    }
    names = {row["code"]: row["name"] for row in rows("footprints")}
    tips = [
        title.text
        for title in _drawn(server, f"/chart/{name}.svg?measure=population").iter(f"{SVG}title")
    ][1:]
    assert sorted(tips) == sorted(f"{names[code]}: {wanted[code]}" for code in wanted)


def test_title_source_date_and_disclaimer_stand_in_the_picture(server) -> None:
    words = _words(_drawn(server, "/chart/map.svg?measure=density"))
    assert "Office for National Statistics" in words
    assert "Crown copyright" in words
    assert "Not an official NHS service" in words
    assert "mid-2017" in words
    assert re.search(r"data of \d+ \w+ 20\d\d", words)


def test_a_region_leaves_the_others_pale(server) -> None:
    regions = {row["code"]: row["nhs_region"] for row in rows("footprints")}
    drawing = _drawn(server, "/chart/map.svg?region=london")
    fills = [path.get("fill") for path in drawing.iter(f"{SVG}path")]
    outside = fills.count("#f1f0f3")
    assert outside == sum(region != "London" for region in regions.values()) == 39


def test_a_png_has_letters_without_fonts_of_the_machine(server) -> None:
    answer = ask(server, "/chart/hexes.png?measure=priorities&theme=stroke")
    assert answer.media_type == "image/png"
    picture = Image.open(io.BytesIO(answer.body)).convert("L")
    assert picture.width == 2 * 680
    # The title: dark letters on white near the top.
    top = picture.crop((0, 40, picture.width, 90))
    assert top.getextrema()[0] < 60


@each(
    ("path", "status"),
    [
        ("/chart/nothing.svg", 404),
        ("/chart/map.gif", 404),
        ("/chart/map", 404),
        ("/chart/map.svg?measure=nothing", 400),
        ("/chart/map.svg?region=north", 400),
        ("/chart/map.svg?colour=red", 400),
        ("/chart/map.svg?measure=population&measure=density", 400),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(server, path, status) -> None:
    answer = ask(server, path)
    assert answer.status == status
    assert len(answer.text.splitlines()) == 1
    assert "nothing" not in answer.text


def test_nothing_is_fetched_by_a_picture(server) -> None:
    text = ask(server, "/chart/map.svg").text
    assert "href" not in text
    assert "url(" not in text
    assert "<script" not in text


def test_the_matrix_shades_each_pair_that_the_csv_has(server) -> None:
    read = list(csv.reader(io.StringIO(ask(server, "/download/matrix.csv").text)))
    head = next(i for i, line in enumerate(read) if line[0] == "code")
    themes = [line[6:] for line in read[head + 1 :]]
    drawing = _drawn(server, "/chart/matrix.svg")
    tips = [title.text or "" for title in drawing.iter(f"{SVG}title")][1:]
    assert len(tips) == len(set(tips)) == sum(bool(cell) for line in themes for cell in line)
    words = _words(drawing)
    for column in zip(*themes, strict=True):
        assert f"({sum(bool(cell) for cell in column)}+)" in words
