"""Places and hospitals that people type, each with the footprint in which it lies.

A place is a point: it gets the council and footprint of the small area (LSOA) around it, or of
the nearest one, and the other footprints within NEAR_METRES are named beside it, since a town is
wider than its point. A hospital lies where its postcode lies, or else its grid reference.
"""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from stp_data.build import raw
from stp_data.build.geography import BRITISH_GRID, LON_LAT
from stp_data.search import postcodes

TOWNS = "towns_geonames.csv"
HOSPITALS = "hospitals_2018.csv"
GEONAMES, NHS_CHOICES = "geonames", "nhs-choices-hospitals-2018"
"""Keys in sources."""
NEAR_METRES = 1_000
"""How near a border a place's point may be for the footprint behind it to be named as well."""
_SHORT = re.compile(r"[A-Z][A-Za-z'. -]+")
_SMALL_WORDS = {"of", "the", "and"}


def places(
    reference: Path, small_areas: gpd.GeoSeries, outlines: gpd.GeoSeries, lookup: pd.DataFrame
) -> pd.DataFrame:
    """One row a populated place of GeoNames, by number.

    ``small_areas`` are the LSOAs and ``outlines`` the footprints, on the British National Grid.
    Columns: place, name, short_names, people, lad_name, county, code, near (further footprints
    within NEAR_METRES, nearest first), source.
    """
    listed = raw.read_csv(reference, TOWNS)
    points = _points(listed)
    area = _area(points, small_areas)
    districts = lookup.loc[area, ["LAD17CD", "LAD17NM", "STP17CD"]].reset_index(drop=True)
    county = raw.county_councils(reference)
    found = pd.DataFrame(
        {
            "place": listed["geonameid"],
            "name": listed["name"],
            "short_names": [
                "|".join(_short(name, others))
                for name, others in listed[["name", "alternate_names"]].to_numpy()
            ],
            "people": listed["population"].astype(int),
            "lad_name": districts["LAD17NM"],
            "county": districts["LAD17CD"].map(county).fillna(""),
            "code": districts["STP17CD"],
        }
    )
    found["near"] = _near(points, found["code"], outlines)
    found["source"] = GEONAMES
    return found.sort_values("place", ignore_index=True)


def hospitals(
    reference: Path, small_areas: gpd.GeoSeries, lookup: pd.DataFrame
) -> tuple[pd.DataFrame, int]:
    """One row an NHS-sector hospital site of February 2018, and how many lie by grid reference.

    Columns: site, name, town, postcode, ods_code and trust_name (of the body that runs it), code,
    source.
    """
    # Three sites are listed twice, alike in all columns.
    listed = raw.read_csv(reference, HOSPITALS).drop_duplicates(ignore_index=True)
    by_point = lookup.loc[_area(_points(listed), small_areas), "STP17CD"].to_numpy()
    by_postcode = listed["postcode"].map(_by_postcode)
    found = pd.DataFrame(
        {
            "site": listed["site"],
            "name": listed["name"].map(_spaced),
            "town": listed["city"].map(_spaced),
            "postcode": listed["postcode"],
            "ods_code": listed["trust"],
            "trust_name": listed["trust_name"].map(_lower_small_words),
            "code": by_postcode.where(by_postcode != "", by_point),
            "source": NHS_CHOICES,
        }
    )
    return found.sort_values("site", ignore_index=True), int((by_postcode == "").sum())


def _points(listed: pd.DataFrame) -> gpd.GeoSeries:
    degrees = gpd.points_from_xy(listed["lon"].astype(float), listed["lat"].astype(float))
    return gpd.GeoSeries(degrees, crs=LON_LAT).to_crs(BRITISH_GRID)


def _area(points: gpd.GeoSeries, small_areas: gpd.GeoSeries) -> pd.Index:
    """The small area around each point, or the nearest: the coast is drawn coarsely."""
    nearest = shapely.STRtree(small_areas.to_numpy()).nearest(points.to_numpy())
    found: pd.Index = small_areas.index[nearest]
    return found


def _near(points: gpd.GeoSeries, code: pd.Series, outlines: gpd.GeoSeries) -> list[str]:
    """Footprints other than its own within NEAR_METRES of each point, nearest first."""
    tree, shapes = shapely.STRtree(outlines.to_numpy()), points.to_numpy()
    point, outline = tree.query(shapes, predicate="dwithin", distance=NEAR_METRES)
    pairs = pd.DataFrame({"point": point, "code": outlines.index.to_numpy()[outline]})
    pairs["metres"] = shapely.distance(shapes[point], outlines.to_numpy()[outline])
    pairs = pairs[pairs["code"] != code.loc[pairs["point"]].to_numpy()]
    by_point = pairs.sort_values("metres").groupby("point")["code"].agg(" ".join)
    return by_point.reindex(range(len(points)), fill_value="").to_list()


def _short(name: str, others: str) -> list[str]:
    """Other English forms: those whose words are all in the name, or hold all of its words.

    That leaves out names in other languages and codes of airports, and keeps Hull for Kingston
    upon Hull.
    """
    words = _words(name)
    found = []
    for other in others.split("|"):
        theirs = _words(other)
        if (
            _SHORT.fullmatch(other)
            and theirs != words
            and (theirs <= words or words <= theirs)
            and theirs - _SMALL_WORDS
        ):
            found.append(other)
    return found


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z]+", name.lower().replace("'", ""))) - {""}


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _lower_small_words(name: str) -> str:
    """Leicester Of The NHS: as English writes it."""
    return re.sub(r"(?<=\s)(Of|And|The|For|In)(?=\s)", lambda word: word[0].lower(), _spaced(name))


def _by_postcode(text: str) -> str:
    """The one footprint in which a postcode lies; empty when the directory does not tell."""
    found = postcodes.locate(text)
    return found.footprints[0][0] if found and len(found.footprints) == 1 else ""
