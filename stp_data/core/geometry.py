"""The outlines: which files a browser fetches, and reading them for download."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stp_data.core import paths
from stp_data.core.errors import DataError

INDEX = paths.GEOMETRY / "static_files.json"
FINE_OUTLINES = paths.GEOMETRY / "footprints.geojson"


@dataclass(frozen=True)
class StaticFiles:
    """Names, below static/, of the geometry that a map page fetches."""

    map: str
    """The 44 outlines, each with n (1 to 44 in the order of codes), code and name; and London's
    again, three times as large, off the Yorkshire coast, with the property inset."""
    who: str
    """A list of the 44 in the order of codes: code, name, short name, region, hex."""


@cache
def outlines() -> dict[str, str]:
    """GeoJSON of each footprint alone, a collection of one feature, by code."""
    return {
        feature["properties"]["code"]: json.dumps(
            {"type": "FeatureCollection", "features": [feature]},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for feature in _read_json(FINE_OUTLINES)["features"]
    }


def read_static_files(codes: set[str]) -> StaticFiles:
    """The names, after checking that each file is there, whole, and draws each footprint once.

    ``codes`` are those of the table of footprints.
    """
    index = _read_json(INDEX)
    try:
        files = StaticFiles(map=str(index["map"]), who=str(index["who"]))
    except (KeyError, TypeError):
        raise DataError(INDEX, "does not name the map; restore it with git checkout") from None
    if len(_read_json(paths.STATIC / files.who)) != len(codes):
        raise DataError(paths.STATIC / files.who, "does not list each of the 44 once")
    path = paths.STATIC / files.map
    try:
        properties = [feature["properties"] for feature in _read_json(path)["features"]]
        drawn = [p["code"] for p in properties if "inset" not in p]
    except (KeyError, TypeError):
        raise DataError(path, "holds no outlines; restore it with git checkout") from None
    if sorted(drawn) != sorted(codes):
        lost = sorted(codes.symmetric_difference(drawn))
        raise DataError(path, f"does not draw each of the 44 once: see {lost}")
    return files


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(path, "is missing; restore it with git checkout") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        row = getattr(error, "lineno", None)
        raise DataError(path, "is damaged; restore it with git checkout", row) from None
