"""The money: gaps with their scope, capital asked for and awarded, and other sums."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.money import sums
from stp_data.money.sums import Sum
from stp_data.places import measures
from stp_data.plans import stated_figures
from ui.parts import html
from ui.parts.cells import SOURCE, line, part, proof

BESIDE_OTHERS = '<a href="finance" target="_self">The gaps of all 44 beside each other</a>'


@lru_cache(maxsize=64)
def the_money(atlas: Atlas, code: str) -> str:
    """All of the section."""
    stated = sums.sums(atlas, code)
    wanted, given, others = (
        sums.of_kinds(stated, kinds) for kinds in (sums.WANTED, sums.GIVEN, sums.OTHERS)
    )
    parts = [part("Gaps"), _gaps(atlas, code), line(BESIDE_OTHERS), part("Capital")]
    if wanted:
        parts.append(_table(atlas, code, "Asked for, or said to be needed", wanted))
    else:
        parts.append(line("No capital asked for or needed was found in the sources read."))
    if given:
        parts.append(_table(atlas, code, "Awarded, or not", given))
    else:
        parts.append(line("No award of capital was found in the sources read; that is not a no."))
    if others:
        parts += [
            part("Savings, investments and other money"),
            line("As stated, in no order of weight: parts and wholes stand side by side."),
            _table(atlas, code, "Never to be added up, nor taken for a gap", others),
        ]
    return "".join(parts)


def _gaps(atlas: Atlas, code: str) -> str:
    """Every stated gap with its scope, date and source; the preferred one marked."""
    people_here = measures.values(atlas, "population").by_code[code]
    figures = [f for f in stated_figures.stated(atlas, code) if f.unit == "GBP million"]
    if not figures:
        return line("No figure found in the sources read.")
    # Once a measure: its mark leads to all of its figures.
    first = {figure.measure: figure for figure in reversed(figures)}
    rows = [
        [
            f"{escape(stated_figures.amount(figure))}{_checks(atlas, figure, first)}<br><small>"
            f"{escape(measures.measure(atlas, figure.measure).label)}"
            f"{' (preferred)' if figure.preferred else ''}</small>",
            stated_figures.SCOPES[figure.scope],
            wording.as_of(figure.as_of),
            f"£{figure.per_head(people_here):,.0f}" if figure.measure == stated_figures.GAP else "",
            proof(atlas, (figure.source,), figure.confidence, figure.note),
        ]
        for figure in figures
    ]
    settled = any(figure.preferred for figure in figures)
    why = stated_figures.PREFERENCE if settled else stated_figures.NONE_PREFERRED
    heads = html.cite(atlas, sources.PEOPLE)
    return (
        line(why)
        + html.table(
            "Stated gaps; a head means for each of the people of mid-2017",
            ["Figure", "Covers", "As of", "A head", SOURCE],
            rows,
            marked=frozenset(i for i, figure in enumerate(figures) if figure.preferred),
        )
        + f'<p class="stp-note">People: {heads}.</p>'
    )


def _checks(
    atlas: Atlas, figure: stated_figures.Stated, first: dict[str, stated_figures.Stated]
) -> str:
    if figure is not first[figure.measure]:
        return ""
    return html.checks(atlas, figure.code, figure.measure)


def _table(atlas: Atlas, code: str, caption: str, found: tuple[Sum, ...]) -> str:
    return html.table(
        caption,
        ["Sum", "What for", "As of", SOURCE],
        [
            [
                f"{sums.sum_of_money(one)}"
                f"{html.differs(conflicts.of_words(atlas, 'capital', code, one.purpose))}"
                f"<br><small>{one.kind}</small>",
                escape(one.purpose),
                wording.as_of(one.as_of),
                proof(atlas, one.sources, one.confidence, one.note),
            ]
            for one in found
        ],
    )
