"""The page of one footprint in a browser: its frame, its links and its picture."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import NAMES, Reader, rows

DORSET = "E54000041"


def test_page_opened_directly_has_the_navigation_and_no_list_of_files(reader: Reader):
    reader.open("/footprint", area="dorset")
    expect(reader.title).to_have_text("Dorset")
    expect(reader.navigation.get_by_role("link", name="Explore")).to_be_visible()
    expect(reader.navigation.get_by_role("link", name="Footprint")).to_be_visible()
    expect(reader.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(reader.page.get_by_role("link", name=re.compile("^dashboard$"))).to_have_count(0)
    reader.navigation.get_by_role("link", name="Explore").click()
    expect(reader.title).to_have_text("England's 44 footprints")


def test_neighbour_leads_to_its_page_and_back(reader: Reader):
    reader.open("/footprint", area="dorset")
    beside = [NAMES[row["neighbour"]] for row in rows("neighbours") if row["code"] == DORSET]
    for name in beside:
        expect(reader.page.get_by_role("link", name=name, exact=True)).to_be_visible()
    reader.page.get_by_role("link", name="Somerset", exact=True).click()
    expect(reader.title).to_have_text("Somerset")
    expect(reader.page).to_have_title(re.compile("^Somerset "))
    assert reader.query() == {"area": "somerset"}
    reader.page.go_back()
    expect(reader.title).to_have_text("Dorset")


def test_picture_of_where_it_lies_loads(reader: Reader):
    reader.open("/footprint", area="dorset")
    picture = reader.page.get_by_role("img", name=re.compile("where Dorset lies"))
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("node => node.naturalWidth") > 0


def test_link_of_the_chooser_leads_to_the_page(reader: Reader):
    reader.open("/footprint")
    reader.page.get_by_role("link", name=NAMES[DORSET], exact=True).click()
    expect(reader.title).to_have_text("Dorset")
    assert reader.query() == {"area": "dorset"}


def test_search_on_the_page_leads_to_another(reader: Reader):
    reader.open("/footprint", area="dorset")
    reader.search.fill("Cheltenham")
    reader.search.press("Enter")
    expect(reader.title).to_have_text("Gloucestershire")
    reader.expect_query(area="gloucestershire")
