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
from stp_data.history import publication_dates, reported_events, successor_bodies
from stp_data.history.reported_events import Wanted
from ui.charts import events, look, publication, successors
from ui.charts.look import Chart, Look

LOOKS = (Look(), Look(dark=True, narrow=True))
EVENTS = rows("events")
PUBLISHED = rows("publications")
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}
DORSET = "E54000041"


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


def at_pixel(chart: Chart, look_: Look, x: float) -> float:
    """How far along the plot a value lies, on the least screen."""
    low, high = chart.figure.layout.xaxis.range
    margin = chart.figure.layout.margin
    return (x - low) / (high - low) * (look_.width - margin.l - margin.r)


# Events


def of_events(atlas, look_: Look = LOOKS[0], chosen: str = "", **wanted: str) -> Chart | None:
    found = reported_events.find(atlas, Wanted(**wanted))
    return events.chart(atlas, found, "A title", look_, chosen)


def happened(**wanted: str) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Rows of the raw table with these cells, those of one happening together."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for number, row in enumerate(EVENTS):
        if all(row[name] == value for name, value in wanted.items()):
            found.setdefault((row["code"], row["happening"] or str(number)), []).append(row)
    return found


@each("look_", LOOKS)
@each(
    ("asked", "cells"),
    [
        ({}, {}),
        ({"who": "national"}, {"code": "ENG"}),
        ({"who": "local", "code": DORSET}, {"code": DORSET}),
        ({"kind": "finance"}, {"kind": "finance"}),
    ],
)
def test_every_dated_event_is_a_mark_on_its_date(atlas, asked, cells, look_: Look):
    told = [told for told in happened(**cells).values() if any(row["date"] for row in told)]
    marks = list(points(of_events(atlas, look_, **asked)))
    assert len({mark.key for mark in marks}) == len(marks) == len(told)
    by_mark = reported_events.by_mark(atlas)
    for mark in marks:
        one = by_mark[mark.key]
        low, high = dates.span(one.date)
        at = date.fromisoformat(mark.x)
        if not one.differs:
            assert low <= at <= high
        assert all(word in mark.tip for word in ("Source: ", "Confidence: "))
        assert SHORT.get(one.code, "England") in mark.tip
        assert " ".join(one.told[0].summary.rstrip(".").split()[:3]) in mark.tip
    exact = Counter(mark.trace.name for mark in marks if not by_mark[mark.key].differs)
    lengths = Counter(
        len(min((r["date"] for r in one if r["date"]), key=dates.place)) for one in told
        if not _differ(one)
    )  # fmt: skip
    assert exact == Counter(
        {
            kind.label: lengths[length]
            for length, kind in events.BY_LENGTH.items()
            if lengths[length]
        }
    )


def _differ(told: list[dict[str, str]]) -> bool:
    days = {row["date"] for row in told}
    return any(not dates.agree(*pair) for pair in combinations(days, 2))


def test_a_day_a_month_a_year_and_different_dates_look_different(atlas):
    signs = {mark.trace.name: mark.symbol for mark in points(of_events(atlas))}
    assert len(set(signs.values())) == 4
    assert signs["Day known"] == "circle"
    lines = [trace for trace in of_events(atlas).figure.data if trace.name == "spans"]
    spans = {pair for line in lines for pair in zip(line.x[::3], line.x[1::3], strict=False)}
    assert ("2017-01-01", "2017-12-31") in spans
    # The merger of the north-east, in April or in August 2018.
    assert ("2018-04-01", "2018-08-31") in spans


@each("look_", LOOKS)
def test_national_events_have_their_words_clear_of_each_other(atlas, look_: Look):
    chart = of_events(atlas, look_, who="national")
    days = chart.figure.layout.xaxis.range
    first, last = (date.fromisoformat(day[:10]) for day in days)
    each_day = (look_.width - 2 * look.EDGE) / (last - first).days
    boxes = []
    for trace in chart.figure.data:
        if trace.name != "words":
            continue
        for x, y, text, place in zip(trace.x, trace.y, trace.text, trace.textposition, strict=True):
            lines = text.split("<br>")
            wide = max(look.width_of(line, look.SMALL) for line in lines)
            start = (date.fromisoformat(x) - first).days * each_day
            left = start - wide if place == "middle left" else start
            assert left >= -look.EDGE, text
            assert left + wide <= look_.width + 14, text
            boxes.append((y - 8 * len(lines), y + 8 * len(lines)))
    assert len(boxes) == len({row["happening"] for row in EVENTS if row["code"] == "ENG"})
    assert all(above[1] <= below[0] for above, below in pairwise(boxes))


@each("look_", LOOKS)
def test_no_event_of_a_swarm_lies_on_another(atlas, look_: Look):
    chart = of_events(atlas, look_, who="local")
    first, last = (date.fromisoformat(day[:10]) for day in chart.figure.layout.xaxis.range)
    each_day = (look_.width - 2 * look.EDGE) / (last - first).days
    spots = [(date.fromisoformat(mark.x).toordinal() * each_day, mark.y) for mark in points(chart)]
    assert len(spots) > 100
    for one, other in combinations(spots, 2):
        assert abs(one[0] - other[0]) >= events.SIZE - 1 or abs(one[1] - other[1]) >= events.SIZE


def test_a_chosen_event_gets_a_ring(atlas):
    (ring,) = [
        trace for trace in of_events(atlas, chosen="1").figure.data if trace.name == "chosen"
    ]
    assert list(ring.x) == ["2014-10-23"]


def test_without_a_date_there_is_no_chart(atlas):
    undated = tuple(one for one in reported_events.all_happenings(atlas) if not one.date)
    assert undated
    assert events.chart(atlas, undated, "A title", LOOKS[0]) is None
    assert events.chart(atlas, (), "A title", LOOKS[0]) is None
    number = len(undated)
    assert f"{number} events without a date" in words(of_events(atlas), "subtitle")


def test_every_event_can_be_chosen_from_the_list(atlas):
    found = reported_events.all_happenings(atlas)
    assert set(events.choices(atlas, found)) == {mark.key for mark in points(of_events(atlas))}


# Publication of the plans


def of_plans(atlas, look_: Look = LOOKS[0], chosen: str = "") -> Chart:
    return publication.chart(atlas, publication_dates.in_order(atlas), look_, chosen)


@each("look_", LOOKS)
def test_marks_are_the_dates_of_the_table(atlas, look_: Look):
    chart = of_plans(atlas, look_)
    marks = list(points(chart))
    assert {tuple(mark.key.split(":")[:2]) for mark in marks} == {
        (row["code"], row["published"]) for row in PUBLISHED
    }
    filled = {tuple(m.key.split(":")[:2]) for m in marks if not m.symbol.endswith("-open")}
    assert filled == {(row["code"], row["published"]) for row in rows("plans") if row["published"]}
    ways = {row["how"] for row in PUBLISHED}
    assert {m.key.split(":")[2] for m in marks} <= ways
    for mark in marks:
        assert SHORT[mark.key.split(":")[0]] in mark.tip
        assert all(word in mark.tip for word in ("Published: ", "Source: ", "Confidence: "))


@each("look_", LOOKS)
def test_days_months_and_years_are_told_apart(atlas, look_: Look):
    ends: dict[str, list[float]] = {}
    for mark in points(of_plans(atlas, look_)):
        ends.setdefault(mark.key, []).append(mark.x)
        known = {10: "day", 7: "month", 4: "year"}[len(mark.key.split(":")[1])]
        assert f"Known to the: {known}" in mark.tip
    first = date(2016, 6, 1)
    lengths = Counter()
    for key, found in ends.items():
        day = key.split(":")[1]
        low, high = (end - first for end in dates.span(day))
        if (low < timedelta(0) and len(day) > 4) or day >= "2017":
            assert len(found) == 1, "outside of the axis one mark stands in a box"
            assert found[0] < 0 or found[0] > 213
        elif len(day) == 4:
            assert sorted(found) == [-publication.BOX, high.days]
        else:
            assert sorted({*found}) == sorted({low.days, high.days})
        lengths[len(day)] += 1
    assert min(lengths[10], lengths[7], lengths[4]) >= 4


def test_the_plans_with_a_date_that_we_use_stand_in_its_order(atlas):
    used = {row["code"]: row["published"] for row in rows("plans") if row["published"]}
    ys = {}
    for mark in points(of_plans(atlas)):
        if mark.trace.yaxis == "y" and not mark.symbol.endswith("-open"):
            ys[mark.key.split(":")[0]] = mark.y
    ordered = sorted(ys, key=ys.__getitem__)
    assert set(ordered) == set(used)
    found = [dates.place(used[code]) for code in ordered]
    assert found == sorted(found)


@each("look_", LOOKS)
def test_no_date_lies_on_another(atlas, look_: Look):
    chart = of_plans(atlas, look_)
    boxes: dict[str, list[tuple[str, float, float, float]]] = {}
    for mark in points(chart):
        x = at_pixel(chart, look_, mark.x)
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
    layout = of_plans(atlas).figure.layout
    assert {line.x0 for line in layout.shapes} == {29, 142}
    said = {note.text for note in layout.annotations}
    assert {"<b>Drafts due 30 June</b>", "<b>Plans due 21 October</b>"} <= said


def test_plans_without_a_date_are_named(atlas):
    none = {row["code"] for row in rows("plans")} - {row["code"] for row in PUBLISHED}
    names = {row["code"]: row["name"] for row in rows("footprints")}
    said = publication.without_a_date(atlas)
    assert all(names[code] in said for code in none)
    assert f"{len(none)} plans have no date" in words(of_plans(atlas), "subtitle")
    assert publication.chart(atlas, tuple(none), LOOKS[0]) is None


def test_a_chosen_date_gets_a_ring(atlas):
    key = "E54000017:2016-10-24:by_council"
    (ring,) = [t for t in of_plans(atlas, chosen=key).figure.data if t.name == "chosen"]
    assert list(ring.x) == [(date(2016, 10, 24) - date(2016, 6, 1)).days]


def test_every_date_can_be_chosen_from_the_list(atlas):
    listed = publication.choices(atlas)
    assert set(listed) == {mark.key for mark in points(of_plans(atlas))}
    assert len(set(listed.values())) == len(listed)


# 44 to 42


def expected_flows() -> dict[str, tuple[float, float]]:
    """Share and people of each footprint's part in each board, from the raw tables."""
    people: Counter[str] = Counter()
    for row in rows("places"):
        people[row["code"]] += int(row["population"])
    return {
        f"{row['code']}:{row['successor']}": (
            float(row["population_share"]),
            float(row["population_share"]) * people[row["code"]],
        )
        for row in rows("successors")
    }


def whole() -> set[str]:
    """Footprints that became one board without others."""
    into: dict[str, set[str]] = {}
    for row in rows("successors"):
        into.setdefault(row["successor"], set()).add(row["code"])
    return {
        row["code"]
        for row in rows("successors")
        if row["population_share"] == "1.0" and len(into[row["successor"]]) == 1
    }


@each("look_", LOOKS)
@each("which", ["changed", "all"])
def test_bands_and_marks_are_the_shares_of_the_table(atlas, which: str, look_: Look):
    flows = successor_bodies.flows(atlas) if which == "all" else successor_bodies.changed(atlas)
    wanted = {
        key: flow
        for key, flow in expected_flows().items()
        if which == "all" or key.partition(":")[0] not in whole()
    }
    chart = successors.chart(atlas, flows, look_)
    (sankey,) = [trace for trace in chart.figure.data if trace.type == "sankey"]
    bands = dict(zip((data[0] for data in sankey.link.customdata), sankey.link.value, strict=True))
    assert set(bands) == set(wanted)
    for key, (_, people) in wanted.items():
        assert bands[key] == round(people)
    for data in sankey.link.customdata:
        share, people = wanted[data[0]]
        assert data[2] == f"{people:,.0f}"
        assert float(data[3].rstrip("%")) == pytest.approx(share * 100, abs=0.05)
    marks = {mark.key: mark for mark in points(chart)}
    assert set(marks) == set(wanted)
    for key, mark in marks.items():
        share, people = wanted[key]
        assert f"{people:,.0f}" in mark.tip
        assert (mark.symbol == "diamond") == (share < 0.5)


@each("look_", LOOKS)
@each("which", ["changed", "all"])
def test_names_of_a_side_do_not_overlap(atlas, which: str, look_: Look):
    flows = successor_bodies.flows(atlas) if which == "all" else successor_bodies.changed(atlas)
    chart = successors.chart(atlas, flows, look_)
    notes = [note for note in chart.figure.layout.annotations if note.yref == "y"]
    names = len({flow.code for flow in flows}) + len({flow.board for flow in flows})
    assert len(notes) == names
    for side in ("right", "left"):
        mine = [note for note in notes if (note.align or "left") == side]
        room = (94 - 12 if look_.narrow else 164 - 12) if side == "right" else (
            102 if look_.narrow else 168
        )  # fmt: skip
        size = look.SMALL if look_.narrow else look.LABEL
        ends = []
        for note in mine:
            lines = note.text.partition("<span")[0].removesuffix("<br>").split("<br>")
            assert max(look.width_of(line, size) for line in lines) <= room + look.EDGE, note.text
            half = successors.LINE * len(note.text.split("<br>")) / 2
            ends.append((note.y - half, note.y + half))
        ends.sort()
        assert all(above[1] <= below[0] for above, below in pairwise(ends))


def test_uprights_do_not_overlap_and_have_the_scale_of_the_bands(atlas):
    """Plotly gives uprights a share of the height; what it is given must come to ours."""
    for look_ in LOOKS:
        flows = successor_bodies.changed(atlas)
        chart = successors.chart(atlas, flows, look_)
        sankey = chart.figure.data[0]
        height = chart.figure.layout.yaxis.range[0]
        people = sum(sankey.link.value)
        most = max(len({f.code for f in flows}), len({f.board for f in flows}))
        scale = (height - (most - 1) * sankey.node.pad) / people
        assert sankey.node.pad <= 2 / 3 * height / (most - 1) + 0.1, "Plotly takes no more"
        for side in (0.001, 0.999):
            ends = sorted(
                (y * height - of * scale / 2, y * height + of * scale / 2)
                for x, y, of in zip(
                    sankey.node.x, sankey.node.y,
                    (float(data[1].replace(",", "")) for data in sankey.node.customdata),
                    strict=True,
                )
                if x == side
            )  # fmt: skip
            assert ends[0][0] >= -0.5
            assert ends[-1][1] <= height + 0.5
            assert all(above[1] <= below[0] for above, below in pairwise(ends))


def test_a_chosen_flow_gets_a_ring_and_a_stronger_band(atlas):
    key = "E54000005:E54000051"
    chart = successors.chart(atlas, successor_bodies.changed(atlas), LOOKS[0], key)
    sankey = chart.figure.data[0]
    strong = [
        data[0]
        for data, colour in zip(sankey.link.customdata, sankey.link.color, strict=True)
        if colour.endswith("0.85)")
    ]
    assert strong == [key]
    assert [trace.name for trace in chart.figure.data].count("chosen") == 1


def test_without_flows_there_is_no_diagram(atlas):
    assert successors.chart(atlas, (), LOOKS[0]) is None


@each("name", ["events", "publication", "successors"])
@each("look_", LOOKS)
def test_a_picture_says_what_who_and_when(atlas, name: str, look_: Look):
    chart = {
        "events": lambda: of_events(atlas, look_),
        "publication": lambda: of_plans(atlas, look_),
        "successors": lambda: successors.chart(atlas, successor_bodies.changed(atlas), look_),
    }[name]()
    assert chart.name == name
    assert words(chart, "title") == chart.words.title
    assert words(chart, "subtitle") == chart.words.subtitle
    assert chart.words.source in words(chart, "source")
    assert "Not an official NHS service" in words(chart, "source")
    assert chart.words.title in chart.words.alt
