"""Rows of a footprint's sections as HTML tables."""

from __future__ import annotations

from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import members
from stp_data.organisations.members import Member
from stp_data.overview.footprint_sections import SHARED_MEMBERS, Row, Table
from stp_data.places.footprints import Footprint
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, proof


def table(atlas: Atlas, code: str, shown: Table, numbers_from: int | None = None) -> str:
    """Return the rows with their sources, or the sentence that there are none."""
    rows = shown.rows(atlas, code)
    if not rows:
        return line(escape(shown.nothing))
    has_sources = any(row.sources for row in rows)
    cells = [
        [
            _heading(atlas, code, row),
            *map(escape, row.cells[1:]),
            *([proof(atlas, row.sources, row.confidence, row.note)] if has_sources else []),
        ]
        for row in rows
    ]
    return html.table(
        shown.caption,
        [*shown.columns, *([SOURCE] if has_sources else [])],
        cells,
        numbers_from=numbers_from,
        marked=frozenset(at for at, row in enumerate(rows) if row.is_used),
    ) + basis(atlas, shown.basis, shown.sources)


def basis(atlas: Atlas, what: str, keys: tuple[str, ...]) -> str:
    """Return the sources that all rows rest on, as a note."""
    return f'<p class="stp-note">{what}: {html.cite_all(atlas, keys)}.</p>' if keys else ""


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


def beside(atlas: Atlas, here: Footprint, shown: Table) -> str:
    """Return other footprints, each with a link to its page and to a comparison."""
    rows = []
    for row in shown.rows(atlas, here.code):
        (other,) = row.places
        compare = (
            f'<a href="compare?areas={here.slug},{other.slug}" target="_self" '
            f'aria-label="Compare with {escape(other.name)}">Compare</a>'
        )
        rows.append([footprint_link(other.slug, other.name), compare, escape(row.cells[1])])
    return html.table(shown.caption, [shown.columns[0], "Side by side", shown.columns[1]], rows)


def shared(atlas: Atlas, code: str) -> str:
    """Return members of several footprints, with links to the others."""
    rows = []
    for row in SHARED_MEMBERS.rows(atlas, code):
        links = "; ".join(footprint_link(other.slug, other.name) for other in row.places)
        cited = html.cite_all(atlas, row.sources)
        rows.append([escape(row.cells[0]), links or escape(row.cells[1]), cited])
    if not rows:
        return line(SHARED_MEMBERS.nothing)
    return html.table(SHARED_MEMBERS.caption, [*SHARED_MEMBERS.columns, "Listed here by"], rows)


def by_type(atlas: Atlas, code: str) -> str:
    """Return members by type; those that the same sources list stand together above these."""
    rows = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        by_proof: dict[str, str] = {}
        for member in those:
            listed_by = _lists(atlas, member)
            item = f"<li>{escape(member.name)}{_notes(member)}</li>"
            by_proof[listed_by] = by_proof.get(listed_by, "") + item
        groups = "".join(
            f'<ul class="stp-bodies">{items}</ul><small>{listed_by}</small>'
            for listed_by, items in by_proof.items()
        )
        rows.append([escape(f"{label[0].upper()}{label[1:]} ({len(those)})"), groups])
    return html.table("Members by type", ["Type", "Organisations, and who lists them"], rows)


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
