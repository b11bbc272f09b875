"""The search box suggests names: by keyboard, pointer and finger, without asking the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import FOOTPRINTS, NAMES, Reader
from browser.test_every_view import grave_violations

DORSET, GLOUCESTERSHIRE, KENT, MANCHESTER = "E54000041", "E54000043", "E54000032", "E54000007"
CODES = sorted(NAMES)
SLOWEST = 50
"""Milliseconds that a keystroke may take."""

# Sorted by the server: the file's order is that of the suggestions.
ENTRIES = [
    ("Milton", "town", KENT, "Kent"),
    ("Great Milton", "town", KENT, ""),
    ("New Milton Keynes", "town", KENT, ""),
    ("Milton Abbas", "town", DORSET, ""),
    ("Hamilton", "town", KENT, ""),
    ("St Mary's & St Anne", "hospital", GLOUCESTERSHIRE, ""),
    ("Hôtel-Dieu", "hospital", KENT, ""),
    ("Stockport", "town", MANCHESTER, ""),
    ("Weymouth", "town", DORSET, ""),
    ("Dorset", "town", KENT, "Kent"),
    ("Dorset", "footprint", DORSET, ""),
]


def names(entries: list[tuple[str, str, str, str]]) -> str:
    """A file of names, written by other means than the product's."""
    kinds = list(dict.fromkeys(kind for _, kind, *_ in entries))
    lines = [[NAMES[code] for code in CODES], kinds]
    for name, kind, code, where in entries:
        lines.append([name, str(kinds.index(kind)), str(CODES.index(code)), *filter(None, [where])])
    return "".join("\t".join(line) + "\n" for line in lines)


@pytest.fixture
def with_names(new_reader: Callable[..., Reader]) -> Callable[..., Reader]:
    """Makes readers on the page Footprint whose browser is given these names."""

    def make(entries: list[tuple[str, str, str, str]] = ENTRIES) -> Reader:
        reader = new_reader()
        reader.page.route("**/assets/names.txt*", lambda route: route.fulfill(body=names(entries)))
        return typing(reader.open("/footprint"))

    return make


def typing(reader: Reader) -> Reader:
    """Put the focus into the box, and wait until the names are there."""
    with reader.page.expect_response("**/assets/names.txt*") as response:
        reader.search.click()
    response.value.finished()
    reader.settled()
    return reader


def options(reader: Reader) -> Locator:
    return reader.page.get_by_role("option")


def suggested(reader: Reader, typed: str) -> list[str]:
    """What is suggested for a text, once it says how many there are."""
    reader.search.fill("")
    reader.search.fill(typed)
    expect(reader.page.get_by_role("status").filter(has_text="uggestion")).to_have_count(1)
    return options(reader).all_inner_texts()


def marked(reader: Reader) -> str | None:
    """Text of the suggestion that the box points at."""
    place = reader.search.get_attribute("aria-activedescendant")
    selected = reader.page.get_by_role("option", selected=True)
    assert selected.count() == (place is not None)
    if place is None:
        return None
    assert selected.get_attribute("id") == place
    return selected.inner_text()


def test_letters_bring_suggestions_and_send_nothing(new_reader: Callable[..., Reader]):
    reader = new_reader(fresh=True)
    sent: list[str | bytes] = []
    asked: list[str] = []
    reader.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame))
    )
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open("/footprint").settled()
    assert not [url for url in asked if "names.txt" in url], "fetched before the box was used"
    typing(reader)
    sent.clear()
    asked.clear()
    received = reader.received
    # With the letters that Streamlit takes for shortcuts.
    reader.page.keyboard.type("rochdale c", delay=20)
    expect(options(reader)).to_have_text([re.compile("^NHS .*Rochdale.*CCG, CCG · Greater Manch")])
    reader.press("ArrowDown", "Escape")
    reader.settled()
    assert (sent, asked, reader.received - received) == ([], [], 0)
    assert reader.search.input_value() == "rochdale c"


def test_suggestions_are_walked_chosen_passed_over_and_left(reader: Reader):
    typing(reader.open(view="hexes"))
    expect(reader.search).to_have_attribute("aria-expanded", "false")
    found = suggested(reader, "chel")
    assert found[:2] == [
        "Chelmsford, council of 2017 · Mid and South Essex",
        "Cheltenham, council of 2017 · Gloucestershire",
    ]
    expect(reader.search).to_have_attribute("aria-expanded", "true")
    expect(reader.page.get_by_role("status").filter(has_text=f"{len(found)} sugg")).to_be_attached()
    assert marked(reader) is None
    for key, place in [
        ("ArrowDown", 0), ("ArrowDown", 1), ("End", -1), ("Home", 0), ("ArrowUp", None),
        ("ArrowUp", -1), ("ArrowDown", None), ("ArrowDown", 0), ("ArrowDown", 1),
    ]:  # fmt: skip
        reader.press(key)
        assert marked(reader) == (None if place is None else found[place]), key
    assert reader.search.input_value() == "chel"
    assert grave_violations(reader) == []
    reader.press("Enter")
    reader.expect_chosen(GLOUCESTERSHIRE)
    expect(reader.search).to_have_value("Cheltenham")
    expect(reader.search).to_be_focused()
    expect(options(reader)).to_have_count(0)
    # Chosen in another way, which empties the box.
    reader.cell(DORSET).click()
    reader.expect_chosen(DORSET)
    expect(reader.search).to_have_value("")

    # Nothing is marked: what was typed is searched for.
    assert suggested(reader, "cheltenham")
    reader.press("Enter")
    reader.expect_chosen(GLOUCESTERSHIRE)
    expect(reader.search).to_have_value("cheltenham")
    expect(options(reader)).to_have_count(0)

    assert suggested(reader, "dors")
    reader.press("ArrowDown", "Escape")
    expect(reader.search).to_have_attribute("aria-expanded", "false")
    expect(options(reader)).to_have_count(0)
    assert reader.search.get_attribute("aria-activedescendant") is None
    reader.press("ArrowDown")
    expect(options(reader).first).to_have_attribute("aria-selected", "true")
    reader.press("Tab")
    expect(options(reader)).to_have_count(0)
    assert reader.search.input_value() == "dors"
    reader.expect_query(view="hexes", area="gloucestershire")

    # One of several footprints offers each.
    suggested(reader, "high peak")
    options(reader).get_by_text("High Peak", exact=True).click()
    expect(reader.search).to_have_value("High Peak")
    reader.page.get_by_test_id("stButton").get_by_role("button", name="Greater Manch").click()
    reader.expect_chosen(MANCHESTER)
    expect(reader.search).to_have_value("")


def test_better_matches_come_first_spelling_is_forgiven_and_names_may_be_alike(
    with_names: Callable[..., Reader],
):
    reader = with_names()
    assert suggested(reader, "milton") == [
        "Milton, Kent, town · Kent and Medway",
        "Milton Abbas, town · Dorset",
        "Great Milton, town · Kent and Medway",
        "New Milton Keynes, town · Kent and Medway",
    ]
    assert suggested(reader, "zzz") == []
    for typed, name in [
        ("saint marys and s", "St Mary's & St Anne"),
        ("ST. MARY’S AND SAINT ANNE", "St Mary's & St Anne"),
        ("mary's & st", "St Mary's & St Anne"),
        ("hotel dieu", "Hôtel-Dieu"),
        ("  HÔTEL", "Hôtel-Dieu"),
        ("milton kent", "Milton, Kent"),
        ("milton, ken", "Milton, Kent"),
    ]:
        (found,) = suggested(reader, typed)
        assert found.startswith(f"{name}, "), typed
    # "St" may be Saint or the beginning of another word.
    assert [found.split(",")[0] for found in suggested(reader, "st")] == [
        "St Mary's & St Anne", "Stockport",
    ]  # fmt: skip
    assert suggested(reader, "dorset") == [
        "Dorset, Kent, town · Kent and Medway",
        "Dorset, footprint",
    ]
    reader.press("ArrowDown", "Enter")
    expect(reader.title).to_have_text("Kent and Medway")
    expect(reader.search).to_have_value("Dorset, Kent")


@pytest.mark.long
def test_a_letter_among_seven_thousand_names_is_quick(with_names: Callable[..., Reader]):
    kinds = ["town", "hospital", "trust"]
    reader = with_names(
        [
            (f"{row['name']} & St {place} of {row['slug']}", kinds[place % 3], row["code"], "Wide")
            for place in range(160)
            for row in FOOTPRINTS
        ]
    )
    assert len(suggested(reader, "st")) == 8
    took = reader.search.evaluate(
        """box => ["n", "no", "nor", "nort", "north", "st", "s", "wide"].map((text) => {
          box.value = text
          const start = performance.now()
          box.dispatchEvent(new Event("input"))
          return performance.now() - start
        })"""
    )
    # Of several, since a busy machine may hold up one.
    assert median(took) <= SLOWEST


def test_without_the_names_it_is_a_plain_box(reader: Reader):
    reader.page.route("**/assets/names.txt*", lambda route: route.abort())
    reader.open("/footprint")
    reader.search.click()
    reader.page.keyboard.type("cheltenham")
    expect(options(reader)).to_have_count(0)
    reader.press("Enter")
    expect(reader.title).to_have_text("Gloucestershire")


@pytest.mark.long
def test_axe_has_nothing_to_say_of_open_suggestions_in_the_dark(new_reader: Callable[..., Reader]):
    reader = new_reader(color_scheme="dark")
    typing(reader.open("/footprint"))
    suggested(reader, "chel")
    reader.press("ArrowDown")
    assert grave_violations(reader) == []


def test_suggestions_are_large_enough_for_a_finger(phone: Reader):
    phone.open(view="hexes")
    with phone.page.expect_response("**/assets/names.txt*"):
        phone.search.tap()
    box = phone.search.bounding_box()
    assert box["height"] >= 44
    assert box["width"] > 350
    assert suggested(phone, "north")
    for option in options(phone).all():
        size = option.bounding_box()
        assert size["height"] >= 44
        assert 0 <= size["x"] <= size["x"] + size["width"] <= 390
    assert suggested(phone, "dorset")
    options(phone).first.tap()
    phone.expect_chosen(DORSET)
