"""The hexes and the table: pick by mouse and keys, sort, and see what is chosen."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import FOOTPRINTS, NAMES, SLUGS, Reader, figures, rows

DORSET, SOMERSET = "E54000041", "E54000038"
REGION = {row["code"]: row["nhs_region"] for row in FOOTPRINTS}


def with_nhs_gap() -> set[str]:
    """Codes of the footprints with a stated gap of the NHS alone."""
    return {
        row["code"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21"
        and row["preferred"] == "yes"
        and row["scope"] == "NHS"
    }


def test_click_on_a_hex_chooses_it_and_marks_it_alone(reader: Reader):
    reader.open(view="hexes")
    expect(reader.cells).to_have_count(44)
    for code in (DORSET, SOMERSET):
        reader.cell(code).click()
        reader.expect_chosen(code)
        assert reader.query() == {"view": "hexes", "area": SLUGS[code]}
        expect(reader.page.locator('[data-code][aria-pressed="true"]')).to_have_count(1)
        expect(reader.cell(code)).to_have_attribute("aria-pressed", "true")


def test_every_hex_says_its_name_and_figure(reader: Reader):
    reader.open(view="hexes", measure="imd_2015_score")
    expect(reader.cells).to_have_count(44)
    for code, figure in figures("imd_2015_score").items():
        expect(reader.cell(code)).to_have_accessible_name(f"{NAMES[code]}: {figure:.1f}")
    # Each stands where the table of footprints puts it: rows of hexes, each half a hex further on.
    boxes = {code: reader.cell(code).bounding_box() for code in NAMES}
    width = boxes[DORSET]["width"]
    first = FOOTPRINTS[0]
    for row in FOOTPRINTS:
        q, r = (int(row[axis]) - int(first[axis]) for axis in ("hex_q", "hex_r"))
        across = boxes[row["code"]]["x"] - boxes[first["code"]]["x"]
        assert abs(across - (q + r / 2) * width) < width / 4, row["name"]


def test_hexes_without_a_figure_say_so(reader: Reader):
    reader.open(view="hexes", measure="gap_per_head_nhs")
    expect(reader.cells).to_have_count(44)
    told = with_nhs_gap()
    for code in NAMES:
        name = r": £[\d,]+$" if code in told else "no figure"
        expect(reader.cell(code)).to_have_accessible_name(re.compile(name))


def test_arrow_keys_walk_over_the_hexes_and_enter_and_space_choose(reader: Reader):
    reader.open(view="hexes")
    reader.cell(DORSET).focus()
    before = reader.cell(DORSET).bounding_box()
    reader.press("ArrowLeft")
    left = reader.focused.get_attribute("data-code")
    after = reader.focused.bounding_box()
    assert left != DORSET
    assert after["x"] < before["x"]
    assert abs(after["y"] - before["y"]) < before["height"] / 2
    reader.press("Enter")
    reader.expect_chosen(left)
    expect(reader.cell(left)).to_have_attribute("aria-pressed", "true")
    # The focus stays where it was, so that the walk goes on.
    expect(reader.cell(left)).to_be_focused()
    reader.press("ArrowRight", "Space")
    reader.expect_chosen(DORSET)


def test_every_hex_can_be_reached_with_arrow_keys(reader: Reader):
    reader.open(view="hexes")
    expect(reader.cells).to_have_count(44)
    reached: set[str] = set()
    waiting = [DORSET]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += reader.cell(code).evaluate(
                """(cell) => ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => {
                    cell.focus()
                    cell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
                    return cell.getRootNode().activeElement.dataset.code
                })"""
            )
    assert reached == set(NAMES)


def test_table_has_each_footprint_with_its_figure_highest_first(reader: Reader):
    reader.open(view="table", measure="population")
    expect(reader.cells).to_have_count(44)
    people = figures("population")
    ordered = sorted(people, key=people.get, reverse=True)
    assert reader.column(0) == [NAMES[code] for code in ordered]
    assert reader.column(1) == [REGION[code] for code in ordered]
    assert reader.column(2) == [f"{people[code]:,.0f}" for code in ordered]
    head = reader.table.get_by_role("columnheader").nth(2)
    expect(head).to_have_attribute("aria-sort", "descending")


def test_each_header_sorts_by_its_column_both_ways(reader: Reader):
    measure = "density"
    reader.open(view="table", measure=measure)
    expect(reader.cells).to_have_count(44)
    value = {NAMES[code]: figure for code, figure in figures(measure).items()}
    heads = reader.table.get_by_role("columnheader")
    for number in range(3):
        seen = {}
        for _ in range(2):
            heads.nth(number).get_by_role("button").click()
            way = heads.nth(number).get_attribute("aria-sort")
            assert [heads.nth(i).get_attribute("aria-sort") for i in {0, 1, 2} - {number}] == [
                None,
                None,
            ]
            seen[way] = names = reader.column(0)
            shown = [value[name] for name in names] if number == 2 else reader.column(number)
            assert shown == sorted(shown, reverse=way == "descending")
            assert set(names) == set(NAMES.values())
        assert set(seen) == {"ascending", "descending"}
        assert seen["ascending"] != seen["descending"]


def test_rows_without_a_figure_stay_at_the_end(reader: Reader):
    reader.open(view="table", measure="gap_per_head_nhs")
    expect(reader.cells).to_have_count(44)
    button = reader.table.get_by_role("columnheader").nth(2).get_by_role("button")
    told = len(with_nhs_gap())
    for _ in range(2):
        button.click()
        without = ["no figure" in text for text in reader.column(2)]
        assert without == [False] * told + [True] * (44 - told)


def test_button_in_a_row_chooses_and_keeps_the_order(reader: Reader):
    reader.open(view="table")
    expect(reader.cells).to_have_count(44)
    reader.table.get_by_role("columnheader").nth(0).get_by_role("button").click()
    order = reader.column(0)
    reader.cell(SOMERSET).click()
    reader.expect_chosen(SOMERSET)
    assert reader.query() == {"view": "table", "area": SLUGS[SOMERSET]}
    expect(reader.cell(SOMERSET)).to_have_attribute("aria-pressed", "true")
    assert reader.column(0) == order


def test_table_of_a_region_lists_its_footprints_only_and_so_does_its_csv(reader: Reader):
    reader.open(view="table", measure="density", region="london")
    inside = {NAMES[code] for code, region in REGION.items() if region == "London"}
    expect(reader.cells).to_have_count(len(inside))
    assert set(reader.column(0)) == inside
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("link", name="CSV of this view").click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(inside)


def test_choice_can_be_cleared(reader: Reader):
    reader.open(view="hexes", area="dorset")
    expect(reader.cell(DORSET)).to_have_attribute("aria-pressed", "true")
    reader.page.get_by_role("button", name="Clear the choice").click()
    reader.expect_query(view="hexes")
    expect(reader.panel(NAMES[DORSET])).to_have_count(0)
    expect(reader.cell(DORSET)).to_have_attribute("aria-pressed", "false")
