"""Statements checked, as cards."""

from __future__ import annotations

from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import claims
from stp_data.evidence.claims import VERDICTS, Claim
from ui.evidence import links
from ui.parts import html
from ui.parts.cells import line

SIGNS = dict(zip(VERDICTS, "✓△✕?", strict=True))
"""A shape for each verdict, beside its words."""


def verdict(word: str) -> str:
    """A verdict: its shape and its words."""
    return (
        f'<span class="stp-verdict v{list(VERDICTS).index(word)}">'
        f"<b aria-hidden=true>{SIGNS[word]}</b> {VERDICTS[word]}</span>"
    )


def verdict_counts(found: tuple[Claim, ...]) -> str:
    """How many have each verdict."""
    counts = claims.verdict_counts(found).items()
    items = "".join(f"<li>{verdict(word)} {number}</li>" for word, number in counts)
    return f'<ul class="stp-legend" aria-label="Findings">{items}</ul>'


def card(atlas: Atlas, one: Claim, *, folded: bool = False) -> str:
    """One claim: what is said, by whom, the finding, why, and the sources.

    ``folded``: the last two open on a click, so that a list can be looked through.
    """
    is_later = one.as_of and one.as_of != sources.source(atlas, one.document).date
    when = f", as of {wording.date(one.as_of)}" if is_later else ""
    said = [("Said in", links.document(atlas, one.document) + when)]
    if one.right_figure:
        said.append(("What the evidence says", f"<b>{escape(one.right_figure)}</b>"))
    checked = [
        ("Reason", escape(one.explanation)),
        ("Checked against", html.cite_all(atlas, one.sources)),
        *([("Note", escape(one.note))] if one.note else []),
    ]
    text = html.facts([*said, *checked])
    if folded:
        number = wording.count(len(one.sources), "source", "sources")
        text = html.facts(said) + html.fold(f"Reason and {number}", html.facts(checked))
    about = (
        f"{verdict(one.verdict)} <small>· {escape(one.topic)}, {links.place(atlas, one.code)} · "
        f"{links.evidence('Link to this', claim=one.key)}</small>"
    )
    return (
        f'<article class="stp-card" id="{one.key}"><h3>{escape(one.statement)}</h3>'
        f"{line(about)}{text}</article>"
    )


def cards(atlas: Atlas, found: tuple[Claim, ...]) -> str:
    """All of them, those that are wrong first, with their reasons folded."""
    worst_first = ("wrong", "holds with a caveat", "cannot be checked", "holds")
    ordered = sorted(found, key=lambda one: worst_first.index(one.verdict))
    every = "".join(card(atlas, one, folded=True) for one in ordered)
    return f'<div class="stp-cards">{every}</div>'
