"""What the tables of the footprint page share: proofs, headings and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.plans import statements
from ui.parts import html

SOURCE = "Source and note"


def proof(atlas: Atlas, sources: Iterable[str], confidence: str, note: str) -> str:
    """The sources of a row, and under them what a reader should know."""
    remarks = ["Low confidence."] if confidence == "low" else []
    remarks += [escape(note)] if note else []
    said = f"<br><small>{' '.join(remarks)}</small>" if remarks else ""
    return f"{html.cite_all(atlas, sources)}{said}"


def line(words: str) -> str:
    """A sentence of its own; ``words`` is HTML already."""
    return f'<p class="stp-line">{words}</p>'


def part(title: str) -> str:
    """Heading of a part of a section."""
    return f'<h3 class="stp-part">{escape(title)}</h3>'


def footprint_link(slug: str, name: str, section: str = "") -> str:
    """A link to a footprint's page, or to one of its sections.

    A plain one, because Streamlit's own keeps the old address when only the query changes.
    """
    where = f"footprint?area={slug}{f'#{section}' if section else ''}"
    return f'<a href="{where}" target="_self">{escape(name)}</a>'


def said(atlas: Atlas, code: str, caption: str, topics: dict[str, str], nothing: str) -> str:
    """A table of a footprint's statements on these topics; a sentence where there is none."""
    found = statements.on_topics(statements.statements(atlas, code), topics)
    if not found:
        return line(nothing)
    rows = [
        [
            topics[one.topic],
            escape(one.summary),
            wording.as_of(one.as_of),
            proof(atlas, one.sources, one.confidence, one.note),
        ]
        for one in found
    ]
    return html.table(caption, ["About", "What is said, in our words", "As of", SOURCE], rows)
