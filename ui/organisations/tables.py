"""Tables of the Organisations page."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import organisations
from stp_data.organisations.members import TYPES
from stp_data.organisations.organisations import Organisation
from stp_data.places import councils as places
from stp_data.places import footprints
from ui.parts import html
from ui.parts.cells import footprint_link

NONE_FOUND = "–"


def link(text: str, **query: str | None) -> str:
    """A link to this page; parameters that are None are left out."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return f'<a href="organisations?{escape(asked)}" target="_self">{escape(text)}</a>'


def not_listed(atlas: Atlas) -> str:
    """What it means that an organisation isn't listed, and the lists that were read."""
    found = organisations.listings(atlas)
    cited = "; ".join(
        f"{html.cite(atlas, key)} ({wording.count(number, 'listing', 'listings')} as of "
        f"{escape(wording.date(as_of))})"
        for key, (number, as_of) in found.items()
    )
    return (
        f'<p class="stp-note">Organisations not listed in these {len(found)} sources may still '
        f"have taken part: {cited}.</p>"
    )


def one_organisation(atlas: Atlas, one: Organisation) -> str:
    """Everything the tables hold of an organisation, with a row for each listing."""
    facts = [
        ("Type", escape(one.type_name)),
        ("ODS code", escape(one.ods_code) or "not found"),
        *([("ONS code", escape(one.ons_code))] if one.ons_code else []),
        *([("Other names", escape("; ".join(one.other_names)))] if one.other_names else []),
    ]
    rows = [
        [
            f"{footprint_link(member.footprint.slug, member.footprint.name)}"
            f"<br><small>{escape(member.footprint.region)}</small>",
            escape(member.role),
            escape(wording.date(as_of)),
            html.cite(atlas, source) + (f"<br><small>{escape(note)}</small>" if note else ""),
        ]
        for member in one.memberships
        for source, as_of, note in member.evidence
    ]
    heads = ["Footprint", "Role", "As of", "Source and note"]
    return html.facts(facts) + html.table("Memberships, by source", heads, rows)


def listing(
    atlas: Atlas, found: tuple[Organisation, ...], caption: str, **query: str | None
) -> str:
    """Organisations with their footprints; a name opens one and keeps the ``query``."""
    rows = [
        [_name(one, **query), "<br>".join(_footprints(one)), _listed_by(atlas, one)]
        for one in found
    ]  # fmt: skip
    return html.table(caption, ["Organisation", "Footprints", "Listed by"], rows)


@lru_cache(maxsize=1)
def shared(atlas: Atlas) -> str:
    """Organisations in more than one footprint, those in the most first."""
    rows = [
        [_name(one), str(len(one.memberships)), ", ".join(_footprints(one)), _listed_by(atlas, one)]
        for one in organisations.shared(atlas)
    ]
    heads = ["Organisation", "Number", "Footprints", "Listed by"]
    return html.table("Select a name for its roles, dates and sources", heads, rows)


def _name(one: Organisation, **query: str | None) -> str:
    others = f"; also {escape('; '.join(one.other_names))}" if one.other_names else ""
    return (
        f"{link(one.name, **query, body=one.org)}<br><small>{escape(one.type_name)}{others}</small>"
    )


def _footprints(one: Organisation) -> list[str]:
    places = (member.footprint for member in one.memberships)
    return [footprint_link(place.slug, place.short_name) for place in places]


def _listed_by(atlas: Atlas, one: Organisation) -> str:
    return "; ".join(html.cite(atlas, key, linked=False) for key in one.sources)


def councils_sentence(atlas: Atlas) -> str:
    """How many councils are split between footprints, and which the most."""
    found, everyone = places.split(atlas), places.councils(atlas)
    counties, split_counties = (
        sum(council.kind == places.COUNTY for council in those) for those in (everyone, found)
    )
    most = len(found[0].parts)
    first = wording.listed([council.name for council in found if len(council.parts) == most])
    return (
        f"{split_counties} of {counties} counties and {len(found) - split_counties} of "
        f"{len(everyone) - counties} district and single-tier councils are split between "
        f"footprints; {first} between {most}"
    )


@lru_cache(maxsize=1)
def councils(atlas: Atlas) -> str:
    """Councils in more than one footprint, with the share of their people in each."""
    everyone = footprints.all_footprints(atlas)
    parts = []
    for title, is_county in (("Counties", True), ("Districts and single-tier councils", False)):
        rows = [
            [
                escape(council.name)
                + f"<br><small>{escape(council.county or council.kind)}</small>" * (not is_county),
                "<br>".join(
                    f"{wording.share(part.share)} "
                    f"{footprint_link(everyone[part.code].slug, everyone[part.code].short_name)} "
                    f"<small>{part.people:,}</small>"
                    for part in council.parts
                ),
            ]
            for council in places.split(atlas)
            if (council.kind == places.COUNTY) == is_county
        ]
        caption = f"{title}: share and number of people in each footprint"
        parts.append(html.table(caption, ["Council", "Population by footprint"], rows))
    return (
        f'<div class="stp-columns">{"".join(parts)}</div>'
        '<p class="stp-note">Councils of 2017, population of mid-2017. A county’s figures are '
        "those of its districts. Sources: "
        f"{html.cite_all(atlas, (sources.PEOPLE, sources.NAMES))}.</p>"
    )


@lru_cache(maxsize=1)
def counts(atlas: Atlas) -> str:
    """How many members of each type each footprint has."""
    everyone, tallies = footprints.all_footprints(atlas), organisations.counts(atlas)
    rows = [
        [
            link(everyone[code].name, area=everyone[code].slug),
            str(sum(tally.values())),
            *(str(number or NONE_FOUND) for number in tally.values()),
        ]
        for code, tally in tallies.items()
    ]
    once = [one.type for one in organisations.organisations(atlas).values()]
    for label, numbers in (
        ("All listings", [sum(tally[type_] for tally in tallies.values()) for type_ in TYPES]),
        ("Organisations, each counted once", [once.count(type_) for type_ in TYPES]),
    ):
        rows.append([label, f"{sum(numbers):,}", *map(str, numbers)])
    heads = ["Footprint", "All", *(f"{name[0].upper()}{name[1:]}" for name in TYPES.values())]
    marked = frozenset({len(rows) - 2, len(rows) - 1})
    table = html.table("Members by type", heads, rows, numbers_from=1, marked=marked)
    return f'<div class="stp-counts">{table}</div>'
