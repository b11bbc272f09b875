"""What pages show and files hold: each view described once, with its filters, columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Filter, Query, strict
from stp_data.evidence import conflicts, coverage
from stp_data.export import files, safe_csv, wide
from stp_data.history import events
from stp_data.money import gaps
from stp_data.organisations import organisations
from stp_data.overview import comparing, correlation
from stp_data.places import filters, measures
from stp_data.places.filters import REGION, Areas
from stp_data.plans import stated_figures
from stp_data.priorities import sharing, themes_named

Rows = Iterable[Sequence[object]]
NO_SUMS = "figures of different scope are not to be added or compared."


@dataclass(frozen=True)
class View:
    """Rows that some choices leave, and a sentence that says what they are."""

    name: str
    """Of the file, and of the address."""
    title: str
    filters: tuple[Filter, ...]
    columns: Callable[[Atlas, Query], Sequence[str]]
    rows: Callable[[Atlas, Query], Rows]
    note: Callable[[Atlas, Query], str] | None = None
    """What must be known of the rows; the first of it is what they show."""
    check: Callable[[Atlas, Query], object] | None = None
    """Raises FilterError where values that are each known do not go together."""

    def query(self, atlas: Atlas, params: Mapping[str, str]) -> Query:
        """What the parameters of an address ask; FilterError for what cannot be had."""
        query = strict(atlas, self.filters, params)
        if self.check is not None:
            self.check(atlas, query)
        return query

    def file_name(self, query: Query) -> str:
        """A name that tells the choices: stp-atlas-gaps-nhs-london.csv."""
        # What a reader typed belongs in no name of a file.
        words = [word.replace(",", "-") for name, word in query.items() if name != "q"]
        stem = "-".join(["stp-atlas", self.name.removesuffix("-view"), *words])
        return stem[:100].rstrip("-") + ".csv"

    def csv(self, atlas: Atlas, query: Query) -> str:
        """The rows below a line with the note, where there is one."""
        note = ""
        if self.note is not None:
            note = f"{self.note(atlas, query)} STP Atlas, {wording.data_of(atlas)}."
        return safe_csv.written(self.columns(atlas, query), self.rows(atlas, query), note)

    def json(self, atlas: Atlas, query: Query) -> dict[str, Any]:
        """The same for programs; what is absent is null."""
        columns = self.columns(atlas, query)
        found = [
            {
                name: None if cell == "" else cell
                for name, cell in zip(columns, row, strict=True)
            }
            for row in self.rows(atlas, query)
        ]  # fmt: skip
        note = self.note(atlas, query) if self.note is not None else self.title
        return {
            "view": self.name, "query": query, "note": note, "count": len(found), "rows": found,
        }  # fmt: skip


def _always(columns: Sequence[str]) -> Callable[[Atlas, Query], Sequence[str]]:
    return lambda _atlas, _query: columns


MEASURE = Choice("measure", "measure", measures.mapped, default=measures.DEFAULT)
PART = Choice("part", "part", lambda _: comparing.FILES, default=next(iter(comparing.FILES)))
COMPARED = Areas(comparing.FEWEST, comparing.MOST)
PART_NOTES = {
    "measures": "Standard score: how far a figure is from England's, in standard deviations of the "
    "44 footprints. Head counts have none to compare: England's figure is their sum.",
    "themes": f"{sharing.NOT_FOUND} doesn't mean that a theme is not in the plan.",
    "gaps": f"Yearly gaps in 2020/21 as stated; {NO_SUMS}",
}
"""What must be known of each part of a comparison."""


def _measure_rows(atlas: Atlas, query: Query) -> Rows:
    return files.measure_rows(atlas, MEASURE.word(query), filters.region(atlas, query))


def _shared_note(atlas: Atlas, query: Query) -> str:
    question = themes_named.question(atlas, query)
    said = sharing.sentence(atlas, question)
    return f"{said}. {sharing.counted(question.rules)} {sharing.FILE_NOTE}"


def _matrix(atlas: Atlas, query: Query) -> list[list[object]]:
    return sharing.matrix(atlas, themes_named.rules(query))


def _matrix_note(_atlas: Atlas, query: Query) -> str:
    return (
        "How many sources that count show each theme; empty: not found in the documents read. "
        f"{sharing.counted(themes_named.rules(query))}"
    )


def _organisations_note(atlas: Atlas, query: Query) -> str:
    said = organisations.sentence(atlas, query, organisations.find(atlas, query))
    return f"{said}. Organisations not listed may still have taken part."


def _events_note(atlas: Atlas, query: Query) -> str:
    return f"{events.sentence(atlas, query, events.find(atlas, query))}. {events.ORDER}"


def _gaps_note(atlas: Atlas, query: Query) -> str:
    return (
        f"{gaps.finding(atlas, gaps.read_filter(atlas, query))}. Yearly gaps in 2020/21 as stated; "
        f"{NO_SUMS}"
    )


def _compared(atlas: Atlas, query: Query) -> Rows:
    return comparing.file_rows(atlas, filters.codes(atlas, query), PART.word(query))


def _related(atlas: Atlas, query: Query) -> correlation.Related:
    return correlation.related(atlas, correlation.X.word(query), correlation.Y.word(query))


def _related_note(atlas: Atlas, query: Query) -> str:
    found = _related(atlas, query)
    said = (f"{correlation.finding(found)}.", correlation.coefficient(found))
    return " ".join((*said, *correlation.cautions(found)))


def _enough(atlas: Atlas, query: Query) -> None:
    COMPARED.read(atlas, query.get("areas", ""))


VIEWS = {
    view.name: view
    for view in (
        View(
            "footprints-wide", "One row for each footprint, with every measure", (REGION,),
            lambda atlas, _: wide.columns(atlas),
            lambda atlas, query: wide.rows(atlas, filters.region(atlas, query)),
        ),
        View(
            "view", "One measure of all footprints", (MEASURE, REGION),
            _always(files.MEASURE_COLUMNS), _measure_rows,
        ),
        View(
            "shared", "Footprints whose plans name themes, with every source",
            themes_named.FILTERS, _always(sharing.FILE_COLUMNS),
            lambda atlas, query: sharing.rows(atlas, themes_named.question(atlas, query)),
            _shared_note, themes_named.require_theme,
        ),
        View(
            "matrix", "How many sources show each theme of each footprint", themes_named.RULES,
            lambda atlas, query: [str(name) for name in _matrix(atlas, query)[0]],
            lambda atlas, query: _matrix(atlas, query)[1:], _matrix_note,
        ),
        View(
            "organisations-view", "Member organisations and the sources that list them",
            organisations.FILTERS, _always(organisations.FILE_COLUMNS),
            lambda atlas, query: organisations.rows(atlas, organisations.find(atlas, query)),
            _organisations_note, organisations.check,
        ),
        View(
            "gaps", "Stated yearly gaps in 2020/21", gaps.FILTERS, _always(gaps.FILE_COLUMNS),
            lambda atlas, query: gaps.file_rows(atlas, gaps.read_filter(atlas, query)), _gaps_note,
        ),
        View(
            "compare", "Two to five footprints side by side", (COMPARED, PART),
            lambda _, query: comparing.FILES[PART.word(query)], _compared,
            lambda _, query: PART_NOTES[PART.word(query)], _enough,
        ),
        View(
            "relate", "Two measures of all footprints",
            (correlation.X, correlation.Y, Areas()), _always(correlation.FILE_COLUMNS),
            lambda atlas, query: correlation.file_rows(
                atlas, _related(atlas, query), filters.codes(atlas, query)
            ),
            _related_note, correlation.check,
        ),
        View(
            "timeline", "Events, a row for each report", events.FILTERS,
            _always(events.FILE_COLUMNS),
            lambda atlas, query: events.rows(atlas, events.find(atlas, query)),
            _events_note, events.check_years,
        ),
        View(
            "conflicts", "Facts on which sources differ", (), _always(conflicts.FILE_COLUMNS),
            lambda atlas, _: conflicts.rows(atlas),
            lambda atlas, _: f"{conflicts.headline(atlas)}. The rows of a conflict are what each "
            f"source says about one fact. {stated_figures.PREFERENCE}",
        ),
        View(
            "coverage", "What was found for each footprint, by kind of source", (),
            _always(coverage.FILE_COLUMNS), lambda atlas, _: coverage.rows(atlas),
            lambda atlas, _: f"{coverage.headline(atlas)}. What we did not find may still exist.",
        ),
    )
}  # fmt: skip
"""Every view by its name."""
