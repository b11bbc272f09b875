"""Tables and sentences of the Priorities page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import comparing
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.priorities import completeness as completeness_of
from stp_data.priorities import counts_by_others, themes_named
from stp_data.priorities.findings import Finding
from stp_data.priorities.themes_named import Question, Rules
from ui.parts import copying, html

MOST_PAIRS = 15
MOST_ALIKE = 5


@lru_cache(maxsize=16)
def counted(atlas: Atlas, rules: Rules) -> str:
    """All themes with at least how many plans name each, each a link to those plans."""
    themes, counts = themes_named.themes(atlas), themes_named.counts(atlas, rules)
    parts = []
    for kind, title in (("clinical", "Clinical priorities"), ("enabler", "Enablers")):
        keys = [key for key, theme in themes.items() if theme.kind == kind]
        rows = [
            [
                f'<a href="priorities?{_query(rules, theme=key)}" target="_self" '
                f'title="{escape(themes[key].description)}">{escape(themes[key].label)}</a>',
                wording.at_least(counts[key], 44) if counts[key] else "",
            ]
            for key in sorted(keys, key=lambda key: (-counts[key], themes[key].label))
        ]
        parts.append(html.table(title, ["Theme", "Plans that name it"], rows, numbers_from=1))
    return f'<div class="stp-columns">{"".join(parts)}</div>'


def _query(rules: Rules, **more: str) -> str:
    """A query of the Priorities page under the same rules; HTML."""
    unlike = {name: w for name, w in rules.words.items() if w != themes_named.WORDS[name][0]}
    return "&amp;".join(f"{name}={value}" for name, value in {**more, **unlike}.items())


def beside(atlas: Atlas, question: Question) -> str:
    """What others counted for the one theme asked for, and where its sheet is.

    Others counted over all of England, so nothing of theirs is beside the count of a region.
    """
    (theme,) = question.themes
    said = "" if question.region else counts_by_others.beside(atlas, theme, question.rules)
    plans = [one for one in counts_by_others.of_theme(atlas, theme) if one.unit == "plans"]
    quoted = [one for one in plans if one.names] or plans[:1]
    read_in = html.cite_short(atlas, (one.source for one in quoted))
    told = f'<p class="stp-line stp-prose">{escape(said)} <small>[{read_in}]</small></p>'
    return (told if said else "") + (
        f'<p class="stp-line"><a href="theme/{theme}" target="_self">Sheet for this theme</a> · '
        f'<a href="theme/{theme}.docx" target="_self">Word</a></p>'
    )


@lru_cache(maxsize=256)
def one_footprint(atlas: Atlas, footprint: Footprint, question: Question) -> str:
    """What the chosen footprint answers, beside the map."""
    themes, rules = themes_named.themes(atlas), question.rules
    proofs = themes_named.evidence(atlas, later=rules.later)
    read = themes_named.coverage(atlas, footprint.code)
    has = themes_named.by_evidence(atlas, footprint.code, rules)
    found = [
        f"{themes[key].label.lower()} "
        f"({themes_named.firmest(themes_named.counting(proofs[footprint.code, key], rules))})"
        for key in has
        if key in (question.themes or themes)
    ]
    lost = [themes[key].label.lower() for key in question.themes if key not in has]
    said = [f"names {escape(wording.listed(found))}"] if found else []
    said += [f"{escape(wording.listed(lost))} not found"] if lost else []
    return (
        f'<p class="stp-line"><b><a href="footprint?area={footprint.slug}" target="_self">'
        f"{escape(footprint.name)}</a></b>: {'; '.join(said)}, in the {read.read} documents read "
        f"({read.official} official).</p>"
    )


def _labels(atlas: Atlas, keys: Iterable[str]) -> str:
    themes = themes_named.themes(atlas)
    return escape(wording.listed([themes[key].label.lower() for key in keys]))


@lru_cache(maxsize=256)
def proof(atlas: Atlas, code: str, theme: str, rules: Rules) -> str:
    """Every source for one footprint and theme: how it presents it, title, publisher, date.

    Sources that do not count under the rules are listed too, and say so.
    """
    found = themes_named.evidence(atlas, later=True).get((code, theme), ())
    counting = themes_named.counting(found, rules)
    place = footprints.all_footprints(atlas)[code]
    label = themes_named.themes(atlas)[theme].label
    read = themes_named.coverage(atlas, code)
    if not found:
        return (
            f'<p class="stp-line">{escape(label)} was not found in the {read.read} documents read '
            f"for {escape(place.name)} ({read.official} official). It may still be in the plan.</p>"
        )
    rows = []
    for one in found:
        doc = sources.source(atlas, one.source)
        remarks = [f"Confidence: {one.confidence}", one.note.rstrip(".")]
        remarks += [] if one in counting else ["Not counted under the filters chosen"]
        rows.append(
            [
                escape(doc.title),
                f"<b>{one.how}</b>",
                f"{html.cite(atlas, one.source)}<br><small>"
                f"{'official' if one.official else 'not official'} "
                f"({escape(sources.publisher_type(doc))})</small>",
                wording.as_of(one.as_of),
                escape(". ".join(filter(None, remarks)) + "."),
            ]
        )
    number = wording.count(len(found), "document shows", "documents show")
    return html.table(
        f"{place.name}, {label.lower()}: {number} it, of the {read.read} read",
        ["Document", "How", "Publisher and date", "Describes the plan as of", "Note"],
        rows,
    )


DEPENDS = (
    "More was read for some footprints than for others, so what looks alike here can change as "
    "more documents are read."
)
TOGETHER = "Themes often named together in the documents read"


@lru_cache(maxsize=16)
def together(atlas: Atlas, rules: Rules, kind: str | None) -> str:
    """The least likely pairs, with the plain numbers."""
    themes = themes_named.themes(atlas)
    pairs = themes_named.together(atlas, rules, kind)
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
        f"The {len(rows)} pairs furthest from chance, of {len(pairs)}; numbers of plans are as far "
        "as found",
        [
            "Pair", "Together", "Both found", "Expected by chance", "First without second",
            "Second without first", "Neither found", "Phi", "p", "q",
        ],
        rows,
        numbers_from=2,
    )  # fmt: skip
    caution = _CAUTION.format(pairs=len(pairs), level=themes_named.CERTAIN_ENOUGH)
    return f'<p class="stp-line">{caution}</p>{table}'


_CAUTION = (
    "Phi runs from −1 (never together) to 1 (always); p is Fisher’s exact test, "
    "two-sided; q is p adjusted for looking at all {pairs} pairs (Benjamini and Hochberg). A pair "
    "counts as beyond chance when q is below {level}; take the others as hints at most."
)


def alike_headline(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """A similar plan, and how many themes at least it shares."""
    nearest = themes_named.most_alike(atlas, footprint.code, rules)[0]
    name = footprints.all_footprints(atlas)[nearest.code].name
    number = wording.count(len(nearest.shared), "theme", "themes")
    return f"The plans of {footprint.name} and {name} both name at least {number}"


@lru_cache(maxsize=128)
def plans_alike(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """Similar plans by the themes found so far: what they share and where they differ."""
    places = footprints.all_footprints(atlas)
    rows = []
    for other in themes_named.most_alike(atlas, footprint.code, rules)[:MOST_ALIKE]:
        there, read = places[other.code], themes_named.coverage(atlas, other.code)
        rows.append(
            [
                f'<a href="compare?areas={footprint.slug},{there.slug}" target="_self">'
                f"{escape(there.name)}</a><br><small>{read.read} documents read, {read.official} "
                "official</small>",
                f"{other.similarity:.2f}",
                _labels(atlas, other.shared) or "–",
                _labels(atlas, other.only_here) or "–",
                _labels(atlas, other.only_there) or "–",
            ]
        )
    own = themes_named.coverage(atlas, footprint.code)
    return html.table(
        "Similar plans, by the themes found (Jaccard index: themes found for both, of those found "
        f"for either). For {footprint.name}, {own.read} documents were read, {own.official} of "
        "them official",
        [
            "Plan of", "Index", "Found for both", f"{footprint.short_name}, not found there",
            f"There, not found for {footprint.short_name}",
        ],
        rows,
    )  # fmt: skip


@lru_cache(maxsize=64)
def places_alike(atlas: Atlas, footprint: Footprint) -> str:
    """The areas with the most similar populations, with the figures compared."""
    places = footprints.all_footprints(atlas)
    near = comparing.places_alike(atlas, footprint.code)[:MOST_ALIKE]
    keys = comparing.MAKE_UP

    def figures(code: str) -> list[str]:
        return [
            measures.shown(measures.mapped(atlas)[key], measures.values(atlas, key).by_code[code])
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
            "Areas with similar populations (Euclidean distance over these measures, each "
            "in standard deviations of the 44)",
            ["Place", "Distance", *(measures.mapped(atlas)[key].label for key in keys)],
            rows,
            numbers_from=1,
            marked=frozenset({0}),
        )
        + f'<p class="stp-note">Sources: {html.cite_all(atlas, named)}</p>'
    )


def finding(found: Finding, documents: int, where: str, quotation: str) -> str:
    """One sentence with the view that proves it, ready to copy."""
    read = wording.count(documents, "document", "documents")
    return (
        f"<li>{escape(found.text)} <small>{read}. "
        f'<a href="{escape(where)}" target="_self">See which</a></small> '
        f"{copying.button('Copy sentence', quotation)}</li>"
    )


def completeness(atlas: Atlas, rules: Rules) -> str:
    """How much of what plans name was probably found, with what the estimate assumes."""
    return (
        f'<p class="stp-line stp-prose">{escape(completeness_of.sentence(atlas, rules))}</p>'
        '<details class="stp-fold stp-prose"><summary>What this estimate assumes</summary>'
        f"<p>{escape(completeness_of.ASSUMPTIONS)}</p></details>"
    )
