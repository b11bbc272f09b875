"""Facts on which sources differ, figures that cannot be compared, and counts by others."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.evidence import not_comparable as differing
from stp_data.evidence.rivals import ENGLAND, Conflict, Rival
from stp_data.priorities import counts_by_others, themes_named
from ui.evidence import links
from ui.parts import html
from ui.parts.cells import SOURCE, line, part


def title(atlas: Atlas, one: Conflict) -> str:
    """The fact, and how many answers the sources give."""
    noun = html.NOUNS.get(one.kind, "figures")
    return f"{one.about}, {conflicts.place(atlas, one.code)}: sources give {one.answers} {noun}"


def conflict(atlas: Atlas, one: Conflict, *, headed: bool = True) -> str:
    """What each source says on one fact, and why one is used."""
    scope = {"lead": "Post", "gap": "What it covers"}.get(one.kind)
    rows = [
        [
            html.lines(
                escape(rival.text),
                "<small>✓ figure we use</small>" if rival.preferred else html.small(rival.why),
            ),
            *([escape(rival.scope)] if scope else []),
            wording.as_of(rival.as_of),
            _said_by(atlas, rival),
            rival.confidence or "not graded",
        ]
        for rival in one.rivals
    ]
    heads = ["What is said", *([scope] if scope else []), "As of", SOURCE, "Confidence"]
    used = frozenset(n for n, rival in enumerate(one.rivals) if rival.preferred)
    about = (
        f"<small>{escape(conflicts.KINDS[one.kind])} · {links.place(atlas, one.code)} · "
        f"{links.evidence('Link to this', conflict=one.key)}</small>"
    )
    return (
        '<section class="stp-part">'
        f"{part(f'{one.about}: {conflicts.place(atlas, one.code)}') if headed else ''}"
        f"{line(f'<b>{escape(one.rule)}</b>')}{line(about)}"
        f"{html.table('What each source says', heads, rows, marked=used)}</section>"
    )


def _said_by(atlas: Atlas, rival: Rival) -> str:
    cited = "; ".join(
        f"{html.cite(atlas, key)} {html.small(f'({_publisher_type(atlas, key)})')}"
        for key in rival.sources
    )
    return html.lines(cited, html.small(rival.note))


def _publisher_type(atlas: Atlas, key: str) -> str:
    return sources.publisher_type(sources.source(atlas, key))


def overview(atlas: Atlas, found: Iterable[Conflict]) -> str:
    """One row for each conflict, which leads to its sources."""
    rows = [
        [
            html.lines(
                links.evidence(one.about, conflict=one.key),
                f"<small>{links.place(atlas, one.code)}</small>",
            ),
            _answers(atlas, one),
            escape(one.rule),
        ]
        for one in found
    ]
    heads = ["Fact", "Answers, by type of publisher", "Figure we use, and why"]
    return html.table("Select a fact to see its sources", heads, rows)


def _answers(atlas: Atlas, one: Conflict) -> str:
    """Each different answer once, with the types of publisher; the one we use is bold."""
    types: dict[str, dict[str, None]] = {}
    for rival in one.rivals:
        types.setdefault(rival.text, {})[_publisher_type(atlas, rival.sources[0])] = None
    used = {rival.text for rival in one.rivals if rival.preferred}
    answers = []
    for text, kinds in types.items():
        answer = f"<b>{escape(text)}</b> ✓" if text in used else escape(text)
        answers.append(f"{answer} {html.small('(' + ', '.join(kinds) + ')')}")
    return html.lines(*answers)


def not_comparable(atlas: Atlas, kind: str | None, code: str | None) -> str:
    """Figures of a kind and a place that look like rivals and are not: folded; else nothing."""
    rows = [
        [
            links.place(atlas, one.code, "money"),
            html.lines(
                *(
                    f"{escape(row.text)} {html.small(row.scope and f'({row.scope})')}"
                    f"{html.marks(row.sources)}"
                    for row in one.rows
                )
            ),
            escape(one.why),
        ]
        for one in differing.not_comparable(atlas)
        if code in (None, one.code) and kind in (None, "national" if one.code == ENGLAND else "gap")
    ]
    if not rows:
        return ""
    heads = ["Place", "Figures", "Why they differ"]
    caption = "Figures that cover different money or years don't conflict"
    summary = f"Not comparable: {wording.count(len(rows), 'set', 'sets')} of figures that differ"
    return html.fold(summary, html.table(caption, heads, rows))


def published_counts(atlas: Atlas) -> str:
    """What others counted over all plans: theme, number as given, who, when and where."""
    themes, rows = themes_named.themes(atlas), []
    for one in counts_by_others.counts(atlas):
        theme = "None of our themes"
        if one.theme:
            theme = html.link(f"theme/{one.theme}", themes[one.theme].label)
        listed = counts_by_others.by_name(atlas, one)
        rows.append(
            [
                theme,
                html.lines(escape(one.what), html.small(listed), html.small(one.note)),
                escape(one.figure),
                html.lines(escape(one.who), html.small(wording.as_of(one.as_of))),
                html.lines(
                    html.cite(atlas, one.source), html.small(f"{one.confidence} confidence")
                ),
            ]
        )
    heads = ["Theme", "What was counted", "Count", "Organisation and date", "Source"]
    return html.table("Counts that others published of all or most plans", heads, rows)
