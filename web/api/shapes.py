"""The small shapes that every answer is made of; openapi.py describes each."""

from __future__ import annotations

from typing import Any

from stp_data import Atlas
from stp_data.core import sources
from stp_data.places.footprints import Footprint
from stp_data.places.measures import Measure
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from stp_data.priorities.themes_named import Evidence, Rules, Theme

Shape = dict[str, Any]


def source(atlas: Atlas, key: str) -> Shape:
    """Where something was read."""
    found = sources.source(atlas, key)
    return {
        "key": found.key,
        "title": found.title,
        "publisher": found.publisher,
        "publisher_type": found.publisher_type,
        "official": found.official,
        "date": found.date or None,
        "url": found.url or None,
        "via": found.via or None,
    }


def place(footprint: Footprint) -> Shape:
    """Which footprint, in few words."""
    return {
        "code": footprint.code,
        "slug": footprint.slug,
        "name": footprint.name,
        "nhs_region": footprint.region,
    }


def number(value: float) -> float:
    """Whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else float(value)


def measure(found: Measure) -> Shape:
    """What is measured or stated."""
    return {
        "key": found.key,
        "label": found.label,
        "aim": found.aim,
        "kind": found.kind,
        "unit": found.unit,
        "decimals": found.decimals,
        "direction": found.direction,
        "description": found.description,
        "method": found.method,
    }


def figure(
    atlas: Atlas, value: float, unit: str, as_of: str, source_key: str, scope: str | None = None
) -> Shape:
    """A figure with all that it needs beside it."""
    return {
        "value": number(value),
        "unit": unit,
        "as_of": as_of or None,
        "scope": scope,
        "source": source(atlas, source_key),
    }


def stated(atlas: Atlas, found: Stated) -> Shape:
    """A figure that somebody stated."""
    return {
        "measure": found.measure,
        **figure(atlas, found.value, found.unit, found.as_of, found.source, found.scope),
        "value_to": None if found.value_to is None else number(found.value_to),
        "qualifier": found.qualifier,
        "confidence": found.confidence,
        "preferred": found.preferred,
        "note": found.note,
    }


def read(atlas: Atlas, code: str) -> Shape:
    """How many documents were read for a footprint."""
    coverage = themes_named.coverage(atlas, code)
    return {"sources_read": coverage.read, "official_read": coverage.official}


def not_found(atlas: Atlas, code: str) -> str:
    """What is said in place of what no source gives."""
    return f"not found in the {themes_named.coverage(atlas, code).read} documents read"


def theme(found: Theme) -> Shape:
    """A priority or enabler."""
    return {"key": found.key, "label": found.label, "kind": found.kind}


def evidence(atlas: Atlas, proofs: tuple[Evidence, ...], rules: Rules) -> list[Shape]:
    """Every source that shows a plan naming a theme, and whether it counts under the rules."""
    counting = themes_named.counting(proofs, rules)
    return [
        {
            "how": found.how,
            "as_of": found.as_of or None,
            "later": found.later,
            "confidence": found.confidence,
            "note": found.note,
            "official": found.official,
            "counts": found in counting,
            "source": source(atlas, found.source),
        }
        for found in proofs
    ]
