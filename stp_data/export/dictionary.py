"""The dictionary of the data: what every measure and every field of a table means, in words."""

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
    """What a cell may hold, in sentences."""
    pattern: str
    """Regular expression that a filled cell matches; empty when there is none."""


@cache
def entries(atlas: Atlas) -> tuple[Entry, ...]:
    """Every measure, in the order of the plans' triple aim."""
    found = []
    for measure in measures.every(atlas).values():
        if measure.key in measures.mapped(atlas):
            values = measures.values(atlas, measure.key)
            found.append(Entry(measure, values.as_of, len(values.by_code), values.sources))
        else:
            stated = stated_figures.stating(atlas, measure.key)
            keys = tuple(dict.fromkeys(figure.source for figure in stated))
            found.append(Entry(measure, "each figure has its own date", len(stated), keys))
    return tuple(found)


def tables(atlas: Atlas) -> dict[str, Mapping[str, Any]]:
    """Name of each table -> its description in datapackage.json, in the order of that file."""
    return {resource["name"]: resource for resource in atlas.package["resources"]}


def fields(resource: Mapping[str, Any]) -> tuple[Field, ...]:
    """The columns of a table, given its description in datapackage.json."""
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
    low, high = limits.get("minimum"), limits.get("maximum")
    said = []
    if leads_to:
        said.append(f"A key of the table {leads_to}.")
    if "enum" in limits:
        said.append(f"One of: {'; '.join(limits['enum'])}.")
    if low is not None or high is not None:
        at_least = f"{low} or more." if high is None else f"{low} to {high}."
        said.append(f"{high} or less." if low is None else at_least)
    if limits.get("unique"):
        said.append("No two rows the same.")
    if limits.get("required"):
        said.append("Never empty.")
    else:
        said.append(WHEN_EMPTY[markers.empty(table, field["name"])])
    return " ".join(said)
