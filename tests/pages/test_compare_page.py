"""The Compare page: what it shows, and what it does with odd addresses."""

from __future__ import annotations

import re
import statistics

from each import each
from page_reader import address, is_fine, notices, page, rows, sections, text_of, widget

import stp_data
from ui.compare import tables

NAMES = {row["slug"]: row["name"] for row in rows("footprints")}
CODES = {row["slug"]: row["code"] for row in rows("footprints")}
PAIR, TRIO = ("dorset", "devon"), ("dorset", "devon", "greater-manchester")
CONTROL = "Footprints (2 to 5)"


def table(name: str, *slugs: str) -> str:
    """One of the tables for these footprints."""
    make = getattr(tables, name)
    return str(make(stp_data.load(), tuple(CODES[slug] for slug in slugs)))


def cells(html: str, first: str) -> list[str]:
    """Texts of the cells of the row whose head starts with ``first``."""
    row = re.search(rf"<tr[^>]*><th>{re.escape(first)}.*?</tr>", html, re.DOTALL)
    assert row, f"no row {first!r}"
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row[0])]


def test_overview_has_people_and_successors_in_the_order_of_the_address():
    at = page("compare", areas=",".join(TRIO))
    assert is_fine(at)
    found = "".join(sections(at)["Overview and successor bodies"])
    people = {r["code"]: r["value"] for r in rows("measured") if r["measure"] == "population"}
    # A mark of the claims that were checked stands after each.
    shown = [cell.split()[0] for cell in cells(found, "People, mid-2017")]
    assert shown == [f"{int(float(people[CODES[slug]])):,}" for slug in TRIO]
    successors = cells(found, "Successor, July 2022")
    assert "NHS Dorset Integrated Care Board" in successors[0]
    assert "NHS Greater Manchester Integrated Care Board" in successors[2]


def test_each_chart_has_its_table_folded_below_it():
    at = page("compare", areas="dorset,devon")
    assert len(at.get("plotly_chart")) == 3
    labels = [element.label for element in at.expander]
    assert [label.startswith("Table: every ") for label in labels] == [True, True, False, True]
    assert labels[2] == "Proposed service changes"
    assert "hyperacute" in table("proposed_changes", "dorset", "devon").lower()
    assert 'href="briefing/dorset+devon"' in "".join(sections(at)[""])


def test_differences_are_ordered_by_their_spread_over_the_44():
    labels = re.findall(r"<tr><th>([^<]+)<br>", table("differences", *TRIO).split("Population")[0])
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
    themes = table("themes", *PAIR)
    lines = themes.split("<tr")[2:]
    shared = ["named by all of these" in line for line in lines]
    assert any(shared)
    assert not all(shared)
    assert shared == sorted(shared, reverse=True)
    assert ["<td></td>" not in line for line in lines] == shared
    assert themes.count("not found in the documents we read") == 1
    firm = ("priority", "workstream", "programme", "aim", "proposal")
    found = [cell for line in lines for cell in re.findall(r"<td>((?!</td>).+?)</td>", line)]
    assert all(re.match(rf"<b>(?:{'|'.join(firm)})</b>; ", cell) for cell in found)


def test_one_footprint_gets_suggestions_and_another_is_added_to_the_address():
    at = page("compare", areas="dorset")
    assert is_fine(at)
    assert at.header[0].value == "Suggested comparisons for Dorset"
    suggested = "".join(sections(at)["Suggested comparisons for Dorset"])
    assert 'href="compare?areas=dorset,somerset"' in suggested
    at = widget(at, CONTROL).select("Devon").run()
    assert address(at) == {"areas": "dorset,devon"}


@each(
    ("areas", "said", "shown"),
    [
        ("", None, []),
        (",,,", None, []),
        ("dorset,atlantis,devon", "one of those areas", ["dorset", "devon"]),
        ("dorset,dorset,devon", None, ["dorset", "devon"]),
        (",".join(list(NAMES)[:6]), "At most 5", list(NAMES)[:5]),
        ("<script>," * 40, "one of those areas", []),
    ],
)
def test_odd_address_gives_a_sentence_and_a_sensible_view(areas, said, shown):
    at = page("compare", areas=areas)
    assert is_fine(at)
    assert "<script>" not in text_of(at)
    assert [said in notice for notice in notices(at)] == ([True] if said else [])
    assert list(widget(at, CONTROL).value) == [CODES[slug] for slug in shown]
