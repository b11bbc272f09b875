"""Rules that hold across tables, checked each time the data is loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from stp_data.core import paths
from stp_data.core.errors import DataError
from stp_data.core.records import records

FOOTPRINTS = 44
OFFICIAL_PUBLISHERS = frozenset({"nhs", "council", "government"})
"""Publisher types whose word goes before press, think tanks and campaigns. Parliament's record is
not among them: it shows what a member said, often of a leaked draft."""

CHANGE = "per cent"
"""Unit of a stated rise or fall; anything else that is stated is an amount."""

TRUSTS = frozenset({"NHS trust", "NHS foundation trust", "care trust", "ambulance trust"})
COUNCILS = frozenset(
    {
        "county council",
        "unitary authority",
        "metropolitan borough",
        "London borough",
        "district council",
    }
)

Tables = Mapping[str, pd.DataFrame]


def check_tables(tables: Tables) -> None:
    """All rules below; DataError for the first one that is broken."""
    _check_footprints(tables)
    _check_places(tables)
    _check_everyone_has_members(tables)
    _check_measured_is_complete(tables)
    _check_neighbours_are_mutual(tables)
    _check_units_of_stated_figures(tables)
    _check_keys_of_stated_figures(tables)
    _check_preferred_figures(tables)
    _check_plans_rest_on_statements(tables)
    _check_other_sources(tables)
    _check_later_pages_are_undated(tables)
    _check_what_is_cited_was_read(tables)


def altered_files(tables: list[str]) -> list[Path]:
    """Files that are no longer byte for byte what the build wrote.

    ``tables`` are the file names of the derived tables. DataError when a file is missing, or when
    the list of checksums is missing, damaged or does not name every derived table.
    """
    try:
        listed = dict(json.loads(paths.CHECKSUMS.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise DataError(paths.CHECKSUMS, "is missing or damaged; run make data") from None
    for table in tables:
        if (paths.TABLES / table).relative_to(paths.ROOT).as_posix() not in listed:
            raise DataError(paths.CHECKSUMS, f"does not list {table}; run make data")
    altered = []
    for name, expected in listed.items():
        path = paths.ROOT / name
        if not path.is_file():
            raise DataError(path, "is missing; restore it with git checkout")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            altered.append(path)
    return altered


def not_as_built(path: Path) -> DataError:
    """The error for a derived file that was cut off or edited by hand."""
    return DataError(
        path,
        "is not what the build wrote (cut off, or edited by hand); "
        "restore it with git checkout, or run make data",
    )


def _fail(table: str, problem: str, row: int | None = None) -> NoReturn:
    raise DataError(paths.TABLES / f"{table}.csv", problem, row)


def _check_footprints(tables: Tables) -> None:
    footprints = tables["footprints"]
    if len(footprints) != FOOTPRINTS:
        _fail("footprints", f"has {len(footprints)} footprints, not {FOOTPRINTS}")
    if footprints.duplicated(["hex_q", "hex_r"]).any():
        _fail("footprints", "puts two footprints on one hex")
    for table in ("plans", "leads", "places", "successors", "neighbours", "priorities"):
        lost = set(footprints["code"]) - set(tables[table]["code"])
        if lost:
            _fail(table, f"has no row for {', '.join(sorted(lost))}")


def _check_places(tables: Tables) -> None:
    """What may be about England as a whole names it, or a footprint that exists."""
    known = {*tables["footprints"]["code"], "ENG"}
    for table in ("events", "claims"):
        for line, code in enumerate(tables[table]["code"], start=2):
            if code not in known:
                _fail(table, f"code is not in footprints ({code!r})", line)


def _check_everyone_has_members(tables: Tables) -> None:
    types = tables["organisations"].set_index("org")["type"]
    members = tables["memberships"]
    kind = members["org"].map(types)
    for what, wanted in (("CCG", {"CCG"}), ("trust", TRUSTS), ("council", COUNCILS)):
        lost = set(tables["footprints"]["code"]) - set(members.loc[kind.isin(wanted), "code"])
        if lost:
            _fail("memberships", f"has no {what} for {', '.join(sorted(lost))}")


def _check_measured_is_complete(tables: Tables) -> None:
    measures = tables["measures"]
    wanted = set(measures.loc[measures["kind"] == "measured", "measure"])
    counts = tables["measured"].groupby("measure").size()
    # Each footprint once, and England.
    wrong = sorted(
        {m for m in wanted if counts.get(m, 0) != FOOTPRINTS + 1} | (set(counts.index) - wanted)
    )
    if wrong:
        _fail("measured", f"does not have 44 footprints and England for {', '.join(wrong)}")


def _check_neighbours_are_mutual(tables: Tables) -> None:
    borders = tables["neighbours"]
    listed = list(zip(borders["code"], borders["neighbour"], borders["border_km"], strict=True))
    there = set(listed)
    for row, (code, neighbour, border) in enumerate(listed, start=2):
        if (neighbour, code, border) not in there:
            _fail("neighbours", f"{code} borders {neighbour} but not the other way round", row)


def _check_units_of_stated_figures(tables: Tables) -> None:
    """Each figure in the unit of its measure, and only a change below zero."""
    units = dict(zip(tables["measures"]["measure"], tables["measures"]["unit"], strict=True))
    for line, row in enumerate(records(tables["stated"]), start=2):
        if row["unit"] != units[row["measure"]]:
            _fail("stated", f"unit is not that of {row['measure']} ({row['unit']!r})", line)
        if row["value"] < 0 and row["unit"] != CHANGE:
            _fail("stated", f"value is below 0 ({row['value']:g})", line)


def _check_keys_of_stated_figures(tables: Tables) -> None:
    """Addresses name a figure by the first fact that it rests on, so each measure has it once."""
    seen = set()
    for line, row in enumerate(records(tables["stated"]), start=2):
        first = (row["measure"], *row["facts"].split()[:1])
        if len(first) < 2:
            _fail("stated", "rests on no fact, so that no address can name it", line)
        if first in seen:
            _fail("stated", f"begins with the fact of an earlier figure ({first[1]})", line)
        seen.add(first)


def _check_preferred_figures(tables: Tables) -> None:
    """At most one preferred figure, and it keeps to the written rule (docs/methods.md)."""
    kinds = dict(zip(tables["sources"]["source"], tables["sources"]["publisher_type"], strict=True))
    groups: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}
    for line, row in enumerate(records(tables["stated"]), start=2):
        groups.setdefault((row["code"], row["measure"]), []).append((line, row))
    for (code, measure), rows in groups.items():
        chosen = [(line, row) for line, row in rows if row["preferred"] == "yes"]
        if len(chosen) > 1:
            _fail("stated", f"prefers two figures of {measure} for {code}", chosen[1][0])
        for line, row in chosen:
            if not _may_be_preferred(row):
                _fail("stated", "prefers a figure of low confidence or of social care alone", line)
            official = any(
                kinds[rival["source"]] in OFFICIAL_PUBLISHERS
                # From 2019 on a document describes the later system, not the plan.
                and rival["as_of"] < "2019"
                for _, rival in rows
                if _may_be_preferred(rival)
            )
            if official and kinds[row["source"]] not in OFFICIAL_PUBLISHERS:
                _fail("stated", "prefers an unofficial figure to an official one", line)


def _may_be_preferred(row: Mapping[str, str]) -> bool:
    return row["confidence"] != "low" and row["scope"] != "social care"


def _check_plans_rest_on_statements(tables: Tables) -> None:
    names = set(zip(tables["plan_names"]["code"], tables["plan_names"]["name"], strict=True))
    dates = set(
        zip(tables["publications"]["code"], tables["publications"]["published"], strict=True)
    )
    for line, plan in enumerate(records(tables["plans"]), start=2):
        code, name, published = plan["code"], plan["plan_name"], plan["published"]
        if name and (code, name) not in names:
            _fail("plans", "plan_name is not among plan_names", line)
        if published and (code, published) not in dates:
            _fail("plans", "published is not among publications", line)
        if bool(name) != bool(plan["name_source"]) or bool(published) != bool(plan["source"]):
            _fail("plans", "a name or date has no source, or a source nothing to prove", line)


def _check_other_sources(tables: Tables) -> None:
    known = set(tables["sources"]["source"])
    also = ("leads", "proposals", "plan_sums", "ratings", "events", "statements", "national")
    for table, column in (*((name, "also") for name in also), ("claims", "sources")):
        for line, row in enumerate(records(tables[table]), start=2):
            lost = set(row[column].split()) - known
            if lost:
                _fail(table, f"{column} names sources that are not listed: {', '.join(lost)}", line)
    for line, lead in enumerate(records(tables["leads"]), start=2):
        if lead["name"] and not lead["source"]:
            _fail("leads", "names a person without a source", line)


def _check_later_pages_are_undated(tables: Tables) -> None:
    """Where there is a date, it says by itself whether a row is later than the plans."""
    dates = dict(zip(tables["sources"]["source"], tables["sources"]["date"], strict=True))
    for line, row in enumerate(records(tables["priorities"]), start=2):
        if row["later"] and (row["as_of"] or dates[row["source"]]):
            _fail("priorities", "is dated, and yet judged to be later than its date", line)


def _check_what_is_cited_was_read(tables: Tables) -> None:
    """Coverage ("n sources read") counts every document that shows a priority or a proposal."""
    read = set(zip(tables["readings"]["code"], tables["readings"]["source"], strict=True))
    for table in ("priorities", "proposals"):
        for line, row in enumerate(records(tables[table]), start=2):
            for source in [row["source"], *row.get("also", "").split()]:
                if (row["code"], source) not in read:
                    _fail(table, f"cites {source}, which readings does not list for it", line)
