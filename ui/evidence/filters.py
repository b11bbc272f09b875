"""What the address of the Evidence page can ask: one part of the page, and filters of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Filter, Query, Text, lenient
from stp_data.evidence import claims, conflicts, rivals, source_usage
from stp_data.places import filters, footprints
from stp_data.places.footprints import slugify

VIEWS = {
    "claims": "Claims checked",
    "conflicts": "Conflicts",
    "others": "Published counts",
    "coverage": "Coverage",
    "sources": "Sources",
    "exclusions": "Exclusions",
    "corrections": "Corrections",
}
VIEW_OF = {"claim": "claims", "about": "claims", "conflict": "conflicts", "source": "sources"}
"""Which part of the page has a thing that an address names."""
ENGLAND = "england"
"""As a place: England as a whole."""


@dataclass(frozen=True)
class _Place(Choice):
    """A choice of footprints by slug, which also takes their codes and names."""

    def read(self, atlas: Atlas, text: str) -> str:
        return text if text in self.options(atlas) else filters.AREA.read(atlas, text)


def _footprints(atlas: Atlas) -> dict[str, str]:
    return {place.slug: place.name for place in footprints.by_name(atlas)}


def _places(atlas: Atlas) -> dict[str, str]:
    return {ENGLAND: "England as a whole", **_footprints(atlas)}


def _capitalised(words: Mapping[str, str]) -> dict[str, str]:
    return {key: text[0].upper() + text[1:] for key, text in words.items()}


def _topics(atlas: Atlas) -> dict[str, str]:
    return _capitalised({slugify(one.topic): one.topic for one in claims.claims(atlas)})


def _documents(atlas: Atlas) -> dict[str, str]:
    """Documents whose claims were checked, those with most first."""
    keys = [claim.document for claim in claims.claims(atlas)]
    ordered = sorted(dict.fromkeys(keys), key=lambda key: -keys.count(key))
    return {key: sources.reference(sources.source(atlas, key)) for key in ordered}


def _subjects(atlas: Atlas) -> dict[str, str]:
    """What claims touch, each series of a family by its own name."""
    keys = [key for claim in claims.claims(atlas) for key in claim.about]
    keys += [
        key for one in atlas.series["series"] if claims.touching(atlas, key := f"series:{one}")
    ]
    return dict.fromkeys(keys, "")


def _kinds(atlas: Atlas) -> dict[str, str]:
    present = {one.kind for one in conflicts.conflicts(atlas)}
    return {key: label for key, label in conflicts.KINDS.items() if key in present}


def _publisher_types(atlas: Atlas) -> dict[str, str]:
    kinds = source_usage.publisher_types(atlas)
    return {**_capitalised(kinds), "nhs": "NHS"}


VERDICT = Choice(
    "verdict", "finding", lambda _: {slugify(k): v for k, v in claims.VERDICTS.items()},
    instead="all findings",
)  # fmt: skip
TOPIC = Choice("topic", "topic", _topics, instead="all topics")
DOCUMENT = Choice("document", "document", _documents, instead="all documents")
ABOUT = Choice("about", "figure", _subjects, instead="all claims")
PLACE = _Place("area", "place", _places, instead="all places")
KIND = Choice("kind", "kind of fact", _kinds, instead="all kinds")
FOOTPRINT = _Place("area", "footprint", _footprints, instead="all footprints")
ORDER = Choice(
    "order", "order",
    lambda _: {"thin": "Fewest first", "name": "Name", "region": "NHS region"},
    default="thin",
)  # fmt: skip
TYPE = Choice("type", "type of publisher", _publisher_types, instead="all types")
SEARCH = Text("q", "title")
PAGE = Choice("page", "page", lambda _: {str(n): f"page {n}" for n in range(1, 1000)}, default="1")
CLAIM = Choice("claim", "claim", claims.by_key, instead="all claims")
CONFLICT = Choice("conflict", "conflict", conflicts.by_key, instead="all conflicts")
SOURCE = Choice("source", "source", source_usage.counts, instead="all sources")
FILTERS: dict[str, tuple[Filter, ...]] = {
    "claims": (VERDICT, TOPIC, DOCUMENT, ABOUT, PLACE, CLAIM),
    "conflicts": (KIND, PLACE, CONFLICT),
    "others": (),
    "coverage": (ORDER, FOOTPRINT),
    "sources": (SEARCH, TYPE, PAGE, SOURCE),
    "exclusions": (PAGE,),
    "corrections": (),
}
"""Part of the page -> what it reads of the address."""
NAMES = tuple(dict.fromkeys(one.name for several in FILTERS.values() for one in several))


@dataclass(frozen=True)
class EvidenceFilters:
    """Everything that the Evidence page shows depends on this and the data alone."""

    view: str
    query: Query
    """The filters of this part of the page as they stand in the address, without the defaults."""
    notices: tuple[str, ...] = ()

    def code(self, atlas: Atlas) -> str | None:
        """Code of the place, ENG for England; None for all."""
        is_england = self.query.get("area") == ENGLAND
        return rivals.ENGLAND if is_england else filters.code(atlas, self.query)


def read(params: Mapping[str, str], atlas: Atlas) -> EvidenceFilters:
    """``view``, or what is implied by a claim, conflict or source; and the filters of that view."""
    implied = next((view for name, view in VIEW_OF.items() if params.get(name)), "claims")
    view = Choice("view", "part of this page", lambda _: VIEWS, default=implied)
    asked, unknown = lenient(atlas, (view,), params)
    shown = view.word(asked)
    query, notices = lenient(atlas, FILTERS[shown], params)
    return EvidenceFilters(shown, query, (*unknown, *notices))
