"""Briefings and sheets of themes on paper: two sheets of A4 at most, with scripts switched off."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page

from browser.reader import Reader

LONGEST = "durham-darlington-teesside-hambleton-richmondshire-and-whitby"
CROWDED = "shropshire-and-telford-and-wrekin"
PAIR = "norfolk-and-waveney+cheshire-and-merseyside"
"""The first has the most to say of all; the second the most bodies."""
A4 = (595, 842)
SMALLEST = 6.9
"""Points: numbers of notes are raised and a little smaller than the text of 8 points."""


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/briefing/norfolk-and-waveney", 2),
        ("/theme/mental_health", 2),
        pytest.param("/briefing/cheshire-and-merseyside", 2, marks=pytest.mark.long),
        pytest.param(f"/briefing/{LONGEST}", 2, marks=pytest.mark.long),
        (f"/briefing/{PAIR}", 2),
        pytest.param("/theme/out_of_hospital_care", 2, marks=pytest.mark.long),
        pytest.param("/theme/change_management", 1, marks=pytest.mark.long),
    ],
)
def test_briefing_prints_on_two_sheets_of_a4(
    new_reader: Callable[..., Reader], path: str, most: int
):
    """Complete, of that size, in letters that can be read."""
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
    assert len(paper.pages) <= most


def test_nothing_is_cut_off_and_no_names_collide(reader: Reader):
    page = reader.page
    for path in ("/theme/mental_health", f"/briefing/{CROWDED}", f"/briefing/{PAIR}"):
        page.goto(f"{reader.server}{path}")
        for width in (1400, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            wide = "all => all.filter(t => t.scrollWidth > t.parentElement.clientWidth).length"
            assert page.locator("table").evaluate_all(wide) == 0
            if "briefing" in path:
                expect_names_apart(page)


def expect_names_apart(page: Page) -> None:
    """No name on the map leaves it or lies on another."""
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
