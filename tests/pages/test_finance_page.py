"""The Finance page: published gaps and other sums, and bad addresses."""

from __future__ import annotations

import html
import json
import re

from each import each
from page_reader import (
    address,
    choose,
    elements,
    headline,
    is_fine,
    notices,
    page,
    plain,
    rows,
    sections,
    source_of,
    text_of,
)

YEARLY = [row for row in rows("stated") if row["measure"] == "finance_gap_2020_21"]
PREFERRED = [row for row in YEARLY if row["preferred"] == "yes"]
PLACES = {row["code"]: row for row in rows("footprints")}
SOURCES = {row["source"]: row for row in rows("sources")}
WORDS = {
    "nhs-care": ("NHS and social care", "NHS and social care"),
    "nhs": ("NHS", "NHS only"),
    "not-stated": ("not stated", "scope not stated"),
}
TOTALS = "Totals by coverage"


def key(row: dict[str, str]) -> str:
    return row["facts"].split()[0]


def pounds(millions: float) -> str:
    return f"£{millions:,.10g}m"


def chart_of(at):
    """The one chart of the page, as the browser gets it."""
    (found,) = [e.proto for e in elements(at) if e.type == "plotly_chart"]
    return found


def marks(at) -> set[str]:
    """Keys of the figures in the chart."""
    data = json.loads(chart_of(at).spec)["data"]
    return {point[0] for trace in data for point in trace.get("customdata", ())}


def finance(**query: str):
    return page("finance", **query)


def totals(at) -> str:
    return " ".join(plain(source) for source in sections(at)[TOTALS])


def table_of(at, caption: str) -> list[list[str]]:
    """Cells of the table whose caption begins so, as a reader sees them."""
    for element in elements(at):
        for whole in re.findall(r"<table.*?</table>", source_of(element), re.DOTALL):
            said = plain(re.search(r"<caption>(.*?)</caption>", whole)[1])
            if said.startswith(caption):
                lines = re.findall(r"<tr[ >].*?</tr>", whole.partition("<tbody>")[2], re.DOTALL)
                return [
                    [plain(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", one, re.DOTALL)]
                    for one in lines
                ]
    raise AssertionError(f"no table {caption!r}")


def test_every_published_gap_is_in_the_chart():
    at = finance()
    assert is_fine(at)
    assert marks(at) == set(map(key, YEARLY))
    assert f"we use one for {len(PREFERRED)}" in chart_of(at).alt
    assert "£" not in chart_of(at).alt


def test_the_table_has_every_published_gap_with_its_source_and_scope():
    at = finance(view="table", sort="name")
    assert is_fine(at)
    listed = table_of(at, "Every published figure")
    assert len(listed) == len(YEARLY)
    covers = dict(WORDS.values()) | {"social care": "social care only"}
    assert sorted((cells[0], cells[3]) for cells in listed) == sorted(
        (PLACES[row["code"]]["name"], covers[row["scope"]]) for row in YEARLY
    )
    assert sum("(figure we use)" in cells[1] for cells in listed) == len(PREFERRED)
    bodies = "".join(source_of(e) for e in elements(at))
    for row in YEARLY:
        if url := SOURCES[row["source"]]["url"]:
            assert url.replace("&", "&amp;") in bodies, row
    assert 'footprint?area=dorset#money"' in bodies


def used(scope: str) -> list[float]:
    """The figures of a scope that we use."""
    return [float(row["value"]) for row in PREFERRED if row["scope"] == scope]


@each("scope", list(WORDS))
def test_a_scope_changes_the_total_and_its_coverage(scope: str):
    everything, alone = totals(finance()), totals(finance(scope=scope))
    for word, (raw, said) in WORDS.items():
        values = used(raw)
        total = f"{said} {pounds(sum(values))} {len(values)} of 44 footprints"
        assert total in everything
        assert (total in alone) == (word == scope)
    left = 44 - len(used(WORDS[scope][0]))
    assert f"{left} of 44 footprints are in no total here" in alone
    assert pounds(sum(float(row["value"]) for row in PREFERRED)) not in everything


def test_published_totals_are_listed_with_their_publishers():
    at = finance()
    listed = table_of(at, "England: totals that others published")
    amounts = ["£20bn", "£22bn", "£23bn", "£26bn"]
    assert [cells[0] for cells in listed] == [f"{amount} checked claim" for amount in amounts]
    for row in rows("national"):
        if row["series"].startswith("gap-sum"):
            publisher = SOURCES[row["source"]]["publisher"]
            assert any(publisher in cells[3] for cells in listed)


def test_no_ranking_mixes_scopes():
    at = finance(view="table", sort="size")
    assert is_fine(at)
    text = text_of(at)
    for _, scope in WORDS.values():
        assert f"Figure we use: {scope}, largest first" in text
    assert "No figure used, by name" in text
    assert not re.search(r"\b\d+(st|nd|rd|th) of\b|\brank", text)


def test_gaps_of_other_kinds_have_tables_of_their_own():
    at = finance(view="table")
    for row in rows("measures"):
        raw = [one for one in rows("stated") if one["measure"] == row["measure"]]
        if row["measure"].startswith("finance_gap") and row["measure"] != "finance_gap_2020_21":
            assert sorted(cells[0] for cells in table_of(at, row["label"])) == sorted(
                PLACES[one["code"]]["name"] for one in raw
            )


@each("row", [YEARLY[0], PREFERRED[-1]])
def test_a_figure_opens_with_all_that_is_known_of_it(row: dict[str, str]):
    at = finance(figure=key(row))
    assert is_fine(at)
    (shown,) = [source_of(e) for e in elements(at) if "stp-figure" in source_of(e)]
    text, source = plain(shown), SOURCES[row["source"]]
    assert PLACES[row["code"]]["name"] in text
    assert source["title"] in text
    assert source["publisher"] in text
    if row["note"]:
        assert re.sub(r"\s+", " ", row["note"]) in text
    assert f"Confidence {row['confidence']}" in text
    assert ("Figure we use, and why This one." in text) == (row["preferred"] == "yes")
    rivals = [r for r in YEARLY if r["code"] == row["code"] and r is not row]
    for rival in rivals:
        assert f"figure={key(rival)}" in shown
    spec = json.loads(chart_of(at).spec)
    (ring,) = [trace for trace in spec["data"] if trace.get("name") == "chosen"]
    assert ring["x"] == [float(row["value"])]


def test_links_to_other_figures_keep_the_other_choices():
    codes = [row["code"] for row in YEARLY]
    first = next(row for row in YEARLY if codes.count(row["code"]) > 1)
    second = next(r for r in YEARLY if r["code"] == first["code"] and r is not first)
    at = finance(figure=key(first), unit="head", sort="name", region="london")
    (shown,) = [source_of(e) for e in elements(at) if "stp-figure" in source_of(e)]
    choices = "region=london&amp;sort=name&amp;unit=head"
    assert f"finance?{choices}&amp;figure={key(second)}" in shown


@each("view", ["map", "hexes"])
def test_a_map_shows_one_scope_or_says_why_not(view: str):
    at = finance(view=view)
    assert is_fine(at)
    assert "Choose what the money covers" in text_of(at)
    at = finance(view=view, scope="nhs")
    assert is_fine(at)
    assert "Choose what the money covers" not in text_of(at)
    number = 44 - sum(row["scope"] == "NHS" for row in PREFERRED)
    assert f"no figure found ({number})" in text_of(at)
    assert "Choose what the money covers" in text_of(finance(view=view, scope="social-care"))


def test_choices_are_written_to_the_address_and_defaults_left_out():
    at = choose(finance(), "What the money covers", "NHS only")
    assert address(at)["scope"] == "nhs"
    at = choose(at, "Unit", "£ per person")
    assert address(at) == {"scope": "nhs", "unit": "head"}
    at = choose(at, "NHS region", "London")
    assert address(at) == {"scope": "nhs", "unit": "head", "region": "london"}
    at = choose(at, "Unit", "£ million")
    at = choose(at, "What the money covers", "All, shown separately")
    assert address(at) == {"region": "london"}


@each(
    ("query", "sentence"),
    [
        ({"scope": "nonsense"}, "that coverage, so this shows all, shown separately"),
        ({"sort": "rank"}, "that order, so this shows largest first"),
        ({"view": "<script>"}, "that view, so this shows chart"),
        ({"show": "nonsense"}, "that part of this page, so this shows published shortfalls"),
        ({"region": "all"}, "that region, so this shows all of England"),
        ({"figure": "F9999"}, "that figure, so none is selected"),
        ({"figure": "x" * 500}, "that figure, so none is selected"),
        ({"unit": ""}, ""),
    ],
)
def test_a_bad_address_gives_a_notice_and_the_page(query: dict[str, str], sentence: str):
    at = finance(**query)
    assert is_fine(at)
    assert notices(at) == ([f"We don't recognise {sentence}."] if sentence else [])
    assert marks(at) == set(map(key, YEARLY))


SUMS_TABLE = rows("plan_sums")


def test_awards_of_july_2017_name_all_fifteen_and_invent_no_amount():
    at = finance(show="other")
    assert is_fine(at)
    raw = [
        row
        for row in SUMS_TABLE
        if row["kind"] == "capital awarded" and row["as_of"].startswith("2017-07")
    ]
    codes = {row["code"] for row in raw}
    known = {row["code"] for row in raw if row["value"]}
    assert len(codes) == 15
    assert headline(at) == (
        f"15 footprints were chosen for capital in July 2017; an amount was found for {len(known)}"
    )
    listed = table_of(at, "Footprints chosen in July 2017")
    assert {cells[0] for cells in listed} == {PLACES[code]["name"] for code in codes}
    missing = {cells[0] for cells in listed if cells[1].startswith("amount not found")}
    assert missing == {PLACES[code]["name"] for code in codes - known}


@each(
    ("title", "kinds"),
    [("Savings", {"saving"}), ("Capital asked for", {"capital asked", "capital needed"})],
)
def test_other_sums_are_listed_whole_with_their_coverage(title: str, kinds: set[str]):
    raw = [row for row in SUMS_TABLE if row["kind"] in kinds]
    whole = "".join(source_of(element) for element in elements(finance(show="other")))
    part = whole.partition(f'<h3 class="stp-part">{title}')[2].partition("<h3")[0]
    assert f"Found for {len({row['code'] for row in raw})} of 44 footprints" in part
    assert part.count("<tr") == 1 + len(raw)


def test_a_region_narrows_the_other_sums():
    at = finance(show="other", region="london")
    assert is_fine(at)
    found = "".join(source_of(element) for element in elements(at))
    linked = set(re.findall(r'area=[a-z0-9-]+#money" target="_self">([^<]+)</a>', found))
    assert linked <= {row["name"] for row in PLACES.values() if row["nhs_region"] == "London"}
    assert "of 5 footprints" in text_of(at)


REGIMES = {"capped-expenditure-2017": "Capped expenditure", "success-regime-2015": "Success Regime"}


@each("regime", list(REGIMES))
def test_footprints_under_a_regime_are_named_and_counted(regime: str):
    raw = [row for row in rows("events") if row["happening"] == regime and row["code"] in PLACES]
    at = finance(show="other")
    assert f"At least {len({row['code'] for row in raw})} of 44 footprints" in text_of(at)
    assert sorted(cells[0] for cells in table_of(at, REGIMES[regime])) == sorted(
        PLACES[row["code"]]["name"] for row in raw
    )
    assert raw


def test_a_choice_from_the_list_opens_the_source():
    at = finance()
    box = next(one for one in at.selectbox if one.label == "Choose a figure from the list")
    at = box.set_value(key(YEARLY[0])).run()
    assert address(at) == {"figure": key(YEARLY[0])}
    assert PLACES[YEARLY[0]["code"]]["name"] in text_of(at)


def test_the_table_below_the_chart_is_sent_only_when_opened():
    at = finance(scope="nhs")
    assert "<caption>Every published figure" not in "".join(map(source_of, elements(at)))


def test_a_chart_without_figures_is_a_sentence():
    at = finance(scope="social-care", region="south-of-england")
    assert [e for e in elements(at) if e.type == "plotly_chart"] == []
    assert "We found no gap" in text_of(at)


def test_code_to_embed_names_the_chart_and_is_as_high_as_it_needs():
    at = finance(scope="nhs")
    code = re.search(r'data-copy="(&lt;iframe[^"]*)"', "".join(map(source_of, elements(at))))[1]
    code = html.unescape(html.unescape(code))
    assert "finance?embed=true&scope=nhs" in code
    assert 'title="NHS only: ' in code
    height = json.loads(chart_of(at).spec)["layout"]["height"]
    assert height < int(re.search(r'height="(\d+)"', code)[1]) < height + 300
