"""What the briefing on one footprint says, section by section, every figure with its note."""

from __future__ import annotations

from dataclasses import replace

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts, coverage, not_found
from stp_data.organisations import members
from stp_data.organisations.members import Member
from stp_data.overview import among_the_44, comparing, portrait, summary
from stp_data.places import councils, footprints, measures
from stp_data.plans import plans, proposals, stated_figures
from stp_data.plans.plans import Lead, Publication
from stp_data.plans.proposals import Proposal
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Rules
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
)

PLAN_YEARS = Rules()
ALIKE = 3
"""How many plans and places most alike are named."""
POPULATION, AREA, BORDERS = "ons-population-mid-2017", "ons-lsoa-boundaries-2011", "ons-lookup-2017"
REGIONS = "ons-ccg-region-2017"
PRIORITIES = "priorities read for each of the 44 plans, and at least how many name each"
READINGS = "documents read for each footprint"


def briefing(atlas: Atlas, code: str) -> Briefing:
    """The briefing on one footprint."""
    place, notes = footprints.all_footprints(atlas)[code], Notes(atlas)
    sentence = sentence_of(atlas, code, notes)
    sections = (
        Section("who", "Who we are", _who(atlas, code, notes)),
        Section("table", "Who is at the table", _members(atlas, code, notes)),
        Section("lead", "Who led it", (_leads(atlas, code, notes),)),
        Section("plan", "What the plan said", _plan(atlas, code, notes)),
        Section("changes", "Service changes put forward", (_proposals(atlas, code, notes),)),
        Section("money", "The money", _money(atlas, code, notes)),
        Section("differs", "How it differs from England", (_differs(atlas, code, notes),)),
        Section("beside", "Neighbours, and those most alike", _beside(atlas, code, notes)),
        Section("became", "What it became", (_became(atlas, code, notes),)),
        Section("missing", "What we could not find", _missing(atlas, code, notes)),
    )
    return Briefing(
        name=place.name,
        slug=place.slug,
        codes=(code,),
        kicker=f"{place.region} · {code}",
        portraits=(sentence,),
        description=f"{place.name}: {plain(sentence)}",
        sections=sections,
        notes=notes.all(),
        uncited=notes.where_uncited("its page"),
        differing=differing(atlas, code),
        data=data_line(atlas, notes),
    )


def sentence_of(atlas: Atlas, code: str, notes: Notes) -> Text:
    """The portrait with its notes."""
    first, *others = portrait.portrait(atlas, code)
    runs = [bold(first.text, notes.cite(*first.sources))]
    return (*runs, *(Run(part.text, notes.cite(*part.sources)) for part in others))


def differing(atlas: Atlas, *codes: str) -> tuple[Link, ...]:
    """A line for each footprint of which sources say different things."""
    found = []
    for code in codes:
        place = footprints.all_footprints(atlas)[code]
        number = len(conflicts.select(conflicts.conflicts(atlas), code=code))
        if number:
            words = wording.count(number, "fact", "facts")
            where = f"/evidence?view=conflicts&area={place.slug}"
            found.append(Link(f"{place.name}: sources differ on {words}, side by side at", where))
    return tuple(found)


def data_line(atlas: Atlas, notes: Notes) -> str:
    """Which data, as of when."""
    newest = notes.newest()
    latest = f"; newest source cited: {wording.date(newest.date)}" if newest else ""
    return (
        f"STP Atlas, data version {atlas.package['version']}: footprints as of April 2017, people "
        f"of mid-2017{latest}."
    )


def _who(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    place = footprints.all_footprints(atlas)[code]
    counted = notes.cite(POPULATION)
    here = {key: measures.values(atlas, key) for key in summary.HEADCOUNTS}
    ages = ", ".join(
        f"{wording.number(here[key].by_code[code], 0)} {words}"
        for key, words in (
            ("under_18", "under 18"),
            ("aged_65_over", "aged 65 and over"),
            ("aged_85_over", "of them 85 and over"),
        )
    )
    density = summary.against_england(atlas, code, "density")
    head = Paragraph(
        text(
            f"NHS region of 2017: {place.region}",
            Run(".", notes.cite(REGIONS)),
            f" Area: {wording.number(place.area_km2, 0)} km²",
            Run(".", notes.cite(AREA)),
            f" People: {ages}",
            Run(".", counted),
            f" {measures.shown(density.measure, density.here)} people per km²",
            Run(".", notes.cite(density.source)),
        )
    )
    return head, *_councils(atlas, code, counted)


def _councils(atlas: Atlas, code: str, counted: tuple[int, ...]) -> list[Block]:
    """The districts by county, with their share of the footprint's people."""
    districts = councils.places(atlas, code)
    whole = sum(district.people for district in districts)
    counties = dict.fromkeys(district.county for district in districts)
    found: list[Block] = []
    for county in counties:
        items = []
        for district in districts:
            if district.county != county:
                continue
            part = f"{district.name} {district.people:,} ({wording.share(district.people / whole)})"
            if district.share < 1:
                part += f", {wording.share(district.share)} of all who live in {district.name}"
            items.append((part, counted))
        title = f"Districts of {county}" if county else "Councils"
        found.append(listing(f"{title}, people here and share of ours", items))
    return found


def _members(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for label, those in members.by_type(members.members(atlas, code)).items():
        title = f"{label[0].upper()}{label[1:]} ({len(those)})"
        blocks.append(listing(title, [(m.name, _lists(m, notes)) for m in those]))
    everyone = footprints.all_footprints(atlas)
    shared = []
    for member, others in members.elsewhere(atlas, code):
        where = wording.listed([everyone[other].name for other in others])
        if len(others) > ALIKE:
            where = f"in {len(others)} others"
        shared.append((f"{member.name}: also {where}", _lists(member, notes)))
    if shared:
        blocks.append(listing("At other tables too", shared))
    else:
        blocks.append(Paragraph(text("None of these bodies was found at another table.")))
    blocks.append(
        Paragraph(text("A body not named here was not found in these lists; that is not a no."))
    )
    return tuple(blocks)


def _lists(member: Member, notes: Notes) -> tuple[int, ...]:
    """The lists that name a body."""
    return notes.cite(*(source for source, *_ in member.evidence))


def _leads(atlas: Atlas, code: str, notes: Notes) -> Block:
    named = [lead for lead in plans.leads(atlas, code) if lead.name]
    if not named:
        return Paragraph(text("Nobody in a leading role was found in the sources read."))
    return Listing(
        "In leading roles, and when a source first shows them there",
        tuple(lead_text(lead, notes) for lead in named),
        runs_on=False,
    )


def lead_text(lead: Lead, notes: Notes) -> Text:
    """Name, role, post, when, and what a reader should know."""
    post = ", ".join(part for part in (lead.title, lead.organisation) if part)
    when = ""
    if lead.start:
        when = f", from {wording.date(lead.start)}"
    elif lead.as_of:
        when = f", shown {wording.date(lead.as_of)}"
    if lead.end:
        when += f" to {wording.date(lead.end)}"
    said = f", {lead.role}{f' ({post})' if post else ''}{when or ', not dated'}"
    return text(
        bold(lead.name), notes.cited(said, lead.sources), *_remark(lead.confidence, lead.note)
    )


def _remark(confidence: str, note: str) -> list[Run]:
    remarks = " ".join(part for part in ("Low confidence." if confidence == "low" else "", note))
    return [small(f" {remarks.strip()}")] if remarks.strip() else []


def _plan(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(title_and_date(atlas, code, notes))]
    plan = plans.plan(atlas, code)
    others = [
        (
            f"{name.name} ({name.kind}{f', {wording.date(name.as_of)}' if name.as_of else ''})",
            notes.cite(name.source),
        )
        for name in plans.names(atlas, code)
        if name.name != plan.name
    ]
    if others:
        blocks.append(listing("Other names in use", others))
    dates = _dates(plans.publications(atlas, code))
    if dates:
        cited = [(words, notes.cite(*sources)) for words, sources in dates.items()]
        blocks.append(listing("When it became public, by source", cited))
    read = wording.count(themes_named.coverage(atlas, code).read, "document", "documents")
    blocks.append(themes_of(notes, f"Others were not found in the {read} read."))
    found = themes_named.by_evidence(atlas, code, PLAN_YEARS)
    firm = [key for key in found if key in _set_out(atlas)[code]]
    for title, keys in (
        ("Set out as a priority, workstream or programme", firm),
        ("As an aim or proposal", [key for key in found if key not in firm]),
    ):
        if keys:
            items = tuple(_theme(atlas, code, key, notes) for key in keys)
            blocks.append(Listing(title, items))
    return tuple(blocks)


def _set_out(atlas: Atlas) -> themes_named.Named:
    """The themes that each plan sets out as a priority, workstream or programme, by code."""
    return themes_named.named(atlas, replace(PLAN_YEARS, firm="set-out"))


def themes_of(notes: Notes, rest: str) -> Paragraph:
    """Which themes are listed and how they were counted, and what else to know."""
    words = "Themes of 2016 and 2017, each with at least how many of the 44 plans name it"
    return Paragraph(text(Run(words, notes.own("priorities", PRIORITIES)), f". {rest}"))


def _dates(statements: list[Publication]) -> dict[str, list[str]]:
    """What sources say of when, which version and by whom, with the sources that say the same."""
    found: dict[str, list[str]] = {}
    for one in statements:
        what = [] if one.version == "unspecified" else [plans.VERSIONS[one.version]]
        if one.how != "not_stated":
            by = f" ({one.published_by})" if one.published_by else ""
            what.append(f"{plans.HOW_PUBLISHED[one.how]}{by}")
        if one.confidence == "low":
            what.append("low confidence")
        words = ", ".join(what) or "version and publisher not said"
        found.setdefault(f"{wording.date(one.published)}: {words}", []).append(one.source)
    return found


def title_and_date(atlas: Atlas, code: str, notes: Notes) -> Text:
    """The plan's name, and when and by whom it was published, each or that it was not found."""
    plan = plans.plan(atlas, code)
    runs: list[Run | str] = ["Title: "]
    if plan.name:
        runs.append(bold(plan.name, notes.cite(plan.name_source)))
    else:
        runs.append("none found in the sources read")
    if plan.published:
        who = plans.publisher(atlas, code)
        words, read_in = (f" {who[0]}", who[1]) if who else (", by whom was not found", "")
        dated = f"{wording.date(plan.published)}{words}"
        runs += [". Published: ", Run(dated, notes.cite(plan.published_source, read_in))]
    elif plans.publications(atlas, code):
        runs.append(". Published: the sources do not settle when")
    else:
        runs.append(". Published: no date found in the sources read")
    return text(*runs, ".")


def _theme(atlas: Atlas, code: str, key: str, notes: Notes) -> Text:
    counting = themes_named.counting(
        themes_named.evidence(atlas, later=PLAN_YEARS.later)[code, key], PLAN_YEARS
    )
    firmest = sorted(counting, key=lambda proof: themes_named.HOW.index(proof.how))
    return text(notes.cited(common(atlas, key), [proof.source for proof in firmest]))


def common(atlas: Atlas, key: str) -> str:
    """A theme and at least how many plans name it."""
    number = wording.at_least(themes_named.counts(atlas, PLAN_YEARS)[key], 44)
    return f"{themes_named.themes(atlas)[key].label} ({number})"


def _proposals(atlas: Atlas, code: str, notes: Notes) -> Block:
    found = proposals.proposals(atlas, code)
    if not found:
        return Paragraph(
            text("None found that an official document or named press reports; that is not a no.")
        )
    return Listing("", tuple(_proposal(one, notes) for one in found), runs_on=False)


def _proposal(one: Proposal, notes: Notes) -> Text:
    dated = wording.as_of(one.as_of)
    return text(
        bold(f"{one.service[0].upper()}{one.service[1:]}: "),
        notes.cited(f"{one.summary.rstrip('.')} ({dated})", one.sources),
        *_remark(one.confidence, one.note),
    )


def _money(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    figures = [f for f in stated_figures.stated(atlas, code) if f.unit == "GBP million"]
    yearly = stated_figures.of_measure(figures, stated_figures.GAP)
    others = [figure for figure in figures if figure.measure != stated_figures.GAP]
    people = summary.summary(atlas, code).people
    blocks: list[Block] = []
    if yearly:
        blocks.append(
            Table(
                caption="Yearly gap in 2020/21 if nothing changed, as stated",
                head=("Figure", "A\u00a0head*", "What it covers, as of, and remarks"),
                rows=tuple(_gap(figure, people, notes) for figure in yearly),
                figures=frozenset({1}),
                marked=frozenset(i for i, figure in enumerate(yearly) if figure.preferred),
            )
        )
        settled = any(figure.preferred for figure in yearly)
        why = stated_figures.PREFERENCE if settled else stated_figures.NONE_PREFERRED
        blocks.append(Paragraph(text(small(why))))
        blocks.append(a_head(notes))
    else:
        blocks.append(Paragraph(text("No yearly gap in 2020/21 was found in the sources read.")))
    if others:
        items = tuple(_other_figure(atlas, figure, notes) for figure in others)
        blocks.append(Listing("Other figures, never compared with the yearly gap", items, False))
    return tuple(blocks)


def a_head(notes: Notes) -> Paragraph:
    """What the star beside "a head" means."""
    return Paragraph(text(Run("* For each of the people of mid-2017", notes.cite(POPULATION)), "."))


def _gap(figure: Stated, people: int, notes: Notes) -> tuple[Text, ...]:
    per_head = f"£{figure.per_head(people):,.0f}"
    dated = wording.as_of(figure.as_of)
    scope = stated_figures.SCOPES[figure.scope]
    remarks = "Preferred: " if figure.preferred else ""
    remarks += f"{scope}, {dated}." if remarks else f"{scope[0].upper()}{scope[1:]}, {dated}."
    return (
        text(Run(stated_figures.amount(figure), notes.cite(figure.source))),
        text(f"from {per_head}" if figure.value_to is not None else per_head),
        text(remarks, *_remark(figure.confidence, figure.note)),
    )


def _other_figure(atlas: Atlas, figure: Stated, notes: Notes) -> Text:
    dated = wording.as_of(figure.as_of)
    label = measures.measure(atlas, figure.measure).label
    return text(
        bold(stated_figures.amount(figure), notes.cite(figure.source)),
        f" {label[0].lower()}{label[1:]}, {stated_figures.SCOPES[figure.scope]}, {dated}.",
        *_remark(figure.confidence, figure.note),
    )


def _differs(atlas: Atlas, code: str, notes: Notes) -> Block:
    found = summary.furthest_from_england(atlas, code)
    rows, drawn = [], []
    for row in found:
        label = Run(row.measure.label, notes.cite(row.source))
        rows.append(
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
        rows=tuple(rows),
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
    everyone = footprints.all_footprints(atlas)
    borders = notes.cite(BORDERS, AREA)
    neighbours = [(n.name, borders) for n in footprints.neighbours(atlas, code)]
    counted = notes.own("priorities", PRIORITIES)
    plans_alike = [
        (
            f"{everyone[other.code].name} (at least {len(other.shared)})",
            counted,
        )
        for other in association.most_alike(atlas, code, PLAN_YEARS)[:ALIKE]
    ]
    made_of = {measures.values(atlas, key).source_of[code] for key in comparing.MAKE_UP}
    read_in = notes.cite(*sorted(made_of))
    places_alike = [
        (everyone[other].name, read_in) for other, _ in comparing.places_alike(atlas, code)[:ALIKE]
    ]
    return (
        listing("Neighbours, longest border first", neighbours),
        listing("Similar plans: themes that both name", plans_alike),
        listing("Places most alike in age, rurality, deprivation and density", places_alike),
    )


def _became(atlas: Atlas, code: str, notes: Notes) -> Block:
    items = [
        (f"{board.name}: {wording.share(board.share)}", notes.cite(board.source))
        for board in plans.successors(atlas, code)
    ]
    return listing("Integrated care boards of July 2022, share of our people", items)


def _missing(atlas: Atlas, code: str, notes: Notes) -> tuple[Block, ...]:
    read = not_found.read_in_words(atlas, code)
    blocks: list[Block] = [
        Paragraph(
            text(
                Run(read, notes.own("readings", READINGS)),
                f". {coverage.plan_read(atlas, code)}",
            )
        )
    ]
    absent = [text(sentence.rstrip(".")) for sentence in not_found.missing(atlas, code)]
    if absent:
        blocks.append(Listing("Not found in them", tuple(absent)))
    missed = not_found.common_themes_not_found(atlas, code, PLAN_YEARS)
    if missed:
        counted = notes.own("priorities", PRIORITIES)
        items = [(f"{label} ({wording.at_least(number, 44)})", counted) for label, number in missed]
        title = "Themes that more than half of the plans name, not found here"
        blocks.append(listing(title, items))
    if not absent and not missed:
        blocks.append(Paragraph(text("Each thing that this briefing looks for was found.")))
    return tuple(blocks)
