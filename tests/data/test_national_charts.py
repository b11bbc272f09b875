"""Charts of the national frame, read back from their SVG: figures, joins, years and words."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from each import each

import stp_data
from stp_data import frame, national
from stp_data.charts import ink, svg
from stp_data.charts.catalogue import CHARTS
from stp_data.charts.figure import NARROW, WIDE, Figure, in_page
from ui import finance_national

TABLES = Path(stp_data.__file__).parent / "tables"
WIDTHS = (WIDE, NARROW)
NAMES = [name for name, chart in CHARTS.items() if chart.fixed.get("show") == "national"]
LINES = ("care-spending", "older-people")
ONE_YEAR = "asc-change-hscic-one-year"


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERIES = {row["series"]: row for row in rows("series")}
POINTS = defaultdict(dict)
for row in rows("national"):
    POINTS[row["series"]][row["period"]] = row


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def drawn(atlas, name: str, width: int = WIDE) -> Figure:
    return CHARTS[name].draw(atlas, {}, ink.ON_PAPER, width)


def tree(figure: Figure) -> ET.Element:
    return ET.fromstring(in_page(figure))  # noqa: S314 -- our own drawing


def marks(root: ET.Element) -> Iterator[tuple[str, str, ET.Element]]:
    """Series, period and group of every figure drawn."""
    for outer in root.iter():
        if key := outer.get("data-series"):
            for group in outer.iter():
                if period := group.get("data-period"):
                    yield key, period, group


def number(words: str) -> float:
    """The last number of a text, with its sign: nearly −10% is -10."""
    found = re.findall(r"(\u2212?)£?([\d,]+\.?\d*)", words)[-1]
    return float(found[1].replace(",", "")) * (-1 if found[0] else 1)


def stated(group: ET.Element) -> float:
    title = next(node.text or "" for node in group if node.tag.endswith("title"))
    return number(re.sub(r"£([\d.]+)bn|million", r"\1", title.rpartition(": ")[2]))


def value(row: dict[str, str]) -> float:
    return float(row["value"])


# Figures


WANTED = {
    "care-cut": {k for k in SERIES if k.startswith("asc-change-")} - {ONE_YEAR},
    "care-spending": {
        k for k, s in SERIES.items()
        if s["topic"] == "social care spending" and not k.startswith("asc-change-")
    },
    "gap-sums": {k for k, s in SERIES.items() if s["topic"] == "the stated gaps"}
    | {"forward-view-gap", "forward-view-savings"},
    "capital": {k for k, s in SERIES.items() if s["topic"] == "capital"},
    "trusts": {k for k in SERIES if k.startswith("provider-deficit-")},
    "fund": {"stf-cipfa", "stf-pharmatimes"},
    "nhs-england": {"nhs-england-budget-cipfa"},
    "older-people": {"older-people-care-rap", "older-people-care-salt"},
}  # fmt: skip


@each("width", WIDTHS)
@each("name", list(WANTED))
def test_a_chart_has_every_figure_of_its_series_and_no_other(atlas, name: str, width: int):
    found = {
        (key, period): stated(group)
        for key, period, group in marks(tree(drawn(atlas, name, width)))
    }
    wanted = {(key, period): value(p) for key in WANTED[name] for period, p in POINTS[key].items()}
    assert found == wanted


@pytest.mark.parametrize("width", WIDTHS)
def test_dots_of_the_cut_lie_where_the_axis_says(atlas, width: int):
    root = tree(drawn(atlas, "care-cut", width))
    axis = {
        number(text.text): float(text.get("x"))
        for text in root.iter()
        if text.tag.endswith("text") and re.fullmatch(r"[+\u2212]?\d+%", text.text or "")
        and text.get("text-anchor") == "middle"
    }  # fmt: skip
    low, high = min(axis), max(axis)
    each = (axis[high] - axis[low]) / (high - low)
    for key, period, group in marks(root):
        path = next(node for node in group if node.tag.endswith("path")).get("d")
        x, _ = map(float, re.match(r"M(\S+) ([\d.]+)", path).groups())
        middle = x if key in frame.PER_ADULT else x + 5.5
        wanted = axis[low] + (value(POINTS[key][period]) - low) * each
        assert middle == pytest.approx(wanted, abs=0.3), key


def test_bars_are_as_long_as_their_sums(atlas):
    for name in ("trusts", "fund", "nhs-england"):
        lengths = {}
        for key, period, group in marks(tree(drawn(atlas, name))):
            bar = next(node for node in group if node.tag.endswith("rect"))
            times = 1000 if SERIES[key]["unit"] == "GBP billion" else 1
            lengths[key, period] = float(bar.get("width")) / abs(value(POINTS[key][period]) * times)
        (most, least) = max(lengths.values()), min(lengths.values())
        assert most == pytest.approx(least, rel=0.02), name


# What may not be joined


def joins(root: ET.Element) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Lines of two points or more in the colour of a series, and the series they stand in."""
    for outer in root.iter():
        if key := outer.get("data-series"):
            for path in outer.iter():
                d = path.get("d") or ""
                if re.fullmatch(r"M[\d. ]+(L[\d. ]+)+", d):
                    yield key, [tuple(map(float, p.split())) for p in d[1:].split("L")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", LINES)
def test_a_line_joins_only_years_of_one_series_that_follow_each_other(atlas, name, width):
    root = tree(drawn(atlas, name, width))
    lines = list(joins(root))
    assert lines
    for key, spots in lines:
        years = sorted(int(p["to_year"]) for p in POINTS[key].values())
        runs = [[years[0]]]
        for one, other in pairwise(years):
            if other == one + 1:
                runs[-1].append(other)
            else:
                runs.append([other])
        assert len(spots) in {len(run) for run in runs if len(run) > 1}, key
        gaps = {round(b[0] - a[0]) for a, b in pairwise(spots)}
        assert max(gaps) - min(gaps) <= 1, "a year is left out"
    # Coloured lines stand inside a series and nowhere else.
    inside = {id(p) for o in root.iter() if o.get("data-series") for p in o.iter()}
    for path in root.iter():
        if path.get("stroke") in ink.MARKS and path.get("fill") == "none":
            assert id(path) in inside


@pytest.mark.parametrize("key", ["asc-spend-kf", "asc-gross-real", "asc-spend-ifs"])
def test_years_between_which_nothing_is_known_are_not_joined(atlas, key: str):
    assert key not in {series for series, _ in joins(tree(drawn(atlas, "care-spending")))}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_break_of_the_returns_is_drawn_between_the_two(atlas, width: int):
    root = tree(drawn(atlas, "older-people", width))
    (broken,) = [p for p in root.iter() if p.get("stroke-dasharray")]
    at = float(re.match(r"M(\S+)", broken.get("d"))[1])
    for key, _, group in marks(root):
        path = next(node for node in group if node.tag.endswith("path")).get("d")
        x = float(re.match(r"M(\S+)", path)[1])
        assert (x < at) == (key == "older-people-care-rap")
    assert "series breaks here" in "".join(root.itertext())


def test_what_differs_in_years_or_denominator_stands_under_another_heading(atlas):
    for basis in frame.care_changes(atlas):
        found = [POINTS[series.key][point.period] for series, point in basis.figures]
        assert len({row["period"] for row in found}) == 1
        assert len({"per-adult" in row["series"] for row in found}) == 1
    headings = [basis.heading for basis in frame.care_changes(atlas)]
    assert len(headings) == len(set(headings))
    assert headings[0].startswith("2009/10 to 2015/16, total")


# The index


def test_an_index_compounds_from_100():
    assert national.indexed(3.6, 12)[-1] == pytest.approx(100 * 1.036**12)
    assert round(national.indexed(3.6, 12)[-1]) == 153
    assert national.indexed(1.1, 0) == (100,)
    assert len(national.indexed(0.7, 5)) == 6


@pytest.mark.parametrize("width", WIDTHS)
def test_every_line_of_the_index_stays_in_its_own_years(atlas, width: int):
    found = {}
    for key, period, group in marks(tree(drawn(atlas, "admissions", width))):
        title = next(node.text for node in group if node.tag.endswith("title"))
        found[key, period] = float(title.rpartition("100 to ")[2])
        row = POINTS[key][period]
        years = int(row["to_year"]) - int(row["from_year"])
        line = next(p.get("d") for p in group if p.get("stroke-width") == "2")
        assert line.count("L") == years, "one step a year, none beyond"
        assert found[key, period] == round(100 * (1 + value(row) / 100) ** years, 1)
    rates = {
        (key, period)
        for key, one in SERIES.items() if one["topic"] == "NHS funding"
        and one["unit"] == "% a year" for period in POINTS[key]
    }  # fmt: skip
    assert set(found) == rates | {("admissions-growth-kf", "2003/04 to 2015/16")}
    words = " ".join(tree(drawn(atlas, "admissions", width)).itertext())
    assert "shares no year" in re.sub(r"\s+", " ", words)


def test_the_table_of_the_index_has_the_same_figures(atlas):
    cells = re.findall(r"<t[dh]>([^<]*)</t[dh]>", finance_national.index_table(atlas))
    head = next(i for i, cell in enumerate(cells) if cell == "2003/04")
    width = len(frame.growths(atlas)) + 1
    lines = {cells[i]: cells[i + 1 : i + width] for i in range(head, len(cells), width)}
    assert len(lines) == 18
    assert lines["2015/16"][0] == f"{100 * 1.036**12:.1f}"
    assert lines["2016/17"][0] == "", "no admissions rate after 2015/16"
    last = [row[0] for row in (lines["2020/21"], lines["2019/20"])]
    assert last == ["", ""]
    for column, one in enumerate(frame.growths(atlas)):
        filled = [year for year, line in lines.items() if line[column]]
        assert filled[0] == one.point.period[:7]
        assert filled[-1] == one.point.period[-7:]


def test_findings_name_the_figures_of_the_table(atlas):
    cut = POINTS["asc-change-kf"]["2009/10 to 2015/16"]
    same = [
        -value(p)
        for key in SERIES if key.startswith("asc-change-") and key != "asc-change-kf"
        for p in POINTS[key].values() if p["period"] == cut["period"]
    ]  # fmt: skip
    title = drawn(atlas, "care-cut").words.title
    assert f"cut by {-value(cut):g}% in real terms" in title
    assert f"others say {min(same):g}% to {max(same):g}%" in title
    assert "about 53% in all" in drawn(atlas, "admissions").words.title
    for words in ("£20bn", "£22bn", "£23bn", "£26bn"):
        assert words in drawn(atlas, "gap-sums").words.title
    counted = frame.counted_admissions(atlas)
    assert f"about {100 * ((16.2 / 12.7) ** 0.1 - 1):.1f}% a year" in counted
    for key in ("asc-spend-kf", "asc-gross-real", "asc-budget-real"):
        values = [value(p) for p in POINTS[key].values()]
        assert values[-1] < values[0]
    assert "all 3 series in real terms end lower" in drawn(atlas, "care-spending").words.title


# Words


@each("width", WIDTHS)
@each("name", NAMES)
def test_no_words_run_out_of_the_field(atlas, name: str, width: int):
    figure = drawn(atlas, name, width)
    found = list(tree(figure).iter())

    def walk(node: ET.Element, across: float) -> Iterator[tuple[ET.Element, float]]:
        moved = re.fullmatch(r"translate\((\S+) \S+\)", node.get("transform", ""))
        across += float(moved[1]) if moved else 0
        yield node, across
        for child in node:
            yield from walk(child, across)

    assert found
    for node, across in walk(tree(figure), 0):
        if not node.tag.endswith("}text"):
            continue
        words, size = "".join(node.itertext()), float(node.get("font-size", svg.SIZE))
        wide = svg.width_of(words, size, bold=node.get("font-weight") == "600")
        anchor = {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        left = across + float(node.get("x")) - anchor
        assert left >= -1, words
        assert left + wide <= width + 1, words


@each("name", NAMES)
def test_letters_are_of_the_ink_and_never_of_a_mark(atlas, name: str):
    """The two inks stand out from paper and from both pages; colours of marks do not enough."""
    fills = {node.get("fill") for node in tree(drawn(atlas, name)).iter()
             if node.tag.endswith(("}text", "}tspan"))}  # fmt: skip
    assert fills <= {ink.ON_PAPER.text, ink.ON_PAPER.soft}


@each("name", NAMES)
def test_a_chart_says_what_where_when_and_who(atlas, name: str):
    words = drawn(atlas, name).words
    assert words.title in words.alt
    assert words.source.endswith(".")
    where = f"{words.title} {words.subtitle}"
    assert re.search(r"England", where)
    assert re.search(r"20\d\d", where)
    assert CHARTS[name].where(atlas, {}) == "finance?show=national"


def test_every_series_of_these_topics_has_a_row_in_a_table(atlas):
    listed = {series.key for one in finance_national.SECTIONS for series, _ in one.figures(atlas)}
    assert {key for key, row in SERIES.items() if row["topic"] != "other"} <= listed
