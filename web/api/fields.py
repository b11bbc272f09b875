"""What JSON is made of: each field declared once, for what is written and for its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stp_data import Atlas

Schema = dict[str, Any]
Json = dict[str, Any]
Get = Callable[[Atlas, Any], Any]
"""Takes a value out of a record."""


def itself(_atlas: Atlas, record: Any) -> Any:
    """Return the record, where a part of the answer is made from all of it."""
    return record


@dataclass(frozen=True)
class Field:
    """A kind of value: its JSON Schema, and how a value is written."""

    schema: Schema
    write: Get = lambda _, value: value
    get: Get | None = None
    """Where it is found in a record; None for the attribute of the same name."""

    def about(self, text: str) -> Field:
        """Return the field with a sentence in its schema."""
        return replace(self, schema={**self.schema, "description": text})

    def of(self, get: Get) -> Field:
        """Return the field, found by ``get``."""
        return replace(self, get=get)

    def at(self, name: str) -> Field:
        """Return the field, found under another name."""
        return self.of(lambda _, record: getattr(record, name))


@dataclass(frozen=True)
class Shape(Field):
    """An object with exactly these fields."""

    fields: Mapping[str, Field] = field(default_factory=dict)


def shape(*parts: Shape, **fields: Field) -> Shape:
    """Return an object with the fields of ``parts`` and its own; ``from_`` is written ``from``."""
    every = {name: one for part in parts for name, one in part.fields.items()}
    every |= {name.rstrip("_"): one for name, one in fields.items()}

    def write(atlas: Atlas, record: Any) -> Json:
        return {
            name: one.write(atlas, one.get(atlas, record) if one.get else getattr(record, name))
            for name, one in every.items()
        }

    schema = {
        "type": "object",
        "properties": {name: one.schema for name, one in every.items()},
        "required": list(every),
        "additionalProperties": False,
    }
    return Shape(schema, write, fields=every)


def within(part: Shape, get: Get) -> Shape:
    """Return the same fields, found in what ``get`` takes out of a record."""

    def inside(name: str, one: Field) -> Field:
        inner = one.get or (lambda _, record: getattr(record, name))
        return one.of(lambda atlas, record: inner(atlas, get(atlas, record)))

    return shape(**{name: inside(name, one) for name, one in part.fields.items()})


def ref(name: str, described: Field) -> Field:
    """Return the field with its schema left to ``components``."""
    return replace(described, schema={"$ref": f"#/components/schemas/{name}"})


def listed(item: Field) -> Field:
    """Return a list of such values."""
    return Field(
        {"type": "array", "items": item.schema},
        lambda atlas, values: [item.write(atlas, value) for value in values],
    )


def maybe(given: Field) -> Field:
    """Return the field, or null for an empty value."""
    return Field(
        {"oneOf": [given.schema, {"type": "null"}]},
        lambda atlas, value: given.write(atlas, value) if value else None,
    )


def one_of(*words: str) -> Field:
    """Return one of these words."""
    return Field({"type": "string", "enum": list(words)})


def number(value: float) -> float:
    """Return whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else float(value)


TEXT = Field({"type": "string"})
NUMBER = Field({"type": "number"}, lambda _, value: number(value))
COUNT = Field({"type": "integer", "minimum": 0})
YES_OR_NO = Field({"type": "boolean"})
MAYBE_TEXT = Field({"type": ["string", "null"]}, lambda _, value: value or None)
MAYBE_NUMBER = Field(
    {"type": ["number", "null"]}, lambda _, value: None if value is None else number(value)
)
DATE = MAYBE_TEXT.about("As precise as the source: 2016, 2016-10 or 2016-10-21; null if none")
CONFIDENCE = one_of("high", "medium", "low").about(
    "high: official paper or page; medium: press, think tank or campaign quoting the plan; "
    "low: unclear"
)
