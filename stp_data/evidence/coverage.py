"""How much was found for each footprint, and in what kinds of source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.evidence import source_usage
from stp_data.money import sums
from stp_data.places import footprints
from stp_data.plans.statements import TABLE_TOPICS
from stp_data.priorities import themes_named

Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A kind of fact that was looked for, and the rows that give it."""

    label: str
    table: str
    fits: Callable[[Row], bool] = lambda _: True


FIELDS = {
    "people": Field("Population", "measured", lambda row: row["measure"] == "population"),
    "members": Field("Members", "memberships"),
    "lead": Field("Lead", "leads", lambda row: bool(row["name"])),
    "title": Field("Plan title", "plan_names", lambda row: row["kind"] == "plan"),
    "published": Field("Publication date", "publications", lambda row: row["how"] != "leaked"),
    "priorities": Field("Priorities", "priorities"),
    "proposals": Field("Service changes", "proposals"),
    "gap": Field("Gap in 2020/21", "stated", lambda row: row["measure"] == "finance_gap_2020_21"),
    "savings": Field("Savings", "plan_sums", lambda row: row["kind"] == "saving"),
    "asked": Field("Capital requested", "plan_sums", lambda row: row["kind"] in sums.WANTED),
    "awarded": Field(
        "Capital awarded", "plan_sums", lambda row: row["kind"] == "capital awarded"
    ),
    "rating": Field("2017 rating", "ratings"),
    "events": Field("Local events", "events"),
    "governance": Field("Governance", "statements", lambda row: row["topic"] in TABLE_TOPICS),
    "challenges": Field("Challenges", "statements", lambda row: row["topic"] == "challenge"),
    "engagement": Field("Engagement", "statements", lambda row: row["topic"] == "engagement"),
    "stated": Field(
        "Stated population", "stated", lambda row: row["measure"] == "population_stated"
    ),
}  # fmt: skip
"""What is counted, in the order of the columns."""


@dataclass(frozen=True)
class Cell:
    """What was found of one thing for one footprint."""

    rows: int
    kinds: dict[str, int]
    """How many different sources of each kind (source_usage.KINDS) give it."""

    @property
    def is_official(self) -> bool:
        """Whether at least one official source gives it."""
        return bool(self.kinds.get("official"))


@cache
def cells(atlas: Atlas) -> dict[str, dict[str, Cell]]:
    """By code and key of FIELDS; a thing that was not found has no rows."""
    found: dict[str, dict[str, Cell]] = {code: {} for code in footprints.all_footprints(atlas)}
    for key, field in FIELDS.items():
        rows: dict[str, list[Row]] = {code: [] for code in found}
        for row in records(getattr(atlas, field.table)):
            if row["code"] in rows and field.fits(row):
                rows[row["code"]].append(row)
        for code, here in rows.items():
            read_in = {source for row in here for source in source_usage.cited(field.table, row)}
            found[code][key] = Cell(len(here), by_kind(atlas, read_in))
    return found


def by_kind(atlas: Atlas, keys: set[str]) -> dict[str, int]:
    """How many of these sources are of each kind, all kinds named."""
    kinds = [source_usage.KIND_OF[sources.source(atlas, key).publisher_type] for key in keys]
    return {kind: kinds.count(kind) for kind in source_usage.KINDS}


def read(atlas: Atlas, code: str) -> dict[str, int]:
    """How many documents of each kind were read for a footprint."""
    rows = atlas.readings[atlas.readings["code"] == code]
    return by_kind(atlas, set(rows["source"]))


def _read_as(atlas: Atlas, document: str) -> set[str]:
    """Codes of the footprints for which a document of this kind was read (readings.document)."""
    rows = atlas.readings
    return set(rows.loc[rows["document"] == document, "code"])


def _openings(atlas: Atlas, code: str | None = None) -> str:
    """What was read of plans, for every footprint or for one: their opening pages only, or more."""
    rows = atlas.readings[atlas.readings["document"] == "plan"]
    parts = rows.loc[(rows["code"] == code) | (code is None), "read"]
    return "" if (parts != "opening").any() else ", its opening pages only"


def plans_read(atlas: Atlas) -> str:
    """For how many of the 44 the plan itself, or else its summary, was among the documents."""
    plan, summary = _read_as(atlas, "plan"), _read_as(atlas, "summary")
    more = len(summary - plan)
    rest = f"; for {more} more, a public summary of it" if more else ""
    return (
        f"For {len(plan)} of the 44 footprints the plan itself was among the documents"
        f"{_openings(atlas)}{rest}."
    )


@cache
def plan_read(atlas: Atlas, code: str) -> str:
    """Whether one footprint's plan, or else its summary, was among the documents read for it."""
    if code in _read_as(atlas, "plan"):
        return f"The plan itself was among them{_openings(atlas, code)}."
    if code in _read_as(atlas, "summary"):
        return "A summary of the plan was among them, not the plan itself."
    return "The plan itself was not among them."


@cache
def thinnest_first(atlas: Atlas) -> tuple[str, ...]:
    """Codes: fewest kinds of fact found first; of equals, fewest in official sources."""
    every = cells(atlas)

    def key(code: str) -> tuple[int, int, int, str]:
        here = every[code].values()
        found, official = (sum(c.rows > 0 for c in here), sum(c.is_official for c in here))
        return found, official, themes_named.coverage(atlas, code).read, code

    return tuple(sorted(every, key=key))


@cache
def found_for(atlas: Atlas, *, official: bool = False) -> dict[str, int]:
    """For how many of the 44 each thing was found; or found in an official source."""
    return {
        key: sum(here[key].is_official if official else here[key].rows > 0 for here in every)
        for every in [cells(atlas).values()]
        for key in FIELDS
    }


def headline(atlas: Atlas) -> str:
    """How many kinds of fact were found for all, and the rarest one."""
    found = found_for(atlas)
    everywhere = sum(number == len(cells(atlas)) for number in found.values())
    least = min(found, key=lambda key: found[key])
    label = FIELDS[least].label
    return (
        f"{everywhere} of {len(FIELDS)} kinds of fact were found for all 44; the rarest, "
        f"“{label[0].lower()}{label[1:]}”, for {found[least]}"
    )


FILE_COLUMNS = (
    "code", "footprint", "nhs_region", "field", "found", "rows", "sources",
    *(f"{kind.replace(', ', '_').replace(' ', '_')}_sources" for kind in source_usage.KINDS),
    "documents_read",
)  # fmt: skip


def rows(atlas: Atlas) -> list[list[object]]:
    """One row for each footprint and thing looked for, in the order of FILE_COLUMNS."""
    found: list[list[object]] = []
    for code, here in cells(atlas).items():
        place = footprints.all_footprints(atlas)[code]
        number = themes_named.coverage(atlas, code).read
        for key, cell in here.items():
            counted: list[object] = [cell.rows, sum(cell.kinds.values()), *cell.kinds.values()]
            if not cell.rows:
                counted = [""] * len(counted)
            said = "found" if cell.rows else f"not found in {number} sources read"
            found.append(
                [code, place.name, place.region, FIELDS[key].label, said, *counted, number]
            )
    return found
