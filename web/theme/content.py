"""What the sheet of a theme says, section by section, every figure with its note."""

from __future__ import annotations

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts, coverage
from stp_data.places import footprints
from stp_data.priorities import codebook, completeness, counts_by_others, sharing, themes_named
from stp_data.priorities.counts_by_others import Count
from stp_data.priorities.themes_named import HOW, Evidence, Question, Rules
from web.briefing.parts import (
    Block,
    Briefing,
    Link,
    Listing,
    Notes,
    Paragraph,
    Run,
    Section,
    Table,
    Text,
    bold,
    plain,
    small,
    text,
)

COUNTED = Rules()
"""What the sentences count."""
LISTED = Rules(firm="any")
"""What the list has: mentions too, apart."""
SET_OUT = Rules(firm="set-out")
CONFIDENCES = ("high", "medium", "low")
READ = "priorities read for each of the 44 plans, with how firmly"


def sheet(atlas: Atlas, key: str, base: str) -> Briefing:
    """The sheet of one theme; ``base`` is the address of this site, for the words to quote."""
    theme, notes = themes_named.themes(atlas)[key], Notes(atlas)
    sentence = sharing.sentence(atlas, Question((key,), rules=COUNTED))
    firmly = sharing.sentence(atlas, Question((key,), rules=SET_OUT))
    read = notes.own("priorities", READ)
    portraits = tuple(text(Run(f"{said}.", read)) for said in (sentence, firmly))
    sections = (
        Section("quote", "To quote", _quotation(atlas, key, sentence, base, read)),
        Section("others", "What others counted", _others(atlas, key, notes, read)),
        Section("found", "Where it was found", _found(atlas, key, notes)),
        Section("reading", "How to read this", (_reading(atlas, key, notes, read),)),
        Section("judged", "How it was judged", _judged(atlas, key)),
    )
    return Briefing(
        name=theme.label,
        slug=key,
        codes=(),
        kicker="clinical priority" if theme.kind == "clinical" else "enabler",
        portraits=portraits,
        description=plain(portraits[0]),
        sections=sections,
        notes=notes.all(),
        uncited=notes.where_uncited("The Priorities page"),
        differing=_differing(atlas, key),
        data=_data(atlas),
    )


def degrees(atlas: Atlas, key: str) -> dict[str, int]:
    """How firmly each footprint names a theme: 3 set out, 2 aim or proposal, 1 mention, 0 not."""
    proofs = themes_named.evidence(atlas, later=False)
    return {
        code: themes_named.degree(proofs.get((code, key), ()), LISTED)
        for code in footprints.all_footprints(atlas)
    }


def _data(atlas: Atlas) -> str:
    return f"STP Atlas, data version {atlas.package['version']}, {wording.data_of(atlas)}."


def _quotation(
    atlas: Atlas, key: str, sentence: str, base: str, read: tuple[int, ...]
) -> tuple[Block, ...]:
    """The sentence with what it rests on, date and link; and that others found more, if so."""
    number = sharing.documents(atlas, Question((key,), rules=COUNTED))
    words = sharing.quotation(atlas, sentence, number, f"{base}/theme/{key}")
    ours = themes_named.counts(atlas, COUNTED)[key]
    more = any(
        one.names and (one.number or 0) > ours for one in counts_by_others.of_theme(atlas, key)
    )
    warning = Paragraph(text(bold("Others found more. Give their count, below, with ours.")))
    return (Paragraph(text(Run(words, read))), *([warning] if more else []))


# --- the footprints ------------------------------------------------------------------------------

TITLES = {
    3: "Set out as a priority, workstream or programme",
    2: "Aims and proposals",
    1: "Mentions, not counted above",
}


def _found(atlas: Atlas, key: str, notes: Notes) -> tuple[Block, ...]:
    """The footprints by how firmly their plan names the theme."""
    by_code = degrees(atlas, key)
    tables = []
    for degree, title in TITLES.items():
        codes = [place.code for place in footprints.by_name(atlas) if by_code[place.code] == degree]
        if codes:
            table = Table(
                caption=f"{title}: at least {len(codes)}",
                head=("Footprint", "How (confidence)", "Said"),
                rows=tuple(_row(atlas, code, key, notes) for code in codes),
            )
            tables.append(table)
    if tables:
        return tuple(tables)
    return (Paragraph(text(f"{sharing.NOT_FOUND}. {wording.NOT_NONE}.")),)


def _row(atlas: Atlas, code: str, key: str, notes: Notes) -> tuple[Text, ...]:
    """A footprint with the source that shows the theme most firmly; how many more there are."""
    proofs = themes_named.counting(themes_named.evidence(atlas, later=False)[code, key], LISTED)
    best = min(
        proofs,
        key=lambda p: (
            HOW.index(p.how), CONFIDENCES.index(p.confidence), not p.official,
            p.as_of or "9999", p.source,
        ),
    )  # fmt: skip
    more = len(proofs) - 1
    notes.uncited += more
    said = Run(_said(atlas, best), notes.cite(best.source), more=more)
    name = footprints.all_footprints(atlas)[code].name
    return text(name), text(f"{best.how} ({best.confidence})"), text(said)


def _said(atlas: Atlas, proof: Evidence) -> str:
    """When it was said; of an undated row, when the document is of."""
    return wording.as_of(proof.as_of or sources.source(atlas, proof.source).date)


# --- what others counted -------------------------------------------------------------------------


def _others(atlas: Atlas, key: str, notes: Notes, read: tuple[int, ...]) -> tuple[Block, ...]:
    found = counts_by_others.of_theme(atlas, key)
    if not found:
        return (Paragraph(text("We have not found anybody else who counted plans by this theme.")),)
    blocks: list[Block] = []
    beside = counts_by_others.compared(atlas, key, COUNTED)
    if beside:
        cited = [one.source for one in found if one.names or not any(o.names for o in found)]
        blocks.append(Paragraph(text(Run(beside, (*read, *notes.cite(*cited))))))
    rows = tuple(_count(atlas, one, notes) for one in found)
    blocks.append(
        Table("Each count, as they give it", ("What they counted", "Count", "By whom, when"), rows)
    )
    return tuple(blocks)


def _count(atlas: Atlas, one: Count, notes: Notes) -> tuple[Text, ...]:
    named = counts_by_others.by_name(atlas, one)
    what = f"{one.what}. {named}" if named else one.what
    by = Run(f"{one.who}, {wording.as_of(one.as_of)}", notes.cite(one.source))
    return text(what), text(one.figure), text(by)


# --- how to read it ------------------------------------------------------------------------------


def _reading(atlas: Atlas, key: str, notes: Notes, read: tuple[int, ...]) -> Listing:
    documents = [
        themes_named.coverage(atlas, code).read for code in footprints.all_footprints(atlas)
    ]
    readings = notes.own("readings", "documents read for each footprint")
    items = [
        text(
            Run("Every count is a lower bound: reading more can only raise it.", read),
            " A footprint that is not listed was not found in the documents read for it ",
            Run(f"({min(documents)} to {max(documents)}).", readings),
            " The theme may still be in its plan.",
        ),
        text(Run(coverage.plans_read(atlas), readings)),
        text(
            f"Counted when any source shows it {sharing.FIRMLY[COUNTED.firm]}. Sources of 2018 "
            "or later are left out. Named is the source that shows the theme most firmly.",
        ),
        text(
            "Confidence: high, an official paper says so in plain words; medium, press or "
            "campaigns say so, or the words take some reading; low, they are narrow or unclear."
        ),
    ]
    estimate = completeness.sentence_of_theme(atlas, key, COUNTED)
    if estimate:
        items.append(
            text(
                Run(estimate, read),
                small(" By Chapman's method, whose assumptions hold in part; no count of plans."),
            )
        )
    return Listing("", tuple(items), runs_on=False)


def _judged(atlas: Atlas, key: str) -> tuple[Block, ...]:
    counts, does_not_count = codebook.scope(atlas, key)
    return (
        Paragraph(text(themes_named.themes(atlas)[key].description)),
        Paragraph(text(f"Counts: {counts}.")),
        Paragraph(text(f"Does not count: {does_not_count}.")),
        Paragraph(
            text("Each source was judged by the code book (docs/codebook.md in the repository).")
        ),
    )


def _differing(atlas: Atlas, key: str) -> tuple[Link, ...]:
    """Where what others counted of this theme and our sources cannot both be right."""
    ids = {one.key for one in counts_by_others.of_theme(atlas, key)}
    return tuple(
        Link(
            f"{one.about}, {conflicts.place(atlas, one.code)}: sources differ, side by side at",
            f"/evidence?conflict={one.key}",
        )
        for one in conflicts.select(conflicts.conflicts(atlas), kind="theme")
        if one.key.rpartition(":")[2] in ids
    )
