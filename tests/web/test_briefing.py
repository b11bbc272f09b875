"""Briefings against a running server: what they say, what they cite, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import docx
import html5lib
import pytest
from docx.oxml.ns import qn
from each import EXTREMES, WHOLE, each
from lxml import etree
from PIL import Image
from plain_http import Answer, ask

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
YEARS = re.compile(r"\b(19|20)\d\d(/\d\d)?\b")
SECTIONS = [
    "People and place", "Member organisations", "Leaders", "What the plan said",
    "Proposed service changes", "Money", "Compared with England", "Neighbours and similar areas",
    "Successor bodies", "Not found", "Sources",
]  # fmt: skip
PAIR_SECTIONS = [
    "Main differences", "Member organisations", "Leaders", "What the plans said", "Money",
    "Location", "Successor bodies", "Not found", "Sources",
]  # fmt: skip


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SLUGS = {row["slug"]: row["code"] for row in rows("footprints")}
NAMES = {row["code"]: row["name"] for row in rows("footprints")}
DRAWN = [slug for slug in SLUGS if WHOLE or slug in EXTREMES]
PAIRS = [
    "norfolk-and-waveney+cheshire-and-merseyside",
    "shropshire-and-telford-and-wrekin+staffordshire",
    "greater-manchester+cornwall-and-the-isles-of-scilly",
]


def of(table: str, slug: str) -> list[dict[str, str]]:
    return [row for row in rows(table) if row["code"] == SLUGS[slug]]


KEPT: dict[tuple[str, str], Answer] = {}


def briefing(server: str, slug: str) -> Answer:
    """The page, asked for once."""
    if (server, slug) not in KEPT:
        KEPT[server, slug] = ask(server, f"/briefing/{slug}")
    return KEPT[server, slug]


def tree(answer: Answer) -> etree._Element:
    """The page as a strict parser of HTML sees it; an error in it raises."""
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False
    )
    return parser.parse(answer.body, transport_encoding="utf-8").getroot()


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


def without_citations(element: etree._Element) -> str:
    """The text of an element without numbers of notes and without years."""
    copy = etree.fromstring(etree.tostring(element))
    for cited in copy.iter("sup"):
        for child in list(cited):
            cited.remove(child)
        cited.text = ""
    return YEARS.sub("", words(copy))


def part(page: etree._Element, title: str) -> str:
    (section,) = [s for s in page.iter("section") if s.findtext("h2") == title]
    return words(section)


@each("slug", [*DRAWN, *PAIRS])
def test_page_is_valid_html_small_self_contained_and_complete(server: str, slug: str):
    answer = briefing(server, slug)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(answer.body) <= 60_000
    page = tree(answer)
    names = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not names & {"script", "img", "iframe", "object", "embed", "video", "form", "input"}
    for link in page.iter("link"):
        assert link.get("rel") == "canonical" or link.get("href") == "data:,"
    assert not re.search(r"@import|url\(|\son\w+=|javascript:", answer.text)
    assert page.get("lang") == "en-GB"
    assert len(list(page.iter("h1"))) == 1
    identities = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    leads_to = f"../footprint?area={slug}" if "+" not in slug else "../compare?areas="
    assert any(a.get("href", "").startswith(leads_to) for a in page.iter("a"))
    said = words(page)
    for must in (f"{server}/briefing/{slug}", "not an NHS service", "data version",
                 "Open Government Licence v3.0"):  # fmt: skip
        assert must in said
    sections = list(page.iter("section"))
    wanted = PAIR_SECTIONS if "+" in slug else SECTIONS
    assert [section.findtext("h2") for section in sections] == wanted
    for section in sections:
        assert len(words(section)) > len(section.findtext("h2", "")) + 20
        for listed in section.iter("ul", "ol", "tbody"):
            assert len(listed), f"an empty list in {section.findtext('h2')}"
            assert all(words(item) for item in listed)


@each("slug", [*DRAWN, *PAIRS])
def test_every_figure_cites_a_source_that_is_listed_and_every_source_is_cited(
    server: str, slug: str
):
    page = tree(briefing(server, slug))
    cited = {a.get("href") for a in page.iter("a") if a.get("href", "").startswith("#n")}
    notes = [item for item in page.iter("li") if item.get("id")]
    assert [note.get("id") for note in notes] == [f"n{i}" for i in range(1, len(notes) + 1)]
    assert cited == {f"#n{i}" for i in range(1, len(notes) + 1)}
    for note in notes:
        assert len(words(note)) > 15
        assert note.find("a") is not None or "no address found" in words(note)
        for link in note.iter("a"):
            # Nobody types more from paper; the link itself is whole.
            site = urlsplit(link.get("href")).netloc.removeprefix("www.")
            assert len(link.text or "") <= 60 or not site
            assert not (link.text or "").endswith("…") or link.text == f"{site}/…"
    for section in page.iter("section"):
        if section.get("id") == "notes":
            continue
        for said in (*section.iter("p"), *section.iter("li"), *section.iter("tbody")):
            for line in said if said.tag == "tbody" else [said]:
                if not re.search(r"\d", without_citations(line)):
                    continue
                heading = said.getparent().getprevious() if said.tag == "li" else None
                assert line.findall(".//sup") or (
                    heading is not None and heading.findall(".//sup")
                ), f"no source for: {words(line)}"
    for sentence in page.xpath("//p[@class='portrait']"):
        assert sentence.findall(".//sup")


@pytest.mark.parametrize("slug", ["norfolk-and-waveney", PAIRS[0]])
def test_the_number_of_a_note_leads_to_its_source_on_the_evidence_page(server: str, slug: str):
    page = tree(briefing(server, slug))
    titles = {row["source"]: " ".join(row["title"].split()) for row in rows("sources")}
    (notes,) = [ol for ol in page.iter("ol") if ol.get("class") == "notes"]
    for note in notes:
        if "STP Atlas:" in words(note):
            continue
        where = note[0].get("href")
        assert where.startswith("../evidence?source=")
        assert titles[where.partition("=")[2]] in words(note)


def test_briefing_says_on_how_many_facts_sources_differ(server: str):
    """Greater Manchester's gap is stated as £2bn and as £897m, among others."""
    page = tree(briefing(server, "greater-manchester"))
    where = "../evidence?view=conflicts&area=greater-manchester"
    (link,) = [a for a in page.iter("a") if a.get("href") == where]
    said = re.search(r"sources differ on (\d+) facts?", words(link.getparent()))
    assert said
    detail = json.loads(ask(server, "/api/v1/footprints/greater-manchester").text)
    assert int(said[1]) == len(detail["conflicts"]) > 0


@each("slug", DRAWN)
def test_everything_in_the_tables_is_on_the_page(server: str, slug: str):
    page, code = tree(briefing(server, slug)), SLUGS[slug]
    organisations = {row["org"]: row["name"] for row in rows("organisations")}
    who = part(page, "People and place")
    assert next(row["nhs_region"] for row in rows("footprints") if row["code"] == code) in who
    for row in of("places", slug):
        assert f"{row['lad_name']} {int(row['population']):,}" in who
    for title, table, name in (
        ("Member organisations", "memberships", lambda row: organisations[row["org"]]),
        ("Leaders", "leads", lambda row: row["name"]),
        ("Leaders", "leads", lambda row: row["organisation"]),
        ("What the plan said", "plan_names", lambda row: row["name"]),
        ("Proposed service changes", "proposals", lambda row: row["summary"].rstrip(".")),
        ("Neighbours and similar areas", "neighbours", lambda row: NAMES[row["neighbour"]]),
        ("Successor bodies", "successors", lambda row: row["successor_name"]),
    ):
        said = part(page, title)
        for row in of(table, slug):
            assert " ".join(name(row).split()) in said
    if not of("proposals", slug):
        assert "No proposed service change found" in part(page, "Proposed service changes")
    missing = part(page, "Not found")
    assert f"{len(of('readings', slug))} documents read" in missing


@each("slug", DRAWN)
def test_every_shortfall_has_its_scope_and_amount_per_person(server: str, slug: str):
    page = tree(briefing(server, slug))
    money = part(page, "Money")
    (people,) = [
        float(row["value"]) for row in of("measured", slug) if row["measure"] == "population"
    ]
    scopes = {
        "NHS": "NHS only",
        "NHS and social care": "NHS and social care",
        "social care": "social care only",
        "not stated": "scope not stated",
    }
    (section,) = [s for s in page.iter("section") if s.get("id") == "money"]
    lines = [words(line) for line in section.xpath(".//tbody/tr")]
    gaps = [row for row in of("stated", slug) if row["measure"] == "finance_gap_2020_21"]
    assert len(lines) == len(gaps)
    for row in gaps:
        per_person = f"£{float(row['value']) * 1e6 / people:,.0f}"
        assert any(
            per_person in line
            and scopes[row["scope"]].lower() in line.lower()
            and row["note"][:40].strip() in line
            and ("Figure we use: " in line) == (row["preferred"] == "yes")
            for line in lines
        ), f"not found: {row}"
    others = [
        row
        for row in of("stated", slug)
        if row["unit"] == "GBP million" and row["measure"] != "finance_gap_2020_21"
    ]
    assert ("Other figures" in money) == bool(others)
    for row in others:
        assert " ".join(row["note"].split()) in money


@each("slug", ["staffordshire", "dorset", "north-east-london"])
def test_themes_say_how_firmly_and_at_least_how_many_plans_name_them(server: str, slug: str):
    """Counted from the table: rows of 2018 or later do not count, nor do mentions."""
    dated = {row["source"]: row["date"] for row in rows("sources")}
    ways: dict[str, dict[str, set[str]]] = {}
    for row in rows("priorities"):
        later = row["later"] or (row["as_of"] or dated[row["source"]]) >= "2018"
        if row["how"] != "mention" and not later:
            ways.setdefault(row["theme"], {}).setdefault(row["code"], set()).add(row["how"])
    labels = {row["theme"]: row["label"] for row in rows("themes")}
    said = part(tree(briefing(server, slug)), "What the plan said")
    assert "unusual" not in said
    firm, _, rest = said.partition("As an aim or proposal")
    for theme, plans in ways.items():
        at_least = "all 44" if len(plans) == 44 else f"at least {len(plans)} of 44"
        listed = f"{labels[theme]} ({at_least})"
        here = plans.get(SLUGS[slug], set())
        set_out = bool(here & {"priority", "workstream", "programme"})
        assert (listed in firm) == set_out
        assert (listed in rest) == (bool(here) and not set_out)


def test_measures_stand_in_the_order_of_their_distance_from_england(server: str):
    """Worked out by hand for one footprint: distance in standard deviations of the 44."""
    values: dict[str, dict[str, float]] = {}
    for row in rows("measured"):
        values.setdefault(row["measure"], {})[row["code"]] = float(row["value"])
    code, distance = SLUGS["dorset"], {}
    for row in rows("measures"):
        if row["mapped"] != "yes" or row["kind"] != "measured" or row["unit"] == "people":
            continue
        found = dict(values[row["measure"]])
        england = found.pop("ENG")
        mean = sum(found.values()) / 44
        deviation = (sum((v - mean) ** 2 for v in found.values()) / 44) ** 0.5
        rank = 1 + sum(v > found[code] for v in found.values())
        distance[row["label"]] = (-abs(found[code] - england) / deviation, rank)
    page = tree(briefing(server, "dorset"))
    (section,) = [s for s in page.iter("section") if s.get("id") == "differs"]
    lines = section.xpath(".//tbody/tr")
    assert len(lines) == len(distance) == 13
    for line, (label, (_, rank)) in zip(
        lines, sorted(distance.items(), key=lambda pair: pair[1][0]), strict=True
    ):
        assert words(line).startswith(label)
        assert words(line[3]) == str(rank)


@each("slug", [*DRAWN, *PAIRS])
def test_map_names_the_footprint_and_all_its_neighbours(server: str, slug: str):
    page = tree(briefing(server, slug))
    (drawn,) = page.xpath("//*[local-name()='svg'][@class='map']")
    codes = [SLUGS[one] for one in slug.split("+")]
    beside = {
        row["neighbour"]
        for row in rows("neighbours")
        if row["code"] in codes and row["neighbour"] not in codes
    }
    numbers = [label.text for label in drawn.xpath(".//*[local-name()='text']")]
    listed = {
        name.findtext("b"): (name.find("b").tail or "").strip()
        for name in page.xpath("//p[@class='names']/span")
    }
    assert list(listed) == numbers
    assert sorted(listed.values()) == sorted(NAMES[code] for code in (*codes, *beside))
    for code in (*codes, *beside):
        assert NAMES[code] in drawn.get("aria-label")
    for path in drawn.xpath(".//*[local-name()='path']"):
        assert path.get("d") or path.get("class") == "land"


@pytest.mark.parametrize("slug", ["dorset", PAIRS[0]])
def test_previews_find_title_description_and_picture(server: str, slug: str):
    page = tree(briefing(server, slug))
    meta = {tag.get("property") or tag.get("name"): tag.get("content") for tag in page.iter("meta")}
    for code in (SLUGS[one] for one in slug.split("+")):
        assert NAMES[code] in page.findtext(".//title", "")
        assert NAMES[code] in meta["og:title"]
        assert NAMES[code] in meta["description"] == meta["og:description"]
    assert meta["og:url"] == f"{server}/briefing/{slug}"
    assert meta["twitter:card"] == "summary_large_image"
    answer = ask(server, urlsplit(meta["og:image"]).path)
    assert answer.status == 200
    assert answer.media_type == "image/png"
    assert len(answer.body) < 300_000
    picture = Image.open(io.BytesIO(answer.body))
    assert picture.size == (1200, 630)
    assert (217, 72, 15) in {colour for _, colour in picture.convert("RGB").getcolors()}


def test_index_lists_all_44_by_region(server: str):
    page = tree(ask(server, "/briefing/"))
    found = {a.get("href"): words(a) for a in page.iter("a") if a.get("href") in SLUGS}
    assert found == {slug: NAMES[code] for slug, code in SLUGS.items()}
    regions = {row["nhs_region"] for row in rows("footprints")}
    assert {re.sub(r" \(\d+\)$", "", s.findtext("h2", "")) for s in page.iter("section")} == regions


# Addresses


@each(
    ("asked", "leads_to"),
    [
        ("E54000041", "dorset"),
        ("Dorset", "dorset"),
        ("kent-%26-medway", "kent-and-medway"),
        ("E54000041.docx", "dorset.docx"),
        ("E54000041+E54000010", "dorset+staffordshire"),
        ("dorset%2BStaffordshire", "dorset+staffordshire"),
        ("dorset+E54000041", "dorset"),
        (
            quote("Our Dorset: Sustainability and Transformation Plan for local health and care"),
            "dorset",
        ),
    ],
)
def test_other_names_lead_to_the_one_address(server: str, asked: str, leads_to: str):
    answer = ask(server, f"/briefing/{asked}")
    assert answer.status == 301
    assert answer.headers["location"] == leads_to
    assert ask(server, f"/briefing/{leads_to}").status == 200


@each(
    ("asked", "hint"), [("dorsett", "Dorset"), ("norfolk-and-wavenny.docx", "Norfolk and Waveney")]
)
def test_unknown_name_gets_a_page_with_a_hint(server: str, asked: str, hint: str):
    answer = ask(server, f"/briefing/{asked}")
    assert answer.status == 404
    page = tree(answer)
    assert "Did you mean" in words(page)
    (link,) = [a for a in page.iter("a") if words(a) == hint]
    assert ask(server, link.get("href")).status == 200


@each(
    "asked",
    [
        "E54000049",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "{{7*7}}",
        "dorset/extra",
        "+",
        "dorset+kent-and-medway+devon",
        "x" * 6000,
        "%ff%fe",
        ".docx",
        "nowhere.png",
    ],
)
def test_anything_else_gets_404_without_harm(server: str, asked: str):
    answer = ask(server, f"/briefing/{asked}")
    assert answer.status == 404
    assert answer.media_type == "text/html"
    assert "all 44 briefings" in answer.text.lower()
    assert not re.search("<script|Traceback|import ", answer.text)
    assert len(answer.body) < 12_000
    assert "No such briefing" in words(tree(answer))


@each("asked", ["..%2f..%2fapp.py", "../app.py", "%2e%2e/%2e%2e/etc/passwd", "dorset%00"])
def test_path_tricks_never_leave_the_data(server: str, asked: str):
    answer = ask(server, f"/briefing/{asked}")
    assert answer.status in (400, 404)
    assert not re.search("root:|import |Traceback", answer.text)


# What all answers have in common

CACHED = [
    "/briefing/",
    "/briefing/dorset",
    "/briefing/dorset+devon",
    "/briefing/dorset.docx",
    "/briefing/dorset.png",
]


@each("path", CACHED)
def test_known_etag_gets_304_without_a_body(server: str, path: str):
    first = ask(server, path)
    assert "max-age" in first.headers["cache-control"]
    assert first.headers["x-content-type-options"] == "nosniff"
    again = ask(server, path, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = ask(server, path, if_none_match='"other"')
    assert (other.status, other.body) == (200, first.body)


# Word


@pytest.mark.parametrize(
    "slug", ["norfolk-and-waveney", "shropshire-and-telford-and-wrekin", "somerset", PAIRS[0]]
)
def test_word_document_says_the_same(server: str, slug: str):
    answer = ask(server, f"/briefing/{slug}.docx")
    assert answer.status == 200
    assert answer.media_type == DOCX
    assert f'filename="stp-briefing-{slug}.docx"' in answer.headers["content-disposition"]
    document = docx.Document(io.BytesIO(answer.body))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    wanted = PAIR_SECTIONS if "+" in slug else SECTIONS
    assert headings == [*wanted, "About this briefing"]
    page = tree(briefing(server, slug))
    title = words(next(page.iter("h1")))
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [title]
    assert document.core_properties.title == f"{title}: briefing"
    assert document.core_properties.author == "STP Atlas"
    assert document.core_properties.language == "en-GB"
    html_tables = list(page.iter("table"))
    assert len(document.tables) == len(html_tables)
    for table, shown in zip(document.tables, html_tables, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(table.rows) - 1 == len(shown.xpath(".//tbody/tr"))
    said = " ".join(p.text for p in document.paragraphs)
    notes = [p.text for p in document.paragraphs if re.match(r"\[\d+\] ", p.text)]
    assert len(notes) == len([item for item in page.iter("li") if item.get("id")])
    for item in page.xpath("//section[not(@id='notes')]//li"):
        assert words(item).replace(" ", "") in said.replace(" ", "")


def test_word_document_has_the_same_bytes_in_another_process(server: str, atlas):
    from web.briefing import word

    served = ask(server, "/briefing/somerset.docx").body
    assert word.docx(atlas, (SLUGS["somerset"],), server) == served
