"""The national frame on the Finance page: charts and tables of figures for England as a whole."""

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
from stp_data.money import national, national_series, series_words
from stp_data.money.national import Cited
from ui.charts import national as national_charts
from ui.charts import show as charts
from ui.parts import chrome, copying, html
from ui.parts.cells import SOURCE, line, proof

FILE = "download/national.csv"
KINDS = "download/series.csv"
PRICES = {"cash": "cash", "real": "real terms", "not stated": "not stated", "": "no money"}


@dataclass(frozen=True)
class Section:
    """One question: its finding, its chart if it has one, what must be said, and its table."""

    anchor: str
    label: str
    """In the list at the head of the page."""
    finding: Callable[[Atlas], str]
    figures: Callable[[Atlas], tuple[Cited, ...]]
    """What the table lists."""
    caption: str
    said: tuple[Callable[[Atlas], str], ...] = ()
    """Sentences below the chart."""
    open: bool = False
    """Whether the table is open from the start."""
    per_adult: bool = False
    """Whether the table tells totals from figures for each adult."""


def draw(atlas: Atlas, *, narrow: bool, only: str | None = None) -> None:
    """All sections, one below the other; in a frame, the chart of ``only`` one of them."""
    if chrome.embedded():
        for section in [one for one in SECTIONS if one.anchor == only] or SECTIONS:
            st.html(f'<h2 class="stp-unseen">{escape(section.label)}</h2>')
            _chart(atlas, section, narrow)
        return
    st.html(
        line(
            "Figures for England as a whole, each as its source states it. Every series stands on "
            "one basis; series are set side by side, never joined, averaged or added up."
        )
        + _contents()
        + copying.button("Copy link", copying.address("finance", show="national"))
        + f'<a class="stp-copy" href="{FILE}" download>All national figures, CSV</a>'
        + f'<a class="stp-copy" href="{KINDS}" download>What each series counts, CSV</a>'
    )
    charts.picture_format()
    for section in SECTIONS:
        _section(atlas, section, narrow)


def _contents() -> str:
    links = " · ".join(
        f'<a href="finance?show=national#{one.anchor}" target="_self">{escape(one.label)}</a>'
        for one in SECTIONS
    )
    return line(links)


def _section(atlas: Atlas, section: Section, narrow: bool) -> None:
    # The chart's title is the finding.
    st.header(section.label, anchor=section.anchor)
    _chart(atlas, section, narrow)
    said = "".join(line(escape(words(atlas))) for words in section.said)
    if beside := said + _claims(atlas, section):
        st.html(beside)
    if section.open:
        st.html(_table(atlas, section))
    if section.anchor == "admissions":
        with st.expander("Table: the index year by year"):
            st.html(index_table(atlas))


def _chart(atlas: Atlas, section: Section, narrow: bool) -> None:
    chart = national_charts.chart(atlas, section.anchor, charts.look_of(narrow))
    charts.draw(
        chart,
        nothing=f"**{section.finding(atlas)}.**",
        file=FILE,
        embed={"page": "finance", "show": "national", "section": section.anchor},
        table=None if section.open else lambda: _table(atlas, section),
        table_label=f"Table with sources: {section.caption}",
    )


def _claims(atlas: Atlas, section: Section) -> str:
    """The statements that touch any figure of a section, once each, with what was found."""
    found = dict.fromkeys(
        claim
        for series, _ in section.figures(atlas)
        for claim in claims.touching(atlas, f"series:{series.key}")
    )
    links = "; ".join(
        f'<a href="{_evidence(claim)}" target="_self">{escape(claim.statement.rstrip("."))}</a>: '
        f"<b>{claim.verdict}</b>"
        for claim in found
    )
    return line(f"Statements checked: {links}.") if links else ""


def _evidence(claim: claims.Claim) -> str:
    return escape(f"evidence?{urlencode({'claim': claim.key})}")


@lru_cache(maxsize=16)
def _table(atlas: Atlas, section: Section) -> str:
    found = section.figures(atlas)
    shared = _shared_cautions(found)
    head = ["Figure", "Years", "What is counted, by whom", "Prices", "As of", SOURCE]
    rows, before = [], ""
    for series, point in found:
        rows.append(_row(atlas, series, point, shared, again=series.key == before))
        before = series.key
    if section.per_adult:
        head.insert(2, "Of")
        for row, (series, _) in zip(rows, found, strict=True):
            row.insert(2, national.per(series))
    said = f"Of most rows: {escape(' '.join(shared))}"
    return (line(said) if shared else "") + html.table(section.caption, head, rows)


def _shared_cautions(found: tuple[Cited, ...]) -> tuple[str, ...]:
    """Sentences of caution that stand by most series: said once above the table."""
    series = dict.fromkeys(series for series, _ in found)
    times = Counter(words for one in series for words in _sentences(one.caution))
    return tuple(words for words, number in times.items() if 2 * number > len(series) > 2)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+", text) if text else []


def _row(
    atlas: Atlas,
    series: national_series.Series,
    point: national_series.Point,
    shared: tuple[str, ...],
    *,
    again: bool,
) -> list[str]:
    """A figure; what its series counts is not said ``again``."""
    counts = [point.basis] if again else [series.description, point.basis]
    own = [words for words in _sentences(series.caution) if words not in shared]
    remarks = [point.note] if again else [point.note, *own]
    said = series_words.figure(series, point)
    return [
        f'<span class="stp-sum">{escape(said)}</span>{checked(atlas, series)}',
        escape(series_words.period(point)),
        f"<b>{escape(series.label)}</b><br>{escape(' '.join(filter(None, counts)))}",
        PRICES[series.prices],
        wording.as_of(point.as_of),
        proof(atlas, point.sources, point.confidence, " ".join(filter(None, remarks))),
    ]


def checked(atlas: Atlas, series: national_series.Series) -> str:
    """Links to the statements that touch a series, each with what was found; empty without."""
    return "".join(
        f'<br><small><a href="{_evidence(claim)}" target="_self" '
        f'title="{escape(claim.statement)}">checked: {claim.verdict}</a></small>'
        for claim in claims.touching(atlas, f"series:{series.key}")
    )


@lru_cache(maxsize=2)
def index_table(atlas: Atlas) -> str:
    """The index of every line of the chart for every one of its years."""
    found = national.growths(atlas)
    values = [dict(one.index) for one in found]
    head = ["Financial year"] + [
        f"{series_words.who(one.series)}: {one.point.value:g}% a year, {one.point.period}"
        for one in found
    ]
    rows = [
        [
            national_series.financial_year(year),
            *(f"{of[year]:.1f}" if year in of else "" for of in values),
        ]
        for year in range(min(one.first for one in found), max(one.last for one in found) + 1)
    ]
    return html.table(
        "First year of each rate = 100; empty where the rate is not stated for the year",
        head,
        rows,
        numbers_from=1,
    ) + (
        '<p class="stp-note">Rates: '
        f"{html.cite_all(atlas, (key for one in found for key in one.point.sources))}.</p>"
    )


def _care_changes(atlas: Atlas) -> tuple[Cited, ...]:
    """In the order of the chart; last, what is not in it."""
    found = (figure for basis in national.care_changes(atlas) for figure in basis.figures)
    return (*found, national.one(atlas, national.ONE_YEAR))


def _never_spliced(atlas: Atlas) -> str:
    return (
        f"None of these {len(national.care_levels(atlas))} series may be joined to another: gross "
        "and net, cash and real terms, what was spent and what was budgeted are different things."
    )


def _one_year_apart(atlas: Atlas) -> str:
    series, point = national.one(atlas, national.ONE_YEAR)
    return (
        f"Not in the chart: {series_words.figure(series, point)} in one year, {point.period} "
        f"({series_words.who(series)}), which must not be set beside changes since 2009/10."
    )


def _on_topic(*topics: str, besides: tuple[str, ...] = ()) -> Callable[[Atlas], tuple[Cited, ...]]:
    return lambda atlas: national.cited(atlas, (*national.on_topics(atlas, *topics), *besides))


SECTIONS = (
    Section(
        "social-care-cut", "The cut in social care and its rivals", national.care_cut_finding,
        _care_changes,
        "Changes in spending on adult social care, each on its own basis",
        (_one_year_apart,), open=True, per_adult=True,
    ),
    Section(
        "social-care-spending", "Social care spending", national.care_levels_finding,
        lambda atlas: national.cited(atlas, national.care_levels(atlas)),
        "Spending on adult social care, partial series, never joined", (_never_spliced,),
    ),
    Section(
        "admissions", "Admissions and budgets", national.growth_finding,
        lambda atlas: national.cited(atlas, national.growth_keys(atlas)),
        "Growth of hospital activity and of NHS money, each as stated",
        (lambda _: national.ASSUMPTION, national.not_the_same_years, national.counted_admissions),
    ),
    Section(
        "gap-sums", "Sums of the gaps", national.gap_sums_finding,
        _on_topic(national.SUMS, besides=national.FORWARD_VIEW),
        "National sums of the gaps, and the figures of the Forward View",
    ),
    Section(
        "provider-deficits", "Provider deficits", national.trusts_finding,
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
        _on_topic(national.DELAYS), "Delayed transfers of care", open=True,
    ),
    Section(
        "older-people", "Older people with care", national.older_finding,
        _on_topic(national.USERS), "People with publicly funded care; the series breaks in 2014/15",
    ),
)  # fmt: skip
