"""Rows of a table as plain dictionaries."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary a row, by column name, in the order of the frame."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))
