"""The page Relate: what it says of an address, what is listed, and what leads on."""

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
X, Y = "Measure across (x)", "Measure up (y)"


def test_the_page_says_the_coefficient_and_what_it_does_not_mean():
    at = page("relate")
    assert is_fine(at)
    assert notices(at) == []
    text = text_of(at)
    assert re.search(r"Spearman's rank correlation: −?0\.\d\d \(n = 44\)\.", text)
    assert "doesn't show that one causes the other" in text
    assert "only 44 areas" in text
    assert "average" in text


def test_themes_are_called_lower_bounds():
    text = text_of(page("relate", x="population", y="priorities"))
    assert "lower bounds" in text
    assert "number of themes named (at least)" in text.lower()


def test_measures_that_share_parts_are_said_to():
    said = "partly made of the other"
    assert said in text_of(page("relate", x="population", y="aged_65_over"))
    assert said in text_of(page("relate", x="imd_2015_score", y="income_deprived_share"))
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
    assert "Too few" in text or "too few" in text


def test_two_scopes_have_no_footprint_in_common_and_the_page_says_so():
    at = page("relate", x="gap_per_head_nhs", y="gap_per_head_nhs_care")
    assert is_fine(at)
    assert "No footprint has figures for both" in text_of(at)
    assert not at.get("plotly_chart")


@each(
    ("query", "said"),
    [
        ({"x": "nonsense"}, "address gives for x"),
        ({"y": "<script>"}, "address gives for y"),
        ({"x": "population", "y": "population"}, "two different measures"),
        ({"x": "life_years_lost"}, "two different measures"),
        ({"area": "atlantis"}, "not one of the 44"),
        ({"areas": "dorset,atlantis"}, "it is left out"),
        ({"areas": "x" * 3000}, "more areas than there are"),
    ],
)
def test_odd_addresses_give_a_sentence_and_a_chart(query: dict[str, str], said: str):
    at = page("relate", **query)
    assert is_fine(at)
    assert any(said in notice for notice in notices(at)), notices(at)
    assert "<script>" not in "".join(map(source_of, elements(at)))
    assert len(at.get("plotly_chart")) == 1
    assert widget(at, X).value != widget(at, Y).value


def test_the_selected_are_listed_with_both_figures_and_lead_to_compare_and_a_file():
    at = page("relate", x="rural_share", y="population", areas="devon,dorset,somerset")
    found = "".join(sections(at)["Selected footprints"])
    figures = {
        (row["measure"], row["code"]): row["value"]
        for row in rows("measured")
        if row["measure"] in ("rural_share", "population")
    }
    lines = re.findall(r"<tr><th>(.*?)</th>(.*?)</tr>", found)
    by_name = {re.sub(r"<[^>]+>.*|South.*", "", head[head.find(">") + 1 :]): c for head, c in lines}
    for slug in ("devon", "dorset", "somerset"):
        cells = re.findall(r"<td>([^<]*)", by_name[NAMES[slug]])
        assert cells[0] == f"{float(figures['rural_share', CODES[slug]]):.1f}%"
        assert cells[1] == f"{float(figures['population', CODES[slug]]):,.0f}"
    assert 'href="compare?areas=devon,dorset,somerset"' in found
    assert "x=rural_share&amp;y=population&amp;areas=devon,dorset,somerset" in found
    assert "Compare these 3 footprints" in found


@each(("areas", "compared"), [("dorset", False), (",".join(list(NAMES)[:6]), False)])
def test_compare_takes_two_to_five(areas: str, compared: bool):
    found = "".join(sections(page("relate", areas=areas))["Selected footprints"])
    assert ("Compare these" in found) == compared
    assert "select 2 to 5" in found


def test_choices_are_written_to_the_address():
    at = page("relate")
    at = widget(at, X).select("rural_share").run()
    assert address(at) == {"x": "rural_share"}
    at = widget(at, "Footprint to mark").select(CODES["dorset"]).run()
    assert address(at) == {"x": "rural_share", "area": "dorset"}
    at = widget(at, "Footprints selected").select(CODES["devon"]).run()
    assert address(at) == {"x": "rural_share", "area": "dorset", "areas": "devon"}


def test_a_frame_has_the_chart_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chrome, "embedded", lambda: True)
    at = page("relate", x="rural_share")
    assert len(at.get("plotly_chart")) == 1
    assert not at.header
    assert not at.selectbox
