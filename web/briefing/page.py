"""A briefing as a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.pictures import local_map, outlines
from stp_data.places import footprints
from stp_data.search import find
from web.briefing import content, pair
from web.briefing.parts import Briefing
from web.pages import templates_of

LONGEST_PRINTED = 60
"""Characters of an address in print; longer ones are known by their title and site."""
INSET_WIDTH = 62
KEPT = 128
"""Pages kept: the 44, and pairs as they are asked for."""

templates = templates_of(__file__)


@lru_cache(maxsize=KEPT)
def briefing(atlas: Atlas, codes: tuple[str, ...]) -> Briefing:
    """What the briefing on one or two footprints says."""
    if len(codes) == 1:
        return content.briefing(atlas, codes[0])
    return pair.briefing(atlas, (codes[0], codes[1]))


def html(atlas: Atlas, codes: tuple[str, ...], base: str) -> str:
    """The page; ``base`` is the address of this site, without a slash at its end."""
    found = briefing(atlas, codes)
    near = local_map.around(atlas, codes)
    places = footprints.all_footprints(atlas)
    beside = "; ".join(places[code].name for code in near.beside)
    return templates.get_template("briefing.html.j2").render(
        b=found,
        near=near,
        near_names=[places[code].name for code in near.numbers],
        inset=outlines.inset(atlas, codes, INSET_WIDTH),
        map_title=f"Map of {found.name} and the neighbours {beside}; and where that is in England",
        address=f"{base}/briefing/{found.slug}",
        dashboard=_dashboard(found),
        **links(base),
    )


def links(base: str) -> dict[str, Any]:
    """What the templates of sheets need to write addresses, for pages one folder down."""
    return {
        "home": "../",
        "own": lambda address: f"..{address}" if address.startswith("/") else address,
        "shown": lambda to: _printed(f"{base}{to}") if to.startswith("/") else _short(to),
        "what_this_is": wording.WHAT_THIS_IS,
    }


def _dashboard(found: Briefing) -> str:
    """Address of the page of one footprint, or of the comparison of two."""
    if len(found.codes) == 1:
        return f"footprint?area={found.slug}"
    return f"compare?areas={found.slug.replace('+', ',')}"


def _printed(address: str) -> str:
    """An address as it is printed."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _short(address: str) -> str:
    """An address of others as it is printed: of one too long to be typed, the site alone."""
    whole = _printed(address)
    return whole if len(whole) <= LONGEST_PRINTED else f"{whole.partition('/')[0]}/…"


def index(atlas: Atlas, base: str) -> str:
    """All 44 by NHS region."""
    everyone = footprints.all_footprints(atlas).values()
    first, second = list(everyone)[:2]
    return templates.get_template("briefings.html.j2").render(
        regions={
            region: [place for place in everyone if place.region == region]
            for region in footprints.regions(atlas).values()
        },
        example=f"{first.slug}+{second.slug}",
        address=f"{base}/briefing/",
        home="../",
        what_this_is=wording.WHAT_THIS_IS,
    )


def unknown(atlas: Atlas, asked: str, home: str) -> str:
    """What is shown for a name of no footprint; ``home`` is the path of this site."""
    wanted = asked.replace("-", " ")[: find.LONGEST_QUERY]
    return templates.get_template("no_briefing.html.j2").render(
        asked=asked[: find.LONGEST_QUERY],
        meant=find.find(atlas, wanted, most=5),
        home=home,
        what_this_is=wording.WHAT_THIS_IS,
    )
