"""Published gaps: totals that follow the filter, and the source of every mark."""

from __future__ import annotations

import csv
import io
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import NAMES, Reader, rows

YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PREFERRED = [row for row in YEARLY if row["preferred"] == "yes"]
TITLES = {row["source"]: row["title"] for row in rows("sources")}
BUDGET = 40 * 1024
"""The chart travels again with every filter: 143 marks, each with what it says on hovering."""


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


KEYS = {key(row): row for row in YEARLY}


def sums(reader: Reader) -> Locator:
    return reader.page.locator("table.stp-table", has_text="added up within each coverage")


def figure(reader: Reader) -> Locator:
    return reader.page.locator(".stp-figure")


def opened(reader: Reader) -> Reader:
    reader.open("/finance")
    reader.wait_for_charts()
    assert set(reader.marks()) == set(KEYS)
    return reader


def expect_source_of(reader: Reader, row: dict[str, str]) -> None:
    expect(
        figure(reader).get_by_role("link", name=NAMES[row["code"]], exact=True).first
    ).to_be_visible()
    expect(figure(reader)).to_contain_text(TITLES[row["source"]])
    reader.page.wait_for_url(lambda url: f"figure={key(row)}" in url)


def test_a_scope_changes_the_sum_and_says_how_many_it_covers(reader: Reader):
    opened(reader)
    expect(sums(reader).locator("tbody tr")).to_have_count(3)
    reader.page.get_by_role("combobox", name="What the money covers").click()
    reader.page.get_by_role("option", name="NHS only").click()
    reader.expect_query(scope="nhs")
    values = [float(row["value"]) for row in PREFERRED if row["scope"] == "NHS"]
    line = sums(reader).locator("tbody tr")
    expect(line).to_have_count(1)
    expect(line).to_contain_text(f"£{sum(values):,.10g}m")
    expect(line).to_contain_text(f"{len(values)} of 44 footprints")
    wanted = {key(row) for row in YEARLY if row["scope"] == "NHS"}
    reader.until(f"() => document.querySelector('.js-plotly-plot').data.length < {len(wanted)}")
    assert set(reader.marks()) == wanted
    file = reader.page.get_by_role("link", name="CSV of this view").get_attribute("href")
    with urllib.request.urlopen(f"{reader.server}/{file}") as answer:
        text = answer.read().decode().partition("\n")[2]
    found = [row for row in csv.DictReader(io.StringIO(text)) if row["figure"]]
    assert {row["scope"] for row in found} == {"NHS"}


def test_a_mark_opens_its_source_by_click_in_view(reader: Reader):
    opened(reader)
    row = YEARLY[-8]
    reader.page.mouse.click(*reader.mark(key(row)))
    expect_source_of(reader, row)
    expect(figure(reader).locator("h2")).to_be_in_viewport()
    expect(reader.charts.locator(".trace").first).to_be_visible()


def test_the_same_mark_can_be_chosen_again(reader: Reader):
    opened(reader)
    row = YEARLY[-8]
    for _ in range(2):
        reader.page.mouse.click(*reader.mark(key(row)))
        expect_source_of(reader, row)
        reader.page.get_by_role("button", name="Clear selection").click()
        expect(figure(reader)).to_have_count(0)
        reader.ready()


def test_a_figure_opens_its_source_by_keyboard_alone(reader: Reader):
    opened(reader)
    box = reader.page.get_by_role("combobox", name="Choose a figure from the list")
    reader.tab_to(box)
    row = next(row for row in YEARLY if row["value_to"])
    reader.page.keyboard.type("£400m to £500m")
    reader.press("Enter")
    expect_source_of(reader, row)


def test_the_table_opens_by_one_key(reader: Reader):
    reader.open("/finance", scope="nhs")
    folded = reader.page.locator("summary", has_text="Table: every published figure")
    reader.tab_to(folded)
    reader.press("Enter")
    table = reader.page.locator("table.stp-table", has_text="Every published figure")
    expect(table.first).to_be_visible()


def test_a_link_to_a_figure_opens_it_again(new_reader: Callable[..., Reader]):
    row = next(row for row in YEARLY if row["value_to"])
    reader = new_reader().open("/finance", figure=key(row), unit="head", sort="name")
    expect_source_of(reader, row)
    reader.page.get_by_role("button", name="Clear selection").click()
    reader.expect_query(unit="head", sort="name")
    expect(figure(reader)).to_have_count(0)


@pytest.mark.parametrize(("kind", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_chart_is_saved_as_a_picture_with_its_words(reader: Reader, kind: str, begins: bytes):
    reader.open("/finance", scope="nhs")
    reader.wait_for_charts()
    reader.page.get_by_role("radio", name=kind, exact=True).click()
    # The chart is drawn anew for another kind; Plotly names its button by it.
    words = {"PNG": "Download plot as a PNG", "SVG": "Download plot"}[kind]
    button = reader.charts.locator(".modebar-btn").first
    expect(button).to_have_attribute("data-title", words)
    with reader.page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == f"stp-atlas-stated-gaps.{kind.lower()}"
    picture = Path(download.value.path()).read_bytes()
    assert picture.startswith(begins)
    if kind == "SVG":
        for said in ("NHS only: gaps range", "Yearly gap in 2020/21", "Source: ", "data of"):
            assert said in picture.decode()


def test_a_frame_shows_the_chart_alone(reader: Reader):
    reader.page.goto(f"{reader.server}/finance?embed=true&scope=nhs")
    reader.wait_for_charts()
    expect(reader.page.get_by_role("link", name="Open in STP Atlas")).to_be_visible()
    expect(reader.page.get_by_role("combobox")).to_have_count(0)


def test_names_lead_to_the_money_of_the_footprint(reader: Reader):
    row = PREFERRED[0]
    reader.open("/finance", figure=key(row))
    figure(reader).get_by_role("link", name=NAMES[row["code"]], exact=True).first.click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(NAMES[row["code"]])
    reader.page.get_by_role("link", name="The gaps of all 44 beside each other").click()
    reader.wait_for_charts()


def test_hexes_of_one_scope_open_the_preferred_figure(reader: Reader):
    row = next(row for row in PREFERRED if row["scope"] == "NHS")
    reader.open("/finance", scope="nhs", view="hexes")
    reader.cell(row["code"]).click()
    expect_source_of(reader, row)


def test_a_filter_stays_within_the_budget_with_a_figure_selected(reader: Reader):
    codes = [row["code"] for row in YEARLY]
    longest = max(YEARLY, key=lambda row: codes.count(row["code"]))
    reader.open("/finance", figure=key(longest))
    reader.wait_for_charts()
    sent = {}
    for name in ("£ per person", "By name"):
        before, url = reader.received, reader.page.url
        reader.page.get_by_role("radio", name=name).click()
        reader.page.wait_for_url(lambda now, url=url: now != url)
        reader.ready()
        sent[name] = reader.received - before
    assert min(sent.values()) > 500, "nothing was counted"
    assert {name: size for name, size in sent.items() if size > BUDGET} == {}


def test_a_phone_chooses_from_the_list_and_reads_a_mark_by_a_tap(phone: Reader):
    opened(phone)
    # Names stand above their marks there.
    phone.until(
        """() => document.querySelector(".js-plotly-plot")?.data
        .some((trace) => trace.name === "names")"""
    )
    phone.ready()
    row = YEARLY[60]
    phone.page.touchscreen.tap(*phone.mark(key(row)))
    expect(phone.charts.locator(".hovertext")).to_contain_text("Source")
    phone.page.get_by_role("combobox", name="Choose a figure from the list").click()
    phone.page.keyboard.type("£400m to £500m")
    phone.press("Enter")
    expect_source_of(phone, next(row for row in YEARLY if row["value_to"]))
