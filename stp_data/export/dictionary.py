"""The dictionary of the data: every measure, every table, and every field, put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stp_data.core.atlas import Atlas
from stp_data.export import markers
from stp_data.places import measures
from stp_data.places.measures import Measure
from stp_data.plans import stated_figures

TYPES = {"string": "text", "number": "number", "integer": "whole number"}
WHEN_EMPTY = {
    markers.NOT_AVAILABLE: "Empty when not found in the sources read.",
    markers.NOT_APPLICABLE: "Empty when there is nothing to say.",
}
OWN_DATES = "each figure has its own date"
"""Period of what documents state."""


@dataclass(frozen=True)
class Entry:
    """A measure, with what its figures rest on."""

    measure: Measure
    period: str
    figures: int
    """Footprints with a figure; of stated measures, how many figures were stated."""
    sources: tuple[str, ...]
    """Keys of the sources."""


@dataclass(frozen=True)
class Field:
    """A column of a table."""

    name: str
    type: str
    description: str
    allowed: str
    """What a cell may hold, in words: sentences."""
    pattern: str
    """Regular expression that a filled cell matches; empty when there is none."""


@dataclass(frozen=True)
class Table:
    """A table of the data package."""

    name: str
    title: str
    kind: str
    """derived (written by the build) or curated (decided by people)"""
    rows: int
    key: tuple[str, ...]
    """Columns that together name one row."""
    fields: tuple[Field, ...]


@cache
def entries(atlas: Atlas) -> tuple[Entry, ...]:
    """Every measure, in the order of the plans' triple aim."""
    return tuple(_entry(atlas, measure) for measure in measures.every(atlas).values())


def _entry(atlas: Atlas, measure: Measure) -> Entry:
    if measure.key in measures.mapped(atlas):
        found = measures.values(atlas, measure.key)
        return Entry(measure, found.as_of, len(found.by_code), found.sources)
    stated = stated_figures.stating(atlas, measure.key)
    sources = tuple(dict.fromkeys(figure.source for figure in stated))
    return Entry(measure, OWN_DATES, len(stated), sources)


@cache
def tables(atlas: Atlas) -> tuple[Table, ...]:
    """Every table, in the order of datapackage.json."""
    return tuple(
        Table(
            name=resource["name"],
            title=resource["title"],
            kind=resource["kind"],
            rows=len(getattr(atlas, resource["name"])),
            key=tuple(resource["schema"]["primaryKey"]),
            fields=_fields(resource),
        )
        for resource in atlas.package["resources"]
    )


def _fields(resource: Mapping[str, Any]) -> tuple[Field, ...]:
    schema = resource["schema"]
    leads_to = {link["fields"][0]: link["reference"]["resource"] for link in schema["foreignKeys"]}
    return tuple(
        Field(
            name=field["name"],
            type=TYPES[field["type"]],
            description=field["description"],
            allowed=_allowed(resource["name"], field, leads_to.get(field["name"])),
            pattern=field.get("constraints", {}).get("pattern", ""),
        )
        for field in schema["fields"]
    )


def _allowed(table: str, field: Mapping[str, Any], leads_to: str | None) -> str:
    """The limits of a field, and what an empty cell means."""
    limits = field.get("constraints", {})
    said = []
    if leads_to:
        said.append(f"A key of the table {leads_to}.")
    if "enum" in limits:
        said.append(f"One of: {'; '.join(limits['enum'])}.")
    if "minimum" in limits and "maximum" in limits:
        said.append(f"{limits['minimum']} to {limits['maximum']}.")
    elif "minimum" in limits:
        said.append(f"{limits['minimum']} or more.")
    elif "maximum" in limits:
        said.append(f"{limits['maximum']} or less.")
    if limits.get("unique"):
        said.append("No two rows the same.")
    if limits.get("required"):
        said.append("Never empty.")
    else:
        said.append(WHEN_EMPTY[markers.empty(table, field["name"])])
    return " ".join(said)
