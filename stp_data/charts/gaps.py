"""The chart of stated gaps: every published figure a mark, its scope a shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stp_data import footprints, gaps, priorities, sources, wording
from stp_data.atlas import Atlas
from stp_data.charts import dots
from stp_data.charts.dots import Dot, Kind, Line
from stp_data.charts.figure import Figure, Words
from stp_data.charts.ink import BLUE, GREEN, GREY, ORANGE, Ink
from stp_data.gaps import Wanted
from stp_data.money import Stated

KINDS = {
    "NHS and social care": Kind("NHS and social care", "circle", ORANGE),
    "NHS": Kind("NHS only", "square", BLUE),
    "not stated": Kind("scope not stated", "triangle", GREY),
    "social care": Kind("social care only", "diamond", GREEN),
}
"""By scope."""
TAILS = {"at least": 1, "up to": -1}


CHOICES: Mapping[str, Callable[[Atlas], tuple[str, ...]]] = {
    "scope": lambda _: (gaps.ALL, *gaps.SCOPES),
    "region": lambda atlas: (gaps.ALL, *footprints.regions(atlas)),
    "sort": lambda _: gaps.SORTS,
    "unit": lambda _: gaps.UNITS,
}
"""What may be asked of the chart, the default first."""


def draw(atlas: Atlas, words: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """The chart of the gaps that ``words`` ask for."""
    asked = gaps.wanted(atlas, words)
    found = gaps.lines(atlas, asked)
    # By name means here the short name, which stands beside the marks.
    shown = sorted(
        (line for line in found if line.figures),
        key=lambda line: "" if line.group else line.footprint.short_name.casefold(),
    )
    shown.sort(key=lambda line: line.group is None)
    figures = [figure for line in shown for figure in line.figures]
    drawing = dots.draw(
        tuple(
            Line(
                line.footprint.short_name,
                tuple(_dot(atlas, figure, asked) for figure in line.figures),
                gaps.heading(asked, line.group) if asked.by_size else "",
            )
            for line in shown
        ),
        tuple(kind for scope, kind in KINDS.items() if any(f.scope == scope for f in figures)),
        _missing(atlas, found),
        _axis(asked),
        ink,
        width,
    )
    return Figure(drawing, _words(atlas, asked, figures, len(shown)))


def _dot(atlas: Atlas, figure: Stated, asked: Wanted) -> Dot:
    low, high = gaps.ends(atlas, figure, asked)
    return Dot(
        key=figure.key,
        label=gaps.said(atlas, figure, asked),
        kind=KINDS[figure.scope],
        low=low,
        high=high,
        filled=figure.preferred,
        tail=TAILS.get(figure.qualifier, 0),
    )


def _axis(asked: Wanted) -> dots.Unit:
    if asked.per_head:
        return lambda value: f"£{value:,.0f}"
    return lambda value: f"£{value:,.0f}m" if value else "£0"


def _missing(atlas: Atlas, found: tuple[gaps.Line, ...]) -> tuple[str, ...]:
    """Who has no figure: named, with how many sources were read."""
    without = [
        f"{line.footprint.short_name} ({priorities.coverage(atlas, line.footprint.code).read})"
        for line in found
        if not line.figures
    ]
    if not without:
        return ()
    number = wording.count(len(without), "footprint", "footprints")
    return (
        f"No such figure found for {number}, in brackets how many sources were read: "
        f"{', '.join(without)}.",
    )


def _words(atlas: Atlas, asked: Wanted, figures: list[Stated], footprints_shown: int) -> Words:
    unit = "£ for each of the people of mid-2017" if asked.per_head else "£ million"
    covers = "all scopes, each with its own mark"
    if asked.scope is not None:
        covers = wording.SCOPES[asked.scope]
    where = f", {asked.region}" if asked.region else ""
    documents = len({figure.source for figure in figures})
    read = wording.count(documents, "document", "documents")
    heads = wording.citation(sources.source(atlas, sources.PEOPLE))
    people = f" People: {heads}." if asked.per_head else ""
    title = gaps.finding(atlas, asked)
    number = wording.count(len(figures), "published figure", "published figures")
    of = wording.count(footprints_shown, "footprint", "footprints")
    return Words(
        title=title,
        subtitle=f"Yearly gap in 2020/21 if nothing changed, as stated: {covers}{where}; {unit}. "
        "Marks that would touch are stacked.",
        source=f"{read}, each named in the table and in the CSV.{people}",
        alt=f"{title}. A dot plot of {number} for {of}. The table view has every figure.",
    )
