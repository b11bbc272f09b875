"""The page of one footprint without a browser, against the raw tables."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
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
    "Who we are",
    "Who is at the table",
    "What we said",
    "The money",
    "The three gaps of the triple aim",
    "What happened",
    "Neighbours and most alike",
    "What we could not find",
)


@cache
def opened(code: str) -> AppTest:
    """A page that no test changes, opened once."""
    return page.footprint(area=SLUGS[code])


def without(table: str) -> list[str]:
    """Codes of the footprints of which a table has no row."""
    return [code for code in CODES if code not in {row["code"] for row in page.rows(table)}]


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


class Tables(HTMLParser):
    """Counts the body rows of each table, and the cells of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[list[int]] = []
        self.heads: list[int] = []
        self.in_body = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        match tag:
            case "table":
                self.widths.append([])
                self.heads.append(0)
            case "tbody":
                self.in_body = True
            case "tr" if self.in_body:
                self.widths[-1].append(0)
            case "td" | "th" if self.in_body:
                self.widths[-1][-1] += 1
            case "th":
                self.heads[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.in_body = False


@every_footprint
def test_page_renders_and_is_titled_with_the_footprint(code: str):
    at = opened(code)
    assert page.is_fine(at)
    assert [title.value for title in at.title] == [NAMES[code]]
    assert page.notices(at) == []


@every_footprint
def test_people_are_those_of_the_raw_table(code: str):
    (people,) = [
        float(row["value"])
        for row in page.rows("measured")
        if row["code"] == code and row["measure"] == "population"
    ]
    assert f"{people:,.0f} people" in page.text_of(opened(code))


@every_footprint
def test_every_ccg_is_named(code: str):
    bodies = {row["org"]: row for row in page.rows("organisations")}
    seats = {row["org"] for row in page.rows("memberships") if row["code"] == code}
    names = {bodies[org]["name"] for org in seats if bodies[org]["type"] == "CCG"}
    assert names, "the raw tables name no CCG"
    text = section(code, TABLE)
    assert {name for name in names if name not in text} == set()
    noun = "CCG" if len(names) == 1 else "CCGs"
    assert re.search(rf"\b{len(names)} {noun}\b", page.text_of(opened(code)))


@every_footprint
def test_every_stated_gap_names_its_source(code: str):
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    stated = [
        row for row in page.rows("stated") if row["code"] == code and row["unit"] == "GBP million"
    ]
    text = section(code, MONEY)
    if not stated:
        assert "No figure found" in text
    missing = {row["source"] for row in stated if publishers[row["source"]] not in text}
    assert missing == set()
    lines = sum(map(len, _tables(code, MONEY).widths))
    assert lines == len(stated) + len(of("plan_sums", code))


def _tables(code: str, heading: str) -> Tables:
    found = Tables()
    found.feed(" ".join(page.sections(opened(code))[heading]))
    return found


@every_footprint
def test_no_section_is_empty_and_no_table_is_without_rows(code: str):
    found = page.sections(opened(code))
    for heading, drawn in found.items():
        assert page.plain(" ".join(drawn)), f"nothing stands under {heading!r}"
        tables = Tables()
        tables.feed(" ".join(drawn))
        for head, widths in zip(tables.heads, tables.widths, strict=True):
            assert widths, f"a table under {heading!r} has no row"
            assert set(widths) == {head}, f"a row under {heading!r} has not {head} cells"


@each("code", without("plan_names"))
def test_page_says_when_no_name_of_the_plan_was_found(code: str):
    assert "No name of the plan or the partnership found" in section(code, SAID)


@each("code", without("publications"))
def test_page_says_when_no_date_of_publication_was_found(code: str):
    assert "No date of publication found" in section(code, SAID)


@each(
    "code",
    [
        code
        for code in CODES
        if not any(
            row["code"] == code and row["measure"] == "population_stated"
            for row in page.rows("stated")
        )
    ],
)
def test_page_says_when_no_document_states_its_people(code: str):
    assert "No document read gives a number of people" in section(code, WHO)


@every_footprint
def test_every_person_in_a_leading_role_is_named(code: str):
    text = section(code, TABLE)
    names = {row["name"] for row in page.rows("leads") if row["code"] == code and row["name"]}
    assert {name for name in names if name not in text} == set()


@every_footprint
def test_sections_stand_in_the_order_in_which_a_board_asks(code: str):
    assert tuple(page.sections(opened(code)))[1:] == SECTIONS
    contents = re.findall(r'href="#([a-z]+)"', head(code))
    anchors = [header.proto.anchor for header in opened(code).header]
    assert contents == anchors


@every_footprint
def test_every_row_with_a_figure_names_its_source(code: str):
    """In the row itself; of councils, neighbours and the like, in the notes under the table."""
    cited = {row["publisher"] for row in page.rows("sources")}
    checked = 0
    for heading in SECTIONS:
        for frame in drawn(code, heading).find_class("stp-scroll"):
            below = frame.getparent() if heading == BESIDE else frame
            notes = " ".join(n.text_content() for n in below.xpath("following-sibling::p"))
            noted = heading == BESIDE or "People of mid-2017" in notes
            assert not noted or any(publisher in notes for publisher in cited)
            for line in frame.xpath(".//tbody/tr"):
                text = words(line.text_content())
                if re.search(r"\d", text):
                    checked += 1
                    in_note = noted and not line.xpath(".//small/a")
                    assert in_note or any(publisher in text for publisher in cited), text
    assert checked > 40


@every_footprint
def test_councils_have_their_people_and_both_shares(code: str):
    lines = [words(line.text_content()) for line in drawn(code, WHO).xpath(".//tbody/tr")]
    districts = of("places", code)
    whole = sum(int(row["population"]) for row in districts)
    for row in districts:
        (line,) = [
            line
            for line in lines
            if re.match(rf"{re.escape(row['lad_name'])} ?(\(|{int(row['population']):,})", line)
        ]
        assert f"{int(row['population']):,}" in line
        share = 100 * int(row["population"]) / whole
        assert share < 0.1 or f"{share:.1f}%".replace(".0%", "%") in line


@every_footprint
def test_bodies_at_other_tables_too_are_named_with_the_others(code: str):
    seats: dict[str, set[str]] = {}
    for row in page.rows("memberships"):
        seats.setdefault(row["org"], set()).add(row["code"])
    names = {row["org"]: row["name"] for row in page.rows("organisations")}
    lines = [words(line.text_content()) for line in drawn(code, TABLE).xpath(".//tbody/tr")]
    for org, there in seats.items():
        if code not in there or len(there) < 2:
            continue
        others = there - {code}
        assert any(
            words(names[org]) in line
            and (
                all(NAMES[other] in line for other in others)
                or f"{len(others)} other footprints" in line
            )
            for line in lines
        ), names[org]


@every_footprint
def test_statements_sums_and_events_are_there_with_their_notes(code: str):
    table_topics = ("structure", "governance", "people", "position")
    for row in of("statements", code):
        text = section(code, TABLE if row["topic"] in table_topics else SAID)
        assert words(row["summary"]) in text
        assert words(row["note"]) in text
    for row in of("plan_sums", code):
        assert words(row["summary"]) in section(code, MONEY)
        assert words(row["note"]) in section(code, MONEY)
    for row in of("events", code):
        assert words(row["summary"]) in section(code, HAPPENED)
        assert words(row["note"]) in section(code, HAPPENED)


@every_footprint
def test_a_rating_is_given_or_said_to_be_not_found(code: str):
    rated, text = of("ratings", code), section(code, HAPPENED)
    assert ("July 2017: not found in the sources read" in text) == (rated == [])
    for row in rated:
        assert f": {row['rating']} , of four categories" in text
    assert ("Its rating of July 2017" in section(code, MISSING)) == (rated == [])


@every_footprint
def test_a_change_in_beds_is_given_with_its_sign_or_said_to_be_not_found(code: str):
    beds = [row for row in of("stated", code) if row["unit"] == "per cent"]
    text = section(code, HAPPENED)
    label = "Change in hospital beds, 2014/15 to 2017/18:"
    assert (f"{label} not found in the sources read" in text) == (beds == [])
    for row in beds:
        sign = "\u2212" if float(row["value"]) < 0 else "+"
        assert f"{label} {sign}{row['value'].lstrip('-')}% , reported: 26 June 2018." in text
        assert "Analysis by the BMA" in text
        assert f"{row['value'].lstrip('-')}%" not in section(code, MONEY)


@every_footprint
def test_what_was_not_found_rests_on_the_number_of_documents_read(code: str):
    assert f"{len(of('readings', code))} documents read" in section(code, MISSING)


SEEDS = {
    "herefordshire-and-worcestershire": {
        SAID: ["Stroke", "Maternity", "Estates", "co-production|three aims"],
        TABLE: ["co-production", "one footprint"],
    },
    "staffordshire": {
        TABLE: [
            "Penny Harris.*Transformation Director",
            "John MacDonald.*chair",
            "senior responsible officer, who is a chief officer or chief executive",
            "answers to the regional leads of NHS England and NHS Improvement",
            "Fire and rescue.*safe and well visits.*community fire stations",
        ],
        SAID: [
            "Four main challenges",
            "Only one organisation.*financially sustainable",
            "Next steps",
            "case for change",
        ],
    },
    "shropshire-and-telford-and-wrekin": {
        TABLE: [
            "Three neighbourhoods: Shropshire, Telford and Wrekin, and Powys",
            "Shropshire Council, the CCG, Healthwatch Shropshire, the voluntary sector's assembly",
            "Future Fit",
        ],
        SAID: ["communication and engagement", "Consultation to start.*summer 2017"],
    },
    "west-yorkshire": {
        TABLE: ["City of Wakefield Metropolitan District Council", "Wakefield's part.*prevention"]
    },
}


@pytest.mark.parametrize("slug", SEEDS)
def test_pages_of_the_seed_documents_carry_their_facts(slug: str):
    (code,) = [code for code in CODES if SLUGS[code] == slug]
    for heading, patterns in SEEDS[slug].items():
        text = section(code, heading)
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
def test_head_leads_to_paper_data_and_the_pages_before_and_after(code: str):
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


@every_footprint
def test_citation_to_copy_names_the_footprint_the_data_and_the_address(code: str):
    (citation,) = re.findall(r'data-copy="([^"]*)">Copy citation', head(code))
    citation = page.plain(citation)
    assert citation.startswith(f"STP Atlas: {NAMES[code]} ({code}), data of ")
    assert citation.endswith(f"/footprint?area={SLUGS[code]}")


@every_footprint
def test_page_is_small(code: str):
    """What travels over the websocket for one footprint."""
    assert sum(element.proto.ByteSize() for element in page.elements(opened(code))) < 120_000


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
    assert "unusual" not in text
    assert text.count("was not found in them") <= 1


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


@every_footprint
def test_boards_that_took_over_are_named_with_their_shares(code: str):
    text = section(code, HAPPENED)
    for row in page.rows("successors"):
        if row["code"] == code:
            assert row["successor_name"] in text


@every_footprint
def test_no_figure_is_shown_as_nan_or_none(code: str):
    for word in ("nan", "NaN", "None None", "£nan", "inf%"):
        assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page.text_of(opened(code)))


@pytest.mark.parametrize("area", ["E54000041", "dorset", "Dorset", "DORSET"])
def test_page_opens_by_code_slug_and_name(area: str):
    at = page.footprint(area=area)
    assert [title.value for title in at.title] == ["Dorset"]


def test_page_without_an_area_offers_all_44():
    at = page.footprint()
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert page.page_links(at) == {NAMES[code]: SLUGS[code] for code in CODES}


@pytest.mark.parametrize(
    "area",
    ["nonsense", "<script>alert(1)</script>", "x" * 10_000, ["dorset", "nonsense"]],
    ids=lambda value: str(value)[:30],
)
def test_unknown_area_gets_a_sentence_and_the_list(area: object):
    at = page.footprint(area=area)
    assert page.is_fine(at)
    (notice,) = page.notices(at)
    assert "area" in notice
    assert len(page.page_links(at)) == 44
    drawn = " ".join(str(element.proto) for element in page.elements(at))
    assert "alert(1)" not in drawn
    assert "xxxxxxxx" not in drawn


def test_search_on_the_page_shows_the_footprint_found():
    at = page.footprint(area="dorset")
    page.search(at, "Cheltenham")
    assert [title.value for title in at.title] == ["Gloucestershire"]
    assert page.address(at) == {"area": "gloucestershire"}
