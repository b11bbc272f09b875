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
    table = reader.page.get_by_role("region", name="Neighbours, longest border first")
    for name in beside:
        expect(table.get_by_role("link", name=name, exact=True)).to_be_visible()
    table.get_by_role("link", name="Somerset", exact=True).click()
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


def test_contents_lead_to_their_sections(reader: Reader):
    reader.open("/footprint", area="dorset")
    contents = reader.page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What happened").click()
    heading = reader.page.get_by_role("heading", name="What happened")
    expect(heading).to_be_in_viewport()
    assert reader.query() == {"area": "dorset"}


def test_next_footprint_by_name_opens(reader: Reader):
    reader.open("/footprint", area="dorset")
    ordered = sorted(NAMES.values())
    after = ordered[ordered.index("Dorset") + 1]
    turn = reader.page.get_by_role("navigation", name="Footprints before and after, by name").first
    turn.get_by_role("link", name=after).click()
    expect(reader.title).to_have_text(after)


def test_dots_of_every_measure_are_pictures_with_words(reader: Reader):
    reader.open("/footprint", area="dorset")
    dots = reader.page.locator("img.stp-dots")
    measured = {row["measure"] for row in rows("measured")}
    expect(dots.nth(len(measured) - 1)).to_be_visible()
    for picture in dots.all():
        assert "Dorset" in (picture.get_attribute("alt") or "")
        assert picture.evaluate("node => node.complete && node.naturalWidth > 0")


def test_citation_is_copied(reader: Reader):
    reader.open("/footprint", area="dorset")
    copied = reader.copy_from("Copy citation")
    assert copied.startswith("STP Atlas: Dorset (E54000041), data of ")
    assert copied.endswith(f"{reader.server}/footprint?area=dorset")


def test_paper_data_and_comparison_are_a_click_away(reader: Reader):
    reader.open("/footprint", area="dorset")
    for name, part in (("Briefing to print", "/briefing/dorset"), ("Compare with", "/compare?")):
        reader.page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        reader.page.wait_for_url(lambda url, part=part: part in url)
        reader.page.go_back()
        reader.ready()
    for name in ("Briefing as Word", "Outline as GeoJSON"):
        with reader.page.expect_download() as started:
            reader.page.get_by_role("link", name=name).click()
        assert "dorset" in started.value.suggested_filename


def test_page_of_the_longest_footprint_stays_within_its_budget(reader: Reader):
    reader.open("/footprint", area="norfolk-and-waveney")
    expect(reader.page.get_by_role("heading", name="What we could not find")).to_be_visible()
    assert 30_000 < reader.received < 150_000
