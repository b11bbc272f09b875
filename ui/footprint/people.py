"""Who we are, and who is at the table: the first two sections of the footprint page."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.organisations import members
from stp_data.organisations.members import Member
from stp_data.overview import among_the_44
from stp_data.places import councils, footprints
from stp_data.plans import plans, stated_figures, statements
from ui.footprint import strips as footprint_strips
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof, said

MANY = 4
"""A body in more other footprints than this is in so many, without their names."""


@lru_cache(maxsize=64)
def who_we_are(atlas: Atlas, code: str) -> str:
    """Region, area and make-up, the councils with shares of people, and what documents claim."""
    place = footprints.all_footprints(atlas)[code]
    facts = line(
        f"NHS region of 2017: {escape(place.region)} "
        f"<small>[{html.cite(atlas, sources.REGIONS)}]</small>. "
        f"Area: {wording.number(place.area_km2, 0)} km² "
        f"<small>[{html.cite(atlas, sources.OUTLINES)}]</small>."
    )
    made_up = footprint_strips.table(
        atlas,
        code,
        "The people and the place",
        among_the_44.strips(atlas, code, among_the_44.PLACE),
    )
    return (
        facts
        + footprint_strips.legend(atlas, code)
        + made_up
        + part("Councils, and their shares of people")
        + _councils(atlas, code)
        + part("People, as documents give them")
        + _claimed(atlas, code)
    )


def _councils(atlas: Atlas, code: str) -> str:
    found = councils.places(atlas, code)
    whole = sum(place.people for place in found)
    return html.table(
        "Council districts of 2017 with people in the footprint, with their county",
        ["District", "People here", "Share of ours", "Share of the district"],
        [
            [
                escape(p.name) + (f" <small>({escape(p.county)})</small>" if p.county else ""),
                f"{p.people:,}",
                wording.share(p.people / whole),
                wording.share(p.share),
            ]
            for p in found
        ],
        numbers_from=1,
    ) + (
        f'<p class="stp-note">People of mid-2017: {html.cite(atlas, sources.PEOPLE)}. Districts: '
        f"{html.cite(atlas, sources.NAMES)}.</p>"
    )


def _claimed(atlas: Atlas, code: str) -> str:
    rows = [
        [
            escape(stated_figures.amount(figure))
            + ("" if at else html.checks(atlas, code, "population_stated")),
            wording.as_of(figure.as_of),
            proof(atlas, (figure.source,), figure.confidence, figure.note),
        ]
        for at, figure in enumerate(
            stated_figures.of_measure(stated_figures.stated(atlas, code), "population_stated")
        )
    ]
    if not rows:
        return line("No document read gives a number of people of its own.")
    return html.table("Beside the official estimate above", ["Figure", "As of", SOURCE], rows)


@lru_cache(maxsize=64)
def at_the_table(atlas: Atlas, code: str) -> str:
    """Members by type, bodies shared with others, who led it, and how it was governed."""
    return (
        _members(atlas, code)
        + part("Bodies that sit in other footprints too")
        + _shared(atlas, code)
        + part("Who led it")
        + _leads(atlas, code)
        + part("How it was governed and built")
        + said(
            atlas, code, "As documents describe it", statements.TABLE_TOPICS,
            "Nothing on its governance found in the sources read.",
        )
    )  # fmt: skip


def _members(atlas: Atlas, code: str) -> str:
    """One row for each type of body and the sources that list those bodies there."""
    rows = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        by_proof: dict[str, list[Member]] = {}
        for member in those:
            by_proof.setdefault(_lists(atlas, member), []).append(member)
        for listed_by, named in by_proof.items():
            number = f"{len(named)} of {len(those)}" if len(by_proof) > 1 else len(those)
            name = f"{label[0].upper()}{label[1:]} ({number})"
            bodies = "".join(f"<li>{escape(m.name)}{_notes(m)}</li>" for m in named)
            rows.append([name, f'<ul class="stp-bodies">{bodies}</ul>', listed_by])
    return html.table(
        "Bodies by type, and the lists that name them", ["Type", "Bodies", "Sources"], rows
    ) + (
        '<p class="stp-note">A body that is not listed was not found in these sources; that does '
        "not mean that it took no part.</p>"
    )


def _lists(atlas: Atlas, member: Member) -> str:
    return "; ".join(
        dict.fromkeys(
            f"{html.cite(atlas, source)} (as of {escape(wording.date(as_of))})"
            for source, as_of, _ in member.evidence
        )
    )


def _notes(member: Member) -> str:
    notes = "; ".join(dict.fromkeys(note for *_, note in member.evidence if note))
    return f"<br><small>{escape(notes)}</small>" if notes else ""


def _shared(atlas: Atlas, code: str) -> str:
    everyone = footprints.all_footprints(atlas)
    rows = []
    for member, others in members.elsewhere(atlas, code):
        links = "; ".join(footprint_link(everyone[o].slug, everyone[o].name) for o in others)
        where = links if len(others) <= MANY else f"{len(others)} other footprints"
        rows.append([escape(member.name), where, _lists(atlas, member)])
    if not rows:
        return line("None of these bodies was found in the lists of another footprint.")
    return html.table("Seats elsewhere", ["Body", "Also in", "Listed here by"], rows)


def _leads(atlas: Atlas, code: str) -> str:
    rows = [
        [
            f"<b>{escape(lead.name) or 'None found'}</b><br>{escape(lead.role)}"
            f"{html.differs(conflicts.of_lead(atlas, code, lead.role))}",
            escape(", ".join(part for part in (lead.title, lead.organisation) if part)),
            _time(lead),
            proof(atlas, lead.sources, lead.confidence, lead.note),
        ]
        for lead in plans.leads(atlas, code)
    ]
    return html.table(
        "People in leading roles, with the date at which a source first shows them there",
        ["Name and role", "Post", "When", SOURCE],
        rows,
    )


def _time(lead: plans.Lead) -> str:
    parts = []
    if lead.start:
        parts.append(f"from {wording.date(lead.start)}")
    elif lead.as_of:
        parts.append(f"in {wording.date(lead.as_of)}")
    if lead.end:
        parts.append(f"to {wording.date(lead.end)}")
    return " ".join(parts) or "not dated"
