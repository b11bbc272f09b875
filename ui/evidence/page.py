"""The Evidence page: its controls, and one view at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from stp_data.core import sources, texts, wording
from stp_data.core.atlas import Atlas
from stp_data.core.errors import DataError
from stp_data.core.records import records
from stp_data.evidence import claims, conflicts, coverage, source_usage
from stp_data.evidence.source_usage import Wanted
from stp_data.places import footprints
from stp_data.plans import stated_figures
from stp_data.priorities import counts_by_others, themes_named
from ui.evidence import filters, tables
from ui.evidence.filters import AT_ONCE, AskedEvidence
from ui.parts import chrome, controls, copying, prose

FILTERS = (
    "claim", "conflict", "source", "about", "verdict", "topic", "document", "area", "kind", "type",
    "q", "order", "page",
)  # fmt: skip
"""All of the address but the view: another view begins without them."""
IN_FULL = 6
"""So many conflicts, or fewer, are shown with all their rows."""


def draw(atlas: Atlas, now: AskedEvidence) -> None:
    """The page below its title."""
    controls.one_of(
        "Show", filters.VIEWS, now.view,
        key="view", write=lambda view: chrome.write(**dict.fromkeys(FILTERS), view=view),
    )  # fmt: skip
    if now.view in _CONTROLS:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _CONTROLS[now.view](atlas, now)
    chrome.notices(now.notices)
    _VIEWS[now.view](atlas, now)


def _narrow(**choices: str | None) -> None:
    """Take a filter into the address; the list begins anew, and nothing is opened."""
    rest = dict.fromkeys(("claim", "conflict", "source", "about", "page"))
    # The view was perhaps only implied by what was open.
    chrome.write(**{**rest, "view": st.session_state["view"], **choices})


def _pick(
    label: str,
    name: str,
    options: Mapping[str, str],
    value: str | None,
    none: str,
    width: int = 230,
) -> None:
    """A filter of one of several words."""
    key = f"evidence_{name}"
    st.session_state[key] = value
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        index=None,
        placeholder=none,
        key=key,
        on_change=lambda: _narrow(**{name: st.session_state[key]}),
        width=width,
    )


def _places(atlas: Atlas, *, england: bool) -> dict[str, str]:
    found = {place.slug: place.name for place in footprints.by_name(atlas)}
    return {filters.ENGLAND: "England as a whole", **found} if england else found


def _to_copy(finding: str, **query: str | None) -> str:
    where = copying.address("evidence", **query)
    sentence = f"{finding}. STP Atlas, {where}"
    return copying.button("Copy sentence", sentence) + copying.button("Copy link", where)


def _file(name: str, words: str) -> str:
    return f'<a class="stp-copy" href="download/{name}.csv" download>{words}</a>'


def _clear(name: str, words: str) -> None:
    st.button(
        words,
        on_click=lambda: chrome.write(**{name: None, "view": st.session_state["view"]}),
        type="tertiary",
    )


# --- claims --------------------------------------------------------------------------------------


def _claim_controls(atlas: Atlas, now: AskedEvidence) -> None:
    verdicts = {key: word[0].upper() + word[1:] for key, word in filters.VERDICTS.items()}
    topics = {key: word[0].upper() + word[1:] for key, word in filters.topics(atlas).items()}
    documents = {key: sources.reference(one) for key, one in filters.documents(atlas).items()}
    _pick("Verdict", "verdict", verdicts, now.verdict, "All verdicts")
    _pick("Topic", "topic", topics, now.topic, "All topics", 180)
    _pick("Document", "document", documents, now.document, "All documents", 360)
    _pick("Place", "area", _places(atlas, england=True), now.area, "All places", 280)


def _claims(atlas: Atlas, now: AskedEvidence) -> None:
    everything = claims.claims(atlas)
    if now.claim:
        st.header(f"{now.claim.statement.rstrip('.')}: {now.claim.verdict}", anchor=False)
        st.html(tables.claim(atlas, now.claim))
        _clear("claim", "All claims")
        return
    found = claims.touching(atlas, now.about) if now.about else everything
    found = claims.select(
        found,
        verdict=filters.VERDICTS[now.verdict] if now.verdict else "",
        topic=filters.topics(atlas)[now.topic] if now.topic else "",
        document=now.document or "",
        code=now.code or "",
    )
    narrowed = len(found) < len(everything)
    finding = (
        f"{wording.count(len(found), 'statement', 'statements')} of {len(everything)} checked"
        if narrowed
        else claims.headline(atlas)
    )
    st.header(finding, anchor=False)
    st.caption(
        "Statements that people quote, in our words, each checked against other sources."
        + (" Only those that touch the figure that you came from." if now.about else "")
    )
    query = {
        "verdict": now.verdict, "topic": now.topic, "document": now.document,
        "about": now.about, "area": now.area,
    }  # fmt: skip
    st.html(
        _to_copy(finding, **query)
        + _file("claims", "All claims, CSV")
        + tables.verdict_counts(found)
    )
    if now.about:
        _clear("about", "All claims")
    if found:
        worst_first = sorted(found, key=lambda one: _WORST_FIRST.index(one.verdict))
        st.html(tables.claims_listed(atlas, worst_first))
    else:
        st.markdown("No statement that we checked fits all of these. Take a filter off.")


_WORST_FIRST = ("wrong", "holds with a caveat", "cannot be checked", "holds")


# --- conflicts -----------------------------------------------------------------------------------


def _conflict_controls(atlas: Atlas, now: AskedEvidence) -> None:
    present = {one.kind for one in conflicts.conflicts(atlas)}
    kinds = {key: label for key, label in conflicts.KINDS.items() if key in present}
    _pick("Kind of fact", "kind", kinds, now.kind, "All kinds")
    _pick("Footprint", "area", _places(atlas, england=True), now.area, "All 44 footprints", 330)


def _conflicts(atlas: Atlas, now: AskedEvidence) -> None:
    if now.conflict:
        st.header(tables.conflict_headline(atlas, now.conflict), anchor=False)
        st.html(tables.conflict(atlas, now.conflict, headed=False))
        _clear("conflict", "All conflicts")
        st.caption(_RULES)
        return
    everything = conflicts.conflicts(atlas)
    found = conflicts.select(everything, kind=now.kind, code=now.code)
    finding = conflicts.headline(atlas)
    if len(found) < len(everything):
        where = f" of {conflicts.place(atlas, now.code)}" if now.code else ""
        finding = f"Sources differ on {wording.count(len(found), 'fact', 'facts')}{where} here"
    st.header(finding, anchor=False)
    st.caption(_RULES)
    st.html(
        _to_copy(finding, view="conflicts", kind=now.kind, area=now.area)
        + _file("conflicts", "All conflicts, CSV")
    )
    if not found:
        st.markdown(
            "No two sources that were read differ on such a fact. That is not to say that they "
            "are right."
        )
    elif len(found) <= IN_FULL:
        st.html("".join(tables.conflict(atlas, one) for one in found))
    else:
        st.html(tables.conflicts_listed(atlas, found))
    if now.kind in (None, "gap", "national"):
        st.html(
            tables.unlike(
                atlas,
                (
                    one
                    for one in conflicts.unlike(atlas)
                    if now.code in (None, one.code)
                    and now.kind in (None, _kind_of_unlike(one.code))
                ),
            )
        )


def _kind_of_unlike(code: str) -> str:
    return "national" if code == conflicts.ENGLAND else "gap"


_RULES = (
    f"{stated_figures.PREFERENCE} Of dates and titles, the first full release and the full title "
    "of the plan of 2016. No figures are averaged."
)


# --- counts by others ----------------------------------------------------------------------------


def _others(atlas: Atlas, _now: AskedEvidence) -> None:
    found = counts_by_others.counts(atlas)
    finding = f"{len(found)} counts that others made of the plans"
    st.header(finding, anchor=False)
    st.caption(
        "Charities, colleges, unions, think tanks and newspapers that looked at all or most plans. "
        "Numbers are as they give them. Those that can be compared with our counts come first."
    )
    st.html(
        _to_copy(finding, view="others")
        + _file("counts_by_others", "All counts by others, CSV")
        + tables.counts_by_others(atlas, found)
    )


# --- coverage ------------------------------------------------------------------------------------


def _coverage_controls(atlas: Atlas, now: AskedEvidence) -> None:
    controls.one_of(
        "Order of rows", filters.ORDERS, now.order,
        key="evidence_order", labelled=True, write=lambda order: _narrow(order=order),
    )  # fmt: skip
    _pick("Footprint", "area", _places(atlas, england=False), now.area, "None opened", 330)


def _coverage(atlas: Atlas, now: AskedEvidence) -> None:
    finding = coverage.headline(atlas)
    st.header(finding, anchor=False)
    reads = [themes_named.coverage(atlas, code).read for code in footprints.all_footprints(atlas)]
    st.caption(
        f"{min(reads)} to {max(reads)} documents were read for each footprint. "
        f"{coverage.plans_read(atlas)} Numbers are rows of the tables; "
        "many rows can mean that more was published, not that more was done."
    )
    st.html(
        _to_copy(finding, view="coverage", order=now.order, area=now.area)
        + _file("coverage", "CSV of the coverage")
        + _file("readings", "Documents read, CSV")
    )
    if now.footprint:
        st.html(tables.coverage_of(atlas, now.footprint))
    st.html(tables.coverage_legend() + tables.coverage_table(atlas, now.order))


# --- sources -------------------------------------------------------------------------------------


def _source_controls(atlas: Atlas, now: AskedEvidence) -> None:
    st.session_state["evidence_q"] = now.search
    st.text_input(
        "Find a source",
        key="evidence_q",
        max_chars=source_usage.LONGEST_SEARCH,
        placeholder="Title, publisher or address",
        on_change=lambda: _narrow(q=st.session_state["evidence_q"].strip() or None),
        width=330,
    )
    types = {
        key: "NHS" if kind == "nhs" else kind[0].upper() + kind[1:]
        for key, kind in source_usage.publisher_types(atlas).items()
    }
    _pick("Type of publisher", "type", types, now.type, "All types")


def _sources(atlas: Atlas, now: AskedEvidence) -> None:
    if now.source:
        st.header(now.source.title, anchor=False)
        st.html(tables.source(atlas, now.source))
        _clear("source", "All sources")
        return
    kinds = source_usage.publisher_types(atlas)
    found = source_usage.find(atlas, Wanted(now.search, kinds[now.type] if now.type else None))
    everything = len(atlas.sources)
    finding = f"{everything} sources, {_official(atlas)} of them official"
    if len(found) < everything:
        finding = f"{wording.count(len(found), 'source fits', 'sources fit')}, of {everything}"
    st.header(finding, anchor=False)
    st.caption("Official means the NHS, a council or the government. Those most used come first.")
    st.html(
        _to_copy(finding, view="sources", q=now.search, type=now.type)
        + _file("sources", "All sources, CSV")
    )
    if not found:
        st.markdown("No title, publisher or address has all of these words. Try fewer.")
        return
    page, pages = filters.at_page(len(found), now)
    first = (page - 1) * AT_ONCE
    shown = found[first : first + AT_ONCE]
    caption = f"{first + 1} to {first + len(shown)} of {len(found)}; a title opens what rests on it"
    st.html(tables.sources_listed(atlas, shown, caption))
    _paging(page, pages)


def _official(atlas: Atlas) -> int:
    return sum(sources.source(atlas, key).official for key in atlas.sources["source"])


def _paging(page: int, pages: int) -> None:
    """Buttons to the pages before and after."""
    if pages == 1:
        return

    def turn(to: int) -> None:
        chrome.write(page=str(to) if to > 1 else None)

    with st.container(horizontal=True, vertical_alignment="center"):
        if page > 1:
            st.button(f"Previous {AT_ONCE}", key="previous", on_click=turn, args=(page - 1,))
        if page < pages:
            st.button(f"Next {AT_ONCE}", key="next", on_click=turn, args=(page + 1,))
        st.caption(f"Page {page} of {pages}")


# --- logs ----------------------------------------------------------------------------------------


def _exclusions(atlas: Atlas, now: AskedEvidence) -> None:
    rows = records(atlas.excluded)
    finding = f"{len(rows)} raw rows were left out, each for a reason"
    st.header(finding, anchor=False)
    st.caption(
        "Facts that were noted and not published, because what they say could not be shown, was "
        "about something else, or rested on too weak a source."
    )
    page, pages = filters.at_page(len(rows), now)
    first = (page - 1) * AT_ONCE
    shown = rows[first : first + AT_ONCE]
    st.html(
        _to_copy(finding, view="exclusions")
        + _file("excluded", "All exclusions, CSV")
        + tables.exclusions(shown, f"{first + 1} to {first + len(shown)} of {len(rows)}")
    )
    _paging(page, pages)


def _corrections(atlas: Atlas, _now: AskedEvidence) -> None:
    rows = records(atlas.corrections)
    finding = f"{len(rows)} corrections to raw files, and none without a reason"
    st.header(finding, anchor=False)
    try:
        policy = dict(texts.read("docs/corrections.md").parts)["What happens"]
    except (DataError, KeyError) as error:
        chrome.notices([f"The policy cannot be shown. {error}."])
    else:
        st.subheader("When an error is reported", anchor=False)
        st.markdown(prose.linked(policy), unsafe_allow_html=True, width=prose.WIDTH)
    st.html(
        '<p class="stp-line"><a href="data?show=corrections" target="_self">How to report an '
        "error, and a summary of what was corrected</a></p>"
        + _to_copy(finding, view="corrections")
        + _file("corrections", "All corrections, CSV")
        + tables.corrections(rows)
    )


_CONTROLS: dict[str, Callable[[Atlas, AskedEvidence], None]] = {
    "claims": _claim_controls,
    "conflicts": _conflict_controls,
    "coverage": _coverage_controls,
    "sources": _source_controls,
}
_VIEWS: dict[str, Callable[[Atlas, AskedEvidence], None]] = {
    "claims": _claims,
    "conflicts": _conflicts,
    "others": _others,
    "coverage": _coverage,
    "sources": _sources,
    "exclusions": _exclusions,
    "corrections": _corrections,
}
