"""What the Priorities page says of a question, in words and as rows for a file."""

from __future__ import annotations

from stp_data import footprints, priorities, sources, wording
from stp_data.atlas import Atlas
from stp_data.priorities import Question

STRENGTHS = {
    "any": "any source",
    "official": "an official source",
    "two": "two or more sources",
}
FILE_COLUMNS = [
    "code", "name", "nhs_region", "theme", "named", "sources_read", "official_read",
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
    where = wording.in_region(question.region)
    return f"{len(found)} of {len(everyone)} plans{where} {verb} {what}, in the sources read"


def rules_in_words(question: Question) -> str:
    """What counts: sources, years."""
    years = "plans of all years" if question.rules.later else "plans of 2016 and 2017"
    return f"Counted when {STRENGTHS[question.rules.strength]} shows it; {years}."


def rows(atlas: Atlas, question: Question) -> list[list[object]]:
    """One row for each footprint, theme and source; themes not found have a row without source."""
    named = priorities.named(atlas, question.rules)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    found: list[list[object]] = []
    for code, place in footprints.all_footprints(atlas).items():
        if question.region not in (None, place.region):
            continue
        read = priorities.coverage(atlas, code)
        for theme in question.themes:
            start = [
                code, place.name, place.region, theme,
                "yes" if theme in named[code] else "not found",
                read.read, read.official,
            ]  # fmt: skip
            for proof in proofs.get((code, theme), ()):
                doc = sources.source(atlas, proof.source)
                found.append(
                    [
                        *start, proof.as_of, proof.confidence, doc.title, doc.publisher,
                        doc.publisher_type, doc.date, doc.url,
                    ]
                )  # fmt: skip
            if (code, theme) not in proofs:
                found.append([*start, *[""] * 7])
    return found
