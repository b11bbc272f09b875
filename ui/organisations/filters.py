"""What an address of the Organisations page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Query, lenient
from stp_data.organisations import organisations
from stp_data.organisations.organisations import Found, Organisation
from ui.parts import address

SHOW = Choice(
    "show", "part of this page",
    lambda _: {
        "bodies": "Find an organisation",
        "several": "In several footprints",
        "councils": "Split councils",
        "counts": "Members by type",
    },
    default="bodies",
)  # fmt: skip
ORGANISATION = Choice("body", "organisation", organisations.by_key, instead="all that match")
PAGE_LENGTH = 50
"""Organisations on one page of the list."""


@dataclass(frozen=True)
class OrganisationsView:
    """Everything that the page shows depends on this and the data alone."""

    query: Query
    found: Found
    chosen: Organisation | None
    """The one in the address, or the only one that matches the search."""
    page: int
    """Of the list, from 1."""
    notices: tuple[str, ...]

    @property
    def filters(self) -> Query:
        """The part of the query that the file of this list takes."""
        names = {one.name for one in organisations.FILTERS}
        return {name: word for name, word in self.query.items() if name in names}


def read(params: Mapping[str, str], atlas: Atlas) -> OrganisationsView:
    """``show``, ``body``, ``page`` and the filters of the list."""
    query, notices = lenient(atlas, (SHOW, *organisations.FILTERS, ORGANISATION), params)
    try:
        organisations.check(atlas, query)
    except FilterError as error:
        notices.append(error.notice)
        del query["region"]
    found = organisations.find(atlas, query)
    chosen = organisations.by_key(atlas).get(query.get("body", ""))
    if chosen is None and "q" in query and len(found.organisations) == 1:
        chosen = found.organisations[0]
    page = address.read_page(params, notices, pages_of(found))
    return OrganisationsView(query, found, chosen, page, tuple(notices))


def pages_of(found: Found) -> int:
    """How many pages the list has, at least one."""
    return max(1, -(-len(found.organisations) // PAGE_LENGTH))
