"""The questions that pages and downloads ask, answered once more by counting."""

from __future__ import annotations

import calendar
import math
import re
import time
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from each import each
from raw_themes import rows as table_rows

from stp_data.core import sources, wording
from stp_data.organisations import members
from stp_data.overview import among_the_44, summary
from stp_data.places import councils, footprints, measures
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead
from stp_data.search import find

FOOTPRINTS = {row["code"]: row["name"] for row in table_rows("footprints")}
CODE_OF = {name: code for code, name in FOOTPRINTS.items()}
MAPPED = [row["measure"] for row in table_rows("measures") if row["mapped"] == "yes"]
DECIMALS = {row["measure"]: int(row["decimals"]) for row in table_rows("measures")}

HOSTILE = [
    "", "\x00", "\n\r\t", "-", "&", "'; DROP TABLE footprints; --", "<script>alert(1)</script>",
    "../../etc/passwd", "%s%n{0}{code}", "(((((", "[a-z]+*?\\", "\ud800", "\u202e\u200f", "😀😀😀",
    "مانشستر", "NaN", "None", "x" * 10_000, "a " * 5_000, "Manchester " * 1_000, "é" * 10_000,
]  # fmt: skip


# --- measures ----------------------------------------------------------------------------------


@each("key", MAPPED)
def test_every_value_is_in_one_of_the_classes_which_are_about_equal(atlas, key: str) -> None:
    shown = {
        code: round(value, DECIMALS[key])
        for code, value in measures.values(atlas, key).by_code.items()
    }
    found = measures.classes(atlas, key)
    assert set(found.by_code) == set(shown)
    assert 1 <= len(found.limits) <= 5
    for number, (low, high) in enumerate(found.limits):
        inside = [value for code, value in shown.items() if found.by_code[code] == number]
        assert (min(inside), max(inside)) == (low, high)
    # Lowest first, and no value that is on screen in two classes.
    ends = [end for limits in found.limits for end in limits]
    assert ends == sorted(ends)
    assert all(low[1] < high[0] for low, high in pairwise(found.limits))
    # And classes are about equal in number.
    sizes = [list(found.by_code.values()).count(number) for number in set(found.by_code.values())]
    ties = max(Counter(shown.values()).values())
    assert max(sizes) - min(sizes) <= 2 * ties
    if ties == 1:
        # Five classes, or fewer where one would have fewer than three footprints.
        assert len(sizes) == min(5, len(shown) // 3)


@each("key", [key for key in MAPPED if key not in measures.SCOPE_OF_GAP])
def test_measured_values_are_those_of_the_table(atlas, key: str) -> None:
    rows = {r["code"]: r for r in table_rows("measured") if r["measure"] == key}
    found = measures.values(atlas, key)
    assert found.england == float(rows.pop("ENG")["value"])
    assert found.by_code == {code: float(row["value"]) for code, row in rows.items()}
    assert {found.source_of[code] for code in rows} == {row["source"] for row in rows.values()}
    assert {row["as_of"] for row in rows.values()} == {found.as_of}


def test_gaps_of_one_map_are_all_of_one_scope(atlas) -> None:
    people = {
        r["code"]: float(r["value"]) for r in table_rows("measured") if r["measure"] == "population"
    }
    preferred = [
        r for r in table_rows("stated") if r["measure"] == "finance_gap_2020_21" and r["preferred"]
    ]
    scopes = {
        "gap_per_head_nhs": "NHS",
        "gap_per_head_nhs_care": "NHS and social care",
        "gap_per_head_not_stated": "not stated",
    }
    assert set(scopes) == {key for key in MAPPED if key.startswith("gap_")}
    for key, scope in scopes.items():
        rows = [row for row in preferred if row["scope"] == scope]
        found = measures.values(atlas, key)
        true = {r["code"]: float(r["value"]) * 1e6 / people[r["code"]] for r in rows}
        assert found.by_code == pytest.approx(true)
        assert found.source_of == {row["code"]: row["source"] for row in rows}
        # No sum of figures of unlike footing stands in for England.
        assert found.england is None
    shown = [code for key in scopes for code in measures.values(atlas, key).by_code]
    assert len(shown) == len(set(shown)) == len(preferred)


@each("key", MAPPED)
def test_a_headline_names_the_highest_and_the_lowest(atlas, key: str) -> None:
    found = measures.values(atlas, key)
    high = max(found.by_code.values())
    assert any(
        FOOTPRINTS[c] in measures.headline(atlas, found)
        for c, v in found.by_code.items()
        if v == high
    )
    for region in footprints.regions(atlas).values():
        inside = {r["code"] for r in table_rows("footprints") if r["nhs_region"] == region}
        values = {code: found.by_code[code] for code in inside & set(found.by_code)}
        text = measures.headline(atlas, found, region)
        assert region in text
        if len(values) > 1:
            ends = (min(values.values()), max(values.values()))
            assert all(measures.shown(found.measure, end) in text for end in ends)
        else:
            assert text.startswith("Only" if values else "No footprint")


def test_extremes_of_nothing_and_of_equals(atlas) -> None:
    found = measures.values(atlas, "population")
    assert measures.extremes(found, []) is None
    level = measures.Values(found.measure, {"E54000009": 1.0, "E54000007": 1.0}, None, "", {})
    assert measures.extremes(level) == ("E54000007", "E54000007")


# --- finding a footprint -----------------------------------------------------------------------


def _codes(matches: list[find.Match]) -> list[str]:
    return [match.footprint.code for match in matches]


@pytest.fixture(scope="module")
def people_in(areas) -> dict[tuple[str, str], dict[str, int]]:
    """(kind, name) -> footprint -> people, for districts and CCGs; from the raw files."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for kind, column in (("district", "LAD17NM"), ("CCG", "CCG17NM")):
        sums = areas.groupby([column, "STP17CD"])["total_population"].sum()
        for (name, code), people in sums.items():
            found[kind, name][code] = int(people)
    return found


@pytest.mark.parametrize("change", [str, lambda name: name.upper().replace(" AND ", " & ")])
def test_each_of_the_44_is_found_first_by_its_name(atlas, change) -> None:
    missed = [n for n, code in CODE_OF.items() if _codes(find.find(atlas, change(n)))[:1] != [code]]
    assert missed == []


def test_each_of_the_326_districts_is_found(atlas, people_in) -> None:
    missed = []
    for (kind, name), codes in people_in.items():
        if kind == "district":
            first = max(codes, key=codes.get)
            if first not in _codes(find.find(atlas, name))[:3]:
                missed.append(name)
    assert missed == []


@pytest.mark.parametrize("bare", [False, True], ids=["full", "without NHS and CCG"])
def test_each_of_the_207_ccgs_is_found(atlas, people_in, bare: bool) -> None:
    asked, missed = 0, []
    for (kind, name), codes in people_in.items():
        if kind == "CCG":
            asked += 1
            query = name.removeprefix("NHS ").removesuffix(" CCG") if bare else name
            if not set(codes) & set(_codes(find.find(atlas, query))[:3]):
                missed.append(query)
    assert asked == 207
    assert missed == []


def test_trusts_are_found_by_name_and_code(atlas, raw) -> None:
    missed = [
        (query, row["STP_code"])
        for row in raw("trust_stp_2017-18.csv")[::5]
        for query in (row["Trust"], row["code"])
        if row["STP_code"] not in _codes(find.find(atlas, query))
    ]
    assert missed == []


def test_a_split_district_gives_every_part_with_its_share(atlas, people_in) -> None:
    split = {n: c for (kind, n), c in people_in.items() if kind == "district" and len(c) > 1}
    assert {"High Peak", "Birmingham", "County Durham"} <= set(split)
    for name, codes in split.items():
        whole = sum(codes.values())
        true = [
            (code, f"{100 * people / whole:.1f}%".replace(".0%", "%"))
            for code, people in sorted(codes.items(), key=lambda pair: -pair[1])
        ]
        matches = [m for m in find.find(atlas, name) if m.why.startswith(f"{name}: ")]
        assert [m.footprint.code for m in matches] == [code for code, _ in true]
        for match, (_, share) in zip(matches, true, strict=True):
            assert f" {share} of its people" in match.why


def test_a_county_gives_its_footprints_with_their_shares(atlas, areas, raw) -> None:
    county = {r["LAD17CD"]: r["CTY17NM"] for r in raw("lad17_county.csv") if "E10" in r["CTY17CD"]}
    sums = areas.groupby([areas["LAD17CD"].map(county), "STP17CD"])["total_population"].sum()
    for name in ("Surrey", "Cumbria", "Essex"):
        codes = sums[name].sort_values(ascending=False)
        assert len(codes) > 1
        matches = find.find(atlas, name)
        by_code = {m.footprint.code: m.why for m in matches if m.why.startswith(f"{name}: county")}
        for code, people in codes.items():
            share = f"{100 * people / codes.sum():.1f}%".replace(".0%", "%")
            assert share in by_code[code], (name, code)


@each(
    ("query", "name"),
    [
        ("Mancester", "Greater Manchester"),
        ("Shropshir", "Shropshire and Telford and Wrekin"),
        ("Birminham and Solihul", "Birmingham and Solihull"),
        ("Midlesbrough", "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby"),
        ("Kings Lynn", "Norfolk and Waveney"),
        ("Bath & North East Somerset", "Bath, Swindon and Wiltshire"),
        ("brighton & hove", "Sussex and East Surrey"),
        ("St. Helens", "Cheshire and Merseyside"),
        ("saint helens", "Cheshire and Merseyside"),
        ("St Edmundsbury", "Suffolk and North East Essex"),
        ("e54000007", "Greater Manchester"),
        ("05N", "Shropshire and Telford and Wrekin"),
        ("rxw", "Shropshire and Telford and Wrekin"),
        ("Isles of Scilly", "Cornwall and the Isles of Scilly"),
        ("NHS Greater Manchester Integrated Care Board", "Greater Manchester"),
        ("Together We're Better", "Staffordshire"),
    ],
)
def test_spellings(atlas, query: str, name: str) -> None:
    assert find.find(atlas, query)[0].footprint.name == name


@each(
    "query",
    ["xyzzy qwfp", "qqqqqqqq", "asdfghjkl", "Aberdeen", "Llandudno", "E54000063", "E54000099"],
)
def test_an_unknown_name_finds_nothing(atlas, query: str) -> None:
    assert find.find(atlas, query) == []


@each("query", HOSTILE)
def test_a_hostile_query_does_no_harm(atlas, query: str) -> None:
    start = time.monotonic()
    found = find.find(atlas, query)
    assert isinstance(found, list)
    assert len(found) <= 8
    assert len(set(_codes(found))) == len(found)
    assert footprints.resolve(atlas, query) is None
    assert time.monotonic() - start < 2


# --- one name, one footprint -------------------------------------------------------------------


@each("row", table_rows("footprints"))
def test_a_footprint_is_resolved_by_code_slug_and_name(atlas, row: dict[str, str]) -> None:
    spaced = f"  {row['name'].upper().replace(' AND ', ' & ')} "
    for name in (row["code"], row["code"].lower(), row["slug"], row["name"], spaced):
        found = footprints.resolve(atlas, name)
        assert found is not None
        assert (found.code, found.slug, found.region) == (
            row["code"],
            row["slug"],
            row["nhs_region"],
        )


def test_a_plan_name_is_resolved_when_only_one_footprint_has_it(atlas) -> None:
    codes = defaultdict(set)
    for row in table_rows("plan_names"):
        codes[footprints.slugify(row["name"])].add(row["code"])
    for row in table_rows("plan_names"):
        found = footprints.resolve(atlas, row["name"])
        same = codes[footprints.slugify(row["name"])]
        assert (found and found.code) == (row["code"] if len(same) == 1 else None)


@each("name", ["E54000049", "E54000004", "north", "London", "E5400000", "044"])
def test_what_names_no_footprint_is_not_resolved(atlas, name: str) -> None:
    assert footprints.resolve(atlas, name) is None


def test_footprints_are_numbered_in_the_order_of_codes(atlas) -> None:
    found = footprints.all_footprints(atlas)
    assert list(found) == sorted(FOOTPRINTS)
    assert [f.number for f in found.values()] == list(range(1, 45))
    short = {row["code"]: row["short_name"] for row in table_rows("short_names")}
    assert {code: f.short_name for code, f in found.items()} == short


def test_neighbours_come_by_length_of_border(atlas) -> None:
    km = {(r["code"], r["neighbour"]): float(r["border_km"]) for r in table_rows("neighbours")}
    for code in FOOTPRINTS:
        found = [other.code for other in footprints.neighbours(atlas, code)]
        assert set(found) == {b for a, b in km if a == code}
        lengths = [km[code, other] for other in found]
        assert lengths == sorted(lengths, reverse=True)


# --- one footprint -----------------------------------------------------------------------------


@each("code", FOOTPRINTS)
def test_a_summary_agrees_with_the_tables(atlas, code: str) -> None:
    found = summary.summary(atlas, code)
    figures = [r for r in table_rows("stated") if r["code"] == code]
    gaps = [r for r in figures if r["measure"] == "finance_gap_2020_21"]
    chosen = [float(r["value"]) for r in gaps if r["preferred"] == "yes"]
    assert found.gaps_stated == len(gaps)
    assert ([found.gap.value] if found.gap else []) == chosen
    own = [r for r in table_rows("measured") if r["code"] == code and r["measure"] == "population"]
    assert found.people == int(float(own[0]["value"]))
    types = {r["org"]: r["type"] for r in table_rows("organisations")}
    bodies = {r["org"] for r in table_rows("memberships") if r["code"] == code}
    counts = found.member_counts
    assert sum(counts.values()) == len(bodies)
    assert counts["CCG"] == sum(types[org] == "CCG" for org in bodies)
    assert counts["trust"] == sum("trust" in types[org].lower() for org in bodies)
    assert sorted(m.org for m in members.members(atlas, code)) == sorted(bodies)


@each("key", summary.TOP_MEASURES)
def test_ranks_against_counting(atlas, key: str) -> None:
    values = {
        r["code"]: float(r["value"])
        for r in table_rows("measured")
        if r["measure"] == key and r["code"] != "ENG"
    }
    ordered = sorted(values.values(), reverse=True)
    for code, value in values.items():
        found = summary.against_england(atlas, code, key)
        assert (found.here, found.rank) == (value, ordered.index(value) + 1)
    ranks = [summary.against_england(atlas, code, key).rank for code in values]
    assert min(ranks) == 1
    assert max(ranks) <= 44


@each("code", FOOTPRINTS)
def test_no_evidence_of_a_member_is_lost(atlas, code: str) -> None:
    shown = [(m.org, *proof) for m in members.members(atlas, code) for proof in m.evidence]
    rows = table_rows("memberships")
    true = [(r["org"], r["source"], r["as_of"], r["note"]) for r in rows if r["code"] == code]
    assert sorted(shown) == sorted(true)
    groups = members.by_type(members.members(atlas, code))
    assert sum(map(len, groups.values())) == len({org for org, *_ in true})


@each("code", FOOTPRINTS)
def test_no_stated_figure_is_lost_and_the_preferred_comes_first(atlas, code: str) -> None:
    rows = [r for r in table_rows("stated") if r["code"] == code]
    shown = stated_figures.stated(atlas, code)
    key = [(s.measure, s.value, s.scope, s.source, s.as_of) for s in shown]
    columns = ("measure", "scope", "source", "as_of")
    true = [(r["measure"], float(r["value"]), *(r[c] for c in columns[1:])) for r in rows]
    assert sorted(key) == sorted(true)
    for measure in {r["measure"] for r in rows}:
        flags = [s.preferred for s in stated_figures.of_measure(shown, measure)]
        assert flags == sorted(flags, reverse=True)


def test_every_place_name_publication_and_successor_is_shown(atlas) -> None:
    for code in FOOTPRINTS:
        own = {
            table: [row for row in table_rows(table) if row["code"] == code]
            for table in ("places", "plan_names", "publications", "leads", "successors")
        }
        assert [(p.lad, p.people) for p in councils.places(atlas, code)] == sorted(
            ((r["lad"], int(r["population"])) for r in own["places"]), key=lambda pair: -pair[1]
        )
        shown = [(n.name, n.source) for n in plans.names(atlas, code)]
        assert sorted(shown) == sorted((r["name"], r["source"]) for r in own["plan_names"])
        dates = [p.published for p in plans.publications(atlas, code)]
        assert dates == sorted(r["published"] for r in own["publications"])
        people = [(lead.name, lead.role) for lead in plans.leads(atlas, code)]
        assert sorted(people) == sorted((r["name"], r["role"]) for r in own["leads"])
        shares = [board.share for board in plans.successors(atlas, code)]
        true = [float(r["population_share"]) for r in own["successors"]]
        assert shares == sorted(true, reverse=True)


# --- who led -----------------------------------------------------------------------------------


def _lead(name: str, role: str = "lead", as_of: str = "", confidence: str = "high") -> Lead:
    return Lead(name, "", role, "", "", "", as_of, ("x",), confidence, "")


@each(
    ("found", "name"),
    [
        ([], None),
        ([_lead("", as_of="2016")], None),
        ([_lead("Doubtful", as_of="2016", confidence="low")], None),
        ([_lead("A", as_of="2016-03"), _lead("B", as_of="2017")], "A"),
        ([_lead("Chair", "chair", "2016"), _lead("Lead", "lead", "2017")], "Lead"),
        ([_lead("Chair", "chair", "2016"), _lead("Joint", "joint lead", "2016-05")], "Joint"),
        ([_lead("Chair", "chair", "2016"), _lead("Later", "lead", "2019-04")], "Chair"),
        ([_lead("Later", "lead", "2019"), _lead("Undated", "lead")], "Undated"),
        ([_lead("Director", "programme director", "2016"), _lead("C", "chair", "2017")], "C"),
        ([_lead("Officer", "senior responsible officer", "2019-04")], "Officer"),
        ([_lead("Low", as_of="2016", confidence="low"), _lead("C", "chair", "2017")], "C"),
    ],
)
def test_first_lead(found: list[Lead], name: str | None) -> None:
    first = plans.first_lead(found)
    assert (first and first.name) == name


def test_leads_come_by_date_those_without_last(atlas) -> None:
    for code in FOOTPRINTS:
        dates = [lead.as_of for lead in plans.leads(atlas, code)]
        assert dates == sorted(dates, key=lambda date: (date == "", date))


@each(
    ("code", "name"),
    [
        # As HSJ and NHS England named them in March 2016.
        ("E54000005", "Rob Webster"),
        ("E54000007", "Howard Bernstein"),
        ("E54000017", "Mark Rogers"),
        ("E54000037", "Angela Pedder"),
        ("E54000044", "David Smith"),
    ],
)
def test_the_lead_of_2016_comes_before_later_ones(atlas, code: str, name: str) -> None:
    lead = summary.summary(atlas, code).lead
    assert lead is not None
    assert lead.name == name


# --- words -------------------------------------------------------------------------------------


@each(
    ("text", "words"),
    [
        ("2016-10-21", "21 October 2016"),
        ("2016-10-01", "1 October 2016"),
        *((f"2016-{number:02}", f"{calendar.month_name[number]} 2016") for number in range(1, 13)),
        ("2016-10", "October 2016"),
        ("2016", "2016"),
        ("2017/18", "2017/18"),
        ("mid-2017", "mid-2017"),
        ("2013/14 to 2014/15", "2013/14 to 2014/15"),
        ("2016-13", "2016-13"),
        ("2016-1", "2016-1"),
        ("", ""),
    ],
)
def test_dates(text: str, words: str) -> None:
    assert wording.date(text) == words


@each(
    ("value", "decimals", "text"),
    [
        (55_619_430, 0, "55,619,430"),
        (21.44, 1, "21.4"),
        (21.0, 1, "21.0"),
        (0, 0, "0"),
        (-0.0, 2, "0.00"),
        (-0.004, 2, "0.00"),
        (-0.006, 2, "\u22120.01"),
        (-1234.5, 1, "\u22121,234.5"),
        (999.96, 1, "1,000.0"),
    ],
)
def test_numbers(value: float, decimals: int, text: str) -> None:
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_figure_that_is_absent_is_never_written_as_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        wording.number(value, 1)


@each(
    ("key", "value", "text"),
    [
        ("aged_65_over_share", 21.44, "21.4%"),
        ("road_distance_gp", 1.26, "1.3 km"),
        ("gap_per_head_nhs", 266.4, "£266"),
        ("finance_gap_2020_21", 131.4, "£131.4m"),
        ("population", 493_213, "493,213"),
        ("mood_anxiety_score", -0.001, "0.00"),
    ],
)
def test_a_value_has_the_sign_of_its_unit(atlas, key: str, value: float, text: str) -> None:
    assert measures.shown(measures.measure(atlas, key), value) == text


def _stated(value: float, qualifier: str = "exact", unit: str = "GBP million", to=None):
    figure = ("E54000005", "m", value, to, qualifier, unit, "", "", "NHS", "x", "high")
    return stated_figures.Stated(*figure, False, "", "F1")


@each(
    ("figure", "text"),
    [
        (_stated(131.4), "£131.4m"),
        (_stated(131.0), "£131m"),
        (_stated(1000, "about"), "about £1bn"),
        (_stated(1070), "£1,070m"),
        (_stated(2600), "£2.6bn"),
        (_stated(999.9), "£999.9m"),
        (_stated(550, "at least"), "at least £550m"),
        (_stated(641, "up to"), "up to £641m"),
        (_stated(400, "range", to=500), "£400m to £500m"),
        (_stated(2_600_000, "about", "persons"), "about 2.6 million people"),
        (_stated(750_000, "at least", "persons"), "at least 750,000 people"),
        (_stated(1_234_567, unit="persons"), "1,234,567 people"),
        (_stated(-15.4, unit="per cent"), "\u221215.4%"),
        (_stated(22, unit="per cent"), "+22%"),
    ],
)
def test_amounts(figure: stated_figures.Stated, text: str) -> None:
    assert stated_figures.amount(figure) == text


def test_every_stated_figure_can_be_read_back_from_its_words(atlas) -> None:
    for code in FOOTPRINTS:
        for figure in stated_figures.stated(atlas, code):
            words = stated_figures.amount(figure).replace(",", "")
            number = re.search(r"-?[\d.]+", words.replace("\u2212", "-"))
            times = 1000 if "bn" in words else 1e6 if "million" in words else 1
            assert float(number[0]) * times == pytest.approx(figure.value)


@each(
    ("part", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.5, "50%"),
        (0.638, "63.8%"),
        (0.00001, "under 0.1%"),
        (0.0009, "under 0.1%"),
        (0.001, "0.1%"),
        (0.999, "99.9%"),
        (0.9991, "over 99.9%"),
        (0.999999, "over 99.9%"),
        (0.1004, "10%"),
    ],
)
def test_shares(part: float, text: str) -> None:
    assert wording.share(part) == text


def test_lists_and_counts() -> None:
    lists = [wording.listed(list("abc"[:number])) for number in range(4)]
    assert lists == ["", "a", "a and b", "a, b and c"]
    assert wording.count(1, "CCG", "CCGs") == "1 CCG"
    assert wording.count(0, "CCG", "CCGs") == "0 CCGs"
    assert wording.count(1234, "person", "people") == "1,234 people"


def test_every_source_can_be_cited_on_one_line(atlas) -> None:
    for row in table_rows("sources"):
        source = sources.source(atlas, row["source"])
        text = sources.citation(source)
        assert "\n" not in text
        assert row["publisher"] in text
        assert row["title"] in text
        assert ("not dated" in text) == (row["date"] == "")
        assert source.official == (row["publisher_type"] in {"nhs", "council", "government"})


@each("query", ["Dorsit", "Glostershire", "Lincolnshere"])
def test_a_name_that_is_only_alike_is_offered_and_never_taken_for_certain(atlas, query: str):
    found = find.search(atlas, query)
    assert found.matches
    assert not found.is_close
    assert not found.is_certain


def test_dots_give_the_rank_that_counting_gives(atlas) -> None:
    for code in FOOTPRINTS:
        for aim in among_the_44.aims(atlas):
            for strip in among_the_44.strips(atlas, code, aim):
                higher = sum(
                    other > strip.value
                    for other in measures.values(atlas, strip.measure.key).by_code.values()
                )
                assert strip.rank == higher + 1
