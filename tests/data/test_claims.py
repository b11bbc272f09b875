"""Checked statements: each has its proof, and every sum in one is done again from the tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest
from each import each

from stp_data.evidence import claims

BARE_TOPICS = {"footprints", "ratings"}
FAMILY = "series:gap-sum"
# Wrong by what stands in the document itself.
INTERNAL_EVIDENCE = {"footnote-dated-after-its-post"}
SEED_FILES = {
    "shropshire-council-2016-11": "000_229a2ea1e4c66d89.txt",
    "herefordshire-worcestershire-stp-2016": "001_26b1cafdfae3ff7e.txt",
    "staffordshire-hwb-2016": "002_f6a94d5a0669d9f3.txt",
    "isle-of-wight-synopsis-2016": "003_f0b51967a50c83db.txt",
    "solace-wakefield-2017-09": "004_fc0a68ad703750e3.txt",
}
# Words that show where the seed document says it.
SAID = {
    "footprints-across-the-uk": ("44 geographical", "across the UK"),
    "powys-is-a-neighbourhood": ("Shropshire, Powys and Telford & Wrekin",),
    "told-not-to-communicate": ("NHS England asking all local teams not to communicate",),
    "shropshire-consultation-soon": ("in the coming months", "summer of 2017"),
    "all-44-areas-plan": ("All 44 STP areas",),
    "deadline-30-june-2016": ("30th June 2016",),
    "gaps-called-triple-aims": ("triple aims",),
    "guidance-mainly-about-the-nhs": ("planning guidance focuses mainly on NHS services",),
    "nine-clinical-priorities": ("clinical priorities", "and frailty"),
    "one-sustainable-organisation": ("only one financially sustainable organisation",),
    "national-money-for-plans": ("some funding available to support the STP",),
    "isle-of-wight-outside-the-44": ("Is the IOW within one of 44 areas", ", No;"),
    "smallest-300000-largest-2-8-million": ("300,000", "2.8 million"),
    "thirteen-southern-footprints": ("include the South",),
    "a-leader-for-each-plan": ("A named individual",),
    "most-leaders-from-the-nhs": ("a small number of STP leaders come from local government",),
    "most-resubmit-by-october": ("most plans", "by October"),
    "approved-in-phases": ("assessed and approved in phases",),
    "the-2012-act-and-competition": ("Health and Social Care Act 2012", "compete"),
    "hospital-mergers-save-little": ("major acute reconfigurations rarely save money",),
    "a-five-year-plan": ("five-year plan",),
    "no-public-involvement": ("no time for public involvement",),
    "wakefield-has-a-plan-of-its-own": ("Our STP in Wakefield",),
    "admissions-up-3-6-per-cent": ("up 3.6% between 2003/4 and 2015/16",),
    "nhs-budgets-little-over-1-per-cent": ("little more than 1%",),
    "social-care-cut-8-per-cent": ("8% real terms cut", "2009/10 and 2015/16"),
    "footnote-dated-after-its-post": ("15th September 2017", "5/09/2018"),
}


@pytest.fixture(scope="module")
def table(rows) -> dict[str, dict[str, str]]:
    return {row["claim"]: row for row in rows("claims")}


@pytest.fixture(scope="module")
def said(table):
    """said(key): what a claim tells the reader, explanation and right figure together."""
    return lambda key: " ".join(table[key][c] for c in ("explanation", "right_figure"))


@pytest.fixture(scope="module")
def people(rows) -> dict[str, int]:
    found = {
        row["code"]: int(float(row["value"]))
        for row in rows("measured")
        if row["measure"] == "population" and row["code"] != "ENG"
    }
    assert len(found) == 44
    return found


@pytest.fixture(scope="module")
def codes(rows) -> dict[str, str]:
    return {row["name"]: row["code"] for row in rows("footprints")}


@pytest.fixture(scope="module")
def national(raw):
    """national(kind, publisher, as_of): the one raw value of that kind."""

    def value(kind: str, publisher: str, as_of: str, also: str = "") -> float:
        found = {
            float(row["value"])
            for row in raw("national.csv")
            if row["kind"] == kind
            and publisher in row["source_publisher"]
            and row["as_of"] == as_of
            and also in row["scope"]
        }
        assert len(found) == 1, (kind, publisher, as_of, found)
        return found.pop()

    return value


@pytest.fixture(scope="module")
def gap(rows):
    """gap(code, source): the stated gap in million pounds."""

    def value(code: str, source: str, measure: str = "finance_gap_2020_21") -> float:
        (found,) = [
            float(row["value"])
            for row in rows("stated")
            if (row["code"], row["source"], row["measure"]) == (code, source, measure)
        ]
        return found

    return value


# --- the table ---------------------------------------------------------------------------------


def test_every_claim_that_was_asked_for_is_there(table) -> None:
    assert set(SAID) <= set(table)
    assert list(table) == sorted(table)


def test_claims_are_whole_and_name_what_exists(rows, table) -> None:
    dates = {row["source"]: row["date"] for row in rows("sources")}
    about = {f"measure:{row['measure']}" for row in rows("measures")}
    about |= {f"stated:{row['code']}:{row['measure']}" for row in rows("stated")}
    about |= {f"series:{row['series']}" for row in rows("series")} | BARE_TOPICS | {FAMILY}
    for key, row in table.items():
        sources = row["sources"].split()
        assert sources, key
        assert set(sources) <= set(dates), key
        assert len(set(sources)) == len(sources), key
        # Nothing else is its own proof.
        assert (row["document"] in sources) == (key in INTERNAL_EVIDENCE), key
        assert dates[row["document"]].startswith(row["as_of"]), key
        assert row["right_figure"] or row["verdict"] != "wrong", key
        assert set(row["about"].split()) <= about, key
    assert {row["verdict"] for row in table.values()} == set(claims.VERDICTS)
    assert any(key.startswith(f"{FAMILY}-") for key in about)


def test_the_seeds_say_what_we_check(reference, table) -> None:
    for key, words in SAID.items():
        path = reference.parent / "seeds" / SEED_FILES[table[key]["document"]]
        text = " ".join(path.read_text("utf-8").split())
        for word in words:
            assert word in text, (key, word)


# --- the 44 and their places -------------------------------------------------------------------


def test_all_44_are_english(raw, rows, said) -> None:
    lookup = {row["LSOA11CD"][0] for row in raw("lsoa11_geography_2017.csv.gz")}
    assert lookup == {"E"}
    assert len(rows("footprints")) == 44
    assert "44 footprints, in England only" in said("footprints-across-the-uk")
    assert "44 footprints" in said("all-44-areas-plan")


def test_powys_is_in_no_footprint(rows, people, codes, said) -> None:
    code = codes["Shropshire and Telford and Wrekin"]
    places = [row for row in rows("places") if row["code"] == code]
    here = {row["lad_name"]: int(row["population"]) for row in places}
    assert set(here) == {"Shropshire", "Telford and Wrekin"}
    assert sum(here.values()) == people[code]
    assert not any("Powys" in row["lad_name"] for row in rows("places"))
    assert said("powys-is-a-neighbourhood").count(f"{people[code]:,}") == 2


@each(
    ("place", "footprint", "claim"),
    [
        ("Isle of Wight", "Hampshire and the Isle of Wight", "isle-of-wight-outside-the-44"),
        ("Wakefield", "West Yorkshire", "wakefield-has-a-plan-of-its-own"),
    ],
)
def test_whole_place_is_in_the_footprint(
    rows, codes, said, place: str, footprint: str, claim: str
) -> None:
    (row,) = [row for row in rows("places") if row["lad_name"] == place]
    assert float(row["share"]) == 1
    assert next(name for name, code in codes.items() if code == row["code"]).startswith(footprint)
    assert said(claim).count(f"{int(row['population']):,}") == 2


def test_wakefield_is_one_of_six_places(rows, people, said) -> None:
    (row,) = [row for row in rows("places") if row["lad_name"] == "Wakefield"]
    share = int(row["population"]) / people[row["code"]]
    assert f"{share:.1%}" in said("wakefield-has-a-plan-of-its-own")
    assert f"{people[row['code']]:,}" in said("wakefield-has-a-plan-of-its-own")
    (places,) = [
        row["summary"].partition(": ")[2]
        for row in rows("statements")
        if row["code"] == "E54000005" and row["summary"].startswith("Six local places")
    ]
    assert len(re.split(", | and ", places)) == 6
    assert "Wakefield" in places


def _plain(name: str) -> tuple[str, ...]:
    """Its words without commas and "and", which the list and the lookup set differently."""
    return tuple(re.sub(r"[,\s]+|\band\b", " ", name).split())


def test_the_thirteen_names_are_the_south(reference, rows, said) -> None:
    text = (reference.parent / "seeds" / SEED_FILES["isle-of-wight-synopsis-2016"]).read_text()
    listed = text.partition("include the South:")[2].strip().partition(".")[0]
    ours = {row["name"]: row["nhs_region"] for row in rows("footprints")}
    plain = {_plain(name): name for name in ours}
    found = [plain[_plain(name)] for name in listed.split(";")]
    assert len(found) == len(set(found)) == 13
    south = {name for name, region in ours.items() if region == "South of England"}
    assert set(found) == south
    assert "Hampshire and the Isle of Wight" in found
    assert "13 footprints" in said("thirteen-southern-footprints")


def test_forty_two_boards_are_not_two_fewer_of_the_same(rows, said) -> None:
    boards = {row["successor"] for row in rows("successors")}
    parts = Counter(row["code"] for row in rows("successors"))
    split = sum(count > 1 for count in parts.values())
    assert len(boards) == 42 == 44 - 3 + 1
    assert split == 7
    text = said("forty-four-became-forty-two")
    assert "42 boards" in text
    assert "7 of the 44" in text


# --- people ------------------------------------------------------------------------------------


def test_smallest_and_largest(people, codes, said) -> None:
    low, high = min(people.values()), max(people.values())
    text = said("smallest-300000-largest-2-8-million")
    assert people[codes["West, North and East Cumbria"]] == low
    assert people[codes["Greater Manchester"]] == high
    assert text.count(f"{low:,}") == text.count(f"{high:,}") == 2
    assert round(low, -5) == 300_000
    assert round(high, -5) == 2_800_000


def test_averages_by_region(rows, people, said) -> None:
    text = said("average-people-by-region")
    regions = defaultdict(list)
    for row in rows("footprints"):
        regions[row["nhs_region"]].append(people[row["code"]])
    for region, wanted in {
        "North of England": "1.72 million in the North",
        "London": "1.77 million in London",
        "Midlands and East of England": "1.00 million in the Midlands",
        "South of England": "1.11 million in the South",
    }.items():
        mean = sum(regions[region]) / len(regions[region]) / 1e6
        # 1.765 and 0.9956 round up.
        assert f"{mean + 1e-9:.2f} million" == " ".join(wanted.split()[:2])
        assert wanted in text
    assert f"{sum(people.values()) / 44 / 1e6:.2f} million on average for all 44" in text
    assert f"{max(people.values()) / 1e6:.2f} million" in text


def test_the_eleven_systems_have_14_million_people(rows, people, said) -> None:
    eleven = {
        row["code"]
        for row in rows("events")
        if row["kind"] == "integrated care" and row["date"] == "2020-12"
    } - {"ENG"}
    assert len(eleven) == 11
    total = sum(people[code] for code in eleven)
    assert f"{total:,}" in said("eleven-systems-14-million-people")
    assert f"{total / 1e6:.1f} million" in said("eleven-systems-14-million-people")
    assert round(total / 1e6) == 14


def test_birmingham_has_fewer_people(people, codes, said) -> None:
    residents = people[codes["Birmingham and Solihull"]]
    text = said("birmingham-1-8-million-people")
    assert text.count(f"{residents:,}") == 2
    assert f"{1.8e6 / residents - 1:.0%} too many" in text


def test_stated_people_are_close_to_those_counted(rows, people, codes, said) -> None:
    stated = [row for row in rows("stated") if row["measure"] == "population_stated"]
    off = {
        (row["code"], row["source"]): float(row["value"]) / people[row["code"]] - 1
        for row in stated
    }
    widest = max(off, key=lambda key: abs(off[key]))
    text = said("coventry-one-million-people")
    assert widest == (codes["Coventry and Warwickshire"], "coventry-warks-hcp-2019-09")
    assert f"{off[widest]:.1%} higher" in text
    assert abs(off[widest]) < 0.1
    assert f"{len(stated)} figures for {len({row['code'] for row in stated})} footprints" in text
    assert text.count(f"{people[widest[0]]:,}") == 2


# --- rates and money ---------------------------------------------------------------------------


def test_admissions_grow_by_half_in_twelve_years(national, raw, said) -> None:
    rates = {
        float(row["value"])
        for row in raw("national.csv")
        if row["kind"] == "hospital_activity_growth" and "total admissions" in row["scope"]
    }
    assert rates == {3.6}
    text = said("admissions-up-3-6-per-cent")
    assert text.count(f"about {1.036 ** (2015 - 2003) - 1:.0%}") == 2
    after, before = (
        national("hospital_admissions", "NHS Digital", year) for year in ("2015/16", "2005/06")
    )
    assert f"{before} to {after} million" in text
    assert f"{after / before - 1:.0%}" in text


def test_budgets_grow_by_little_in_real_terms(national, said) -> None:
    text = said("nhs-budgets-little-over-1-per-cent")
    joint = national("nhs_funding_growth", "Nuffield", "2015/16-2020/21", "average")
    rival = national("nhs_funding_growth", "Health Foundation", "2015/16-2020/21", "2017")
    kings_fund = national("nhs_funding_growth", "King's Fund", "2010/11 onward (to 2015/16)")
    assert text.count(f"{joint}% a year") == 2
    assert f"{kings_fund}% a year since 2010/11" in text
    assert f"{rival}% on another count" in text
    first, last = (national("nhs_england_budget", "CIPFA", y) for y in ("2015/16", "2020/21"))
    assert f"grow by {last / first - 1:.1%} in five years" in text
    assert f"{(last / first) ** (1 / 5) - 1:.1%} a year" in text


def test_growth_without_its_year_adds_up(national, said) -> None:
    rate = national("nhs_funding_growth", "Save Our Hospitals", "2009/10-2020/21")
    years = 2020 - 2009
    total = f"about {(1 + rate / 100) ** years - 1:.0%}"
    assert years == 11
    assert f"{rate}% a year" in said("growth-without-its-year")
    assert total in said("growth-without-its-year")
    kings_fund = national("nhs_funding_growth", "King's Fund", "2010/11 onward (to 2015/16)")
    assert f"{kings_fund}% a year since 2010/11" in said("growth-without-its-year")


def test_the_rival_bases_of_the_care_cut(raw, said) -> None:
    cuts = {
        (row["source_publisher"].split(" (")[0], row["as_of"], row["unit"]): row["value"]
        for row in raw("national.csv")
        if row["kind"] == "social_care_spend_change"
    }
    same_years = "2009/10-2015/16"
    assert cuts["King's Fund", same_years, "per cent"] == "-8"
    assert cuts["Institute for Fiscal Studies", same_years, "per cent"] == "-6.4"
    assert cuts["Institute for Fiscal Studies", same_years, "per cent per adult"] == "-11"
    assert cuts["Institute for Government", same_years, "per cent"] == "-6"
    assert cuts["Institute for Fiscal Studies", "2009/10-2016/17", "per cent"] == "-8"
    assert cuts["AOL / Press Association", "2009/10-2014/15", "per cent"] == "-8"
    text = said("social-care-cut-8-per-cent")
    for words in ("6.4% after transfers", "11% for each adult", "Institute for Government 6%"):
        assert words in text
    assert "also have 8%, but to 2016/17 and 2014/15" in text
    assert "£18.4bn to just under £17bn" in text
    # Just under 17: a little more than this.
    assert 0.07 < 1 - 17 / 18.4 < 0.08


def test_most_of_the_fund_went_on_deficits(national, said) -> None:
    fund = national("stf_size", "PharmaTimes", "2016/17")
    spent = national("stf_use", "CHPI", "2016/17")
    text = said("national-money-for-plans")
    assert text.count(f"£{fund}bn") == 2
    assert text.count(f"£{spent}bn") == 2
    assert f"£{fund - spent:.1f}bn for change" in text
    assert round(national("stf_size", "CIPFA", "2016/17") / 1000, 1) == fund


def test_the_sum_of_the_gaps_differs_by_source(raw, said) -> None:
    sums = [float(r["value"]) for r in raw("national.csv") if r["kind"] == "stp_gap_sum"]
    text = said("gap-sum-26-billion")
    assert f"£{min(sums):.0f}bn to £{max(sums):.0f}bn" in text
    for value in sums:
        assert f"£{value:.0f}bn" in text


@each(
    ("claim", "source", "other"),
    [
        ("somerset-596-million-in-the-year", "nhs-support-federation-undated-35", "hsj-2016-11-4"),
        ("bristol-305-million-in-the-year", "huffpost-uk-2016-11", "bristol-city-undated-2"),
        ("birmingham-712-million-in-the-year", "nhs-support-federation-undated-13", "nhe-2016-10"),
        ("surrey-heartlands-102-million", "nhs-support-federation-undated-32", ""),
    ],
)
def test_unsettled_gap_per_person_and_who_calls_it_cumulative(
    gap, people, table, said, claim: str, source: str, other: str
) -> None:
    row = table[claim]
    code, amount = row["code"], gap(row["code"], source)
    assert (row["document"], row["verdict"]) == (source, "cannot be checked")
    assert f"£{amount:.0f}m" in row["statement"]
    assert f"£{amount * 1e6 / people[code]:,.0f} a head" in said(claim)
    if other:
        total = gap(code, other, "finance_gap_cumulative")
        assert f"£{total:.0f}m" in row["statement"]
        assert other in row["sources"].split()
        assert f"stated:{code}:finance_gap_cumulative" in row["about"]


def test_ippr_and_the_campaign_cannot_both_be_right(facts, gap, people, codes, said) -> None:
    highest, lowest = float(facts["F1804"]["value"]), float(facts["F2410"]["value"])
    surrey = codes["Surrey Heartlands"]
    durham = facts["F2410"]["stp_code"]
    text = said("ippr-deficits-per-head")
    assert f"£{highest * people[surrey] / 1e6:.0f}m" in text
    assert f"£{highest * people[surrey] / 1e6:.0f}m" in said("surrey-heartlands-102-million")
    assert f"£{lowest * people[durham] / 1e6:.0f}m" in text
    stated = gap(durham, "nhs-support-federation-undated-41")
    assert f"£{stated:.0f}m, £{stated * 1e6 / people[durham]:.0f} a head" in text
    campaign = gap(surrey, "nhs-support-federation-undated-32") * 1e6 / people[surrey]
    assert f"£{campaign:.0f} a head" in text
    assert campaign < lowest
    somerset = gap(codes["Somerset"], "nhs-support-federation-undated-35") * 1e6
    assert somerset / people[codes["Somerset"]] > highest


def test_capital_is_of_37_areas(national, raw, said) -> None:
    text = said("capital-9-5-billion")
    assert text.count(f"£{national('stp_capital_sum', 'BMA', '2017-02')}bn") == 2
    assert f"£{national('stp_capital_sum_london', 'HSJ', '2020/21')}bn" in text
    (row,) = [r for r in raw("national.csv") if r["kind"] == "stp_capital_sum"]
    assert "37 of the 44" in row["excerpt"]
    assert "37 of 44 footprints" in text
    assert 44 - 37 == 7
    assert "seven are missing" in text


def test_money_of_staffordshire_and_bristol_is_that_of_the_tables(facts, gap, codes, said) -> None:
    text = said("one-sustainable-organisation")
    assert f"£{gap('E54000010', 'staffordshire-stp-2016-12'):.0f}m" in text
    assert f"£{facts['F0317']['value']}m" in text
    bristol = codes["Bristol, North Somerset and South Gloucestershire"]
    current = gap(bristol, "bristol-ccg-2016-11", "finance_gap_current")
    assert f"a gap of £{current:.0f}m" in said("bristol-305-million-in-the-year")


# --- dates, leaders, ratings, priorities -------------------------------------------------------


def test_the_footnote_is_younger_than_its_post(reference, rows, table, said) -> None:
    text = (reference.parent / "seeds" / SEED_FILES["solace-wakefield-2017-09"]).read_text("utf-8")
    found = re.search(r"nhsmanagers\.net (\d+)/(\d+)/(\d{4})", text)
    assert found
    day, month, year = map(int, found.groups())
    posted = date.fromisoformat(table["footnote-dated-after-its-post"]["as_of"])
    late = (date(year, month, day) - posted).days
    assert late > 0
    assert f"{late} days later" in said("footnote-dated-after-its-post")


def test_full_plans_came_after_june(raw, said) -> None:
    due = {
        row["as_of"]
        for row in raw("national.csv")
        if row["kind"] == "timeline" and row["value"].startswith(("June subm", "Full plans"))
    }
    assert due == {"2016-06-30", "2016-10-21"}
    assert "30 June 2016" in said("deadline-30-june-2016")
    for key in ("deadline-30-june-2016", "most-resubmit-by-october"):
        assert "21 October" in said(key)


def test_the_northern_codes_closed_before_august(reference, said) -> None:
    path = reference / "stp_partner_mapping_2019-04.xlsx"
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    log = [row for row in book["Change Log"].iter_rows(values_only=True) if row[0]]
    book.close()
    closed = {row[0].date() for row in log if "merger" in str(row[3]) and "closed" in str(row[3])}
    given = {row[0].date() for row in log if "E54000049" in str(row[4])}
    assert closed == {date(2018, 6, 7)}
    assert given == {date(2018, 7, 18)}
    assert "on 7 June 2018" in said("north-east-merger-date")
    assert "18 July" in said("north-east-merger-date")


def test_leaders_are_counted_as_reported(raw, said) -> None:
    first, second = (r for r in raw("national.csv") if r["kind"] == "lead_background")
    providers, commissioners, councils = (int(part) for part in first["value"].split(" / "))
    assert f"{providers + commissioners} of 41 from the NHS" in said("most-leaders-from-the-nhs")
    assert f"That makes {providers + commissioners + councils};" in said(
        "most-leaders-from-the-nhs"
    )
    assert 44 - int(second["value"]) == 41
    assert "41 of 44" in said("a-leader-for-each-plan")


def test_five_are_outstanding(raw, rows, said) -> None:
    counts = {
        row["scope"]: row["value"]
        for row in raw("national.csv")
        if row["kind"] == "progress_rating_count"
    }
    assert sum(map(int, counts.values())) == 44
    text = said("outstanding-five-called-advanced")
    assert f"Outstanding: {counts['outstanding']} of 44" in text
    assert f"{counts['advanced']} others; {counts['making progress']} were" in text
    assert f"and {counts['needs most improvement']} needed" in text
    best = {row["code"] for row in rows("ratings") if row["rating"] == "outstanding"}
    assert len(best) == 5


def test_emergency_units_add_up(said) -> None:
    text = said("units-marked-for-closure")
    agreed, undecided = map(int, re.findall(r"(\d+) agreed and (\d+) undecided", text)[0])
    assert agreed + undecided == 24


def test_priorities_of_herefordshire_and_worcestershire(rows, said) -> None:
    clinical = {row["theme"] for row in rows("themes") if row["kind"] == "clinical"}
    named = defaultdict(set)
    for row in rows("priorities"):
        if row["code"] == "E54000019" and row["theme"] in clinical:
            named[row["theme"]].add(row["source"])
    own = "herefordshire-worcestershire-stp-2016"
    ten = {theme for theme, sources in named.items() if own in sources}
    alone = {theme for theme in ten if named[theme] == {own}}
    assert len(ten) == 10
    assert alone == {"frailty_older_people", "stroke"}
    assert {"prevention", "planned_care"} <= set(named) - ten
    text = said("nine-clinical-priorities")
    assert "Of the ten, eight" in text
    assert "frailty and stroke were not found in them" in text


# --- what the pages ask ------------------------------------------------------------------------


def test_claims_are_those_of_the_table_and_can_be_narrowed(atlas, table) -> None:
    found = claims.claims(atlas)
    assert [claim.key for claim in found] == list(table)
    for claim in found:
        row = table[claim.key]
        assert (" ".join(claim.sources), " ".join(claim.about)) == (row["sources"], row["about"])
    for name, value in {"verdict": "wrong", "topic": "money", "code": "E54000017"}.items():
        wanted = [key for key, row in table.items() if row[name] == value]
        assert [claim.key for claim in claims.select(found, **{name: value})] == wanted
    narrowed = claims.select(found, verdict="wrong", topic="places", code="")
    places = {"isle-of-wight-outside-the-44", "wakefield-has-a-plan-of-its-own"}
    assert {claim.key for claim in narrowed} == places


@each(
    ("about", "expected"),
    [
        ("series:asc-change-ifs", {"social-care-cut-8-per-cent"}),
        (
            "stated:E54000035:finance_gap_2020_21",
            {"surrey-heartlands-102-million", "ippr-deficits-per-head"},
        ),
        ("measure:density", set()),
        ("series:gap-sum-bma", {"gap-sum-26-billion"}),
        ("series:gap-summary", set()),
        # Only a family has members.
        ("series:asc-change-kf-2", set()),
    ],
)
def test_a_figure_finds_the_claims_about_it(atlas, about: str, expected: set[str]) -> None:
    assert {claim.key for claim in claims.touching(atlas, about)} == expected


def test_headline_counts_every_verdict(atlas, table) -> None:
    counts = Counter(row["verdict"] for row in table.values())
    numbers = [int(number) for number in re.findall(r"\d+", claims.headline(atlas))]
    order = ("holds", "holds with a caveat", "wrong", "cannot be checked")
    first, *rest = (counts[verdict] for verdict in order)
    assert numbers == [first, len(table), *rest]
