"""When the plans were published: a row for each footprint, the earliest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from stp_data.core import dates, wording
from stp_data.core.atlas import Atlas
from stp_data.history import publication_dates, reported_events
from stp_data.history.publication_dates import Release
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from stp_data.places import footprints
from stp_data.plans import plans
from ui.charts import dots, look
from ui.charts.dots import Axis, Kind, Mark, Panel, Row
from ui.charts.look import SMALL, Chart, Look

STYLES = {
    "by_partnership": ("circle", colours.BLUE),
    "by_nhs_body": ("square", colours.GREEN),
    "by_council": ("diamond", colours.ORANGE),
    "by_press": ("triangle-up", colours.ORANGE),
    "leaked": ("triangle-up", colours.PURPLE),
    "by_campaign": ("diamond", colours.PURPLE),
    "not_stated": ("cross", colours.GREY),
}
"""Shape and colour by who published."""
DUE = {publication_dates.DRAFTS_DUE: "Drafts due", publication_dates.PLANS_DUE: "Plans due"}
FIRST, LAST = date(2016, 6, 1), date(2016, 12, 31)
"""Between these the axis is one of days; what lies outside stands in a box at its side."""
BOX = 50
"""Width of a box, in days of the axis."""
LENGTHS = {10: "day", 7: "month", 4: "year"}


@lru_cache(maxsize=16)
def chart(atlas: Atlas, codes: tuple[str, ...], look_: Look, chosen: str = "") -> Chart | None:
    """Every date of these footprints' plans, in their order; None where no date is known.

    ``chosen`` is the key of the release that gets a ring.
    """
    found = {code: publication_dates.releases(atlas, code) for code in codes}
    panels = []
    for heading, of_drafts in (("", False), ("Drafts of June 2016", True)):
        rows = tuple(
            _row(atlas, code, own, look_)
            for code, releases in found.items()
            if (
                own := [
                    one for one in releases if (one.version == publication_dates.DRAFT) == of_drafts
                ]
            )
        )
        if rows:
            panels.append(Panel(heading, rows))
    if not panels:
        return None
    plot = dots.plot(panels, Axis(-BOX, _days(LAST)), look_, chosen=chosen)
    for name, axis in plot.layout.items():
        if name.startswith("xaxis"):
            axis.update(_ticks(look_))
    due = _days_due(atlas)
    plot.layout["shapes"] = [
        _upright(at, number, look_) for at in due for number in range(1, len(panels) + 1)
    ]
    plot.layout["annotations"] += [_label(at, words, look_) for at, words in due.items()]
    return look.compose(
        atlas, "publication", _words(atlas, found), plot.traces, look_,
        plot=plot.height, left=plot.left, right=plot.right, legend=plot.legend,
        above=34 if look_.narrow else 20, below=0, layout=plot.layout,
    )  # fmt: skip


def choices(atlas: Atlas) -> dict[str, str]:
    """The key of each release, and what tells it from the others in a few words."""
    return {
        one.key: f"{_name(atlas, code)}: {wording.date(one.date)}, {_how(one)}"
        for code in publication_dates.in_order(atlas)
        for one in publication_dates.releases(atlas, code)
    }


def without_a_date(atlas: Atlas) -> str:
    """Which plans have no date, and for which the sources do not settle one; empty for none."""
    places = footprints.all_footprints(atlas)
    said = {
        "No date found in the sources we read": publication_dates.undated(atlas),
        "Sources don't settle the date": publication_dates.unsettled(atlas),
    }
    return " ".join(
        f"{words}: {'; '.join(places[code].name for code in codes)}."
        for words, codes in said.items()
        if codes
    )


def place(text: str) -> tuple[float, float]:
    """From where to where a date of any precision may lie on the axis.

    A date before or after the axis lies in the middle of the box at that side.
    """
    low, high = dates.span(text)
    if high < FIRST:
        return (-BOX / 2,) * 2
    if low > LAST:
        return (_days(LAST) + BOX / 2,) * 2
    # Of 2016 as a whole we cannot say that it was after May.
    start = -BOX if low < FIRST else _days(low)
    return start, _days(min(high, LAST))


def _days(day: date) -> int:
    return (day - FIRST).days


def _name(atlas: Atlas, code: str) -> str:
    return footprints.all_footprints(atlas)[code].short_name


def _how(one: Release) -> str:
    version = f", {plans.VERSIONS[one.version]}" if one.version else ""
    return f"{plans.HOW_PUBLISHED[one.how]}{version}"


def _row(atlas: Atlas, code: str, releases: list[Release], look_: Look) -> Row:
    ordered = sorted(releases, key=lambda one: not one.preferred)
    return Row(_name(atlas, code), tuple(_mark(atlas, one, look_) for one in ordered))


def _said(one: Release, look_: Look) -> str:
    """The date in few letters, printed beside the one that we use.

    On a phone not in the box of earlier dates, whence it would run over the axis.
    """
    if not one.preferred or (look_.narrow and place(one.date)[1] < 0):
        return ""
    *day, month, year = wording.date(one.date).split()
    return " ".join([*day, month[:3], *([year] if year != str(FIRST.year) else [])])


def _mark(atlas: Atlas, one: Release, look_: Look) -> Mark:
    shape, colour = STYLES[one.how]
    label = plans.HOW_PUBLISHED[one.how]
    low, high = place(one.date)
    day = wording.date(one.date)
    known = LENGTHS[len(one.date)]
    confidence = wording.listed(list(dict.fromkeys(said.confidence for said in one.said)))
    return Mark(
        key=one.key,
        kind=Kind(
            f"{label[0].upper()}{label[1:]}", colour, shape,
            filling="" if one.preferred else "-open", bold=one.preferred,
        ),
        low=low,
        high=high,
        said=_said(one, look_),
        tip=(
            ("", f"{_name(atlas, one.code)}: {day}"),
            ("Known to the", known),
            ("Published", _how(one)),
            ("By", "; ".join(one.publishers) or "not named"),
            ("Source", look.cited(atlas, (said.source for said in one.said))),
            ("Confidence", confidence),
            ("", "Date we use" if one.preferred else "Another date, or another version"),
        ),
    )  # fmt: skip


def _ticks(look_: Look) -> dict[str, Any]:
    """Names of the months in their middles, and of the boxes; lines where each begins."""
    firsts = [date(FIRST.year, month, 1) for month in range(FIRST.month, LAST.month + 1)]
    ends = [*(_days(first) for first in firsts), _days(LAST) + 1]
    short = [first.strftime("%b")[: 1 if look_.narrow else 3] for first in firsts]
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    return {
        "tickvals": [-BOX / 2, *middles, _days(LAST) + BOX / 2],
        "ticktext": ["Before", *short, "2017"],
        "showgrid": False, "zeroline": False, "tickmode": "array",
        "minor": {"tickvals": ends, "showgrid": True, "gridcolor": look_.palette.grid},
    }  # fmt: skip


def _days_due(atlas: Atlas) -> dict[int, str]:
    """Where the deadlines lie, as the national events have them, with their words."""
    known = {one.date for one in reported_events.all_happenings(atlas) if one.number}
    return {
        _days(date.fromisoformat(day)): f"{words} {wording.date(day)}".removesuffix(f" {day[:4]}")
        for day, words in DUE.items()
        if day in known
    }


def _upright(at: int, panel: int, look_: Look) -> dict[str, Any]:
    """A line through the rows of a panel, not through the names of its months."""
    suffix = "" if panel == 1 else str(panel)
    return {
        "type": "line", "xref": f"x{suffix}", "yref": f"y{suffix} domain", "x0": at, "x1": at,
        "y0": 0, "y1": 1, "layer": "below",
        "line": {"color": look_.palette.soft, "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def _label(at: int, words: str, look_: Look) -> dict[str, Any]:
    said = words.replace(" due ", " due<br>") if look_.narrow else words
    return {
        "text": f"<b>{said}</b>", "xref": "x", "x": at, "y": 1, "yanchor": "bottom",
        "yshift": 2, "font": {"size": SMALL, "color": look_.palette.text},
    }  # fmt: skip


def _words(atlas: Atlas, found: Mapping[str, tuple[Release, ...]]) -> Words:
    everything = [one for releases in found.values() for one in releases]
    documents = {said.source for one in everything for said in one.said}
    undated = sum(not releases for releases in found.values())
    title = publication_dates.finding(atlas)
    number = wording.count(undated, "plan has", "plans have")
    missing = f" {number} no date in the sources we read." if undated else ""
    return Words(
        title=title,
        subtitle=(
            "Dates of publication, earliest first. Filled: the date we use; outlined: other "
            "dates, drafts, summaries and updates. Two marks joined: only the month is known, or "
            f"for a long line only the year.{missing}"
        ),
        source=f"{len(documents)} documents, each named in the table and in the CSV.",
        alt=f"{title}. Dot plot of {len(everything)} dates for {len(found) - undated} footprints. "
        "The table has each date with its sources.",
    )
