"""The page Data and methods without a browser: every part, from an address and by choice."""

from __future__ import annotations

import re
from pathlib import Path

import page_reader as page
import pytest
from each import each
from streamlit.testing.v1 import AppTest

from stp_data.core import paths, texts

PARTS = {
    "downloads": "Downloads",
    "dictionary": "Dictionary",
    "methods": "Methods",
    "licences": "Licence of the data",
    "corrections": "Corrections",
    "accessibility": "Accessibility statement",
    "about": "What this is, and what it is not",
}
DOCUMENTS = {
    "methods": "docs/methods.md",
    "licences": "LICENCE-DATA.md",
    "corrections": "docs/corrections.md",
    "accessibility": "docs/accessibility.md",
    "about": "docs/about.md",
}
HREF = re.compile(r'href="([^"]+)"')
ON_SITE = re.compile(
    r"data\?show=(\w+)(#[\w-]+)?|download/[\w.-]*|api/(v1/openapi\.json)?|(briefing|theme)/|#[\w-]+"
)


def opened(**query: str) -> AppTest:
    return page.page("data", **query)


def links(at: AppTest) -> set[str]:
    """Addresses, other than of other sites."""
    found = HREF.findall(" ".join(page.source_of(element) for element in page.elements(at)))
    return {link for link in found if not link.startswith("http")}


@each("part", PARTS)
def test_every_part_opens_from_its_address_with_links_of_this_site_only(part: str):
    at = opened(show=part)
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert [title.value for title in at.title] == ["Data and methods"]
    assert [header.value for header in at.header] == [PARTS[part]]
    for link in links(at):
        found = ON_SITE.fullmatch(link)
        assert found, link
        assert not found[1] or found[1] in PARTS


def test_part_that_is_chosen_is_written_to_the_address_unless_it_is_the_default():
    at = opened()
    assert [header.value for header in at.header] == ["Downloads"]
    page.widget(at, "Show").set_value("methods").run()
    assert page.address(at) == {"show": "methods"}
    assert [header.value for header in at.header] == ["Methods"]
    page.widget(at, "Show").set_value("downloads").run()
    assert page.address(at) == {}


@each("show", ["nonsense", "<script>alert(1)</script>", "x" * 9000])
def test_unknown_part_gets_a_sentence_and_the_downloads(show: str):
    at = opened(show=show)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert "this shows downloads" in notice
    assert [header.value for header in at.header] == ["Downloads"]
    assert "alert(1)" not in " ".join(str(element.proto) for element in page.elements(at))


def test_downloads_name_every_table_with_its_rows_and_size():
    text = page.text_of(opened())
    for path in sorted(page.TABLES.glob("*.csv")):
        size = path.stat().st_size
        shown = f"{size / 1000:.0f} KB" if size >= 1000 else f"{size} bytes"
        assert re.search(
            rf"\b{path.stem} [^|]*? {len(page.rows(path.stem)):,} {re.escape(shown)}", text
        ), path.stem
    found = links(opened())
    assert {"download/stp-atlas.xlsx", "download/stp-atlas.zip", "download/", "api/"} <= found
    assert {"download/footprints.geojson", "download/hexes.csv", "briefing/", "theme/"} <= found
    assert "api/v1/openapi.json" in found


def test_dictionary_has_every_measure_and_the_columns_of_the_table_chosen():
    at = opened(show="dictionary")
    text = page.text_of(at)
    for row in page.rows("measures"):
        for name in ("label", "unit", "description", "method", "direction"):
            assert page.plain(row[name]) in text, row["measure"]
    names = {path.stem for path in page.TABLES.glob("*.csv")}
    assert {option.partition(":")[0] for option in page.widget(at, "Table").options} == names
    assert "published_by" not in text
    at = page.widget(at, "Table").select("plans").run()
    assert page.address(at) == {"show": "dictionary", "table": "plans"}
    drawn = " ".join(page.source_of(element) for element in page.elements(at))
    assert all(f"<code>{field}</code>" in drawn for field in page.rows("plans")[0])


@each("part", DOCUMENTS)
def test_every_word_of_the_document_is_on_the_page(part: str):
    drawn = " ".join(page.source_of(element) for element in page.elements(opened(show=part)))
    words = set(re.findall(r"\w+", drawn))
    body = (page.ROOT / DOCUMENTS[part]).read_text(encoding="utf-8")
    body = re.sub(r"\]\([^)]*\)", "] ", body)
    assert set(re.findall(r"\w+", body)) - words == set()


def test_licences_hold_the_attributions_and_the_whole_licence_of_the_code():
    text = page.text_of(opened(show="licences"))
    assert "Contains National Statistics data © Crown copyright and database right" in text
    assert "Contains Royal Mail data © Royal Mail copyright" in text
    assert page.plain((page.ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n")[-1]) in text


def test_missing_text_gets_one_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    texts.read.cache_clear()
    try:
        at = opened(show="methods")
    finally:
        texts.read.cache_clear()
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert notice == (
        "This text cannot be shown. docs/methods.md: is missing; restore it with git checkout."
    )
