"""What the tables of several pages share: sources with notes, headings and sentences."""

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
    caution = "Low confidence." if confidence == "low" else ""
    remarks = " ".join(filter(None, (caution, note)))
    return html.lines(html.cite_all(atlas, sources), html.small(remarks))


def line(words: str) -> str:
    """A sentence of its own; ``words`` is HTML already."""
    return f'<p class="stp-line">{words}</p>'


def part(title: str) -> str:
    """Heading of a part of a section."""
    return f'<h3 class="stp-part">{escape(title)}</h3>'


def footprint_link(slug: str, name: str, section: str = "") -> str:
    """A link to a footprint's page, or to one of its sections."""
    return html.link(f"footprint?area={slug}{f'#{section}' if section else ''}", name)


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
