"""The home page without a browser: what an address and a changed widget make of it."""

from __future__ import annotations

import json
import re

import page_reader as page
import pytest
from each import each
from raw_themes import LABELS as THEMES
from raw_themes import named

import stp_data
from stp_data.places import measures

FOOTPRINTS = page.rows("footprints")
MAPPED = [row["measure"] for row in page.rows("measures") if row["mapped"] == "yes"]
LABELS = {row["measure"]: row["label"] for row in page.rows("measures")}
REGIONS = {row["nhs_region"].lower().replace(" ", "-"): row["nhs_region"] for row in FOOTPRINTS}
DEFAULT_MEASURE = "aged_65_over_share"
VIEWS = ("map", "hexes", "table")
CODES = {row["code"]: row["name"] for row in FOOTPRINTS}
SCRIPT = "<script>alert(1)</script>"


def figures(measure: str) -> dict[str, float]:
    return {
        row["code"]: float(row["value"])
        for row in page.rows("measured")
        if row["measure"] == measure and row["code"] in CODES
    }


def view_shown(at) -> str:
    """Which of the three drawings is on the page, whatever the buttons say."""
    if at.get("deck_gl_json_chart"):
        return "map"
    drawn = [json.loads(e.proto.json) for e in at.get("bidi_component") if e.proto.json]
    (kind,) = [data["kind"] for data in drawn if data.get("kind")]
    return kind


def test_page_opens_with_the_default_measure_on_the_map():
    at = page.explore()
    assert page.is_fine(at)
    assert [title.value for title in at.title] == ["England's 44 footprints"]
    assert view_shown(at) == "map"
    assert page.chosen(at) is None
    assert page.notices(at) == []
    assert page.address(at) == {}
    found, text = figures(DEFAULT_MEASURE), page.headline(at)
    for end in (max, min):
        code = end(found, key=found.get)
        assert CODES[code] in text
        assert f"{found[code]:.1f}%" in text


@each("view", VIEWS)
@each("measure", MAPPED)
def test_each_measure_renders_in_each_view(atlas: stp_data.Atlas, measure: str, view: str):
    at = page.explore(measure=measure, view=view, area="E54000010")
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert view_shown(at) == view
    assert page.headline(at) == measures.headline(atlas, measures.values(atlas, measure))
    assert LABELS[measure] in page.text_of(at)
    assert page.widget(at, page.MEASURE).value == measure


@each("measure", [DEFAULT_MEASURE, *(key for key in MAPPED if key.startswith("gap_"))])
@each("region", sorted(REGIONS))
def test_each_region_renders_with_its_footprints_alone(
    atlas: stp_data.Atlas, region: str, measure: str
):
    at = page.explore(region=region, measure=measure, view="table")
    assert page.is_fine(at)
    assert page.notices(at) == []
    found = measures.values(atlas, measure)
    assert page.headline(at) == measures.headline(atlas, found, REGIONS[region])
    assert page.widget(at, page.REGION).value == region
    numbers = {
        number
        for number, row in enumerate(FOOTPRINTS, start=1)
        if row["nhs_region"] == REGIONS[region]
    }
    assert {number for number, *_ in page.drawn(at, "table")["rows"]} == numbers


@each(
    "area",
    [
        "E54000007",
        "e54000007",
        "greater-manchester",
        "Greater Manchester",
        "Taking Charge of our Health and Social Care",
        "Greater Manchester Health and Social Care Partnership",
    ],
)
def test_area_is_chosen_by_code_slug_name_or_name_of_its_plan(area: str):
    at = page.explore(area=area)
    assert page.is_fine(at)
    assert page.chosen(at) == "Greater Manchester"
    assert page.page_links(at) == {"Open its page": "greater-manchester"}
    assert page.notices(at) == []


def test_every_footprint_can_be_chosen_and_its_panel_gives_its_people():
    people = figures("population")
    at = page.explore(view="table")
    for row in FOOTPRINTS:
        at.query_params["area"] = row["slug"]
        at.run()
        assert page.is_fine(at)
        assert page.chosen(at) == row["name"]
        assert f"{people[row['code']]:,.0f} people in mid-2017" in page.text_of(at)


@each(
    ("query", "said"),
    [
        ({"area": "nonsense"}, "that area as one of the 44 footprints."),
        ({"area": SCRIPT}, "that area as one of the 44 footprints."),
        ({"area": "x" * 10_000}, "that area as one of the 44 footprints."),
        ({"area": ["nonsense", SCRIPT]}, "that area as one of the 44 footprints."),
        ({"area": "[click](https://example.org) **x** $x$ :red[x]"}, "that area as one of the 44"),
        ({"area": "dorset\x00"}, None),
        ({"measure": "nonsense"}, "that measure, so this shows share of people aged 65"),
        ({"measure": SCRIPT}, "that measure"),
        ({"measure": "population_stated"}, "that measure"),
        ({"measure": "x" * 10_000}, "that measure"),
        ({"measure": ["population", "nonsense"]}, "that measure"),
        ({"view": "globe"}, "that view, so this shows the map."),
        ({"view": SCRIPT}, "that view"),
        ({"region": "atlantis"}, "that region, so this shows all of England."),
        ({"region": SCRIPT}, "that region"),
        ({"unheard": SCRIPT}, None),
    ],
)
def test_what_cannot_be_followed_gets_a_sentence_and_the_default_view(
    query: dict[str, object], said: str | None
):
    at = page.explore(**query)
    assert page.is_fine(at)
    if said:
        (notice,) = page.notices(at)
        assert notice.startswith(f"We don't recognise {said}")
        assert page.chosen(at) is None
    assert view_shown(at) == "map"
    assert page.widget(at, page.MEASURE).value == DEFAULT_MEASURE
    assert page.widget(at, page.REGION).value is None
    drawn = " ".join(str(element.proto) for element in page.elements(at))
    for words in ("<script", "alert(1)", "example.org", "xxxxxxxx"):
        assert words not in drawn


def test_several_bad_values_get_a_sentence_each_and_a_misspelling_a_suggestion():
    at = page.explore(area="Gloustershire", measure="x", view="x", region="x")
    assert page.is_fine(at)
    assert len(page.notices(at)) == 4
    assert "Did you mean one of these: Gloucestershire" in page.notices(at)[0]


def test_of_a_repeated_parameter_one_valid_value_is_followed():
    at = page.explore(area=["somerset", "dorset"], view=["map", "table"])
    assert page.is_fine(at)
    assert page.chosen(at) in ("Somerset", "Dorset")
    assert page.notices(at) == []


def test_changed_widgets_write_the_address_and_defaults_stay_out_of_it():
    at = page.explore(measure="nonsense", area="dorset")
    page.choose(at, page.MEASURE, LABELS["population"])
    assert page.notices(at) == []
    page.choose(at, page.VIEW, "Table")
    page.choose(at, page.REGION, "London")
    shown = {"measure": "population", "view": "table", "region": "london", "area": "dorset"}
    assert page.address(at) == shown
    assert view_shown(at) == "table"
    assert page.chosen(at) == "Dorset"
    page.widget(at, "Clear selection").click().run()
    page.choose(at, page.MEASURE, LABELS[DEFAULT_MEASURE])
    assert page.address(at) == {"view": "table", "region": "london"}
    assert page.chosen(at) is None
    page.choose(at, page.VIEW, "Map")
    page.widget(at, page.REGION).set_value(None).run()
    assert page.address(at) == {}
    assert page.is_fine(at)


@each(
    ("query", "slug"),
    [
        ("Cheltenham", "gloucestershire"),
        ("NHS Wigan Borough CCG", "greater-manchester"),
        ("royal cornwall", "cornwall-and-the-isles-of-scilly"),
        ("E54000041", "dorset"),
        ("  dorset ", "dorset"),
    ],
)
def test_search_with_one_certain_hit_chooses_it_and_keeps_the_rest(query: str, slug: str):
    at = page.explore(measure="density", view="table")
    page.search(at, query)
    assert page.is_fine(at)
    assert page.address(at) == {"measure": "density", "view": "table", "area": slug}
    assert page.chosen(at) == next(row["name"] for row in FOOTPRINTS if row["slug"] == slug)


@pytest.mark.parametrize("council", ["Birmingham", "High Peak", "Waverley"])
def test_search_for_a_split_council_offers_every_footprint_with_its_share(council: str):
    parts = {
        CODES[row["code"]]: 100 * float(row["share"])
        for row in page.rows("places")
        if row["lad_name"] == council
    }
    at = page.explore()
    page.search(at, council)
    assert page.is_fine(at)
    assert page.address(at) == {}
    assert [button.label for button in at.button] == sorted(parts, key=parts.get, reverse=True)
    shown = [float(number) for number in re.findall(r"([\d.]+)% of its people", page.text_of(at))]
    assert shown == pytest.approx(sorted(parts.values(), reverse=True), abs=0.06)
    second = min(parts, key=parts.get)
    page.widget(at, second).click().run()
    assert page.chosen(at) == second


@each("query", ["qwertyuiopzzz", SCRIPT, "🙃🙃🙃", "%%%%", "0' OR 1=1 --"])
def test_search_for_nonsense_says_that_nothing_was_found(query: str):
    at = page.explore()
    page.search(at, query)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert "Nothing found" in notice
    assert page.address(at) == {}
    box, data = page.search_box(at)
    assert data["text"] == query
    others = [e for e in page.elements(at) if getattr(e.proto, "id", "") != box]
    assert "alert(1)" not in " ".join(str(element.proto) for element in others)


@each(
    ("query", "links"),
    [
        (
            {"measure": "density", "region": "london", "theme": "stroke"},
            ["download/view.csv?measure=density&region=london",
             "chart/map.svg?measure=density&region=london"],
        ),
        (
            {"measure": "priorities", "theme": "stroke"},
            ["download/shared.csv?theme=stroke", "priorities?theme=stroke",
             "chart/map.png?measure=priorities&theme=stroke"],
        ),
        ({"measure": "priorities"}, ["download/matrix.csv", "chart/map.png?measure=priorities"]),
    ],
)  # fmt: skip
def test_files_and_sources_are_of_what_is_shown(query: dict[str, str], links: list[str]):
    at = page.explore(**query)
    html = "".join(map(page.source_of, page.elements(at))).replace("&amp;", "&")
    for link in links:
        assert f'href="{link}"' in html


# Priorities on the map


def test_number_of_priorities_found_or_one_theme_can_be_mapped():
    at = page.choose(page.explore(), page.MEASURE, "Priorities found")
    assert page.address(at) == {"measure": "priorities"}
    assert page.is_fine(at)
    per_plan = [sum(code in codes for codes in named().values()) for code in CODES]
    broad = sum(2 * number > len(THEMES) for number in per_plan)
    assert page.headline(at).startswith(f"At least {broad} of 44 plans name more than half of")
    at = page.choose(at, "Theme", "Stroke")
    assert page.address(at) == {"measure": "priorities", "theme": "stroke"}
    number = len(named()["stroke"])
    words = f"At least {number} of 44 plans name stroke, in the documents read"
    assert page.headline(at) == words
    assert "not found in the documents read" in page.text_of(at)
    at = page.choose(at, page.MEASURE, "Share of people under 18")
    assert page.address(at) == {"measure": "under_18_share"}


def test_unknown_theme_is_said_and_passed_over():
    at = page.explore(measure="priorities", theme="magic")
    assert page.is_fine(at)
    assert page.notices(at) == ["We don't recognise that theme, so this shows all themes."]
