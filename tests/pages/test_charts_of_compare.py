"""The charts of the Compare page, read from their figures and set against the page's tables."""

from __future__ import annotations

import re
import statistics

import pytest
from charts_reader import points, words
from each import each
from page_reader import is_fine, page, plain, rows, sections

import stp_data
from stp_data.core import wording
from stp_data.overview import comparing
from ui.charts import compare
from ui.charts.look import Look
from ui.compare import tables
from ui.parts import chrome

LOOKS = (Look(), Look(dark=True, narrow=True))
NAMES = {row["code"]: row["name"] for row in rows("footprints")}
SHORT = {row["code"]: row["short_name"] for row in rows("short_names")}
LABELS = {row["theme"]: row["label"] for row in rows("themes")}


def codes(*names: str) -> tuple[str, ...]:
    return tuple(code for name in names for code, found in NAMES.items() if found == name)


PAIR = codes("Dorset", "Devon")
FIVE = codes(
    "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby",
    "Birmingham and Solihull", "Dorset", "Devon", "Greater Manchester",
)  # fmt: skip
MEASURED: dict[str, dict[str, float]] = {}
for row in rows("measured"):
    MEASURED.setdefault(row["measure"], {})[row["code"]] = float(row["value"])
KEYS = {row["label"]: row["measure"] for row in rows("measures")}


@pytest.fixture(scope="module")
def atlas():
    return stp_data.load()


@each("look_", LOOKS)
@each("chosen", [PAIR, FIVE])
def test_scores_are_distances_from_england(atlas, chosen: tuple[str, ...], look_: Look):
    chart = compare.scores(atlas, chosen, look_)
    seen: dict[str, set[str]] = {}
    for point in points(chart):
        key = next(
            key for name, key in KEYS.items() if f" {name}: " in point.tip.replace("</b>", "")
        )
        every = MEASURED[key]
        deviation = statistics.pstdev(v for code, v in every.items() if code != "ENG")
        expected = (every[point.key] - every["ENG"]) / deviation
        assert point.x == pytest.approx(expected, abs=0.006), key
        assert point.trace.name == SHORT[point.key]
        seen.setdefault(key, set()).add(point.key)
    assert len(seen) > 10
    assert all(found == set(chosen) for found in seen.values())
    assert "population" not in seen, "how big a place is says not what it is like"
    ticks = dict(
        zip(chart.figure.layout.xaxis.tickvals, chart.figure.layout.xaxis.ticktext, strict=True)
    )
    assert ticks[0] == "England"


def test_each_footprint_has_a_colour_and_a_shape(atlas):
    kinds = compare.kinds(atlas, FIVE)
    assert len({one.colour for one in kinds}) == len({one.shape for one in kinds}) == 5


@each("chosen", [PAIR, FIVE])
def test_scores_in_the_table_are_those_of_the_chart(atlas, chosen: tuple[str, ...]):
    table = tables.differences(atlas, chosen).split("<caption>Population")[0]
    shown = re.findall(r"<td>([^<(]+) <small>\(([+−]?[\d.]+)\)</small>", table)
    drawn = sorted(
        (point.tip for point in points(compare.scores(atlas, chosen, LOOKS[0]))),
    )
    assert len(shown) == len(drawn)
    for figure, score in shown:
        assert any(f": {figure} " in tip and tip.endswith(f"score: {score}") for tip in drawn), (
            figure
        )


@each("look_", LOOKS)
@each("chosen", [PAIR, FIVE])
def test_themes_are_as_firm_as_the_table_says(atlas, chosen: tuple[str, ...], look_: Look):
    chart = compare.themes(atlas, chosen, look_)
    table = tables.themes(atlas, chosen).partition("<tbody>")[2]
    cells = {
        plain(head).split(" named by")[0]: re.findall(r"<td>(.*?)</td>", line)
        for head, line in re.findall(r"<tr><th>(.*?)</th>((?:<td>.*?</td>)+)</tr>", table)
    }
    assert len(cells) > 10
    firm = {"priority": 3, "workstream": 3, "programme": 3, "aim": 2, "proposal": 2}
    degrees = {label: degree for degree, label in compare.DEGREES.items()}
    found = set()
    for point in points(chart):
        code, _, theme = point.key.partition(":")
        cell = cells[LABELS[theme]][chosen.index(code)]
        word = re.match(r"<b>(\w+)</b>", cell)
        assert degrees[point.trace.name] == (firm[word[1]] if word else 0)
        assert ("may still be in the plan" in point.tip) == (not cell)
        assert point.x == chosen.index(code) + 0.5
        found.add((code, theme))
    assert len(found) == len(cells) * len(chosen), "each theme has a mark for each footprint"


def test_themes_shared_by_all_stand_first_and_their_number_is_the_title(atlas):
    chart = compare.themes(atlas, PAIR, LOOKS[0])
    groups = [note for note in chart.figure.layout.annotations if note.name == "group"]
    number = re.search(r"Found for both: (\d+)", groups[0].text)
    assert number
    assert (
        chart.words.title
        == f"Both plans name at least {wording.count(int(number[1]), 'theme', 'themes')}"
    )
    assert "not found in the documents read" in words(chart, "subtitle")


@each("look_", LOOKS)
@each("chosen", [PAIR, FIVE])
def test_gaps_stand_in_panels_of_one_scope(atlas, chosen: tuple[str, ...], look_: Look):
    wanted = {
        row["facts"].split()[0]: row
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21" and row["code"] in chosen
    }
    chart = compare.stated_gaps(atlas, chosen, look_)
    panels: dict[str, set[str]] = {}
    found = set()
    for point in points(chart):
        row = wanted[point.key]
        ends = [float(row["value"]), float(row["value_to"] or row["value"])]
        per_person = [end * 1e6 / MEASURED["population"][row["code"]] for end in ends]
        assert any(point.x == pytest.approx(end, abs=0.006) for end in per_person)
        assert SHORT[row["code"]] in point.tip
        panels.setdefault(point.trace.yaxis, set()).add(row["scope"])
        found.add(point.key)
    assert found == set(wanted)
    assert all(len(scopes) == 1 for scopes in panels.values())


def test_gaps_of_the_chart_are_in_the_table(atlas):
    table = tables.gaps(atlas, FIVE)
    for point in points(compare.stated_gaps(atlas, FIVE, LOOKS[0])):
        amount = re.search(r"<b>[^:]+: (.*?)</b>", point.tip)
        assert amount
        assert f"<b>{amount[1]}</b>" in table


def test_without_a_gap_there_is_no_chart_but_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(comparing, "stated_gaps", lambda _atlas, _code: [])
    compare.stated_gaps.cache_clear()
    at = page("compare", areas="dorset,devon")
    compare.stated_gaps.cache_clear()
    assert is_fine(at)
    assert len(at.get("plotly_chart")) == 2
    assert "We found no yearly gap" in "".join(sections(at)["Stated funding gaps"])


@each(("section", "charts"), [("themes", 1), ("nonsense", 3), (None, 3)])
def test_frame_has_the_chart_that_it_names(
    monkeypatch: pytest.MonkeyPatch, section: str | None, charts: int
):
    monkeypatch.setattr(chrome, "embedded", lambda: True)
    at = page("compare", areas="dorset,devon", **({"section": section} if section else {}))
    assert len(at.get("plotly_chart")) == charts
    assert not at.header
