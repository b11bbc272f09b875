"""The page of one footprint in a browser: its frame, its links and its pictures."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import NAMES, Reader, rows

DORSET = "E54000041"


def test_page_opened_directly_has_its_frame_and_its_pictures(reader: Reader):
    with reader.page.expect_response("**/assets/style.css*") as style:
        reader.open("/footprint", area="dorset")
    assert style.value.ok
    expect(reader.title).to_have_text("Dorset")
    for name in ("Explore", "Footprint"):
        expect(reader.navigation.get_by_role("link", name=name)).to_be_visible()
    expect(reader.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(reader.page.get_by_role("link", name=re.compile("^dashboard$"))).to_have_count(0)
    where = reader.page.get_by_role("img", name=re.compile("where Dorset lies"))
    dots = reader.page.locator("img.stp-dots")
    measured = {row["measure"] for row in rows("measured")}
    expect(dots.nth(len(measured) - 1)).to_be_visible()
    for picture in (where, *dots.all()):
        assert "Dorset" in (picture.get_attribute("alt") or "")
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("node => node.naturalWidth") > 0
    icons = reader.page.locator('link[rel~="icon"]').evaluate_all("all => all.map((i) => i.href)")
    assert icons
    for icon in icons:
        assert icon.startswith((f"{reader.server}/", "data:"))
        assert icon.startswith("data:") or reader.page.request.get(icon).ok
    failed = "() => [...document.fonts].filter((f) => f.status === 'error').map((f) => f.family)"
    assert reader.page.evaluate(failed) == []
    copied = reader.copy_from("Copy citation")
    assert copied.startswith("STP Atlas: Dorset (E54000041), data of ")
    assert copied.endswith(f"{reader.server}/footprint?area=dorset")


def test_links_lead_through_the_page_to_others_and_back(reader: Reader):
    reader.open("/footprint")
    reader.page.get_by_role("link", name=NAMES[DORSET], exact=True).click()
    expect(reader.title).to_have_text("Dorset")
    contents = reader.page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What happened").click()
    expect(reader.page.get_by_role("heading", name="What happened")).to_be_in_viewport()
    reader.expect_query(area="dorset")
    table = reader.page.get_by_role("region", name="Neighbours, longest border first")
    table.get_by_role("link", name="Somerset", exact=True).click()
    expect(reader.page).to_have_title(re.compile("^Somerset "))
    reader.expect_query(area="somerset")
    reader.page.go_back()
    expect(reader.title).to_have_text("Dorset")
    reader.search.fill("Cheltenham")
    reader.search.press("Enter")
    expect(reader.title).to_have_text("Gloucestershire")
    reader.expect_query(area="gloucestershire")


def test_documents_are_a_click_away_and_the_longest_page_stays_within_its_budget(reader: Reader):
    reader.open("/footprint", area="norfolk-and-waveney")
    expect(reader.page.get_by_role("heading", name="Not found")).to_be_visible()
    assert 30_000 < reader.ready().received < 150_000
    for name in ("Briefing as Word", "Outline as GeoJSON"):
        with reader.page.expect_download() as started:
            reader.page.get_by_role("link", name=name).click()
        assert "norfolk" in started.value.suggested_filename
