"""What the Priorities page says of a question, in words and as rows for a file."""

from __future__ import annotations

from stp_data import footprints, priorities, sources, wording
from stp_data.atlas import Atlas
from stp_data.priorities import Question, Rules

STRENGTHS = {
    "any": "any source",
    "official": "an official source",
    "two": "two or more sources",
}
READ_IN = {
    "any": "in the sources read",
    "official": "in the official sources read",
    "two": "in two or more of the sources read",
}
FILE_COLUMNS = [
    "code", "name", "nhs_region", "answers", "theme", "named", "sources_read", "official_read",
    "as_of", "confidence", "source_title", "publisher", "publisher_type", "source_date", "url",
]  # fmt: skip


def sentence(atlas: Atlas, question: Question) -> str:
    """How many plans name the themes, ready to quote: "7 of 44 plans name both …"."""
    found = priorities.answer(atlas, question)
    everyone = [
        place
        for place in footprints.all_footprints(atlas).values()
        if question.region in (None, place.region)
    ]
    labels = [priorities.themes(atlas)[key].label.lower() for key in question.themes]
    if len(labels) == 1:
        what = labels[0]
    elif question.match == "all":
        what = f"{'both ' if len(labels) == 2 else ''}{wording.listed(labels)}"
    else:
        what = f"{', '.join(labels[:-1])} or {labels[-1]}"
    verb = "names" if len(found) == 1 else "name"
    where, read_in = wording.in_region(question.region), READ_IN[question.rules.strength]
    return f"{len(found)} of {len(everyone)} plans{where} {verb} {what}, {read_in}"


HOW_MANY = (
    "Themes that at least one source shows the plan to put first. What was not read cannot be "
    "found: see how many sources were read."
)


def longest(atlas: Atlas, question: Question) -> str:
    """Whose plan names the most themes, and in how many sources that was found."""
    places, named = footprints.all_footprints(atlas), priorities.named(atlas, question.rules)
    inside = [code for code in named if question.region in (None, places[code].region)]
    most = max(len(named[code]) for code in inside)
    top = [code for code in inside if len(named[code]) == most]
    names = wording.listed([places[code].name for code in top])
    read = wording.listed([str(priorities.coverage(atlas, code).read) for code in top])
    verb = "names" if len(top) == 1 else "name"
    where = wording.in_region(question.region)
    return (
        f"{names} {verb} the most themes{where}: {most} of {len(priorities.themes(atlas))}, in "
        f"{read} sources read"
    )


def quotation(atlas: Atlas, text: str, documents: int, link: str) -> str:
    """A finding as it can be quoted: with how much it rests on, whose it is, when, and where."""
    read_in = wording.count(documents, "document", "documents")
    return f"{text} ({read_in}; STP Atlas, {wording.data_of(atlas)}) {link}"


def documents(atlas: Atlas, question: Question) -> int:
    """How many documents show what counts in the answer to a question."""
    named = priorities.named(atlas, question.rules)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    return len(
        {
            proof.source
            for code in priorities.answer(atlas, question)
            for theme in question.themes
            if theme in named[code]
            for proof in proofs[code, theme]
        }
    )


def groups(atlas: Atlas, question: Question) -> list[tuple[str, list[str]]]:
    """(what they have in common, codes): those that answer, those that name some, the others.

    Groups without a footprint are left out. Together they are all footprints of the region.
    """
    wanted, named = set(question.themes), priorities.named(atlas, question.rules)
    answer = priorities.answer(atlas, question)
    rest = [
        place.code
        for place in footprints.all_footprints(atlas).values()
        if question.region in (None, place.region) and place.code not in answer
    ]
    some = [code for code in rest if wanted & named[code]]
    none = [code for code in rest if not wanted & named[code]]
    what = {1: "it", 2: "both" if question.match == "all" else "one or both"}.get(
        len(wanted), "all of them" if question.match == "all" else "any of them"
    )
    titled = [
        (f"Name {what} ({len(answer)})", answer),
        (f"Name only some of them ({len(some)})", some),
        (f"Not found in the sources read ({len(none)})", none),
    ]
    return [(title, codes) for title, codes in titled if codes]


DEGREES = {
    1: "other sources only (press, think tanks, campaigns)",
    2: "one official source, no other",
    3: "an official source and at least one more",
}
"""What the strength of evidence in a cell of the matrix means."""


def matrix_columns(atlas: Atlas, rules: Rules) -> list[str]:
    """Keys of all themes: clinical priorities, then enablers, the most named first."""
    themes, counts = priorities.themes(atlas), priorities.counts(atlas, rules)
    return sorted(themes, key=lambda key: (themes[key].kind, -counts[key], key))


def matrix_groups(atlas: Atlas, question: Question, order: str) -> list[tuple[str, list[str]]]:
    """Codes in the order of rows, under the title of their group.

    By NHS region (``order`` region) and in it by how many themes are named; or like beside like
    (alike), as one group without title.
    """
    places, named = footprints.all_footprints(atlas), priorities.named(atlas, question.rules)
    if order == "alike":
        codes = priorities.like_beside_like(atlas, question.rules)
        return [("", [c for c in codes if question.region in (None, places[c].region)])]
    by_region: dict[str, list[str]] = {}
    for code in sorted(places, key=lambda c: (places[c].region, -len(named[c]), c)):
        if question.region in (None, places[code].region):
            by_region.setdefault(places[code].region, []).append(code)
    return list(by_region.items())


def matrix_finding(atlas: Atlas, rules: Rules) -> str:
    """How unevenly the themes are named."""
    counts = priorities.counts(atlas, rules)
    common = sum(number > len(footprints.all_footprints(atlas)) / 2 for number in counts.values())
    return (
        f"{common} of {len(counts)} themes are named in more than half of the plans, "
        f"{READ_IN[rules.strength]}"
    )


def matrix(atlas: Atlas, rules: Rules) -> list[list[object]]:
    """The matrix as rows, the first with the names of the columns.

    A cell is the number of sources that show the theme, empty where it was not found (or not as
    ``rules`` ask).
    """
    keys, named = list(priorities.themes(atlas)), priorities.named(atlas, rules)
    proofs = priorities.evidence(atlas, later=rules.later)
    found: list[list[object]] = [
        ["code", "name", "nhs_region", "sources_read", "official_read", "themes", *keys]
    ]
    for code, place in footprints.all_footprints(atlas).items():
        read = priorities.coverage(atlas, code)
        cells = [len(proofs[code, key]) if key in named[code] else "" for key in keys]
        found.append(
            [code, place.name, place.region, read.read, read.official, len(named[code]), *cells]
        )
    return found


def counted(rules: Rules) -> str:
    """What counts: sources, years."""
    years = "plans of all years" if rules.later else "plans of 2016 and 2017"
    verb = "show" if rules.strength == "two" else "shows"
    return f"Counted when {STRENGTHS[rules.strength]} {verb} it; {years}."


def rows(atlas: Atlas, question: Question) -> list[list[object]]:
    """One row for each footprint, theme and source; themes not found have a row without source.

    The same rows in the same order as the list on the page.
    """
    named = priorities.named(atlas, question.rules)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    found: list[list[object]] = []
    answer = set(priorities.answer(atlas, question))
    for code in (code for _, codes in groups(atlas, question) for code in codes):
        place, read = footprints.all_footprints(atlas)[code], priorities.coverage(atlas, code)
        for theme in question.themes:
            start = [
                code, place.name, place.region, "yes" if code in answer else "not found", theme,
                "yes" if theme in named[code] else "not found",
                read.read, read.official,
            ]  # fmt: skip
            shown = proofs[code, theme] if theme in named[code] else ()
            for proof in shown:
                doc = sources.source(atlas, proof.source)
                found.append(
                    [
                        *start, proof.as_of, proof.confidence, doc.title, doc.publisher,
                        doc.publisher_type, doc.date, doc.url,
                    ]
                )  # fmt: skip
            if not shown:
                found.append([*start, *[""] * 7])
    return found
