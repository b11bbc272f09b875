"""The Compare page: what stands side by side, and what it does with odd addresses."""

from __future__ import annotations

import re
import statistics

from each import each
from page_reader import address, is_fine, notices, page, rows, sections, text_of, widget

NAMES = {row["slug"]: row["name"] for row in rows("footprints")}
CODES = {row["slug"]: row["code"] for row in rows("footprints")}
TRIO = ("dorset", "devon", "greater-manchester")


def cells(table: str, first: str) -> list[str]:
    """Texts of the cells of the row whose head starts with ``first``."""
    row = re.search(rf"<tr[^>]*><th>{re.escape(first)}.*?</tr>", table, re.DOTALL)
    assert row, f"no row {first!r}"
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row[0])]


def everything(at) -> str:
    return "".join(text for texts in sections(at).values() for text in texts)


def part(at, title: str) -> str:
    return "".join(sections(at)[title])


def test_footprints_stand_in_the_order_of_the_address():
    at = page("compare", areas=",".join(TRIO))
    assert is_fine(at)
    people = {r["code"]: r["value"] for r in rows("measured") if r["measure"] == "population"}
    found = cells(part(at, "Who, and what became of them"), "People, mid-2017")
    # A mark of the claims that were checked stands after each.
    shown = [cell.split()[0] for cell in found]
    assert shown == [f"{int(float(people[CODES[slug]])):,}" for slug in TRIO]


def test_differences_are_ordered_by_their_spread_over_the_44():
    table = part(page("compare", areas=",".join(TRIO)), "Where they differ most")
    first = table.split("How big they are")[0]
    labels = re.findall(r"<tr><th>([^<]+)<br>", first)
    figures: dict[str, dict[str, float]] = {}
    for row in rows("measured"):
        if row["code"] != "ENG":
            figures.setdefault(row["measure"], {})[row["code"]] = float(row["value"])
    keys = {row["label"]: row["measure"] for row in rows("measures")}

    def spread(label: str) -> float:
        every = figures[keys[label.replace("&#x27;", "'")]]
        here = [every[CODES[slug]] for slug in TRIO]
        return (max(here) - min(here)) / statistics.pstdev(every.values())

    assert len(labels) > 10
    spreads = [spread(label) for label in labels]
    assert spreads == sorted(spreads, reverse=True)
    assert "People" not in labels, "how big a place is says not what it is like"


def test_themes_that_all_name_come_first_and_the_rest_is_blank():
    table = part(page("compare", areas="dorset,devon"), "Priorities of their plans")
    themes = table.split("Service changes put forward")[0]
    lines = themes.split("<tr")[2:]
    shared = ["named by all of these" in line for line in lines]
    assert any(shared)
    assert not all(shared)
    assert shared == sorted(shared, reverse=True)
    assert f"All of these plans name at least {sum(shared)} themes" in themes
    assert ["<td></td>" not in line for line in lines] == shared
    assert themes.count("not found in the documents read") == 1
    firm = ("priority", "workstream", "programme", "aim", "proposal")
    cells = [cell for line in lines for cell in re.findall(r"<td>((?!</td>).+?)</td>", line)]
    assert all(re.match(rf"<b>(?:{'|'.join(firm)})</b>; ", cell) for cell in cells)


def test_gaps_stand_beside_gaps_of_the_same_scope():
    table = part(page("compare", areas="dorset,devon"), "The money that was said to be short")
    scopes = {
        row["scope"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21"
        and row["code"] in (CODES["dorset"], CODES["devon"])
    }
    words = {"NHS": "NHS only", "not stated": "scope not stated"}
    heads = re.findall(r"<tr><th>([^<]+)</th>", table.partition("<tbody>")[2])
    assert set(heads) == {words.get(s, s) for s in scopes}
    assert "a head" in table
    assert "no figure of this scope found" in table


def test_what_each_became_is_there_with_its_share():
    became = cells(
        part(page("compare", areas="dorset,greater-manchester"), "Who, and what became of them"),
        "Became in July 2022",
    )
    assert "NHS Dorset Integrated Care Board" in became[0]
    assert "NHS Greater Manchester Integrated Care Board" in became[1]


def test_one_footprint_gets_suggestions():
    at = page("compare", areas="dorset")
    assert is_fine(at)
    assert 'href="compare?areas=dorset,somerset"' in everything(at)
    assert at.header[0].value == "Whom to set beside Dorset?"


def test_two_have_a_briefing_to_print():
    text = everything(page("compare", areas="dorset,devon"))
    assert 'href="briefing/dorset+devon"' in text


def test_choosing_writes_the_address():
    at = page("compare", areas="dorset")
    at = widget(at, "Footprints to compare, two to five").select("Devon").run()
    assert address(at) == {"areas": "dorset,devon"}


@each(
    ("areas", "said", "shown"),
    [
        ("", None, []),
        (",,,", None, []),
        ("dorset,atlantis,devon", "one of those areas", ["Dorset", "Devon"]),
        ("dorset,dorset,devon", None, ["Dorset", "Devon"]),
        (",".join(list(NAMES)[:6]), "At most 5", [NAMES[slug] for slug in list(NAMES)[:5]]),
        ("<script>," * 40, "one of those areas", []),
    ],
)
def test_odd_addresses_give_a_sentence_and_a_sensible_view(areas, said, shown):
    at = page("compare", areas=areas)
    assert is_fine(at)
    assert "<script>" not in text_of(at)
    if said:
        assert any(said in notice for notice in notices(at)), notices(at)
    else:
        assert notices(at) == []
    by_name = {NAMES[slug]: code for slug, code in CODES.items()}
    assert list(widget(at, "Footprints to compare, two to five").value) == [
        by_name[name] for name in shown
    ]
