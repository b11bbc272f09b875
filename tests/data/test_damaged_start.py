"""The server itself does not start on damaged data, and says so in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import copied_house, refusal_to_start
from test_damage_everywhere import DAMAGES

# Nothing of the repository itself may be imported in place of the copy.
ALONE = {"PYTHONPATH": ""}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return copied_house(tmp_path)


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("stp_data/geometry/footprints.geojson", "emptied"),
        ("stp_data/geometry/postcodes.csv", "cut"),
        ("stp_data/tables/sources.csv", "other encoding"),
        ("static/map-*.json", "cut"),
    ],
)
def test_the_server_does_not_start_on_it(house: Path, file: str, damage: str) -> None:
    (path,) = house.glob(file)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    line = refusal_to_start(house, env=ALONE)
    assert line.startswith(f"STP Atlas cannot start. {path.relative_to(house).as_posix()}")


def test_the_line_names_the_row_at_which_a_table_was_cut_off(house: Path) -> None:
    table = house / "stp_data" / "tables" / "stated.csv"
    content = table.read_bytes()
    cut = content.index(b",", len(content) // 2)
    table.write_bytes(content[:cut])
    row = content[:cut].count(b"\n") + 1
    assert f"stp_data/tables/stated.csv, row {row}:" in refusal_to_start(house, env=ALONE)
