"""The page of one footprint, its sections in the order in which a board asks."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import among_the_44, portrait
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from ui.footprint import gaps, money, people, plan, story
from ui.map import small_hexes
from ui.parts import copying, html
from ui.parts.cells import footprint_link

SECTIONS = {
    "who": ("Who we are", people.who_we_are),
    "table": ("Who is at the table", people.at_the_table),
    "said": ("What we said", plan.what_we_said),
    "money": ("The money", money.the_money),
    "gaps": ("The three gaps of the triple aim", gaps.three_gaps),
    "happened": ("What happened", story.what_happened),
    "beside": ("Neighbours and most alike", story.beside_us),
    "missing": ("What we could not find", story.what_is_missing),
}
"""Name in an address -> heading, and what stands under it."""


def choose(atlas: Atlas) -> None:
    """Links to all 44, by NHS region."""
    everyone = footprints.all_footprints(atlas).values()
    for region in footprints.regions(atlas).values():
        st.header(region, anchor=False)
        items = "".join(
            f"<li>{footprint_link(footprint.slug, footprint.name)}</li>"
            for footprint in everyone
            if footprint.region == region
        )
        st.html(f'<ul class="stp-links">{items}</ul>')


def draw(atlas: Atlas, footprint: Footprint) -> None:
    """The head of the page, then all sections."""
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        st.html(_head(atlas, footprint.code) + _cite(atlas, footprint))
    with right:
        st.html(_where(atlas, footprint.code))
    for name, (title, content) in SECTIONS.items():
        st.header(title, anchor=name)
        st.html(content(atlas, footprint.code))
    st.html(_before_and_after(atlas, footprint.code, again=True))


@lru_cache(maxsize=64)
def _head(atlas: Atlas, code: str) -> str:
    """The portrait with its sources, what to take away, and links into the page."""
    place = footprints.all_footprints(atlas)[code]
    first, *others = portrait.portrait(atlas, code)
    proofs = dict.fromkeys(key for part in (first, *others) for key in part.sources)
    words = f"<b>{escape(first.text)}</b>{''.join(escape(part.text) for part in others)}"
    contents = "".join(
        f'<li><a href="#{name}" target="_self">{escape(title)}</a></li>'
        for name, (title, _) in SECTIONS.items()
    )
    return (
        f'<p class="stp-kicker">{place.region} · {code}</p>'
        f'<p class="stp-portrait">{words}</p>'
        f'<p class="stp-note">Sources: {html.cite_all(atlas, proofs)}.'
        f"{html.checked(atlas, 'measure:population', code)}</p>"
        f"<div>{_take_away(atlas, place)}</div>"
        '<nav aria-label="On this page"><ul class="stp-links"><li>On this page:</li>'
        f"{contents}</ul></nav>{_before_and_after(atlas, code)}"
    )


def _take_away(atlas: Atlas, place: Footprint) -> str:
    """Paper, data, and comparisons with the longest neighbour and the place most alike."""
    everyone = footprints.all_footprints(atlas)
    beside = footprints.neighbours(atlas, place.code)[0].code
    alike = among_the_44.most_alike(atlas, place.code)[0]
    why = {beside: "longest border", alike: "most alike"}
    if beside == alike:
        why[beside] = "longest border, and most alike"
    links = [
        (f"briefing/{place.slug}", "Briefing to print"),
        (f"briefing/{place.slug}.docx", "Briefing as Word"),
        (f"download/{place.slug}.geojson", "Outline as GeoJSON"),
        *(
            (
                f"compare?areas={place.slug},{everyone[other].slug}",
                f"Compare with {everyone[other].name} ({reason})",
            )
            for other, reason in why.items()
        ),
    ]
    return "".join(
        f'<a class="stp-copy" href="{where}" target="_self">{escape(words)}</a>'
        for where, words in links
    )


@lru_cache(maxsize=64)
def _before_and_after(atlas: Atlas, code: str, *, again: bool = False) -> str:
    """Links to the footprints before and after this one in the order of names.

    ``again``: at the end of the page, where its name tells it from the one at the top.
    """
    before, after = footprints.before_and_after(atlas, code)
    links = ""
    if before:
        links += f"<li>← {footprint_link(before.slug, before.name)}</li>"
    if after:
        links += f"<li>{footprint_link(after.slug, after.name)} →</li>"
    return (
        f'<nav aria-label="Footprints before and after, by name{", again" * again}">'
        f'<ul class="stp-links">{links}</ul></nav>'
    )


def _cite(atlas: Atlas, footprint: Footprint) -> str:
    """A citation of this page, and its address, to copy."""
    where = copying.address("footprint", area=footprint.slug)
    citation = f"STP Atlas: {footprint.name} ({footprint.code}), {wording.data_of(atlas)}. {where}"
    return (
        f'<p class="stp-note stp-citation">{escape(citation)}</p>'
        f"{copying.button('Copy citation', citation)}{copying.button('Copy link', where)}"
    )


@lru_cache(maxsize=64)
def _where(atlas: Atlas, code: str) -> str:
    """The map and the hexes."""
    name = escape(footprints.all_footprints(atlas)[code].name)
    return (
        '<div class="stp-where">'
        f'<img class="stp-locator" src="locator/{code}.svg" '
        f'alt="Map of England: where {name} lies, with its neighbours">'
        f"{small_hexes.hexes(atlas, code)}</div>"
    )
