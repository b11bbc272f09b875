"""The Timeline page's answers, held against the tables as the csv module reads them."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from each import each

import stp_data
from stp_data.core import dates
from stp_data.history import publication_dates, reported_events, successor_bodies, waves
from stp_data.history.reported_events import Wanted

LENGTHS = {"day": 10, "month": 7, "year": 4, "not dated": 0}
NUMBERS = {"three": 3, "four": 4, "eight": 8, "eleven": 11, "13": 13}


def first_and_last(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    first_month, last_month = (parts[1], parts[1]) if len(parts) > 1 else (1, 12)
    first_day = parts[2] if len(parts) > 2 else 1
    last_day = parts[2] if len(parts) > 2 else calendar.monthrange(year, last_month)[1]
    return date(year, first_month, first_day), date(year, last_month, last_day)


# --- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-10-21", date(2016, 10, 21), date(2016, 10, 21)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-12", date(2017, 12, 1), date(2017, 12, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_date_spans_what_it_can_mean(text: str, first: date, last: date) -> None:
    assert dates.span(text) == (first, last)


@pytest.mark.parametrize("text", ["2016-02-30", "2016-13", "2017-00-01"])
def test_impossible_dates_are_errors(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        dates.span(text)


def test_less_exact_dates_stand_after_what_they_could_mean() -> None:
    ordered = ["2015", "2016-10-01", "2016-10-31", "2016-10", "2016-12", "2016", "2017-01-01", ""]
    mixed = [ordered[i] for i in (7, 3, 5, 1, 0, 6, 2, 4)]
    assert sorted(mixed, key=dates.place) == ordered


@each(
    ("one", "other", "agree"),
    [
        ("2016-10", "2016-10-21", True),
        ("2016", "2016-10", True),
        ("", "2016-10", True),
        ("2016-10", "2016-11", False),
        ("2018-04", "2018-08", False),
    ],
)
def test_dates_agree_when_one_is_the_other_less_exactly(one: str, other: str, agree: bool) -> None:
    assert dates.agree(one, other) is agree
    assert dates.agree(other, one) is agree


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
    """Rows of one happening in one place, each key with its rows."""
    found = defaultdict(list)
    for number, row in enumerate(rows("events")):
        found[row["code"], row["happening"] or f"row {number}"].append(row)
    return dict(found)


def test_every_event_is_told_once_in_the_order_of_dates(atlas: stp_data.Atlas, rows) -> None:
    found = reported_events.all_happenings(atlas)
    told = [(one.code, event.date, event.summary) for one in found for event in one.told]
    assert sorted(told) == sorted((r["code"], r["date"], r["summary"]) for r in rows("events"))
    assert len(found) == len(groups(rows))

    def place(text: str) -> tuple[int, ...]:
        if not text:
            return (9999, 0, 0)
        year, month, day = (*map(int, text.split("-")), 99, 99)[:3]
        return year, month, day

    for one, following in pairwise(found):
        assert place(one.date) <= place(following.date), (one, following)
    numbers = [one.number for one in found if one.code == "ENG"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(not one.number for one in found if one.code != "ENG")


def test_a_happening_whose_sources_differ_has_each_date(atlas: stp_data.Atlas, rows) -> None:
    expected = set()
    for (code, key), told in groups(rows).items():
        given = {row["date"] for row in told if row["date"]}
        if any(not (a.startswith(b) or b.startswith(a)) for a in given for b in given):
            expected.add((code, key))
    found = {(one.code, one.key) for one in reported_events.all_happenings(atlas) if one.differs}
    assert found == expected
    assert ("ENG", "north-east-cumbria-merger") in found
    (merger,) = [
        one
        for one in reported_events.all_happenings(atlas)
        if (one.code, one.key) == ("ENG", "north-east-cumbria-merger")
    ]
    assert merger.dates == ("2018-04", "2018-08")


@each("who", ["both", "national", "local"])
@each("code", [None, "E54000041"])
@each("kind", [None, "finance", "law"])
@each("years", [(None, None), (2017, 2018), (None, 2016), (2019, None)])
def test_filters_keep_what_the_table_has(
    atlas: stp_data.Atlas, rows, who: str, code: str | None, kind: str | None, years
) -> None:
    since, until = years
    expected = 0
    for (where, _), told in groups(rows).items():
        national = where == "ENG"
        fits = who == "both" or national == (who == "national")
        fits = fits and (code is None or national or where == code)
        fits = fits and (kind is None or any(row["kind"] == kind for row in told))
        if since or until:
            fits = fits and any(
                row["date"] and (since or 0) <= int(row["date"][:4]) <= (until or 9999)
                for row in told
            )
        expected += fits
    wanted = Wanted(who, code, kind, since, until)
    found = reported_events.find(atlas, wanted)
    assert len(found) == expected
    sentence = reported_events.sentence(atlas, wanted, found)
    counted = sum(map(int, re.findall(r"(\d+) (?:national|local) event", sentence)))
    assert counted == expected
    assert sentence.startswith("No event") == (expected == 0)


def test_the_sentence_counts_national_and_local_and_the_fullest_year(
    atlas: stp_data.Atlas, rows
) -> None:
    by_year: dict[str, int] = defaultdict(int)
    national = local = 0
    for (code, _), told in groups(rows).items():
        national, local = national + (code == "ENG"), local + (code != "ENG")
        first = min((row["date"] for row in told if row["date"]), default="")
        by_year[first[:4]] += 1
    del by_year[""]
    year = max(by_year, key=by_year.__getitem__)
    wanted = Wanted()
    assert reported_events.sentence(atlas, wanted, reported_events.find(atlas, wanted)) == (
        f"{national} national events and {local} local events; {by_year[year]} of them in {year}, "
        "more than in any other year"
    )


# --- publication -------------------------------------------------------------------------------


def test_every_source_is_in_one_release_and_the_date_taken_is_marked(
    atlas: stp_data.Atlas, rows
) -> None:
    plans = {row["code"]: row for row in rows("plans")}
    for code, plan in plans.items():
        found = publication_dates.releases(atlas, code)
        said = sorted((p.published, p.source, p.version) for one in found for p in one.said)
        assert said == sorted(
            (r["published"], r["source"], r["version"])
            for r in rows("publications")
            if r["code"] == code
        )
        taken = [one.date for one in found if one.preferred]
        assert taken == ([plan["published"]] if plan["published"] else [])
        # Drafts, summaries and updates are never mixed with the plan.
        for one in found:
            apart = {p.version for p in one.said} & set(publication_dates.APART)
            assert apart == ({one.version} if one.version else set())


def first_out(rows) -> dict[str, str]:
    """Whose first release was a leak or a council's, worked out from the table."""
    by_code = defaultdict(list)
    for row in rows("publications"):
        by_code[row["code"]].append((row["how"], *first_and_last(row["published"])))
    found = {}
    for code, releases in by_code.items():
        for how in ("leaked", "by_council"):
            for _, low, high in [one for one in releases if one[0] == how]:
                beaten = any(
                    high >= start
                    for other, start, _ in releases
                    if other in ("by_partnership", "by_nhs_body", *{"leaked", "by_council"} - {how})
                )
                unclear = any(end < low for other, _, end in releases if other == "not_stated")
                if not beaten and not unclear:
                    found[code] = how
    return found


def test_the_finding_counts_leaks_and_councils_before_the_partnership(
    atlas: stp_data.Atlas, rows
) -> None:
    expected = first_out(rows)
    for how in ("leaked", "by_council"):
        assert set(publication_dates.first_out_by(atlas, how)) == {
            code for code, word in expected.items() if word == how
        }
    leaked = sum(how == "leaked" for how in expected.values())
    council = len(expected) - leaked
    assert publication_dates.finding(atlas).startswith(
        f"{leaked} plans or drafts of them were leaked, and {council} put out by a council"
    )


def test_who_was_first_is_the_earliest_date_taken(atlas: stp_data.Atlas, rows) -> None:
    names = {row["code"]: row["name"] for row in rows("footprints")}
    dated = [(row["published"], row["code"]) for row in rows("plans") if row["published"]]
    sentence = publication_dates.first_sentence(atlas)
    assert sentence.startswith(f"Of the {len(dated)} plans with a date, {names[min(dated)[1]]} ")
    after = min(d for d, _ in dated if len(d) == 10 and d >= "2016-10-21")
    for day, code in dated:
        if day == after:
            assert names[code] in sentence.partition(".")[0]
    vague = {
        code
        for day, code in dated
        if len(day) < 10 and first_and_last(day)[0] <= date(2016, 10, 21) < first_and_last(day)[1]
    }
    assert {code for code in names if names[code] in sentence.partition("known: ")[2]} == vague


def test_the_44_are_those_with_a_date_then_those_without(atlas: stp_data.Atlas, rows) -> None:
    order = publication_dates.in_order(atlas)
    taken = {row["code"]: row["published"] for row in rows("plans")}
    some = {row["code"] for row in rows("publications")}
    assert sorted(order) == sorted(taken)
    group = [0 if taken[code] else 1 if code in some else 2 for code in order]
    assert group == sorted(group)
    assert set(publication_dates.undated(atlas)) == set(taken) - some
    assert set(publication_dates.unsettled(atlas)) == {c for c in some if not taken[c]}


# --- waves -------------------------------------------------------------------------------------


def test_a_footprint_is_in_a_wave_only_where_an_event_says_so(atlas: stp_data.Atlas, rows) -> None:
    placed = set()
    for wave in waves.WAVES:
        told = [row for row in rows("events") if row["happening"] == wave.happening]
        found = waves.members(atlas, wave)
        assert set(found) == {row["code"] for row in told} - {"ENG"}
        assert found
        placed |= set(found)
        for one in found.values():
            assert any(event.sources for event in one.told)
    lost = {row["code"] for row in rows("footprints")} - placed
    assert set(waves.not_found(atlas)) == lost
    said = "all 44" if not lost else f"{44 - len(lost)} of the 44"
    assert f"place {said} footprints" in waves.finding(atlas)


def test_the_number_announced_is_that_of_the_national_event(atlas: stp_data.Atlas, rows) -> None:
    for wave in waves.WAVES:
        (national,) = [
            row
            for row in rows("events")
            if (row["happening"], row["code"]) == (wave.happening, "ENG")
            for row in rows("events")
            if row["happening"] == wave.happening and row["code"] == "ENG"
        ]
        words = re.findall(r"\w+", national["summary"].lower())
        assert next(NUMBERS[word] for word in words if word in NUMBERS) == wave.systems
        assert national["date"].startswith(wave.when)


@pytest.mark.parametrize("code", ["E54000014", "E54000044", "E54000048"])
def test_systems_of_a_part_are_said_to_be_so(atlas: stp_data.Atlas, code: str) -> None:
    assert waves.only_a_part(waves.members(atlas, waves.WAVES[0])[code])


# --- 44 to 42 ----------------------------------------------------------------------------------


def test_shares_of_each_footprint_sum_to_one_and_44_become_42(atlas: stp_data.Atlas, rows) -> None:
    table = rows("successors")
    shares: dict[str, float] = defaultdict(float)
    into = defaultdict(set)
    for row in table:
        shares[row["code"]] += float(row["population_share"])
        into[row["successor"]].add(row["code"])
    assert len(shares) == 44
    assert len(into) == 42
    assert all(total == pytest.approx(1, abs=2e-6) for total in shares.values())
    whole = {
        row["code"]
        for row in table
        if float(row["population_share"]) == 1 and into[row["successor"]] == {row["code"]}
    }
    split = {row["code"] for row in table if float(row["population_share"]) < 1}
    assert successor_bodies.unchanged(atlas) == whole
    assert set(successor_bodies.split(atlas)) == split
    assert successor_bodies.finding(atlas) == (
        f"The 44 footprints became 42 boards: {len(whole)} of them one board each with the same "
        f"people, while {len(split)} were split"
    )
    people: dict[str, int] = defaultdict(int)
    for row in rows("places"):
        people[row["code"]] += int(row["population"])
    for row in table:
        (flow,) = [
            f
            for f in successor_bodies.flows(atlas)
            if (f.code, f.board) == (row["code"], row["successor"])
        ]
        expected = float(row["population_share"]) * people[row["code"]]
        assert flow.people == pytest.approx(expected, abs=1)
