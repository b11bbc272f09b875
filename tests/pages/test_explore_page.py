"""The home page without a browser: what an address and a changed widget make of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import page_reader as page
import pytest
from each import each

import stp_data
from stp_data.places import measures

FOOTPRINTS = page.rows("footprints")
MAPPED = [row["measure"] for row in page.rows("measures") if row["mapped"] == "yes"]
LABELS = {row["measure"]: row["label"] for row in page.rows("measures")}
REGIONS = {row["nhs_region"].lower().replace(" ", "-"): row["nhs_region"] for row in FOOTPRINTS}
DEFAULT_MEASURE = "aged_65_over_share"
VIEWS = ("map", "hexes", "table")
CODES = {row["code"]: row["name"] for row in FOOTPRINTS}


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
    kinds = [
        json.loads(element.proto.json).get("kind")
        for element in at.get("bidi_component")
        if element.proto.json
    ]
    (kind,) = [kind for kind in kinds if kind]
    return kind


def test_page_opens_with_title_map_and_headline_of_the_default_measure(atlas: stp_data.Atlas):
    at = page.explore()
    assert page.is_fine(at)
    assert [title.value for title in at.title] == ["England's 44 footprints"]
    assert page.headline(at) == measures.headline(atlas, measures.values(atlas, DEFAULT_MEASURE))
    assert view_shown(at) == "map"
    assert page.chosen(at) is None
    assert page.notices(at) == []
    assert page.address(at) == {}


def test_headline_names_the_highest_and_the_lowest_of_the_raw_figures():
    found = figures(DEFAULT_MEASURE)
    text = page.headline(page.explore())
    assert CODES[max(found, key=found.get)] in text
    assert CODES[min(found, key=found.get)] in text
    assert f"{max(found.values()):.1f}%" in text
    assert f"{min(found.values()):.1f}%" in text


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


@each("view", VIEWS)
@each("region", sorted(REGIONS))
def test_each_region_renders_in_each_view(atlas: stp_data.Atlas, region: str, view: str):
    at = page.explore(region=region, view=view)
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert view_shown(at) == view
    found = measures.values(atlas, DEFAULT_MEASURE)
    assert page.headline(at) == measures.headline(atlas, found, REGIONS[region])
    assert page.widget(at, page.REGION).value == region


@each("measure", [key for key in MAPPED if key.startswith("gap_")])
@each("region", sorted(REGIONS))
def test_measures_with_few_figures_render_in_every_region(region: str, measure: str):
    at = page.explore(region=region, measure=measure, view="hexes")
    assert page.is_fine(at)
    assert page.notices(at) == []


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_table_lists_only_the_footprints_of_the_region(region: str):
    at = page.explore(region=region, view="table")
    (table,) = [
        data
        for element in at.get("bidi_component")
        if element.proto.json and (data := json.loads(element.proto.json)).get("kind") == "table"
    ]
    numbers = {row["code"]: n for n, row in enumerate(FOOTPRINTS, start=1)}
    inside = {numbers[r["code"]] for r in FOOTPRINTS if r["nhs_region"] == REGIONS[region]}
    assert {row[0] for row in table["rows"]} == inside


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


@pytest.mark.parametrize("area", ["E54000041", "dorset"])
def test_panel_links_to_the_page_of_the_chosen_footprint(area: str):
    at = page.explore(area=area)
    assert page.page_links(at) == {"Open its page": "dorset"}


SCRIPT = "<script>alert(1)</script>"


@each(
    ("query", "word"),
    [
        ({"area": "nonsense"}, "area"),
        ({"area": SCRIPT}, "area"),
        ({"measure": "nonsense"}, "measure"),
        ({"measure": SCRIPT}, "measure"),
        ({"measure": "population_stated"}, "measure"),
        ({"view": "globe"}, "view"),
        ({"view": SCRIPT}, "view"),
        ({"region": "atlantis"}, "region"),
        ({"region": SCRIPT}, "region"),
        ({"area": "x" * 10_000}, "area"),
        ({"measure": "x" * 10_000}, "measure"),
        ({"area": ["nonsense", SCRIPT]}, "area"),
        ({"measure": ["population", "nonsense"]}, "measure"),
        ({"area": "dorset\x00"}, None),
        ({"area": "[click](https://example.org) **x** $x$ :red[x]"}, "area"),
        ({"unheard": SCRIPT}, None),
    ],
)
def test_what_cannot_be_followed_gets_a_sentence_and_the_default_view(
    query: dict[str, object], word: str | None
):
    at = page.explore(**query)
    assert page.is_fine(at)
    if word:
        (notice,) = page.notices(at)
        assert word in notice
        assert notice.endswith(".")
        assert page.chosen(at) is None
    assert view_shown(at) == "map"
    assert page.widget(at, page.MEASURE).value == DEFAULT_MEASURE
    assert page.widget(at, page.REGION).value is None
    drawn = " ".join(str(element.proto) for element in page.elements(at))
    assert "<script" not in drawn
    assert "alert(1)" not in drawn
    assert "example.org" not in drawn
    assert "xxxxxxxx" not in drawn


def test_several_bad_values_get_a_sentence_each():
    at = page.explore(area="x", measure="x", view="x", region="x")
    assert page.is_fine(at)
    assert len(page.notices(at)) == 4


def test_of_a_repeated_parameter_one_valid_value_is_followed():
    at = page.explore(area=["somerset", "dorset"], view=["map", "table"])
    assert page.is_fine(at)
    assert page.chosen(at) in ("Somerset", "Dorset")
    assert page.notices(at) == []


def test_misspelled_area_is_answered_with_the_name_it_may_mean():
    (notice,) = page.notices(page.explore(area="Gloustershire"))
    assert "Gloucestershire" in notice


@each("measure", [key for key in MAPPED if key != DEFAULT_MEASURE])
def test_chosen_measure_is_written_to_the_address(measure: str):
    at = page.choose(page.explore(), page.MEASURE, LABELS[measure])
    assert page.is_fine(at)
    assert page.address(at) == {"measure": measure}


def test_changed_widgets_write_the_address_and_defaults_stay_out_of_it():
    at = page.explore()
    page.choose(at, page.MEASURE, LABELS["population"])
    page.choose(at, page.VIEW, "Table")
    page.choose(at, page.REGION, "London")
    assert page.address(at) == {"measure": "population", "view": "table", "region": "london"}
    assert view_shown(at) == "table"
    page.choose(at, page.MEASURE, LABELS[DEFAULT_MEASURE])
    assert page.address(at) == {"view": "table", "region": "london"}
    page.choose(at, page.VIEW, "Map")
    assert page.address(at) == {"region": "london"}
    page.widget(at, page.REGION).set_value(None).run()
    assert page.address(at) == {}
    assert page.is_fine(at)


def test_changed_widget_keeps_the_chosen_footprint():
    at = page.explore(area="dorset")
    page.choose(at, page.VIEW, "Hexes")
    assert page.address(at) == {"area": "dorset", "view": "hexes"}
    assert page.chosen(at) == "Dorset"


def test_good_choice_replaces_a_bad_one_in_the_address_and_takes_its_notice_away():
    at = page.explore(measure="nonsense")
    page.choose(at, page.MEASURE, LABELS["density"])
    assert page.address(at) == {"measure": "density"}
    assert page.notices(at) == []


def test_choice_can_be_cleared():
    at = page.explore(area="dorset", view="hexes")
    page.widget(at, "Clear the choice").click().run()
    assert page.address(at) == {"view": "hexes"}
    assert page.chosen(at) is None


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
def test_search_with_one_certain_hit_chooses_it(query: str, slug: str):
    at = page.explore()
    page.search(at, query)
    assert page.is_fine(at)
    assert page.address(at) == {"area": slug}
    assert page.chosen(at) == next(row["name"] for row in FOOTPRINTS if row["slug"] == slug)


def split_councils() -> dict[str, dict[str, float]]:
    """Council -> name of footprint -> share of its people, for councils in several."""
    found: dict[str, dict[str, float]] = {}
    for row in page.rows("places"):
        found.setdefault(row["lad_name"], {})[CODES[row["code"]]] = float(row["share"])
    return {name: parts for name, parts in found.items() if len(parts) > 1}


@pytest.mark.parametrize("council", ["Birmingham", "High Peak", "Waverley"])
def test_search_for_a_split_council_offers_every_footprint_with_its_share(council: str):
    parts = split_councils()[council]
    at = page.explore()
    page.search(at, council)
    assert page.is_fine(at)
    assert page.address(at) == {}
    assert [button.label for button in at.button] == sorted(parts, key=parts.get, reverse=True)
    shown = [float(number) for number in re.findall(r"([\d.]+)% of its people", page.text_of(at))]
    assert shown == pytest.approx(
        sorted((100 * part for part in parts.values()), reverse=True), abs=0.06
    )
    second = sorted(parts, key=parts.get)[0]
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


def test_search_keeps_the_measure_and_the_view():
    at = page.explore(measure="density", view="table")
    page.search(at, "Dorset")
    assert page.address(at) == {"measure": "density", "view": "table", "area": "dorset"}


def test_link_to_the_csv_is_of_the_measure_and_region_shown():
    at = page.explore(measure="density", region="london")
    drawn = " ".join(page.source_of(element) for element in page.elements(at))
    link = drawn.partition("download/view.csv?")[2].partition('"')[0].replace("&amp;", "&")
    assert sorted(link.split("&")) == ["measure=density", "region=london"]


# Priorities on the map


def test_the_number_of_priorities_found_can_be_mapped():
    at = page.choose(page.explore(), page.MEASURE, "Priorities found")
    assert page.address(at) == {"measure": "priorities"}
    assert page.is_fine(at)
    themes = defaultdict(set)
    dates = {row["source"]: row["date"] for row in page.rows("sources")}
    for row in page.rows("priorities"):
        if row["how"] == "mention" or row["later"]:
            continue
        if (row["as_of"] or dates[row["source"]]) < "2018":
            themes[row["code"]].add(row["theme"])
    number = sum(2 * len(found) > 35 for found in themes.values())
    assert page.headline(at).startswith(f"At least {number} of 44 plans name more than half of")


def test_a_single_theme_can_be_mapped_and_leads_to_its_sources():
    at = page.choose(page.explore(measure="priorities"), "Theme", "Stroke")
    assert page.address(at) == {"measure": "priorities", "theme": "stroke"}
    assert re.fullmatch(
        r"At least \d+ of 44 plans name stroke, in the documents read", page.headline(at)
    )
    html = "".join(map(page.source_of, page.elements(at)))
    assert 'href="priorities?theme=stroke"' in html
    assert "download/shared.csv?theme=stroke" in html
    assert "not found in the documents read" in page.plain(html)


def test_a_theme_leaves_the_address_with_its_measure():
    at = page.choose(
        page.explore(measure="priorities", theme="stroke"), page.MEASURE, "Share of people under 18"
    )
    assert page.address(at) == {"measure": "under_18_share"}


def test_an_unknown_theme_is_said_and_passed_over():
    at = page.explore(measure="priorities", theme="magic")
    assert page.is_fine(at)
    assert page.notices(at) == ["The address names a theme that is not here. These are all themes."]
