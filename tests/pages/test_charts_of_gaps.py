"""The chart of stated gaps, read from the figure: numbers, ranks, scopes and signs."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from charts_reader import points, words
from each import each
from page_reader import rows

import stp_data
from stp_data.core.filters import strict
from stp_data.money import gaps
from stp_data.overview import colours
from ui.charts import gaps as gaps_chart
from ui.charts import look
from ui.charts.look import Chart, Look

SCOPES = {
    "all": None,
    "nhs-care": "NHS and social care",
    "nhs": "NHS",
    "not-stated": "not stated",
    "social-care": "social care",
}
YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
REGIONS = {row["code"]: row["nhs_region"] for row in rows("footprints")}
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}
SETTLED = {row["code"] for row in YEARLY if row["preferred"] == "yes"}
PEOPLE = {
    row["code"]: float(row["value"]) for row in rows("measured") if row["measure"] == "population"
}
LOOKS = (Look(), Look(dark=True, narrow=True))
BY_KEY = {row["facts"].split()[0]: row for row in YEARLY}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def read_filter(atlas, query: dict[str, str]) -> gaps.GapFilter:
    return gaps.read_filter(atlas, strict(atlas, gaps.FILTERS, query))


def drawn(atlas, look_: Look = LOOKS[0], chosen: str = "", **query: str) -> Chart | None:
    return gaps_chart.chart(atlas, read_filter(atlas, query), look_, chosen)


@each("look_", LOOKS)
@each("unit", ["total", "head"])
@each("sort", ["size", "name"])
@each("scope", list(SCOPES))
@each("region", [{}, {"region": "london"}])
def test_every_mark_stands_for_its_row(
    atlas, scope: str, sort: str, unit: str, region: dict[str, str], look_: Look
):
    wanted = {
        key: row
        for key, row in BY_KEY.items()
        if SCOPES[scope] in (None, row["scope"])
        and (not region or REGIONS[row["code"]] == "London")
    }
    chart = drawn(atlas, look_, scope=scope, sort=sort, unit=unit, **region)
    found: dict[str, list] = {}
    for point in points(chart) if chart else ():
        found.setdefault(point.key, []).append(point)
    assert set(found) == set(wanted)
    for key, ends in found.items():
        row, point = wanted[key], ends[-1]
        times = 1e6 / PEOPLE[row["code"]] if unit == "head" else 1
        stated = {float(row["value"]), float(row["value_to"] or row["value"])}
        assert [end.x for end in ends] == pytest.approx(
            sorted(end * times for end in stated), abs=0.006
        )
        for said in (SHORT[row["code"]], "Covers: ", "As of: ", "Source: ",
                     f"Confidence: {row['confidence']}"):  # fmt: skip
            assert said in point.tip
        assert "£" in point.text or scope == "all"


@each("look_", LOOKS)
def test_bounds_and_disputed_figures_have_their_own_signs(atlas, look_: Look):
    chart = drawn(atlas, look_)
    for point in points(chart):
        row = BY_KEY[point.key]
        assert point.symbol.startswith("triangle-right") == (row["qualifier"] == "at least")
        assert point.symbol.startswith("triangle-left") == (row["qualifier"] == "up to")
        filled = not point.symbol.endswith(("-open", "-open-dot"))
        assert filled == (row["preferred"] == "yes")
        assert point.symbol.endswith("-open-dot") == (row["code"] not in SETTLED)
    assert "at least" in words(chart, "subtitle")
    assert "a range" in words(chart, "subtitle")


@each("scope", ["nhs-care", "nhs", "not-stated"])
def test_figures_that_we_use_are_ranked_within_their_scope(atlas, scope: str):
    found = sorted(points(drawn(atlas, scope=scope)), key=lambda point: point.y)
    ranked = [point for point in found if "Figure we use" in point.tip]
    assert len(ranked) > 1
    assert all(above.x >= below.x for above, below in pairwise(ranked))
    codes = {BY_KEY[point.key]["code"] for point in ranked}
    others = [point for point in found if BY_KEY[point.key]["code"] not in codes]
    assert all(point.y > ranked[-1].y for point in others)


def test_each_scope_has_its_own_panel(atlas):
    chart = drawn(atlas)
    panels: dict[str, set[str]] = {}
    for point in points(chart):
        panels.setdefault(point.trace.yaxis, set()).add(BY_KEY[point.key]["scope"])
    assert sorted(map(sorted, panels.values())) == sorted([[s] for s in SCOPES.values() if s])
    domains = [tuple(chart.figure.layout[name.replace("y", "yaxis", 1)].domain) for name in panels]
    for one, other in combinations(domains, 2):
        assert one[1] <= other[0] or other[1] <= one[0]
    assert len({tuple(axis.range) for axis in chart.figure.select_xaxes()}) == 1


@each("look_", LOOKS)
@each("scope", list(SCOPES))
def test_marks_and_values_do_not_overlap(atlas, scope: str, look_: Look):
    chart = drawn(atlas, look_, scope=scope)
    layout = chart.figure.layout
    room = look_.width - layout.margin.l - layout.margin.r
    low, high = layout.xaxis.range
    boxes: dict[str, list] = {}
    for point in points(chart):
        x = (point.x - low) / (high - low) * room
        label = look.width_of(point.text.replace("<b>", "").replace("</b>", ""), look.SMALL)
        left, right = x - look.MARK / 2, x + look.MARK / 2 + label
        boxes.setdefault(point.trace.yaxis, []).append((left, right, point.y, point.key))
        assert right <= room + look.EDGE, point
    for of_panel in boxes.values():
        for one, other in combinations(of_panel, 2):
            apart = one[1] <= other[0] or other[1] <= one[0] or abs(one[2] - other[2]) >= 11
            assert apart or one[3] == other[3], "two ends of one range"


def test_the_selected_figure_gets_a_ring(atlas):
    key, row = next((key, row) for key, row in BY_KEY.items() if row["scope"] == "NHS")
    chart = drawn(atlas, chosen=key, scope="nhs")
    (ring,) = [trace for trace in chart.figure.data if trace.name == "chosen"]
    assert list(ring.x) == [float(row["value"])]


def test_the_picture_has_its_title_source_and_date(atlas):
    chart = drawn(atlas, scope="nhs", unit="head")
    assert words(chart, "title") == chart.words.title
    assert words(chart, "subtitle") == chart.words.subtitle
    for said in (chart.words.source, "data of", "Not an official NHS service"):
        assert said in words(chart, "source")
    assert chart.words.title in chart.words.alt


def test_every_figure_can_be_selected_from_the_list(atlas):
    listed = gaps_chart.choices(atlas, read_filter(atlas, {}))
    assert set(listed) == set(BY_KEY)
    assert len(set(listed.values())) == len(listed), "two entries read the same"
    other = read_filter(atlas, {"unit": "head", "sort": "name"})
    assert listed == gaps_chart.choices(atlas, other)


def test_footprints_without_a_figure_are_named(atlas):
    have = {row["code"] for row in YEARLY if row["scope"] == "NHS"}
    said = gaps_chart.without(atlas, read_filter(atlas, {"scope": "nhs"}))
    assert all(f"{SHORT[code]} (" in said for code in set(SHORT) - have)
    assert gaps_chart.without(atlas, read_filter(atlas, {})) == ""


@each("dark", [False, True])
def test_charts_have_the_colours_of_the_theme(dark: bool):
    palette = colours.palette(dark)
    layout = look.template(dark).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == palette.background
    assert (layout.font.color, layout.xaxis.color) == (palette.text, palette.soft)
