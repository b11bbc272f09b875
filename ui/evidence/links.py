"""Links of the Evidence page: to what it shows itself, to footprints and to documents."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.evidence.rivals import ENGLAND
from stp_data.places import footprints
from ui.evidence.filters import VIEW_OF
from ui.parts import html
from ui.parts.cells import footprint_link

SECTIONS = {
    "measured": "who",
    "leads": "table",
    "memberships": "table",
    "stated_members": "table",
    "plan_names": "said",
    "publications": "said",
    "plans": "said",
    "priorities": "said",
    "proposals": "said",
    "statements": "said",
    "stated": "money",
    "plan_sums": "money",
    "ratings": "happened",
    "events": "happened",
    "successors": "happened",
}
"""Where on a footprint's page the rows of a table are."""


def evidence(text: str, **query: str) -> str:
    """A link to this page; it names a view first, because marks are known by naming none."""
    view = query.pop("view", "") or next(VIEW_OF[name] for name in VIEW_OF if name in query)
    return html.link(f"evidence?{urlencode({'view': view, **query}, safe=':')}", text)


def place(atlas: Atlas, code: str, section: str = "") -> str:
    """A link to the footprint, or to a section of its page; England without one."""
    if code == ENGLAND:
        return "England"
    found = footprints.all_footprints(atlas)[code]
    return footprint_link(found.slug, found.name, section)


def document(atlas: Atlas, key: str) -> str:
    """Publisher, title and date, linked to the document where it has an address, and its mark."""
    found = sources.source(atlas, key)
    if not found.url:
        return escape(sources.reference(found)) + html.mark(key)
    return html.link(found.url, sources.reference(found), new_tab=True) + html.mark(key)
