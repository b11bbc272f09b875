"""Tables and sentences of the Priorities page."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data import comparing, footprints, measures, priorities, sources, wording
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from stp_data.priorities import Question, Rules
from stp_data.standing import CERTAIN_ENOUGH, Finding
from ui import copying, html

MOST_PAIRS = 15
MOST_ALIKE = 5


@lru_cache(maxsize=16)
def counted(atlas: Atlas, rules: Rules) -> str:
    """All themes, the most named first, each a link to who names it."""
    themes, counts = priorities.themes(atlas), priorities.counts(atlas, rules)
    parts = []
    for kind, title in (("clinical", "Clinical priorities"), ("enabler", "Enablers")):
        keys = [key for key, theme in themes.items() if theme.kind == kind]
        rows = [
            [
                f'<a href="priorities?{_query(rules, theme=key)}" target="_self" '
                f'title="{escape(themes[key].description)}">{escape(themes[key].label)}</a>',
                f"{counts[key]} of 44",
            ]
            for key in sorted(keys, key=lambda key: (-counts[key], themes[key].label))
        ]
        parts.append(html.table(title, ["Theme", "Plans that name it"], rows, numbers_from=1))
    return f'<div class="stp-columns">{"".join(parts)}</div>'


def _query(rules: Rules, **more: str) -> str:
    parts = [f"{name}={value}" for name, value in more.items()]
    parts += [f"evidence={rules.strength}"] if rules.strength != "any" else []
    parts += ["years=all"] if rules.later else []
    return "&amp;".join(parts)


@lru_cache(maxsize=256)
def one_footprint(atlas: Atlas, footprint: Footprint, question: Question) -> str:
    """What the chosen footprint answers, beside the map."""
    themes = priorities.themes(atlas)
    has = priorities.named(atlas, question.rules)[footprint.code]
    read = priorities.coverage(atlas, footprint.code)
    words = _labels(atlas, [key for key in (question.themes or themes) if key in has])
    lost = _labels(atlas, [key for key in question.themes if key not in has])
    said = [f"names {words}"] if words else []
    said += [f"{lost} not found"] if lost else []
    return (
        f'<p class="stp-line"><b><a href="footprint?area={footprint.slug}" target="_self">'
        f"{escape(footprint.name)}</a></b>: {'; '.join(said)}, in {read.read} sources read "
        f"({read.official} official).</p>"
    )


def _labels(atlas: Atlas, keys: list[str]) -> str:
    themes = priorities.themes(atlas)
    return escape(wording.listed([themes[key].label.lower() for key in keys]))


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
        remarks = "; ".join(text for text in (f"confidence: {one.confidence}", one.note) if text)
        rows.append(
            [
                escape(doc.title),
                f"{html.cite(atlas, one.source)}<br><small>"
                f"{'official' if one.official else 'not official'} "
                f"({escape(wording.publisher_type(doc))})</small>",
                wording.as_of(one.as_of),
                escape(remarks),
            ]
        )
    number = wording.count(len(found), "source", "sources")
    return html.table(
        f"{place.name}, {label.lower()}: {number} of the {read.read} read",
        ["Document", "Publisher and date", "Describes the plan as of", "Note"],
        rows,
    )


def together_headline(atlas: Atlas, rules: Rules, kind: str | None) -> str:
    """Whether any pair goes together beyond chance."""
    pairs = priorities.together(atlas, rules, kind)
    firm = [pair for pair in pairs if pair.q < CERTAIN_ENOUGH]
    if not firm:
        return "No two themes are named together more, or less, often than chance would have it"
    return (
        f"{wording.count(len(firm), 'pair of themes is', 'pairs of themes are')} named together "
        "more, or less, often than chance would have it"
    )


@lru_cache(maxsize=16)
def together(atlas: Atlas, rules: Rules, kind: str | None) -> str:
    """The least likely pairs, with the plain numbers."""
    themes = priorities.themes(atlas)
    pairs = priorities.together(atlas, rules, kind)
    rows = [
        [
            f'<a href="priorities?{_query(rules, theme=f"{pair.first},{pair.second}")}" '
            f'target="_self">{escape(themes[pair.first].label)} and '
            f"{escape(themes[pair.second].label.lower())}</a>",
            "more often" if pair.phi > 0 else "less often",
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
    table = html.table(
        f"The {len(rows)} least likely of {len(pairs)} pairs, over all 44 plans",
        [
            "Pair", "Together", "Name both", "Expected", "First only", "Second only", "Neither",
            "Phi", "p", "q",
        ],
        rows,
        numbers_from=2,
    )  # fmt: skip
    return (
        f'<p class="stp-line">{_CAUTION.format(pairs=len(pairs), level=CERTAIN_ENOUGH)}</p>{table}'
    )


_CAUTION = (
    "44 plans are few. Phi runs from −1 (never together) to 1 (always); p is Fisher’s exact test, "
    "two-sided; q is p adjusted for looking at all {pairs} pairs (Benjamini and Hochberg). A pair "
    "counts as beyond chance when q is below {level}; take the others as hints at most."
)


def alike_headline(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """The nearest plan, and what is shared with it."""
    nearest = priorities.most_alike(atlas, footprint.code, rules)[0]
    name = footprints.all_footprints(atlas)[nearest.code].name
    either = len(nearest.shared) + len(nearest.only_here) + len(nearest.only_there)
    return (
        f"In its themes the plan of {footprint.name} is most like that of {name}: of {either} "
        f"themes that either names, both name {len(nearest.shared)}"
    )


@lru_cache(maxsize=128)
def plans_alike(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """The plans nearest in themes: what they share and where they differ."""
    places = footprints.all_footprints(atlas)
    rows = []
    for other in priorities.most_alike(atlas, footprint.code, rules)[:MOST_ALIKE]:
        there, read = places[other.code], priorities.coverage(atlas, other.code)
        rows.append(
            [
                f'<a href="compare?areas={footprint.slug},{there.slug}" target="_self">'
                f"{escape(there.name)}</a><br><small>{read.read} sources read, {read.official} "
                "official</small>",
                f"{other.similarity:.2f}",
                _labels(atlas, list(other.shared)) or "nothing",
                _labels(atlas, list(other.only_here)) or "nothing",
                _labels(atlas, list(other.only_there)) or "nothing",
            ]
        )
    own = priorities.coverage(atlas, footprint.code)
    return html.table(
        "Plans nearest in themes (Jaccard index: themes that both name, of those that either "
        f"does). For {footprint.name}, {own.read} sources were read, {own.official} of them "
        "official",
        ["Plan of", "Index", "Both name", f"Only {footprint.short_name}", "Only the other"],
        rows,
    )


@lru_cache(maxsize=64)
def places_alike(atlas: Atlas, footprint: Footprint) -> str:
    """The places nearest in population make-up, with the figures compared."""
    places = footprints.all_footprints(atlas)
    near = comparing.places_alike(atlas, footprint.code)[:MOST_ALIKE]
    keys = comparing.MAKE_UP

    def figures(code: str) -> list[str]:
        return [
            wording.value(measures.mapped(atlas)[key], measures.values(atlas, key).by_code[code])
            for key in keys
        ]

    rows = [[escape(footprint.name), "", *figures(footprint.code)]]
    rows += [
        [
            f'<a href="compare?areas={footprint.slug},{places[code].slug}" target="_self">'
            f"{escape(places[code].name)}</a>",
            f"{distance:.1f}",
            *figures(code),
        ]
        for code, distance in near
    ]
    named = dict.fromkeys(measures.values(atlas, key).source_of[footprint.code] for key in keys)
    return (
        html.table(
            "Places nearest in population make-up (Euclidean distance over these measures, each "
            "in standard deviations of the 44)",
            ["Place", "Distance", *(measures.mapped(atlas)[key].label for key in keys)],
            rows,
            numbers_from=1,
            marked=frozenset({0}),
        )
        + f'<p class="stp-note">Sources: {html.cite_all(atlas, named)}</p>'
    )


def standing(found: Finding, documents: int, where: str, quotation: str) -> str:
    """One sentence with the view that proves it, ready to copy."""
    return (
        f"<li>{escape(found.text)} <small>{wording.count(documents, 'document', 'documents')}. "
        f'<a href="{escape(where)}" target="_self">See who</a></small> '
        f"{copying.button('Copy sentence', quotation)}</li>"
    )
