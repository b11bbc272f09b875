"""The scatter of two measures, read from the figure: numbers, sizes, England, names."""

from __future__ import annotations

import statistics
from itertools import combinations, pairwise

import pytest
from charts_reader import points, words
from each import WHOLE, each
from page_reader import rows

import stp_data
from stp_data.overview import colours, correlation
from ui.charts import look, relate
from ui.charts.look import Look
from ui.relate import tables

LOOKS = (Look(), Look(dark=True, narrow=True))
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}
NAMES = {row["code"]: row["name"] for row in rows("footprints")}
REGIONS = {row["code"]: row["nhs_region"] for row in rows("footprints")}
MEASURED: dict[str, dict[str, float]] = {}
for row in rows("measured"):
    MEASURED.setdefault(row["measure"], {})[row["code"]] = float(row["value"])
PEOPLE = MEASURED["population"]
SCOPES = {
    "gap_per_head_nhs_care": "NHS and social care",
    "gap_per_head_nhs": "NHS",
    "gap_per_head_not_stated": "not stated",
}
FIRM = {"priority", "workstream", "programme", "aim", "proposal"}
PAIRS = [
    ("income_deprived_share", "life_years_lost"),
    ("population", "density"),
    ("mood_anxiety_score", "gap_per_head_not_stated"),
    ("gap_per_head_nhs_care", "priorities"),
    ("priorities", "road_distance_gp"),
    ("gap_per_head_nhs", "aged_65_over_share"),
]


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def figures(measure: str) -> dict[str, float]:
    """Of each footprint, by means other than the product's."""
    if measure in SCOPES:
        return {
            row["code"]: float(row["value"]) * 1e6 / PEOPLE[row["code"]]
            for row in rows("stated")
            if row["measure"] == "finance_gap_2020_21"
            and row["preferred"] == "yes"
            and row["scope"] == SCOPES[measure]
        }
    if measure == "priorities":
        return {code: float(len(found)) for code, found in _themes().items()}
    return {code: value for code, value in MEASURED[measure].items() if code != "ENG"}


def _themes() -> dict[str, set[str]]:
    dated = {row["source"]: row["date"] for row in rows("sources")}
    found: dict[str, set[str]] = {}
    for row in rows("priorities"):
        later = row["later"] or (row["as_of"] or dated[row["source"]]) >= "2018"
        if row["how"] in FIRM and not later:
            found.setdefault(row["code"], set()).add(row["theme"])
    return found


@each("look_", LOOKS)
@each("pair", PAIRS)
def test_every_mark_stands_where_its_figures_say(atlas, pair: tuple[str, str], look_: Look):
    xs, ys = figures(pair[0]), figures(pair[1])
    chart = relate.chart(atlas, *pair, look_)
    found = {point.key: point for point in points(chart)}
    assert set(found) == set(xs) & set(ys), "a footprint without a figure is not drawn"
    for code, point in found.items():
        assert point.x == pytest.approx(xs[code], rel=1e-5)
        assert point.y == pytest.approx(ys[code], rel=1e-5)
        assert point.trace.name == REGIONS[code]
        for said in (NAMES[code], "As of: ", "Source: ", f"{PEOPLE[code]:,.0f}", REGIONS[code]):
            assert said in point.tip, point.tip


@each("pair", PAIRS)
def test_the_table_says_what_the_marks_say(atlas, pair: tuple[str, str]):
    table = tables.table(atlas, *pair)
    for point in points(relate.chart(atlas, *pair, LOOKS[0])):
        line = table.split(f">{NAMES[point.key].replace(chr(39), '&#x27;')}</a>")[1]
        line = line.partition("</tr>")[0]
        for one in (correlation.quantity(atlas, key) for key in pair):
            said = one.figures[point.key].text
            assert f"<td>{said}" in line
            assert said in point.tip
    assert table.count("<tr>") >= 44


@each("look_", LOOKS)
def test_marks_differ_by_region_and_their_areas_by_people(atlas, look_: Look):
    found = list(points(relate.chart(atlas, *PAIRS[0], look_)))
    styles = {p.trace.name: (p.trace.marker.color, p.trace.marker.symbol) for p in found}
    assert set(styles) == set(REGIONS.values())
    for part in zip(*styles.values(), strict=True):
        assert len(set(part)) == len(styles)
    sizes = {
        code: size
        for trace in {id(p.trace): p.trace for p in found}.values()
        for (code, *_), size in zip(trace.customdata, trace.marker.size, strict=True)
    }
    per = [PEOPLE[code] / size**2 for code, size in sizes.items()]
    assert len(per) == 44
    assert max(per) / min(per) < 1.05


def test_england_has_lines_where_it_has_a_figure(atlas):
    layout = relate.chart(atlas, "rural_share", "life_years_lost", LOOKS[0]).figure.layout
    across, up = layout.shapes
    assert across.x0 == across.x1 == pytest.approx(MEASURED["rural_share"]["ENG"], rel=1e-5)
    assert up.y0 == up.y1 == pytest.approx(MEASURED["life_years_lost"]["ENG"], rel=1e-5)
    # A total of all is no figure to compare with, and stated gaps and themes have none.
    for key in ("population", "gap_per_head_not_stated", "priorities"):
        (only,) = relate.chart(atlas, key, "rural_share", LOOKS[0]).figure.layout.shapes
        assert only.y0 == only.y1


@each("look_", LOOKS)
def test_chosen_is_outlined_and_named_and_others_fade_beside_the_selected(atlas, look_: Look):
    dorset, devon = (c for n in ("Dorset", "Devon") for c, name in NAMES.items() if name == n)
    chart = relate.chart(atlas, *PAIRS[0], look_, dorset, (devon,))
    labels = [note.text for note in chart.figure.layout.annotations if note.name == "label"]
    assert f"<b>{SHORT[dorset]}</b>" in labels
    drawn = {
        code: (opacity, colour)
        for trace in chart.figure.data
        if trace.customdata is not None
        for (code, *_), opacity, colour in zip(
            trace.customdata, trace.marker.opacity, trace.marker.line.color, strict=True
        )
    }
    assert [code for code, (opacity, _) in drawn.items() if opacity == 1] == [devon]
    ring = colours.palette(look_.dark).chosen
    assert [code for code, (_, colour) in drawn.items() if colour == ring] == [dorset]


@each("look_", LOOKS)
@each("pair", PAIRS)
def test_names_touch_neither_each_other_nor_marks_nor_the_edge(
    atlas, pair: tuple[str, str], look_: Look
):
    figure = relate.chart(atlas, *pair, look_).figure
    layout = figure.layout
    wide = look_.width - layout.margin.l - layout.margin.r
    high = layout.height - layout.margin.t - layout.margin.b

    def place(x: float, y: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = layout.xaxis.range, layout.yaxis.range
        return (x - x0) / (x1 - x0) * wide, (y1 - y) / (y1 - y0) * high

    boxes = []
    for note in layout.annotations:
        if note.name != "label":
            continue
        x, y = place(note.x, note.y)
        width = look.width_of(note.text.replace("<b>", "").replace("</b>", ""), look.SMALL)
        left = x + note.xshift - {"left": 0, "center": width / 2, "right": width}[note.xanchor]
        top = y - note.yshift - {"top": 0, "middle": 7.5, "bottom": 15}[note.yanchor]
        boxes.append((note.text, left, left + width, top, top + 15))
    assert boxes
    for one in boxes:
        assert one[1] > -1, one
        assert one[2] < wide + layout.margin.r + 1, one
    marks = []
    for trace in figure.data:
        if trace.customdata is not None:
            for x, y, size in zip(trace.x, trace.y, trace.marker.size, strict=True):
                at = place(x, y)
                half = size / 2 - 1
                marks.append(("", at[0] - half, at[0] + half, at[1] - half, at[1] + half))
    for one, other in [*combinations(boxes, 2), *((b, m) for b in boxes for m in marks)]:
        apart = (
            one[2] <= other[1] + 1 or other[2] <= one[1] + 1
            or one[4] <= other[3] + 1 or other[4] <= one[3] + 1
        )  # fmt: skip
        assert apart, (one, other)


def test_ranges_are_drawn_from_end_to_end(atlas):
    ranged = [
        row
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21" and row["preferred"] == "yes" and row["value_to"]
    ]
    for row in ranged:
        key = next(key for key, scope in SCOPES.items() if scope == row["scope"])
        chart = relate.chart(atlas, key, "rural_share", LOOKS[0])
        (line,) = [trace for trace in chart.figure.data if trace.name == "ranges"]
        ends = [float(row[end]) * 1e6 / PEOPLE[row["code"]] for end in ("value", "value_to")]
        assert any(
            pair == pytest.approx(ends, rel=1e-5)
            for pair in zip(line.x, line.x[1:], strict=False)
            if None not in pair
        )


def ranks(values: list[float]) -> list[float]:
    """From 1; equal values share the mean of their ranks."""
    return [
        sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values
    ]


@each("pair", PAIRS)
def test_the_coefficient_is_spearmans(atlas, pair: tuple[str, str]):
    xs, ys = figures(pair[0]), figures(pair[1])
    codes = sorted(set(xs) & set(ys))
    by_rank = statistics.correlation(*(ranks([one[c] for c in codes]) for one in (xs, ys)))
    found = correlation.related(atlas, *pair)
    assert found.rho == pytest.approx(by_rank)
    said = f"{by_rank:.2f} (n = {len(codes)})".replace("-", "−")
    assert said in words(relate.chart(atlas, *pair, LOOKS[0]), "subtitle")


def test_coefficients_that_are_known():
    assert correlation.spearman([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1)
    assert correlation.spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    # Ties share the mean of their ranks.
    assert correlation.spearman([1, 2, 2, 4], [1, 3, 2, 4]) == pytest.approx(0.9487, abs=1e-4)
    assert correlation.spearman([1, 2], [1, 2]) is None
    assert correlation.spearman([1, 1, 1], [1, 2, 3]) is None


def test_without_a_footprint_in_common_there_is_no_chart(atlas):
    assert relate.chart(atlas, "gap_per_head_nhs", "gap_per_head_nhs_care", LOOKS[0]) is None


@each("look_", LOOKS)
def test_any_two_can_be_related(atlas, look_: Look):
    keys = list(correlation.labels(atlas))
    # Every pair in make test-all.
    for x, y in combinations(keys, 2) if WHOLE else pairwise(keys):
        chart = relate.chart(atlas, x, y, look_)
        assert (chart is None) == (not set(figures(x)) & set(figures(y)))
        if chart is not None:
            assert chart.words.title in chart.words.alt
            assert "data of" in words(chart, "source")
