"""What the briefing on one footprint says, section by section, every figure with its note."""

from __future__ import annotations

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts, coverage, not_found
from stp_data.organisations import members
from stp_data.overview import among_the_44, sentences, summary
from stp_data.overview import footprint_sections as rows
from stp_data.overview.footprint_sections import Row
from stp_data.overview.sentences import Sentence
from stp_data.places import footprints, measures
from stp_data.plans import plans
from web.briefing.parts import (
    Block,
    Briefing,
    Link,
    Listing,
    Notes,
    Paragraph,
    Run,
    Section,
    Strip,
    Table,
    Text,
    bold,
    listing,
    plain,
    small,
    text,
)  # fmt: skip

ALIKE = 3
"""How many plans and areas most alike are named."""
PRIORITIES = "priorities read for each of the 44 plans, and at least how many name each"
READINGS = "documents read for each footprint"
STILL = "What we did not find in them may still be in the plan."
PER_PERSON = "Per\u00a0person*"


def briefing(atlas: Atlas, code: str) -> Briefing:
    """Return the briefing on one footprint."""
    place, notes = footprints.all_footprints(atlas)[code], Notes(atlas)
    portrait = phrases(sentences.portrait(atlas, code), notes)
    sections = (
        Section("who", "People and place", _people(atlas, code, notes)),
        Section("table", "Member organisations", _members(atlas, code, notes)),
        Section("lead", "Leaders", (_leads(atlas, code, notes),)),
        Section("plan", "What the plan said", _plan(atlas, code, notes)),
        Section("changes", "Proposed service changes", (_changes(atlas, code, notes),)),
        Section("money", "Money", _money(atlas, code, notes)),
        Section("differs", "Compared with England", (_differs(atlas, code, notes),)),
        Section("beside", "Neighbours and similar areas", _beside(atlas, code, notes)),
        Section("became", "Successor bodies", (_successors(atlas, code, notes),)),
        Section("missing", "Not found", _missing(atlas, code, notes)),
    )
    return Briefing(
        name=place.name,
        slug=place.slug,
        codes=(code,),
        kicker=f"{place.region} · {code}",
        portraits=(portrait,),
        description=f"{place.name}: {plain(portrait)}",
        sections=sections,
        notes=notes.all(),
        uncited=notes.where_uncited("its page"),
        differing=differing(atlas, code),
        data=data_line(atlas, notes),
    )


def phrases(sentence: Sentence, notes: Notes) -> Text:
    """Return a sentence with the notes of its sources."""
    return tuple(
        Run(one.text, notes.cite(*one.sources), "bold" if one.is_bold else "") for one in sentence
    )


def item(row: Row, notes: Notes) -> Text:
    """Return a row as text: its heading, the other cells in brackets, notes and remark."""
    rest = "; ".join(filter(None, (row.under, *row.cells[1:])))
    return bold(row.cells[0]), notes.cited(f" ({rest})", row.sources), *_remark(row)


def _remark(row: Row) -> list[Run]:
    sure = "Low confidence." if row.confidence == "low" else ""
    words = " ".join(filter(None, (sure, row.note)))
    return [small(f" {words}")] if words else []


def differing(atlas: Atlas, *codes: str) -> tuple[Link, ...]:
    """A line for each footprint of which sources say different things."""
    found = []
    for code in codes:
        place = footprints.all_footprints(atlas)[code]
        number = len(conflicts.select(conflicts.conflicts(atlas), code=code))
        if number:
            words = wording.count(number, "fact", "facts")
            where = f"/evidence?view=conflicts&area={place.slug}"
            found.append(Link(f"{place.name}: sources differ on {words}, compared at", where))
    return tuple(found)


def data_line(atlas: Atlas, notes: Notes) -> str:
    """Which data, as of when."""
    newest = notes.newest()
    latest = f"; newest source cited: {wording.date(newest.date)}" if newest else ""
    return (
        f"STP Atlas, data version {atlas.package['version']}: footprints as of April 2017, people "
        f"of mid-2017{latest}."
    )


def _people(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    """Return place and age, and the districts by county with both shares."""
    blocks: list[Block] = [Paragraph(phrases(sentences.place(atlas, code), notes))]
    districts = rows.DISTRICTS.rows(atlas, code)
    counted = notes.cite(rows.DISTRICTS.sources[0])
    for county in dict.fromkeys(row.under for row in districts):
        found = []
        for row in districts:
            if row.under == county:
                name, people, share, of_district = row.cells
                words = f"{name} {people} ({share})"
                if of_district != "100%":
                    words += f", {of_district} of all who live in {name}"
                found.append((words, counted))
        title = f"Districts of {county}" if county else "Councils"
        blocks.append(listing(f"{title}, people here and share of footprint", found))
    return tuple(blocks)


def _members(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        title = f"{label[0].upper()}{label[1:]} ({len(those)})"
        cited = [(m.name, notes.cite(*(source for source, *_ in m.evidence))) for m in those]
        blocks.append(listing(title, cited))
    shared = rows.SHARED_MEMBERS
    also = [(": ".join(r.cells), notes.cite(*r.sources)) for r in shared.rows(atlas, code)]
    if not also:
        return *blocks, Paragraph(text(shared.nothing))
    return *blocks, listing(shared.caption, also)


def _leads(atlas: Atlas, code: str, notes: Notes) -> Block:
    found = tuple(item(row, notes) for row in rows.LEADS.rows(atlas, code))
    if not found:
        return Paragraph(text(rows.LEADS.nothing))
    return Listing(rows.LEADS.caption, found, runs_on=False)


def _plan(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph((*phrases(sentences.plan(atlas, code), notes), Run(".")))]
    title = plans.plan(atlas, code).name
    names = [row for row in rows.NAMES.rows(atlas, code) if row.cells[0] != title]
    if names:
        cited = [
            (f"{row.cells[0]} ({row.under}, {row.cells[1]})", notes.cite(*row.sources))
            for row in names
        ]
        blocks.append(listing("Other names in use", cited))
    dates: dict[str, list[str]] = {}
    for row in rows.PUBLICATIONS.rows(atlas, code):
        sure = ", low confidence" if row.confidence == "low" else ""
        dates.setdefault(f"{': '.join(row.cells)}{sure}", []).extend(row.sources)
    if dates:
        found = [(words, notes.cite(*read)) for words, read in dates.items()]
        blocks.append(listing("Publication dates, by source", found))
    blocks.append(themes_of(notes))
    themes = rows.THEMES.rows(atlas, code)
    for heading, is_set_out in (
        ("Set out as a priority, workstream or programme", True),
        ("As an aim or proposal", False),
    ):
        those = [row for row in themes if (row.cells[1] in rows.SET_OUT) == is_set_out]
        if those:
            named = tuple(text(notes.cited(common(row), row.sources)) for row in those)
            blocks.append(Listing(heading, named))
    return tuple(blocks)


def common(row: Row) -> str:
    """Return a theme and at least how many plans name it."""
    return f"{row.cells[0]} ({row.cells[2]})"


def themes_of(notes: Notes, rest: str = "") -> Paragraph:
    """Return which themes are listed and how they were counted, and what else to know."""
    words = "Themes of 2016 and 2017, each with at least how many of the 44 plans name it."
    return Paragraph(text(Run(words, notes.own("priorities", PRIORITIES)), rest))


def _changes(atlas: Atlas, code: str, notes: Notes) -> Block:
    found = [
        (
            bold(f"{row.under[0].upper()}{row.under[1:]}: "),
            notes.cited(f"{row.cells[0].rstrip('.')} ({row.cells[1]})", row.sources),
            *_remark(row),
        )
        for row in rows.CHANGES.rows(atlas, code)
    ]
    if not found:
        return Paragraph(text(rows.CHANGES.nothing))
    return Listing("", tuple(found), runs_on=False)


def _money(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    """Return a table of the yearly shortfall, and other shortfalls as a list."""
    stated = rows.SHORTFALLS.rows(atlas, code)
    yearly = [row for row in stated if row.cells[1]]
    others = tuple(item(row, notes) for row in stated if not row.cells[1])
    blocks: list[Block] = []
    if yearly:
        blocks = [
            Table(
                caption="Yearly shortfall in 2020/21 if nothing changed, as published",
                head=("Figure", PER_PERSON, "What it covers, as of, and remarks"),
                rows=tuple(_shortfall(row, notes) for row in yearly),
                figures=frozenset({1}),
                marked=frozenset(at for at, row in enumerate(yearly) if row.is_used),
            ),
            Paragraph(text(small(rows.why_used(stated)))),
            per_person(notes),
        ]
    else:
        blocks = [Paragraph(text("No figure found for the yearly shortfall in 2020/21."))]
    if others:
        blocks.append(Listing("Other figures (not comparable with those above)", others, False))
    return tuple(blocks)


def per_person(notes: Notes) -> Paragraph:
    """Return what the star beside "per person" means."""
    counted = notes.cite(sources.PEOPLE)
    return Paragraph(text(Run("* Population of mid-2017", counted), "."))


def _shortfall(row: Row, notes: Notes) -> tuple[Text, ...]:
    amount, each, covers, as_of = row.cells
    covers = f"{covers}, {as_of}."
    words = f"Figure we use: {covers}" if row.is_used else f"{covers[0].upper()}{covers[1:]}"
    return (
        text(Run(amount, notes.cite(*row.sources))),
        text(f"from {each}" if " to " in amount else each),
        text(words, *_remark(row)),
    )


def _differs(atlas: Atlas, code: str, notes: Notes) -> Block:
    found = summary.furthest_from_england(atlas, code)
    lines, drawn = [], []
    for row in found:
        label = Run(row.measure.label, notes.cite(row.source))
        lines.append(
            (
                text(label, period(row.as_of)),
                text(measures.shown(row.measure, row.here)),
                text(measures.shown(row.measure, row.england)),
                text(str(row.rank)),
            )
        )
        drawn.append(strip(atlas, row.measure.key, code))
    return Table(
        caption="Furthest from England first, in standard deviations; rank 1: highest of the 44",
        head=("Measure and period", "Here", "England", "Rank"),
        rows=tuple(lines),
        figures=frozenset({1, 2, 3}),
        strips=tuple(drawn),
    )


def period(as_of: str) -> Run:
    """When a figure is of, in small type and kept on one line as far as it can be."""
    return small(" " + as_of.replace("-", "\u2011"))


def strip(atlas: Atlas, key: str, code: str) -> Strip:
    """The 44 figures of a measure on a line, this footprint's and England's marked."""
    found = measures.values(atlas, key)
    place = among_the_44.along(found.by_code.values())
    return Strip(
        dots=tuple(sorted({round(place(figure), 2) for figure in found.by_code.values()})),
        here=place(found.by_code[code]),
        england=place(found.england or 0.0),
    )


def _beside(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    near = rows.NEIGHBOURS
    plans_alike = rows.SIMILAR_PLANS.rows(atlas, code)[:ALIKE]
    places_alike = rows.SIMILAR_PLACES.rows(atlas, code)[:ALIKE]
    borders, made_of = notes.cite(*near.sources), notes.cite(*rows.make_up(atlas, code))
    counted = notes.own("priorities", PRIORITIES)
    return (
        listing(near.caption, [(row.cells[0], borders) for row in near.rows(atlas, code)]),
        listing(
            "Similar plans, and themes that both name",
            [(f"{row.cells[0]} ({row.cells[1]})", counted) for row in plans_alike],
        ),
        listing(
            "Most similar in age, rurality, deprivation and density",
            [(row.cells[0], made_of) for row in places_alike],
        ),
    )


def _successors(atlas: Atlas, code: str, notes: Notes) -> Block:
    boards = rows.SUCCESSORS.rows(atlas, code)
    cited = [(": ".join(row.cells), notes.cite(*row.sources)) for row in boards]
    return listing("Integrated care boards of July 2022, share of population", cited)


def _missing(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    read = Run(not_found.read_in_words(atlas, code), notes.own("readings", READINGS))
    words = f". {coverage.plan_read(atlas, code)} {STILL}"
    absent = [text(sentence.rstrip(".")) for sentence in not_found.missing(atlas, code)]
    common = rows.common_themes(atlas, code)
    blocks: list[Block] = [Paragraph(text(read, words))]
    if absent:
        blocks.append(Listing("Not found in them", tuple(absent)))
    if common:
        counted = notes.own("priorities", PRIORITIES)
        title = "Themes that more than half of the plans name"
        blocks.append(listing(title, [(label, counted) for label in common]))
    if not absent and not common:
        blocks.append(Paragraph(text("Everything that this briefing looks for was found.")))
    return tuple(blocks)
