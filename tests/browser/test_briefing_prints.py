"""Briefings and sheets of themes on paper: two sheets of A4 at most, with scripts switched off."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pypdf
import pytest

from browser.reader import Reader

# The first has the most to say of all; the second the most bodies; the last is the widest pair.
WORDY = [
    "norfolk-and-waveney",
    "cheshire-and-merseyside",
    "durham-darlington-teesside-hambleton-richmondshire-and-whitby",
    "norfolk-and-waveney+cheshire-and-merseyside",
]
A4 = (595, 842)
SMALLEST = 6.9
"""Points: numbers of notes are raised and a little smaller than the text of 8 points."""


@pytest.mark.parametrize("slug", WORDY)
def test_briefing_prints_on_two_sheets_of_a4(new_reader: Callable[..., Reader], slug: str):
    assert sheets_of_a4(new_reader, f"/briefing/{slug}") == 2


# Those with the most and the fewest rows and counts by others.
@pytest.mark.parametrize(
    ("theme", "most"), [("out_of_hospital_care", 2), ("mental_health", 2), ("change_management", 1)]
)
def test_sheet_of_a_theme_prints_on_at_most_two_sheets_of_a4(
    new_reader: Callable[..., Reader], theme: str, most: int
):
    assert sheets_of_a4(new_reader, f"/theme/{theme}") <= most


def sheets_of_a4(new_reader: Callable[..., Reader], path: str) -> int:
    """How many sheets a page prints on: complete, of that size, in letters that can be read."""
    reader = new_reader(java_script_enabled=False)
    reader.page.goto(f"{reader.server}{path}")
    heading = reader.page.locator("h1").inner_text()
    paper = pypdf.PdfReader(
        io.BytesIO(reader.page.pdf(prefer_css_page_size=True, print_background=True))
    )
    for sheet in paper.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4
    sizes: set[float] = set()

    def note_size(text: str, _cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * tm[3] * _cm[3]), 1))

    written = [sheet.extract_text(visitor_text=note_size) for sheet in paper.pages]
    assert re.sub(r"\s", "", heading) in re.sub(r"\s", "", written[0])
    last_note = reader.page.locator(".notes li").last.locator("b").inner_text()
    assert last_note in written[-1]
    assert "not an NHS service" in re.sub(r"\s+", " ", written[-1])
    assert min(sizes) >= SMALLEST
    return len(paper.pages)


@pytest.mark.parametrize("width", [1400, 390])
def test_no_table_of_a_theme_is_cut_off(new_reader: Callable[..., Reader], width: int):
    page = new_reader(viewport={"width": width, "height": 900}).page
    page.goto(f"{new_reader().server}/theme/mental_health")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for table in page.locator("table").all():
        assert table.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")


@pytest.mark.parametrize("slug", ["shropshire-and-telford-and-wrekin", WORDY[-1]])
@pytest.mark.parametrize("width", [1400, 390])
def test_nothing_is_cut_off_and_no_names_collide(
    new_reader: Callable[..., Reader], slug: str, width: int
):
    page = new_reader(viewport={"width": width, "height": 900}).page
    page.goto(f"{new_reader().server}/briefing/{slug}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = page.locator(".map text").evaluate_all(
        "all => all.map(t => t.getBoundingClientRect())"
        ".map(r => [r.left, r.top, r.right, r.bottom])"
    )
    frame = page.locator(".map .frame").bounding_box()
    assert frame
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert frame["x"] <= left
        assert right <= frame["x"] + frame["width"]
        for other in boxes[i + 1 :]:
            # Lines of text are a little higher than their letters.
            apart = (
                left >= other[2]
                or other[0] >= right
                or top + 3 >= other[3]
                or other[1] + 3 >= bottom
            )
            assert apart, "two names on the map lie on each other"
