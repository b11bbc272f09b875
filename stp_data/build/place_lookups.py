"""Which councils' people live in which footprint, and who took each footprint over in 2022."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stp_data.build import raw

COUNCIL_TYPES = {
    "E06": "unitary authority",
    "E07": "district council",
    "E08": "metropolitan borough",
    "E09": "London borough",
}
"""What the first letters of an ONS district code (2017) say of the council."""


def places(reference: Path, people: pd.Series) -> pd.DataFrame:
    """One row for each district council of 2017 and each footprint that holds some of its people.

    ``people`` is indexed by LSOA. Columns: lad, lad_name, council_type, county (name of the
    county council above a district, else empty), code, population, share (of the council's
    people, 0 to 1).
    """
    lookup = raw.lookup_2017(reference)
    parts = (
        people.groupby([lookup["LAD17CD"], lookup["LAD17NM"], lookup["STP17CD"]])
        .sum()
        .rename("population")
        .reset_index()
        .set_axis(["lad", "lad_name", "code", "population"], axis=1)
    )
    parts["council_type"] = parts["lad"].str[:3].map(COUNCIL_TYPES)
    parts["county"] = parts["lad"].map(raw.county_councils(reference)).fillna("")
    whole = parts.groupby("lad")["population"].transform("sum")
    parts["share"] = (parts["population"] / whole).round(6)
    columns = ["lad", "lad_name", "council_type", "county", "code", "population", "share"]
    return parts[columns].sort_values(["lad", "code"], ignore_index=True)


def successors(reference: Path, people: pd.Series, source: str) -> pd.DataFrame:
    """Integrated care boards of July 2022 that took over each footprint's people.

    Columns: code, successor, successor_name, population_share (of the footprint's mid-2017
    people, 0 to 1), source.
    """
    footprint = raw.lookup_2017(reference)["STP17CD"].rename("code")
    boards = raw.boards_2022(reference).set_axis(["successor", "successor_name"], axis=1)
    keys = [footprint, boards["successor"], boards["successor_name"]]
    moved = people.groupby(keys).sum().rename("population").reset_index()
    whole = moved.groupby("code")["population"].transform("sum")
    moved["population_share"] = (moved["population"] / whole).round(6)
    moved["source"] = source
    return moved.drop(columns="population").sort_values(["code", "successor"], ignore_index=True)


def regions(reference: Path) -> pd.Series:
    """NHS England region (April 2017) of each footprint, indexed by code."""
    lookup = raw.lookup_2017(reference)
    ccg_region = raw.read_csv(reference, "ccg17_nhs_region.csv").set_index("CCG17CD")["NHSER17NM"]
    pairs = pd.DataFrame({"code": lookup["STP17CD"], "region": lookup["CCG17CD"].map(ccg_region)})
    pairs = pairs.drop_duplicates()
    if pairs["region"].isna().any() or not pairs["code"].is_unique:
        raise raw.BuildError("ccg17_nhs_region.csv: a CCG has no region, or a footprint has two")
    return pairs.set_index("code")["region"].sort_index()
