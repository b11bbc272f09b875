"""The parts of the Priorities page."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data import comparing, footprints, priorities, sources, wording
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from stp_data.priorities import Evidence, Question, Rules
from stp_data.standing import findings
from ui import html

MOST_SOURCES = 3
"""Sources shown in a cell; the file has all of them."""
MOST_PAIRS = 12
CAUTION_BELOW = 0.05


@lru_cache(maxsize=128)
def listing(atlas: Atlas, question: Question) -> str:
    """Footprints that answer the question, with the sources for each theme."""
    codes = priorities.answer(atlas, question)
    themes, places = priorities.themes(atlas), footprints.all_footprints(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    rows = []
    for code in codes:
        read = priorities.coverage(atlas, code)
        cells = [_cell(atlas, proofs.get((code, key), ()), read.read) for key in question.themes]
        rows.append([escape(places[code].name), *cells, f"{read.read} ({read.official} official)"])
    if not rows:
        return '<p class="stp-line">No plan does, in the sources read.</p>'
    return html.table(
        "Footprints and the sources that show it; official sources first",
        ["Footprint", *(themes[key].label for key in question.themes), "Sources read"],
        rows,
    )


def _cell(atlas: Atlas, found: tuple[Evidence, ...], read: int) -> str:
    if not found:
        return f"not found in {read} sources read"
    shown = "; ".join(html.cite(atlas, proof.source) for proof in found[:MOST_SOURCES])
    more = len(found) - MOST_SOURCES
    return shown + (f" and {more} more" if more > 0 else "")


@lru_cache(maxsize=256)
def proof(atlas: Atlas, code: str, theme: str, later: bool) -> str:
    """Every source for one footprint and theme: title, publisher, date, link."""
    found = priorities.evidence(atlas, later=later).get((code, theme), ())
    place = footprints.all_footprints(atlas)[code]
    label = priorities.themes(atlas)[theme].label
    read = priorities.coverage(atlas, code)
    if not found:
        return (
            f'<p class="stp-line">{escape(label)} was not found in the {read.read} sources read '
            f"for {escape(place.name)} ({read.official} official). That is not a no.</p>"
        )
    rows = []
    for one in found:
        doc = sources.source(atlas, one.source)
        remarks = [text for text in (f"confidence: {one.confidence}", one.note) if text]
        rows.append(
            [
                escape(doc.title),
                f"{html.cite(atlas, one.source)}<br><small>{escape(doc.publisher_type)}</small>",
                wording.date(one.as_of) if one.as_of else "not dated",
                escape("; ".join(remarks)),
            ]
        )
    return html.table(
        f"{place.name}, {label.lower()}: {wording.count(len(found), 'source', 'sources')}",
        ["Document", "Publisher and date", "Plan as of", "Note"],
        rows,
    )


@lru_cache(maxsize=16)
def together(atlas: Atlas, rules: Rules, kind: str | None) -> str:
    """The strongest pairs, with the plain numbers and how far chance may explain them."""
    themes = priorities.themes(atlas)
    pairs = priorities.together(atlas, rules, kind)
    rows = [
        [
            f"{escape(themes[pair.first].label)} and {escape(themes[pair.second].label.lower())}",
            str(pair.both),
            f"{pair.expected:.1f}",
            str(pair.first_only),
            str(pair.second_only),
            str(pair.neither),
            wording.number(pair.phi, 2),
            f"{pair.p:.3f}",
            f"{pair.q:.2f}",
        ]
        for pair in pairs[:MOST_PAIRS]
    ]
    firm = sum(pair.q < CAUTION_BELOW for pair in pairs)
    verdict = (
        f"{wording.count(firm, 'pair stands', 'pairs stand')} out beyond chance once all "
        f"{len(pairs)} pairs are counted in."
        if firm
        else f"No pair stands out beyond chance once all {len(pairs)} pairs are counted in: read "
        "these as hints."
    )
    return f'<p class="stp-line">{verdict}</p>' + html.table(
        "Pairs of themes, the least likely by chance first",
        ["Pair", "Both", "Expected", "Only first", "Only second", "Neither", "Phi", "p", "q"],
        rows,
        numbers_from=1,
    )


@lru_cache(maxsize=128)
def alike(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """The plans nearest in themes: what they share and where they differ."""
    places, themes = footprints.all_footprints(atlas), priorities.themes(atlas)

    def words(keys: tuple[str, ...]) -> str:
        return escape(", ".join(themes[key].label.lower() for key in keys)) or "nothing"

    rows = [
        [
            escape(places[other.code].name),
            f"{other.similarity:.2f}",
            words(other.shared),
            words(other.only_here),
            words(other.only_there),
        ]
        for other in priorities.most_alike(atlas, footprint.code, rules)[:5]
    ]
    near = [
        f"{escape(places[code].name)} ({distance:.1f})"
        for code, distance in comparing.places_alike(atlas, footprint.code)[:5]
    ]
    return html.table(
        f"Plans nearest to that of {footprint.name} in the themes found (Jaccard index)",
        ["Footprint", "Index", "Both name", f"Only {footprint.short_name}", "Only the other"],
        rows,
    ) + (
        f'<p class="stp-line">Places nearest in population make-up (age, rural share, deprivation, '
        "density; distance in standard deviations of the 44): "
        f"{'; '.join(near)}.</p>"
    )


def standing(atlas: Atlas, rules: Rules) -> str:
    """Sentences to quote, each with the address of the view that proves it."""
    items = "".join(
        f"<li>{escape(found.text)} <small>{found.documents} documents. "
        f'<a href="priorities?theme={",".join(found.themes)}&match={found.match}" '
        'target="_self">See who</a></small></li>'
        for found in findings(atlas, rules)
    )
    return f"<ul>{items}</ul>"
