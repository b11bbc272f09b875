"""Published figures against facts worked out here from the raw files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from each import each

import stp_data
from stp_data.core import paths

CODES = [f"E540000{number:02}" for number in range(5, 49)]
PEOPLE_OF_ENGLAND = 55_619_430


@pytest.fixture(scope="module")
def measured(rows) -> dict[str, dict[str, float]]:
    """measure -> code -> value."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("measured"):
        assert row["code"] not in found[row["measure"]]
        found[row["measure"]][row["code"]] = float(row["value"])
    return found


# --- people ------------------------------------------------------------------------------------


def test_every_person_of_england_is_in_exactly_one_footprint(areas, measured, rows) -> None:
    true = areas.groupby("STP17CD")["total_population"].sum().to_dict()
    assert sum(true.values()) == PEOPLE_OF_ENGLAND
    published = dict(measured["population"])
    assert published.pop("ENG") == PEOPLE_OF_ENGLAND
    assert published == true
    placed: Counter[str] = Counter()
    for place in rows("places"):
        placed[place["code"]] += int(place["population"])
    assert placed == true


def test_codes_and_names_are_those_of_april_2017(areas, rows) -> None:
    official = set(zip(areas["STP17CD"], areas["STP17NM"], strict=True))
    assert {(row["code"], row["name"]) for row in rows("footprints")} == official
    assert [row["code"] for row in rows("footprints")] == CODES


def test_the_207_ccgs_are_where_the_lookup_puts_them(areas, rows) -> None:
    types = {row["org"]: row["type"] for row in rows("organisations")}
    seats = [(r["code"], r["org"]) for r in rows("memberships") if types[r["org"]] == "CCG"]
    assert len({org for _, org in seats}) == 207
    assert set(seats) == set(zip(areas["STP17CD"], areas["CCG17CDH"], strict=True))


def test_the_326_districts_are_where_the_lookup_puts_them(areas, rows) -> None:
    groups = areas.groupby(["LAD17CD", "LAD17NM", "STP17CD"])["total_population"].sum()
    whole = areas.groupby("LAD17CD")["total_population"].sum()
    places = rows("places")
    assert len({place["lad"] for place in places}) == len(whole) == 326
    published = {(p["lad"], p["lad_name"], p["code"]): int(p["population"]) for p in places}
    assert published == groups.to_dict()
    for place in places:
        true = int(place["population"]) / whole[place["lad"]]
        assert float(place["share"]) == pytest.approx(true, abs=1e-6)


def test_districts_are_under_their_county(raw, rows) -> None:
    county = {r["LAD17CD"]: r["CTY17NM"] for r in raw("lad17_county.csv") if "E10" in r["CTY17CD"]}
    for place in rows("places"):
        assert place["county"] == county.get(place["lad"], "")
        assert (place["county"] != "") == (place["council_type"] == "district council")


# --- measures ----------------------------------------------------------------------------------


def _people(group: pd.DataFrame) -> int:
    return int(group["total_population"].sum())


def _aged(first: int, last: int) -> Callable[[pd.DataFrame], int]:
    """People of these ages, as all people without those who are younger or older."""

    def count(group: pd.DataFrame) -> int:
        ages = [f"{age}" for age in range(90)] + ["90+"]
        others = [age for age in ages if not first <= int(age.rstrip("+")) <= last]
        return _people(group) - int(group[others].to_numpy().sum())

    return count


def _share(count: Callable[[pd.DataFrame], float]) -> Callable[[pd.DataFrame], float]:
    return lambda group: 100 * count(group) / _people(group)


def _poorest_fifth(group: pd.DataFrame) -> int:
    # A fifth of 32,844 LSOAs is 6,568.8; by rank, while the build goes by decile.
    return _people(group[group["IMD_rank"] <= 32_844 / 5])


def _rural(group: pd.DataFrame) -> int:
    # Classes A to C are urban, D to F rural; the build goes by the words.
    return _people(group[group["ruc11_code"].str[0].isin(list("DEF"))])


def _average(column: str) -> Callable[[pd.DataFrame], float]:
    def average(group: pd.DataFrame) -> float:
        known = group[group[column].notna()]
        return float(np.average(known[column], weights=known["total_population"]))

    return average


EXPECTED: dict[str, Callable[[pd.DataFrame], float]] = {
    "population": _people,
    "under_18": _aged(0, 17),
    "under_18_share": _share(_aged(0, 17)),
    "aged_65_over": _aged(65, 90),
    "aged_65_over_share": _share(_aged(65, 90)),
    "aged_85_over": _aged(85, 90),
    "aged_85_over_share": _share(_aged(85, 90)),
    "rural_share": _share(_rural),
    "imd_2015_score": _average("IMD_score"),
    "imd_2015_poorest_fifth_share": _share(_poorest_fifth),
    "income_deprived_share": _share(lambda group: np.nansum(group["income_deprived_people"])),
    "life_years_lost": _average("years_of_potential_life_lost"),
    "illness_disability_ratio": _average("comparative_illness_disability_ratio"),
    "acute_morbidity_ratio": _average("acute_morbidity"),
    "mood_anxiety_score": _average("mood_and_anxiety"),
    "road_distance_gp": _average("road_distance_to_gp_km"),
}


@each("measure", EXPECTED)
def test_measure_of_all_44_and_of_england(areas, measured, measure: str) -> None:
    groups = {"ENG": areas} | dict(iter(areas.groupby("STP17CD")))
    true = {code: EXPECTED[measure](group) for code, group in groups.items()}
    # Published with four decimals.
    assert measured[measure] == pytest.approx(true, abs=6e-5)


def test_density_is_people_over_land(measured, rows) -> None:
    land = {row["code"]: float(row["area_km2"]) for row in rows("footprints")}
    land["ENG"] = sum(land.values())
    true = {code: people / land[code] for code, people in measured["population"].items()}
    assert measured["density"] == pytest.approx(true, abs=6e-5)


def test_no_measured_figure_goes_unchecked(measured, rows) -> None:
    listed = {row["measure"] for row in rows("measures") if row["kind"] == "measured"}
    assert set(measured) == listed == {*EXPECTED, "density"}


# --- successors, regions, neighbours -----------------------------------------------------------


def test_successors_agree_with_the_two_lookups(areas, rows) -> None:
    keys = ["STP17CD", "icb22_code", "icb22_name"]
    moved = areas.groupby(keys)["total_population"].sum()
    shares = (moved / moved.groupby("STP17CD").transform("sum")).to_dict()
    published = {
        (r["code"], r["successor"], r["successor_name"]): float(r["population_share"])
        for r in rows("successors")
    }
    assert published == pytest.approx(shares, abs=1e-6)


def test_regions_are_those_of_the_ccgs(areas, raw, rows) -> None:
    region = {row["CCG17CD"]: row["NHSER17NM"] for row in raw("ccg17_nhs_region.csv")}
    found: dict[str, set[str]] = defaultdict(set)
    for code, ccg in set(zip(areas["STP17CD"], areas["CCG17CD"], strict=True)):
        found[code].add(region[ccg])
    assert {row["code"]: {row["nhs_region"]} for row in rows("footprints")} == found


def test_each_footprint_has_one_outline_on_screen_and_to_download() -> None:
    atlas = stp_data.load()
    fine = json.loads((paths.GEOMETRY / "footprints.geojson").read_text("utf-8"))["features"]
    assert [f["properties"]["code"] for f in fine] == CODES
    screen = json.loads((paths.STATIC / atlas.static_files.map).read_text("utf-8"))["features"]
    drawn = [f["properties"] for f in screen if "inset" not in f["properties"]]
    # A page colours all 44 by a list in the order of codes, and n says the place in it.
    assert [(p["n"], p["code"]) for p in drawn] == list(enumerate(CODES, start=1))


def test_the_list_that_browsers_fetch_agrees_with_the_tables(rows) -> None:
    atlas = stp_data.load()
    who = json.loads((paths.STATIC / atlas.static_files.who).read_text("utf-8"))
    short = {row["code"]: row["short_name"] for row in rows("short_names")}
    assert who == [
        {
            "code": row["code"],
            "name": row["name"],
            "region": row["nhs_region"],
            "q": int(row["hex_q"]),
            "r": int(row["hex_r"]),
            "short": short[row["code"]],
        }
        for row in rows("footprints")
    ]
