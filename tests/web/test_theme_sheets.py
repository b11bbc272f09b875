"""The sheets of themes, asked inside this process: what they say, cite and refuse."""

from __future__ import annotations

import io
import re
from functools import cache

import docx
import pytest
from asgi import call
from each import WHOLE, each
from lxml import etree
from plain_http import Answer
from raw_themes import FIRMEST, LABELS, PLACES, SOURCES, counting, rows
from starlette.routing import Router
from test_briefing import DOCX, tree, words
from words import faults

from web.routes import routes

APP = Router(routes=routes)
DRAWN = ["mental_health", "end_of_life", "maternity", "change_management", "acute_reconfiguration"]
DRAWN = list(LABELS) if WHOLE else DRAWN
NAMES = {code: row["name"] for code, row in PLACES.items()}
GROUPS = {
    "Set out as a priority, workstream or programme": FIRMEST[:3],
    "Aims and proposals": FIRMEST[3:5],
    "Mentions, not counted above": FIRMEST[5:],
}


@cache
def sheet(name: str) -> Answer:
    """The page, asked for once."""
    return call(APP, f"/theme/{name}")


@cache
def page(name: str) -> etree._Element:
    return tree(sheet(name))


@cache
def shown(theme: str) -> dict[str, list[dict[str, str]]]:
    """The rows of 2016 and 2017 for a theme, by footprint."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in counting(firm="any"):
        if row["theme"] == theme:
            found.setdefault(row["code"], []).append(row)
    return found


def firmest(theme: str, code: str) -> str:
    return min((row["how"] for row in shown(theme)[code]), key=FIRMEST.index)


def section(name: str, title: str) -> etree._Element:
    (found,) = [s for s in page(name).iter("section") if s.findtext("h2") == title]
    return found


@each("theme", DRAWN)
def test_sheet_is_valid_html_small_and_self_contained(theme: str):
    answer = sheet(theme)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert len(answer.body) <= 60_000
    names = {element.tag for element in page(theme).iter() if isinstance(element.tag, str)}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "input"}
    assert not re.search(r"@import|url\(|\son\w+=|javascript:", answer.text)
    assert page(theme).get("lang") == "en-GB"
    assert page(theme).findtext(".//h1") == LABELS[theme]
    links = {a.get("href") for a in page(theme).iter("a")}
    assert {f"../priorities?theme={theme}", f"{theme}.docx", "./"} <= links


@each("theme", DRAWN)
def test_sheet_begins_with_the_sentence_to_quote(theme: str):
    counted = [code for code in shown(theme) if firmest(theme, code) != "mention"]
    first = words(page(theme).find(".//p[@class='portrait']"))
    assert first.startswith(f"At least {len(counted)} of 44 plans name {LABELS[theme].lower()}")
    quoted = words(section(theme, "To quote"))
    assert f"At least {len(counted)} of 44 plans" in quoted
    assert f"/theme/{theme}" in quoted
    assert re.search(r"STP Atlas, data of \d+ \w+ \d{4}", quoted)
    others = [row for row in rows("counts_by_others") if row["theme"] == theme and row["names"]]
    more = any(int(row["count"] or 0) > len(counted) for row in others)
    assert ("Others found more. Give their count, below, with ours." in quoted) == more


@each("theme", DRAWN)
def test_sheet_lists_each_footprint_found_once_by_how_firmly(theme: str):
    seen = []
    for table in section(theme, "Where it was found").iter("table"):
        title, number = words(table.find("caption")).rsplit(": at least ", 1)
        lines = [[words(cell) for cell in row] for row in table.findall("tbody/tr")]
        assert len(lines) == int(number) > 0
        for name, how, said in lines:
            (code,) = [code for code, known in NAMES.items() if known == name]
            assert how.split(" (")[0] == firmest(theme, code)
            assert firmest(theme, code) in GROUPS[title]
            more = len(shown(theme)[code]) - 1
            assert said.endswith(f"and {more} more") == bool(more)
            seen.append(code)
    assert sorted(seen) == sorted(shown(theme))


@each("theme", DRAWN)
def test_each_footprint_cites_a_source_that_shows_the_theme_most_firmly(theme: str):
    notes = {item.get("id"): item for item in page(theme).iter("li") if item.get("id")}
    for line in section(theme, "Where it was found").iter("tr"):
        links = [a.get("href") for a in line.iter("a")]
        if not links:
            continue
        (code,) = [code for code, name in NAMES.items() if name == words(line[0])]
        source = notes[links[0].removeprefix("#")].find("a").get("href").partition("source=")[2]
        rested = [row for row in shown(theme)[code] if row["source"] == source]
        assert firmest(theme, code) in {row["how"] for row in rested}
        (row,) = rested
        year = (row["as_of"] or SOURCES[source]["date"])[:4] or "not dated"
        assert year in words(line[2])
        assert f"({row['confidence']})" in words(line[1])


@each("theme", DRAWN)
def test_every_number_of_a_note_leads_to_a_note_and_each_note_is_cited(theme: str):
    cited = {a.get("href") for a in page(theme).iter("a") if a.get("href", "").startswith("#n")}
    notes = [item.get("id") for item in page(theme).iter("li") if item.get("id")]
    assert cited == {f"#{note}" for note in notes}
    assert notes == [f"n{number}" for number in range(1, len(notes) + 1)]


@each("theme", DRAWN)
def test_map_draws_every_footprint_and_says_what_colours_mean(theme: str):
    (drawing,) = list(page(theme).iter("svg", "{http://www.w3.org/2000/svg}svg"))
    assert LABELS[theme] in drawing.get("aria-label")
    degrees = {len(GROUPS) - list(GROUPS.values()).index(ways): ways for ways in GROUPS.values()}
    for path in drawing:
        degree = int(path.get("class").removeprefix("d"))
        assert path.get("d").startswith("M")
        if degree:
            assert any(firmest(theme, code) in degrees[degree] for code in shown(theme))
    legend = words(page(theme).find(".//figcaption"))
    assert "Not found in the documents read" in legend


@each("theme", DRAWN)
def test_sheet_has_what_others_counted_with_the_figure_as_given(theme: str):
    text = words(section(theme, "What others counted"))
    about = [row for row in rows("counts_by_others") if row["theme"] == theme]
    for row in about:
        assert " ".join(row["what"].split()) in text
        assert (row["count"] or row["said"]) in text
        assert row["who"] in text
    assert ("We have not found anyone else" in text) == (not about)


@each("theme", list(LABELS))
def test_words_on_a_sheet_count_at_least_and_find_nothing_in_absence(theme: str):
    text = sheet(theme).text
    # What others counted, titles of documents, and what the code book takes in, count nothing.
    ours = re.sub(r'<section id="(notes|judged)">.*?</section>', "", text, flags=re.DOTALL)
    ours = re.sub(r"<table><caption>Each count.*?</table>", "", ours, flags=re.DOTALL)
    assert faults(ours) == []
    assert len(re.findall(r"not found in the documents read", text, re.IGNORECASE)) <= 2


def test_sheet_says_what_the_code_book_counts():
    text = words(section("stroke", "How it was judged"))
    assert "hyper-acute stroke" in text
    assert "Does not count: “cardiovascular”" in text or 'count: "cardiovascular"' in text
    assert "mental_health" not in words(section("maternity", "How it was judged"))


@each("theme", DRAWN)
def test_word_document_says_the_same(theme: str):
    answer = call(APP, f"/theme/{theme}.docx")
    assert answer.status == 200
    assert answer.headers["content-type"] == DOCX
    assert f'filename="stp-theme-{theme}.docx"' in answer.headers["content-disposition"]
    document = docx.Document(io.BytesIO(answer.body))
    said = " ".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    first = words(page(theme).find(".//p[@class='portrait']"))
    assert first.partition(",")[0] in said
    for code in shown(theme):
        assert NAMES[code] in cells
    for note in page(theme).findall(".//ol[@class='notes']/li"):
        assert words(note).partition(",")[0] in said
    assert document.core_properties.title == f"{LABELS[theme]}: theme sheet"
    assert answer.body == call(APP, f"/theme/{theme}.docx").body


def test_index_has_all_themes_with_a_lower_bound():
    index = tree(call(APP, "/theme/"))
    listed = {item.find("a").get("href"): words(item) for item in index.iter("li")}
    assert list(listed) == list(LABELS)
    for theme, text in listed.items():
        counted = [code for code in shown(theme) if firmest(theme, code) != "mention"]
        assert f"At least {len(counted)} of 44 plan" in text
    assert faults(call(APP, "/theme/").text, about_themes=True) == []


@pytest.mark.parametrize("asked", ["nonsense", "stroke.pdf", "a/b", "%3Cscript%3E"])
def test_unknown_theme_is_refused_with_a_sentence_and_the_list(asked: str):
    answer = call(APP, f"/theme/{asked.replace('%3C', '<').replace('%3E', '>')}")
    assert answer.status == 404
    found = tree(answer)
    assert "We don't have a theme called" in words(found)
    assert len(list(found.iter("li"))) == len(LABELS)
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("/theme", "theme/"),
        ("/theme/Mental-Health", "mental_health"),
        ("/theme/mental-health.docx", "mental_health.docx"),
    ],
)
def test_other_spellings_lead_to_the_one_address(asked: str, where: str):
    answer = call(APP, asked)
    assert (answer.status, answer.headers["location"]) == (301, where)


@each("path", ["/theme/", "/theme/stroke", "/theme/stroke.docx"])
def test_sheet_is_kept_by_caches_not_sent_again_and_compressed(path: str):
    first = call(APP, path)
    assert "max-age=" in first.headers["cache-control"]
    again = call(APP, path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    answer = call(APP, "/theme/stroke", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert len(answer.body) < 20_000
