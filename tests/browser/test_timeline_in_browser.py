"""The page Timeline in a browser: filters, marks and their sources, keyboard, phone, size."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader, rows
from browser.test_on_a_phone import expect_no_sideways_scroll

BUDGET = 49_152
OF_EVENTS = 73_728
"""The chart of all events has 187 marks, each with what it says on hovering."""
PATH = "/timeline"
BIRMINGHAM = "E54000017:2016-10-24:by_council"
FLOW = "E54000005:E54000051"
SECTIONS = ({}, {"show": "plans"}, {"show": "became"})


def header(reader: Reader, text: str | re.Pattern[str]) -> Locator:
    return reader.page.get_by_role("heading", level=2, name=text)


def test_events_are_filtered_opened_and_fetched_and_the_address_opens_elsewhere(
    reader: Reader, new_reader: Callable[..., Reader]
):
    reader.open(PATH)
    reader.wait_for_charts()
    reader.page.mouse.click(*reader.mark("24"))
    reader.expect_query(mark="24")
    expect(reader.page.get_by_text("National event no. 24").first).to_be_visible()
    reader.ready()
    reader.page.get_by_role("radio", name="Local", exact=True).click()
    reader.page.wait_for_url(lambda url: "who=local" in url)
    reader.choose(reader.page.get_by_role("combobox", name="Footprint"), "Dorset")
    found = header(reader, re.compile("local events of Dorset"))
    expect(found).to_be_visible()
    told = [row["summary"] for row in rows("events") if row["code"] == "E54000041"]
    lines = reader.page.locator(".stp-timeline tbody tr")
    expect(lines).to_have_count(len(told))
    reader.page.wait_for_url(lambda url: "area=dorset" in url)
    reader.ready()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="CSV of this list").click()
    assert download.value.path().read_text(encoding="utf-8").count("\n") == 2 + len(told)
    other = new_reader().open_url(reader.page.url)
    expect(header(other, found.inner_text())).to_be_visible()


def test_marks_of_plans_and_bands_open_their_sources(reader: Reader):
    reader.open(PATH, show="plans")
    reader.wait_for_charts()
    reader.page.mouse.click(*reader.mark(BIRMINGHAM))
    reader.expect_query(show="plans", mark=BIRMINGHAM)
    table = reader.page.locator("table.stp-table")
    expect(table).to_contain_text("Council discharges early and publishes major health plan")
    expect(table.get_by_role("link").first).to_have_attribute("href", re.compile("^http"))
    reader.open(PATH, show="became")
    reader.wait_for_charts()
    band = reader.page.locator(".sankey-link").first
    band.scroll_into_view_if_needed()
    band.hover()
    tip = reader.page.locator(".hoverlayer .hovertext")
    expect(tip).to_contain_text(re.compile("people, mid-2017"))
    expect(tip).to_contain_text(re.compile(r"\d% of the footprint’s people"))
    reader.page.mouse.click(*reader.mark(FLOW))
    reader.expect_query(show="became", mark=FLOW)
    expect(reader.page.get_by_text("came under Humber and North Yorkshire").first).to_be_visible()
    said = reader.page.locator("p.stp-line", has_text="came under")
    expect(said).to_contain_text(re.compile("of the people of"))


def test_nothing_stands_to_the_side_on_a_phone(phone: Reader):
    for query in SECTIONS:
        phone.open(PATH, **query)
        phone.wait_for_charts()
        expect_no_sideways_scroll(phone)
        lists = phone.page.locator(".stp-timeline .stp-scroll")
        assert lists.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")


@pytest.mark.long
def test_every_changed_choice_stays_within_the_budget(reader: Reader):
    reader.open(PATH)
    reader.wait_for_charts()
    sent: dict[str, int] = {}
    before = reader.ready().received

    def note(what: str) -> None:
        nonlocal before
        now = reader.ready().received
        sent[what] = now - before
        before = now

    for name, asked in (
        ("When the plans came out", {"show": "plans"}),
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
    of_events = ("What happened", "Local")
    most = {what: OF_EVENTS if what in of_events else BUDGET for what in sent}
    assert {what: size for what, size in sent.items() if size > most[what]} == {}
