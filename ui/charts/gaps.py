"""The chart of stated gaps: ranked within one coverage, and a panel for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.money import gaps
from stp_data.money.gaps import GapFilter
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from stp_data.places import footprints
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated
from stp_data.priorities import themes_named
from ui.charts import dots, look
from ui.charts.dots import Axis, Kind, Mark, Panel, Row
from ui.charts.look import Chart, Look

USED = Kind("Figure we use", colours.BLUE, bold=True)
OTHER = Kind("Another published figure", colours.GREY, filling="-open")
UNSETTLED = Kind("Sources don't settle on a figure", colours.ORANGE, filling="-open-dot")


@lru_cache(maxsize=64)
def chart(atlas: Atlas, asked: GapFilter, look_: Look, chosen: str = "") -> Chart | None:
    """Every published figure asked for; None where there is none.

    ``chosen`` is the key of the figure that gets a ring.
    """
    panels = _panels(atlas, asked)
    if not panels:
        return None
    marks = [mark for panel in panels for row in panel.rows for mark in row.marks]
    axis = Axis(0, max(mark.high for mark in marks), "£", "" if asked.per_head else "m")
    plot = dots.plot(panels, axis, look_, chosen=chosen)
    return look.compose(
        atlas, "stated-gaps", _words(atlas, asked, marks), plot.traces, look_,
        plot=plot.height, left=plot.left, right=plot.right, legend=plot.legend, below=0,
        layout=plot.layout,
    )  # fmt: skip


def choices(atlas: Atlas, asked: GapFilter) -> dict[str, str]:
    """The key of each figure in the chart and what tells it from the others, in a few words.

    By name and as stated, whatever the order and unit of the chart: the same list need not travel
    again.
    """
    asked = replace(asked, by_size=False, per_head=False)
    found = sorted(
        gaps.figures(atlas, asked),
        key=lambda one: footprints.all_footprints(atlas)[one.code].short_name.casefold(),
    )
    said = {}
    for one in found:
        covers = f", {stated_figures.SCOPES[one.scope]}" if asked.scope is None else ""
        name = footprints.all_footprints(atlas)[one.code].short_name
        said[one.key] = f"{name}: {stated_figures.amount(one)}{covers}"
    for more in (sources.short_citation, lambda cited: cited.title):
        times = Counter(said.values())
        said = {
            figure.key: said[figure.key]
            if times[said[figure.key]] == 1
            else f"{said[figure.key]}, {more(sources.source(atlas, figure.source))}"
            for figure in found
        }
    return said


def without(atlas: Atlas, asked: GapFilter) -> str:
    """Which footprints have no such figure, with how many sources were read; empty for none."""
    missing = [
        f"{line.footprint.short_name} ({themes_named.coverage(atlas, line.footprint.code).read})"
        for line in gaps.lines(atlas, asked)
        if not line.figures
    ]
    if not missing:
        return ""
    number = wording.count(len(missing), "footprint", "footprints")
    return (
        f"No such figure found for {number} (in brackets, the number of sources read): "
        f"{', '.join(missing)}."
    )


def _panels(atlas: Atlas, asked: GapFilter) -> list[Panel]:
    """A panel for each coverage that has figures: nothing is ranked across coverages.

    All values are printed in the chart of one coverage, in that of several each row's first.
    """
    panels = []
    for scope in gaps.SCOPES.values() if asked.scope is None else (asked.scope,):
        one = replace(asked, scope=scope)
        found = [line for line in gaps.lines(atlas, one) if line.figures]
        if not found:
            continue
        if not asked.by_size:
            found.sort(key=lambda line: line.footprint.short_name.casefold())
        rows = []
        for line in found:
            marks = (
                mark(atlas, figure, one, printed=not at or asked.scope is not None)
                for at, figure in enumerate(line.figures)
            )
            rows.append(Row(line.footprint.short_name, tuple(marks)))
        ranked = sum(line.group is not None for line in found)
        parts = [("Figure we use, largest first", 0)] if ranked else []
        if asked.by_size and ranked < len(found):
            parts.append(("No figure used with this coverage, by name", ranked))
        covers = wording.sentence_case(stated_figures.SCOPES[scope])
        number = wording.count(len(found), "footprint", "footprints")
        panels.append(Panel(f"{covers}: {number}", tuple(rows), tuple(parts)))
    return panels


def mark(atlas: Atlas, figure: Stated, asked: GapFilter, *, printed: bool) -> Mark:
    """The mark of a figure; its value is ``printed`` beside it, or only shown on hovering."""
    low, high = (round(end, 2) for end in gaps.ends(atlas, figure, asked))
    place = footprints.all_footprints(atlas)[figure.code]
    amount = gaps.amount(atlas, figure, asked)
    kind = kind_of(atlas, figure)
    return Mark(
        key=figure.key,
        kind=kind,
        low=low,
        high=high,
        said=amount.removesuffix(" per person") if printed else "",
        tip=(
            ("", f"{place.short_name}: {amount}"),
            ("Covers", stated_figures.SCOPES[figure.scope]),
            ("As of", wording.as_of(figure.as_of)),
            ("Source", sources.source(atlas, figure.source).publisher),
            ("", kind.label),
        ),
        qualifier=figure.qualifier,
    )


def kind_of(atlas: Atlas, figure: Stated) -> Kind:
    """Whether a figure is the one used for its footprint, another one, or one of those disputed."""
    if figure.preferred:
        return USED
    settled = any(other.preferred for other in gaps.rivals(atlas, figure))
    return OTHER if settled else UNSETTLED


def signs(marks: Sequence[Mark]) -> str:
    """What the signs of ranges and bounds among the marks mean, as a sentence; empty for none."""
    meanings = {
        dots.AT_LEAST: "a mark pointing right: at least",
        dots.UP_TO: "pointing left: up to",
        dots.RANGE: "two marks joined: a range",
    }
    used = [
        words
        for qualifier, words in meanings.items()
        if any(mark.qualifier == qualifier for mark in marks)
    ]
    said = "; ".join(used)
    return f" {said[0].upper()}{said[1:]}." if used else ""


def _words(atlas: Atlas, asked: GapFilter, marks: list[Mark]) -> Words:
    shown = gaps.figures(atlas, asked)
    unit = "£ per person, mid-2017" if asked.per_head else "£ million"
    covers = "all coverages, each in its own panel"
    if asked.scope is not None:
        covers = stated_figures.SCOPES[asked.scope]
    where = f", {asked.region}" if asked.region else ""
    documents = wording.count(len({f.source for f in shown}), "document", "documents")
    people = ""
    if asked.per_head:
        people = f" People: {sources.citation(sources.source(atlas, sources.PEOPLE))}."
    title = gaps.finding(atlas, asked)
    number = wording.count(len(shown), "published figure", "published figures")
    of = wording.count(len({f.code for f in shown}), "footprint", "footprints")
    return Words(
        title=title,
        subtitle=f"Yearly gap in 2020/21 if nothing changed, as published: {covers}{where}; "
        f"{unit}.{signs(marks)}",
        source=f"{documents}, each named in the table and in the CSV.{people}",
        alt=f"{title}. Dot plot of {number} for {of}. The table below has every figure.",
    )
