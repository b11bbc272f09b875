"""The parts of the Compare page: one column a footprint."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.organisations import members
from stp_data.overview import comparing, summary
from stp_data.overview.comparing import Line
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, stated_figures
from stp_data.plans.plans import Lead
from stp_data.plans.proposals import proposals
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Evidence, Rules
from ui.map import panel
from ui.parts import html

Codes = tuple[str, ...]
RULES = Rules()
"""Plans of 2016 and 2017, any source."""


def _heads(atlas: Atlas, codes: Codes, first: str) -> list[str]:
    places = footprints.all_footprints(atlas)
    return [first, *(places[code].name for code in codes)]


def headline(atlas: Atlas, codes: Codes) -> str:
    """What they differ in most."""
    line = comparing.differences(atlas, codes)[0]
    places = footprints.all_footprints(atlas)
    figures = wording.listed(
        [
            f"{measures.shown(line.measure, figure)} in {places[code].name}"
            for code, figure in zip(codes, line.values, strict=True)
        ]
    )
    label = line.measure.label[0].lower() + line.measure.label[1:]
    return f"They differ most in {label}: {figures}"


def links(atlas: Atlas, codes: Codes) -> str:
    """Their pages, and the briefing that sets two side by side."""
    places = [footprints.all_footprints(atlas)[code] for code in codes]
    pages = [_link(f"footprint?area={place.slug}", place.name) for place in places]
    if len(codes) == comparing.FEWEST:
        both = "+".join(place.slug for place in places)
        pages.append(_link(f"briefing/{both}", "Briefing on both, to print"))
    return _list(pages)


def suggestions(atlas: Atlas, footprint: Footprint) -> str:
    """Whom to set beside one footprint: neighbours, plans and places most alike."""
    places = footprints.all_footprints(atlas)
    alike = association.most_alike(atlas, footprint.code, RULES)[:3]
    groups = {
        "Neighbours": footprints.neighbours(atlas, footprint.code),
        "Similar plans, by the themes found": [places[other.code] for other in alike],
        "Places most alike in population": [
            places[code] for code, _ in comparing.places_alike(atlas, footprint.code)[:3]
        ],
    }
    return "".join(
        f'<p class="stp-kicker">{title}</p>'
        + _list(
            [_link(f"compare?areas={footprint.slug},{other.slug}", other.name) for other in listed]
        )
        for title, listed in groups.items()
    )


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}" target="_self">{escape(text)}</a>'


def _list(items: list[str]) -> str:
    return f'<ul class="stp-links">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def folded(label: str, table: str) -> str:
    """A table below its chart: opened by a click or a key, and always open on paper."""
    return (
        f'<details class="stp-fold stp-printed"><summary>{escape(label)}</summary>{table}</details>'
    )


@lru_cache(maxsize=256)
def at_a_glance(atlas: Atlas, codes: Codes) -> str:
    """People, members, leads, plan, gap and successor."""
    briefs = [summary.summary(atlas, code) for code in codes]
    people = html.cite(atlas, comparing.sizes(atlas, codes)[0].source)
    rows = [
        [
            f"NHS region<br>{_small(html.cite(atlas, sources.REGIONS))}",
            *(brief.footprint.region for brief in briefs),
        ],
        [f"People, mid-2017<br>{_small(people)}", *(_people(atlas, brief) for brief in briefs)],
    ]
    rows += [
        [
            f"{plural[0].upper()}{plural[1:]}",
            *(_members(atlas, brief, key) for brief in briefs),
        ]
        for key, (_, plural) in members.GROUPS.items()
    ]
    rows.append(["Led by", *(_leads(atlas, code) for code in codes)])
    rows.append(["The plan", *(panel.plan_line(atlas, brief) for brief in briefs)])
    rows.append(["Became in July 2022", *(_became(atlas, code) for code in codes)])
    return html.table(
        "Members are bodies that sources name (2017 to 2019)", _heads(atlas, codes, "What"), rows
    )


def _people(atlas: Atlas, brief: summary.Summary) -> str:
    code = brief.footprint.code
    return f"{brief.people:,}{html.checked(atlas, 'measure:population', code)}"


def _members(atlas: Atlas, brief: summary.Summary, group: str) -> str:
    """How many bodies of a group there are, with marks of the lists that name them."""
    number = brief.member_counts[group]
    lists = html.marks(
        source
        for member in members.members(atlas, brief.footprint.code)
        if members.group(member) == group
        for source, *_ in member.evidence
    )
    return f"{number}{lists}" if number else "none found"


def _small(text: str) -> str:
    return f"<small>{text}</small>"


def _leads(atlas: Atlas, code: str) -> str:
    found: list[Lead] = plans.leads(atlas, code)
    first = panel.lead_line(atlas, code, plans.first_lead(found))
    others = len(found) - 1
    more = wording.count(others, "other lead", "other leads") if others > 0 else ""
    return f"{first}{f'; {more} on its page' if more else ''}"


def _became(atlas: Atlas, code: str) -> str:
    return "; ".join(
        f"{escape(board.name)} ({wording.share(board.share)} of people) "
        f"{_small(f'[{html.cite(atlas, board.source)}]')}"
        for board in plans.successors(atlas, code)
    )


@lru_cache(maxsize=256)
def differences(atlas: Atlas, codes: Codes) -> str:
    """Measured figures, those that differ most first, and head counts apart."""
    return _figures(
        atlas,
        codes,
        comparing.differences(atlas, codes),
        "What they are like, the most different first. In brackets: distance from England's figure "
        "in standard deviations of the 44 footprints. Spread: highest less lowest, in the same",
        scored=True,
    ) + _figures(atlas, codes, comparing.sizes(atlas, codes), "How big they are")


def _figures(
    atlas: Atlas, codes: Codes, lines: tuple[Line, ...], caption: str, *, scored: bool = False
) -> str:
    rows = [
        [
            f"{escape(line.measure.label)}<br>"
            f"{_small(f'{escape(line.as_of)}, {html.cite(atlas, line.source)}')}",
            *(
                measures.shown(line.measure, figure)
                + (f" {_small(f'({wording.signed(score, 1)})')}" if scored else "")
                for figure, score in zip(line.values, line.scores, strict=True)
            ),
            measures.shown(line.measure, line.england),
            wording.number(line.spread, 1),
        ]
        for line in lines
    ]
    heads = [*_heads(atlas, codes, "Measure"), "England", "Spread"]
    return html.table(caption, heads, rows, numbers_from=1)


@lru_cache(maxsize=256)
def themes(atlas: Atlas, codes: Codes) -> str:
    """Themes found for any of them, in the order of the chart; blank where not found."""
    proofs = themes_named.evidence(atlas, later=RULES.later)
    listed = comparing.shared_themes(atlas, codes, RULES)
    counts = themes_named.counts(atlas, RULES)
    rows = [
        [
            f"{escape(one.theme.label)}<br>"
            + _small(
                f"named by {'all of these, and by ' * (one.naming == len(codes))}"
                f"{wording.at_least(counts[one.theme.key], 44)}"
            ),
            *(
                _proof(atlas, themes_named.counting(proofs.get((code, one.theme.key), ()), RULES))
                for code in codes
            ),
        ]
        for one in listed
    ]
    shared = sum(one.naming == len(codes) for one in listed)
    read = wording.listed([str(themes_named.coverage(atlas, code).read) for code in codes])
    number = wording.count(shared, "theme", "themes")
    common = f"All of these plans name at least {number}, listed first. " if shared else ""
    return (
        f'<p class="stp-line">{common}A blank cell: not found in the documents read ({read}); '
        "it may still be in the plan.</p>"
    ) + html.table("Priorities and enablers of 2016 and 2017", _heads(atlas, codes, "Theme"), rows)


def _proof(atlas: Atlas, found: tuple[Evidence, ...]) -> str:
    """How firmly sources present a theme, how many they are, and the firmest; empty without one."""
    if not found:
        return ""
    official = sum(one.official for one in found)
    weak = " (weak evidence)" if all(one.confidence == "low" for one in found) else ""
    firmest = min(found, key=lambda one: themes_named.HOW.index(one.how))
    return (
        f"<b>{firmest.how}</b>; {wording.count(len(found), 'document', 'documents')}, {official} "
        f"official{weak} {_small(f'[{html.cite(atlas, firmest.source)}]')}"
    )


@lru_cache(maxsize=256)
def changes(atlas: Atlas, codes: Codes) -> str:
    """Proposals of each."""
    cells = []
    for code in codes:
        items = "".join(
            f"<li>{escape(found.summary)} {_small(f'[{html.cite(atlas, found.sources[0])}]')}</li>"
            for found in proposals(atlas, code)
        )
        cells.append(
            f"<ul>{items}</ul>"
            if items
            else "No service change found that an official document or named press reports."
        )
    return html.table(
        "Service changes put forward", _heads(atlas, codes, "What"), [["Proposals", *cells]]
    )


@lru_cache(maxsize=256)
def gaps(atlas: Atlas, codes: Codes) -> str:
    """Every stated yearly gap, a row a scope: figures stand beside figures of the same scope."""
    stated = {
        code: stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.GAP)
        for code in codes
    }
    scopes = [
        scope
        for scope in stated_figures.SCOPES
        if any(figure.scope == scope for figures in stated.values() for figure in figures)
    ]
    rows = []
    for scope in scopes:
        cells = []
        for code in codes:
            people = summary.summary(atlas, code).people
            lines = [
                _gap(atlas, figure, people) for figure in stated[code] if figure.scope == scope
            ]
            if lines:
                lines.append(html.checks(atlas, code, stated_figures.GAP).strip())
            cells.append("<br>".join(filter(None, lines)) or "no figure of this scope found")
        rows.append([stated_figures.SCOPES[scope], *cells])
    if not rows:
        return '<p class="stp-line">No yearly gap found in the sources read for any of them.</p>'
    return html.table(
        "Yearly gaps in 2020/21 if nothing changed, as stated, a row a scope; per head of mid-2017",
        _heads(atlas, codes, "Scope"),
        rows,
    )


def _gap(atlas: Atlas, figure: stated_figures.Stated, people: int) -> str:
    marks = [f"£{figure.per_head(people):,.0f} a head"]
    marks += [f"as of {wording.date(figure.as_of)}" if figure.as_of else "not dated"]
    marks += ["preferred"] if figure.preferred else []
    marks += ["weak evidence"] if figure.confidence == "low" else []
    return (
        f"<b>{escape(stated_figures.amount(figure))}</b> ({', '.join(marks)}) "
        f"{_small(f'[{html.cite(atlas, figure.source)}]')}"
    )
