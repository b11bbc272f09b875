"""Figures for each footprint and for England, worked out from small areas (LSOAs).

Counts are summed. A share is a sum over a sum. A rate or score that exists for each LSOA only is
averaged with the mid-2017 people of the LSOAs as weights; the product says so wherever it shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from stp_data.build import raw

ENGLAND = "ENG"
MID_2017 = "mid-2017"

POPULATION = "ons-population-mid-2017"
IMD_2015 = "mhclg-imd-2015"
IOD_2019 = "mhclg-iod-2019"
RURAL_URBAN = "ons-rural-urban-2011"

Measure = Callable[[pd.DataFrame], float]


def small_areas(reference: Path) -> pd.DataFrame:
    """One row an LSOA: its footprint, people by age group, and every indicator used below."""
    ages = raw.population_by_age(reference)
    deprivation = raw.deprivation_2015(reference)
    frame = pd.DataFrame(
        {
            "code": raw.lookup_2017(reference)["STP17CD"],
            "people": ages.sum(axis=1),
            "under_18": ages.loc[:, 0:17].sum(axis=1),
            "aged_65_over": ages.loc[:, 65:90].sum(axis=1),
            "aged_85_over": ages.loc[:, 85:90].sum(axis=1),
            "imd_score": deprivation["IMD_score"],
            # Deciles run from 1, the most deprived tenth of England's LSOAs.
            "in_poorest_fifth": deprivation["IMD_decile"] <= 2,
            "rural": raw.is_rural(reference),
        }
    )
    return frame.join(raw.indicators_2019(reference))


def _total(column: str) -> Measure:
    return lambda areas: float(areas[column].sum())


def _share(column: str) -> Measure:
    return lambda areas: 100 * areas[column].sum() / areas["people"].sum()


def _share_where(condition: str) -> Measure:
    return lambda areas: 100 * areas.loc[areas[condition], "people"].sum() / areas["people"].sum()


def _weighted(column: str) -> Measure:
    """Average over LSOAs with people as weights; LSOAs without a value are left out."""

    def average(areas: pd.DataFrame) -> float:
        known = areas.dropna(subset=[column])
        return float((known[column] * known["people"]).sum() / known["people"].sum())

    return average


# measure -> (how, as at, source). "Index" dates name the edition: the indicators in it are of
# several years. What each means is said in the curated table `measures`.
MEASURES: dict[str, tuple[Measure, str, str]] = {
    "population": (_total("people"), MID_2017, POPULATION),
    "under_18": (_total("under_18"), MID_2017, POPULATION),
    "under_18_share": (_share("under_18"), MID_2017, POPULATION),
    "aged_65_over": (_total("aged_65_over"), MID_2017, POPULATION),
    "aged_65_over_share": (_share("aged_65_over"), MID_2017, POPULATION),
    "aged_85_over": (_total("aged_85_over"), MID_2017, POPULATION),
    "aged_85_over_share": (_share("aged_85_over"), MID_2017, POPULATION),
    "rural_share": (_share_where("rural"), "2011", RURAL_URBAN),
    "imd_2015_score": (_weighted("imd_score"), "2015 index", IMD_2015),
    "imd_2015_poorest_fifth_share": (_share_where("in_poorest_fifth"), "2015 index", IMD_2015),
    "income_deprived_share": (_share("income_deprived_people"), "2019 index", IOD_2019),
    "life_years_lost": (_weighted("years_of_potential_life_lost"), "2013 to 2017", IOD_2019),
    "illness_disability_ratio": (
        _weighted("comparative_illness_disability_ratio"),
        "2016",
        IOD_2019,
    ),
    "acute_morbidity_ratio": (_weighted("acute_morbidity"), "2013/14 to 2014/15", IOD_2019),
    "mood_anxiety_score": (_weighted("mood_and_anxiety"), "2019 index", IOD_2019),
    "road_distance_gp": (_weighted("road_distance_to_gp_km"), "2019 index", IOD_2019),
}


def measured(areas: pd.DataFrame, area_km2: pd.Series) -> pd.DataFrame:
    """All place measures: code (or ENG), measure, value, as_of, source.

    ``areas`` comes from :func:`small_areas`; ``area_km2`` is indexed by code.
    """
    groups = [(str(code), group) for code, group in areas.groupby("code")]
    groups.append((ENGLAND, areas))
    rows = [
        (code, measure, how(group), as_of, source)
        for measure, (how, as_of, source) in MEASURES.items()
        for code, group in groups
    ]
    land = {**area_km2.to_dict(), ENGLAND: float(area_km2.sum())}
    rows += [
        (code, "density", group["people"].sum() / land[code], MID_2017, POPULATION)
        for code, group in groups
    ]
    frame = pd.DataFrame(rows, columns=["code", "measure", "value", "as_of", "source"])
    # Two decimals more than are ever shown: rounding twice would move figures.
    frame["value"] = frame["value"].round(4)
    return frame.sort_values(["measure", "code"], ignore_index=True)
