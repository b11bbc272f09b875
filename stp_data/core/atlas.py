"""The Atlas: all tables, read and checked once, and kept for the life of the process."""

from __future__ import annotations

import gc
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import pandas as pd

from stp_data.core import checks, paths, schema
from stp_data.core.errors import DataError
from stp_data.core.geometry import StaticFiles, read_static_files


@dataclass(frozen=True)
class Atlas:
    """One frame a table, columns as datapackage.json describes them; never changed once loaded."""

    footprints: pd.DataFrame
    measured: pd.DataFrame
    places: pd.DataFrame
    organisations: pd.DataFrame
    memberships: pd.DataFrame
    neighbours: pd.DataFrame
    successors: pd.DataFrame
    measures: pd.DataFrame
    plans: pd.DataFrame
    plan_names: pd.DataFrame
    publications: pd.DataFrame
    stated: pd.DataFrame
    leads: pd.DataFrame
    stated_members: pd.DataFrame
    short_names: pd.DataFrame
    nicknames: pd.DataFrame
    former_codes: pd.DataFrame
    new_councils: pd.DataFrame
    gazetteer: pd.DataFrame
    hospitals: pd.DataFrame
    outside: pd.DataFrame
    themes: pd.DataFrame
    priorities: pd.DataFrame
    counts_by_others: pd.DataFrame
    proposals: pd.DataFrame
    plan_sums: pd.DataFrame
    ratings: pd.DataFrame
    events: pd.DataFrame
    statements: pd.DataFrame
    series: pd.DataFrame
    national: pd.DataFrame
    claims: pd.DataFrame
    readings: pd.DataFrame
    sources: pd.DataFrame
    corrections: pd.DataFrame
    excluded: pd.DataFrame
    package: dict[str, Any]
    """What datapackage.json says: titles, fields, licences, version."""
    static_files: StaticFiles
    """Names of the files that a browser fetches."""

    def __hash__(self) -> int:
        # There is one Atlas a process; identity lets questions be cached by it.
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@cache
def load() -> Atlas:
    """Read, validate and return the Atlas; later calls return the same one.

    Raises DataError, with one line naming the file and the row, when anything is missing,
    damaged or contradictory.
    """
    names = {field.name for field in fields(Atlas)} - {"package", "static_files"}
    package = schema.read_package(paths.DATAPACKAGE, names)
    tables = {
        resource["name"]: schema.read_table(paths.TABLES, resource)
        for resource in package["resources"]
    }
    derived = [r["path"] for r in package["resources"] if r["kind"] == "derived"]
    altered = checks.altered_files(derived)
    try:
        for resource in package["resources"]:
            schema.check_foreign_keys(paths.TABLES, resource, tables)
        checks.check_tables(tables)
    except DataError as found:
        # A table that lost rows is to blame, not the one that misses them.
        if altered and found.file not in altered:
            raise checks.not_as_built(altered[0]) from None
        raise
    if altered:
        raise checks.not_as_built(altered[0])
    static_files = read_static_files(set(tables["footprints"]["code"]))
    atlas = Atlas(
        **{name: table for name, table in tables.items() if name in names},
        package=package,
        static_files=static_files,
    )
    gc.collect()
    return atlas
