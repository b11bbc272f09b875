"""Rows of a footprint's sections as HTML tables."""

from __future__ import annotations

from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import members
from stp_data.organisations.members import Member
from stp_data.overview.footprint_sections import Part, Row
from stp_data.places.footprints import Footprint
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, proof


def table(atlas: Atlas, code: str, part: Part, numbers_from: int | None = None) -> str:
    """Return the rows with their sources, or the sentence that there are none."""
    if not part.rows:
        return line(escape(part.nothing))
    has_sources = any(row.sources for row in part.rows)
    rows = [
        [
            _heading(atlas, code, row),
            *map(escape, row.cells[1:]),
            *([proof(atlas, row.sources, row.confidence, row.note)] if has_sources else []),
        ]
        for row in part.rows
    ]
    return html.table(
        part.caption,
        [*part.columns, *([SOURCE] if has_sources else [])],
        rows,
        numbers_from=numbers_from,
        marked=frozenset(at for at, row in enumerate(part.rows) if row.is_used),
    ) + sources(atlas, part)


def sources(atlas: Atlas, part: Part) -> str:
    """Return the sources that all rows rest on, as a note."""
    if not part.sources:
        return ""
    return f'<p class="stp-note">{part.basis}: {html.cite_all(atlas, part.sources)}.</p>'


def _heading(atlas: Atlas, code: str, row: Row) -> str:
    """Return the first cell, with marks of conflicts and claims, and what stands under it."""
    checked = html.checked(atlas, row.claims, code) if row.claims else ""
    under = f"{row.under} (figure we use)" if row.is_used else row.under
    small = f"<br><small>{escape(under)}</small>" if under else ""
    return f"{escape(row.cells[0])}{html.differs(row.conflict)}{checked}{small}"


def facts(atlas: Atlas, code: str, rows: tuple[Row, ...]) -> str:
    """Return rows of a label, a value and a remark, each as a line."""
    lines = []
    for row in rows:
        label, value, remark = map(escape, row.cells)
        if not row.sources:
            lines.append(line(f"{label}: {value}."))
            continue
        checked = html.checked(atlas, row.claims, code) if row.claims else ""
        cited = proof(atlas, row.sources, row.confidence, row.note)
        lines.append(line(f"{label}: <b>{value}</b>, {remark}. {cited}{checked}"))
    return "".join(lines)


def beside(here: Footprint, part: Part) -> str:
    """Return other footprints, each with a link to its page and to a comparison."""
    rows = []
    for row in part.rows:
        (other,) = row.places
        compare = (
            f'<a href="compare?areas={here.slug},{other.slug}" target="_self" '
            f'aria-label="Compare with {escape(other.name)}">Compare</a>'
        )
        rows.append([footprint_link(other.slug, other.name), compare, escape(row.cells[1])])
    return html.table(part.caption, [part.columns[0], "Side by side", part.columns[1]], rows)


def shared(atlas: Atlas, part: Part) -> str:
    """Return members of several footprints, with links to the others."""
    if not part.rows:
        return line(part.nothing)
    rows = []
    for row in part.rows:
        links = "; ".join(footprint_link(other.slug, other.name) for other in row.places)
        cited = html.cite_all(atlas, row.sources)
        rows.append([escape(row.cells[0]), links or escape(row.cells[1]), cited])
    return html.table(part.caption, [*part.columns, "Listed here by"], rows)


def by_type(atlas: Atlas, code: str) -> str:
    """Return members, one row for each type and the sources that list those members."""
    rows = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        by_proof: dict[str, list[Member]] = {}
        for member in those:
            by_proof.setdefault(_lists(atlas, member), []).append(member)
        for listed_by, named in by_proof.items():
            number = f"{len(named)} of {len(those)}" if len(by_proof) > 1 else len(those)
            name = f"{label[0].upper()}{label[1:]} ({number})"
            items = "".join(f"<li>{escape(m.name)}{_notes(m)}</li>" for m in named)
            rows.append([escape(name), f'<ul class="stp-bodies">{items}</ul>', listed_by])
    return html.table("Members by type", ["Type", "Organisations", "Sources"], rows)


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
