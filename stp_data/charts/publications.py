"""When the plans came out: a row a footprint, a mark a date, by whom in shape and colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from stp_data import footprints, happenings, plans, priorities, publishing, wording
from stp_data.atlas import Atlas
from stp_data.charts import svg
from stp_data.charts.calendar import Days
from stp_data.charts.figure import NARROW, Drawing, Figure, Words
from stp_data.charts.ink import BLUE, GREEN, GREY, ORANGE, PURPLE, Ink
from stp_data.publishing import Release

MARKS = {
    "by_partnership": ("circle", BLUE),
    "by_nhs_body": ("square", GREEN),
    "by_council": ("diamond", ORANGE),
    "by_press": ("triangle", ORANGE),
    "leaked": ("triangle", PURPLE),
    "by_campaign": ("diamond", PURPLE),
    "not_stated": ("bar", GREY),
}
DUE = {publishing.DRAFTS_DUE: "Drafts", publishing.PLANS_DUE: "Plans"}
FIRST, LAST = date(2016, 6, 1), date(2016, 12, 31)
RADIUS, LANE, ROW, SIZE, ROOM = 6, 17, 6, 12, 9


@dataclass(frozen=True)
class _Field:
    """Where things lie: names, the axis of 2016, and a box each for what lies beside it."""

    days: Days
    names: float
    """Width of the column of names; 0 when they stand above their rows."""
    box: float
    """Width of a box."""
    width: int

    @property
    def boxes(self) -> dict[str, float]:
        """Left edge of each box."""
        return {
            "Earlier": self.names,
            "2017 on": self.width - 2 * self.box,
            "In 2016": self.width - self.box,
        }

    def reach(self, text: str) -> tuple[float, float]:
        """From where to where a date may lie; one place, for a day or in a box."""
        box = None
        if len(text) == len("2016") and text == str(FIRST.year):
            box = "In 2016"
        elif text < FIRST.isoformat()[: len(text)]:
            box = "Earlier"
        elif text[:4] > str(LAST.year):
            box = "2017 on"
        if box:
            return (self.boxes[box] + self.box / 2,) * 2
        return self.days.span(text)


def _field(width: int) -> _Field:
    wide = width > NARROW
    names, box = (212.0, 56.0) if wide else (0.0, 40.0)
    days = Days(FIRST, LAST, names + box + ROOM, width - 2 * box - ROOM)
    return _Field(days, names, box, width)


def draw(atlas: Atlas, _choices: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """All releases with a date; a mark's key is the release's."""
    field = _field(width)
    parts, y = _legend(atlas, ink, width)
    top = y + 34
    rows: list[str] = []
    bands: list[tuple[float, float]] = []
    y = top
    for title, of_drafts in (("", False), ("Drafts of June 2016", True)):
        if title:
            y += 22
            rows.append(svg.text(0, y, title, ink.text, size=SIZE, bold=True))
            y += 4
        for code in publishing.in_order(atlas):
            found = [
                one
                for one in publishing.releases(atlas, code)
                if (one.version == publishing.DRAFT) == of_drafts
            ]
            if found:
                drawn, start, y = _row(atlas, code, found, field, ink, y)
                rows += drawn
                bands.append((start, y))
    parts += _heads(atlas, field, ink, top)
    parts += _grid(atlas, field, ink, bands)
    parts += rows
    for sentence in without_a_date(atlas):
        y += 6
        for line in svg.wrapped(sentence, width, SIZE):
            y += 16
            parts.append(svg.text(0, y, line, ink.soft, size=SIZE))
    return Figure(Drawing(width, round(y + 16), "".join(parts)), _words(atlas))


def _words(atlas: Atlas) -> Words:
    everything = list(chain.from_iterable(_all(atlas).values()))
    documents = {said.source for one in everything for said in one.said}
    title = publishing.finding(atlas)
    return Words(
        title=title,
        subtitle=(
            "When the 44 plans became public, 2015 to 2017. Filled: the date taken here; outlined: "
            "dates of other sources, summaries, drafts and updates. A line is a date known to the "
            "month only."
        ),
        source=(
            f"{len(documents)} documents, each named in the table and in the CSV; an outlined mark "
            "is no less true than a filled one, only not the one taken."
        ),
        alt=f"{title}. The table has each date with its sources.",
    )


def _all(atlas: Atlas) -> dict[str, tuple[Release, ...]]:
    return {code: publishing.releases(atlas, code) for code in publishing.in_order(atlas)}


def _legend(atlas: Atlas, ink: Ink, width: int) -> tuple[list[str], float]:
    """Shapes in use with their words; where the legend ends."""
    used = {one.how for one in chain.from_iterable(_all(atlas).values())}
    parts: list[str] = []
    x, y = RADIUS + 1.0, 10.0
    for how, (shape, colour) in MARKS.items():
        if how not in used:
            continue
        words = plans.HOW_PUBLISHED[how]
        room = 13 + svg.width_of(words, SIZE) + 18
        if x + room - 18 > width:
            x, y = RADIUS + 1.0, y + 20
        parts.append(svg.mark(shape, x, y, colour, RADIUS, filled=True))
        parts.append(svg.text(x + 13, y + 4, words, ink.text, size=SIZE))
        x += room
    return parts, y + 16


def label(atlas: Atlas, one: Release) -> str:
    """What a reader hears of a mark."""
    who = f" ({'; '.join(one.publishers)})" if one.publishers else ""
    what = f", {wording.VERSIONS[one.version]}" if one.version else ""
    number = wording.count(len({said.source for said in one.said}), "source", "sources")
    return (
        f"{footprints.all_footprints(atlas)[one.code].name}: {wording.date(one.date)}, "
        f"{plans.HOW_PUBLISHED[one.how]}{who}{what}; {number}"
    )


def _row(
    atlas: Atlas, code: str, found: list[Release], field: _Field, ink: Ink, y: float
) -> tuple[list[str], float, float]:
    """One footprint from ``y`` down, in as many lanes as its dates need; where these are."""
    name = footprints.all_footprints(atlas)[code].short_name
    chosen = any(one.preferred for one in found)
    parts = [svg.line(0, y, field.width, y, ink.grid)]
    start = y
    if not field.names:
        parts.append(svg.text(0, y + 14, name, ink.text, size=SIZE))
        start += 16
    else:
        parts.append(svg.text(0, y + 15, name, ink.text if chosen else ink.soft, size=SIZE))
    taken: list[float] = []
    for one in sorted(found, key=lambda one: field.reach(one.date)[0]):
        low, high = field.reach(one.date)
        x = (low + high) / 2
        left, right = min(low, x - ROOM), max(high, x + ROOM)
        lane = next((i for i, end in enumerate(taken) if end <= left), len(taken))
        taken[lane : lane + 1] = [right]
        middle = start + ROW / 2 + LANE * (lane + 0.5)
        shape, colour = MARKS[one.how]
        inside = svg.mark(shape, x, middle, colour, RADIUS, filled=one.preferred)
        if high > low:
            # The line stops short of the mark, so that an outline stays empty.
            inside += svg.line(low, middle, x - RADIUS - 1, middle, colour, 1.6)
            inside += svg.line(x + RADIUS + 1, middle, high, middle, colour, 1.6)
        parts.append(svg.pickable(one.key, label(atlas, one), inside))
    return parts, start, start + ROW + LANE * len(taken)


def without_a_date(atlas: Atlas) -> tuple[str, ...]:
    """Of which plans no date was found, and of which the sources do not settle one."""
    places = footprints.all_footprints(atlas)
    lost = [
        f"{places[code].name} ({priorities.coverage(atlas, code).read} sources read)"
        for code in publishing.undated(atlas)
    ]
    open_ones = [places[code].name for code in publishing.unsettled(atlas)]
    found = []
    if lost:
        found.append(f"No date found: {'; '.join(lost)}.")
    if open_ones:
        found.append(f"Dates, none of which the sources settle: {'; '.join(open_ones)}.")
    return tuple(found)


def _heads(atlas: Atlas, field: _Field, ink: Ink, top: float) -> list[str]:
    """Names of months and boxes above the rows, and which days the two lines are."""
    parts = []
    for name, low, high in field.days.months():
        short = name[:3] if high - low > 40 else name[0]
        parts.append(svg.text(low + 4, top - 6, short, ink.soft, size=SIZE))
    size = SIZE if field.names else 11
    for name, left in field.boxes.items():
        middle = left + field.box / 2
        parts.append(svg.text(middle, top - 6, name, ink.soft, anchor="middle", size=size))
    for day, words in days_due(atlas).items():
        x = field.days.at(date.fromisoformat(day))
        said = f"{words} due, {_day(day)}" if field.names else f"{words}, {_day(day)}"
        parts.append(svg.line(x, top - 20, x, top, ink.text, 1.4))
        parts.append(svg.text(x - 1, top - 24, said, ink.text, size=SIZE, bold=True))
    return parts


def _day(day: str) -> str:
    return wording.date(day).removesuffix(f" {day[:4]}")


def _grid(atlas: Atlas, field: _Field, ink: Ink, bands: list[tuple[float, float]]) -> list[str]:
    """Edges of months and boxes, and when plans were due, through all rows.

    Not through the names above rows.
    """
    edges = [low for _, low, _ in field.days.months()]
    edges += [field.days.end, field.boxes["In 2016"]]
    marked = [field.days.at(date.fromisoformat(day)) for day in days_due(atlas)]
    return [_uprights(edges, bands, ink.grid, 1), _uprights(marked, bands, ink.text, 1.4)]


def _uprights(at: list[float], bands: list[tuple[float, float]], colour: str, width: float) -> str:
    """Upright lines through bands, those that touch joined."""
    joined: list[list[float]] = []
    for low, high in bands:
        if joined and joined[-1][1] == low:
            joined[-1][1] = high
        else:
            joined.append([low, high])
    path = "".join(
        f"M{svg.number(x)} {svg.number(low)}V{svg.number(high)}" for x in at for low, high in joined
    )
    return f'<path d="{path}" stroke="{colour}" stroke-width="{svg.number(width)}" fill="none"/>'


def days_due(atlas: Atlas) -> dict[str, str]:
    """The days on which drafts and plans were due, as the national events have them."""
    known = {one.date for one in happenings.all_happenings(atlas) if one.number}
    return {day: words for day, words in DUE.items() if day in known}
