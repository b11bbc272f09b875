"""What the briefing on two footprints says: side by side, what they share and what they do not."""

from __future__ import annotations

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage, not_found
from stp_data.organisations import members
from stp_data.overview import comparing, sentences, summary
from stp_data.overview import footprint_sections as rows
from stp_data.overview.footprint_sections import Row
from stp_data.places import footprints, measures
from stp_data.plans import plans
from stp_data.priorities import themes_named
from web.briefing.content import (
    READINGS,
    STILL,
    common,
    data_line,
    differing,
    item,
    per_person,
    period,
    phrases,
    themes_of,
)  # fmt: skip
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
)  # fmt: skip


def briefing(atlas: Atlas, codes: tuple[str, str]) -> Briefing:
    """Return the briefing on two footprints, in the order asked for."""
    notes = Notes(atlas)
    first, second = (footprints.all_footprints(atlas)[code] for code in codes)
    portraits = tuple(
        (bold(f"{place.name}: "), *phrases(sentences.portrait(atlas, place.code), notes))
        for place in (first, second)
    )
    sections = (
        Section("differs", "Main differences", (_differs(atlas, codes, notes),)),
        Section("table", "Member organisations", _members(atlas, codes, notes)),
        Section("lead", "Leaders", (_leads(atlas, codes, notes),)),
        Section("plan", "What the plans said", _plans(atlas, codes, notes)),
        Section("money", "Money", (_money(atlas, codes, notes), per_person(notes))),
        Section("beside", "Location", (_beside(atlas, codes, notes),)),
        Section("became", "Successor bodies", (_became(atlas, codes, notes),)),
        Section("missing", "Not found", (_missing(atlas, codes, notes),)),
    )
    name = f"{first.name} and {second.name}, side by side"
    return Briefing(
        name=name,
        slug=f"{first.slug}+{second.slug}",
        codes=codes,
        kicker=f"{first.code} and {second.code}",
        portraits=portraits,
        description=" ".join(plain(sentence) for sentence in portraits),
        sections=sections,
        notes=notes.all(),
        uncited=notes.where_uncited("the page of each"),
        differing=differing(atlas, *codes),
        data=data_line(atlas, notes),
    )


def _short(atlas: Atlas, codes: tuple[str, str]) -> tuple[str, str]:
    """Names for the heads of columns."""
    first, second = (footprints.all_footprints(atlas)[code].short_name for code in codes)
    return first, second


def _by_name(atlas: Atlas, code: str, *runs: Run | str) -> Text:
    return (bold(f"{footprints.all_footprints(atlas)[code].name}: "), *text(*runs))


def _differs(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    lines = [
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
        rows=tuple(lines),
        figures=frozenset({1, 2, 3}),
    )


def _members(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> tuple[Block, ...]:
    seats = [members.members(atlas, code) for code in codes]
    cited = [
        notes.cite(*dict.fromkeys(source for m in those for source, *_ in m.evidence))
        for those in seats
    ]
    tallies = [members.counts(those) for those in seats]
    lines = [
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
        caption="Members of each, as sources name them",
        head=("Type", *_short(atlas, codes)),
        rows=tuple(lines),
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
        return counted, Listing(f"Members of both ({len(both)})", tuple(both))
    return counted, Paragraph(text("No member of both found."))


def _leads(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    found = []
    for code in codes:
        lead = plans.first_lead(plans.leads(atlas, code))
        words = item(rows.lead(atlas, code, lead), notes) if lead else ("none found",)
        found.append(_by_name(atlas, code, *words))
    return Listing("At the time of the plans", tuple(found), runs_on=False)


def _plans(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> tuple[Block, ...]:
    titles = tuple(
        _by_name(atlas, code, *phrases(sentences.plan(atlas, code), notes)) for code in codes
    )
    here, there = ({row.cells[0]: row for row in rows.THEMES.rows(atlas, code)} for code in codes)
    first, second = (footprints.all_footprints(atlas)[code].name for code in codes)
    blocks: list[Block] = [
        Listing("", titles, runs_on=False),
        themes_of(notes, " Of several sources, the firmest is cited."),
    ]
    both = [(row, there[key]) for key, row in here.items() if key in there]
    only_here = [(row,) for key, row in here.items() if key not in there]
    only_there = [(row,) for key, row in there.items() if key not in here]
    for title, shown in (
        ("Named by both", both),
        (f"Found for {first}, not for {second}", only_here),
        (f"Found for {second}, not for {first}", only_there),
    ):
        if shown:
            firmest_first = sorted(shown, key=lambda each: min(_firmness(row) for row in each))
            named = tuple(_theme(each, notes) for each in firmest_first)
            blocks.append(Listing(title, named))
    return tuple(blocks)


def _firmness(row: Row) -> int:
    return themes_named.HOW.index(row.cells[1])


def _theme(found: tuple[Row, ...], notes: Notes) -> Text:
    """Return a theme, how firmly each of the plans names it, and the firmest source of each."""
    how = " and ".join(dict.fromkeys(row.cells[1] for row in found))
    return text(Run(f"{common(found[0])}: {how}", notes.cite(*(row.sources[0] for row in found))))


def _money(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    shown = []
    for code in codes:
        name = footprints.all_footprints(atlas)[code].short_name
        yearly = [row for row in rows.SHORTFALLS.rows(atlas, code) if row.cells[1]]
        used = next((row for row in yearly if row.is_used), None)
        if used is None:
            why = "the sources do not settle which to use" if yearly else "none found"
            cells = (text(why), text("–"))
        else:
            amount, each, covers, as_of = used.cells
            cells = (
                text(
                    bold(amount, notes.cite(*used.sources)),
                    f", {'from ' if ' to ' in amount else ''}{each} per person*",
                ),
                text(f"{covers}, {as_of}"),
            )
        others: dict[str, list[str]] = {}
        for row in yearly:
            if not row.is_used:
                others.setdefault(f"{row.cells[0]} ({row.cells[2]})", []).extend(row.sources)
        listed: list[Run] = []
        for said, read_in in others.items():
            listed += [Run("; " if listed else ""), notes.cited(said, read_in)]
        shown.append((text(name), *cells, tuple(listed) or text("none found")))
    return Table(
        caption="Yearly shortfall in 2020/21 if nothing changed, the figure we use; compare only "
        "figures that cover the same",
        head=("Footprint", "Figure", "What it covers, as of", "Other figures"),
        rows=tuple(shown),
    )


def _beside(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    places = footprints.all_footprints(atlas)
    beside = [{n.code for n in footprints.neighbours(atlas, code)} for code in codes]
    borders = notes.cite(sources.NAMES)
    regions = notes.cite(sources.REGIONS)
    items = [
        _by_name(atlas, code, Run(f"{places[code].region}, NHS region of 2017", regions))
        for code in codes
    ]
    touch = codes[1] in beside[0]
    items.append(text(Run("They share a border" if touch else "They share no border", borders)))
    common = [places[code].name for code in sorted(beside[0] & beside[1])]
    shared = f"Neighbours of both: {'; '.join(common)}" if common else "They share no neighbour"
    items.append(text(Run(shared, borders)))
    return Listing("", tuple(items), runs_on=False)


def _became(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    found = []
    for code in codes:
        boards = rows.SUCCESSORS.rows(atlas, code)
        cited = notes.cite(*(source for row in boards for source in row.sources))
        words = "; ".join(" ".join(row.cells) for row in boards)
        found.append(_by_name(atlas, code, Run(words, cited)))
    title = "Integrated care boards of July 2022, share of the footprint's population"
    return Listing(title, tuple(found), runs_on=False)


def _missing(atlas: Atlas, codes: tuple[str, str], notes: Notes) -> Block:
    items = []
    for code in codes:
        read = Run(not_found.read_in_words(atlas, code), notes.own("readings", READINGS))
        absent = not_found.missing(atlas, code)
        rest = f". {coverage.plan_read(atlas, code)}"
        if absent:
            rest += f" Not found in them: {'; '.join(s.rstrip('.') for s in absent)}."
        items.append(_by_name(atlas, code, read, rest))
    return Listing("", (*items, text(STILL)), runs_on=False)
