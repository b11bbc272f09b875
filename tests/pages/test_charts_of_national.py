"""Charts of figures for England, read from the figure: numbers, joins, years and words."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations, pairwise

import pytest
from charts_reader import points, words
from each import each
from page_reader import rows

import stp_data
from stp_data.money import national, national_series
from ui.charts import look, national_marks
from ui.charts import national as charts
from ui.charts.look import Chart, Look
from ui.finance import national as finance_national

LOOKS = (Look(), Look(dark=True, narrow=True))
NAMES = list(charts.CHARTS)
LINES = ("social-care-spending", "older-people")
ONE_YEAR = "asc-change-hscic-one-year"
SERIES = {row["series"]: row for row in rows("series")}
POINTS: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
for row in rows("national"):
    POINTS[row["series"]][row["period"]] = row


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def drawn(atlas, name: str, look_: Look = LOOKS[0]) -> Chart:
    return charts.chart(atlas, name, look_)


def value(row: dict[str, str]) -> float:
    return float(row["value"])


def row_of(key: str) -> dict[str, str]:
    """The row of the table that a mark stands for."""
    series, period = key.split("|")
    return POINTS[series][period]


def on_topic(topic: str, besides: str = "") -> set[str]:
    return {key for key, one in SERIES.items() if one["topic"] == topic} | set(besides.split())


WANTED = {
    "social-care-cut": {k for k in SERIES if k.startswith("asc-change-")} - {ONE_YEAR},
    "social-care-spending": {
        k for k in on_topic("social care spending") if not k.startswith("asc-change-")
    },
    "gap-sums": on_topic("the stated gaps", "forward-view-gap forward-view-savings"),
    "capital": on_topic("capital"),
    "provider-deficits": {k for k in SERIES if k.startswith("provider-deficit-")},
    "transformation-fund": {"stf-cipfa", "stf-pharmatimes"},
    "nhs-england-budget": {"nhs-england-budget-cipfa"},
    "delayed-transfers": {"delayed-days-hansard"},
    "older-people": {"older-people-care-rap", "older-people-care-salt"},
}
IN_MILLIONS = ("provider-deficits", "transformation-fund", "nhs-england-budget")


def in_unit(name: str, row: dict[str, str]) -> float:
    """A figure in the unit of the axis."""
    billions = SERIES[row["series"]]["unit"] == "GBP billion"
    if name in IN_MILLIONS:
        return value(row) * (1000 if billions else 1)
    if name == "capital":
        return value(row) / (1 if billions else 1000)
    return value(row)


@each("look_", LOOKS)
@each("name", list(WANTED))
def test_a_chart_has_every_figure_of_its_series_and_no_other(atlas, name: str, look_: Look):
    marks = points(drawn(atlas, name, look_))
    found = {mark.key: mark.y if name in LINES else mark.x for mark in marks}
    assert found == pytest.approx(
        {
            f"{key}|{period}": in_unit(name, row)
            for key in WANTED[name]
            for period, row in POINTS[key].items()
        }
    )


@each("name", NAMES)
def test_hovering_says_what_the_table_says(atlas, name: str):
    for point in points(drawn(atlas, name)):
        row = row_of(point.key)
        for said in (SERIES[row["series"]]["label"], "Years: ", "As of: ", "Source: ",
                     f"Confidence: {row['confidence']}"):  # fmt: skip
            assert re.sub(r"\s+", " ", said) in point.tip, point.tip


@each("name", ["provider-deficits", "transformation-fund", "delayed-transfers"])
def test_rough_sums_are_hatched(atlas, name: str):
    for point in points(drawn(atlas, name)):
        at = [data[0] for data in point.trace.customdata].index(point.key)
        rough = row_of(point.key)["qualifier"] not in ("exact", "")
        assert bool(point.trace.marker.pattern.shape[at]) == rough
    assert "Hatched" in words(drawn(atlas, name), "subtitle")


def test_projections_and_other_denominators_have_shapes_of_their_own(atlas):
    for point in points(drawn(atlas, "social-care-cut")):
        key = point.key.partition("|")[0]
        assert (point.symbol == "circle-open") == (key in national.PROJECTED)
        assert (point.symbol == "triangle-up") == (key in national.PER_ADULT)


@each("look_", LOOKS)
@each("name", LINES)
def test_a_line_joins_only_years_of_one_series_that_follow_each_other(atlas, name, look_: Look):
    for trace in drawn(atlas, name, look_).figure.data:
        assert len({data[0].partition("|")[0] for data in trace.customdata}) == 1
        assert not trace.connectgaps
        for one, other in pairwise(trace.x):
            assert None in (one, other) or other == one + 1, "a year is left out"
    broken = {"asc-spend-kf", "asc-gross-real"} if name == LINES[0] else set()
    found = {
        trace.customdata[0][0].partition("|")[0]
        for trace in drawn(atlas, name, look_).figure.data
        if None in trace.x
    }
    assert broken <= found


def test_each_partial_series_has_a_panel_of_its_own(atlas):
    panels = defaultdict(set)
    for point in points(drawn(atlas, "social-care-spending")):
        panels[point.trace.xaxis].add(point.key.partition("|")[0])
    wanted = sorted([key] for key in WANTED["social-care-spending"])
    assert sorted(map(list, panels.values())) == wanted


def test_bases_that_differ_stand_in_panels_of_their_own(atlas):
    for name, found in (("social-care-cut", national.care_changes(atlas)),
                        ("gap-sums", national.gap_sums(atlas)),
                        ("capital", national.capital(atlas))):  # fmt: skip
        panels = defaultdict(set)
        for point in points(drawn(atlas, name)):
            panels[point.trace.yaxis].add(point.key)
        assert sorted(map(sorted, panels.values())) == sorted(
            sorted(national_marks.key(point) for _, point in basis.figures) for basis in found
        )


def test_the_break_of_the_returns_is_drawn_between_the_two(atlas):
    chart = drawn(atlas, "older-people")
    (broken,) = chart.figure.layout.shapes
    for point in points(chart):
        assert (point.x < broken.x0) == point.key.startswith("older-people-care-rap|")
    assert "series breaks here" in chart.figure.to_json()


def test_figures_under_one_heading_share_years_and_denominator(atlas):
    for basis in national.care_changes(atlas):
        found = [POINTS[series.key][point.period] for series, point in basis.figures]
        assert len({(row["period"], "per-adult" in row["series"]) for row in found}) == 1
    headings = [basis.heading for basis in national.care_changes(atlas)]
    assert len(headings) == len(set(headings))
    assert headings[0].startswith("2009/10 to 2015/16, total")


def test_an_index_compounds_from_100():
    assert national_series.indexed(3.6, 12)[-1] == pytest.approx(100 * 1.036**12)
    assert round(national_series.indexed(3.6, 12)[-1]) == 153
    assert national_series.indexed(1.1, 0) == (100,)
    assert len(national_series.indexed(0.7, 5)) == 6


@each("look_", LOOKS)
def test_every_line_of_the_index_stays_in_its_own_years(atlas, look_: Look):
    found = set()
    for trace in drawn(atlas, "admissions", look_).figure.data:
        (key,) = {data[0] for data in trace.customdata}
        row = row_of(key)
        first, last = int(row["from_year"]), int(row["to_year"])
        assert list(trace.x) == list(range(first, last + 1)), "one step a year, none beyond"
        assert list(trace.y) == pytest.approx(
            [100 * (1 + value(row) / 100) ** year for year in range(last - first + 1)], abs=0.006
        )
        assert f"100 to {trace.y[-1]:.1f}" in trace.name.replace("<br>", " ")
        found.add(key)
    rates = {
        f"{key}|{period}"
        for key, one in SERIES.items() if one["topic"] == "NHS funding"
        and one["unit"] == "% a year" for period in POINTS[key]
    }  # fmt: skip
    assert found == rates | {"admissions-growth-kf|2003/04 to 2015/16"}


def test_the_table_of_the_index_has_the_same_figures(atlas):
    cells = re.findall(r"<t[dh]>([^<]*)</t[dh]>", finance_national.index_table(atlas))
    head = next(i for i, cell in enumerate(cells) if cell == "2003/04")
    width = len(national.growths(atlas)) + 1
    lines = {cells[i]: cells[i + 1 : i + width] for i in range(head, len(cells), width)}
    assert len(lines) == 18
    assert lines["2015/16"][0] == f"{100 * 1.036**12:.1f}"
    assert lines["2016/17"][0] == "", "no admissions rate after 2015/16"
    last = [row[0] for row in (lines["2020/21"], lines["2019/20"])]
    assert last == ["", ""]
    for column, one in enumerate(national.growths(atlas)):
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
    title = drawn(atlas, "social-care-cut").words.title
    assert f"cut by {-value(cut):g}% in real terms" in title
    assert f"others say {min(same):g}% to {max(same):g}%" in title
    assert "about 53% in all" in drawn(atlas, "admissions").words.title
    for amount in ("£20bn", "£22bn", "£23bn", "£26bn"):
        assert amount in drawn(atlas, "gap-sums").words.title
    counted = national.counted_admissions(atlas)
    assert f"about {100 * ((16.2 / 12.7) ** 0.1 - 1):.1f}% a year" in counted
    for key in ("asc-spend-kf", "asc-gross-real", "asc-budget-real"):
        values = [value(p) for p in POINTS[key].values()]
        assert values[-1] < values[0]
    assert (
        "all 3 series in real terms end lower" in drawn(atlas, "social-care-spending").words.title
    )


@each("look_", LOOKS)
@each("name", NAMES)
def test_no_words_run_out_of_the_chart(atlas, name: str, look_: Look):
    chart = drawn(atlas, name, look_)
    layout = chart.figure.layout
    for note in layout.annotations:
        for line in re.sub(r"</?(?:b|span)(?: [^>]*)?>", "", note.text).split("<br>"):
            assert look.width_of(line, note.font.size or look.SMALL) <= look_.width, line
    for axis in chart.figure.select_yaxes():
        most = look_.width if axis.ticklabelposition == "inside" else layout.margin.l
        for line in "<br>".join(axis.ticktext or ()).split("<br>"):
            assert look.width_of(re.sub(r"</?span[^>]*>", "", line), look.SMALL) <= most, line


@each("look_", LOOKS)
@each("name", ["social-care-cut", "gap-sums", "capital"])
def test_no_value_lies_on_another(atlas, name: str, look_: Look):
    chart = drawn(atlas, name, look_)
    low, high = chart.figure.layout.xaxis.range
    room = look_.width - chart.figure.layout.margin.l - chart.figure.layout.margin.r
    for one, other in combinations(points(chart), 2):
        if one.trace.yaxis == other.trace.yaxis:
            assert abs(one.y - other.y) >= 17
    for point in points(chart):
        text = re.sub("</?b>", "", point.text)
        right = (point.x - low) / (high - low) * room + look.MARK / 2
        assert right + look.width_of(text, look.SMALL, bold=True) <= room + look.EDGE


@each("name", NAMES)
def test_a_picture_says_what_where_when_and_who(atlas, name: str):
    chart = drawn(atlas, name)
    assert words(chart, "title") == chart.words.title
    assert chart.words.title in chart.words.alt
    assert re.search(r"England", words(chart, "subtitle"))
    assert re.search(r"20\d\d", chart.words.title + words(chart, "subtitle"))
    source = words(chart, "source")
    publishers = {row["source"]: row["publisher"] for row in rows("sources")}
    for point in points(chart):
        assert publishers[row_of(point.key)["source"]] in source
    assert "data of" in source
