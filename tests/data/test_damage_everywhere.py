"""No file of the data is left out of the tests of damage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from each import WHOLE, each

import stp_data
from stp_data.core import paths

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = sorted(
    {
        *(REPOSITORY / "stp_data").rglob("*.csv"),
        *(REPOSITORY / "stp_data").rglob("*.json"),
        *(REPOSITORY / "stp_data").rglob("*.geojson"),
        *(REPOSITORY / "static").glob("*-*.json"),
    }
    - set((REPOSITORY / "static").glob("blank-*.json"))
)
NAMES = [re.sub(r"-[0-9a-f]{10}\.", ".", file.name) for file in FILES]


def _cut(content: bytes) -> bytes:
    return content[: max(1, len(content) // 2) - 1]


def _other_encoding(content: bytes) -> bytes:
    return content.decode("utf-8").encode("utf-16")


def _other_column(content: bytes) -> bytes:
    """The first name in the file, whatever it names, is another; of a description, a key."""
    if b'"fields"' in content:
        return content.replace(b'"fields"', b'"unheard_of"', 1)
    return re.sub(rb"[a-z_]{3,}", b"unheard_of", content, count=1)


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda _: None,
    "emptied": lambda _: b"",
    "cut": _cut,
    "zeros": lambda content: bytes(len(content)),
    "other encoding": _other_encoding,
    "other column": _other_column,
    "binary": lambda content: b"\x89PNG\r\n\x1a\n" + content,
}


CASES = [
    (name, damage)
    for number, name in enumerate(NAMES)
    for turn, damage in enumerate(DAMAGES)
    # Each file once, each in another way; all ways in the long form.
    if WHOLE or number % len(DAMAGES) == turn
]


@each("name, damage", CASES)
def test_every_file_that_is_damaged_is_refused_in_one_line(copy, name: str, damage: str) -> None:
    path = copy.file(name)
    content = path.read_bytes()
    damaged = DAMAGES[damage](content)
    if damaged is None:
        path.unlink()
    else:
        path.write_bytes(damaged)
    try:
        with pytest.raises(stp_data.DataError) as caught:
            stp_data.load.__wrapped__()
    finally:
        path.write_bytes(content)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 300
    assert re.match(r"[\w/.-]+\.(csv|json|geojson)(, row \d+)?: \S", line), line


@pytest.mark.parametrize(
    "key", ["resources", "name", "path", "kind", "schema", "fields", "type", "primaryKey",
            "foreignKeys", "reference", "resource"],
)  # fmt: skip
def test_a_description_without_a_key_is_refused_in_one_line(copy, key: str) -> None:
    path = copy.file("datapackage.json")
    package = json.loads(path.read_text("utf-8"))
    assert _drop(package if key == "resources" else package["resources"], key)
    path.write_text(json.dumps(package), "utf-8")
    with pytest.raises(stp_data.DataError, match=r"^stp_data/tables/datapackage\.json: is damaged"):
        stp_data.load.__wrapped__()


def _drop(found: Any, key: str) -> bool:
    """Take the first such key out, wherever it is."""
    if isinstance(found, dict):
        return found.pop(key, None) is not None or any(_drop(x, key) for x in found.values())
    return isinstance(found, list) and any(_drop(x, key) for x in found)


def test_a_description_of_a_link_to_no_table_is_refused_in_one_line(copy) -> None:
    path = copy.file("datapackage.json")
    package = json.loads(path.read_text("utf-8"))
    links = [link for r in package["resources"] for link in r["schema"]["foreignKeys"]]
    links[0]["reference"]["resource"] = "nowhere"
    path.write_text(json.dumps(package), "utf-8")
    with pytest.raises(stp_data.DataError, match="does not describe the table nowhere"):
        stp_data.load.__wrapped__()


def test_the_files_are_all_there() -> None:
    assert len(FILES) > 30
    assert {file.parent for file in FILES} == {
        REPOSITORY / "stp_data", REPOSITORY / "stp_data/tables",
        REPOSITORY / "stp_data/geometry", REPOSITORY / "static",
    }  # fmt: skip
    assert paths.ROOT == REPOSITORY
