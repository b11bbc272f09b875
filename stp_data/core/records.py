"""Rows of a table as plain dictionaries."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pandas as pd

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Row = TypeVar("Row", bound=DataclassInstance)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary a row, by column name, in the order of the frame."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def rows_as(kind: type[Row], frame: pd.DataFrame) -> list[Row]:
    """One object of a dataclass a row; its fields are columns.

    The field ``sources`` holds the keys of ``source`` and ``also``; an absent number is None.
    """
    names = [field.name for field in fields(kind)]
    found = []
    for row in records(frame):
        if "sources" in names:
            row["sources"] = (row["source"], *row["also"].split())
        found.append(kind(**{name: _or_none(row[name]) for name in names}))
    return found


def _or_none(cell: Any) -> Any:
    return None if cell is pd.NA or cell != cell else cell
