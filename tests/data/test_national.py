"""National series and events, held against the raw rows that they rest on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

import stp_data
from stp_data.history import timeline
from stp_data.money import national_series

# Unit of the raw row -> units of ours that it may become, and what the figure is multiplied by.
UNITS = {
    "per cent": {"%": 1},
    "per cent per adult": {"%": 1},
    "per cent in total": {"%": 1},
    "per cent PER YEAR": {"% a year": 1},
    'per cent (source omits "a year")': {"% a year": 1},
    "GBP billion": {"GBP billion": 1},
    "GBP billion a year": {"GBP billion": 1},
    "GBP billion real": {"GBP billion": 1},
    "GBP million": {"GBP million": 1},
    "GBP million cash": {"GBP million": 1},
    "persons": {"people": 1},
    "million": {"admissions, million": 1, "people": 1_000_000},
    "million delayed days": {"days": 1_000_000},
    "per day (average)": {"days": 1},
    'beds ("over")': {"beds": 1},
    "footprints": {"count": 1},
    "domains": {"count": 1},
    "vanguards": {"count": 1},
}
# Figures beside the raw value: each stands in the excerpt, with the words around it.
IN_THE_EXCERPT = {
    ("admissions-ae-kf", "2003/04"): ("N051", "2.5", "from 2.5 million in 2003/4"),
    ("admissions-ae-kf", "2015/16"): ("N051", "4.1", "4.1 million in 2015/16"),
    ("ae-attendances-kf", "2003/04"): ("N050", "12.7", "from 12.7 million to"),
    ("ae-attendances-kf", "2015/16"): ("N050", "15", "to 15 million"),
}
CAUTIOUS = {
    "under": r"\bunder £?{}\b",
    "nearly": r"\bnearly £?{}\b",
    "about": r"\b(?:around|some) (?:an? )?£?{}\b|one-quarter",
    "at least": r"\b(?:at least|over) £?{}\b",
}
# Round figures of series in smaller units: the source rounds, though no word of it says so.
ROUNDED = {
    ("N035", "-400000"), ("N044", "890000"), ("N050", "15"), ("N080", "2.9"), ("N081", "3.4"),
    ("N094", "-2450"), ("N098", "2250000"), ("N099", "1810000"),
}  # fmt: skip
# Told by somebody else than the body whose figure it is, so not of high confidence.
SECOND_HAND = {
    "N032", "N052", "N063", "N079", "N080", "N081", "N083", "N084", "N092", "N095", "N096", "N103",
    "N104", "N105", "N106", "N107", "N112", "N113", "N114",
}  # fmt: skip
# The source gives the figure, but its years are read off.
YEARS_READ_OFF = {"N011", "N034", "N035"}
YEAR = r"(\d{4})/(\d\d)"
PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")
MONEY = {
    "social care spending", "NHS funding", "transformation fund", "provider finances",
    "the stated gaps", "capital",
}  # fmt: skip


@pytest.fixture(scope="module")
def points(rows) -> dict[str, list[dict[str, str]]]:
    """The rows of each series."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("national"):
        found[row["series"]].append(row)
    return found


@pytest.fixture(scope="module")
def units(rows) -> dict[str, str]:
    return {row["series"]: row["unit"] for row in rows("series")}


def test_a_figure_is_the_raw_value_in_a_stated_unit(national_facts, rows, units) -> None:
    for line, row in enumerate(rows("national"), start=2):
        if (row["series"], row["period"]) in IN_THE_EXCERPT:
            continue
        ours = [float(text) for text in (row["value"], row["value_to"]) if text]
        for fact in row["facts"].split():
            raw = national_facts[fact]
            times = UNITS[raw["unit"]][units[row["series"]]]
            ends = raw["value"].split("-") if row["qualifier"] == "range" else [raw["value"]]
            stated = [text.lstrip("<").removeprefix("about ") for text in ends]
            assert ours == pytest.approx([float(text) * times for text in stated]), line


def test_a_figure_beside_the_raw_value_stands_in_the_excerpt(national_facts, rows) -> None:
    found = {}
    for row in rows("national"):
        key = (row["series"], row["period"])
        if key in IN_THE_EXCERPT:
            fact, value, words = IN_THE_EXCERPT[key]
            assert (row["facts"], row["value"]) == (fact, value)
            assert words in national_facts[fact]["excerpt"]
            found[key] = row
    assert set(found) == set(IN_THE_EXCERPT)


def test_a_word_of_caution_is_in_the_figure_and_nowhere_else(national_facts, rows) -> None:
    rounded = set()
    for line, row in enumerate(rows("national"), start=2):
        text = " ".join(
            national_facts[f]["excerpt"].lower().replace(",", "") for f in row["facts"].split()
        )
        figure = re.escape(f"{abs(float(row['value'])):g}")
        said = [
            word for word, form in CAUTIOUS.items() if re.search(form.format(figure), text)
        ]  # fmt: skip
        if row["qualifier"] == "range":
            assert float(row["value"]) < float(row["value_to"]), line
            continue
        assert row["value_to"] == "", line
        if not said and row["qualifier"] == "about":
            rounded.add((row["facts"], row["value"]))
        else:
            assert said == ([] if row["qualifier"] == "exact" else [row["qualifier"]]), line
    assert rounded == ROUNDED


def test_confidence_is_that_of_the_raw_row_or_less_for_what_is_told_at_second_hand(
    national_facts, rows
) -> None:
    types = {row["source"]: row["publisher_type"] for row in rows("sources")}
    lowered = set()
    for line, row in enumerate(rows("national"), start=2):
        confident = {national_facts[fact]["confidence"] for fact in row["facts"].split()}
        if confident != {row["confidence"]}:
            assert (confident, row["confidence"]) == ({"high"}, "medium"), line
            assert types[row["source"]] not in ("nhs", "council", "government"), line
            lowered.add(row["facts"])
    assert lowered == SECOND_HAND | YEARS_READ_OFF


def test_each_source_gives_one_figure_of_a_series_for_a_period(points, units) -> None:
    assert set(points) == set(units)
    for key, found in points.items():
        told = [
            (row["period"], source)
            for row in found
            for source in (row["source"], *row["also"].split())
        ]
        assert len(told) == len(set(told)), key


def test_prices_are_those_that_the_raw_rows_name(national_facts, points, rows) -> None:
    for row in rows("series"):
        raw = [national_facts[f] for point in points[row["series"]] for f in point["facts"].split()]
        texts = [f"{r['unit']} {r['scope']} {r['excerpt']}" for r in raw]
        match row["prices"]:
            case "cash":
                assert all("cash" in text for text in texts), row["series"]
            case "real":
                assert any(re.search(r"\breal\b", text) for text in texts), row["series"]
            case _:
                assert not any(re.search(r"\b(real|cash)\b", text) for text in texts), row["series"]
        assert bool(row["prices"]) == (row["topic"] in MONEY), row["series"]


def test_a_series_is_of_one_publisher_and_one_kind_of_fact(national_facts, rows, points) -> None:
    publishers = {row["source"]: row["publisher"] for row in rows("sources")}
    # A trust's surplus is its deficit with the other sign.
    alike = {"provider_surplus": "provider_deficit"}
    for key, found in points.items():
        told = {publishers[row["source"]] for row in found}
        # The Information Centre became HSCIC; it is the same return.
        assert len(told) == 1 or key == "asc-gross-cash", key
        kinds = {national_facts[fact]["kind"] for row in found for fact in row["facts"].split()}
        assert len({alike.get(kind, kind) for kind in kinds}) == 1, key


VALUES = {
    # Changes in social care spending, each on its own basis: three are of eight per cent.
    ("asc-change-kf", "2009/10 to 2015/16"): -8,
    ("asc-change-ifs", "2009/10 to 2016/17"): -8,
    ("asc-change-hscic", "2009/10 to 2014/15"): -8,
    ("asc-change-ifs-per-adult", "2009/10 to 2016/17"): -13.5,
    ("asc-change-ifs-per-adult-to-2015", "2009/10 to 2015/16"): -11,
    ("asc-change-ifs-after-nhs-transfers", "2009/10 to 2015/16"): -6.4,
    ("asc-change-ifg", "2009/10 to 2014/15"): -10,
    # Two returns that must stay apart.
    ("older-people-care-rap", "2009/10"): 1_147_695,
    ("older-people-care-rap", "2013/14"): 853_615,
    # Growth, by body and by source.
    ("admissions-growth-kf", "2003/04 to 2015/16"): 3.6,
    ("nhs-growth-joint-statement", "2015/16 to 2020/21"): 1.1,
    ("nhs-growth-health-foundation", "2015/16 to 2020/21"): 0.7,
    ("nhs-growth-kf-before-2010", "2003/04 to 2010/11"): 4.8,
    ("nhs-england-growth-cipfa", "2018/19"): 0.4,
    ("nhs-growth-joint-statement-by-year", "2018/19"): 0,
    ("footprints", "2016-03"): 44,
}
LENGTHS = {
    "asc-spend-kf": 2, "asc-spend-ifs": 1, "asc-gross-cash": 4, "asc-gross-real": 2,
    "asc-budget-real": 5, "asc-net-cash": 5, "older-people-care-rap": 7,
    "older-people-care-salt": 1,
}  # fmt: skip
"""Partial series stay as short as they are."""


def test_known_figures_and_lengths_of_series(points) -> None:
    for (key, period), value in VALUES.items():
        (row,) = [row for row in points[key] if row["period"] == period]
        assert float(row["value"]) == value, key
    eights = {
        key
        for key, found in points.items()
        if key.startswith("asc-change") and "-8" in {row["value"] for row in found}
    }
    assert eights == {"asc-change-kf", "asc-change-ifs", "asc-change-hscic"}
    assert {key: len(points[key]) for key in LENGTHS} == LENGTHS
    ratings = [float(row["value"]) for key, (row, *_) in points.items() if "progress-rat" in key]
    assert ratings == [5, 20, 14, 5]
    sums = [float(row["value"]) for key, (row, *_) in points.items() if "gap-sum" in key]
    assert sorted(sums) == [20, 22, 23, 26]


def test_series_that_mislead_carry_a_caution(points, rows) -> None:
    for row in rows("series"):
        if row["topic"] == "social care spending":
            assert row["caution"], row["series"]
        if row["series"] in ("older-people-care-rap", "older-people-care-salt"):
            assert "series breaks" in row["caution"]
        if "gap-sum" in row["series"]:
            assert "from 20 to 26 billion" in row["caution"]
        if row["series"] == "admissions-growth-kf":
            (point,) = points[row["series"]]
            years = int(point["to_year"]) - int(point["from_year"])
            assert (row["unit"], years, round(100 * 1.036**years - 100)) == ("% a year", 12, 53)
            assert "about 53%" in row["caution"]


def test_dates_are_those_of_the_raw_rows_or_have_a_note(national_facts, rows) -> None:
    for line, row in enumerate(rows("national"), start=2):
        fact = national_facts[row["facts"].split()[0]]
        dated = fact["source_date"]
        assert row["as_of"] == (dated if PLAIN.fullmatch(dated) else ""), line
        raw = fact["as_of"]
        plain = f"{raw[:7]} to {raw[8:]}" if re.fullmatch(f"{YEAR}-{YEAR}", raw) else raw
        is_plain = row["period"] == plain and re.match(r"\d", raw)
        if not row["as_of"] or not (is_plain or (row["series"], row["period"]) in IN_THE_EXCERPT):
            assert row["note"], line


def test_years_are_those_of_the_period(rows) -> None:
    for line, row in enumerate(rows("national"), start=2):
        years = list(_years(row["period"]))
        ends = (years[0], years[-1]) if years else ("", "")
        assert (row["from_year"], row["to_year"]) == ends, line


def _years(period: str) -> Iterator[str]:
    """Years in which the financial years of a period begin; nothing for years of the calendar."""
    if period.startswith("to "):
        yield ""
    for begins, ends in re.findall(YEAR, period):
        assert int(ends) == (int(begins) + 1) % 100, period
        yield begins
    if found := re.fullmatch(r"(\d{4})-(\d\d)(-\d\d)?", period):
        yield str(int(found[1]) - (found[2] < "04"))


def test_every_row_of_the_raw_timeline_is_a_national_event(national_facts, rows) -> None:
    ours = [row for row in rows("events") if row["code"] == "ENG"]
    raw = {fact for fact, row in national_facts.items() if row["kind"] == "timeline"}
    assert raw <= {fact for row in ours for fact in row["facts"].split()}
    assert all(row["happening"] for row in ours)
    inferred = {fact for fact, row in national_facts.items() if "inferred" in row["value"]}
    assert inferred == {"N147"}
    assert all("day" in row["note"] for row in rows("events") if row["facts"] in inferred)


def test_events_are_sorted_by_place_then_date_with_england_last(rows) -> None:
    order = [(r["code"] == "ENG", r["code"], r["date"] or "9999") for r in rows("events")]
    assert order == sorted(order)


def _apart(dates: set[str]) -> bool:
    """Whether two of the dates cannot both be right: 2018 and 2018-04 can, two months cannot."""
    return any(not a.startswith(b) and not b.startswith(a) for a in dates for b in dates)


def test_events_whose_sources_differ_on_the_date_are_found(rows) -> None:
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("events"):
        if row["happening"] and row["date"]:
            groups[row["code"], row["happening"]].add(row["date"])
    apart = {key: dates for key, dates in groups.items() if _apart(dates)}
    assert apart == {
        ("ENG", "north-east-cumbria-merger"): {"2018-04", "2018-08"},
        ("E54000027", "ics-2020-12"): {"2020-12", "2021-04-01"},
        ("E54000009", "ics-wave-1-2017"): {"2017-04", "2017-06"},
        ("E54000045", "ics-2019-06"): {"2019-03", "2019-06"},
        ("E54000046", "ics-2019-06"): {"2019-03", "2019-06"},
        ("E54000047", "ics-2019-06"): {"2019-03", "2019-06"},
    }
    differing = [row for row in rows("events") if re.search(r"[Ss]ources differ", row["note"])]
    assert [row["happening"] for row in differing] == ["ics-2020-12"] * 10


def test_a_wave_of_integrated_care_is_one_event_with_its_footprints(rows) -> None:
    wave = defaultdict(set)
    for row in rows("events"):
        wave[row["happening"]].add(row["code"])
    for key, footprints in (
        ("ics-wave-2-2018", 4),
        ("ics-2020-05", 4),
        ("ics-2020-12", 11),
        ("ics-2021-04", 13),
        ("success-regime-2015", 3),
    ):
        assert "ENG" in wave[key]
        assert len(wave[key]) == footprints + 1, key


def test_series_and_points_are_those_of_the_tables(atlas: stp_data.Atlas, rows, points) -> None:
    described = {row["series"]: row for row in rows("series")}
    assert list(national_series.series(atlas)) == list(described)
    for key, one in national_series.series(atlas).items():
        assert (one.topic, one.unit, one.prices) == tuple(
            described[key][name] for name in ("topic", "unit", "prices")
        )
        found = national_series.points(atlas, key)
        assert sorted(p.value for p in found) == sorted(float(r["value"]) for r in points[key])
        assert {p.sources for p in found} == {
            (r["source"], *r["also"].split()) for r in points[key]
        }
        years = [p.to_year for p in found if p.to_year]
        assert years == sorted(years)
    topics = {row["topic"] for row in rows("series")}
    listed = [one.key for topic in topics for one in national_series.on_topic(atlas, topic)]
    assert sorted(listed) == sorted(described)


def test_an_absent_year_or_upper_end_is_none(atlas: stp_data.Atlas) -> None:
    (lse,) = national_series.points(atlas, "asc-change-lse")
    assert (lse.from_year, lse.to_year, lse.value_to) == (None, None, None)
    (people,) = national_series.points(atlas, "footprint-people-north-and-london")
    assert (people.value, people.value_to, people.from_year) == (1_800_000, 1_900_000, 2015)
    with pytest.raises(KeyError, match="no-such-series"):
        national_series.points(atlas, "no-such-series")


def test_national_events_are_england_s_and_no_footprint_has_them(
    atlas: stp_data.Atlas, rows
) -> None:
    ours = [row["summary"] for row in rows("events") if row["code"] == "ENG"]
    found = timeline.national(atlas)
    assert sorted(event.summary for event in found) == sorted(ours)
    assert [event.date for event in found] == sorted(event.date for event in found)
    assert all(event.happening for event in found)
    for row in rows("footprints"):
        local = timeline.timeline(atlas, row["code"])
        assert not {event.summary for event in local} & set(ours)
