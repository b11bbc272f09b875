"""Published gaps: totals that follow the filter, and the source of every mark."""

from __future__ import annotations

import csv
import io
import urllib.request
from pathlib import Path

from playwright.sync_api import Locator, expect

from browser.reader import NAMES, Reader, rows

YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PREFERRED = [row for row in YEARLY if row["preferred"] == "yes"]
TITLES = {row["source"]: row["title"] for row in rows("sources")}
BUDGET = 40 * 1024
"""The chart travels again with every filter: 143 marks, each with what it says on hovering."""


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


KEYS_SHOWN = """() => document.querySelector(".js-plotly-plot").data
  .flatMap((trace) => trace.customdata ?? [])"""
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


def test_marks_open_their_source_and_a_scope_changes_sum_chart_and_file(reader: Reader):
    opened(reader)
    expect(sums(reader).locator("tbody tr")).to_have_count(3)
    row = YEARLY[-8]
    # The same mark can be chosen again.
    for _ in range(2):
        reader.page.mouse.click(*reader.mark(key(row)))
        expect_source_of(reader, row)
        expect(figure(reader).locator("h2")).to_be_in_viewport()
        expect(reader.charts.locator(".trace").first).to_be_visible()
        reader.ready()
        reader.page.get_by_role("button", name="Clear selection").click()
        expect(figure(reader)).to_have_count(0)
        reader.ready()

    reader.choose(reader.page.get_by_role("combobox", name="What the money covers"), "NHS only")
    reader.expect_query(scope="nhs")
    values = [float(row["value"]) for row in PREFERRED if row["scope"] == "NHS"]
    line = sums(reader).locator("tbody tr")
    expect(line).to_have_count(1)
    expect(line).to_contain_text(f"£{sum(values):,.10g}m")
    expect(line).to_contain_text(f"{len(values)} of 44 footprints")
    wanted = {key(row) for row in YEARLY if row["scope"] == "NHS"}
    reader.until(f"() => ({KEYS_SHOWN})().length === {len(wanted)}")
    assert set(reader.marks()) == wanted
    reader.ready()
    file = reader.page.get_by_role("link", name="CSV of this view").get_attribute("href")
    with urllib.request.urlopen(f"{reader.server}/{file}") as answer:
        text = answer.read().decode().partition("\n")[2]
    found = [row for row in csv.DictReader(io.StringIO(text)) if row["figure"]]
    assert {row["scope"] for row in found} == {"NHS"}

    folded = reader.page.locator("summary", has_text="Table: every published figure")
    folded.focus()
    reader.press("Enter")
    table = reader.page.locator("table.stp-table", has_text="Every published figure")
    expect(table.first).to_be_visible()


def test_a_chart_is_saved_as_a_picture_with_its_words(reader: Reader):
    reader.open("/finance", scope="nhs")
    reader.wait_for_charts()
    # The chart is drawn anew for another kind; Plotly names its button by it.
    for kind, words, begins in (
        ("PNG", "Download plot as a PNG", b"\x89PNG"),
        ("SVG", "Download plot", b"<svg"),
    ):
        reader.page.get_by_role("radio", name=kind, exact=True).click()
        button = reader.charts.locator(".modebar-btn").first
        expect(button).to_have_attribute("data-title", words)
        reader.ready()
        with reader.page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == f"stp-atlas-stated-gaps.{kind.lower()}"
        picture = Path(download.value.path()).read_bytes()
        assert picture.startswith(begins)
    for said in ("NHS only: gaps range", "Yearly gap in 2020/21", "Source: ", "data of"):
        assert said in picture.decode()


def test_a_frame_shows_the_chart_alone(reader: Reader):
    reader.page.goto(f"{reader.server}/finance?embed=true&scope=nhs")
    reader.wait_for_charts()
    expect(reader.page.get_by_role("link", name="Open in STP Atlas")).to_be_visible()
    expect(reader.page.get_by_role("combobox")).to_have_count(0)


def test_hexes_open_the_preferred_figure_and_its_name_leads_to_the_footprint(reader: Reader):
    row = next(row for row in PREFERRED if row["scope"] == "NHS")
    reader.open("/finance", scope="nhs", view="hexes")
    reader.cell(row["code"]).click()
    expect_source_of(reader, row)
    reader.ready()
    figure(reader).get_by_role("link", name=NAMES[row["code"]], exact=True).first.click()
    expect(reader.title).to_have_text(NAMES[row["code"]])
    reader.page.get_by_role("link", name="Compare all 44 shortfalls").click()
    reader.wait_for_charts()


def test_a_filter_stays_within_the_budget_with_a_figure_selected(reader: Reader):
    codes = [row["code"] for row in YEARLY]
    longest = max(YEARLY, key=lambda row: codes.count(row["code"]))
    reader.open("/finance", figure=key(longest))
    reader.wait_for_charts()
    reader.ready()
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
    expect(phone.page.get_by_role("option")).to_have_count(1)
    phone.press("Enter")
    expect_source_of(phone, next(row for row in YEARLY if row["value_to"]))
