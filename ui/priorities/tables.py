"""Tables and sentences of the Priorities page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import comparing
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.priorities import (
    association,
    counts_by_others,
    sharing,
    themes_named,
)
from stp_data.priorities import (
    completeness as estimates,
)
from stp_data.priorities.findings import Finding
from stp_data.priorities.themes_named import KINDS, Question, Rules
from ui.parts import copying, html

MOST_PAIRS = 15
MOST_ALIKE = 5
DEPENDS = (
    "We read more about some footprints than others, so what looks similar here can change as more "
    "documents are read."
)


def plans_by_theme(atlas: Atlas, rules: Rules) -> str:
    """All themes with at least how many plans name each, each a link to those plans."""
    themes, counts = themes_named.themes(atlas), themes_named.counts(atlas, rules)
    parts = []
    for kind, title in KINDS.items():
        keys = [key for key, theme in themes.items() if theme.kind == kind]
        rows = [
            [
                f'<a href="{_link(rules, key)}" target="_self" '
                f'title="{escape(themes[key].description)}">{escape(themes[key].label)}</a>',
                wording.at_least(counts[key], 44) if counts[key] else "",
            ]
            for key in sorted(keys, key=lambda key: (-counts[key], themes[key].label))
        ]
        parts.append(html.table(title, ["Theme", "Plans that name it"], rows, numbers_from=1))
    return f'<div class="stp-columns">{"".join(parts)}</div>'


def _link(rules: Rules, *themes: str) -> str:
    """The address of the plans that name these themes, under the same rules; HTML."""
    return escape(f"priorities?{urlencode({'theme': ','.join(themes), **rules.changed}, safe=',')}")


def compared_with_others(atlas: Atlas, question: Question) -> str:
    """What others counted for the one theme asked for, and where its sheet is.

    Others counted over all of England, so nothing of theirs is beside the count of a region.
    """
    (theme,) = question.themes
    said = "" if question.region else counts_by_others.compared(atlas, theme, question.rules)
    plans = [one for one in counts_by_others.of_theme(atlas, theme) if one.unit == "plans"]
    quoted = [one for one in plans if one.names] or plans[:1]
    read_in = html.cite_short(atlas, (one.source for one in quoted))
    told = f'<p class="stp-line stp-prose">{escape(said)} <small>[{read_in}]</small></p>'
    return (told if said else "") + (
        f'<p class="stp-line"><a href="theme/{theme}" target="_self">Sheet for this theme</a> · '
        f'<a href="theme/{theme}.docx" target="_self">Word</a></p>'
    )


def one_footprint(atlas: Atlas, footprint: Footprint, question: Question) -> str:
    """What the chosen footprint answers, beside the map."""
    themes, rules = themes_named.themes(atlas), question.rules
    read = themes_named.coverage(atlas, footprint.code)
    has = themes_named.by_evidence(atlas, footprint.code, rules)
    found = []
    for key in has:
        if key in (question.themes or themes):
            counting = themes_named.counting_for(atlas, footprint.code, key, rules)
            found.append(f"{themes[key].label.lower()} ({themes_named.firmest(counting)})")
    lost = [themes[key].label.lower() for key in question.themes if key not in has]
    said = [f"names {escape(wording.listed(found))}"] if found else []
    said += [f"{escape(wording.listed(lost))} not found"] if lost else []
    return (
        f'<p class="stp-line"><b><a href="footprint?area={footprint.slug}" target="_self">'
        f"{escape(footprint.name)}</a></b>: {'; '.join(said)}, in the {read.read} documents read "
        f"({read.official} official).</p>"
    )


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
        kind = f"{'' if one.official else 'not '}official ({sources.publisher_type(doc)})"
        rows.append(
            [
                escape(doc.title),
                f"<b>{one.how}</b>",
                f"{html.cite(atlas, one.source)}<br><small>{escape(kind)}</small>",
                wording.as_of(one.as_of),
                escape(". ".join(filter(None, remarks)) + "."),
            ]
        )
    number = wording.count(len(found), "document shows", "documents show")
    return html.table(
        f"{place.name}, {label.lower()}: {number} it, of the {read.read} read",
        ["Document", "How", "Publisher and date", "Plan as of", "Note"],
        rows,
    )


def together(atlas: Atlas, rules: Rules, kind: str | None) -> str:
    """The least likely pairs, with the plain numbers."""
    themes = themes_named.themes(atlas)
    pairs = association.together(atlas, rules, kind)
    rows = []
    for pair in pairs[:MOST_PAIRS]:
        names = f"{themes[pair.first].label} and {themes[pair.second].label.lower()}"
        where = _link(rules, pair.first, pair.second)
        numbers = [pair.both, f"{pair.expected:.1f}", pair.first_only, pair.second_only]
        rows.append(
            [
                f'<a href="{where}" target="_self">{escape(names)}</a>',
                "more often" if pair.phi > 0 else "less often",
                *map(str, (*numbers, pair.neither)),
                wording.number(pair.phi, 2),
                f"{pair.p:.3f}",
                f"{pair.q:.2f}",
            ]
        )
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
    return (
        '<p class="stp-line">Phi runs from −1 (never together) to 1 (always); p is Fisher’s exact '
        f"test, two-sided; q is p adjusted for looking at all {len(pairs)} pairs (Benjamini and "
        f"Hochberg). A pair counts as beyond chance when q is below {association.CERTAIN_ENOUGH}; "
        f"take the others as hints at most.</p>{table}"
    )


def alike_headline(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """A similar plan, and how many themes at least it shares."""
    nearest = association.most_alike(atlas, footprint.code, rules)[0]
    name = footprints.all_footprints(atlas)[nearest.code].name
    number = wording.count(len(nearest.shared), "theme", "themes")
    return f"The plans of {footprint.name} and {name} both name at least {number}"


def plans_alike(atlas: Atlas, footprint: Footprint, rules: Rules) -> str:
    """Similar plans by the themes found so far: what they share and where they differ."""
    themes = themes_named.themes(atlas)

    def labels(keys: Iterable[str]) -> str:
        return escape(wording.listed([themes[key].label.lower() for key in keys])) or "–"

    rows = []
    for other in association.most_alike(atlas, footprint.code, rules)[:MOST_ALIKE]:
        read = themes_named.coverage(atlas, other.code)
        rows.append(
            [
                f"{_compare(atlas, footprint, other.code)}<br><small>{read.read} documents read, "
                f"{read.official} official</small>",
                f"{other.similarity:.2f}",
                labels(other.shared),
                labels(other.only_here),
                labels(other.only_there),
            ]
        )
    own = themes_named.coverage(atlas, footprint.code)
    here = footprint.short_name
    return html.table(
        "Similar plans, by the themes found (Jaccard index: themes found for both, of those found "
        f"for either). For {footprint.name}, {own.read} documents were read, {own.official} of "
        "them official",
        ["Plan of", "Index", "Found for both", f"{here} only", f"Not found for {here}"],
        rows,
    )


def _compare(atlas: Atlas, footprint: Footprint, code: str) -> str:
    """The name of another footprint, linked to the two side by side."""
    other = footprints.all_footprints(atlas)[code]
    return (
        f'<a href="compare?areas={footprint.slug},{other.slug}" target="_self">'
        f"{escape(other.name)}</a>"
    )


def places_alike(atlas: Atlas, footprint: Footprint) -> str:
    """The areas with the most similar populations, with the figures compared."""
    keys = comparing.MAKE_UP

    def figures(code: str) -> list[str]:
        return [
            measures.shown(measures.mapped(atlas)[key], measures.values(atlas, key).by_code[code])
            for key in keys
        ]

    rows = [[escape(footprint.name), "", *figures(footprint.code)]]
    rows += [
        [_compare(atlas, footprint, code), f"{distance:.1f}", *figures(code)]
        for code, distance in comparing.places_alike(atlas, footprint.code)[:MOST_ALIKE]
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


def finding(atlas: Atlas, found: Finding) -> str:
    """One sentence with the view that proves it, ready to copy."""
    question = found.question
    number = sharing.documents(atlas, question)
    where = copying.address("priorities", theme=",".join(question.themes), **question.rules.changed)
    quotation = sharing.quotation(atlas, found.text, number, where)
    return (
        f"<li>{escape(found.text)} <small>{wording.count(number, 'document', 'documents')}. "
        f'<a href="{escape(where)}" target="_self">See which</a></small> '
        f"{copying.button('Copy sentence', quotation)}</li>"
    )


def completeness(atlas: Atlas, rules: Rules) -> str:
    """How much of what plans name was probably found, with what the estimate assumes."""
    return (
        f'<p class="stp-line stp-prose">{escape(estimates.sentence(atlas, rules))}</p>'
        '<details class="stp-fold stp-prose"><summary>What this estimate assumes</summary>'
        f"<p>{escape(estimates.ASSUMPTIONS)}</p></details>"
    )
