"""The Relate page: what it says of an address, what is listed, and where it leads."""

from __future__ import annotations

import re

import pytest
from each import each
from page_reader import (
    address,
    elements,
    is_fine,
    notices,
    page,
    rows,
    sections,
    source_of,
    text_of,
    widget,
)

from ui.parts import chrome

NAMES = {row["slug"]: row["name"] for row in rows("footprints")}
CODES = {row["slug"]: row["code"] for row in rows("footprints")}


def test_page_gives_the_coefficient_and_what_it_does_not_mean():
    at = page("relate")
    assert is_fine(at)
    assert notices(at) == []
    text = text_of(at)
    assert re.search(r"Spearman's rank correlation: −?0\.\d\d \(n = 44\)\.", text)
    assert "doesn't show that one causes the other" in text
    assert "only 44 areas" in text


@each(
    ("x", "y", "said"),
    [
        ("population", "priorities", "lower bounds"),
        ("population", "aged_65_over", "partly made of the other"),
        ("imd_2015_score", "income_deprived_share", "partly made of the other"),
        ("gap_per_head_nhs", "gap_per_head_nhs_care", "No footprint has figures for both"),
        ("gap_per_head_nhs", "rural_share", "too few to see a pattern"),
    ],
)
def test_cautions_fit_the_measures(x: str, y: str, said: str):
    assert said in text_of(page("relate", x=x, y=y))
    assert said not in text_of(page("relate", x="population", y="rural_share"))


def test_footprints_without_a_figure_are_named_and_counted():
    at = page("relate", x="gap_per_head_nhs", y="rural_share", area="dorset")
    assert is_fine(at)
    having = {
        row["code"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21"
        and row["preferred"] == "yes"
        and row["scope"] == "NHS"
    }
    text = text_of(at)
    assert f"(NHS only): {44 - len(having)} footprints, not shown in the chart" in text
    assert "Dorset has no figure for stated gap per person (NHS only)" in text


@each(
    ("query", "said"),
    [
        ({"x": "nonsense"}, "recognise that measure"),
        ({"y": "<script>"}, "recognise that measure"),
        ({"x": "population", "y": "population"}, "two different measures"),
        ({"x": "life_years_lost"}, "two different measures"),
        ({"area": "atlantis"}, "not one of the 44"),
        ({"areas": "dorset,atlantis"}, "it is left out"),
        ({"areas": "x" * 3000}, "it is left out"),
    ],
)
def test_bad_address_gives_a_sentence_and_a_chart(query: dict[str, str], said: str):
    at = page("relate", **query)
    assert is_fine(at)
    assert any(said in notice for notice in notices(at)), notices(at)
    assert "<script>" not in "".join(map(source_of, elements(at)))
    assert len(at.get("plotly_chart")) == 1
    assert widget(at, "Horizontal axis").value != widget(at, "Vertical axis").value


def test_selected_are_listed_with_both_figures_and_lead_to_compare_and_a_file():
    at = page("relate", x="rural_share", y="population", areas="devon,dorset,somerset")
    found = "".join(sections(at)["Selected footprints"])
    figures = {(row["measure"], row["code"]): float(row["value"]) for row in rows("measured")}
    for slug in ("devon", "dorset", "somerset"):
        (line,) = re.findall(rf">{NAMES[slug]}</a>.*?</tr>", found)
        rural, people, *_ = re.findall(r"<td>([^<]*)", line)
        assert rural == f"{figures['rural_share', CODES[slug]]:.1f}%"
        assert people == f"{figures['population', CODES[slug]]:,.0f}"
    assert 'href="compare?areas=devon,dorset,somerset"' in found
    assert "x=rural_share&amp;y=population&amp;areas=devon,dorset,somerset" in found
    assert "Compare these 3 footprints" in found


@each("areas", ["dorset", ",".join(list(NAMES)[:6])])
def test_compare_takes_two_to_five(areas: str):
    found = "".join(sections(page("relate", areas=areas))["Selected footprints"])
    assert "Compare these" not in found
    assert "select 2 to 5" in found


def test_choices_are_written_to_the_address():
    at = page("relate")
    at = widget(at, "Horizontal axis").select("rural_share").run()
    assert address(at) == {"x": "rural_share"}
    at = widget(at, "Highlighted footprint").select("dorset").run()
    assert address(at) == {"x": "rural_share", "area": "dorset"}
    at = widget(at, "Footprints").select(CODES["devon"]).run()
    assert address(at) == {"x": "rural_share", "area": "dorset", "areas": "devon"}


def test_frame_has_the_chart_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chrome, "embedded", lambda: True)
    at = page("relate", x="rural_share")
    assert len(at.get("plotly_chart")) == 1
    assert not at.header
    assert not at.selectbox
