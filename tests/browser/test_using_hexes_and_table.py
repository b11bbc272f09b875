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


def test_hexes_are_chosen_by_click_arrow_keys_enter_and_space_and_cleared(reader: Reader):
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

    for code in (SOMERSET, DORSET):
        reader.cell(code).click()
        reader.expect_chosen(code)
        reader.expect_query(view="hexes", area=SLUGS[code])
        expect(reader.page.locator('[data-code][aria-pressed="true"]')).to_have_count(1)
        expect(reader.cell(code)).to_have_attribute("aria-pressed", "true")

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
    expect(reader.cell(DORSET)).to_have_attribute("aria-pressed", "true")
    reader.page.get_by_role("button", name="Clear selection").click()
    reader.expect_query(view="hexes")
    expect(reader.panel(NAMES[DORSET])).to_have_count(0)
    expect(reader.cell(DORSET)).to_have_attribute("aria-pressed", "false")


def test_table_has_each_footprint_highest_first_and_sorts_both_ways_and_keeps_its_order(
    reader: Reader,
):
    measure = "density"
    reader.open(view="table", measure=measure)
    expect(reader.cells).to_have_count(44)
    figure = figures(measure)
    value = {NAMES[code]: number for code, number in figure.items()}
    ordered = sorted(figure, key=figure.get, reverse=True)
    assert reader.column(0) == [NAMES[code] for code in ordered]
    assert reader.column(1) == [REGION[code] for code in ordered]
    assert reader.column(2) == [f"{figure[code]:,.0f} people per km²" for code in ordered]
    heads = reader.table.get_by_role("columnheader")
    expect(heads.nth(2)).to_have_attribute("aria-sort", "descending")
    for number in (2, 1, 0):
        seen = {}
        for _ in range(2):
            heads.nth(number).get_by_role("button").click()
            way = heads.nth(number).get_attribute("aria-sort")
            others = {0, 1, 2} - {number}
            assert {heads.nth(i).get_attribute("aria-sort") for i in others} == {None}
            seen[way] = names = reader.column(0)
            shown = [value[name] for name in names] if number == 2 else reader.column(number)
            assert shown == sorted(shown, reverse=way == "descending")
            assert set(names) == set(NAMES.values())
        assert set(seen) == {"ascending", "descending"}
        assert seen["ascending"] != seen["descending"]
    order = reader.column(0)
    reader.cell(SOMERSET).click()
    reader.expect_chosen(SOMERSET)
    reader.expect_query(view="table", measure=measure, area=SLUGS[SOMERSET])
    expect(reader.cell(SOMERSET)).to_have_attribute("aria-pressed", "true")
    assert reader.column(0) == order


def test_hexes_and_rows_without_a_figure_say_so_and_rows_stay_at_the_end(reader: Reader):
    reader.open(view="hexes", measure="gap_per_head_nhs")
    expect(reader.cells).to_have_count(44)
    told = with_nhs_gap()
    for code in NAMES:
        name = r": £[\d,]+$" if code in told else "no figure"
        expect(reader.cell(code)).to_have_accessible_name(re.compile(name))
    reader.view("Table").click()
    expect(reader.table.locator("tbody tr")).to_have_count(44)
    reader.ready()
    button = reader.table.get_by_role("columnheader").nth(2).get_by_role("button")
    for _ in range(2):
        button.click()
        without = ["no figure" in text for text in reader.column(2)]
        assert without == [False] * len(told) + [True] * (44 - len(told))
