"""The one error that damaged or contradictory data raises."""

from __future__ import annotations

from pathlib import Path

from stp_data.core import paths


class DataError(Exception):
    """A data file cannot be used; says which file, where in it, and what to do, in one line."""

    def __init__(self, file: Path, problem: str, row: int | None = None) -> None:
        """``row`` is the line in the file as an editor counts it (the header is line 1)."""
        try:
            name = file.relative_to(paths.ROOT).as_posix()
        except ValueError:
            name = str(file)
        where = name if row is None else f"{name}, row {row}"
        super().__init__(f"{where}: {problem}")
        self.file, self.row = file, row
