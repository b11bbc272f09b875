"""The map: it paints, a click chooses, and its link opens the same view elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.reader import NAMES, SLUGS, Reader, figures, near, rgb
from browser.test_every_view import grave_violations
from stp_data.overview import colours

DORSET, NORFOLK, LANCASHIRE = "E54000041", "E54000022", "E54000048"


def class_of(measure: str) -> dict[str, int]:
    """Class of each footprint, sorted into five of about equal number, from the raw figures."""
    shown = {code: round(value, 1) for code, value in figures(measure).items()}
    return {
        code: sum(other < value for other in shown.values()) * 5 // len(shown)
        for code, value in shown.items()
    }


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_map_paints_the_classes_and_takes_choices(new_reader: Callable[..., Reader], scheme: str):
    palette = colours.palette(scheme == "dark")
    scale = palette.scale
    expected = {code: scale[number] for code, number in class_of("aged_65_over_share").items()}
    assert len(set(expected.values())) == 5
    reader = new_reader(webgl=True, color_scheme=scheme).open().wait_for_map()
    reader.expect_colour(DORSET, expected[DORSET])
    assert near(reader.picture().getpixel((3, 3)), rgb(palette.background))
    wrong = {
        NAMES[code]: colour
        for code, colour in reader.colours(NAMES).items()
        if not near(colour, rgb(expected[code]))
    }
    # A border may run through the point inside a very small one.
    assert len(wrong) <= 1, wrong
    assert [*grave_violations(reader), *reader.complaints] == []
    # Fewest children in England.
    reader.choose_measure("under_18_share")
    reader.expect_colour(DORSET, scale[0])
    for code in (NORFOLK, DORSET):
        reader.click_map(code)
        reader.expect_query(measure="under_18_share", area=SLUGS[code])
    expect(reader.panel(NAMES[NORFOLK])).to_have_count(0)
    expect_outline_around(reader, DORSET, palette.chosen)
    reader.choose(reader.region, "North of England")
    reader.expect_colour(DORSET, palette.outside)
    reader.expect_colour(LANCASHIRE, scale[class_of("under_18_share")[LANCASHIRE]])


def expect_outline_around(reader: Reader, code: str, colour: str) -> None:
    """Wait until there is an outline, around this footprint and nowhere else."""
    outline = np.array(rgb(colour))
    x, y = reader.spot(code)
    limits = None
    for _ in range(60):
        picture = np.asarray(reader.picture()).astype(int)
        down, across = np.nonzero((abs(picture - outline) <= 20).all(axis=2))
        if len(down) > 50:
            limits = across.min(), across.max(), down.min(), down.max()
            left, right, top, bottom = limits
            if x - 60 < left < x < right < x + 60 and y - 60 < top < y < bottom < y + 60:
                return
    raise AssertionError(f"outline in {limits}, footprint at {x}, {y}")


def test_pasted_link_opens_the_same_view(new_reader: Callable[..., Reader]):
    first = new_reader().open(measure="density", region="north-of-england", view="hexes")
    first.cell(LANCASHIRE).click()
    first.expect_chosen(LANCASHIRE)
    kept = {"measure": "density", "region": "north-of-england", "area": SLUGS[LANCASHIRE]}
    for view in ("hexes", "table"):
        first.view(view.capitalize()).click()
        first.expect_query(view=view, **kept)
        # Somebody else's browser.
        second = new_reader(fresh=view == "table").open_url(first.page.url)
        second.expect_chosen(LANCASHIRE)
        second.expect_query(view=view, **kept)
        expect(second.headline).to_have_text(first.headline.inner_text())
        expect(second.view(view.capitalize())).to_be_checked()
        expect(second.cell(LANCASHIRE)).to_have_attribute("aria-pressed", "true")
