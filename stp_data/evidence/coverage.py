"""What was found of each footprint, by kind of source: so that a thin area is seen as thin."""

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
    """A thing that was looked for, and the rows that give it."""

    label: str
    table: str
    fits: Callable[[Row], bool] = lambda _: True


FIELDS = {
    "people": Field("People, measured", "measured", lambda row: row["measure"] == "population"),
    "members": Field("Members", "memberships"),
    "lead": Field("Lead", "leads", lambda row: bool(row["name"])),
    "title": Field("Title of the plan", "plan_names", lambda row: row["kind"] == "plan"),
    "published": Field("Date of publication", "publications", lambda row: row["how"] != "leaked"),
    "priorities": Field("Priorities", "priorities"),
    "proposals": Field("Service changes", "proposals"),
    "gap": Field("Gap in 2020/21", "stated", lambda row: row["measure"] == "finance_gap_2020_21"),
    "savings": Field("Savings", "plan_sums", lambda row: row["kind"] == "saving"),
    "asked": Field("Capital asked or needed", "plan_sums", lambda row: row["kind"] in sums.WANTED),
    "awarded": Field(
        "Capital awarded", "plan_sums", lambda row: row["kind"] == "capital awarded"
    ),
    "rating": Field("Rating of 2017", "ratings"),
    "events": Field("Local events", "events"),
    "governance": Field("Governance", "statements", lambda row: row["topic"] in TABLE_TOPICS),
    "challenges": Field("Challenges", "statements", lambda row: row["topic"] == "challenge"),
    "engagement": Field("Engagement", "statements", lambda row: row["topic"] == "engagement"),
    "stated": Field(
        "People, as stated", "stated", lambda row: row["measure"] == "population_stated"
    ),
}  # fmt: skip
"""What is counted, in the order of the columns."""


@dataclass(frozen=True)
class Cell:
    """What was found of one thing for one footprint."""

    rows: int
    kinds: dict[str, int]
    """How many different sources of each kind (citing.KINDS) give it."""

    @property
    def official(self) -> bool:
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
    """Codes: most things not found first; of equals, fewest things from an official source."""
    every = cells(atlas)

    def key(code: str) -> tuple[int, int, int, str]:
        here = every[code].values()
        return (
            sum(cell.rows > 0 for cell in here),
            sum(cell.official for cell in here),
            themes_named.coverage(atlas, code).read,
            code,
        )

    return tuple(sorted(every, key=key))


@cache
def found_for(atlas: Atlas) -> dict[str, int]:
    """For how many of the 44 each thing was found."""
    every = cells(atlas)
    return {key: sum(here[key].rows > 0 for here in every.values()) for key in FIELDS}


@cache
def official_for(atlas: Atlas) -> dict[str, int]:
    """For how many of the 44 an official source gives it."""
    every = cells(atlas)
    return {key: sum(here[key].official for here in every.values()) for key in FIELDS}


def headline(atlas: Atlas) -> str:
    """What was found for all, and the thinnest of them."""
    found = found_for(atlas)
    everywhere = sum(number == len(footprints.all_footprints(atlas)) for number in found.values())
    thin = min(found, key=lambda key: found[key])
    label = FIELDS[thin].label
    return (
        f"{everywhere} of {len(FIELDS)} things looked for were found for all 44; the thinnest is "
        f"“{label[0].lower()}{label[1:]}”, found for {found[thin]}"
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
