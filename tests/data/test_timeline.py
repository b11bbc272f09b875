"""The Timeline page's answers, held against the tables as the csv module reads them."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from each import each

import stp_data
from stp_data.core import dates
from stp_data.history import events, publication_dates, successor_bodies, waves
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, in_page
from stp_data.pictures.ink import IN_PAGE

LENGTHS = {"day": 10, "month": 7, "year": 4, "not dated": 0}
NUMBERS = {"three": 3, "four": 4, "eight": 8, "eleven": 11, "13": 13}


def first_and_last(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    first_month, last_month = (parts[1], parts[1]) if len(parts) > 1 else (1, 12)
    first_day = parts[2] if len(parts) > 2 else 1
    last_day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], last_month)[1]
    return date(parts[0], first_month, first_day), date(parts[0], last_month, last_day)


# --- dates -------------------------------------------------------------------------------------


@each(
    ("text", "first", "last"),
    [
        ("2016-10-21", date(2016, 10, 21), date(2016, 10, 21)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_date_spans_what_it_can_mean(text: str, first: date, last: date) -> None:
    assert dates.span(text) == (first, last)


@each("text", ["2016-02-30", "2016-13", "2017-00-01"])
def test_impossible_dates_are_errors(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        dates.span(text)


def test_less_exact_dates_come_after_what_they_could_mean() -> None:
    ordered = ["2015", "2016-10-01", "2016-10-31", "2016-10", "2016-12", "2016", "2017-01-01", ""]
    mixed = [ordered[i] for i in (7, 3, 5, 1, 0, 6, 2, 4)]
    assert sorted(mixed, key=dates.place) == ordered


@each(
    ("one", "other", "agree"),
    [
        ("2016-10", "2016-10-21", True),
        ("", "2016-10", True),
        ("2016-10", "2016-11", False),
        ("2018-04", "2018-08", False),
    ],
)
def test_dates_agree_when_one_is_the_other_less_exactly(one: str, other: str, agree: bool) -> None:
    assert dates.agree(one, other) is dates.agree(other, one) is agree


def test_every_date_of_events_and_publications_is_possible(rows) -> None:
    for row in rows("events"):
        assert len(row["date"]) == LENGTHS[row["precision"]], row
        if row["date"]:
            low, high = first_and_last(row["date"])
            assert date(2014, 10, 1) <= high, row
            assert low <= date(2022, 7, 31), row
    for row in rows("publications"):
        assert first_and_last(row["published"])[0] >= date(2015, 12, 1), row


# --- events ------------------------------------------------------------------------------------


def groups(rows) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Rows of one event in one place."""
    found = defaultdict(list)
    for number, row in enumerate(rows("events")):
        found[row["code"], row["happening"] or f"row {number}"].append(row)
    return dict(found)


def test_every_report_is_in_one_event_and_events_are_in_date_order(
    atlas: stp_data.Atlas, rows
) -> None:
    found = events.all_events(atlas)
    reports = [(one.code, report.date, report.summary) for one in found for report in one.reports]
    assert sorted(reports) == sorted((r["code"], r["date"], r["summary"]) for r in rows("events"))
    assert len(found) == len(groups(rows))

    def place(text: str) -> tuple[int, ...]:
        return (*map(int, text.split("-")), 99, 99)[:3] if text else (9999, 0, 0)

    assert all(place(one.date) <= place(after.date) for one, after in pairwise(found))
    numbers = [one.number for one in found if one.is_national]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(events.by_mark(atlas)) == len(found)


def test_an_event_whose_sources_conflict_has_each_date(atlas: stp_data.Atlas, rows) -> None:
    expected = set()
    for place, reports in groups(rows).items():
        given = {row["date"] for row in reports if row["date"]}
        if any(not (a.startswith(b) or b.startswith(a)) for a in given for b in given):
            expected.add(place)
    found = {
        (one.code, one.key): one.dates
        for one in events.all_events(atlas)
        if one.has_conflicting_dates
    }
    assert set(found) == expected
    assert found["ENG", "north-east-cumbria-merger"] == ("2018-04", "2018-08")


@each("who", ["both", "national", "local"])
@each("code", [None, "E54000041"])
@each("kind", [None, "finance", "law"])
@each("years", [(None, None), (2017, 2018), (None, 2016), (2019, None)])
def test_filters_keep_what_the_table_has(
    atlas: stp_data.Atlas, rows, who: str, code: str | None, kind: str | None, years
) -> None:
    since, until = years
    expected = 0
    for (where, _), reports in groups(rows).items():
        national = where == "ENG"
        fits = who == "both" or national == (who == "national")
        fits = fits and (code is None or national or where == code)
        fits = fits and (kind is None or any(row["kind"] == kind for row in reports))
        if since or until:
            fits = fits and any(
                row["date"] and (since or 0) <= int(row["date"][:4]) <= (until or 9999)
                for row in reports
            )
        expected += fits
    asked = {"who": who, "kind": kind, "from": since, "to": until, "area": code and "dorset"}
    query = {name: str(word) for name, word in asked.items() if word}
    found = events.find(atlas, query)
    assert len(found) == expected
    sentence = events.sentence(atlas, query, found)
    assert sum(map(int, re.findall(r"(\d+) (?:national|local) event", sentence))) == expected
    assert sentence.startswith("We found no") == (expected == 0)


def test_the_sentence_names_the_year_with_most_events(atlas: stp_data.Atlas, rows) -> None:
    by_year: dict[str, int] = defaultdict(int)
    for reports in groups(rows).values():
        first = min((row["date"] for row in reports if row["date"]), default="")
        by_year[first[:4]] += 1
    del by_year[""]
    year = max(by_year, key=by_year.__getitem__)
    sentence = events.sentence(atlas, {}, events.all_events(atlas))
    assert sentence.endswith(f"; {year} had the most ({by_year[year]})")


# --- publication -------------------------------------------------------------------------------


def test_every_source_is_in_one_release_and_the_date_used_is_marked(
    atlas: stp_data.Atlas, rows
) -> None:
    for plan in rows("plans"):
        found = publication_dates.releases(atlas, plan["code"])
        reports = sorted((p.published, p.source, p.version) for one in found for p in one.reports)
        assert reports == sorted(
            (r["published"], r["source"], r["version"])
            for r in rows("publications")
            if r["code"] == plan["code"]
        )
        used = [one.date for one in found if one.is_used]
        assert used == ([plan["published"]] if plan["published"] else [])
        # Drafts, summaries and updates are never mixed with the plan.
        for one in found:
            apart = {p.version for p in one.reports} & set(publication_dates.OTHER_VERSIONS)
            assert apart == ({one.version} if one.version else set())


def first_out(rows) -> dict[str, str]:
    """Whose first release was a leak or a council's, worked out from the table."""
    by_code = defaultdict(list)
    for row in rows("publications"):
        by_code[row["code"]].append((row["how"], *first_and_last(row["published"])))
    found = {}
    for code, releases in by_code.items():
        for how in ("leaked", "by_council"):
            rivals = {"by_partnership", "by_nhs_body", "leaked", "by_council"} - {how}
            for _, low, high in [one for one in releases if one[0] == how]:
                beaten = any(high >= start for other, start, _ in releases if other in rivals)
                unclear = any(end < low for other, _, end in releases if other == "not_stated")
                if not beaten and not unclear:
                    found[code] = how
    return found


def test_the_finding_counts_leaks_and_councils_before_the_partnership(
    atlas: stp_data.Atlas, rows
) -> None:
    expected = first_out(rows)
    for how in ("leaked", "by_council"):
        of_how = {code for code, word in expected.items() if word == how}
        assert set(publication_dates.first_out_by(atlas, how)) == of_how
    numbers = [int(word) for word in publication_dates.finding(atlas).split() if word.isdigit()]
    words = list(expected.values())
    assert numbers == [words.count("leaked"), words.count("by_council")]


def test_the_first_plans_are_those_with_the_earliest_date_used(atlas: stp_data.Atlas, rows) -> None:
    names = {row["code"]: row["name"] for row in rows("footprints")}
    dated = [(row["published"], row["code"]) for row in rows("plans") if row["published"]]
    sentence = publication_dates.first_sentence(atlas)
    assert sentence.startswith(f"Of the {len(dated)} plans with a date, {names[min(dated)[1]]} ")
    after = min(d for d, _ in dated if len(d) == 10 and d >= "2016-10-21")
    second = sentence.split(". ")[1]
    assert all(names[code] in second for day, code in dated if day == after)
    vague = {
        code
        for day, code in dated
        if len(day) < 10 and first_and_last(day)[0] <= date(2016, 10, 21) < first_and_last(day)[1]
    }
    assert {code for code in names if names[code] in sentence.partition("known: ")[2]} == vague


def test_the_44_are_those_with_a_date_then_those_without(atlas: stp_data.Atlas, rows) -> None:
    order = publication_dates.in_order(atlas)
    used = {row["code"]: row["published"] for row in rows("plans")}
    some = {row["code"] for row in rows("publications")}
    assert sorted(order) == sorted(used)
    group = [0 if used[code] else 1 if code in some else 2 for code in order]
    assert group == sorted(group)
    assert set(publication_dates.undated(atlas)) == set(used) - some
    assert set(publication_dates.unsettled(atlas)) == {code for code in some if not used[code]}


# --- waves -------------------------------------------------------------------------------------


def test_a_footprint_is_in_a_wave_only_where_an_event_says_so(atlas: stp_data.Atlas, rows) -> None:
    placed = set()
    for wave in waves.WAVES:
        reports = [row for row in rows("events") if row["happening"] == wave.happening]
        found = waves.members(atlas, wave)
        assert set(found) == {row["code"] for row in reports} - {"ENG"} != set()
        assert all(one.sources for one in found.values())
        placed |= set(found)
        (national,) = [row for row in reports if row["code"] == "ENG"]
        words = re.findall(r"\w+", national["summary"].lower())
        assert next(NUMBERS[word] for word in words if word in NUMBERS) == wave.systems
        assert national["date"].startswith(wave.when)
    lost = {row["code"] for row in rows("footprints")} - placed
    assert set(waves.not_found(atlas)) == lost
    said = "All 44" if not lost else f"At least {44 - len(lost)} of 44"
    assert waves.finding(atlas).startswith(f"{said} footprints")


@each("code", ["E54000014", "E54000044", "E54000048"])
def test_parts_of_footprints_are_marked_as_parts(atlas: stp_data.Atlas, code: str) -> None:
    assert waves.is_partial(waves.members(atlas, waves.WAVES[0])[code])


@each("width", [WIDE, NARROW])
def test_hexes_of_the_maps_are_the_events_of_the_table(
    atlas: stp_data.Atlas, rows, width: int
) -> None:
    root = ET.fromstring(in_page(CHARTS["waves"].draw(atlas, {}, IN_PAGE, width)))  # noqa: S314
    buttons = [node for node in root.iter() if node.get("data-code")]
    assert sorted(node.get("data-code", "") for node in buttons) == sorted(
        {
            f"{wave.when}:{row['code']}"
            for wave in waves.WAVES
            for row in rows("events")
            if row["happening"] == wave.happening and row["code"] != "ENG"
        }
    )
    assert all(len(node.get("aria-label", "")) > 10 for node in buttons)
    text = " ".join(root.itertext())
    assert f"{waves.WAVES[-1].systems} integrated care systems announced" in text


# --- successor bodies --------------------------------------------------------------------------


def test_shares_of_each_footprint_sum_to_one_and_44_become_42(atlas: stp_data.Atlas, rows) -> None:
    table = rows("successors")
    shares: dict[str, float] = defaultdict(float)
    into = defaultdict(set)
    for row in table:
        shares[row["code"]] += float(row["population_share"])
        into[row["successor"]].add(row["code"])
    assert (len(shares), len(into)) == (44, 42)
    assert all(total == pytest.approx(1, abs=2e-6) for total in shares.values())
    split = {row["code"] for row in table if float(row["population_share"]) < 1}
    alone = {row["code"] for row in table if into[row["successor"]] == {row["code"]}} - split
    assert successor_bodies.unchanged(atlas) == alone
    assert set(successor_bodies.split(atlas)) == split
    assert successor_bodies.finding(atlas) == (
        f"The 44 footprints became 42 boards: {len(alone)} kept the same people and {len(split)} "
        "were split"
    )
    people: dict[str, int] = defaultdict(int)
    for row in rows("places"):
        people[row["code"]] += int(row["population"])
    flows = {(flow.code, flow.board): flow.people for flow in successor_bodies.flows(atlas)}
    for row in table:
        expected = float(row["population_share"]) * people[row["code"]]
        assert flows[row["code"], row["successor"]] == pytest.approx(expected, abs=1)
