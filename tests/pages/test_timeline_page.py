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
from ui.timeline import page as timeline_page

PLACES = {row["code"]: row for row in page.rows("footprints")}
EVENTS = page.rows("events")
DORSET = "E54000041"
SHOW, WHO, AREA, KIND, FROM, TO = "Show", "Whose events", "Footprint", "Kind", "From", "To"


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


def chosen(at: AppTest) -> bool:
    """Whether a mark has a ring."""
    return any(trace.get("name") == "chosen" for trace in chart_of(at)["data"])


def listed(at: AppTest) -> int:
    """Events in the list."""
    return body_of(at).partition('class="stp-timeline"')[2].count("<tr><th>") - len(
        re.findall("<thead>", body_of(at).partition('class="stp-timeline"')[2])
    )


def counted(at: AppTest) -> int:
    """Events that the headline speaks of."""
    return sum(map(int, re.findall(r"(\d+) (?:national|local) event", headline(at))))


def told(**wanted: str) -> int:
    """Happenings of the raw table with these cells, each counted once."""
    found = set()
    for number, row in enumerate(EVENTS):
        if all(row[name] == value for name, value in wanted.items()):
            found.add((row["code"], row["happening"] or f"row {number}"))
    return len(found)


def test_page_opens_with_all_events_twenty_five_at_a_time():
    at = opened()
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert counted(at) == told()
    assert listed(at) == 25
    assert "what is dated to a year after the months of that year" in page.text_of(at)
    seen = listed(at)
    while following := [b for b in at.button if b.label.startswith("Next")]:
        at = following[0].click().run()
        seen += listed(at)
    assert seen == told()
    assert "Not dated" in body_of(at)


def test_filters_are_written_to_the_address_and_back_to_the_widgets():
    at = opened(page="2")
    at = page.choose(at, WHO, "Local")
    assert page.address(at) == {"who": "local"}
    at = page.choose(at, AREA, "Dorset")
    assert page.address(at) == {"who": "local", "area": "dorset"}
    assert counted(at) == listed(at) == told(code=DORSET)
    at = page.choose(at, KIND, "decision")
    assert counted(at) == listed(at) == told(code=DORSET, kind="decision")
    at = page.choose(at, FROM, "2017")
    expected = {"who": "local", "area": "dorset", "kind": "decision", "from": "2017"}
    assert page.address(at) == expected
    again = opened(**expected)
    assert headline(again) == headline(at)
    assert page.widget(again, FROM).value == "2017"


def test_list_has_date_as_exact_as_it_is_source_confidence_and_note():
    at = opened(area="dorset", who="local")
    text = page.plain(body_of(at))
    publishers = {row["source"]: row["publisher"] for row in page.rows("sources")}
    for row in EVENTS:
        if row["code"] == DORSET:
            for said in (row["summary"], publishers[row["source"]], row["note"]):
                assert said in text
            assert f"Confidence: {row['confidence']}." in text
            assert {"month": "day not given", "year": "month not given"}.get(
                row["precision"], ""
            ) in text


def test_sources_that_differ_show_both_dates_and_lead_to_the_conflict():
    at = opened(who="national", **{"from": "2018", "to": "2018"})
    body = body_of(at)
    assert "April 2018 or August 2018" in body
    assert 'href="evidence?conflict=event%3Anorth-east-cumbria-merger"' in body


def test_national_events_of_a_footprint_stand_beside_its_own():
    at = opened(area="dorset")
    assert counted(at) == told(code=DORSET) + told(code="ENG")
    assert "of Dorset" in headline(at)
    assert 'href="footprint?area=dorset#happened"' in body_of(at)
    assert 'href="timeline?area=dorset"' in body_of(page.footprint(area="dorset"))


def test_chart_shows_the_events_of_the_filters():
    by_who = {"who=national": "England: ", "who=local": "44 footprints: "}
    for query, heading in by_who.items():
        name, _, word = query.partition("=")
        said = json.dumps(chart_of(opened(**{name: word}))["layout"]["annotations"])
        others = set(by_who.values()) - {heading}
        assert heading in said
        assert not any(other in said for other in others)


def test_event_chosen_in_the_chart_is_shown_with_its_sources():
    at = opened(mark="1")
    assert "National event no. 1" in body_of(at)
    assert chosen(at)
    at = opened(who="local", mark="dorset-1")
    assert "Local event: Dorset" in body_of(at)
    assert chosen(at)


def test_a_choice_from_the_list_below_a_chart_opens_its_sources():
    at = page.widget(opened(show="became"), "Choose a figure from the list").select_index(0).run()
    key = page.address(at)["mark"]
    assert key in {f"{row['code']}:{row['successor']}" for row in page.rows("successors")}
    assert "came under" in body_of(at)


def test_plans_show_the_finding_the_chart_and_the_source_of_a_mark():
    at = opened(show="plans", mark="E54000017:2016-10-24:by_council")
    assert page.is_fine(at)
    assert re.match(r"\d+ plans or drafts of them were leaked, and \d+", headline(at))
    text = page.plain(body_of(at))
    assert "Birmingham and Solihull: made public 24 October 2016, by a council." in text
    assert "The Chamberlain Files" in text
    assert chosen(at)
    assert "chart/publications" not in body_of(at)
    assert 'href="download/publications.csv"' in body_of(at)


def test_table_of_plans_has_all_44_with_every_source():
    at = page.choose(opened(show="plans"), "View", "Table")
    assert page.address(at) == {"show": "plans", "view": "table"}
    body = body_of(at)
    assert set(page.page_links(at).values()) == {row["slug"] for row in PLACES.values()}
    urls = {row["source"]: row["url"] for row in page.rows("sources")}
    for row in page.rows("publications"):
        assert urls[row["source"]].replace("&", "&amp;") in body
    without = {r["code"] for r in page.rows("plans")} - {
        r["code"] for r in page.rows("publications")
    }
    assert len(re.findall(r"not found in \d+ sources read", body)) == len(without)


def test_waves_show_found_against_announced():
    at = opened(show="waves", mark="2017-06:E54000014")
    assert page.is_fine(at)
    assert "Nottinghamshire, first wave" in body_of(at)
    text = page.plain(body_of(at))
    assert "8 accountable care systems" in text
    assert "The last 13 integrated care systems, 42 in all." in text


def test_became_has_the_flow_chosen_and_a_table_of_every_share():
    at = opened(show="became", mark="E54000005:E54000051")
    assert page.is_fine(at)
    assert "6.4% of the people of West Yorkshire" in page.plain(body_of(at))
    assert chosen(at)
    table = body_of(page.choose(at, "View", "Table"))
    assert table.count('href="footprint?area=') == len(page.rows("successors"))
    assert "mid-2017" in table


def test_became_shows_what_changed_or_all_44():
    def number(at: AppTest) -> int:
        return len(chart_of(at)["data"][0]["link"]["value"])

    at = opened(show="became")
    few = number(at)
    at = page.choose(at, "Footprints", "All 44")
    assert page.address(at) == {"show": "became", "flows": "all"}
    assert number(at) == len(page.rows("successors")) > few


CHARTS = [
    {},
    {"show": "plans"},
    {"show": "waves"},
    {"show": "became"},
    {"show": "became", "flows": "all"},
]


@each("query", CHARTS)
def test_in_a_frame_the_chart_stands_alone(query: dict[str, str], monkeypatch):
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
    assert asked.pop("embed") == ["true"]
    assert {name: value[0] for name, value in asked.items()} == {
        **({"flows": "changed"} if query.get("show") == "became" else {}),
        **query,
    }
    assert f'title="{headline(at)}"' in unescape(code)


BAD = [
    {"show": "nonsense"}, {"view": "nonsense"}, {"who": "nonsense"}, {"area": "nonsense"},
    {"kind": "nonsense"}, {"from": "nonsense"}, {"to": "1066"}, {"from": "²"}, {"page": "99"},
    {"page": "-1"}, {"mark": "nonsense"}, {"mark": "1", "show": "plans"}, {"mark": "99999"},
    {"from": "2019", "to": "2017"}, {"flows": "nonsense"},
    {"mark": "x" * 5000}, {"show": "waves", "mark": "<b>"},
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
    assert headline(at) == "No event of that sort was found in the sources read"
    assert "That doesn't mean there are none" in page.text_of(at)


def test_events_without_a_date_say_so_in_place_of_a_chart(monkeypatch):
    monkeypatch.setattr(timeline_page.events, "chart", lambda *_: None)
    at = opened()
    assert page.is_fine(at)
    assert not at.get("plotly_chart")
    assert "None of them has a date" in page.text_of(at)


def test_link_to_the_file_has_the_filters():
    at = opened(area="dorset", kind="decision", who="local")
    link = re.search(r'href="(download/timeline\.csv[^"]*)"', body_of(at))
    assert link
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert query == {"area": ["dorset"], "kind": ["decision"], "who": ["local"]}
