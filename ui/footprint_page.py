"""The parts of a footprint's page, in the order in which a board asks."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from stp_data import (
    footprints,
    measures,
    members,
    money,
    places,
    plans,
    portrait,
    priorities,
    summary,
    wording,
)
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint
from stp_data.priorities import Rules
from stp_data.proposals import proposals
from ui import html, panel

POPULATION = "ons-population-mid-2017"


def choose(atlas: Atlas) -> None:
    """Links to all 44, by NHS region."""
    everyone = footprints.all_footprints(atlas).values()
    for region in footprints.regions(atlas).values():
        st.header(region, anchor=False)
        st.html(_links([footprint for footprint in everyone if footprint.region == region]))


def _links(listed: list[Footprint]) -> str:
    """Links to footprints' pages.

    Plain links, because Streamlit's own keeps the old address when only the query changes.
    """
    items = "".join(
        f'<li><a href="footprint?area={footprint.slug}" target="_self">'
        f"{escape(footprint.name)}</a></li>"
        for footprint in listed
    )
    return f'<ul class="stp-links">{items}</ul>'


def sentence(atlas: Atlas, code: str) -> str:
    """The portrait, its number of people bold."""
    first, *others = portrait.portrait(atlas, code)
    return f"**{first.text}**{''.join(part.text for part in others)}"


def draw(atlas: Atlas, footprint: Footprint) -> None:
    """All sections."""
    left, right = st.columns([1.6, 1], gap="large")
    with right:
        st.html(
            f'<img class="stp-locator" src="locator/{footprint.code}.svg" '
            f'alt="Map of England: where {escape(footprint.name)} lies, with its neighbours">'
        )
        st.header("Neighbours", anchor=False)
        st.html(_links(footprints.neighbours(atlas, footprint.code)))
    with left:
        st.html(f'<p class="stp-kicker">{footprint.region} · {footprint.code}</p>')
        st.markdown(sentence(atlas, footprint.code))
        st.header("Who lives here", anchor=False)
        st.html(people(atlas, footprint.code))
        st.header("Who led it, and the plan", anchor=False)
        st.html(leaders(atlas, footprint.code))
        st.html(the_plan(atlas, footprint.code))
        st.header("What the plan put first", anchor=False)
        st.html(themes(atlas, footprint.code))
        st.html(changes(atlas, footprint.code))
        st.header("The money", anchor=False)
        st.html(the_money(atlas, footprint.code))
        st.header("Who is at the table", anchor=False)
        st.html(bodies(atlas, footprint.code))
        st.header("What it became", anchor=False)
        st.html(became(atlas, footprint.code))


@lru_cache(maxsize=64)
def people(atlas: Atlas, code: str) -> str:
    """Every place measure beside England's, and the councils with their shares."""
    rows = []
    for key in measures.mapped(atlas):
        if key in measures.SCOPE_OF_GAP:
            continue
        row = summary.against_england(atlas, code, key)
        rows.append(
            [
                f"{escape(row.measure.label)}<br><small>{escape(row.as_of)}, "
                f"{html.cite(atlas, row.source)}</small>",
                wording.value(row.measure, row.here),
                wording.value(row.measure, row.england),
                str(row.rank),
            ]
        )
    measured = html.table(
        "This footprint and England; rank 1 is the highest of the 44",
        ["Measure, period and source", "Here", "England", "Rank"],
        rows,
        numbers_from=1,
    )
    councils = html.table(
        "Council districts of 2017 with people in the footprint, and their county (ONS, mid-2017)",
        ["District", "People here", "Share of it"],
        [
            [
                escape(p.name) + (f"<br><small>{escape(p.county)}</small>" if p.county else ""),
                f"{p.people:,}",
                wording.share(p.share),
            ]
            for p in places.places(atlas, code)
        ],
        numbers_from=1,
    )
    stated = [
        [
            escape(wording.amount(figure)),
            _dated(figure.as_of),
            _proof(atlas, (figure.source,), figure.confidence, figure.note),
        ]
        for figure in money.of_measure(money.stated(atlas, code), "population_stated")
    ]
    claimed = (
        html.table("People, as documents give them", ["Figure", "As of", SOURCE], stated)
        if stated
        else _none("No document read gives a number of people of its own.")
    )
    return measured + councils + claimed


@lru_cache(maxsize=64)
def leaders(atlas: Atlas, code: str) -> str:
    """Everybody whom a source shows in a leading role, in the order of dates."""
    rows = [
        [
            f"<b>{escape(lead.name) or 'None found'}</b><br>{escape(lead.role)}",
            escape(", ".join(part for part in (lead.title, lead.organisation) if part)),
            _time(lead),
            _proof(atlas, lead.sources, lead.confidence, lead.note),
        ]
        for lead in plans.leads(atlas, code)
    ]
    return html.table(
        "People in leading roles, with the date at which a source first shows them there",
        ["Name and role", "Post", "When", SOURCE],
        rows,
    )


def _time(lead: plans.Lead) -> str:
    parts = []
    if lead.start:
        parts.append(f"from {wording.date(lead.start)}")
    elif lead.as_of:
        parts.append(f"in {wording.date(lead.as_of)}")
    if lead.end:
        parts.append(f"to {wording.date(lead.end)}")
    return " ".join(parts) or "not dated"


@lru_cache(maxsize=64)
def the_plan(atlas: Atlas, code: str) -> str:
    """Name and publication, then every source's word on both."""
    brief = summary.summary(atlas, code)
    parts = [f'<p class="stp-line">{panel.plan_line(atlas, brief)}.</p>']
    names = [
        [
            f"{escape(name.name)}<br><small>name of the {name.kind}</small>",
            _dated(name.as_of),
            _proof(atlas, (name.source,), "", name.note),
        ]
        for name in plans.names(atlas, code)
    ]
    dates = [
        [
            wording.date(p.published),
            f"{wording.VERSIONS[p.version]}, {plans.HOW_PUBLISHED[p.how]}"
            + (f": {escape(p.published_by)}" if p.published_by else ""),
            _proof(atlas, (p.source,), p.confidence, p.note),
        ]
        for p in plans.publications(atlas, code)
    ]
    parts.append(
        html.table("Names in use, by source", ["Name", "As of", SOURCE], names)
        if names
        else _none("No name of the plan or the partnership found in the sources read.")
    )
    parts.append(
        html.table("When it became public, by source", ["Date", "What and how", SOURCE], dates)
        if dates
        else _none("No date of publication found in the sources read.")
    )
    return "".join(parts)


SOURCE = "Source and note"


@lru_cache(maxsize=64)
def themes(atlas: Atlas, code: str) -> str:
    """Priorities and enablers with sources, how common each is, the unusual ones marked."""
    named = priorities.named(atlas, PLAN_YEARS)[code]
    counts, proofs = (
        priorities.counts(atlas, PLAN_YEARS),
        priorities.evidence(atlas, later=PLAN_YEARS.later),
    )
    read = priorities.coverage(atlas, code)
    parts = [
        f'<p class="stp-line">Read in {read.read} documents, {read.official} of them official. '
        "What is not listed was not found in them; that is not a no.</p>"
    ]
    for kind, title in (("clinical", "Clinical priorities"), ("enabler", "Enablers")):
        keys = [k for k, t in priorities.themes(atlas).items() if t.kind == kind and k in named]
        keys.sort(key=lambda key: -counts[key])
        rows = [
            [
                escape(priorities.themes(atlas)[key].label)
                + ("<br><small>unusual</small>" if counts[key] <= UNUSUAL else ""),
                f"{counts[key]} of 44",
                html.cite_all(atlas, (p.source for p in proofs[code, key])),
            ]
            for key in keys
        ]
        parts.append(
            html.table(f"{title} of 2016 and 2017", ["Theme", "Named by", "Sources"], rows)
            if rows
            else _none(f"{title}: none found in the sources read.")
        )
    nearest = priorities.most_alike(atlas, code, PLAN_YEARS)[:3]
    names = [footprints.all_footprints(atlas)[other.code].name for other in nearest]
    parts.append(_none(f"Plans most alike in these themes: {escape('; '.join(names))}."))
    return "".join(parts)


UNUSUAL = 5
"""A theme that at most this many of the 44 name."""
PLAN_YEARS = Rules()


@lru_cache(maxsize=64)
def changes(atlas: Atlas, code: str) -> str:
    """Service changes that the plan put forward."""
    rows = [
        [
            f"{escape(found.summary)}<br><small>{found.service}</small>",
            _dated(found.as_of),
            _proof(atlas, found.sources, found.confidence, found.note),
        ]
        for found in proposals(atlas, code)
    ]
    if not rows:
        return _none("No service change found that an official document or named press reports.")
    return html.table("Service changes put forward", ["Change", "As of", SOURCE], rows)


@lru_cache(maxsize=64)
def the_money(atlas: Atlas, code: str) -> str:
    """Every stated gap with its scope, date and source; the preferred one marked."""
    people_here = measures.values(atlas, "population").by_code[code]
    figures = [f for f in money.stated(atlas, code) if f.unit == "GBP million"]
    if not figures:
        return _none("No figure found in the sources read.")
    rows = [
        [
            f"{escape(wording.amount(figure))}<br><small>"
            f"{escape(measures.measure(atlas, figure.measure).label)}"
            f"{' (preferred)' if figure.preferred else ''}</small>",
            wording.SCOPES[figure.scope],
            _dated(figure.as_of),
            f"£{figure.per_head(people_here):,.0f}" if figure.measure == money.GAP else "",
            _proof(atlas, (figure.source,), figure.confidence, figure.note),
        ]
        for figure in figures
    ]
    settled = any(figure.preferred for figure in figures)
    why = wording.PREFERENCE if settled else wording.NONE_PREFERRED
    return f'<p class="stp-line">{why}</p>' + html.table(
        "Stated gaps; a head means for each of the people of mid-2017",
        ["Figure", "Covers", "As of", "A head", SOURCE],
        rows,
        marked=frozenset(i for i, figure in enumerate(figures) if figure.preferred),
    )


@lru_cache(maxsize=64)
def bodies(atlas: Atlas, code: str) -> str:
    """Member bodies by type, with the sources that list them and when."""
    parts = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        rows = [
            [
                f"{escape(member.name)}{_notes(member)}",
                "; ".join(
                    f"{html.cite(atlas, source)} (as of {escape(wording.date(as_of))})"
                    for source, as_of, _ in member.evidence
                ),
            ]
            for member in those
        ]
        name = label[0].upper() + label[1:]
        parts.append(html.table(f"{name} ({len(those)})", ["Name", "Sources"], rows))
    parts.append(
        '<p class="stp-note">A body that is not listed was not found in these sources; that does '
        "not mean that it took no part.</p>"
    )
    return "".join(parts)


def _notes(member: members.Member) -> str:
    notes = "; ".join(dict.fromkeys(note for *_, note in member.evidence if note))
    return f"<br><small>{escape(notes)}</small>" if notes else ""


@lru_cache(maxsize=64)
def became(atlas: Atlas, code: str) -> str:
    """The integrated care boards of July 2022 with their shares of the footprint's people."""
    found = plans.successors(atlas, code)
    return html.table(
        "Integrated care boards of July 2022 and the share of this footprint's mid-2017 people "
        "that each took over",
        ["Board", "Source", "Share of people"],
        [[escape(b.name), html.cite(atlas, b.source), wording.share(b.share)] for b in found],
        numbers_from=2,
    )


def _dated(text: str) -> str:
    return wording.date(text) if text else "not dated"


def _proof(atlas: Atlas, sources: tuple[str, ...], confidence: str, note: str) -> str:
    """The sources of a row, and under them what a reader should know."""
    remarks = ["Low confidence."] if confidence == "low" else []
    remarks += [escape(note)] if note else []
    said = f"<br><small>{' '.join(remarks)}</small>" if remarks else ""
    return f"{html.cite_all(atlas, sources)}{said}"


def _none(sentence: str) -> str:
    return f'<p class="stp-line">{sentence}</p>'
