"""The filters by place: an NHS region, a footprint, several footprints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError
from stp_data.places import footprints

REGION = Choice("region", "region", footprints.regions, instead="all of England")
NO_SUCH = (
    "There is no such footprint. Codes run from E54000005 to E54000048; all codes and names are "
    "at /api/v1/footprints and /download/footprints.csv."
)


@dataclass(frozen=True)
class Area:
    """One footprint, by code, slug or name; the query has its slug."""

    name: str = "area"
    about: str = "A footprint: its code, slug or name."
    default: str = ""

    def options(self, atlas: Atlas) -> dict[str, str]:
        """Slug of each of the 44 -> its name, in the order of names."""
        return {place.slug: place.name for place in footprints.by_name(atlas)}

    def word(self, query: Mapping[str, str]) -> str:
        """The slug that a query has; empty for all 44."""
        return query.get(self.name, "")

    def words(self, atlas: Atlas) -> None:
        """Many names lead to one footprint."""

    def read(self, atlas: Atlas, text: str) -> str:
        """Its slug."""
        place = footprints.resolve(atlas, text)
        if place is None:
            raise FilterError(NO_SUCH, "That area is not one of the 44 footprints.")
        return place.slug


@dataclass(frozen=True)
class Areas:
    """Several footprints, with commas; the query has their slugs in the order given."""

    fewest: int = 0
    most: int = 44
    name: str = "areas"

    @property
    def about(self) -> str:
        """How many."""
        return f"Codes, slugs or names of {self.fewest} to {self.most} footprints, with commas."

    def words(self, atlas: Atlas) -> None:
        """Many names lead to one footprint."""

    def read(self, atlas: Atlas, text: str) -> str:
        """Their slugs, each once; a page keeps those that it knows, as many as there may be."""
        places = [footprints.resolve(atlas, name) for name in text.split(",") if name]
        slugs = list(dict.fromkeys(place.slug for place in places if place is not None))
        kept = ",".join(slugs[: self.most])
        if None in places:
            notice = "We don't recognise one of those areas, so it is left out."
            raise FilterError(NO_SUCH, notice, kept)
        if not self.fewest <= len(slugs) <= self.most:
            raise FilterError(
                f"{self.name} names {self.fewest} to {self.most} footprints, with commas.",
                f"At most {self.most} footprints can be shown: these are the first {self.most}.",
                kept,
            )
        return kept


AREA = Area()


def region(atlas: Atlas, query: Mapping[str, str]) -> str | None:
    """The name on screen of the region asked for; None for all of England."""
    return footprints.regions(atlas)[query["region"]] if "region" in query else None


def code(atlas: Atlas, query: Mapping[str, str]) -> str | None:
    """The code of the footprint asked for; None for all."""
    place = footprints.resolve(atlas, query["area"]) if "area" in query else None
    return None if place is None else place.code


def codes(atlas: Atlas, query: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of the footprints asked for, in the order given."""
    places = (footprints.resolve(atlas, slug) for slug in query.get("areas", "").split(","))
    return tuple(place.code for place in places if place is not None)
