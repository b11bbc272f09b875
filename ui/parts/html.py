"""Small pieces of HTML. Arguments called text, caption, href and the like are escaped here.

A mark beside a figure leads to its source on the Evidence page, and where there is one to its
conflict or to the claims that were checked. Marks are short: they travel with every figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.sources import source
from stp_data.evidence import claims, conflicts
from stp_data.evidence.rivals import ENGLAND, Conflict
from stp_data.overview.shading import Key


def link(href: str, text: str, *, new_tab: bool = False) -> str:
    """A link; within the site it opens in the same tab.

    A plain one, because Streamlit's own keeps the old address when only the query changes.
    """
    target = "_blank" if new_tab else "_self"
    return f'<a href="{escape(href)}" target="{target}">{escape(text, quote=False)}</a>'


def small(text: str) -> str:
    """A remark in small print; nothing where there is no text."""
    return f"<small>{escape(text)}</small>" if text else ""


def lines(*parts: str) -> str:
    """Pieces of HTML one below the other, without those that are empty."""
    return "<br>".join(filter(None, parts))


def fold(summary: str, body: str) -> str:
    """HTML that opens on a click."""
    return f'<details class="stp-fold"><summary>{escape(summary)}</summary>{body}</details>'


def cite(atlas: Atlas, key: str, *, linked: bool = True) -> str:
    """Publisher and date of a source, linked where it has an address, and its mark."""
    found = source(atlas, key)
    short = sources.short_citation(found)
    if found.url and linked:
        return link(found.url, short, new_tab=True) + mark(key)
    return escape(short, quote=False) + mark(key)


def mark(key: str) -> str:
    """A link to a source on the Evidence page, with all that it is used for."""
    # Known to the style sheet by its address, which shows a sign in place of the word that a
    # screen reader reads: marks travel with every figure, and a class would cost more.
    # The word joiner keeps the mark on the line of what it follows.
    return f"\u2060<a href=evidence?source={key}>source</a>"


def marks(keys: Iterable[str]) -> str:
    """A mark for each of several sources, each once."""
    return "".join(mark(key) for key in dict.fromkeys(keys))


def differs(conflict: Conflict | None) -> str:
    """A mark that sources differ on a figure; nothing where they do not."""
    if conflict is None:
        return ""
    noun = NOUNS.get(conflict.kind, "figures")
    return f" <a href=evidence?conflict={conflict.key}>{conflict.answers} {noun} differ</a>"


NOUNS = {
    "lead": "names",
    "date": "dates",
    "title": "titles",
    "event": "dates",
    "theme": "answers",
}
"""What differs, where it is not figures."""


def checked(atlas: Atlas, about: str, code: str) -> str:
    """A mark that a claim about a figure of a footprint, or of England, was checked."""
    touching = [c for c in claims.touching(atlas, about) if c.code in (ENGLAND, code)]
    if not touching:
        return ""
    where = f"claim={touching[0].key}" if len(touching) == 1 else f"about={about}"
    words = wording.count(len(touching), "checked claim", "checked claims")
    return f" <a href=evidence?{where}>{words.removeprefix('1 ')}</a>"


def checked_series(atlas: Atlas, series: str) -> str:
    """A mark that claims about a national series were checked."""
    return checked(atlas, f"series:{series}", ENGLAND)


def checks(atlas: Atlas, code: str, measure: str) -> str:
    """Marks beside a stated figure: whether sources differ, and whether a claim was checked."""
    return differs(conflicts.of_figure(atlas, code, measure)) + checked(
        atlas, f"stated:{code}:{measure}", code
    )


def cite_all(atlas: Atlas, keys: Iterable[str]) -> str:
    """Several sources, each once."""
    return "; ".join(cite(atlas, key) for key in dict.fromkeys(keys))


def cite_short(atlas: Atlas, keys: Iterable[str]) -> str:
    """Several sources with their marks alone, each publisher once: for where bytes count."""
    by_publisher: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        found = source(atlas, key)
        name = escape(sources.short_citation(found).removesuffix(sources.dated(found)))
        by_publisher.setdefault(name, []).append(escape(sources.dated(found)) + mark(key))
    return "; ".join(f"{name}{', '.join(dates)}" for name, dates in by_publisher.items())


def cite_few(atlas: Atlas, keys: tuple[str, ...]) -> str:
    """Up to three sources; of more, how many, and where each is named."""
    if len(keys) <= MOST_CITED:
        return cite_all(atlas, keys)
    return f"{len(keys)} documents, listed in the CSV and on the footprints' pages"


MOST_CITED = 3


def legend(keys: Iterable[Key]) -> str:
    """Swatches with their class limits."""
    items = "".join(
        f"<li><span style=background:{key.colour}></span>{escape(key.text)}</li>" for key in keys
    )
    return f'<ul class="stp-legend" aria-label="Legend">{items}</ul>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms and descriptions; descriptions are HTML already."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{text}</dd>" for term, text in pairs)
    return f'<dl class="stp-facts">{items}</dl>'


def table(
    caption: str,
    head: list[str],
    rows: Iterable[list[str]],
    *,
    numbers_from: int | None = None,
    marked: frozenset[int] = frozenset(),
    scrolls: bool = True,
) -> str:
    """A table; cells are HTML already.

    Columns from ``numbers_from`` on are figures, set to the right; ``marked`` rows are bold.
    A table that may be wider than a phone ``scrolls`` in a frame of its own.
    """
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        f"<tr{' class=preferred' if line in marked else ''}>"
        f"<th>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>"
        for line, row in enumerate(rows)
    )
    aligned = "" if numbers_from is None else f" num{numbers_from}"
    whole = (
        f'<table class="stp-table{aligned}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )
    if not scrolls:
        return whole
    return (
        f'<div class="stp-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"{whole}</div>"
    )
