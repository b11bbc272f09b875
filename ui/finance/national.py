"""England-wide context on the Finance page: charts and tables of national figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import claims
from stp_data.money import national, national_series
from stp_data.money.national import Cited
from ui.charts import national as national_charts
from ui.charts import show as charts
from ui.parts import chrome, copying, html
from ui.parts.cells import SOURCE, line, proof

FILE = "download/national.csv"
PRICES = {"cash": "cash", "real": "real terms", "not stated": "not stated", "": "not money"}


@dataclass(frozen=True)
class Section:
    """One question: a heading, a chart whose title is the finding, notes and a table."""

    anchor: str
    label: str
    finding: Callable[[Atlas], str]
    figures: Callable[[Atlas], tuple[Cited, ...]]
    """What the table lists."""
    caption: str
    notes: tuple[Callable[[Atlas], str], ...] = ()
    """Sentences below the chart."""
    is_open: bool = False
    """Whether the table is open from the start."""
    is_per_adult: bool = False
    """Whether the table tells totals from figures for each adult."""


def draw(atlas: Atlas, *, is_narrow: bool, only: str | None = None) -> None:
    """All sections, one below the other; in a frame, the chart of ``only`` one of them."""
    if chrome.embedded():
        for section in [one for one in SECTIONS if one.anchor == only] or SECTIONS:
            st.html(f'<h2 class="stp-unseen">{escape(section.label)}</h2>')
            _chart(atlas, section, is_narrow)
        return
    contents = " · ".join(
        f'<a href="finance?show=national#{one.anchor}" target="_self">{escape(one.label)}</a>'
        for one in SECTIONS
    )
    st.html(
        line(
            "Figures for England, as each source gives them. Series that count different things "
            "are never joined, averaged or added up."
        )
        + line(contents)
        + copying.button("Copy link", copying.address("finance", show="national"))
        + f'<a class="stp-copy" href="{FILE}" download>All national figures, CSV</a>'
        + '<a class="stp-copy" href="download/series.csv" download>What each series counts, CSV</a>'
    )
    charts.picture_format()
    for section in SECTIONS:
        st.header(section.label, anchor=section.anchor)
        _chart(atlas, section, is_narrow)
        notes = "".join(line(escape(note(atlas))) for note in section.notes)
        if below := notes + _claims(atlas, section):
            st.html(below)
        if section.is_open:
            st.html(_table(atlas, section))
        if section.anchor == "admissions":
            with st.expander("Table: the index year by year"):
                st.html(index_table(atlas))


def _chart(atlas: Atlas, section: Section, is_narrow: bool) -> None:
    charts.draw(
        national_charts.chart(atlas, section.anchor, charts.look_of(is_narrow)),
        nothing=f"**{section.finding(atlas)}.**",
        file=FILE,
        embed={"page": "finance", "show": "national", "section": section.anchor},
        table=None if section.is_open else lambda: _table(atlas, section),
        table_label=f"Table with sources: {section.caption}",
    )


def _claims(atlas: Atlas, section: Section) -> str:
    """The statements that touch any figure of a section, once each, with our finding."""
    found = dict.fromkeys(
        claim for series, _ in section.figures(atlas) for claim in _touching(atlas, series)
    )
    links = "; ".join(
        f'<a href="{_evidence(claim)}" target="_self">{escape(claim.statement.rstrip("."))}</a>: '
        f"<b>{claim.verdict}</b>"
        for claim in found
    )
    return line(f"Statements checked: {links}.") if links else ""


def _touching(atlas: Atlas, series: national_series.Series) -> tuple[claims.Claim, ...]:
    return tuple(claims.touching(atlas, f"series:{series.key}"))


def _evidence(claim: claims.Claim) -> str:
    return escape(f"evidence?{urlencode({'claim': claim.key})}")


@lru_cache(maxsize=16)
def _table(atlas: Atlas, section: Section) -> str:
    found = section.figures(atlas)
    series = dict.fromkeys(one for one, _ in found)
    times = Counter(words for one in series for words in _sentences(one.caution))
    # Said once above the table instead of in most rows.
    shared = [words for words, number in times.items() if 2 * number > len(series) > 2]
    rows = []
    described = set()
    for one, point in found:
        figure = escape(national_series.figure(one, point))
        counts, remarks = [point.basis], [point.note]
        if one not in described:
            counts.insert(0, one.description)
            remarks += [words for words in _sentences(one.caution) if words not in shared]
        described.add(one)
        checked = "".join(
            f'<br><small><a href="{_evidence(claim)}" target="_self" '
            f'title="{escape(claim.statement)}">checked: {claim.verdict}</a></small>'
            for claim in _touching(atlas, one)
        )
        rows.append(
            [
                f'<span class="stp-sum">{figure}</span>{checked}',
                escape(wording.date(point.period)),
                *([national.denominator(one)] if section.is_per_adult else []),
                f"<b>{escape(one.label)}</b><br>{escape(' '.join(filter(None, counts)))}",
                PRICES[one.prices],
                wording.as_of(point.as_of),
                proof(atlas, point.sources, point.confidence, " ".join(filter(None, remarks))),
            ]
        )
    head = ["Figure", "Years", "What is counted, by whom", "Prices", "As of", SOURCE]
    if section.is_per_adult:
        head.insert(2, "Of")
    about = line(f"About most rows: {escape(' '.join(shared))}") if shared else ""
    return about + html.table(section.caption, head, rows)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+", text) if text else []


@lru_cache(maxsize=2)
def index_table(atlas: Atlas) -> str:
    """The index of every line of the chart for every one of its years."""
    found = national.growths(atlas)
    values = [dict(one.index) for one in found]
    head = ["Financial year"] + [
        f"{one.series.who}: {one.point.value:g}% a year, {one.point.period}" for one in found
    ]
    rows = [
        [national_series.financial_year(year)]
        + [f"{of[year]:.1f}" if year in of else "" for of in values]
        for year in sorted({year for of in values for year in of})
    ]
    caption = "First year of each rate = 100; empty where the rate is not stated for the year"
    cited = html.cite_all(atlas, (key for one in found for key in one.point.sources))
    return html.table(caption, head, rows, numbers_from=1) + (
        f'<p class="stp-note">Rates: {cited}.</p>'
    )


def _care_changes(atlas: Atlas) -> tuple[Cited, ...]:
    """In the order of the chart; last, what is not in it."""
    found = (figure for basis in national.care_changes(atlas) for figure in basis.figures)
    return (*found, national.one(atlas, national.ONE_YEAR))


def _one_year_apart(atlas: Atlas) -> str:
    series, point = national.one(atlas, national.ONE_YEAR)
    return (
        f"Not in the chart: {national_series.figure(series, point)} in one year, {point.period} "
        f"({series.who}), which can't be compared with changes since 2009/10."
    )


def _never_joined(atlas: Atlas) -> str:
    return (
        f"None of these {len(national.care_levels(atlas))} series may be joined to another: gross "
        "and net, cash and real terms, spending and budgets are different things."
    )


def _on_topic(*topics: str, besides: tuple[str, ...] = ()) -> Callable[[Atlas], tuple[Cited, ...]]:
    return lambda atlas: national.cited(atlas, (*national.on_topics(atlas, *topics), *besides))


SECTIONS = (
    Section(
        "social-care-cut", "Was social care cut by 8%?", national.care_cut_finding, _care_changes,
        "Changes in spending on adult social care, each on its own basis",
        (_one_year_apart,), is_open=True, is_per_adult=True,
    ),
    Section(
        "social-care-spending", "Social care spending", national.care_levels_finding,
        lambda atlas: national.cited(atlas, national.care_levels(atlas)),
        "Spending on adult social care, partial series, never joined", (_never_joined,),
    ),
    Section(
        "admissions", "Admissions and budgets", national.growth_finding,
        lambda atlas: national.cited(atlas, national.growth_keys(atlas)),
        "Growth of hospital activity and of NHS money, each as stated",
        (lambda _: national.ASSUMPTION, national.not_the_same_years, national.counted_admissions),
    ),
    Section(
        "gap-sums", "Published totals of the gaps", national.gap_sums_finding,
        _on_topic(national.SUMS, besides=national.FORWARD_VIEW),
        "National totals of the gaps, and the figures of the Five Year Forward View",
    ),
    Section(
        "provider-deficits", "NHS trust deficits", national.trusts_finding,
        _on_topic(national.PROVIDERS), "Balances of NHS trusts, and of trusts with commissioners",
    ),
    Section(
        "transformation-fund", "Transformation Fund", national.fund_finding,
        _on_topic(national.FUND), "The Sustainability and Transformation Fund by year and source",
    ),
    Section(
        "nhs-england-budget", "NHS England's budget", national.budget_finding,
        _on_topic(besides=(national.BUDGET,)), "NHS England's budget by year",
    ),
    Section(
        "capital", "Capital", national.capital_finding, _on_topic(national.CAPITAL),
        "Capital asked for, announced and awarded",
    ),
    Section(
        "delayed-transfers", "Delayed transfers", national.delays_finding,
        _on_topic(national.DELAYS), "Delayed transfers of care", is_open=True,
    ),
    Section(
        "older-people", "Older people with care", national.older_finding,
        _on_topic(national.USERS), "People with publicly funded care; the series breaks in 2014/15",
    ),
)  # fmt: skip
