"""Small pieces of HTML: every text is escaped, and every figure has its source beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data import wording
from stp_data.atlas import Atlas
from stp_data.shading import Key
from stp_data.sources import source


def cite(atlas: Atlas, key: str, *, linked: bool = True) -> str:
    """Publisher and date of a source, linked where it has an address."""
    found = source(atlas, key)
    short = wording.short_citation(found)
    if not (found.url and linked):
        return escape(short)
    return f'<a href="{escape(found.url, quote=True)}" target="_blank">{escape(short)}</a>'


def cite_all(atlas: Atlas, keys: Iterable[str]) -> str:
    """Several sources, each once."""
    return "; ".join(cite(atlas, key) for key in dict.fromkeys(keys))


def cite_few(atlas: Atlas, keys: tuple[str, ...]) -> str:
    """Up to three sources; of more, how many, and where each is named."""
    if len(keys) <= MOST_CITED:
        return cite_all(atlas, keys)
    return f"{len(keys)} documents, each named in the CSV and on its footprint's page"


MOST_CITED = 3


def legend(keys: Iterable[Key]) -> str:
    """Swatches with their class limits."""
    items = "".join(
        f"<li><i style=background:{key.colour}></i>{escape(key.text)}</li>" for key in keys
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
    whole = (
        f'<table class="stp-table{_aligned(numbers_from)}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )
    if not scrolls:
        return whole
    return (
        f'<div class="stp-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"{whole}</div>"
    )


def _aligned(numbers_from: int | None) -> str:
    return "" if numbers_from is None else f" num{numbers_from}"
