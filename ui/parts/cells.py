"""What the tables of several pages share: sources with notes, headings and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data.core.atlas import Atlas
from stp_data.overview.sentences import Phrase, Sentence
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


def sentence(atlas: Atlas, code: str, phrases: Sentence) -> str:
    """A sentence about a footprint, each phrase followed by its sources and marks."""
    return "".join(_phrase(atlas, code, one) for one in phrases)


def _phrase(atlas: Atlas, code: str, one: Phrase) -> str:
    text = f"<b>{escape(one.text)}</b>" if one.is_bold else escape(one.text)
    cited = f" <small>[{html.cite_all(atlas, one.sources)}]</small>" if one.sources else ""
    checked = html.checked(atlas, one.claims, code) if one.claims else ""
    return f"{text}{cited}{html.differs(one.conflict)}{checked}"
