"""Money with its scope: sums that follow the filter, and the source of every mark."""

from __future__ import annotations

import csv
import io
import re
import urllib.request
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from browser.reader import NAMES, Reader, rows

YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PREFERRED = [row for row in YEARLY if row["preferred"] == "yes"]
TITLES = {row["source"]: row["title"] for row in rows("sources")}
BUDGET = 98_304
"""The chart travels again with every choice: 135 marks, each with its label."""


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


KEYS = {key(row): row for row in YEARLY}


def sums(reader: Reader) -> Locator:
    return reader.page.locator("table.stp-table", has_text="added up within one scope")


def figure(reader: Reader) -> Locator:
    return reader.page.locator(".stp-figure")


def marks(reader: Reader) -> Locator:
    return reader.page.locator("g[data-code]")


def opened(reader: Reader) -> Reader:
    reader.open("/finance")
    expect(marks(reader)).to_have_count(len(YEARLY))
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
    expect(marks(reader)).to_have_count(sum(row["scope"] == "NHS" for row in YEARLY))
    file = reader.page.get_by_role("link", name="CSV of this view").get_attribute("href")
    with urllib.request.urlopen(f"{reader.server}/{file}") as answer:
        text = answer.read().decode().partition("\n")[2]
    found = [row for row in csv.DictReader(io.StringIO(text)) if row["figure"]]
    assert {row["scope"] for row in found} == {"NHS"}


def test_a_mark_opens_its_source_by_click_in_view(reader: Reader):
    opened(reader)
    target = marks(reader).nth(len(YEARLY) - 8)
    row = KEYS[target.get_attribute("data-code") or ""]
    target.scroll_into_view_if_needed()
    target.click()
    expect_source_of(reader, row)
    expect(target).to_have_attribute("aria-pressed", "true")
    expect(figure(reader).locator("h2")).to_be_in_viewport()


def test_a_mark_opens_its_source_by_keyboard_alone(reader: Reader):
    opened(reader)
    reader.tab_to(marks(reader).first)
    reader.press("ArrowDown", "ArrowDown")
    focused = reader.page.locator("g[data-code]:focus")
    row = KEYS[focused.get_attribute("data-code") or ""]
    assert row["code"] != KEYS[marks(reader).first.get_attribute("data-code") or ""]["code"]
    reader.press("Enter")
    expect_source_of(reader, row)
    expect(focused).to_have_attribute("aria-pressed", "true")
    reader.press("ArrowDown")
    below = KEYS[focused.get_attribute("data-code") or ""]
    assert key(below) != key(row)
    reader.press("Space")
    expect_source_of(reader, below)


def test_a_link_to_a_figure_opens_it_again(new_reader: Callable[..., Reader]):
    row = next(row for row in YEARLY if row["value_to"])
    reader = new_reader().open("/finance", figure=key(row), unit="head", sort="size")
    expect_source_of(reader, row)
    chosen = reader.page.locator(f'g[data-code="{key(row)}"]')
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_have_attribute("tabindex", "0")
    reader.page.get_by_role("button", name="Clear the choice").click()
    reader.expect_query(unit="head", sort="size")
    expect(figure(reader)).to_have_count(0)


def test_names_lead_to_the_money_of_the_footprint(reader: Reader):
    row = PREFERRED[0]
    reader.open("/finance", figure=key(row))
    figure(reader).get_by_role("link", name=NAMES[row["code"]], exact=True).first.click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(NAMES[row["code"]])
    reader.page.get_by_role("link", name="The gaps of all 44 beside each other").click()
    expect(marks(reader)).to_have_count(len(YEARLY))


def test_hexes_of_one_scope_open_the_preferred_figure(reader: Reader):
    row = next(row for row in PREFERRED if row["scope"] == "NHS")
    reader.open("/finance", scope="nhs", view="hexes")
    reader.cell(row["code"]).click()
    expect_source_of(reader, row)


def test_a_choice_stays_within_the_budget(reader: Reader):
    opened(reader)
    sent = {}
    for name, act in {
        "a mark": lambda: marks(reader).nth(20).click(),
        "a head": lambda: reader.page.get_by_role("radio", name="£ a head").click(),
        "by size": lambda: reader.page.get_by_role("radio", name="Largest first").click(),
        "other": lambda: reader.page.get_by_role("radio", name=re.compile("^Savings")).click(),
    }.items():
        before, url = reader.received, reader.page.url
        act()
        reader.page.wait_for_url(lambda now, url=url: now != url)
        reader.ready()
        sent[name] = reader.received - before
    assert min(sent.values()) > 500, "nothing was counted"
    assert {name: size for name, size in sent.items() if size > BUDGET} == {}


def test_a_tapped_mark_shows_its_source_on_a_phone(phone: Reader):
    opened(phone)
    expect(phone.page.locator("svg.chart")).to_have_attribute("viewBox", re.compile("^0 0 340 "))
    target = marks(phone).nth(60)
    target.scroll_into_view_if_needed()
    row = KEYS[target.get_attribute("data-code") or ""]
    target.tap()
    expect_source_of(phone, row)
    expect(figure(phone).locator("h2")).to_be_in_viewport()
