"""Tables of the Organisations page."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import organisations
from stp_data.organisations.members import TYPES
from stp_data.organisations.organisations import Body, Seat
from stp_data.places import councils as places
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from ui.parts import html

NONE_FOUND = "–"
NOT_A_NO = (
    "A body that is not listed in a footprint was not found there in the {number} sources of "
    "members that were read; that does not mean that it took no part."
)


def link(text: str, **query: str | None) -> str:
    """A link to this page, parameters that are None left out."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return f'<a href="organisations?{escape(asked)}" target="_self">{escape(text)}</a>'


def _to_footprint(place: Footprint, name: str | None = None) -> str:
    """A link to a footprint's page, by its short name unless told another."""
    text = escape(name or place.short_name)
    return f'<a href="footprint?area={place.slug}" target="_self">{text}</a>'


def not_a_no(atlas: Atlas) -> str:
    """What it means that a body is not listed, and where was read."""
    found = organisations.listings(atlas)
    cited = "; ".join(
        f"{html.cite(atlas, key)} ({wording.count(number, 'listing', 'listings')} as of "
        f"{escape(wording.date(as_of))})"
        for key, (number, as_of) in found.items()
    )
    return f'<p class="stp-note">{NOT_A_NO.format(number=len(found))} All lists read: {cited}.</p>'


def one_body(atlas: Atlas, body: Body) -> str:
    """Everything the tables hold of a body: where, in what role, as of when, who says so."""
    facts = [
        ("Type", escape(body.kind)),
        ("ODS code", escape(body.ods_code) or "none found in the sources read"),
    ]
    if body.ons_code:
        facts.append(("ONS code", escape(body.ons_code)))
    if body.other_names:
        facts.append(("Also named", escape("; ".join(body.other_names))))
    rows = [
        [
            f"{_to_footprint(seat.footprint, seat.footprint.name)}"
            f"<br><small>{escape(seat.footprint.region)}</small>",
            escape(seat.role),
            escape(wording.date(as_of)),
            html.cite(atlas, source) + (f"<br><small>{escape(note)}</small>" if note else ""),
        ]
        for seat in body.seats
        for source, as_of, note in seat.evidence
    ]
    return html.facts(facts) + html.table(
        "Where it is listed; one row for each source",
        ["Footprint", "Role", "As of", "Source and note"],
        rows,
    )


def listing(atlas: Atlas, bodies: tuple[Body, ...], caption: str, **query: str | None) -> str:
    """Bodies with where they are listed; a name opens the body and keeps the ``query``."""
    rows = [
        [
            f"{link(body.name, **query, body=body.org)}<br><small>{escape(body.kind)}"
            f"{_other_names(body)}</small>",
            "<br>".join(_to_footprint(seat.footprint) for seat in body.seats),
            _listed_by(atlas, body.seats),
        ]
        for body in bodies
    ]
    return html.table(caption, ["Body", "Listed in", "Listed by"], rows)


def _other_names(body: Body) -> str:
    return f"; also named {escape('; '.join(body.other_names))}" if body.other_names else ""


def _listed_by(atlas: Atlas, seats: tuple[Seat, ...]) -> str:
    keys = dict.fromkeys(source for seat in seats for source, *_ in seat.evidence)
    return "; ".join(html.cite(atlas, key, linked=False) for key in keys)


@lru_cache(maxsize=1)
def several(atlas: Atlas) -> str:
    """Bodies in more than one footprint, those in the most first."""
    rows = [
        [
            f"{link(body.name, body=body.org)}<br><small>{escape(body.kind)}</small>",
            str(len(body.seats)),
            ", ".join(_to_footprint(seat.footprint) for seat in body.seats),
            _listed_by(atlas, body.seats),
        ]
        for body in organisations.several(atlas)
    ]
    return html.table(
        "Bodies listed in more than one footprint; a name leads to the source of each listing",
        ["Body", "How many", "Footprints", "Listed by"],
        rows,
    )


def councils_headline(atlas: Atlas) -> str:
    """How many councils are split, and which most."""
    found, everyone = places.split(atlas), places.councils(atlas)
    districts = [council for council in everyone if council.kind != places.COUNTY]
    counties = len(everyone) - len(districts)
    split_counties = sum(council.kind == places.COUNTY for council in found)
    most = len(found[0].parts)
    first = wording.listed([council.name for council in found if len(council.parts) == most])
    return (
        f"Footprints split {split_counties} of {counties} counties and "
        f"{len(found) - split_counties} of {len(districts)} district and single-tier councils; "
        f"{first} lies in {most} footprints"
    )


@lru_cache(maxsize=1)
def councils(atlas: Atlas) -> str:
    """Councils that lie in more than one footprint, with the shares of their people."""
    everyone = footprints.all_footprints(atlas)
    parts = []
    for title, is_county in (("Counties", True), ("Districts and single-tier councils", False)):
        rows = [
            [
                escape(council.name)
                + f"<br><small>{escape(council.county or council.kind)}</small>" * (not is_county),
                "<br>".join(
                    f"{wording.share(part.share)} {_to_footprint(everyone[part.code])} "
                    f"<small>{part.people:,}</small>"
                    for part in council.parts
                ),
            ]
            for council in places.split(atlas)
            if (council.kind == places.COUNTY) == is_county
        ]
        caption = f"{title} in more than one footprint, with share and number of people in each"
        parts.append(html.table(caption, ["Council", "Where its people live"], rows))
    return (
        f'<div class="stp-columns">{"".join(parts)}</div>'
        '<p class="stp-note">Council areas of 2017, people of mid-2017. A county’s figures are '
        "those of its districts; single-tier councils lie in no county here. Sources: "
        f"{html.cite_all(atlas, (sources.PEOPLE, sources.NAMES))}.</p>"
    )


@lru_cache(maxsize=1)
def counts(atlas: Atlas) -> str:
    """How many bodies of each type are listed in each footprint."""
    everyone, tallies = footprints.all_footprints(atlas), organisations.counts(atlas)
    rows = [
        [
            link(everyone[code].name, area=everyone[code].slug),
            str(sum(tally.values())),
            *(str(number or NONE_FOUND) for number in tally.values()),
        ]
        for code, tally in tallies.items()
    ]
    seats = [sum(tally[kind] for tally in tallies.values()) for kind in TYPES]
    once = [
        sum(body.type == kind for body in organisations.bodies(atlas).values()) for kind in TYPES
    ]
    rows += [
        ["All listings (sum of the rows)", f"{sum(seats):,}", *map(str, seats)],
        ["Bodies, each counted once", f"{sum(once):,}", *map(str, once)],
    ]
    head = ["Footprint", "All", *(_capital(plural) for _, plural in TYPES.values())]
    table = html.table(
        "Bodies listed in each footprint, by type",
        head,
        rows,
        numbers_from=1,
        marked=frozenset({len(rows) - 2, len(rows) - 1}),
    )
    return f'<div class="stp-counts">{table}</div>'


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
