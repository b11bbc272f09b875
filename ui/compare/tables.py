"""The tables of the Compare page: one column a footprint."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps as money
from stp_data.organisations import members
from stp_data.overview import comparing, summary
from stp_data.overview.comparing import RULES, Line
from stp_data.places import footprints, measures
from stp_data.places.footprints import Footprint
from stp_data.plans import plans, stated_figures
from stp_data.plans.proposals import proposals
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Evidence
from ui.map import panel
from ui.parts import html
from ui.parts.cells import line

Codes = tuple[str, ...]


def _heads(atlas: Atlas, codes: Codes, first: str) -> list[str]:
    places = footprints.all_footprints(atlas)
    return [first, *(places[code].name for code in codes)]


def _small(text: str) -> str:
    return f"<small>{text}</small>"


def _source(atlas: Atlas, key: str) -> str:
    return _small(f"[{html.cite(atlas, key)}]")


def links(atlas: Atlas, codes: Codes) -> str:
    """Links to their pages, and to the briefing on two."""
    places = [footprints.all_footprints(atlas)[code] for code in codes]
    found = {f"footprint?area={place.slug}": place.name for place in places}
    if len(places) == 2:
        found[f"briefing/{places[0].slug}+{places[1].slug}"] = "Printable briefing on both"
    return _list(found)


def suggestions(atlas: Atlas, footprint: Footprint) -> str:
    """Footprints to compare with one: neighbours, similar plans and similar populations."""
    places = footprints.all_footprints(atlas)
    plans_alike = association.most_alike(atlas, footprint.code, RULES)[:3]
    places_alike = comparing.places_alike(atlas, footprint.code)[:3]
    groups = {
        "Neighbours": footprints.neighbours(atlas, footprint.code),
        "Similar plans": [places[other.code] for other in plans_alike],
        "Similar populations": [places[code] for code, _ in places_alike],
    }
    return "".join(
        f'<p class="stp-kicker">{title}</p>'
        + _list({f"compare?areas={footprint.slug},{one.slug}": one.name for one in listed})
        for title, listed in groups.items()
    )


def _list(found: dict[str, str]) -> str:
    items = (
        f'<li><a href="{escape(where)}" target="_self">{escape(text)}</a></li>'
        for where, text in found.items()
    )
    return f'<ul class="stp-links">{"".join(items)}</ul>'


@lru_cache(maxsize=256)
def overview(atlas: Atlas, codes: Codes) -> str:
    """Region, people, members, leads, plan and successor of each."""
    briefs = [summary.summary(atlas, code) for code in codes]
    rows = [
        [
            f"NHS region<br>{_small(html.cite(atlas, sources.REGIONS))}",
            *(brief.footprint.region for brief in briefs),
        ],
        [
            f"People, mid-2017<br>{_small(html.cite(atlas, sources.PEOPLE))}",
            *(
                f"{brief.people:,}{html.checked(atlas, 'measure:population', brief.footprint.code)}"
                for brief in briefs
            ),
        ],
        *(
            [f"{plural[0].upper()}{plural[1:]}", *(_members(atlas, brief, key) for brief in briefs)]
            for key, (_, plural) in members.GROUPS.items()
        ),
        ["Lead", *(_leads(atlas, code) for code in codes)],
        ["Plan", *(panel.plan_line(atlas, brief) for brief in briefs)],
        ["Successor, July 2022", *(_successors(atlas, code) for code in codes)],
    ]
    caption = "Member organisations as listed from 2017 to 2019"
    return html.table(caption, _heads(atlas, codes, "Topic"), rows)


def _members(atlas: Atlas, brief: summary.Summary, group: str) -> str:
    """How many members of a group there are, with marks of the lists that name them."""
    number = brief.member_counts[group]
    lists = html.marks(
        source
        for member in members.members(atlas, brief.footprint.code)
        if members.group(member) == group
        for source, *_ in member.evidence
    )
    return f"{number}{lists}" if number else "none found"


def _leads(atlas: Atlas, code: str) -> str:
    found = plans.leads(atlas, code)
    first = panel.lead_line(atlas, code, plans.first_lead(found))
    more = wording.count(len(found) - 1, "other lead", "other leads")
    return f"{first}; {more} on its page" if len(found) > 1 else first


def _successors(atlas: Atlas, code: str) -> str:
    return "; ".join(
        f"{escape(board.name)} ({wording.share(board.share)} of people) "
        f"{_source(atlas, board.source)}"
        for board in plans.successors(atlas, code)
    )


@lru_cache(maxsize=256)
def differences(atlas: Atlas, codes: Codes) -> str:
    """Measured figures, those that differ most first, and head counts in a table of their own."""
    scored = (
        "Measures, most different first. In brackets: distance from England in standard deviations "
        "of the 44 footprints. Spread: highest less lowest, in the same unit"
    )
    return _figures(
        atlas, codes, comparing.differences(atlas, codes), scored, has_scores=True
    ) + _figures(atlas, codes, comparing.sizes(atlas, codes), "Population")


def _figures(
    atlas: Atlas, codes: Codes, lines: tuple[Line, ...], caption: str, *, has_scores: bool = False
) -> str:
    rows = [
        [
            f"{escape(one.measure.label)}<br>"
            f"{_small(f'{escape(one.as_of)}, {html.cite(atlas, one.source)}')}",
            *(
                measures.shown(one.measure, figure)
                + (f" {_small(f'({wording.signed(score, 1)})')}" if has_scores else "")
                for figure, score in zip(one.values, one.scores, strict=True)
            ),
            measures.shown(one.measure, one.england),
            wording.number(one.spread, 1),
        ]
        for one in lines
    ]
    heads = [*_heads(atlas, codes, "Measure"), "England", "Spread"]
    return html.table(caption, heads, rows, numbers_from=1)


@lru_cache(maxsize=256)
def themes(atlas: Atlas, codes: Codes) -> str:
    """Themes found for any of them, in the order of the chart; blank where not found."""
    proofs = themes_named.evidence(atlas, later=RULES.later)
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
        for one in comparing.shared_themes(atlas, codes)
    ]
    read = wording.listed([str(themes_named.coverage(atlas, code).read) for code in codes])
    return line(
        f"Blank: not found in the documents we read ({read}); it may still be in the plan."
    ) + html.table("Priorities and enablers of 2016 and 2017", _heads(atlas, codes, "Theme"), rows)


def _proof(atlas: Atlas, found: tuple[Evidence, ...]) -> str:
    """How firmly sources present a theme, how many there are, and the firmest; empty for none."""
    if not found:
        return ""
    official = sum(one.official for one in found)
    weak = " (weak evidence)" if all(one.confidence == "low" for one in found) else ""
    firmest = min(found, key=lambda one: themes_named.HOW.index(one.how))
    return (
        f"<b>{firmest.how}</b>; {wording.count(len(found), 'document', 'documents')}, {official} "
        f"official{weak} {_source(atlas, firmest.source)}"
    )


@lru_cache(maxsize=256)
def proposed_changes(atlas: Atlas, codes: Codes) -> str:
    """The service changes that each proposed."""
    cells = []
    for code in codes:
        items = "".join(
            f"<li>{escape(found.summary)} {_source(atlas, found.sources[0])}</li>"
            for found in proposals(atlas, code)
        )
        cells.append(f"<ul>{items}</ul>" if items else "none found in official papers or the press")
    heads = _heads(atlas, codes, "Topic")
    return html.table("Proposed service changes", heads, [["Proposals", *cells]])


@lru_cache(maxsize=256)
def gaps(atlas: Atlas, codes: Codes) -> str:
    """Every stated yearly gap, a row for each coverage."""
    rows = []
    for scope, covers in stated_figures.SCOPES.items():
        cells = []
        for code in codes:
            people = summary.summary(atlas, code).people
            found = [one for one in comparing.stated_gaps(atlas, code) if one.scope == scope]
            lines = [_gap(atlas, figure, people) for figure in found]
            if found:
                lines.append(html.checks(atlas, code, stated_figures.GAP).strip())
            cells.append("<br>".join(filter(None, lines)))
        if any(cells):
            rows.append([covers, *(cell or "none found" for cell in cells)])
    return html.table(
        "Yearly gap in 2020/21 if nothing changed, by coverage; per person of mid-2017",
        _heads(atlas, codes, "What it covers"),
        rows,
    )


def _gap(atlas: Atlas, figure: stated_figures.Stated, people: int) -> str:
    said = [
        f"£{figure.per_head(people):,.0f} per person",
        f"as of {wording.date(figure.as_of)}" if figure.as_of else "not dated",
        *(["figure we use"] if figure.preferred else []),
        *(["weak evidence"] if figure.confidence == "low" else []),
    ]
    amount = escape(stated_figures.amount(figure))
    return f"<b>{amount}</b> ({', '.join(said)}) {_source(atlas, figure.source)}"


def without_gaps(atlas: Atlas, codes: Codes) -> str:
    """Which of them have no gap of a coverage that others have; empty for none."""
    places = footprints.all_footprints(atlas)
    said = []
    for scope in money.SCOPES.values():
        lacking = [
            places[code].short_name
            for code in codes
            if all(one.scope != scope for one in comparing.stated_gaps(atlas, code))
        ]
        if 0 < len(lacking) < len(codes):
            covers = stated_figures.SCOPES[scope]
            said.append(f"No figure found for {wording.listed(lacking)}: {covers}.")
    return " ".join(said)
