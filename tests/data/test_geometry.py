"""The outlines, the hexes, and what browsers fetch of them."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import stp_data
from stp_data.pictures import outlines

REPOSITORY = Path(__file__).resolve().parents[2]
GRID = "EPSG:27700"

# Axial coordinates: the six cells around a cell.
AROUND = {(1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)}


@pytest.fixture(scope="module")
def index() -> dict[str, str]:
    path = REPOSITORY / "stp_data" / "geometry" / "static_files.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def screen(index: dict[str, str]) -> gpd.GeoDataFrame:
    return gpd.read_file(REPOSITORY / "static" / index["map"])


@pytest.fixture(scope="module")
def drawn(screen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The 44 as they lie, without the enlarged London."""
    return screen[screen["inset"].isna()].set_index("code", verify_integrity=True)


@pytest.fixture(scope="module")
def inset(screen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return screen[screen["inset"].notna()].set_index("code", verify_integrity=True)


@pytest.fixture(scope="module")
def fine() -> gpd.GeoDataFrame:
    path = REPOSITORY / "stp_data" / "geometry" / "footprints.geojson"
    return gpd.read_file(path).set_index("code", verify_integrity=True)


@pytest.fixture(scope="module")
def footprints(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows("footprints")).set_index("code")
    numbers = ["lon", "lat", "area_km2", "hex_q", "hex_r"]
    return frame.astype(dict.fromkeys(numbers, float))


@pytest.fixture(scope="module")
def cells(footprints: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {code: (int(row.hex_q), int(row.hex_r)) for code, row in footprints.iterrows()}


@pytest.fixture(scope="module")
def pairs(rows) -> set[tuple[str, str]]:
    return {tuple(sorted((row["code"], row["neighbour"]))) for row in rows("neighbours")}


# --- the file that browsers fetch --------------------------------------------------------------


def test_the_map_file_is_small(index) -> None:
    assert (REPOSITORY / "static" / index["map"]).stat().st_size <= 150_000


@pytest.mark.parametrize("stem", ["map", "who"])
def test_a_name_carries_the_hash_of_the_content_and_no_old_file_is_left(index, stem: str) -> None:
    content = (REPOSITORY / "static" / index[stem]).read_bytes()
    assert index[stem] == f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.json"
    left = [path.name for path in (REPOSITORY / "static").glob(f"{stem}-*.json")]
    assert left == [index[stem]]


def test_the_map_draws_44_outlines_and_london_again(drawn, inset, footprints) -> None:
    assert set(drawn.index) == set(footprints.index)
    london = footprints.index[footprints["nhs_region"] == "London"]
    assert len(london) == 5
    assert set(inset.index) == set(london)
    assert (inset["name"] == drawn["name"].loc[inset.index]).all()


def test_the_enlarged_london_lies_in_the_sea_and_is_three_times_as_large(drawn, inset) -> None:
    assert not drawn.union_all().intersects(inset.union_all())
    ratio = inset.to_crs(GRID).area / drawn.to_crs(GRID).area.loc[inset.index]
    assert ratio.tolist() == pytest.approx([9] * 5, rel=0.05)


# --- shapes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["screen", "fine"])
def test_every_outline_is_a_valid_polygon(which: str, request: pytest.FixtureRequest) -> None:
    frame = request.getfixturevalue(which).reset_index()
    reasons = zip(frame["code"], shapely.is_valid_reason(frame.geometry.to_numpy()), strict=True)
    assert [(code, reason) for code, reason in reasons if reason != "Valid Geometry"] == []
    assert not frame.geometry.is_empty.any()
    assert set(frame.geom_type) <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize("which", ["drawn", "inset", "fine"])
def test_outlines_meet_without_overlap(which: str, request: pytest.FixtureRequest) -> None:
    shapes = request.getfixturevalue(which).to_crs(GRID).geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    # Whether each shape is valid by itself is for the test above.
    parts = shapely.make_valid(shapes)
    whole = shapely.union_all(parts).area
    assert whole == pytest.approx(shapely.area(parts).sum(), rel=1e-6)


@pytest.mark.parametrize("which", ["drawn", "fine"])
def test_area_is_close_to_the_published_one(
    which: str, footprints, request: pytest.FixtureRequest
) -> None:
    area = request.getfixturevalue(which).to_crs(GRID).area / 1e6
    assert area.to_dict() == pytest.approx(footprints["area_km2"].to_dict(), rel=0.03)


def test_land_of_the_44_is_england(footprints) -> None:
    # ONS standard area measurement of England, land only: 130,279 km².
    assert footprints["area_km2"].sum() == pytest.approx(130_279, rel=0.005)


def test_label_points_are_inside_their_outline(fine, footprints) -> None:
    points = shapely.points(footprints["lon"], footprints["lat"])
    assert shapely.contains(fine.geometry.loc[footprints.index].to_numpy(), points).all()


def test_neighbours_are_the_outlines_that_share_a_border(fine, pairs) -> None:
    shapes = fine.geometry
    touching = {
        tuple(sorted((a, b)))
        for a in shapes.index
        for b in shapes.index[shapes.intersects(shapes[a])]
        if a != b and shapely.intersection(shapes[a], shapes[b]).length > 0
    }
    assert touching == pairs


def test_properties_to_download_are_those_of_the_table(fine, footprints) -> None:
    for column in ("slug", "name", "nhs_region", "area_km2"):
        assert fine[column].to_dict() == footprints[column].to_dict()


@pytest.mark.parametrize("which", ["drawn", "fine"])
def test_outlines_reach_the_ends_of_england(which: str, request: pytest.FixtureRequest) -> None:
    # Isles of Scilly, Lowestoft, Marshall Meadows: in degrees.
    ends = request.getfixturevalue(which).total_bounds
    assert ends.tolist() == pytest.approx([-6.4, 49.87, 1.76, 55.81], abs=0.05)


def test_a_known_place_is_in_its_footprint(fine) -> None:
    # Town halls, from general knowledge: longitude, latitude.
    for lon, lat, name in (
        (-2.2446, 53.4794, "Greater Manchester"),
        (-2.7416, 52.7077, "Shropshire and Telford and Wrekin"),
        (-0.1246, 51.5299, "North Central London"),
        (-2.9329, 54.8950, "West, North and East Cumbria"),
        (-1.2989, 50.6993, "Hampshire and the Isle of Wight"),
    ):
        inside = fine[fine.contains(shapely.Point(lon, lat))]
        assert inside["name"].tolist() == [name]


# --- hexes -------------------------------------------------------------------------------------


def _connected(cells: Iterable[tuple[int, int]]) -> bool:
    left = set(cells)
    queue = [left.pop()]
    while queue:
        q, r = queue.pop()
        near = {(q + dq, r + dr) for dq, dr in AROUND} & left
        left -= near
        queue += near
    return not left


def test_hexes_are_one_clump_without_a_double(cells) -> None:
    assert len(set(cells.values())) == 44
    assert _connected(cells.values())
    assert not _connected([*cells.values(), (99, 99)])


def test_londons_hexes_are_connected(cells, footprints) -> None:
    london = footprints.index[footprints["nhs_region"] == "London"]
    assert _connected(cells[code] for code in london)


def test_most_neighbours_are_neighbours_among_the_hexes(cells, pairs) -> None:
    kept = [
        (cells[b][0] - cells[a][0], cells[b][1] - cells[a][1]) in AROUND for a, b in sorted(pairs)
    ]
    assert sum(kept) / len(kept) >= 0.8


def test_north_is_up_and_east_is_right(footprints) -> None:
    # Rows count from the north; a row shifts by half a cell.
    ranks = footprints.rank()
    assert ranks["hex_r"].corr(ranks["lat"]) < -0.85
    across = (footprints["hex_q"] + footprints["hex_r"] / 2).rank()
    assert across.corr(ranks["lon"]) > 0.7


# --- the drawn map -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["E54000007", "E54000029", "E54000042"])
def test_the_locator_map_marks_the_footprint_where_it_lies(code: str, fine, footprints) -> None:
    svg = ElementTree.fromstring(outlines.locator(stp_data.load(), code))  # noqa: S314
    name = footprints["name"][code]
    assert name in svg.attrib["aria-label"]
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    chosen = next(e for e in svg.iter() if e.attrib.get("fill") == outlines.CHOSEN)
    xs, ys = zip(*_points(chosen.attrib["d"]), strict=True)
    # Where its middle should be: by hand, from the bounds of England.
    west, south, east, north = fine.total_bounds
    box = fine.geometry[code].bounds
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    assert (max(xs) + min(xs)) / 2 == pytest.approx(
        (x - west) / (east - west) * outlines.LOCATOR_WIDTH, abs=3
    )
    assert (max(ys) + min(ys)) / 2 / (height - 4) == pytest.approx(
        (north - y) / (north - south), abs=0.02
    )
    assert min(xs) >= left
    assert max(xs) <= left + width
    assert min(ys) >= top
    # As tall as England is on the ground, a degree being shorter from west to east.
    middle = math.radians((north + south) / 2)
    shape = (north - south) / ((east - west) * math.cos(middle))
    assert height / width == pytest.approx(shape, rel=0.05)


def _points(path: str) -> Iterator[tuple[int, int]]:
    """Points of lines that begin with M x y and go on in steps l dx dy dx dy … z."""
    for line in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        steps = zip(numbers[::2], numbers[1::2], strict=True)
        yield from accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))
