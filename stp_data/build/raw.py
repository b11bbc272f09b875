"""Reading the reference files: the raw material that the build never edits.

Every function returns a frame keyed by 2011 LSOA (``E01…``) unless it says otherwise, and
raises :class:`BuildError` when a file is missing or does not have the rows that its origin has.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pandas as pd

LSOA_COUNT = 32_844
"""Lower layer super output areas of the 2011 census in England (ONS)."""


FILES = (
    "lsoa11_geography_2017.csv.gz",
    "population_mid2017_lsoa11.csv.gz",
    "imd2015_lsoa11.csv.gz",
    "imd2019_indicators_lsoa11.csv.gz",
    "rural_urban_2011_lsoa11.csv.gz",
    "lsoa11_icb22.csv.gz",
    "ccg17_nhs_region.csv",
    "lad17_county.csv",
    "trust_stp_2017-18.csv",
    "stp_partner_mapping_2019-04.xlsx",
    "hospitals_2018.csv",
    "towns_geonames.csv",
)
"""All that the build reads."""


class BuildError(ValueError):
    """A raw file is missing, damaged, or contradicts what a curated table says of it."""


def check_present(reference: Path) -> None:
    """BuildError when a file is missing: before the first derived file is written."""
    for name in FILES:
        _present(reference / name)


def _present(path: Path) -> Path:
    if not path.is_file():
        raise BuildError(f"{path}: not found; --reference must name the folder of raw files")
    return path


def open_workbook(path: Path) -> openpyxl.Workbook:
    """A workbook to read; of a formula, the result stored with it."""
    try:
        return openpyxl.load_workbook(_present(path), data_only=True, read_only=True)
    except (OSError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise BuildError(f"{path}: damaged ({error}); fetch it anew") from None


def read_csv(reference: Path, name: str) -> pd.DataFrame:
    """One reference file as text columns, blanks as empty strings."""
    path = _present(reference / name)
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, pd.errors.ParserError) as error:
        raise BuildError(f"{path}: damaged ({error}); fetch it anew") from None


def _lsoa_table(reference: Path, name: str, key: str = "lsoa11_code") -> pd.DataFrame:
    frame = read_csv(reference, name).set_index(key)
    if len(frame) != LSOA_COUNT or not frame.index.is_unique:
        raise BuildError(f"{name}: {len(frame)} rows, expected {LSOA_COUNT} different LSOAs")
    return frame.sort_index()


def lookup_2017(reference: Path) -> pd.DataFrame:
    """LSOA to council district, CCG and STP in April 2017 (columns as ONS names them)."""
    return _lsoa_table(reference, "lsoa11_geography_2017.csv.gz", "LSOA11CD")


def population_by_age(reference: Path) -> pd.DataFrame:
    """People by single year of age, mid-2017; integer columns 0 to 90 (90 means 90 and over)."""
    frame = _lsoa_table(reference, "population_mid2017_lsoa11.csv.gz")
    ages = frame.drop(columns="total_population").astype(int)
    ages.columns = pd.Index([int(str(c).rstrip("+")) for c in ages.columns])
    if not (ages.sum(axis=1) == frame["total_population"].astype(int)).all():
        raise BuildError("population_mid2017_lsoa11.csv.gz: ages do not add up to the totals")
    return ages


def deprivation_2015(reference: Path) -> pd.DataFrame:
    """Index of Multiple Deprivation 2015: IMD_score, IMD_rank, IMD_decile (1 = most deprived)."""
    return _lsoa_table(reference, "imd2015_lsoa11.csv.gz").astype(float)


def indicators_2019(reference: Path) -> pd.DataFrame:
    """Indicators under the 2019 index as floats; suppressed counts are NaN, never zero."""
    frame = _lsoa_table(reference, "imd2019_indicators_lsoa11.csv.gz")
    numbers: pd.DataFrame = frame.apply(pd.to_numeric, errors="coerce")
    return numbers


def is_rural(reference: Path) -> pd.Series:
    """Whether each LSOA is rural in the ONS/Defra classification of 2011 (boolean)."""
    kinds = _lsoa_table(reference, "rural_urban_2011_lsoa11.csv.gz")["ruc"]
    if set(kinds) != {"Rural", "Urban"}:
        raise BuildError(f"rural_urban_2011_lsoa11.csv.gz: unexpected classes {set(kinds)}")
    return kinds == "Rural"


def boards_2022(reference: Path) -> pd.DataFrame:
    """LSOA to integrated care board of July 2022 (icb22_code, icb22_name)."""
    return _lsoa_table(reference, "lsoa11_icb22.csv.gz")


def county_councils(reference: Path) -> pd.Series:
    """Name of the county council above each district of 2017 that has one, by district code."""
    counties = read_csv(reference, "lad17_county.csv").set_index("LAD17CD")
    # E10 are counties with a council; E11 are the former metropolitan counties, without one.
    with_council: pd.Series = counties.loc[counties["CTY17CD"].str.startswith("E10"), "CTY17NM"]
    return with_council
