"""Evidence: which statements are true, where sources disagree, and what was found at all."""

from __future__ import annotations

import streamlit as st

import stp_data
from stp_data.core import sources, wording
from stp_data.core.records import records
from stp_data.evidence import claims, conflicts, coverage, source_usage
from stp_data.places import footprints
from stp_data.plans import stated_figures
from stp_data.priorities import counts_by_others, themes_named
from ui.evidence import claim_cards, conflict_tables, coverage_tables, filters, parts, source_tables
from ui.evidence.filters import EvidenceFilters
from ui.parts import chrome, controls, copying, html
from ui.parts.cells import line

IN_FULL = 6
"""So many conflicts, or fewer, are shown with all that each source says."""
RULES = (
    f"{stated_figures.PREFERENCE} For dates and titles: the first full release and the full title "
    "of the 2016 plan. No figures are averaged."
)
atlas = stp_data.load()


def draw_claims(now: EvidenceFilters) -> None:
    """Statements checked: one, or those that the filters leave."""
    every = claims.claims(atlas)
    if opened := claims.by_key(atlas).get(now.query.get("claim", "")):
        finding = f"{opened.statement.rstrip('.')}: {claims.VERDICTS[opened.verdict].lower()}"
        st.header(finding, anchor=False)
        st.html(claim_cards.card(atlas, opened))
        parts.clear(now, "claim", "All claims")
        return
    about = now.query.get("about")
    chosen = {name: now.query.get(name, "").replace("-", " ") for name in ("verdict", "topic")}
    found = claims.select(
        claims.touching(atlas, about) if about else every,
        **chosen, document=now.query.get("document", ""), code=now.code(atlas) or "",
    )  # fmt: skip
    finding = claims.headline(atlas)
    if len(found) < len(every):
        finding = f"{wording.count(len(found), 'statement', 'statements')} of {len(every)} checked"
    parts.heading(
        now,
        finding,
        "Statements that people quote, in our words, each checked against other sources."
        + (" Only those about the figure that you came from." if about else ""),
        {"claims": "All claims, CSV"},
    )
    if about:
        parts.clear(now, "about", "All claims")
    st.html(claim_cards.verdict_counts(found))
    if found:
        st.html(claim_cards.cards(atlas, found))
    else:
        st.markdown("No statement matches all these filters. Remove one.")


def draw_conflicts(now: EvidenceFilters) -> None:
    """Facts on which sources differ: one, or those that the filters leave."""
    if opened := conflicts.by_key(atlas).get(now.query.get("conflict", "")):
        st.header(conflict_tables.title(atlas, opened), anchor=False)
        st.html(conflict_tables.conflict(atlas, opened, headed=False))
        parts.clear(now, "conflict", "All conflicts")
        st.caption(RULES)
        return
    every, code, kind = conflicts.conflicts(atlas), now.code(atlas), now.query.get("kind")
    found = conflicts.select(every, kind=kind, code=code)
    finding = conflicts.headline(atlas)
    if len(found) < len(every):
        where = f" about {conflicts.place(atlas, code)}" if code else ""
        finding = f"Sources differ on {wording.count(len(found), 'fact', 'facts')}{where}"
    parts.heading(now, finding, RULES, {"conflicts": "All conflicts, CSV"})
    if not found:
        st.markdown("We found no such conflict. That doesn't mean the sources are right.")
    elif len(found) <= IN_FULL:
        st.html("".join(conflict_tables.conflict(atlas, one) for one in found))
    else:
        st.html(conflict_tables.overview(atlas, found))
    if table := conflict_tables.not_comparable(atlas, kind, code):
        st.html(table)


def draw_published_counts(now: EvidenceFilters) -> None:
    """What others counted over all or most plans."""
    parts.heading(
        now,
        f"{len(counts_by_others.counts(atlas))} published counts of what the plans say",
        "By charities, colleges, unions, think tanks and newspapers that looked at all or most "
        "plans. Counts that can be compared with ours come first.",
        {"counts_by_others": "All published counts, CSV"},
    )
    st.html(conflict_tables.published_counts(atlas))


def draw_coverage(now: EvidenceFilters) -> None:
    """How much was found for each footprint, and one of them in detail."""
    reads = [themes_named.coverage(atlas, code).read for code in footprints.all_footprints(atlas)]
    parts.heading(
        now,
        coverage.headline(atlas),
        f"We read {min(reads)} to {max(reads)} documents for each footprint. "
        f"{coverage.plans_read(atlas)} The numbers are rows of our tables: many rows can mean that "
        "more was published, not that more was done.",
        {"coverage": "Coverage, CSV", "readings": "Documents read, CSV"},
    )
    if code := now.code(atlas):
        st.html(coverage_tables.one_footprint(atlas, code))
    order = filters.ORDER.word(now.query)
    st.html(coverage_tables.LEGEND + coverage_tables.every_footprint(atlas, order))


def draw_sources(now: EvidenceFilters) -> None:
    """One source with all that it is used for, or those that the filters leave."""
    if "source" in now.query:
        opened = sources.source(atlas, now.query["source"])
        st.header(opened.title, anchor=False)
        st.html(source_tables.source(atlas, opened))
        parts.clear(now, "source", "All sources")
        return
    every = [sources.source(atlas, key) for key in atlas.sources["source"]]
    publisher_type = source_usage.publisher_types(atlas).get(now.query.get("type", ""))
    found = source_usage.find(atlas, now.query.get("q", ""), publisher_type)
    finding = f"{len(every):,} sources, {sum(one.official for one in every)} of them official"
    if len(found) < len(every):
        number = wording.count(len(found), "source matches", "sources match")
        finding = f"{number}, of {len(every):,}"
    about = "Official means the NHS, a council or the government. The most used come first."
    parts.heading(now, finding, about, {"sources": "All sources, CSV"})
    if found:
        parts.list_page(
            now, found, lambda shown, caption: source_tables.listed(atlas, shown, caption)
        )
    else:
        st.markdown("No title, publisher or address has all these words. Try fewer.")


def draw_exclusions(now: EvidenceFilters) -> None:
    """Raw rows that were left out."""
    rows = records(atlas.excluded)
    parts.heading(
        now,
        f"{len(rows)} raw rows were left out, each for a stated reason",
        "Facts that we noted and did not publish, because they could not be shown, were about "
        "something else, or came from too weak a source.",
        {"excluded": "All exclusions, CSV"},
    )
    parts.list_page(now, rows, source_tables.exclusions)


def draw_corrections(now: EvidenceFilters) -> None:
    """Changes to raw files."""
    rows = records(atlas.corrections)
    parts.heading(
        now,
        f"{len(rows)} corrections to raw files, each with its reason",
        "What the raw file says, what we use instead, and why.",
        {"corrections": "All corrections, CSV"},
    )
    link = html.link("data?show=corrections", "How to report an error, and what happens then")
    st.html(line(link) + source_tables.corrections(rows))


def draw_controls(now: EvidenceFilters) -> None:
    """The filters of the part that is shown."""
    if now.view == "claims":
        parts.narrow(atlas, now, filters.VERDICT, "Finding", "All findings")
        parts.narrow(atlas, now, filters.TOPIC, "Topic", "All topics", 180)
        parts.narrow(atlas, now, filters.DOCUMENT, "Document", "All documents", 360)
        parts.narrow(atlas, now, filters.PLACE, "Place", "All places", 280)
    elif now.view == "conflicts":
        parts.narrow(atlas, now, filters.KIND, "Kind of fact", "All kinds")
        parts.narrow(atlas, now, filters.PLACE, "Place", "All places", 330)
    elif now.view == "coverage":
        controls.choice(atlas, filters.ORDER, now.query, "Order", view=now.view)
        parts.narrow(atlas, now, filters.FOOTPRINT, "Footprint", "All footprints", 330)
    elif now.view == "sources":
        parts.search(now)
        parts.narrow(atlas, now, filters.TYPE, "Type of publisher", "All types")


VIEWS = {
    "claims": draw_claims,
    "conflicts": draw_conflicts,
    "others": draw_published_counts,
    "coverage": draw_coverage,
    "sources": draw_sources,
    "exclusions": draw_exclusions,
    "corrections": draw_corrections,
}


# A fragment: what a choice changes travels, and title, navigation and footer stay.
@st.fragment
def body() -> None:
    """Everything that a choice on this page changes."""
    now = filters.read(st.query_params, atlas)
    # Another part begins without the filters of this one.
    controls.one_of(
        "Show", filters.VIEWS, now.view,
        key="view", write=lambda view: chrome.write(**dict.fromkeys(filters.NAMES), view=view),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_controls(now)
    chrome.notices(now.notices)
    VIEWS[now.view](now)


chrome.start("Evidence")
st.title("Evidence and sources", anchor=False)
body()
chrome.footer()
copying.listen()
