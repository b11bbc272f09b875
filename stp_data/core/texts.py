"""The written pages that repository and dashboard share: each text has one home, its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stp_data.core import paths
from stp_data.core.errors import DataError


@dataclass(frozen=True)
class Text:
    """A document in Markdown, taken apart at its headings."""

    title: str
    opening: str
    """What stands before the first heading below the title."""
    parts: tuple[tuple[str, str], ...]
    """(heading, what stands below it)"""


@cache
def read(name: str) -> Text:
    """A document by its path in the repository, such as docs/methods.md.

    Raises DataError, with one line, when it is missing or is not headed by its title.
    """
    path = paths.ROOT / name
    first, *others = f"\n{plain(name)}".split("\n## ")
    head, _, opening = first.strip().partition("\n")
    if not head.startswith("# "):
        raise DataError(path, "does not begin with its title; restore it with git checkout")
    parts = []
    for other in others:
        heading, _, below = other.partition("\n")
        parts.append((heading.strip(), below.strip()))
    return Text(head.removeprefix("# ").strip(), opening.strip(), tuple(parts))


def plain(name: str) -> str:
    """A text file of the repository; DataError, with one line, when it cannot be read."""
    path: Path = paths.ROOT / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise DataError(path, "is missing; restore it with git checkout") from None
    except UnicodeDecodeError:
        raise DataError(path, "is not UTF-8 text; restore it with git checkout") from None
