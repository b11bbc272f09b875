"""The Organisations page without a browser, against the raw tables."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import page_reader as page
from each import each
from page_reader import address, is_fine, notices, text_of
from streamlit.testing.v1 import AppTest

ORGANISATIONS = {row["org"]: row for row in page.rows("organisations")}
PLACES = {row["code"]: row for row in page.rows("footprints")}
CODES: dict[str, set[str]] = defaultdict(set)
for _row in page.rows("memberships"):
    CODES[_row["org"]].add(_row["code"])
SHARED = {org for org, codes in CODES.items() if len(codes) > 1}


def opened(**query: str) -> AppTest:
    return page.page("organisations", **query)


def html_of(at: AppTest) -> str:
    return " ".join(page.source_of(element) for element in at.get("html"))


def listed(at: AppTest) -> list[str]:
    """Keys of the organisations that the list links to, from the top."""
    links = re.findall(r'<th><a href="organisations\?([^"]*)"', html_of(at))
    return [parse_qs(link.replace("&amp;", "&"))["body"][0] for link in links]


def headers(at: AppTest) -> list[str]:
    return [element.value for element in at.header]


def press(at: AppTest, label: str) -> AppTest:
    return next(b for b in at.button if b.label.startswith(label)).click().run()


def test_pages_together_list_every_organisation_once():
    at = opened()
    assert is_fine(at)
    assert notices(at) == []
    assert headers(at) == [
        f"{len(ORGANISATIONS)} member organisations; {len(SHARED)} belong to more than one "
        "footprint"
    ]
    seen: list[str] = []
    for number in range(1, 15):
        assert len(listed(at)) == min(50, len(ORGANISATIONS) - len(seen))
        seen += listed(at)
        at = press(at, "Next") if number < 14 else at
    assert sorted(seen) == sorted(ORGANISATIONS)
    assert address(at) == {"page": "14"}
    assert address(press(at, "Previous")) == {"page": "13"}


def test_filters_are_written_to_the_address_and_back_to_the_controls():
    at = page.choose(opened(page="3"), "Type", "NHS trusts")
    assert address(at) == {"type": "nhs-trust"}
    at = page.choose(at, "NHS region", "London")
    assert address(at) == {"type": "nhs-trust", "region": "london"}
    expected = {
        org
        for org, row in ORGANISATIONS.items()
        if row["type"] == "NHS trust"
        and any(PLACES[code]["nhs_region"] == "London" for code in CODES[org])
    }
    assert set(listed(at)) == expected
    assert headers(at)[0].startswith(f"{len(expected)} NHS trusts in London")
    again = opened(**address(at))
    assert headers(again) == headers(at)
    assert page.widget(again, "NHS region").value == "london"


def test_footprint_and_region_replace_each_other():
    at = page.choose(opened(region="london"), "Footprint", "Dorset")
    assert address(at) == {"area": "dorset"}
    assert set(listed(at)) == {org for org, codes in CODES.items() if "E54000041" in codes}
    assert address(page.choose(at, "NHS region", "London")) == {"region": "london"}


def test_search_lists_what_matches_and_keeps_it_in_links_and_file():
    at = page.widget(opened(), "Find an organisation").set_value("wakefield").run()
    assert address(at) == {"q": "wakefield"}
    assert {ORGANISATIONS[org]["name"] for org in listed(at)} == {
        row["name"] for row in ORGANISATIONS.values() if "Wakefield" in row["name"]
    }
    assert 'href="organisations?q=wakefield&amp;body=' in html_of(at)
    drawn = html_of(opened(q="health & care trust", type="nhs-trust"))
    (view,) = re.findall(r'href="(download/organisations-view[^"]*)"', drawn)
    assert parse_qs(urlsplit(view.replace("&amp;", "&")).query) == {
        "q": ["health & care trust"],
        "type": ["nhs-trust"],
    }
    assert 'href="download/organisations.csv"' in drawn
    assert 'href="download/memberships.csv"' in drawn


def test_search_that_matches_one_organisation_shows_it():
    at = opened(q="mersy care")
    assert headers(at) == ["Mersey Care NHS Foundation Trust belongs to 2 of the 44 footprints"]
    assert "The nearest is" in text_of(at)


@each("org", ["RYA", "rya", "nhs-local-area-team-shropshire", "00C", "REM"])
def test_organisation_has_every_footprint_role_source_and_note(org: str):
    at = opened(body=org)
    assert is_fine(at)
    key = next(k for k in ORGANISATIONS if k.lower() == org.lower())
    assert headers(at)[0].startswith(f"{ORGANISATIONS[key]['name']} belongs to ")
    drawn = html_of(at)
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    for row in page.rows("memberships"):
        if row["org"] == key:
            place = PLACES[row["code"]]
            assert f'href="footprint?area={place["slug"]}"' in drawn
            for said in (place["name"], row["role"], publishers[row["source"]], row["note"]):
                assert said in page.plain(drawn)
    code = ORGANISATIONS[key]["ods_code"] or "not found"
    assert f"ODS code {code}" in page.plain(drawn)


def test_clearing_the_selection_keeps_the_filters():
    at = opened(body="RYA", type="ambulance-trust")
    assert len(headers(at)) == 2
    at = press(at, "Clear selection")
    assert address(at) == {"type": "ambulance-trust"}
    assert len(headers(at)) == 1


def test_shared_organisations_come_with_each_of_their_footprints():
    at = page.widget(opened(), "Show").set_value("several").run()
    assert address(at) == {"show": "several"}
    assert set(listed(at)) == SHARED
    numbers = [len(CODES[org]) for org in listed(at)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(re.findall(r'href="footprint\?area=', html_of(at))) == sum(numbers)


def test_split_councils_come_with_their_people():
    at = opened(show="councils")
    districts, counties = defaultdict(dict), defaultdict(lambda: defaultdict(int))
    for row in page.rows("places"):
        districts[row["lad_name"]][row["code"]] = int(row["population"])
        if row["county"]:
            counties[row["county"]][row["code"]] += int(row["population"])
    text = page.plain(html_of(at))
    for by_code in (*districts.values(), *counties.values()):
        if len(by_code) > 1:
            assert all(f" {people:,} " in text for people in by_code.values())
    split = [sum(len(by) > 1 for by in those.values()) for those in (counties, districts)]
    assert headers(at) == [
        f"{split[0]} of {len(counties)} counties and {split[1]} of {len(districts)} district and "
        "single-tier councils are split between footprints; North Yorkshire between 4"
    ]
    assert "Office for National Statistics" in text


def test_counts_have_a_row_for_each_footprint_and_totals_that_add_up():
    at = opened(show="counts")
    assert "belong to more than one footprint and count in each" in text_of(at)
    rows = [
        [page.plain(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html_of(at).partition("<tbody>")[2])
    ]
    names = {place["name"]: code for code, place in PLACES.items()}
    assert [row[0] for row in rows[:44]] == sorted(names)
    for name, total, *cells in rows[:44]:
        members = sum(names[name] in codes for codes in CODES.values())
        assert int(total) == members == sum(int(cell) for cell in cells if cell != "–")
    assert rows[44][1] == str(sum(map(len, CODES.values())))
    assert rows[45][1] == str(len(ORGANISATIONS))


@each(
    "query",
    [
        {"type": "nonsense"}, {"region": "nonsense"}, {"area": "nonsense"}, {"body": "nonsense"},
        {"show": "nonsense"}, {"page": "99"}, {"page": "0"}, {"page": "²"}, {"page": "-1"},
        {"q": "x" * 5000}, {"region": "london", "area": "dorset"},
    ],
)  # fmt: skip
def test_bad_value_gets_one_sentence_and_the_list(query: dict[str, str]):
    at = opened(**query)
    assert is_fine(at)
    assert len(notices(at)) == 1
    assert listed(at)


@each(
    ("query", "said"),
    [
        ({"q": "xyzzyq"}, "another spelling"),
        ({"q": "wakefield", "area": "dorset"}, "Without the filters, 2 names match"),
        ({"type": "care-trust", "area": "dorset"}, "Remove a filter"),
    ],
)
def test_empty_list_says_what_to_do(query: dict[str, str], said: str):
    at = opened(**query)
    assert is_fine(at)
    assert notices(at) == []
    assert headers(at)[0].startswith("No ")
    assert listed(at) == []
    assert said in text_of(at)
    assert "may still have taken part" in text_of(at)


@each("text", ["<script>alert(1)</script> trust", '" onmouseover="x" nhs', "**"])
def test_markup_in_the_search_is_never_part_of_the_page(text: str):
    at = opened(q=text)
    assert is_fine(at)
    drawn = html_of(at) + " ".join(headers(at))
    assert "<script" not in drawn
    assert ' onmouseover="' not in drawn
