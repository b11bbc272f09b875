"""The board member's way: a postcode, a footprint, a sheet of paper."""

from __future__ import annotations

import io
import urllib.request
import zipfile

import openpyxl  # type: ignore[import-untyped]
import pypdf
from docx import Document
from playwright.sync_api import expect

from browser.reader import Reader

WORCESTERSHIRE = "E54000019"


def test_a_postcode_leads_to_its_footprint_and_to_its_briefing_on_paper(reader: Reader):
    reader.open(view="table")
    reader.search.fill("wr12ps")
    reader.search.press("Enter")
    reader.expect_chosen(WORCESTERSHIRE)
    reader.page.get_by_role("link", name="Print", exact=True).click()
    expect(reader.page.locator("h1")).to_contain_text("Herefordshire and Worcestershire")
    paper = pypdf.PdfReader(io.BytesIO(reader.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 2
    assert "Herefordshire" in paper.pages[0].extract_text()


def test_a_postcode_outside_england_says_so_and_keeps_the_view(reader: Reader):
    reader.open(area="dorset", view="table")
    reader.search.fill("CF10 1AA")
    reader.search.press("Enter")
    expect(reader.notices.filter(has_text="STPs covered England only")).to_be_visible()
    reader.expect_query(area="dorset", view="table")


def test_documents_and_workbook_are_fetched_and_open(reader: Reader):
    reader.page.goto(f"{reader.server}/briefing/dorset")
    with urllib.request.urlopen(f"{reader.server}/briefing/dorset.docx") as answer:
        paragraphs = [p.text for p in Document(io.BytesIO(answer.read())).paragraphs]
    assert any("Dorset" in text for text in paragraphs)
    reader.page.goto(f"{reader.server}/download/")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Excel workbook").click()
    sheets = openpyxl.load_workbook(
        io.BytesIO(download.value.path().read_bytes()), read_only=True
    ).sheetnames
    assert {"footprints", "priorities", "memberships"} <= set(sheets)
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Zip").click()
    assert "stp-atlas/datapackage.json" in zipfile.ZipFile(download.value.path()).namelist()
