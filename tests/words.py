"""What a text about themes may not say: a count that is no lower bound, a finding out of absence.

For pages, files, answers, charts and previews alike; the text may be HTML.
"""

from __future__ import annotations

import re
from html import unescape

_NAME = r"(?:names?|named|mentions?|sets? out|puts? first)"
_UNLESS_BOUND = r"(?<!at least )(?<!\ball )(?<!\bof )(?<!\bof the )(?<![\d.,£/-])"

FROM_ABSENCE = (
    rf"\bonly\b[^.:]{{0,80}}\b{_NAME}\b(?! of\b)",
    rf"\b{_NAME} only\b",
    r"\bno (?:other )?plans?\b",
    r"\bnone of (?:the|these|our) (?:\d+ )?plans?\b",
    r"\bno two themes\b",
    rf"\bfew(?:er|est)? plans\b|\bfew (?:of them )?{_NAME}\b",
    r"\b(?:least|most|rarely|seldom|less|more)(?: often)? named\b",
    r"\bnamed (?:in|by) the (?:most|fewest) plans\b",
    r"\bthe most themes\b|\bthe fewest themes\b",
    r"\brare(?:st)? (?:themes?|priorit)",
    r"\bunusual\b",
    rf"\bplans?(?: of [\w ,]{{1,80}}?)? (?:do|does|did) not {_NAME}\b",
)
"""Ways to tell an absence as a finding, or to rank what more reading could turn over."""

COUNTS = (
    rf"{_UNLESS_BOUND}\d+ (?:of (?:the )?\d+ )?plans?(?: in [\w ]{{1,40}}?)? {_NAME}\b",
    r"\bnamed(?: or mentioned)? (?:by|in) \d+\b(?! documents?| sources?)",
    rf"{_UNLESS_BOUND}\d+ {_NAME} (?:it|both|all|one)\b",
)
"""Counts of naming that are not said to be lower bounds."""

OF_THE_44 = rf"{_UNLESS_BOUND}\d+ of (?:the )?44\b(?! footprints)"
"""On a page about nothing else, each count of the 44 is one of naming."""


def plain(text: str) -> str:
    """The words of an HTML or other text on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def faults(text: str, *, about_themes: bool = False) -> list[str]:
    """Each place that breaks the rules, with the words around it; none in a text that keeps them.

    ``about_themes`` is for texts that count nothing but plans that name themes.
    """
    words = plain(text)
    patterns = [*FROM_ABSENCE, *COUNTS, *([OF_THE_44] if about_themes else [])]
    return [
        words[max(0, found.start() - 40) : found.end() + 40]
        for pattern in patterns
        for found in re.finditer(pattern, words, re.IGNORECASE)
    ]
