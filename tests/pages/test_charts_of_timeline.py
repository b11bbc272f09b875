"""The charts of the Timeline page, read from the figures, against the raw tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from charts_reader import points, words
from each import each
from page_reader import rows

import stp_data
from stp_data.core import dates
from stp_data.history import events, successor_bodies
from ui.charts import events as events_chart
from ui.charts import look, publication, successors
from ui.charts.look import Chart, Look

LOOKS = (Look(), Look(dark=True, narrow=True))
EVENTS = rows("events")
PUBLISHED = rows("publications")
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def ring_of(chart: Chart):
    (ring,) = [trace for trace in chart.figure.data if trace.name == "chosen"]
    return ring


# Events


def of_events(atlas, look_: Look = LOOKS[0], chosen: str = "", **query: str) -> Chart | None:
    return events_chart.chart(atlas, events.find(atlas, query), "A title", look_, chosen)


def raw_events(**cells: str) -> list[list[dict[str, str]]]:
    """Dated rows of the raw table with these cells, those of one event together."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for number, row in enumerate(EVENTS):
        if cells.items() <= row.items():
            found.setdefault((row["code"], row["happening"] or str(number)), []).append(row)
    return [own for own in found.values() if any(row["date"] for row in own)]


@each("look_", LOOKS)
@each(
    ("query", "cells"),
    [
        ({"who": "national"}, {"code": "ENG"}),
        ({"who": "local", "area": "dorset"}, {"code": "E54000041"}),
        ({"kind": "finance"}, {"kind": "finance"}),
    ],
)
def test_every_event_is_a_mark_on_its_date(atlas, query, cells, look_: Look):
    raw = raw_events(**cells)
    chart = of_events(atlas, look_, **query)
    marks = list(points(chart))
    assert {mark.key for mark in marks} == set(
        events_chart.choices(atlas, events.find(atlas, query))
    )
    assert len(marks) == len(raw)
    by_mark = events.by_mark(atlas)
    kinds = Counter()
    for mark in marks:
        one = by_mark[mark.key]
        low, high = dates.span(one.date)
        if one.has_conflicting_dates:
            assert mark.symbol == "diamond-open"
        else:
            assert low <= date.fromisoformat(mark.x) <= high
            kinds[mark.trace.name] += 1
        assert all(word in mark.tip for word in ("Source: ", "Confidence: "))
        assert SHORT.get(one.code, "England") in mark.tip
        assert " ".join(one.reports[0].summary.rstrip(".").split()[:3]) in mark.tip
    settled = [
        min((row["date"] for row in own if row["date"]), key=dates.place)
        for own in raw
        if all(dates.agree(*pair) for pair in combinations({row["date"] for row in own}, 2))
    ]
    labels = {10: "Day known", 7: "Only the month known", 4: "Only the year known (line)"}
    assert kinds == Counter(labels[len(day)] for day in settled)
    shown = [trace.name for trace in chart.figure.data if trace.showlegend is not False]
    assert len(set(shown)) == len(shown)


def test_lines_span_years_and_conflicting_dates(atlas):
    spans = set()
    for query in ({"who": "national"}, {"kind": "finance"}):
        for trace in of_events(atlas, **query).figure.data:
            if trace.name == "spans":
                spans |= set(zip(trace.x[::3], trace.x[1::3], strict=False))
    # The merger of the north-east, in April or in August 2018.
    assert {("2017-01-01", "2017-12-31"), ("2018-04-01", "2018-08-31")} <= spans


@each("look_", LOOKS)
@each("who", ["both", "local"])
def test_many_local_events_are_counted_by_kind_and_year(atlas, who: str, look_: Look):
    chart = of_events(atlas, look_, who=who)
    local = [own for own in raw_events() if own[0]["code"] != "ENG"]
    firsts = [min((row for row in own if row["date"]), key=lambda r: r["date"]) for own in local]
    expected = Counter(f"{row['kind'].replace(' ', '-')}:{row['date'][:4]}" for row in firsts)
    marks = [mark for mark in points(chart) if mark.trace.name == "counts"]
    assert {mark.key: int(mark.text) for mark in marks} == expected
    for mark in marks:
        assert mark.x.startswith(mark.key[-4:])
        assert f"Local events: {mark.text}" in mark.tip
    others = {mark.key for mark in points(chart)} - set(expected)
    assert len(others) == (len(raw_events(code="ENG")) if who == "both" else 0)
    assert look_.narrow or chart.height <= 1000


@each("look_", LOOKS)
@each("query", [{}, {"who": "national"}, {"area": "dorset"}])
def test_words_beside_events_do_not_overlap(atlas, query: dict[str, str], look_: Look):
    chart = of_events(atlas, look_, **query)
    days, margin = chart.figure.layout.xaxis.range, chart.figure.layout.margin
    first, last = (date.fromisoformat(day[:10]) for day in days)
    room = look_.width - margin.l - margin.r
    boxes = []
    (trace,) = [trace for trace in chart.figure.data if trace.name == "words"]
    for x, y, text, place in zip(trace.x, trace.y, trace.text, trace.textposition, strict=True):
        lines = text.split("<br>")
        wide = max(look.width_of(line, look.SMALL) for line in lines)
        left = (date.fromisoformat(x) - first).days / (last - first).days * room
        left -= wide if place == "middle left" else 0
        assert left >= -look.EDGE - margin.l, text
        assert left + wide <= room + 22, text
        half = events_chart.LINE / 2 * len(lines)
        boxes.append((y - half, y + half))
    assert all(above[1] <= below[0] for above, below in pairwise(boxes))


def test_undated_events_are_counted_below_the_title(atlas):
    undated = tuple(one for one in events.all_events(atlas) if not one.date)
    assert events_chart.chart(atlas, undated, "A title", LOOKS[0]) is None
    assert f"{len(undated)} events without a date" in words(of_events(atlas), "subtitle")


# Publication of the plans


@each("look_", LOOKS)
def test_dates_of_publication_are_those_of_the_table(atlas, look_: Look):
    marks = list(points(publication.chart(atlas, look_)))
    assert {tuple(mark.key.split(":")[:2]) for mark in marks} == {
        (row["code"], row["published"]) for row in PUBLISHED
    }
    used = {row["code"]: row["published"] for row in rows("plans") if row["published"]}
    filled = {tuple(m.key.split(":")[:2]) for m in marks if not m.symbol.endswith("-open")}
    assert filled == set(used.items())
    assert {m.key.split(":")[2] for m in marks} <= {row["how"] for row in PUBLISHED}
    ys = {}
    for mark in marks:
        code, day = mark.key.split(":")[:2]
        known = {10: "day", 7: "month", 4: "year"}[len(day)]
        for said in (SHORT[code], f"Known to the: {known}", "Published: ", "Source: "):
            assert said in mark.tip
        if mark.trace.yaxis == "y" and not mark.symbol.endswith("-open"):
            ys[code] = mark.y
    ordered = [dates.place(used[code]) for code in sorted(ys, key=ys.__getitem__)]
    assert set(ys) == set(used)
    assert ordered == sorted(ordered)
    listed = publication.choices(atlas)
    assert set(listed) == {mark.key for mark in marks}
    assert len(set(listed.values())) == len(listed)


@each("look_", LOOKS)
def test_days_months_and_years_are_drawn_differently(atlas, look_: Look):
    ends: dict[str, list[float]] = {}
    for mark in points(publication.chart(atlas, look_)):
        ends.setdefault(mark.key, []).append(mark.x)
    for key, found in ends.items():
        day = key.split(":")[1]
        low, high = (end - date(2016, 6, 1) for end in dates.span(day))
        if (low < timedelta(0) and len(day) > 4) or day >= "2017":
            assert len(found) == 1, "outside of the axis one mark is in a box"
            assert found[0] < 0 or found[0] > 213
        elif len(day) == 4:
            assert sorted(found) == [-publication.BOX, high.days]
        else:
            assert sorted({*found}) == sorted({low.days, high.days})


@each("look_", LOOKS)
def test_no_date_lies_on_another(atlas, look_: Look):
    chart = publication.chart(atlas, look_)
    low, high = chart.figure.layout.xaxis.range
    margin = chart.figure.layout.margin
    boxes: dict[str, list[tuple[str, float, float, float]]] = {}
    for mark in points(chart):
        x = (mark.x - low) / (high - low) * (look_.width - margin.l - margin.r)
        text = mark.text.replace("<b>", "").replace("</b>", "")
        right = x + look.MARK / 2 + look.width_of(text, look.SMALL, bold=True)
        assert right <= look_.width, mark
        boxes.setdefault(mark.trace.yaxis, []).append((mark.key, x - look.MARK / 2, right, mark.y))
    for of_panel in boxes.values():
        for one, other in combinations(of_panel, 2):
            apart = one[2] <= other[1] or other[2] <= one[1] or abs(one[3] - other[3]) >= 11
            assert apart or one[0] == other[0], (one, other)


def test_deadlines_are_drawn_because_the_national_events_have_them(atlas):
    known = {row["date"] for row in EVENTS if row["code"] == "ENG"}
    assert {"2016-06-30", "2016-10-21"} <= known
    layout = publication.chart(atlas, LOOKS[0]).figure.layout
    assert {line.x0 for line in layout.shapes} == {29, 142}
    said = {note.text for note in layout.annotations}
    assert {"<b>Drafts due 30 June</b>", "<b>Plans due 21 October</b>"} <= said


def test_plans_without_a_date_are_named(atlas):
    none = {row["code"] for row in rows("plans")} - {row["code"] for row in PUBLISHED}
    names = {row["code"]: row["name"] for row in rows("footprints")}
    said = publication.without_a_date(atlas)
    assert all(names[code] in said for code in none)
    chart = publication.chart(atlas, LOOKS[0])
    assert f"{len(none)} plans have no date" in words(chart, "subtitle")


def test_selected_marks_get_a_ring_and_a_flow_a_stronger_band(atlas):
    assert ring_of(of_events(atlas, chosen="1")).x[0] == "2014-10-23"
    chart = publication.chart(atlas, LOOKS[0], "E54000017:2016-10-24:by_council")
    assert ring_of(chart).x[0] == (date(2016, 10, 24) - date(2016, 6, 1)).days
    key = "E54000005:E54000051"
    chart = successors.chart(atlas, successor_bodies.changed(atlas), LOOKS[0], key)
    assert ring_of(chart)
    link = chart.figure.data[0].link
    pairs = zip(link.customdata, link.color, strict=True)
    assert [data[0] for data, colour in pairs if colour.endswith("0.85)")] == [key]


# Successor bodies


def expected_flows() -> dict[str, tuple[float, float]]:
    """Share and people of each footprint's part in each board, from the raw tables."""
    people: Counter[str] = Counter()
    for row in rows("places"):
        people[row["code"]] += int(row["population"])
    return {
        f"{row['code']}:{row['successor']}": (share, share * people[row["code"]])
        for row in rows("successors")
        if (share := float(row["population_share"]))
    }


def unchanged() -> set[str]:
    """Footprints that became one board without others."""
    table = rows("successors")
    from_, into = (Counter(row[name] for row in table) for name in ("code", "successor"))
    return {row["code"] for row in table if from_[row["code"]] == into[row["successor"]] == 1}


@each("look_", LOOKS)
@each("which", ["changed", "all"])
def test_bands_marks_and_names_are_those_of_the_table(atlas, which: str, look_: Look):
    flows = successor_bodies.flows(atlas) if which == "all" else successor_bodies.changed(atlas)
    wanted = {
        key: flow
        for key, flow in expected_flows().items()
        if which == "all" or key.partition(":")[0] not in unchanged()
    }
    chart = successors.chart(atlas, flows, look_)
    link = chart.figure.data[0].link
    bands = {
        data[0]: (data, value) for data, value in zip(link.customdata, link.value, strict=True)
    }
    marks = {mark.key: mark for mark in points(chart)}
    assert set(bands) == set(marks) == set(wanted)
    for key, (share, people) in wanted.items():
        data, value = bands[key]
        assert value == round(people)
        assert data[2] == f"{people:,.0f}"
        assert float(data[3].rstrip("%")) == pytest.approx(share * 100, abs=0.05)
        assert data[2] in marks[key].tip
        assert (marks[key].symbol == "diamond") == (share < 0.5)
    notes = [note for note in chart.figure.layout.annotations if note.yref == "y"]
    sides = [{key.split(":")[side] for key in wanted} for side in (0, 1)]
    assert len(notes) == sum(map(len, sides))
    called = [data[0].replace("<br>", " ") for data in chart.figure.data[0].node.customdata]
    boards = {row["successor"]: row["successor_name"] for row in rows("successors")}
    for data, source, target in zip(link.customdata, link.source, link.target, strict=True):
        code, board = data[0].split(":")
        assert called[source] == SHORT[code]
        assert called[target] in boards[board]
    size = look.SMALL if look_.narrow else look.LABEL
    rooms = {"right": 82, "left": 102} if look_.narrow else {"right": 152, "left": 168}
    for side, room in rooms.items():
        ends = []
        for note in (note for note in notes if (note.align or "left") == side):
            lines = note.text.partition("<span")[0].removesuffix("<br>").split("<br>")
            assert max(look.width_of(line, size) for line in lines) <= room + look.EDGE, note.text
            half = successors.LINE * len(note.text.split("<br>")) / 2
            ends.append((note.y - half, note.y + half))
        assert all(above[1] <= below[0] for above, below in pairwise(sorted(ends)))


@each("look_", LOOKS)
def test_uprights_do_not_overlap_and_have_the_scale_of_the_bands(atlas, look_: Look):
    """Plotly gives uprights a share of the height; what it is given must come to ours."""
    flows = successor_bodies.changed(atlas)
    chart = successors.chart(atlas, flows, look_)
    sankey = chart.figure.data[0]
    height = chart.figure.layout.yaxis.range[0]
    most = max(len({f.code for f in flows}), len({f.board for f in flows}))
    scale = (height - (most - 1) * sankey.node.pad) / sum(sankey.link.value)
    assert sankey.node.pad <= 2 / 3 * height / (most - 1) + 0.1, "Plotly takes no more"
    people = (float(data[1].replace(",", "")) for data in sankey.node.customdata)
    nodes = list(zip(sankey.node.x, sankey.node.y, people, strict=True))
    for side in (0.001, 0.999):
        ends = sorted(
            (y * height - of * scale / 2, y * height + of * scale / 2)
            for x, y, of in nodes
            if x == side
        )
        assert ends[0][0] >= -0.5
        assert ends[-1][1] <= height + 0.5
        assert all(above[1] <= below[0] for above, below in pairwise(ends))


def test_without_flows_there_is_no_diagram(atlas):
    assert successors.chart(atlas, (), LOOKS[0]) is None


@each("look_", LOOKS)
def test_a_picture_has_title_source_and_publisher(atlas, look_: Look):
    for chart in (
        of_events(atlas, look_),
        publication.chart(atlas, look_),
        successors.chart(atlas, successor_bodies.changed(atlas), look_),
    ):
        assert words(chart, "title") == chart.words.title
        assert words(chart, "subtitle") == chart.words.subtitle
        assert chart.words.source in words(chart, "source")
        assert "Not an official NHS service" in words(chart, "source")
        assert chart.words.title in chart.words.alt
