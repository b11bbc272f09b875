"""The page Organisations in a browser: search, choice, links, keyboard, size."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Reader, rows

BUDGET = 40_960
PATH = "/organisations"
TRUST = "care trust"
MERSEY = "Mersey Care NHS Foundation Trust"


def search(reader: Reader) -> Locator:
    return reader.page.get_by_role("textbox", name="Find an organisation")


def combobox(reader: Reader, name: str) -> Locator:
    return reader.page.get_by_role("combobox", name=name)


def header(reader: Reader, text: str | re.Pattern[str]) -> Locator:
    return reader.page.get_by_role("heading", level=2, name=text)


def listed(reader: Reader) -> Locator:
    return reader.page.locator("tbody tr")


def test_body_is_searched_for_and_chosen_and_its_address_opens_elsewhere(
    reader: Reader, new_reader: Callable[..., Reader]
):
    reader.open(PATH)
    search(reader).fill("wakefield")
    search(reader).press("Enter")
    reader.expect_query(q="wakefield")
    expect(listed(reader)).to_have_count(2)
    reader.ready()
    reader.page.get_by_role("link", name="NHS Wakefield CCG").click()
    expect(header(reader, "NHS Wakefield CCG belongs to West Yorkshire")).to_be_visible()
    reader.expect_query(q="wakefield", body="03R")
    other = new_reader().open_url(reader.page.url)
    expect(header(other, "NHS Wakefield CCG belongs to West Yorkshire")).to_be_visible()
    expect(search(other)).to_have_value("wakefield")
    other.page.get_by_role("link", name="West Yorkshire", exact=True).click()
    expect(other.title).to_have_text("West Yorkshire")
    reader.page.go_back()
    reader.expect_query(q="wakefield")
    expect(listed(reader)).to_have_count(2)


def test_everything_goes_by_keyboard_and_the_file_is_what_the_list_shows(reader: Reader):
    reader.open(PATH)
    reader.tab_to(search(reader))
    reader.page.keyboard.type("mersy care")
    reader.press("Enter")
    expect(header(reader, f"{MERSEY} belongs to 2 of the 44 footprints")).to_be_visible()
    reader.ready()
    search(reader).fill("")
    reader.press("Enter")
    expect(header(reader, re.compile("^697 member organisations"))).to_be_visible()
    reader.ready()
    reader.tab_to(combobox(reader, "Type"))
    reader.page.keyboard.type("care tr")
    expect(reader.page.get_by_role("option", name="care trusts")).to_be_visible()
    reader.press("Enter")
    reader.expect_query(type="care-trust")
    expect(listed(reader)).to_have_count(4)
    reader.ready()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="CSV of this list").click()
    text = download.value.path().read_text(encoding="utf-8")
    trusts = {row["org"]: row["name"] for row in rows("organisations") if row["type"] == TRUST}
    assert all(name in text for name in trusts.values())
    assert text.count("\n") == 2 + sum(row["org"] in trusts for row in rows("memberships"))
    link = reader.page.get_by_role("link", name="Bradford District Care NHS Foundation Trust")
    link.focus()
    reader.press("Enter")
    expect(header(reader, re.compile("^Bradford District Care.* West Yorkshire"))).to_be_visible()


@pytest.mark.long
def test_every_changed_choice_stays_within_the_budget(reader: Reader):
    reader.open(PATH)
    sent: dict[str, int] = {}
    before = reader.ready().received

    def note(what: str) -> None:
        nonlocal before
        now = reader.ready().received
        sent[what] = now - before
        before = now

    def page(button: str, number: int) -> None:
        reader.page.get_by_role("button", name=button).click()
        expect(reader.page.get_by_text(f"Page {number} of")).to_be_visible()

    page("Next 50", 2)
    note("page 2")
    search(reader).fill("nhs")
    search(reader).press("Enter")
    expect(header(reader, re.compile("organisations matching the search"))).to_be_visible()
    note("search")
    search(reader).fill("")
    search(reader).press("Enter")
    expect(header(reader, re.compile("^697 member organisations"))).to_be_visible()
    note("search emptied")
    reader.choose(combobox(reader, "Footprint"), "Cheshire and Merseyside")
    expect(header(reader, re.compile("in Cheshire and Merseyside"))).to_be_visible()
    note("footprint")
    for name, said in (
        ("In several footprints", "belong to more than one footprint;"),
        ("Split councils", "are split between footprints"),
        ("Members by type", "^From "),
        ("Find an organisation", "in Cheshire and Merseyside"),
    ):
        reader.page.get_by_role("radio", name=name).click()
        expect(header(reader, re.compile(said))).to_be_visible()
        note(name)
    assert min(sent.values()) > 500, "nothing was counted"
    assert {what: size for what, size in sent.items() if size > BUDGET} == {}
