"""The 44 footprints by code, by name in an address, and by name on screen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records


@dataclass(frozen=True)
class Footprint:
    """One of the 44, as of April 2017."""

    number: int
    """1 to 44 in the order of codes: the property n of its outline."""
    code: str
    slug: str
    name: str
    short_name: str
    region: str
    """NHS England region."""
    area_km2: float
    hex_q: int
    hex_r: int


@cache
def all_footprints(atlas: Atlas) -> dict[str, Footprint]:
    """Every footprint by code, in the order of codes."""
    short = dict(zip(atlas.short_names["code"], atlas.short_names["short_name"], strict=True))
    return {
        row["code"]: Footprint(
            number=number,
            code=row["code"],
            slug=row["slug"],
            name=row["name"],
            short_name=short.get(row["code"], row["name"]),
            region=row["nhs_region"],
            area_km2=row["area_km2"],
            hex_q=row["hex_q"],
            hex_r=row["hex_r"],
        )
        for number, row in enumerate(records(atlas.footprints), start=1)
    }


@cache
def regions(atlas: Atlas) -> dict[str, str]:
    """NHS England regions of April 2017: name in an address -> name on screen."""
    return {slugify(name): name for name in sorted(set(atlas.footprints["nhs_region"]))}


@cache
def _names(atlas: Atlas) -> dict[str, str]:
    """Everything that names exactly one footprint, as a slug -> its code."""
    found: dict[str, set[str]] = {}

    def add(name: str, code: str) -> None:
        found.setdefault(slugify(name), set()).add(code)

    for footprint in all_footprints(atlas).values():
        for name in (footprint.code, footprint.slug, footprint.name, footprint.short_name):
            add(name, footprint.code)
    for row in records(atlas.plan_names):
        add(row["name"], row["code"])
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def resolve(atlas: Atlas, name: str) -> Footprint | None:
    """The footprint that ``name`` means exactly: its code, slug, name, or a name of its plan.

    Case, accents, punctuation and "&" for "and" do not matter. None when nothing or more than
    one footprint has the name.
    """
    code = _names(atlas).get(slugify(name[:200]))
    return None if code is None else all_footprints(atlas)[code]


@cache
def neighbours(atlas: Atlas, code: str) -> list[Footprint]:
    """Footprints with a common land border, longest border first."""
    borders = atlas.neighbours[atlas.neighbours["code"] == code]
    ordered = borders.sort_values("border_km", ascending=False)["neighbour"]
    return [all_footprints(atlas)[other] for other in ordered]


@cache
def by_name(atlas: Atlas) -> tuple[Footprint, ...]:
    """The 44 in the order of their names."""
    return tuple(sorted(all_footprints(atlas).values(), key=lambda footprint: footprint.name))


def before_and_after(atlas: Atlas, code: str) -> tuple[Footprint | None, Footprint | None]:
    """The footprints before and after one in the order of names; None at either end."""
    ordered = by_name(atlas)
    at = [footprint.code for footprint in ordered].index(code)
    before = ordered[at - 1] if at else None
    return before, ordered[at + 1] if at + 1 < len(ordered) else None


def slugify(text: str) -> str:
    """Lower case words of plain letters and figures, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
