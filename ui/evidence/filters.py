"""What the address of the Evidence page asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.sources import Source
from stp_data.evidence import claims, conflicts, source_usage
from stp_data.evidence.claims import Claim
from stp_data.evidence.conflicts import Conflict
from stp_data.places.footprints import Footprint, slugify
from ui.evidence.tables import VIEW_OF
from ui.parts import address

VIEWS = {
    "claims": "Claims",
    "conflicts": "Conflicts",
    "others": "Counts by others",
    "coverage": "Coverage",
    "sources": "Sources",
    "exclusions": "Exclusions",
    "corrections": "Corrections",
}
ORDERS = {"thin": "Thinnest first", "name": "By name", "region": "By NHS region"}
VERDICTS = {slugify(verdict): verdict for verdict in claims.VERDICTS}
ENGLAND = "england"
"""As a place of a claim: about England as a whole."""
AT_ONCE = 50
"""Sources, or rows left out, that are shown at once."""


@dataclass(frozen=True)
class AskedEvidence:
    """Everything that the Evidence page shows depends on this and the data alone."""

    view: str
    verdict: str | None
    """Key of VERDICTS, as it stands in the address, like all below."""
    topic: str | None
    document: str | None
    about: str | None
    """Key of what claims touch: measure:population."""
    area: str | None
    footprint: Footprint | None
    kind: str | None
    type: str | None
    search: str
    order: str
    page: int
    """Of the list, from 1."""
    claim: Claim | None
    conflict: Conflict | None
    source: Source | None
    notices: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """Code of the place, ENG for England."""
        if self.area == ENGLAND:
            return conflicts.ENGLAND
        return self.footprint.code if self.footprint else None


def topics(atlas: Atlas) -> dict[str, str]:
    """Topics that claims have, by their name in an address."""
    return {slugify(claim.topic): claim.topic for claim in claims.claims(atlas)}


def documents(atlas: Atlas) -> dict[str, Source]:
    """Documents whose claims were checked, those with most first."""
    keys = [claim.document for claim in claims.claims(atlas)]
    ordered = sorted(dict.fromkeys(keys), key=lambda key: -keys.count(key))
    return {key: sources.source(atlas, key) for key in ordered}


def read(params: Mapping[str, str], atlas: Atlas) -> AskedEvidence:
    """``view`` and its filters, or one ``claim``, ``conflict`` or ``source``."""
    notices: list[str] = []

    def one_of(name: str, known: Mapping[str, object], problem: str) -> str | None:
        asked = params.get(name)
        if asked and asked not in known:
            notices.append(problem)
        return asked if asked in known else None

    view = _view(params, notices)
    area = params.get("area")
    place = address.Place(None)
    if area != ENGLAND or view not in ("claims", "conflicts"):
        place = address.read_place(params, atlas)
        area = place.footprint.slug if place.footprint else None
        notices += place.notices
    claim = one_of(
        "claim", _claims(atlas), "The address names a claim that is not here. These are all claims."
    )
    conflict = one_of(
        "conflict",
        conflicts.by_key(atlas),
        "The address names a conflict that is not here. These are all conflicts.",
    )
    source = one_of(
        "source",
        source_usage.counts(atlas),
        "The address names a source that is not here. Search for it by its title.",
    )
    verdict = one_of("verdict", VERDICTS, "The address names a verdict that is not used here.")
    topic = one_of("topic", topics(atlas), "The address names a topic that no claim has.")
    document = one_of(
        "document", documents(atlas), "The address names a document of which no claim was checked."
    )
    about = params.get("about") or None
    if about and not claims.touching(atlas, about):
        notices.append("The address asks for claims about something that none of them touches.")
        about = None
    kind = one_of("kind", conflicts.KINDS, "The address names a kind of conflict that is not here.")
    kind_of_source = one_of(
        "type",
        source_usage.publisher_types(atlas),
        "The address names a type of publisher that is not here. These are all types.",
    )
    order = one_of("order", ORDERS, "The address asks for an order that is not here.")
    return AskedEvidence(
        view=view,
        verdict=verdict,
        topic=topic,
        document=document,
        about=about,
        area=area,
        footprint=place.footprint,
        kind=kind,
        type=kind_of_source,
        search=_search(params, notices),
        order=order or next(iter(ORDERS)),
        # Whether the list has such a page is known when it is drawn.
        page=address.read_page(params, notices),
        claim=_claims(atlas)[claim] if claim else None,
        conflict=conflicts.by_key(atlas)[conflict] if conflict else None,
        source=sources.source(atlas, source) if source else None,
        notices=tuple(notices),
    )


def _claims(atlas: Atlas) -> dict[str, Claim]:
    return {claim.key: claim for claim in claims.claims(atlas)}


def _view(params: Mapping[str, str], notices: list[str]) -> str:
    # An address can name one thing and no view.
    implied = [view for name, view in VIEW_OF.items() if params.get(name)]
    default = next(iter(VIEWS))
    view = params.get("view", implied[0] if implied else default)
    if view in VIEWS:
        return view
    notices.append("The address asks for a part of this page that is not here. This is: claims.")
    return default


def _search(params: Mapping[str, str], notices: list[str]) -> str:
    search = params.get("q", "").strip()
    if len(search) > source_usage.LONGEST_SEARCH:
        notices.append("The address searches for something longer than any title here.")
        return ""
    return search


def at_page(number: int, now: AskedEvidence) -> tuple[int, int]:
    """The page of a list of so many things, and how many pages it has."""
    pages = max(1, -(-number // AT_ONCE))
    return min(now.page, pages), pages
