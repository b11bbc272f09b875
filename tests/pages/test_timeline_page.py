"""The page Timeline without a browser, against the raw tables."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import page_reader as page
from each import each
from streamlit.testing.v1 import AppTest

from ui.parts import chrome

EVENTS = page.rows("events")
DORSET = "E54000041"


def opened(**query: Any) -> AppTest:
    return page.page("timeline", **query)


def body_of(at: AppTest) -> str:
    return " ".join(page.source_of(element) for element in at.get("html"))


def headline(at: AppTest) -> str:
    """The finding: a heading for screen readers where a chart shows it, else one for all."""
    found = re.search(r'<h2 class="stp-unseen">(.*?)</h2>', body_of(at))
    return page.plain(found[1]) if found else page.headline(at)


def chart_of(at: AppTest) -> dict[str, Any]:
    """What Plotly was given."""
    (found,) = at.get("plotly_chart")
    spec: dict[str, Any] = json.loads(found.proto.spec)
    return spec


def has_ring(at: AppTest) -> bool:
    return any(trace.get("name") == "chosen" for trace in chart_of(at)["data"])


def listed(at: AppTest) -> int:
    """Events in the list."""
    table = body_of(at).partition('class="stp-timeline"')[2]
    return table.count("<tr><th>") - table.count("<thead>")


def counted(at: AppTest) -> int:
    """Events that the headline speaks of."""
    return sum(map(int, re.findall(r"(\d+) (?:national|local) event", headline(at))))


def number_of(**cells: str) -> int:
    """Events of the raw table with these cells."""
    return len(
        {
            (row["code"], row["happening"] or number)
            for number, row in enumerate(EVENTS)
            if cells.items() <= row.items()
        }
    )


def test_page_opens_with_all_events_twenty_five_at_a_time():
    at = opened()
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert counted(at) == number_of()
    assert "Month-only dates come last" in page.text_of(at)
    seen = listed(at)
    assert seen == 25
    while following := [b for b in at.button if b.label.startswith("Next")]:
        at = following[0].click().run()
        seen += listed(at)
    assert seen == number_of()
    assert "Not dated" in body_of(at)


def test_filters_are_written_to_the_address_and_back_to_the_widgets():
    at = page.choose(opened(page="2"), "Events", "Local")
    assert page.address(at) == {"who": "local"}
    at = page.choose(at, "Footprint", "Dorset")
    assert page.address(at) == {"who": "local", "area": "dorset"}
    assert counted(at) == listed(at) == number_of(code=DORSET)
    at = page.choose(at, "Kind", "decision")
    assert counted(at) == listed(at) == number_of(code=DORSET, kind="decision")
    at = page.choose(at, "From", "2017")
    expected = {"who": "local", "area": "dorset", "kind": "decision", "from": "2017"}
    assert page.address(at) == expected
    assert "2016" not in page.widget(at, "To").options
    again = opened(**expected)
    assert headline(again) == headline(at)
    assert page.widget(again, "From").value == "2017"
    link = re.search(r'href="(download/timeline\.csv[^"]*)"', body_of(again))
    assert link
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert query == {name: [word] for name, word in expected.items()}


def test_list_has_exact_dates_sources_confidence_and_notes():
    text = page.plain(body_of(opened(area="dorset", who="local")))
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    vague = {"month": "day not given", "year": "month not given"}
    for row in EVENTS:
        if row["code"] == DORSET:
            for said in (row["summary"], publishers[row["source"]], row["note"]):
                assert said in text
            assert f"Confidence: {row['confidence']}." in text
            assert vague.get(row["precision"], "") in text


def test_conflicting_dates_are_both_shown_with_a_link_to_the_conflict():
    body = body_of(opened(who="national", **{"from": "2018", "to": "2018"}))
    assert "April 2018 or August 2018" in body
    assert 'href="evidence?conflict=event%3Anorth-east-cumbria-merger"' in body


def test_a_footprint_has_its_own_events_and_the_national_ones():
    at = opened(area="dorset")
    assert counted(at) == number_of(code=DORSET) + number_of(code="ENG")
    assert "in Dorset" in headline(at)
    assert 'href="footprint?area=dorset#happened"' in body_of(at)
    assert 'href="timeline?area=dorset"' in body_of(page.footprint(area="dorset"))


@each(
    ("query", "said"),
    [
        ({"mark": "1"}, "National event no. 1"),
        ({"who": "local", "area": "dorset", "mark": "dorset-1"}, "Local event: Dorset"),
        (
            {"show": "plans", "mark": "E54000017:2016-10-24:by_council"},
            "Birmingham and Solihull: published 24 October 2016, by a council.",
        ),
        ({"show": "became", "mark": "E54000005:E54000051"}, "6.4% of people in West Yorkshire"),
    ],
)
def test_selected_mark_has_a_ring_and_its_sources(query: dict[str, str], said: str):
    at = opened(**query)
    assert page.is_fine(at)
    assert said in page.plain(body_of(at))
    assert has_ring(at)


def test_table_of_plans_has_all_44_with_every_source():
    at = page.choose(opened(show="plans"), "View", "Table")
    assert page.address(at) == {"show": "plans", "view": "table"}
    body = body_of(at)
    assert set(page.page_links(at).values()) == {row["slug"] for row in page.rows("footprints")}
    urls = {row["source"]: row["url"] for row in page.rows("sources")}
    for row in page.rows("publications"):
        assert urls[row["source"]].replace("&", "&amp;") in body
    dated = {row["code"] for row in page.rows("publications")}
    without = {row["code"] for row in page.rows("plans")} - dated
    assert len(re.findall(r"not found in \d+ sources read", body)) == len(without)
    assert 'href="download/publications.csv"' in body


def test_waves_compare_footprints_found_with_systems_announced():
    at = opened(show="waves", mark="2017-06:E54000014")
    assert page.is_fine(at)
    text = page.plain(body_of(at))
    assert "Nottinghamshire, first wave" in text
    assert "8 accountable care systems" in text
    assert "The last 13 integrated care systems, 42 in all." in text


def test_successors_show_what_changed_or_all_44():
    def bands(at: AppTest) -> int:
        return len(chart_of(at)["data"][0]["link"]["value"])

    at = opened(show="became")
    few = bands(at)
    at = page.choose(at, "Footprints", "All 44")
    assert page.address(at) == {"show": "became", "flows": "all"}
    assert bands(at) == len(page.rows("successors")) > few
    table = body_of(page.choose(at, "View", "Table"))
    assert table.count('href="footprint?area=') == len(page.rows("successors"))


CHARTS = [
    {"area": "dorset"}, {"show": "plans"}, {"show": "waves"}, {"show": "became", "flows": "all"},
]  # fmt: skip


@each("query", CHARTS)
def test_in_a_frame_the_chart_is_alone(query: dict[str, str], monkeypatch):
    monkeypatch.setattr(chrome, "embedded", lambda: True)
    at = opened(**query)
    assert not at.exception
    assert len(at.get("plotly_chart")) == (query.get("show") != "waves")
    assert "<table" not in body_of(at)
    assert "CSV of this" not in body_of(at)


@each("query", [one for one in CHARTS if one.get("show") != "waves"])
def test_code_to_embed_opens_the_chart_with_its_title(query: dict[str, str]):
    at = opened(**query)
    (code,) = re.findall(r'data-copy="(&lt;iframe.*?)"', body_of(at))
    code = unescape(code)
    asked = parse_qs(urlsplit(unescape(re.findall('src="(.*?)"', code)[0])).query)
    assert asked == {name: [word] for name, word in {"embed": "true", **query}.items()}
    assert f'title="{headline(at)}"' in unescape(code)


BAD = [
    {"show": "nonsense"}, {"view": "nonsense"}, {"who": "nonsense"}, {"area": "nonsense"},
    {"kind": "nonsense"}, {"from": "nonsense"}, {"to": "1066"}, {"from": "²"}, {"page": "99"},
    {"page": "-1"}, {"mark": "nonsense"}, {"mark": "1", "show": "plans"},
    {"from": "2019", "to": "2017"}, {"flows": "nonsense"}, {"mark": "x" * 5000},
    {"show": "waves", "mark": "<b>"},
]  # fmt: skip


@each("query", BAD)
def test_bad_value_gets_one_sentence_and_a_sensible_view(query: dict[str, str]):
    at = opened(**query)
    assert page.is_fine(at)
    assert len(page.notices(at)) == 1
    assert headline(at)


def test_filters_that_leave_nothing_say_so():
    at = opened(who="local", kind="law")
    assert page.is_fine(at)
    assert headline(at) == "We found no such events in the sources we read"
    assert "That doesn't mean there are none" in page.text_of(at)
