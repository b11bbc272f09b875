"""The build makes the same bytes again, and stops with one line when it cannot."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from each import each

from stp_data.build import __main__ as builder
from stp_data.build import raw

REPOSITORY = Path(__file__).resolve().parents[2]


def _derived() -> list[str]:
    """Every derived file, relative to the repository, the list of checksums among them."""
    package = json.loads((REPOSITORY / "stp_data/tables/datapackage.json").read_text("utf-8"))
    tables = [r["path"] for r in package["resources"] if r["kind"] == "derived"]
    return [
        *(f"stp_data/tables/{path}" for path in tables),
        *(str(p.relative_to(REPOSITORY)) for p in REPOSITORY.glob("stp_data/geometry/*")),
        *(str(p.relative_to(REPOSITORY)) for p in REPOSITORY.glob("static/*-??????????.json")),
        "stp_data/derived.json",
    ]


def _build(house: Path, reference: Path) -> subprocess.CompletedProcess[str]:
    # The cache of the repository keeps the wheel of outlines, or the build fetches it to there.
    options = ["--reference", str(reference), "--cache", str(REPOSITORY / ".cache")]
    return subprocess.run(
        [sys.executable, "-m", "stp_data.build", *options],
        cwd=house,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code and the curated tables alone: what is derived has to be made."""
    folder = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "stp_data", folder / "stp_data", ignore=ignored)
    shutil.copytree(REPOSITORY / "static", folder / "static")
    for name in _derived():
        (folder / name).unlink()
    return folder


@pytest.fixture(scope="module")
def built(house: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A file of an earlier build, to be swept away.
    (house / "static" / "map-0123456789.json").write_text("{}", encoding="utf-8")
    # Only the files that the build says it reads, so that none is missing from its list.
    listed = tmp_path_factory.mktemp("reference")
    for name in raw.FILES:
        (listed / name).symlink_to(reference.resolve() / name)
    done = _build(house, listed)
    assert done.returncode == 0, done.stderr
    assert "done" in done.stdout
    return house


def test_the_list_of_derived_files_is_long_enough() -> None:
    assert {Path(name).suffix for name in _derived()} == {".csv", ".geojson", ".json"}
    assert len(_derived()) == 15


@pytest.mark.long
@each("name", _derived())
def test_a_derived_file_comes_out_byte_for_byte(built: Path, name: str) -> None:
    assert (built / name).read_bytes() == (REPOSITORY / name).read_bytes()


@pytest.mark.long
def test_the_build_writes_nothing_else_and_sweeps_up(built: Path) -> None:
    for folder in ("static", "stp_data/tables", "stp_data/geometry"):
        made = {path.name for path in (built / folder).iterdir()}
        assert made == {path.name for path in (REPOSITORY / folder).iterdir()}


@pytest.mark.long
def test_the_build_leaves_curated_tables_alone(built: Path) -> None:
    for path in (REPOSITORY / "stp_data" / "tables").iterdir():
        assert (built / "stp_data" / "tables" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("wrong", ["nowhere", "."])
def test_a_wrong_reference_folder_stops_the_build_with_one_line(tmp_path: Path, wrong: str) -> None:
    shutil.copytree(REPOSITORY / "stp_data", tmp_path / "stp_data")
    before = (tmp_path / "stp_data" / "derived.json").read_bytes()
    done = _build(tmp_path, tmp_path / wrong)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert str(tmp_path / wrong) in lines[0]
    assert "--reference" in lines[0]
    assert (tmp_path / "stp_data" / "derived.json").read_bytes() == before


@pytest.mark.parametrize("name", raw.FILES)
def test_a_missing_raw_file_stops_the_build_before_it_writes(
    copy, tmp_path: Path, reference: Path, name: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for path in reference.resolve().iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    before = {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}
    monkeypatch.setattr(sys, "argv", ["build", "--reference", str(tmp_path)])
    assert builder.main() == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1, said
    assert str(tmp_path / name) in said
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 cut off"])
def test_a_workbook_that_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "stp_partner_mapping_2019-04.xlsx"
    path.write_bytes(content)
    with pytest.raises(raw.BuildError) as caught:
        raw.open_workbook(path)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.long
def test_a_damaged_raw_file_stops_the_build_with_one_line(tmp_path: Path, reference: Path) -> None:
    shutil.copytree(REPOSITORY / "stp_data", tmp_path / "stp_data")
    damaged = tmp_path / "reference"
    damaged.mkdir()
    for path in reference.resolve().iterdir():
        (damaged / path.name).symlink_to(path)
    lookup = damaged / "lsoa11_geography_2017.csv.gz"
    content = lookup.read_bytes()
    lookup.unlink()
    lookup.write_bytes(content[: len(content) // 2])
    done = _build(tmp_path, damaged)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert lookup.name in done.stderr
