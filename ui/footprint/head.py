"""What stands above the sections of the Footprint page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import among_the_44, sentences
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from ui.map import small_hexes
from ui.parts import copying, html
from ui.parts.cells import footprint_link


def footprints_of(atlas: Atlas, region: str) -> str:
    """Return links to the footprints of an NHS region."""
    items = "".join(
        f"<li>{footprint_link(footprint.slug, footprint.name)}</li>"
        for footprint in footprints.all_footprints(atlas).values()
        if footprint.region == region
    )
    return f'<ul class="stp-links">{items}</ul>'


def head(atlas: Atlas, code: str, contents: Mapping[str, str]) -> str:
    """Return the portrait with its sources, files and comparisons, and links into the page."""
    place = footprints.all_footprints(atlas)[code]
    phrases = sentences.portrait(atlas, code)
    proofs = dict.fromkeys(key for phrase in phrases for key in phrase.sources)
    words = "".join(
        f"<b>{escape(one.text)}</b>" if one.is_bold else escape(one.text) for one in phrases
    )
    links = "".join(
        f'<li><a href="#{name}" target="_self">{escape(title)}</a></li>'
        for name, title in contents.items()
    )
    return (
        f'<p class="stp-kicker">{place.region} · {code}</p>'
        f'<p class="stp-portrait">{words}</p>'
        f'<p class="stp-note">Sources: {html.cite_all(atlas, proofs)}.'
        f"{html.checked(atlas, 'measure:population', code)}</p>"
        f"<div>{_files(atlas, place)}</div>"
        '<nav aria-label="On this page"><ul class="stp-links"><li>On this page:</li>'
        f"{links}</ul></nav>{before_and_after(atlas, code)}"
    )


def _files(atlas: Atlas, place: Footprint) -> str:
    """Return files, and comparisons with the longest neighbour and the most similar area."""
    everyone = footprints.all_footprints(atlas)
    beside = footprints.neighbours(atlas, place.code)[0].code
    alike = among_the_44.most_alike(atlas, place.code)[0]
    why = {beside: "longest border", alike: "most similar"}
    if beside == alike:
        why[beside] = "longest border, and most similar"
    links = {
        f"briefing/{place.slug}": "Briefing to print",
        f"briefing/{place.slug}.docx": "Briefing as Word",
        f"download/{place.slug}.geojson": "Outline as GeoJSON",
    } | {
        f"compare?areas={place.slug},{everyone[other].slug}": f"Compare with "
        f"{everyone[other].name} ({reason})"
        for other, reason in why.items()
    }
    return "".join(
        f'<a class="stp-copy" href="{where}" target="_self">{escape(words)}</a>'
        for where, words in links.items()
    )


def before_and_after(atlas: Atlas, code: str, which: str = "") -> str:
    """Return links to the footprints before and after this one by name.

    ``which`` ends the name of the list, where a page has two of them.
    """
    before, after = footprints.before_and_after(atlas, code)
    links = ""
    if before:
        links += f"<li>← {footprint_link(before.slug, before.name)}</li>"
    if after:
        links += f"<li>{footprint_link(after.slug, after.name)} →</li>"
    return (
        f'<nav aria-label="Footprints before and after, by name{which}">'
        f'<ul class="stp-links">{links}</ul></nav>'
    )


def citation(atlas: Atlas, footprint: Footprint) -> str:
    """Return a citation of the page, and buttons that copy it and the address."""
    where = copying.address("footprint", area=footprint.slug)
    words = f"STP Atlas: {footprint.name} ({footprint.code}), {wording.data_of(atlas)}. {where}"
    return (
        f'<p class="stp-note stp-citation">{escape(words)}</p>'
        f"{copying.button('Copy citation', words)}{copying.button('Copy link', where)}"
    )


def location(atlas: Atlas, code: str) -> str:
    """Return the map and the hexes that show where it is."""
    name = escape(footprints.all_footprints(atlas)[code].name)
    return (
        '<div class="stp-where">'
        f'<img class="stp-locator" src="locator/{code}.svg" '
        f'alt="Map of England: where {name} lies, with its neighbours">'
        f"{small_hexes.hexes(atlas, code)}</div>"
    )
