"""When the plans were published: a row for each footprint, the earliest first."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from stp_data.core import dates, wording
from stp_data.core.atlas import Atlas
from stp_data.history import events, publication_dates
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
"""The axis counts days between these; earlier and later dates are in a box at its side."""
BOX = 50
"""Width of a box, in days of the axis."""


@lru_cache(maxsize=16)
def chart(atlas: Atlas, look_: Look, chosen: str = "") -> Chart:
    """Return the chart of every date; the release whose key is ``chosen`` gets a ring."""
    panels = [
        Panel(heading, tuple(rows))
        for heading, of_drafts in (("", False), ("Drafts of June 2016", True))
        if (rows := list(_rows(atlas, look_, of_drafts=of_drafts)))
    ]
    plot = dots.plot(panels, Axis(-BOX, _days(LAST)), look_, chosen=chosen)
    for name, axis in plot.layout.items():
        if name.startswith("xaxis"):
            axis.update(_ticks(look_))
    known = {one.date for one in events.all_events(atlas) if one.is_national}
    due = {day: words for day, words in DUE.items() if day in known}
    plot.layout["shapes"] = [
        _upright(day, number, look_) for day in due for number in range(1, len(panels) + 1)
    ]
    plot.layout["annotations"] += [_label(day, words, look_) for day, words in due.items()]
    return look.compose(
        atlas, "publication", _words(atlas), plot.traces, look_,
        plot=plot.height, left=plot.left, right=plot.right, legend=plot.legend,
        above=34 if look_.narrow else 20, below=0, layout=plot.layout,
    )  # fmt: skip


def choices(atlas: Atlas) -> dict[str, str]:
    """Return the key of each release, and what tells it from the others in a few words."""
    return {
        key: f"{_name(atlas, one)}: {wording.date(one.date)}, {one.in_words}"
        for key, one in publication_dates.all_releases(atlas).items()
    }


def without_a_date(atlas: Atlas) -> str:
    """Return which plans have no date, and for which sources do not settle one."""
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
    """Return from where to where on the axis a date of any precision may be.

    An earlier or later date is in the middle of the box at that side.
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


def _name(atlas: Atlas, one: Release) -> str:
    return footprints.all_footprints(atlas)[one.code].short_name


def _rows(atlas: Atlas, look_: Look, *, of_drafts: bool) -> list[Row]:
    """Return a row for each footprint with such a release, the date that we use first."""
    rows = []
    for code in publication_dates.in_order(atlas):
        own = [
            one
            for one in publication_dates.releases(atlas, code)
            if (one.version == publication_dates.DRAFT) == of_drafts
        ]
        if own:
            own.sort(key=lambda one: not one.is_used)
            marks = tuple(_mark(atlas, one, look_) for one in own)
            rows.append(Row(_name(atlas, own[0]), marks))
    return rows


def _said(one: Release, look_: Look) -> str:
    """Return the date in few letters, to be printed beside the one that we use.

    On a phone not in the box of earlier dates, where it would run over the axis.
    """
    if not one.is_used or (look_.narrow and place(one.date)[1] < 0):
        return ""
    *day, month, year = wording.date(one.date).split()
    return " ".join([*day, month[:3], *([year] if year != str(FIRST.year) else [])])


def _mark(atlas: Atlas, one: Release, look_: Look) -> Mark:
    shape, colour = STYLES[one.how]
    label = plans.HOW_PUBLISHED[one.how]
    low, high = place(one.date)
    publishers = dict.fromkeys(said.published_by for said in one.reports if said.published_by)
    return Mark(
        key=one.key,
        kind=Kind(
            f"{label[0].upper()}{label[1:]}", colour, shape,
            filling="" if one.is_used else "-open", bold=one.is_used,
        ),
        low=low,
        high=high,
        said=_said(one, look_),
        tip=(
            ("", f"{_name(atlas, one)}: {wording.date(one.date)}"),
            ("Known to the", dates.precision(one.date)),
            ("Published", one.in_words),
            ("By", "; ".join(publishers) or "not named"),
            ("Source", look.cited(atlas, (said.source for said in one.reports))),
            ("Confidence", wording.listed(list(dict.fromkeys(r.confidence for r in one.reports)))),
            ("", "Date we use" if one.is_used else "Another date, or another version"),
        ),
    )  # fmt: skip


def _ticks(look_: Look) -> dict[str, Any]:
    """Return names of the months and boxes in their middles, and lines where each begins."""
    firsts = [date(FIRST.year, month, 1) for month in range(FIRST.month, LAST.month + 1)]
    ends = [*map(_days, firsts), _days(LAST) + 1]
    short = [first.strftime("%b")[: 1 if look_.narrow else 3] for first in firsts]
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    return {
        "tickvals": [-BOX / 2, *middles, _days(LAST) + BOX / 2],
        "ticktext": ["Before", *short, "2017"],
        "showgrid": False, "zeroline": False, "tickmode": "array",
        "minor": {"tickvals": ends, "showgrid": True, "gridcolor": look_.palette.grid},
    }  # fmt: skip


def _upright(day: str, panel: int, look_: Look) -> dict[str, Any]:
    """Return a line through the rows of a panel, not through the names of its months."""
    suffix = "" if panel == 1 else str(panel)
    at = _days(date.fromisoformat(day))
    return {
        "type": "line", "xref": f"x{suffix}", "yref": f"y{suffix} domain", "x0": at, "x1": at,
        "y0": 0, "y1": 1, "layer": "below",
        "line": {"color": look_.palette.soft, "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def _label(day: str, words: str, look_: Look) -> dict[str, Any]:
    when = wording.date(day).removesuffix(f" {FIRST.year}")
    return {
        "text": f"<b>{words}{'<br>' if look_.narrow else ' '}{when}</b>",
        "xref": "x", "x": _days(date.fromisoformat(day)), "y": 1, "yanchor": "bottom",
        "yshift": 2, "font": {"size": SMALL, "color": look_.palette.text},
    }  # fmt: skip


def _words(atlas: Atlas) -> Words:
    title = publication_dates.finding(atlas)
    undated = len(publication_dates.undated(atlas))
    number = wording.count(undated, "plan has", "plans have")
    missing = f" {number} no date in the sources we read." if undated else ""
    releases = publication_dates.all_releases(atlas)
    return Words(
        title=title,
        subtitle=(
            "Dates of publication, earliest first. Filled: the date we use; outlined: other "
            "dates, drafts, summaries and updates. Joined marks: only the month, or the year, is "
            f"known.{missing}"
        ),
        source=f"{len(publication_dates.cited(atlas))} documents, each named in the table and in "
        "the CSV.",
        alt=f"{title}. Dot plot of {len(releases)} dates for {44 - undated} footprints. The table "
        "has each date with its sources.",
    )
