"""The raw files and the published tables, read plainly: none of this goes through the product."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from stp_data.core import geometry, paths

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = REPOSITORY / "stp_data" / "tables"

Row = dict[str, str]
Rows = Callable[[str], list[Row]]


@pytest.fixture(scope="session")
def package() -> dict[str, Any]:
    return json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rows(package: dict[str, Any]) -> Rows:
    """rows("plans"): a published table as text, one dictionary a row."""
    tables = {r["name"]: _read(TABLES / r["path"]) for r in package["resources"]}
    return tables.__getitem__


def _read(path: Path) -> list[Row]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def raw(reference: Path) -> Rows:
    """raw("facts.csv"): a raw file as text, one dictionary a row."""
    return lambda name: _read(reference / name)


@pytest.fixture(scope="session")
def areas(reference: Path) -> pd.DataFrame:
    """One row an LSOA with every raw column; ages are the columns "0" to "90+"."""
    frame = pd.read_csv(reference / "lsoa11_geography_2017.csv.gz", dtype=str)
    frame = frame.set_index("LSOA11CD", verify_integrity=True)
    for name in (
        "population_mid2017_lsoa11",
        "imd2015_lsoa11",
        "imd2019_indicators_lsoa11",
        "rural_urban_2011_lsoa11",
        "lsoa11_icb22",
    ):
        more = pd.read_csv(reference / f"{name}.csv.gz", index_col="lsoa11_code")
        frame = frame.join(more, validate="one_to_one", how="inner")
    assert len(frame) == 32_844
    return frame


@pytest.fixture(scope="session")
def facts(raw: Rows) -> dict[str, Row]:
    """What documents say, by id: the first reading, and the second one of the priorities."""
    first, second = raw("facts.csv"), raw("facts_2.csv")
    assert (len(first), len(second)) == (2778, 913)
    found = {row["fact"]: row for row in [*first, *second]}
    assert len(found) == 2778 + 913
    return found


@pytest.fixture(scope="session")
def national_facts(raw: Rows) -> dict[str, Row]:
    """Rows of national.csv, which have no ids of their own: N001 is its first."""
    found = {f"N{number:03d}": row for number, row in enumerate(raw("national.csv"), start=1)}
    assert len(found) == 155
    return found


@pytest.fixture(scope="session")
def counted(raw: Rows) -> dict[str, Row]:
    """What others counted over all or most plans, by id; all of it is about England."""
    about = {"stp_code": "ENG", "kind": "count"}
    found = {row["count_id"]: row | about for row in raw("counts_by_others.csv")}
    assert len(found) == 79
    return found


@pytest.fixture(scope="session")
def noted(
    facts: dict[str, Row], national_facts: dict[str, Row], counted: dict[str, Row]
) -> dict[str, Row]:
    """Rows of all raw files of facts by id."""
    return facts | national_facts | counted


class Copy(NamedTuple):
    """A copy of the data that a test may damage; the product reads it instead of its own."""

    root: Path
    tables: Path
    geometry: Path
    static: Path
    checksums: Path

    def file(self, name: str) -> Path:
        """The one file of that name; of a hashed name, the part before the hash is enough."""
        found = [p for p in self.root.rglob("*") if re.sub(r"-[0-9a-f]{10}\.", ".", p.name) == name]
        assert len(found) == 1, name
        return found[0]


@pytest.fixture(scope="session")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy") / "house"
    for folder in ("stp_data/tables", "stp_data/geometry", "static"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "stp_data" / "derived.json", root / "stp_data")
    return root


@pytest.fixture
def copy(_house: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    made = Copy(
        root=_house,
        tables=_house / "stp_data" / "tables",
        geometry=_house / "stp_data" / "geometry",
        static=_house / "static",
        checksums=_house / "stp_data" / "derived.json",
    )
    for name, place in {
        "ROOT": made.root,
        "PACKAGE": made.root / "stp_data",
        "TABLES": made.tables,
        "GEOMETRY": made.geometry,
        "STATIC": made.static,
        "DATAPACKAGE": made.tables / "datapackage.json",
        "CHECKSUMS": made.checksums,
    }.items():
        monkeypatch.setattr(paths, name, place)
    monkeypatch.setattr(geometry, "INDEX", made.geometry / "static_files.json")
    monkeypatch.setattr(geometry, "FINE_OUTLINES", made.geometry / "footprints.geojson")
    before = {path: path.read_bytes() for path in made.root.rglob("*") if path.is_file()}
    yield made
    # Repaired for the next test, which is quicker than a copy for each.
    for path, content in before.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
