"""What the Evidence page shows, as HTML: claims, conflicts, coverage, sources and the logs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.sources import Source
from stp_data.evidence import claims, conflicts, coverage, source_usage
from stp_data.evidence.claims import Claim
from stp_data.evidence.conflicts import Conflict, Rival, Unlike
from stp_data.evidence.coverage import Cell
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from stp_data.priorities import counts_by_others as others
from stp_data.priorities import themes_named
from stp_data.priorities.counts_by_others import Count
from ui.parts import html

SIGNS = {"holds": "✓", "holds with a caveat": "△", "wrong": "✕", "cannot be checked": "?"}
"""A shape for each verdict, beside its word."""
VIEW_OF = {"claim": "claims", "about": "claims", "conflict": "conflicts", "source": "sources"}
"""Which view has a thing that an address names."""
NONE_FOUND = "–"
SECTIONS = {
    "measured": "who",
    "leads": "table",
    "memberships": "table",
    "stated_members": "table",
    "plan_names": "said",
    "publications": "said",
    "plans": "said",
    "priorities": "said",
    "proposals": "said",
    "statements": "said",
    "stated": "money",
    "plan_sums": "money",
    "ratings": "happened",
    "events": "happened",
    "successors": "happened",
}
"""Where on a footprint's page the rows of a table are."""


def link(text: str, **query: str | None) -> str:
    """A link to this page; it names a view first, because marks are known by naming none."""
    view = query.pop("view", None) or next(v for n, v in VIEW_OF.items() if query.get(n))
    found = {"view": view, **{name: value for name, value in query.items() if value}}
    asked = urlencode(found, safe=":")
    return f'<a href="evidence?{escape(asked)}" target="_self">{escape(text)}</a>'


def _place(atlas: Atlas, code: str, section: str = "") -> str:
    """A link to the footprint, or England."""
    if code == conflicts.ENGLAND:
        return "England"
    here = footprints.all_footprints(atlas)[code]
    anchor = f"#{section}" if section else ""
    return f'<a href="footprint?area={here.slug}{anchor}" target="_self">{escape(here.name)}</a>'


def _document(atlas: Atlas, key: str) -> str:
    """Publisher, title and date, linked to the document, with its mark."""
    found = sources.source(atlas, key)
    text = escape(sources.reference(found))
    if found.url:
        text = f'<a href="{escape(found.url, quote=True)}" target="_blank">{text}</a>'
    return text + html.mark(key)


# --- claims --------------------------------------------------------------------------------------


def verdict(word: str) -> str:
    """A verdict: its shape and its word."""
    return (
        f'<span class="stp-verdict v{list(SIGNS).index(word)}">'
        f"<b aria-hidden=true>{SIGNS[word]}</b> {word[0].upper()}{word[1:]}</span>"
    )


def verdict_counts(found: tuple[Claim, ...]) -> str:
    """How many have each verdict."""
    items = "".join(
        f"<li>{verdict(word)} {number}</li>"
        for word, number in claims.verdict_counts(found).items()
    )
    return f'<ul class="stp-legend" aria-label="Verdicts">{items}</ul>'


def claim(atlas: Atlas, one: Claim, *, folded: bool = False) -> str:
    """One claim: what is said, by whom, the verdict, what stands, why, and the sources.

    ``folded``: the last two open on a click, so that a list can be looked through.
    """
    said = [("Said in", f"{_document(atlas, one.document)}{_when(atlas, one)}")]
    if one.right_figure:
        said.append(("What stands", f"<b>{escape(one.right_figure)}</b>"))
    checked = [
        ("Why", escape(one.explanation)),
        ("Checked against", html.cite_all(atlas, one.sources)),
    ]
    if one.note:
        checked.append(("Note", escape(one.note)))
    number = len(one.sources)
    against = "source" if number == 1 else f"{number} sources"
    text = html.facts([*said, *checked])
    if folded:
        text = (
            f'{html.facts(said)}<details class="stp-fold"><summary>Why, and the {against} it '
            f"was checked against</summary>{html.facts(checked)}</details>"
        )
    return (
        f'<article class="stp-card" id="{one.key}"><h3>{escape(one.statement)}</h3>'
        f'<p class="stp-line">{verdict(one.verdict)} <small>· {escape(one.topic)}, '
        f"{_place(atlas, one.code)} · {link('Link to this', claim=one.key)}</small></p>"
        f"{text}</article>"
    )


def _when(atlas: Atlas, one: Claim) -> str:
    """The date of the statement, where it is not that of the document."""
    if one.as_of == sources.source(atlas, one.document).date:
        return ""
    return f", as of {wording.date(one.as_of)}" if one.as_of else ""


def claims_listed(atlas: Atlas, found: Iterable[Claim]) -> str:
    """All of them, one below the other, their reasons folded."""
    return (
        f'<div class="stp-cards">{"".join(claim(atlas, one, folded=True) for one in found)}</div>'
    )


# --- conflicts -----------------------------------------------------------------------------------


def conflict(atlas: Atlas, one: Conflict, *, headed: bool = True) -> str:
    """One conflict: its rival rows side by side, and the rule that chose."""
    kind = {"lead": "Post", "gap": "Covers"}.get(one.kind, "")
    heads = ["What is said", *([kind] if kind else []), "As of", "Source and note", "Confidence"]
    rows = []
    for rival in one.rivals:
        words = [escape(rival.text)]
        if rival.preferred:
            words.append("<small>✓ preferred</small>")
        elif rival.why:
            words.append(f"<small>{escape(rival.why)}</small>")
        rows.append(
            [
                "<br>".join(words),
                *([escape(rival.scope)] if kind else []),
                wording.as_of(rival.as_of),
                _said_by(atlas, rival),
                rival.confidence or "not graded",
            ]
        )
    marked = frozenset(n for n, rival in enumerate(one.rivals) if rival.preferred)
    about = f"{one.about}: {conflicts.place(atlas, one.code)}"
    head = f'<h3 class="stp-part">{escape(about)}</h3>' if headed else ""
    return (
        f'<section class="stp-part">{head}'
        f'<p class="stp-line"><b>{escape(one.rule)}</b></p>'
        f'<p class="stp-line"><small>{escape(conflicts.KINDS[one.kind])} · '
        f"{_place(atlas, one.code)} · {link('Link to this', conflict=one.key)}</small></p>"
        f"{html.table('What each source says, side by side', heads, rows, marked=marked)}"
        "</section>"
    )


def conflict_headline(atlas: Atlas, one: Conflict) -> str:
    """How many answers the sources give."""
    noun = html.NOUNS.get(one.kind, "figures")
    return f"{one.about}, {conflicts.place(atlas, one.code)}: sources give {one.figures} {noun}"


def _said_by(atlas: Atlas, rival: Rival) -> str:
    cites = "; ".join(
        f"{html.cite(atlas, key)} "
        f"<small>({escape(sources.publisher_type(sources.source(atlas, key)))})</small>"
        for key in rival.sources
    )
    return f"{cites}<br><small>{escape(rival.note)}</small>" if rival.note else cites


def conflicts_listed(atlas: Atlas, found: Iterable[Conflict]) -> str:
    """One row each, a link to the rival rows."""
    rows = [
        [
            f"{link(one.about, conflict=one.key)}<br><small>{_place(atlas, one.code)}</small>",
            _words(atlas, one),
            escape(one.rule),
        ]
        for one in found
    ]
    return html.table(
        "A fact leads to what each source says of it",
        ["Fact", "What is said, and by what kind of publisher", "How one was chosen"],
        rows,
    )


def _words(atlas: Atlas, one: Conflict) -> str:
    """Each different word once, with the publisher types that give it; the preferred one bold."""
    types: dict[str, list[str]] = {}
    for rival in one.rivals:
        read_in = sources.source(atlas, rival.sources[0])
        types.setdefault(rival.text, []).append(sources.publisher_type(read_in))
    chosen = {rival.text for rival in one.rivals if rival.preferred}
    return "<br>".join(
        f"{f'<b>{escape(text)}</b> ✓' if text in chosen else escape(text)} "
        f"<small>({', '.join(dict.fromkeys(kinds))})</small>"
        for text, kinds in types.items()
    )


def unlike(atlas: Atlas, found: Iterable[Unlike]) -> str:
    """Figures that look like rivals and are not: folded."""
    rows = [
        [
            _place(atlas, one.code, "money"),
            "<br>".join(
                escape(row.text)
                + (f" <small>({escape(row.scope)})</small>" if row.scope else "")
                + html.marks(row.sources)
                for row in one.rows
            ),
            escape(one.why),
        ]
        for one in found
    ]
    if not rows:
        return ""
    table = html.table(
        "Figures of different scope, of different years, or of one year against a sum over "
        "several, are no conflict",
        ["Place", "Figures", "Not the same thing because"],
        rows,
    )
    return (
        f'<details class="stp-fold"><summary>Not the same thing: {len(rows)} sets of figures that '
        f"differ without a conflict</summary>{table}</details>"
    )


# --- counts by others ----------------------------------------------------------------------------


def counts_by_others(atlas: Atlas, found: Iterable[Count]) -> str:
    """What others counted: theme, who, when, what, the number as given, and where it was read."""
    themes, rows = themes_named.themes(atlas), []
    for one in found:
        label = themes[one.theme].label if one.theme else "No theme of ours"
        if one.theme:
            label = f'<a href="theme/{one.theme}" target="_self">{label}</a>'
        what = escape(one.what)
        for more in filter(None, (others.by_name(atlas, one), one.note)):
            what += f"<br><small>{escape(more)}</small>"
        rows.append(
            [
                label,
                what,
                escape(one.figure),
                f"{escape(one.who)}<br><small>{wording.as_of(one.as_of)}</small>",
                f"{html.cite(atlas, one.source)}<br><small>{one.confidence} confidence</small>",
            ]
        )
    heads = ["Theme", "What was counted", "Count", "By whom, when", "Source"]
    return html.table("What others counted over all or most plans", heads, rows)


# --- coverage ------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def coverage_table(atlas: Atlas, order: str) -> str:
    """44 rows by what was looked for: how many rows were found, shaded by kind of source."""
    every, places = coverage.cells(atlas), footprints.all_footprints(atlas)
    codes = list(coverage.thinnest_first(atlas))
    if order == "name":
        codes = [place.code for place in footprints.by_name(atlas)]
    elif order == "region":
        codes.sort(key=lambda code: places[code].region)
    rows = []
    for code in codes:
        here = every[code]
        read = themes_named.coverage(atlas, code)
        number = sum(cell.rows > 0 for cell in here.values())
        cells = "".join(_cell(cell) for cell in here.values())
        name = link(places[code].name, view="coverage", area=places[code].slug)
        rows.append(
            f"<tr><th scope=row>{name}</th><td>{number}</td><td>{read.read}</td>{cells}</tr>"
        )
    found, official = coverage.found_for(atlas), coverage.official_for(atlas)
    feet = [
        ("Found for, of 44", found.values()),
        ("By an official source", official.values()),
    ]
    foot = "".join(
        f"<tr class=preferred><th scope=row>{name}</th><td></td><td></td>"
        f"{''.join(f'<td>{number}</td>' for number in numbers)}</tr>"
        for name, numbers in feet
    )
    heads = ["Found", "Read", *(field.label for field in coverage.FIELDS.values())]
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in heads)
    caption = (
        f"Rows found of each of {len(coverage.FIELDS)} things; a name leads to the kinds of source"
    )
    return (
        f'<div class="stp-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="stp-table stp-cover"><caption>{caption}</caption><thead><tr>'
        f"<th scope=col>Footprint</th>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}{foot}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    if not cell.rows:
        return f"<td>{NONE_FOUND}</td>"
    return f"<td class={'o' if cell.official else 'u'}>{cell.rows}</td>"


def coverage_legend() -> str:
    """What the shading of the cells means."""
    return (
        '<ul class="stp-legend stp-cover" aria-label="Legend">'
        "<li><span class=o></span>an official source gives it (bold)</li>"
        "<li><span class=u></span>only press, think tanks, campaigns and the like (striped)</li>"
        f"<li>{NONE_FOUND} not found in the sources read, which is not a no</li></ul>"
    )


def coverage_of(atlas: Atlas, place: Footprint) -> str:
    """One footprint: rows, and sources of each kind, for each thing looked for."""
    kinds = list(source_usage.KINDS)
    here = coverage.cells(atlas)[place.code]
    rows = [
        [
            escape(coverage.FIELDS[key].label),
            *(
                [str(cell.rows), *(str(cell.kinds[kind] or NONE_FOUND) for kind in kinds)]
                if cell.rows
                else [NONE_FOUND] * (1 + len(kinds))
            ),
        ]
        for key, cell in here.items()
    ]
    read = coverage.read(atlas, place.code)
    rows.append(
        [
            "Documents read for it",
            str(sum(read.values())),
            *(str(read[kind] or NONE_FOUND) for kind in kinds),
        ]
    )
    missing = sum(not cell.rows for cell in here.values())
    heads = ["Looked for", "Rows", *(kind[0].upper() + kind[1:] for kind in kinds)]
    table = html.table(
        f"{place.name}: rows found, and how many different sources of each kind give them",
        heads,
        rows,
        numbers_from=1,
        marked=frozenset({len(rows) - 1}),
    )
    return (
        f'<p class="stp-line"><b>{_place(atlas, place.code, "missing")}</b>: '
        f"{missing} of {len(here)} things were not found in the {sum(read.values())} documents "
        f"read for it.</p>{table}"
    )


# --- sources -------------------------------------------------------------------------------------


def sources_listed(atlas: Atlas, found: Iterable[Source], caption: str) -> str:
    """Sources with what rests on each; a title opens one."""
    rows = [
        [
            link(one.title, source=one.key),
            f"{escape(one.publisher)}<br><small>{escape(sources.publisher_type(one))}</small>",
            wording.as_of(one.date),
            escape(source_usage.in_words(atlas, one.key)),
            f'<a href="{escape(one.url)}" target="_blank" '
            f'aria-label="Open {escape(one.title)}">Open</a>'
            if one.url
            else "no address",
        ]
        for one in found
    ]
    heads = ["Source", "Publisher", "Date", "What rests on it", "Document"]
    return html.table(caption, heads, rows)


def source(atlas: Atlas, one: Source) -> str:
    """One source: its citation, what rests on it, conflicts and claims that touch it."""
    licence = atlas.sources.set_index("source")["licence"][one.key]
    address = (
        f'<a href="{escape(one.url)}" target="_blank">{escape(one.url)}</a>'
        if one.url
        else "none: it was read without one"
    )
    official = ", official" if one.official else ""
    parts = [
        html.facts(
            [
                ("Citation", escape(sources.citation(one))),
                ("Address", f'<span class="stp-citation">{address}</span>'),
                ("Kind of publisher", f"{escape(sources.publisher_type(one))}{official}"),
                ("Licence or use", escape(licence)),
                ("What rests on it", escape(source_usage.in_words(atlas, one.key))),
            ]
        )
    ]
    over = conflicts.citing(atlas, one.key)
    if over:
        items = "".join(
            f"<li>{link(f'{c.about}, {conflicts.place(atlas, c.code)}', conflict=c.key)}: "
            f"{escape(c.rule)}</li>"
            for c in over
        )
        parts.append(f'<h3 class="stp-part">Conflicts in which it has a word</h3><ul>{items}</ul>')
    touching = [c for c in claims.claims(atlas) if one.key in (c.document, *c.sources)]
    if touching:
        items = "".join(
            f"<li>{verdict(c.verdict)} {link(c.statement, claim=c.key)} "
            f"<small>{'said here' if c.document == one.key else 'checked against this'}</small>"
            "</li>"
            for c in touching
        )
        parts.append(f'<h3 class="stp-part">Claims that it makes or settles</h3><ul>{items}</ul>')
    parts.append(_uses(atlas, one))
    return f'<div class="stp-source">{"".join(parts)}</div>'


def _uses(atlas: Atlas, one: Source) -> str:
    found = [
        use for use in source_usage.uses(atlas, one.key) if use.table not in ("readings", "claims")
    ]
    parts = []
    if found:
        rows = [
            [
                _place(atlas, use.code, SECTIONS.get(use.table, ""))
                if use.code
                else "All footprints",
                escape(use.text),
                _table(use.table),
            ]
            for use in found
        ]
        parts.append(html.table("Every row that rests on it", ["Where", "What", "Table"], rows))
    read = [use.code for use in source_usage.uses(atlas, one.key) if use.table == "readings"]
    if read:
        links = "; ".join(_place(atlas, code, "missing") for code in read)
        parts.append(f'<p class="stp-note">Read for {len(read)} of the 44: {links}.</p>')
    return "".join(parts)


def _table(name: str) -> str:
    return f'<a href="download/{name}.csv" download>{name}.csv</a>'


# --- logs ----------------------------------------------------------------------------------------


def exclusions(rows: Iterable[dict[str, str]], caption: str) -> str:
    """Raw rows that were left out, each with its reason."""
    return html.table(
        caption,
        ["Raw row", "Why it was left out", "File"],
        [[escape(row["key"]), escape(row["reason"]), escape(row["file"])] for row in rows],
    )


def corrections(rows: Iterable[dict[str, str]]) -> str:
    """Changes to raw rows: what it was, what it is now, and why."""
    return html.table(
        "Corrections that the build applies to raw files",
        ["Cell", "Was", "Is now", "Why"],
        [
            [
                f"{escape(row['key'])}<br><small>{escape(row['field'])}, {escape(row['file'])}"
                "</small>",
                escape(row["was"]) or "empty",
                escape(row["becomes"]) or "empty",
                escape(row["reason"]),
            ]
            for row in rows
        ],
    )
