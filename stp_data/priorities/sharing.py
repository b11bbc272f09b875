"""What the Priorities page says of a question, in words and as rows for a file."""

from __future__ import annotations

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.places import footprints
from stp_data.priorities import association, themes_named
from stp_data.priorities.themes_named import Question, Rules

READ_IN = {
    "any": "in the documents read",
    "official": "in the official documents read",
    "two": "in two or more of the documents read",
}
AS = {"set-out": " as a priority, workstream or programme", "intended": "", "any": ""}
"""What follows a theme in a sentence, by firmness."""
VERBS = {
    "set-out": ("sets out", "set out", "set out"),
    "intended": ("names", "name", "named"),
    "any": ("names or mentions", "name or mention", "named or mentioned"),
}
"""What one plan does, what several do, and what is done to a theme, by firmness."""
FIRMLY = {
    "set-out": "as a priority, workstream or programme",
    "intended": "as a priority, workstream, programme, aim or proposal",
    "any": "in any way, a mention included",
}
DEGREES = {
    1: "a mention",
    2: "an aim or proposal",
    3: "set out as a priority, workstream or programme",
}
"""How firmly a plan names a theme, by ``themes_named.degree``."""
FILE_COLUMNS = [
    "code", "name", "nhs_region", "answers", "theme", "named", "sources_read", "official_read",
    "counts", "how", "as_of", "later", "confidence", "note", "official", "source_title",
    "publisher", "publisher_type", "source_date", "url",
]  # fmt: skip
NOT_FOUND = "Not found in the documents read"
FILE_NOTE = (
    "counts: whether the row counts under these choices. A theme is named where a row counts; "
    "rows that do not count are listed too."
)


def sentence(atlas: Atlas, question: Question) -> str:
    """How many plans at least name the themes, ready to quote, without the full stop.

    "At least 7 of 44 plans name both stroke and cancer, in the documents read".
    """
    labels = [themes_named.themes(atlas)[key].label.lower() for key in question.themes]
    if question.match == "all" or len(labels) == 1:
        what = f"{'both ' if len(labels) == 2 else ''}{wording.listed(labels)}"
    else:
        what = f"{', '.join(labels[:-1])} or {labels[-1]}"
    return _at_least(atlas, len(themes_named.answer(atlas, question)), question, what)


def breadth(atlas: Atlas, question: Question) -> str:
    """How many plans at least name more than half of all themes."""
    named, total = themes_named.named(atlas, question.rules), len(themes_named.themes(atlas))
    number = sum(2 * len(named[code]) > total for code in inside(atlas, question))
    return _at_least(atlas, number, question, f"more than half of the {total} themes")


def _at_least(atlas: Atlas, number: int, question: Question, what: str) -> str:
    """How many plans of the region name something: a lower bound, or that none was found."""
    rules = question.rules
    one, several, _ = VERBS[rules.firm]
    where = wording.in_region(question.region)
    what = f"{what}{AS[rules.firm]}, {READ_IN[rules.evidence]}"
    if not number:
        return f"We have not found a plan{where} that {one} {what}. {wording.NOT_NONE}"
    counted = _capital(wording.at_least(number, len(inside(atlas, question))))
    return f"{counted} plans{where} {one if number == 1 else several} {what}"


def matrix_finding(atlas: Atlas, rules: Rules) -> str:
    """How many themes at least more than half of the plans name."""
    counts, half = themes_named.counts(atlas, rules), len(footprints.all_footprints(atlas)) / 2
    common = sum(number > half for number in counts.values())
    _, several, done = VERBS[rules.firm]
    how, read_in = AS[rules.firm], READ_IN[rules.evidence]
    if not common:
        return (
            f"We have not found a theme that more than half of the plans {several}{how}, "
            f"{read_in}. {wording.NOT_NONE}"
        )
    counted, verb = wording.at_least(common, len(counts)), "is" if common == 1 else "are"
    return (
        f"{_capital(counted)} themes {verb} {done}{how} by more than half of the plans, {read_in}"
    )


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def inside(atlas: Atlas, question: Question) -> list[str]:
    """Codes of the footprints of the region asked for."""
    places = footprints.all_footprints(atlas)
    return [code for code in places if question.region in (None, places[code].region)]


def quotation(atlas: Atlas, text: str, documents: int, link: str) -> str:
    """A finding as it can be quoted: with how much it rests on, whose it is, when, and where."""
    read_in = f"{wording.count(documents, 'document', 'documents')}; " if documents else ""
    return f"{text} ({read_in}STP Atlas, {wording.data_of(atlas)}) {link}"


def documents(atlas: Atlas, question: Question) -> int:
    """How many documents show what counts in the answer to a question."""
    return len(
        {
            proof.source
            for code in themes_named.answer(atlas, question)
            for theme in question.themes
            for proof in themes_named.counting_for(atlas, code, theme, question.rules)
        }
    )


def groups(atlas: Atlas, question: Question) -> list[tuple[str, list[str]]]:
    """(what they have in common, codes): those that answer, those that name some, the others.

    Groups without a footprint are left out. Together they are all footprints of the region.
    """
    wanted, named = set(question.themes), themes_named.named(atlas, question.rules)
    answer = themes_named.answer(atlas, question)
    rest = [code for code in inside(atlas, question) if code not in answer]
    some = [code for code in rest if wanted & named[code]]
    none = [code for code in rest if not wanted & named[code]]
    if len(wanted) < 2:
        what = "it"
    elif len(wanted) == 2:
        what = "both" if question.match == "all" else "one or both"
    else:
        what = "all of them" if question.match == "all" else "one or more of them"
    verb = _capital(VERBS[question.rules.firm][1])
    titled = [
        (f"{verb} {what}: at least {len(answer)}", answer),
        (f"{verb} at least one of them", some),
        (NOT_FOUND, none),
    ]
    return [(title, codes) for title, codes in titled if codes]


def matrix_columns(atlas: Atlas, rules: Rules) -> list[str]:
    """Keys of all themes: clinical priorities, then enablers, those most often found first."""
    themes, counts = themes_named.themes(atlas), themes_named.counts(atlas, rules)
    return sorted(themes, key=lambda key: (themes[key].kind, -counts[key], key))


def matrix_groups(atlas: Atlas, question: Question, order: str) -> list[tuple[str, list[str]]]:
    """Codes in the order of rows, under the title of their group.

    By NHS region (``order`` region) and in it by how many themes were found; or similar plans
    beside each other (alike), as one group without title.
    """
    places, named = footprints.all_footprints(atlas), themes_named.named(atlas, question.rules)
    kept = inside(atlas, question)
    if order == "alike":
        codes = association.similar_side_by_side(atlas, question.rules)
        return [("", [code for code in codes if code in kept])]
    by_region: dict[str, list[str]] = {}
    for code in sorted(kept, key=lambda c: (places[c].region, -len(named[c]), c)):
        by_region.setdefault(places[code].region, []).append(code)
    return list(by_region.items())


def matrix(atlas: Atlas, rules: Rules) -> list[list[object]]:
    """The matrix as rows, the first with the names of the columns.

    A cell is the number of sources that count under ``rules``, empty where the theme was not found.
    """
    keys, named = list(themes_named.themes(atlas)), themes_named.named(atlas, rules)
    found: list[list[object]] = [
        ["code", "name", "nhs_region", "sources_read", "official_read", "themes", *keys]
    ]
    for code, place in footprints.all_footprints(atlas).items():
        read = themes_named.coverage(atlas, code)
        cells = [len(themes_named.counting_for(atlas, code, key, rules)) or "" for key in keys]
        found.append(
            [code, place.name, place.region, read.read, read.official, len(named[code]), *cells]
        )
    return found


def counted(rules: Rules) -> str:
    """What counts: sources, how firmly, years; and that more reading can only add."""
    evidence = themes_named.RULE_WORDS["evidence"][rules.evidence].lower()
    years = "plans of all years" if rules.later else "plans of 2016 and 2017"
    verb = "show" if rules.evidence == "two" else "shows"
    return (
        f"Counted when {evidence} {verb} it {FIRMLY[rules.firm]}; {years}. "
        "More reading can only add to these counts."
    )


def rows(atlas: Atlas, question: Question) -> list[list[object]]:
    """One row for each footprint, theme and source, whether it counts or not.

    Themes for which there is no source have a row without one. Footprints are in the order of the
    list on the page.
    """
    proofs = themes_named.evidence(atlas, later=True)
    found: list[list[object]] = []
    answer = set(themes_named.answer(atlas, question))
    for code in (code for _, codes in groups(atlas, question) for code in codes):
        place, read = footprints.all_footprints(atlas)[code], themes_named.coverage(atlas, code)
        for theme in question.themes:
            listed = proofs.get((code, theme), ())
            counting = themes_named.counting(listed, question.rules)
            start = [
                code, place.name, place.region, "yes" if code in answer else "not found", theme,
                "yes" if counting else "not found", read.read, read.official,
            ]  # fmt: skip
            for proof in listed:
                doc = sources.source(atlas, proof.source)
                found.append(
                    [
                        *start, "yes" if proof in counting else "no", proof.how, proof.as_of,
                        "yes" if proof.later else "", proof.confidence, proof.note,
                        "yes" if proof.official else "no", doc.title, doc.publisher,
                        doc.publisher_type, doc.date, doc.url,
                    ]
                )  # fmt: skip
            if not listed:
                found.append([*start, *[""] * (len(FILE_COLUMNS) - len(start))])
    return found
