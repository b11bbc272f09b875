"""The page Timeline in a browser: filters, marks and their sources, keyboard, phone, size."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader, rows
from browser.test_on_a_phone import expect_no_sideways_scroll

BUDGET = 49_152
PATH = "/timeline"
BIRMINGHAM = "E54000017:2016-10-24:by_council"
SECTIONS = ({"show": "plans", "view": "table"}, {"show": "became"})


def header(reader: Reader, text: str | re.Pattern[str]) -> Locator:
    return reader.page.get_by_role("heading", level=2, name=text)


def drawn(reader: Reader, query: dict[str, str]) -> None:
    """Wait for the chart, or for the table where there is none."""
    header(reader, re.compile(".")).first.wait_for()
    if query.get("view") == "table":
        reader.page.locator("table.stp-table").first.wait_for()
    else:
        reader.page.locator("svg.chart").wait_for()


def test_events_are_filtered_and_the_address_opens_elsewhere(
    reader: Reader, new_reader: Callable[..., Reader]
):
    reader.open(PATH)
    reader.page.get_by_role("radio", name="Local", exact=True).click()
    reader.expect_query(who="local")
    reader.choose(reader.page.get_by_role("combobox", name="Footprint"), "Dorset")
    reader.expect_query(who="local", area="dorset")
    found = header(reader, re.compile("local events of Dorset"))
    expect(found).to_be_visible()
    told = [row["summary"] for row in rows("events") if row["code"] == "E54000041"]
    lines = reader.page.locator(".stp-timeline tbody tr")
    expect(lines).to_have_count(len(told))
    other = new_reader().open_url(reader.page.url)
    expect(header(other, found.inner_text())).to_be_visible()


def test_a_mark_opens_its_source_by_mouse_and_by_keyboard(reader: Reader):
    reader.open(PATH, show="plans")
    reader.cell(BIRMINGHAM).click()
    reader.expect_query(show="plans", mark=BIRMINGHAM)
    table = reader.page.locator("table.stp-table")
    expect(table).to_contain_text("Council discharges early and publishes major health plan")
    expect(reader.cell(BIRMINGHAM)).to_have_attribute("aria-pressed", "true")
    link = table.get_by_role("link").first
    assert link.get_attribute("href").startswith("http")
    reader.ready()
    reader.open(PATH, show="became")
    first = reader.page.locator("svg.chart [data-code]").first
    first.wait_for()
    reader.tab_to(first)
    reader.press("ArrowDown")
    key = reader.focused.get_attribute("data-code")
    reader.press("Enter")
    reader.expect_query(show="became", mark=key)
    said = reader.page.locator("p.stp-line", has_text="came under")
    expect(said).to_contain_text(re.compile("of the people of"))


def test_file_and_drawing_of_the_view_come_from_here(reader: Reader):
    reader.open(PATH, who="local", kind="decision")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="CSV of this list").click()
    text = download.value.path().read_text(encoding="utf-8")
    told = [r for r in rows("events") if r["code"] != "ENG" and r["kind"] == "decision"]
    assert text.count("\n") == 2 + len(told)
    reader.open(PATH, show="waves")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="SVG", exact=True).click()
    assert download.value.path().read_text(encoding="utf-8").startswith("<svg")


def test_footprint_page_leads_to_its_events(reader: Reader):
    reader.open("/footprint", area="dorset")
    reader.page.get_by_role("link", name="These events among the national ones").click()
    reader.expect_query(area="dorset")
    expect(header(reader, re.compile("of Dorset"))).to_be_visible()


@pytest.mark.parametrize("query", SECTIONS, ids=str)
def test_nothing_stands_to_the_side_on_a_phone(phone: Reader, query: dict[str, str]):
    phone.open(PATH, **query)
    if query.get("show") == "became":
        expect(phone.page.locator("svg.chart")).to_have_count(0)
        phone.page.locator("table.stp-table").wait_for()
    elif "view" in query:
        phone.page.locator("table.stp-table").wait_for()
    else:
        chart = phone.page.locator("svg.chart")
        expect(chart).to_have_attribute("viewBox", re.compile("^0 0 340 "))
    expect_no_sideways_scroll(phone)
    lists = phone.page.locator(".stp-timeline .stp-scroll")
    assert lists.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")


def test_every_changed_choice_stays_within_the_budget(reader: Reader):
    reader.open(PATH)
    reader.page.locator("svg.chart").wait_for()
    sent: dict[str, int] = {}
    before = reader.ready().received

    def note(what: str) -> None:
        nonlocal before
        now = reader.ready().received
        sent[what] = now - before
        before = now

    for name, asked in (
        ("When the plans came out", {"show": "plans"}),
        ("Integrated care", {"show": "waves"}),
        ("44 to 42", {"show": "became"}),
        ("What happened", {}),
        ("Local", {"who": "local"}),
    ):
        reader.page.get_by_role("radio", name=name, exact=True).click()
        reader.expect_query(**asked)
        reader.ready()
        note(name)
    reader.page.get_by_role("button", name="Next 25").click()
    expect(reader.page.get_by_text("Page 2 of")).to_be_visible()
    note("page 2")
    assert min(sent.values()) > 500, "nothing was counted"
    assert {what: size for what, size in sent.items() if size > BUDGET} == {}
