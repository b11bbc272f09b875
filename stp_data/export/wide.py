"""One row for each footprint: who it is, every measure, the gaps by coverage, and counts."""

from __future__ import annotations

from functools import cache

from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.places import footprints, measures
from stp_data.plans import stated_figures
from stp_data.priorities import themes_named

_PLACE = (
    "code", "slug", "name", "short_name", "nhs_region", "area_km2", "lon", "lat", "hex_q", "hex_r",
)  # fmt: skip
_MONEY = ("gap_gbp_million", "gap_to_gbp_million", "gap_scope", "gap_qualifier", "gap_source")
_READ = ("themes_named_at_least", "documents_read", "official_documents_read")


@cache
def columns(atlas: Atlas) -> tuple[str, ...]:
    """Names of the columns; measures have their keys."""
    return (*_PLACE, *measures.mapped(atlas), *_MONEY, *_READ)


def rows(atlas: Atlas, region: str | None = None) -> list[list[object]]:
    """The rows in the order of codes; an absent figure is an empty text.

    The gap is the yearly one in 2020/21 that the written rule puts first; figures of different
    coverage are not to be added or compared.
    """
    points = {row["code"]: (row["lon"], row["lat"]) for row in records(atlas.footprints)}
    stated = stated_figures.preferred_gaps(atlas)
    named = themes_named.named(atlas, themes_named.Rules())
    found: list[list[object]] = []
    for code, place in footprints.all_footprints(atlas).items():
        if region not in (None, place.region):
            continue
        row: list[object] = [
            code, place.slug, place.name, place.short_name, place.region, place.area_km2,
            *points[code], place.hex_q, place.hex_r,
        ]  # fmt: skip
        for key in measures.mapped(atlas):
            figure = measures.values(atlas, key).by_code.get(code)
            row.append("" if figure is None else round(figure, 10))
        gap = stated.get(code)
        if gap is None or gap.measure != stated_figures.GAP:
            row += [""] * len(_MONEY)
        else:
            high = "" if gap.value_to is None else gap.value_to
            row += [gap.value, high, gap.scope, gap.qualifier, gap.source]
        read = themes_named.coverage(atlas, code)
        found.append([*row, len(named[code]), read.read, read.official])
    return found
