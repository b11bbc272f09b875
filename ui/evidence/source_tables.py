"""Sources and what they are used for, rows left out, and corrections to raw files."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.sources import Source
from stp_data.evidence import claims, conflicts, source_usage
from ui.evidence import links
from ui.evidence.claim_cards import verdict
from ui.parts import html
from ui.parts.cells import part


def listed(atlas: Atlas, found: Iterable[Source], caption: str) -> str:
    """Sources with what each is used for; a title opens one."""
    rows = [
        [
            links.evidence(one.title, source=one.key),
            html.lines(escape(one.publisher), html.small(sources.publisher_type(one))),
            wording.as_of(one.date),
            escape(source_usage.in_words(atlas, one.key)),
            f'<a href="{escape(one.url)}" target="_blank" '
            f'aria-label="Open {escape(one.title)}">Open</a>'
            if one.url
            else "no address",
        ]
        for one in found
    ]
    return html.table(caption, ["Source", "Publisher", "Date", "Used for", "Document"], rows)


def source(atlas: Atlas, one: Source) -> str:
    """One source: its citation, the conflicts and claims that cite it, and each row that does."""
    licence = atlas.sources.set_index("source")["licence"][one.key]
    address = html.link(one.url, one.url, new_tab=True) if one.url else "none"
    facts = [
        ("Citation", escape(sources.citation(one))),
        ("Address", f'<span class="stp-citation">{address}</span>'),
        ("Type of publisher", sources.publisher_type(one) + (", official" if one.official else "")),
        ("Licence or use", escape(licence)),
        ("Used for", escape(source_usage.in_words(atlas, one.key))),
    ]
    differing = (
        f"{links.evidence(f'{c.about}, {conflicts.place(atlas, c.code)}', conflict=c.key)}: "
        f"{escape(c.rule)}"
        for c in conflicts.of_source(atlas, one.key)
    )
    touching = (
        f"{verdict(c.verdict)} {links.evidence(c.statement, claim=c.key)} "
        f"{html.small('said here' if c.document == one.key else 'checked against this')}"
        for c in claims.claims(atlas)
        if one.key in (c.document, *c.sources)
    )
    return (
        f'<div class="stp-source">{html.facts(facts)}'
        f"{_items('Conflicts that cite it', differing)}"
        f"{_items('Claims made in it or checked against it', touching)}"
        f"{_uses(atlas, one.key)}</div>"
    )


def _items(title: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{text}</li>" for text in texts)
    return f"{part(title)}<ul>{items}</ul>" if items else ""


def _uses(atlas: Atlas, key: str) -> str:
    every = source_usage.uses(atlas, key)
    rows = [
        [
            links.place(atlas, use.code, links.SECTIONS.get(use.table, ""))
            if use.code
            else "All footprints",
            escape(use.text),
            f'<a href="download/{use.table}.csv" download>{use.table}.csv</a>',
        ]
        for use in every
        if use.table not in ("readings", "claims")
    ]
    read = [links.place(atlas, use.code, "missing") for use in every if use.table == "readings"]
    table = html.table("Where it is used", ["Place", "Fact", "Table"], rows) if rows else ""
    if not read:
        return table
    return f'{table}<p class="stp-note">Read for {len(read)} of the 44: {"; ".join(read)}.</p>'


def exclusions(rows: Iterable[dict[str, str]], caption: str) -> str:
    """Raw rows that were left out, each with its reason."""
    cells = ([escape(row[name]) for name in ("key", "reason", "file")] for row in rows)
    return html.table(caption, ["Raw row", "Reason", "File"], cells)


def corrections(rows: Iterable[dict[str, str]]) -> str:
    """Changes to raw rows: what it was, what it is now, and why."""
    cells = (
        [
            html.lines(escape(row["key"]), html.small(f"{row['field']}, {row['file']}")),
            escape(row["was"]) or "empty",
            escape(row["becomes"]) or "empty",
            escape(row["reason"]),
        ]
        for row in rows
    )
    return html.table("Corrections to raw files", ["Cell", "Before", "After", "Reason"], cells)
