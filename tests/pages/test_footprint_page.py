"""The page of one footprint without a browser, against the raw tables."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

import lxml.html
import page_reader as page
import pytest
from each import EXTREMES, WHOLE, each
from streamlit.testing.v1 import AppTest

FOOTPRINTS = page.rows("footprints")
CODES = [row["code"] for row in FOOTPRINTS]
NAMES = {row["code"]: row["name"] for row in FOOTPRINTS}
SLUGS = {row["code"]: row["slug"] for row in FOOTPRINTS}
DRAWN = [code for code in CODES if WHOLE or SLUGS[code] in EXTREMES]
every_footprint = each("code", DRAWN)

SECTIONS = (WHO, TABLE, SAID, MONEY, GAPS, HAPPENED, BESIDE, MISSING) = (
    "People and place",
    "Member organisations",
    "What the plan said",
    "Money",
    "Health, care and finance compared",
    "What happened",
    "Neighbours and similar areas",
    "Not found",
)


@cache
def opened(code: str) -> AppTest:
    """A page that no test changes, opened once."""
    return page.footprint(area=SLUGS[code])


def section(code: str, heading: str) -> str:
    return page.plain(" ".join(page.sections(opened(code))[heading]))


def head(code: str) -> str:
    """What stands above the first heading."""
    return " ".join(page.sections(opened(code))[""])


def drawn(code: str, heading: str) -> lxml.html.HtmlElement:
    """What stands under a heading, as a tree."""
    return lxml.html.fragment_fromstring(
        " ".join(page.sections(opened(code))[heading]), create_parent=True
    )


def of(table: str, code: str) -> list[dict[str, str]]:
    """The rows of a table that are about a footprint."""
    return [row for row in page.rows(table) if row["code"] == code]


def words(text: str) -> str:
    return " ".join(text.split())


def lines(code: str, heading: str) -> list[str]:
    """The text of each row of the tables under a heading."""
    return [words(line.text_content()) for line in drawn(code, heading).xpath(".//tbody/tr")]


@every_footprint
def test_page_is_titled_complete_and_small(code: str):
    at = opened(code)
    assert page.is_fine(at)
    assert [title.value for title in at.title] == [NAMES[code]]
    assert page.notices(at) == []
    assert tuple(page.sections(at))[1:] == SECTIONS
    assert re.findall(r'href="#([a-z]+)"', head(code)) == [h.proto.anchor for h in at.header]
    # What travels over the websocket for one footprint.
    assert sum(element.proto.ByteSize() for element in page.elements(at)) < 120_000
    for word in ("nan", "NaN", "None None", "£nan", "inf%"):
        assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page.text_of(at))


@every_footprint
def test_people_members_leads_and_successors_are_those_of_the_raw_tables(code: str):
    (people,) = [row for row in of("measured", code) if row["measure"] == "population"]
    assert f"{float(people['value']):,.0f} people" in words(page.text_of(opened(code)))
    organisations = {row["org"]: row for row in page.rows("organisations")}
    seats = {row["org"] for row in of("memberships", code)}
    text, ccgs = section(code, TABLE), 0
    for org in seats:
        assert words(organisations[org]["name"]) in text
        ccgs += organisations[org]["type"] == "CCG"
    assert re.search(rf"\b{ccgs} CCGs?\b", page.text_of(opened(code)))
    assert {row["name"] for row in of("leads", code) if row["name"] not in text} == set()
    for row in of("successors", code):
        assert row["successor_name"] in section(code, HAPPENED)
    assert f"{len(of('readings', code))} documents read" in section(code, MISSING)


@every_footprint
def test_councils_have_their_people_and_share_of_the_footprint(code: str):
    found, districts = lines(code, WHO), of("places", code)
    whole = sum(int(row["population"]) for row in districts)
    for row in districts:
        start = f"{row['lad_name']}{row['county']}{int(row['population']):,}"
        (line,) = [line for line in found if line.startswith(start)]
        share = 100 * int(row["population"]) / whole
        assert share < 0.1 or f"{share:.1f}%".replace(".0%", "%") in line


@every_footprint
def test_members_of_several_footprints_are_named_with_the_others(code: str):
    seats: dict[str, set[str]] = {}
    for row in page.rows("memberships"):
        seats.setdefault(row["org"], set()).add(row["code"])
    names = {row["org"]: row["name"] for row in page.rows("organisations")}
    (table,) = drawn(code, TABLE).xpath(".//table[caption='Also members of']") or [None]
    shared = {org: there - {code} for org, there in seats.items() if {code} < there}
    assert (table is None) == (shared == {})
    rows = [] if table is None else [words(r.text_content()) for r in table.xpath(".//tbody/tr")]
    assert len(rows) == len(shared)
    for org, others in shared.items():
        (line,) = [row for row in rows if row.startswith(words(names[org]))]
        named = all(NAMES[other] in line for other in others)
        assert named or f"{len(others)} other footprints" in line


@every_footprint
def test_every_shortfall_and_sum_has_a_row_and_its_source(code: str):
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    stated = [
        row for row in page.rows("stated") if row["code"] == code and row["unit"] == "GBP million"
    ]
    text = section(code, MONEY)
    if not stated:
        assert "No figure found" in text
    missing = {row["source"] for row in stated if publishers[row["source"]] not in text}
    assert missing == set()
    rows = lines(code, MONEY)
    assert len(rows) == len(stated) + len(of("plan_sums", code))


@each(
    ("table", "measure", "heading", "sentence"),
    [
        ("plan_names", "", SAID, "No name of the plan or the partnership found"),
        ("publications", "", SAID, "No publication date found"),
        ("proposals", "", SAID, "No proposed service change found"),
        ("stated", "population_stated", WHO, "No other population figure found"),
    ],
)
def test_page_says_what_was_not_found(table: str, measure: str, heading: str, sentence: str):
    found = {row["code"] for row in page.rows(table) if row.get("measure", "") == measure}
    for code in sorted(set(CODES) - found)[:3]:
        assert sentence in section(code, heading)


@every_footprint
def test_every_row_with_a_figure_names_its_source(code: str):
    """In the row itself; of councils, neighbours and the like, in the notes under the table."""
    cited = {row["publisher"] for row in page.rows("sources")}
    checked = 0
    for heading in SECTIONS:
        assert section(code, heading), f"nothing stands under {heading!r}"
        for frame in drawn(code, heading).find_class("stp-scroll"):
            (columns,) = frame.xpath(".//thead/tr")
            assert {len(row) for row in frame.xpath(".//tbody/tr")} == {len(columns)}
            below = frame.getparent() if heading == BESIDE else frame
            notes = [p.text_content() for p in below.xpath("following-sibling::*[1][self::p]")]
            is_noted = any(publisher in note for publisher in cited for note in notes)
            for line in frame.xpath(".//tbody/tr"):
                text = words(line.text_content())
                if re.search(r"\d", text):
                    checked += 1
                    assert is_noted or any(publisher in text for publisher in cited), text
    assert checked > 40


@every_footprint
def test_statements_sums_and_events_are_there_with_their_notes(code: str):
    table_topics = ("structure", "governance", "people", "position")
    for table, heading in (
        ("statements", SAID),
        ("plan_sums", MONEY),
        ("events", HAPPENED),
        ("proposals", SAID),
    ):
        for row in of(table, code):
            text = section(code, TABLE if row.get("topic") in table_topics else heading)
            assert words(row["summary"]) in text
            assert words(row["note"]) in text


@every_footprint
def test_rating_and_change_in_beds_are_given_or_said_to_be_not_found(code: str):
    rated, text = of("ratings", code), section(code, HAPPENED)
    assert ("July 2017: not found." in text) == (rated == [])
    assert ("Its rating of July 2017" in section(code, MISSING)) == (rated == [])
    for row in rated:
        assert f": {row['rating']} , of four categories" in text
    beds = [row for row in of("stated", code) if row["unit"] == "per cent"]
    label = "Change in hospital beds, 2014/15 to 2017/18:"
    assert (f"{label} not found." in text) == (beds == [])
    for row in beds:
        sign = "\u2212" if float(row["value"]) < 0 else "+"
        assert f"{label} {sign}{row['value'].lstrip('-')}% , reported 26 June 2018." in text
        assert "Analysis by the BMA" in text
        assert f"{row['value'].lstrip('-')}%" not in section(code, MONEY)


SEEDS = [
    ("herefordshire-and-worcestershire", SAID, "Stroke", "Estates", "co-production|three aims"),
    ("staffordshire", TABLE, "Penny Harris.*Transformation Director", "John MacDonald.*chair",
     "senior responsible officer, who is a chief officer or chief executive",
     "Fire and rescue.*safe and well visits.*community fire stations"),
    ("staffordshire", SAID, "Four main challenges", "Next steps", "case for change",
     "Only one organisation.*financially sustainable"),
    ("shropshire-and-telford-and-wrekin", TABLE, "Future Fit",
     "Three neighbourhoods: Shropshire, Telford and Wrekin, and Powys"),
    ("shropshire-and-telford-and-wrekin", SAID, "Consultation to start.*summer 2017"),
    ("west-yorkshire", TABLE, "City of Wakefield Metropolitan District Council",
     "Wakefield's part.*prevention"),
]  # fmt: skip


def test_pages_of_the_seed_documents_carry_their_facts():
    code_of = {slug: code for code, slug in SLUGS.items()}
    for slug, heading, *patterns in SEEDS:
        text = section(code_of[slug], heading)
        assert [pattern for pattern in patterns if not re.search(pattern, text)] == []


@every_footprint
def test_every_measure_is_drawn_as_dots_and_given_in_words(code: str):
    """The dot of the footprint stands where its figure lies between the lowest and the highest."""
    labels = {row["measure"]: row["label"] for row in page.rows("measures")}
    figures: dict[str, dict[str, float]] = {}
    for row in page.rows("measured"):
        figures.setdefault(row["measure"], {})[row["code"]] = float(row["value"])
    pictures = {
        image.get("alt").split(": ")[0]: image
        for heading in (WHO, GAPS)
        for image in drawn(code, heading).find_class("stp-dots")
    }
    for measure, by_code in figures.items():
        found = {c: value for c, value in by_code.items() if c != "ENG"}
        low, high = min(found.values()), max(found.values())
        image = pictures[labels[measure]]
        svg = unquote(image.get("src"))
        here = re.search(r"circle cx='(\d+)'[^>]*fill='#e8590c'", svg)
        at = (found[code] - low) / (high - low)
        assert int(here[1]) == pytest.approx(8 + at * 184, abs=1)
        rank = 1 + sum(value > found[code] for value in found.values())
        assert f"{NAMES[code]} " in image.get("alt")
        assert f"rank {rank} of 44" in image.get("alt")
        line = words(image.getparent().getparent().text_content())
        assert f"{rank} of 44" in line


@every_footprint
def test_neighbours_are_those_of_the_raw_table_with_page_and_comparison(code: str):
    beside = {row["neighbour"] for row in page.rows("neighbours") if row["code"] == code}
    table = drawn(code, BESIDE).xpath(".//table")[0]
    links = [link.get("href") for link in table.iter("a")]
    here = SLUGS[code]
    assert sorted(links) == sorted(
        [f"footprint?area={SLUGS[other]}" for other in beside]
        + [f"compare?areas={here},{SLUGS[other]}" for other in beside]
    )


@every_footprint
def test_head_has_files_comparisons_the_pages_beside_and_a_citation(code: str):
    links = re.findall(r'href="([^"#][^"]*)"', head(code))
    slug = SLUGS[code]
    assert {f"briefing/{slug}", f"briefing/{slug}.docx", f"download/{slug}.geojson"} <= set(links)
    assert any(link.startswith(f"compare?areas={slug},") for link in links)
    ordered = sorted(NAMES, key=NAMES.get)
    at = ordered.index(code)
    turned = [link for link in links if link.startswith("footprint?")]
    assert turned == [
        f"footprint?area={SLUGS[other]}"
        for other in ordered[max(0, at - 1) : at + 2]
        if other != code
    ]
    (citation,) = re.findall(r'data-copy="([^"]*)">Copy citation', head(code))
    assert page.plain(citation).startswith(f"STP Atlas: {NAMES[code]} ({code}), data of ")
    assert page.plain(citation).endswith(f"/footprint?area={slug}")


@every_footprint
def test_themes_say_how_firmly_and_at_least_how_many_plans_name_them(code: str):
    order = ["priority", "workstream", "programme", "aim", "proposal"]
    dates = {row["source"]: row["date"] for row in page.rows("sources")}
    firmest: dict[str, dict[str, int]] = {row["theme"]: {} for row in page.rows("themes")}
    for row in page.rows("priorities"):
        later = row["later"] or (row["as_of"] or dates[row["source"]]) >= "2018"
        if row["how"] in order and not later:
            at = firmest[row["theme"]]
            at[row["code"]] = min(order.index(row["how"]), at.get(row["code"], 9))
    text = section(code, SAID)
    shown = []
    for theme in page.rows("themes"):
        plans = firmest[theme["theme"]]
        found = re.search(rf"{re.escape(theme['label'])} (\w+) (?:at least (\d+) of|all) 44 ", text)
        assert bool(found) == (code in plans)
        if found:
            assert order.index(found[1]) == plans[code]
            assert int(found[2] or 44) == len(plans)
            shown.append((theme["kind"], found.start(), plans[code]))
    for kind in ("clinical", "enabler"):
        degrees = [how for of, _, how in sorted(shown, key=lambda one: one[1]) if of == kind]
        assert degrees == sorted(degrees)


@every_footprint
def test_whether_the_plan_itself_was_read_is_said(code: str):
    kinds = {(row["document"], row["read"]) for row in of("readings", code)}
    for part in (SAID, MISSING):
        text = section(code, part)
        whole = "The plan itself was among them" in text
        assert whole == any(kind == "plan" for kind, _ in kinds)
        assert ("among them, its opening pages only" in text) == (
            whole and ("plan", "whole") not in kinds
        )


def test_page_without_an_area_offers_all_44():
    at = page.footprint()
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert page.page_links(at) == {NAMES[code]: SLUGS[code] for code in CODES}


@each("area", ["nonsense", "<script>alert(1)</script>", ["dorset", "nonsense"]])
def test_unknown_area_gets_a_sentence_and_the_list(area: object):
    at = page.footprint(area=area)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert "area" in notice
    assert len(page.page_links(at)) == 44
    assert "alert(1)" not in " ".join(str(element.proto) for element in page.elements(at))


def test_search_on_the_page_shows_the_footprint_found():
    at = page.footprint(area="dorset")
    page.search(at, "Cheltenham")
    assert [title.value for title in at.title] == ["Gloucestershire"]
    assert page.address(at) == {"area": "gloucestershire"}
