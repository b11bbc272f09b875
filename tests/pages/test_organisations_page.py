"""The page Organisations without a browser, against the raw tables."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qs, urlsplit

import page_reader as page
import pytest
from each import each
from streamlit.testing.v1 import AppTest

BODIES = {row["org"]: row for row in page.rows("organisations")}
PLACES = {row["code"]: row for row in page.rows("footprints")}
SEATS: dict[str, set[str]] = defaultdict(set)
for _row in page.rows("memberships"):
    SEATS[_row["org"]].add(_row["code"])
FIND, TYPE, REGION, AREA = "Find a body", "Type", "NHS region", "Footprint"
SHOW = "Show"


def opened(**query: Any) -> AppTest:
    at = AppTest.from_file(str(page.ROOT / "dashboard.py"), default_timeout=60).run()
    at.switch_page("pages/organisations.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def body_of(at: AppTest) -> str:
    return " ".join(page.source_of(element) for element in at.get("html"))


def listed(at: AppTest) -> list[str]:
    """Keys of the bodies that the list links to, from the top."""
    links = re.findall(r'<th><a href="organisations\?([^"]*)"', body_of(at))
    return [parse_qs(link.replace("&amp;", "&"))["body"][0] for link in links]


def headers(at: AppTest) -> list[str]:
    return [element.value for element in at.header]


def test_page_opens_with_the_finding_and_the_first_fifty():
    at = opened()
    assert page.is_fine(at)
    assert page.notices(at) == []
    several = sum(len(codes) > 1 for codes in SEATS.values())
    assert headers(at) == [
        f"{len(BODIES)} bodies are listed as members; {several} of them in more than one footprint"
    ]
    assert len(listed(at)) == 50
    assert f"the other {len(BODIES) - 50} are on further pages" in page.text_of(at)


def test_pages_together_list_every_body_once():
    seen: list[str] = []
    at = opened()
    for _ in range(14):
        seen += listed(at)
        if not (following := [b for b in at.button if b.label.startswith("Next")]):
            break
        at = following[0].click().run()
    assert sorted(seen) == sorted(BODIES)
    assert page.address(at) == {"page": "14"}
    at = next(b for b in at.button if b.label.startswith("Previous")).click().run()
    assert page.address(at) == {"page": "13"}


def test_filters_are_written_to_the_address_and_back_to_the_widgets():
    at = opened(page="3")
    at = page.choose(at, TYPE, "NHS trusts")
    assert page.address(at) == {"type": "nhs-trust"}
    at = page.choose(at, REGION, "London")
    assert page.address(at) == {"type": "nhs-trust", "region": "london"}
    expected = {
        org
        for org, row in BODIES.items()
        if row["type"] == "NHS trust"
        and any(PLACES[code]["nhs_region"] == "London" for code in SEATS[org])
    }
    assert set(listed(at)) == expected
    assert headers(at)[0].startswith(f"{len(expected)} NHS trusts are listed as members of foot")
    again = opened(**page.address(at))
    assert headers(again) == headers(at)
    assert page.widget(again, REGION).value == "london"


def test_footprint_outside_the_region_takes_the_region_off():
    at = page.choose(opened(region="london"), AREA, "Dorset")
    assert page.address(at) == {"area": "dorset"}
    assert set(listed(at)) == {org for org, codes in SEATS.items() if "E54000041" in codes}
    at = page.choose(at, REGION, "London")
    assert page.address(at) == {"region": "london"}


def test_search_lists_what_matches_and_keeps_it_in_the_links():
    at = page.widget(opened(), FIND).set_value("wakefield").run()
    assert page.address(at) == {"q": "wakefield"}
    names = {BODIES[org]["name"] for org in listed(at)}
    assert names == {row["name"] for row in BODIES.values() if "Wakefield" in row["name"]}
    assert 'href="organisations?q=wakefield&amp;body=' in body_of(at)
    assert 'href="download/organisations-view.csv?q=wakefield"' in body_of(at)


def test_search_that_one_body_answers_shows_it():
    at = opened(q="mersy care")
    assert headers(at) == ["Mersey Care NHS Foundation Trust is listed in 2 of the 44 footprints"]
    assert "This one comes near" in page.text_of(at)


@each("org", ["RYA", "rya", "nhs-local-area-team-shropshire", "00C", "REM"])
def test_body_shows_every_footprint_role_date_source_and_note(org: str):
    at = opened(body=org)
    assert page.is_fine(at)
    key = next(k for k in BODIES if k.lower() == org.lower())
    assert headers(at)[0].startswith(f"{BODIES[key]['name']} is listed in ")
    text = body_of(at)
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    for row in page.rows("memberships"):
        if row["org"] == key:
            place = PLACES[row["code"]]
            assert f'href="footprint?area={place["slug"]}"' in text
            for said in (place["name"], row["role"], publishers[row["source"]], row["note"]):
                assert said in page.plain(text)
    code = BODIES[key]["ods_code"] or "none found in the sources read"
    assert f"ODS code {code}" in page.plain(text)


def test_clearing_the_choice_keeps_the_filters():
    at = opened(body="RYA", type="ambulance-trust")
    assert len(headers(at)) == 2
    at = next(b for b in at.button if b.label == "Clear the choice").click().run()
    assert page.address(at) == {"type": "ambulance-trust"}
    assert len(headers(at)) == 1


def test_bodies_in_several_footprints_come_with_each_of_them():
    at = page.widget(opened(), SHOW).set_value("several").run()
    assert page.address(at) == {"show": "several"}
    several = {org for org, codes in SEATS.items() if len(codes) > 1}
    assert set(listed(at)) == several
    numbers = [len(SEATS[org]) for org in listed(at)]
    assert numbers == sorted(numbers, reverse=True)
    assert headers(at)[0].startswith(f"{len(several)} of {len(BODIES)} bodies")
    links = re.findall(r'href="footprint\?area=', body_of(at))
    assert len(links) == sum(numbers)


def test_split_councils_come_with_their_people():
    at = opened(show="councils")
    districts, counties = defaultdict(dict), defaultdict(lambda: defaultdict(int))
    for row in page.rows("places"):
        districts[row["lad_name"]][row["code"]] = int(row["population"])
        if row["county"]:
            counties[row["county"]][row["code"]] += int(row["population"])
    split = [by for by in (*districts.values(), *counties.values()) if len(by) > 1]
    text = page.plain(body_of(at))
    for by_code in split:
        for people in by_code.values():
            assert f" {people:,} " in text
    counties_split = sum(len(by_code) > 1 for by_code in counties.values())
    districts_split = sum(len(by_code) > 1 for by_code in districts.values())
    assert headers(at) == [
        f"Footprints split {counties_split} of {len(counties)} counties and {districts_split} of "
        f"{len(districts)} district and single-tier councils; North Yorkshire lies in 4 footprints"
    ]
    assert "Office for National Statistics" in text


def test_overview_has_a_row_for_each_footprint_and_totals_that_add_up():
    at = opened(show="counts")
    assert "A body in several footprints counts in each of them" in page.text_of(at)
    rows = [
        [page.plain(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body_of(at).partition("<tbody>")[2])
    ]
    names = {place["name"]: code for code, place in PLACES.items()}
    assert [row[0] for row in rows[:44]] == sorted(names)
    for name, total, *cells in rows[:44]:
        seats = sum(names[name] in codes for codes in SEATS.values())
        assert int(total) == seats == sum(int(cell) for cell in cells if cell != "–")
    seats, once = rows[44:]
    assert seats[1] == str(sum(map(len, SEATS.values())))
    assert once[1] == str(len(BODIES))


BAD = [
    {"type": "nonsense"}, {"region": "nonsense"}, {"area": "nonsense"}, {"body": "nonsense"},
    {"show": "nonsense"}, {"page": "99"}, {"page": "0"}, {"page": "²"}, {"page": "-1"},
    {"q": "x" * 5000}, {"region": "london", "area": "dorset"},
]  # fmt: skip


@each("query", BAD)
def test_bad_value_gets_one_sentence_and_a_sensible_view(query: dict[str, str]):
    at = opened(**query)
    assert page.is_fine(at)
    assert len(page.notices(at)) == 1
    assert listed(at)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "xyzzyq"}, "another spelling"),
        ({"q": "wakefield", "area": "dorset"}, "Without the filters 2 bodies fit"),
        ({"type": "care-trust", "area": "dorset"}, "Take a filter off"),
    ],
)
def test_empty_list_says_why_and_what_to_do(query: dict[str, str], said: str):
    at = opened(**query)
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert headers(at)[0].startswith("No ")
    assert listed(at) == []
    assert said in page.text_of(at)
    assert "that is not a no" in page.text_of(at)


@pytest.mark.parametrize("text", ["<script>alert(1)</script> trust", '" onmouseover="x" nhs', "**"])
def test_markup_in_the_search_is_never_part_of_the_page(text: str):
    at = opened(q=text)
    assert page.is_fine(at)
    drawn = body_of(at) + " ".join(headers(at))
    assert "<script" not in drawn
    assert ' onmouseover="' not in drawn


def test_links_to_files_are_whole_addresses():
    drawn = body_of(opened(q="health & care trust", type="nhs-trust"))
    (view,) = re.findall(r'href="(download/organisations-view[^"]*)"', drawn)
    assert parse_qs(urlsplit(view.replace("&amp;", "&")).query) == {
        "q": ["health & care trust"],
        "type": ["nhs-trust"],
    }
    assert 'href="download/organisations.csv"' in drawn
    assert 'href="download/memberships.csv"' in drawn
