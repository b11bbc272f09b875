"""What the briefing on two footprints says: side by side, what they share and what they do not."""

from __future__ import annotations

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage, not_found
from stp_data.organisations import members
from stp_data.overview import comparing, summary
from stp_data.places import footprints, measures
from stp_data.plans import plans, stated_figures
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Evidence
from web.briefing.content import (
    BORDERS,
    PLAN_YEARS,
    READINGS,
    REGIONS,
    a_head,
    common,
    data_line,
    differing,
    lead_text,
    period,
    sentence_of,
    themes_of,
    title_and_date,
)
from web.briefing.parts import (
    Block,
    Briefing,
    Listing,
    Notes,
    Paragraph,
    Run,
    Section,
    Table,
    Text,
    bold,
    plain,
    text,
)


def briefing(atlas: Atlas, codes: tuple[str, str]) -> Briefing:
    """The briefing on two footprints, in the order asked for."""
    notes = Notes(atlas)
    first, second = (footprints.all_footprints(atlas)[code] for code in codes)
    sentences = tuple(
        (bold(f"{place.name}: "), *sentence_of(atlas, place.code, notes))
        for place in (first, second)
    )
    sections = (
        Section("differs", "How they differ", (_differs(atlas, codes, notes),)),
        Section("table", "Who is at the table", _members(atlas, codes, notes)),
        Section("lead", "Who led them", (_leads(atlas, codes, notes),)),
        Section("plan", "What the plans said", _plans(atlas, codes, notes)),
        Section("money", "The money", (_money(atlas, codes, notes), a_head(notes))),
        Section("beside", "Where they lie", (_beside(atlas, codes, notes),)),
        Section("became", "What they became", (_became(atlas, codes, notes),)),
        Section("missing", "What we could not find", (_missing(atlas, codes, notes),)),
    )
    name = f"{first.name} and {second.name}, side by side"
    return Briefing(
        name=name,
        slug=f"{first.slug}+{second.slug}",
        codes=codes,
        kicker=f"{first.code} and {second.code}",
        portraits=sentences,
        description=" ".join(plain(sentence) for sentence in sentences),
        sections=sections,
        notes=notes.all(),
        uncited=notes.where_uncited("the page of each"),
        differing=differing(atlas, *codes),
        data=data_line(atlas, notes),
    )


def _names(atlas: Atlas, codes: tuple[str, str]) -> tuple[str, str]:
    first, second = (footprints.all_footprints(atlas)[code].name for code in codes)
    return first, second


def _short(atlas: Atlas, codes: tuple[str, str]) -> tuple[str, str]:
    """Names for the heads of columns."""
    first, second = (footprints.all_footprints(atlas)[code].short_name for code in codes)
    return first, second


def _by_name(atlas: Atlas, code: str, *runs: Run | str) -> Text:
    return (bold(f"{footprints.all_footprints(atlas)[code].name}: "), *text(*runs))


def _differs(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    rows = [
        (
            text(
                Run(line.measure.label, notes.cite(line.source)),
                period(line.as_of),
            ),
            *(text(measures.shown(line.measure, figure)) for figure in line.values),
            text(measures.shown(line.measure, line.england)),
        )
        for line in comparing.differences(atlas, codes)
        if line.measure.key not in summary.HEADCOUNTS[1:]
    ]
    return Table(
        caption="Where they differ most first (in standard deviations of the 44)",
        head=("Measure and period", *_short(atlas, codes), "England"),
        rows=tuple(rows),
        figures=frozenset({1, 2, 3}),
    )


def _members(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> tuple[Block, ...]:
    seats = [members.members(atlas, code) for code in codes]
    cited = [
        notes.cite(*dict.fromkeys(source for m in those for source, *_ in m.evidence))
        for those in seats
    ]
    tallies = [members.counts(those) for those in seats]
    rows = [
        (
            text(plural[0].upper() + plural[1:]),
            *(
                text(Run(str(tally[group]) if tally[group] else "none found", found))
                for tally, found in zip(tallies, cited, strict=True)
            ),
        )
        for group, (_, plural) in members.GROUPS.items()
        if any(tally[group] for tally in tallies)
    ]
    counted = Table(
        caption="Bodies that sources name at each table",
        head=("Type of body", *_short(atlas, codes)),
        rows=tuple(rows),
        figures=frozenset({1, 2}),
    )
    there = {member.org: member for member in seats[1]}
    both = [
        text(
            Run(
                member.name,
                notes.cite(
                    *(source for source, *_ in (*member.evidence, *there[member.org].evidence))
                ),
            )
        )
        for member in seats[0]
        if member.org in there
    ]
    if both:
        return counted, Listing(f"At both tables ({len(both)})", tuple(both))
    return counted, Paragraph(text("No body was found at both tables."))


def _leads(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    items = []
    for code in codes:
        lead = plans.first_lead(plans.leads(atlas, code))
        shown = text("none found in the sources read") if lead is None else lead_text(lead, notes)
        items.append(_by_name(atlas, code, *shown))
    return Listing("At the time of the plans", tuple(items), runs_on=False)


def _plans(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> tuple[Block, ...]:
    titles = tuple(_by_name(atlas, code, *title_and_date(atlas, code, notes)) for code in codes)
    alike = next(
        a for a in association.most_alike(atlas, codes[0], PLAN_YEARS) if a.code == codes[1]
    )
    names = _names(atlas, codes)
    blocks: list[Block] = [
        Listing("", titles, runs_on=False),
        themes_of(
            notes,
            "Of several sources, the firmest is cited. A theme listed for one was not found in the "
            "documents read for the other, whose plan may name it all the same.",
        ),
    ]
    for title, keys, those in (
        ("Named by both", alike.shared, codes),
        (f"Found for {names[0]}, not yet for {names[1]}", alike.only_here, codes[:1]),
        (f"Found for {names[1]}, not yet for {names[0]}", alike.only_there, codes[1:]),
    ):
        if keys:
            by_firmness = sorted(
                keys,
                key=lambda key: min(
                    themes_named.HOW.index(_firmest(atlas, code, key).how) for code in those
                ),
            )
            items = tuple(_theme(atlas, those, key, notes) for key in by_firmness)
            blocks.append(Listing(title, items))
    return tuple(blocks)


def _theme(atlas: Atlas, codes: tuple[str, ...], key: str, notes: Notes) -> Text:
    """A theme, how firmly each of the plans names it, and the firmest source of each."""
    firmest = [_firmest(atlas, code, key) for code in codes]
    how = " and ".join(dict.fromkeys(proof.how for proof in firmest))
    cited = notes.cite(*(proof.source for proof in firmest))
    return text(Run(f"{common(atlas, key)}: {how}", cited))


def _firmest(atlas: Atlas, code: str, key: str) -> Evidence:
    """The source that presents a named theme the most firmly; of equals an official one."""
    proofs = themes_named.evidence(atlas, later=PLAN_YEARS.later)[code, key]
    counting = themes_named.counting(proofs, PLAN_YEARS)
    return min(counting, key=lambda proof: themes_named.HOW.index(proof.how))


def _money(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    rows = []
    for code in codes:
        name = footprints.all_footprints(atlas)[code].short_name
        brief = summary.summary(atlas, code)
        yearly = stated_figures.of_measure(stated_figures.stated(atlas, code), stated_figures.GAP)
        gap = brief.gap
        if gap is None:
            why = "none preferred: the sources do not settle it" if yearly else "none found"
            shown = (text(why), text("–"), text("–"))
        else:
            dated = wording.as_of(gap.as_of)
            shown = (
                text(Run(stated_figures.amount(gap), notes.cite(gap.source))),
                text(f"{'from ' if gap.value_to else ''}£{gap.per_head(brief.people):,.0f}"),
                text(f"{stated_figures.SCOPES[gap.scope]}, {dated}"),
            )
        others: dict[str, list[str]] = {}
        for figure in yearly:
            if not figure.preferred:
                said = f"{stated_figures.amount(figure)} ({stated_figures.SCOPES[figure.scope]})"
                others.setdefault(said, []).append(figure.source)
        listed: list[Run] = []
        for said, read_in in others.items():
            listed += [Run("; " if listed else ""), notes.cited(said, read_in)]
        rows.append((text(name), *shown, tuple(listed) or text("none found")))
    return Table(
        caption="Preferred figure of the yearly gap in 2020/21 if nothing changed; compare only "
        "figures that cover the same",
        head=(
            "Footprint",
            "Figure",
            "A\u00a0head*",
            "What it covers, as of",
            "Other figures stated",
        ),
        rows=tuple(rows),
        figures=frozenset({2}),
    )


def _beside(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    places = footprints.all_footprints(atlas)
    beside = [{n.code for n in footprints.neighbours(atlas, code)} for code in codes]
    borders = notes.cite(BORDERS)
    items = [
        _by_name(
            atlas, code, Run(f"{places[code].region}, NHS region of 2017", notes.cite(REGIONS))
        )
        for code in codes
    ]
    touch = codes[1] in beside[0]
    items.append(
        text(Run("They have a common border" if touch else "They have no common border", borders))
    )
    common = [places[code].name for code in sorted(beside[0] & beside[1])]
    shared = f"Neighbours of both: {'; '.join(common)}" if common else "They share no neighbour"
    items.append(text(Run(shared, borders)))
    return Listing("", tuple(items), runs_on=False)


def _became(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    items = []
    for code in codes:
        boards = plans.successors(atlas, code)
        words = "; ".join(f"{board.name} {wording.share(board.share)}" for board in boards)
        items.append(_by_name(atlas, code, Run(words, notes.cite(*(b.source for b in boards)))))
    title = "Integrated care boards of July 2022, share of the footprint's people"
    return Listing(title, tuple(items), runs_on=False)


def _missing(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    items = []
    for code in codes:
        read = Run(not_found.read_in_words(atlas, code), notes.own("readings", READINGS))
        absent = not_found.missing(atlas, code)
        rest = f". {coverage.plan_read(atlas, code)}"
        if absent:
            rest += f" Not found in them: {'; '.join(s.rstrip('.') for s in absent)}."
        items.append(_by_name(atlas, code, read, rest))
    return Listing("", tuple(items), runs_on=False)
