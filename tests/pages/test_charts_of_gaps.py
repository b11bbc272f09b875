"""The chart of stated gaps, read from the figure: numbers, ranks, scopes and signs."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from charts_reader import points, words
from each import each
from page_reader import rows

import stp_data
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


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


BY_KEY = {key(row): row for row in YEARLY}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def drawn(atlas, look_: Look = LOOKS[0], **query: str) -> Chart | None:
    return gaps_chart.chart(atlas, gaps.asked(atlas, query), look_)


@each("look_", LOOKS)
@each("unit", ["total", "head"])
@each("sort", ["size", "name"])
@each("scope", list(SCOPES))
@each("region", ["all", "london"])
def test_every_mark_stands_for_its_row(
    atlas, scope: str, sort: str, unit: str, region: str, look_: Look
):
    wanted = {
        key(row): row
        for row in YEARLY
        if SCOPES[scope] in (None, row["scope"])
        and (region == "all" or REGIONS[row["code"]] == "London")
    }
    chart = drawn(atlas, look_, scope=scope, sort=sort, unit=unit, region=region)
    if not wanted:
        assert chart is None
        return
    assert chart is not None
    found: dict[str, list] = {}
    for point in points(chart):
        found.setdefault(point.key, []).append(point)
    assert set(found) == set(wanted)
    for code, marks in found.items():
        row = wanted[code]
        times = 1e6 / PEOPLE[row["code"]] if unit == "head" else 1
        ends = {float(row["value"]), float(row["value_to"] or row["value"])}
        assert sorted(mark.x for mark in marks) == pytest.approx(
            sorted(end * times for end in ends), abs=0.006
        )
        one = marks[-1]
        for said in (SHORT[row["code"]], "Covers: ", "As of: ", "Source: ",
                     f"Confidence: {row['confidence']}"):  # fmt: skip
            assert said in one.tip, one.tip
        if scope != "all":
            assert "£" in one.text, "a value is printed at the mark"


@each("look_", LOOKS)
def test_ranges_bounds_and_disputed_figures_are_drawn_as_such(atlas, look_: Look):
    chart = drawn(atlas, look_)
    for point in points(chart):
        row = BY_KEY[point.key]
        assert point.symbol.startswith("triangle-right") == (row["qualifier"] == "at least")
        assert point.symbol.startswith("triangle-left") == (row["qualifier"] == "up to")
        filled = not point.symbol.endswith(("-open", "-open-dot"))
        assert filled == (row["preferred"] == "yes")
        assert point.symbol.endswith("-open-dot") == (row["code"] not in SETTLED)
    lines = [trace for trace in chart.figure.data if trace.name == "ranges"]
    spans = [pair for line in lines for pair in zip(line.x[::3], line.x[1::3], strict=False)]
    assert spans == [
        (float(row["value"]), float(row["value_to"])) for row in YEARLY if row["value_to"]
    ]
    assert "at least" in words(chart, "subtitle")
    assert "a range" in words(chart, "subtitle")


@each("scope", ["nhs-care", "nhs", "not-stated"])
def test_the_figures_used_are_ranked_within_their_scope(atlas, scope: str):
    ranked = sorted(
        (point for point in points(drawn(atlas, scope=scope)) if "Figure we use" in point.tip),
        key=lambda point: point.y,
    )
    assert len(ranked) > 1
    assert all(above.x >= below.x for above, below in pairwise(ranked))
    codes = {BY_KEY[point.key]["code"] for point in ranked}
    others = [
        point
        for point in points(drawn(atlas, scope=scope))
        if BY_KEY[point.key]["code"] not in codes
    ]
    assert all(point.y > ranked[-1].y for point in others)


def test_scopes_stand_only_in_panels_of_their_own(atlas):
    chart = drawn(atlas)
    panels: dict[str, set[str]] = {}
    for point in points(chart):
        panels.setdefault(point.trace.yaxis, set()).add(BY_KEY[point.key]["scope"])
    assert sorted(map(sorted, panels.values())) == sorted([[s] for s in SCOPES.values() if s])
    domains = [tuple(chart.figure.layout[name.replace("y", "yaxis", 1)].domain) for name in panels]
    for one, other in combinations(domains, 2):
        assert one[1] <= other[0] or other[1] <= one[0]
    spans = {tuple(axis.range) for axis in chart.figure.select_xaxes()}
    assert len(spans) == 1


@each("look_", LOOKS)
@each("scope", list(SCOPES))
def test_no_mark_or_value_lies_on_another(atlas, scope: str, look_: Look):
    chart = drawn(atlas, look_, scope=scope)
    layout = chart.figure.layout
    room = look_.width - layout.margin.l - layout.margin.r
    low, high = layout.xaxis.range
    boxes: dict[str, list] = {}
    for point in points(chart):
        x = (point.x - low) / (high - low) * room
        label = look.width_of(point.text.replace("<b>", "").replace("</b>", ""), look.SMALL)
        boxes.setdefault(point.trace.yaxis, []).append(
            (point.key, x - look.MARK / 2, x + look.MARK / 2 + label, point.y)
        )
        assert x + look.MARK / 2 + label <= room + look.EDGE, point
    for of_panel in boxes.values():
        for one, other in combinations(of_panel, 2):
            apart = one[2] <= other[1] or other[2] <= one[1] or abs(one[3] - other[3]) >= 11
            assert apart or one[0] == other[0], (one, other)


def test_a_chosen_figure_gets_a_ring(atlas):
    row = next(row for row in YEARLY if row["scope"] == "NHS")
    chart = gaps_chart.chart(atlas, gaps.asked(atlas, {"scope": "nhs"}), LOOKS[0], key(row))
    (ring,) = [trace for trace in chart.figure.data if trace.name == "chosen"]
    assert list(ring.x) == [float(row["value"])]


def test_a_picture_says_what_who_and_when(atlas):
    chart = drawn(atlas, scope="nhs", unit="head")
    assert words(chart, "title") == chart.words.title
    assert words(chart, "subtitle") == chart.words.subtitle
    source = words(chart, "source")
    assert chart.words.source in source
    assert "data of" in source
    assert "Not an official NHS service" in source
    assert chart.words.title in chart.words.alt


def test_every_figure_can_be_chosen_from_the_list(atlas):
    asked = gaps.asked(atlas, {})
    listed = gaps_chart.choices(atlas, asked)
    assert set(listed) == set(BY_KEY)
    assert len(set(listed.values())) == len(listed), "two entries read the same"
    assert listed == gaps_chart.choices(atlas, gaps.asked(atlas, {"unit": "head", "sort": "name"}))


def test_footprints_without_a_figure_are_named(atlas):
    have = {row["code"] for row in YEARLY if row["scope"] == "NHS"}
    said = gaps_chart.without(atlas, gaps.asked(atlas, {"scope": "nhs"}))
    for code in set(SHORT) - have:
        assert f"{SHORT[code]} (" in said
    assert gaps_chart.without(atlas, gaps.asked(atlas, {})) == ""


@each("dark", [False, True])
def test_words_of_charts_stand_out(dark: bool):
    palette = colours.palette(dark)
    layout = look.template(dark).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == palette.background
    assert layout.font.color == palette.text
    assert layout.xaxis.color == palette.soft
