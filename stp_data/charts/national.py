"""Charts of the national frame: every figure on its own basis, none joined to another series."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from stp_data import frame, national, national_words, sources, wording
from stp_data.atlas import Atlas
from stp_data.charts import rows, svg, years
from stp_data.charts.figure import NARROW, Drawing, Figure, Words
from stp_data.charts.ink import BLUE, GREEN, GREY, ORANGE, PURPLE, Ink
from stp_data.charts.rows import Group, Kind, Row
from stp_data.charts.years import Field, Spot, Track
from stp_data.frame import Basis, Cited

TABLE = "The table below it has every figure with its source."
TOTAL = Kind("total spending", "circle", BLUE)
ADULT = Kind("for each adult", "triangle", ORANGE)
PROJECTED = Kind("total, projected and not what was spent", "circle", BLUE, filled=False)
STYLES = (
    ("circle", BLUE), ("square", ORANGE), ("diamond", GREEN), ("triangle", PURPLE),
    ("circle", GREY), ("square", BLUE),
)  # fmt: skip
"""Shape and colour of the panels, in turn."""
GAP = 26
"""Between panels."""


def care_cut(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Rival changes in social care spending, one row a basis."""
    found = frame.care_changes(atlas)
    drawing = rows.draw(
        tuple(
            Group(basis.heading, tuple(_care_row(*figure) for figure in basis.figures))
            for basis in found
        ),
        _per_cent,
        ink,
        width,
        legend=True,
    )
    return _figure(
        atlas,
        drawing,
        frame.care_cut_finding(atlas),
        "Change in public spending on adult social care, England, in per cent; each row is one "
        "published figure with its own basis, and only rows under one heading share years and "
        "denominator.",
        _cited(found),
    )


def _care_row(series: national.Series, point: national.Point) -> Row:
    kind = ADULT if series.key in frame.PER_ADULT else TOTAL
    what = national_words.what(series).removeprefix("change in ")
    return Row(
        series=series.key,
        period=point.period,
        name=national_words.who(series),
        detail=what,
        value=point.value,
        said=national_words.figure(series, point),
        by="",
        kind=PROJECTED if series.key in frame.PROJECTED else kind,
    )


def _per_cent(value: float) -> str:
    return f"{'+' * (value > 0)}{wording.number(value, 0)}%"


def _billions(value: float) -> str:
    return f"£{value:g}bn" if value else "0"


def care_spending(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """One panel for each partial series of what was spent: same axes, no line between panels."""
    keys = frame.care_levels(atlas)
    found = frame.cited(atlas, keys)
    known = [point.to_year for _, point in found if point.to_year is not None]
    values = [point.value for _, point in found]
    columns = 1 if width <= NARROW else 2
    wide = (width - GAP * (columns - 1)) / columns
    titles = {key: _panel_title(national.series(atlas)[key], wide) for key in keys}
    high = 150.0
    parts: list[str] = []
    down = 0.0
    for start in range(0, len(keys), columns):
        line = keys[start : start + columns]
        words = 17 * max(len(titles[key]) for key in line)
        for column, key in enumerate(line):
            series = national.series(atlas)[key]
            left = column * (wide + GAP)
            for number, (text, bold) in enumerate(titles[key]):
                parts.append(
                    svg.text(
                        left, down + 17 * (number + 1) - 3, text, ink.text if bold else ink.soft,
                        size=13 if bold else years.SMALL, bold=bold,
                    )
                )  # fmt: skip
            field = Field(
                (min(known), max(known)), (min(values) - 1, max(values) + 1),
                (left, down + words + 4, left + wide, down + words + high), ink,
                lambda value: f"£{value:g}bn",
                most=4,
            )  # fmt: skip
            shape, colour = STYLES[(start + column) % len(STYLES)]
            parts += field.axes()
            parts.append(field.track(_track(atlas, series, shape, colour)))
        down += words + high + 18
    return _figure(
        atlas,
        Drawing(width, round(down), "".join(parts)),
        frame.care_levels_finding(atlas),
        f"Spending on adult social care, England, {national.financial_year(min(known))} to "
        f"{national.financial_year(max(known))}, £ billion. Partial series, {len(keys)} of "
        "them, each in a panel of its own because none continues another; a gap is a year that was "
        "not found. The axes are the same and do not begin at zero.",
        found,
    )


def _panel_title(series: national.Series, wide: float) -> list[tuple[str, bool]]:
    who = svg.wrapped(national_words.who(series), wide, bold=True)
    prices = "prices not stated" if series.prices == "not stated" else f"{series.prices} terms"
    if series.prices == "cash":
        prices = "cash"
    what = national_words.what(series)
    if series.prices == "real" and what.endswith(", real terms"):
        what = what.removesuffix(", real terms")
    said = svg.wrapped(national_words.sentence_case(f"{what}, {prices}"), wide, years.SMALL)
    return [(line, True) for line in who] + [(line, False) for line in said]


def _track(atlas: Atlas, series: national.Series, shape: str, colour: str) -> Track:
    found = national.points(atlas, series.key)
    # What the table says must not be drawn between two years is not.
    runs = national.runs(found)
    return Track(
        series.key,
        shape,
        colour,
        tuple(tuple(_spot(series, point) for point in run) for run in runs),
    )


def _spot(series: national.Series, point: national.Point) -> Spot:
    if point.to_year is None:
        raise ValueError(f"{series.key} has a figure without a year")
    said = national_words.figure(series, point)
    return Spot(
        point.to_year,
        point.value,
        said.removesuffix(f" {series.unit}").replace("£", "").removesuffix("bn"),
        f"{series.label}, {point.period}: {said}",
    )


GROWTH_STYLES: Mapping[str, tuple[str, str, str]] = {
    "admissions-growth-kf": ("circle", ORANGE, "Hospital admissions"),
    "nhs-growth-kf-before-2010": ("square", BLUE, "NHS funding"),
    "nhs-growth-kf-since-2010": ("square", BLUE, "NHS funding"),
    "nhs-growth-dh-kf": ("triangle", GREEN, "Department of Health"),
    "nhs-growth-joint-statement": ("diamond", PURPLE, "Health spending"),
    "nhs-growth-health-foundation": ("circle", GREY, "NHS funding"),
}
"""Shape, colour, and what the line is of in a few words."""
LETTERS = "ABCDEFGH"


def admissions(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Average rates compounded over their own years, each from 100."""
    found = frame.growths(atlas)
    first, last = min(one.first for one in found), max(one.last for one in found)
    narrow = width <= NARROW
    named = [_line_name(letter, one) for letter, one in zip(LETTERS, found, strict=False)]
    aside = 8 + max(
        svg.width_of(name[0 if narrow else 1], years.SMALL, bold=True)
        for name, one in zip(named, found, strict=True)
        if one.last > found[0].last
    )
    aside -= svg.width_of(national.financial_year(last), years.SMALL) / 2 - 10
    top = max(value for one in found for _, value in one.index)
    high = 330.0
    field = Field(
        (first, last), (100, top), (0, 0, width - aside, high), ink, lambda value: f"{value:g}",
        most=7,
    )  # fmt: skip
    parts = [svg.text(0, 12, "Index, first year of each line = 100", ink.soft, size=years.SMALL)]
    body = field.axes()
    body += _growth_lines(field, found)
    body += _growth_labels(field, found, named, ink, narrow=narrow)
    parts.append(svg.group(body, down=16))
    y = high + 22
    for letter, one in zip(LETTERS, found, strict=False):
        shape, colour, of = GROWTH_STYLES[one.series.key]
        rate = national_words.figure(one.series, one.point)
        words = (
            f"{letter}  {of}, {national_words.who(one.series)}: {rate}"
            f"{', ' + one.series.prices + ' terms' if one.series.prices else ''}, "
            f"{one.point.period}: 100 to {one.index[-1][1]:.1f}"
        )
        y += 4
        parts.append(svg.mark(shape, 8, y + 11, colour, years.RADIUS, filled=True))
        for line in svg.wrapped(words, width - 22, years.SMALL):
            y += 16
            parts.append(svg.text(22, y, line, ink.text, size=years.SMALL))
    for note in (frame.ASSUMPTION, frame.not_the_same_years(atlas)):
        y += 8
        for line in svg.wrapped(note, width, years.SMALL):
            y += 16
            parts.append(svg.text(0, y, line, ink.soft, size=years.SMALL))
    return _figure(
        atlas,
        Drawing(width, round(y + 8), "".join(parts)),
        frame.growth_finding(atlas),
        "Published average rates of growth a year, England, compounded over the years that each "
        f"is stated for, {national.financial_year(first)} to {national.financial_year(last)}; "
        "admissions are numbers of patients, budgets are real terms.",
        tuple((one.series, one.point) for one in found),
    )


def _line_name(letter: str, one: frame.Growth) -> tuple[str, str]:
    """What stands at the end of a line: on a phone only the letter."""
    of = GROWTH_STYLES[one.series.key][2]
    return letter, f"{letter}  {of}, {one.point.value:g}%"


def _growth_lines(field: Field, found: tuple[frame.Growth, ...]) -> list[str]:
    parts = []
    for one in found:
        shape, colour, _ = GROWTH_STYLES[one.series.key]
        path = "L".join(
            f"{svg.number(field.x(year))} {svg.number(field.y(value))}" for year, value in one.index
        )
        (start, low), (end, high) = one.index[0], one.index[-1]
        tip = (
            f"{one.series.label}, {one.point.period}: "
            f"{national_words.figure(one.series, one.point)}, 100 to {high:.1f}"
        )
        parts.append(
            f'<g data-series="{one.series.key}" data-period="{one.point.period}">'
            f"<title>{svg.escaped(tip)}</title>"
            f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>'
            + svg.mark(shape, field.x(start), field.y(low), colour, 3.5, filled=False)
            + svg.mark(shape, field.x(end), field.y(high), colour, years.RADIUS, filled=True)
            + "</g>"
        )
    return parts


def _growth_labels(
    field: Field,
    found: tuple[frame.Growth, ...],
    named: list[tuple[str, str]],
    ink: Ink,
    *,
    narrow: bool,
) -> list[str]:
    """Names at the ends of lines; those at the right edge below each other, none on another."""
    ends = sorted(
        (
            (field.x(one.last), field.y(one.index[-1][1]), name[0 if narrow else 1], one)
            for one, name in zip(found, named, strict=True)
        ),
        key=lambda end: end[1],
    )
    parts: list[str] = []
    lowest: dict[bool, float] = {}
    for x, y, words, one in ends:
        if one.last < found[0].last:
            # Lines that end amid others are named above their end.
            parts.append(
                svg.text(x - 4, y - 10, words, ink.text, anchor="end", size=years.SMALL, bold=True)
            )
            continue
        at = max(y + 4, lowest.get(one.last > found[0].last, -99) + 15)
        lowest[one.last > found[0].last] = at
        if one.last == found[0].last and one is not found[0]:
            # Another line runs just above this end, so its name stands clear of both.
            raised = y - 34
            parts.append(svg.line(x, y - 7, x, raised + 4, ink.soft))
            parts.append(
                svg.text(x, raised, words, ink.text, anchor="middle", size=years.SMALL, bold=True)
            )
            continue
        left = max(x, field.x(field.across.high) if one.last > found[0].last else x) + 10
        parts.append(svg.text(left, at, words, ink.text, size=years.SMALL, bold=True))
    return parts


def gap_sums(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """National sums of the gaps by source, and beside them what is no such sum."""
    found = frame.gap_sums(atlas)
    kinds = (
        Kind("sum of the plans", "circle", BLUE),
        Kind("part of England", "square", GREY),
        Kind("not a sum of plans", "diamond", ORANGE),
    )
    drawing = rows.draw(
        tuple(
            Group(basis.heading, tuple(_sum_row(*figure, kind) for figure in basis.figures))
            for basis, kind in zip(found, kinds, strict=True)
        ),
        _billions,
        ink,
        width,
    )
    return _figure(
        atlas,
        drawing,
        frame.gap_sums_finding(atlas),
        f"Yearly shortfall in England in {found[0].figures[0][1].period} if nothing changed, "
        "£ billion, by who added up and what is covered; prices not stated.",
        _cited(found),
    )


def _sum_row(series: national.Series, point: national.Point, kind: Kind) -> Row:
    basis = point.basis.rstrip(".")
    if not basis or series.key == frame.LONDON:
        basis = series.description.rstrip(".")
    return Row(
        series=series.key,
        period=point.period,
        name=national_words.who(series),
        detail=", ".join(filter(None, (basis, wording.date(point.as_of)))),
        value=point.value,
        said=national_words.figure(series, point),
        by="",
        kind=kind,
    )


def capital(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Capital asked for, and the rounds of it."""
    found = frame.capital(atlas)
    said = [point.as_of[:4] for _, point in _cited(found)]
    kinds = (Kind("asked for", "triangle", ORANGE), Kind("announced or awarded", "circle", BLUE))
    drawing = rows.draw(
        tuple(
            Group(basis.heading, tuple(_capital_row(*figure, kind) for figure in basis.figures))
            for basis, kind in zip(found, kinds, strict=True)
        ),
        lambda value: _billions(value / 1000),
        ink,
        width,
    )
    return _figure(
        atlas,
        drawing,
        frame.capital_finding(atlas),
        f"Capital for footprints, England unless stated, as said from {min(said)} to {max(said)}; "
        "each figure by its own source and cover, prices not stated. London's ask is part of any "
        "national one; a later round may draw on an earlier.",
        _cited(found),
    )


def _capital_row(series: national.Series, point: national.Point, kind: Kind) -> Row:
    what, when = national_words.what(series), national_words.period(point)
    basis = [
        what,
        f"{point.basis[:1].lower()}{point.basis[1:].rstrip('.')}",
        "" if point.period[:4] in what else when,
    ]
    return Row(
        series=series.key,
        period=point.period,
        name=national_words.who(series),
        detail=", ".join(filter(None, basis)),
        value=frame.millions(series, point),
        said=national_words.figure(series, point),
        by="",
        kind=kind,
    )


def trusts(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Balance of NHS trusts by year: three sources, told apart."""
    found = frame.cited(atlas, frame.TRUSTS)
    series, last = found[-1]
    caution = f"{last.period}: {series.caution[:1].lower()}{series.caution[1:]}"
    return _figure(
        atlas,
        _bars(atlas, frame.TRUSTS, ink, width),
        frame.trusts_finding(atlas),
        "Surplus (right of zero) or deficit (left) of NHS trusts and foundation trusts together, "
        "England, by financial year; prices not stated. Three sources, not one series. "
        f"{caution}",
        found,
    )


def fund(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """The Sustainability and Transformation Fund by year, two sources side by side."""
    return _figure(
        atlas,
        _bars(atlas, frame.FUND_BY_YEAR, ink, width),
        frame.fund_finding(atlas),
        "Planned sums by financial year, England: CIPFA in cash, PharmaTimes rounded and without "
        "prices stated. A year without a second bar was not found in the second source.",
        frame.cited(atlas, frame.FUND_BY_YEAR),
    )


def budget(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """NHS England's budget by year."""
    series = national.series(atlas)[frame.BUDGET]
    return _figure(
        atlas,
        _bars(atlas, (frame.BUDGET,), ink, width),
        frame.budget_finding(atlas),
        f"{series.description} England, {series.prices}, by financial year; growth in cash is not "
        "growth in real terms.",
        frame.cited(atlas, [frame.BUDGET]),
    )


def _bars(atlas: Atlas, keys: tuple[str, ...], ink: Ink, width: int) -> Drawing:
    """Sums of money by year, each source in its own colour and named beside its figure."""
    kinds = {
        key: Kind(national_words.who(national.series(atlas)[key]), shape, colour)
        for key, (shape, colour) in zip(keys, STYLES, strict=False)
    }
    found = sorted(frame.cited(atlas, keys), key=lambda figure: figure[1].to_year or 0)
    listed = [
        Row(
            series=series.key,
            period=point.period,
            name=point.period,
            detail="",
            value=frame.millions(series, point),
            said=national_words.figure(series, point),
            by=kinds[series.key].label if len(keys) > 1 else "",
            kind=kinds[series.key],
        )
        for series, point in found
    ]
    seen: set[str] = set()
    for number, row in enumerate(listed):
        if row.period in seen:
            listed[number] = replace(row, name="")
        seen.add(row.period)
    return rows.draw((Group("", tuple(listed)),), None, ink, width, bars=True)


def older_people(atlas: Atlas, _asked: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Older people with care by year, with the break between the two returns drawn."""
    before, after = (national.series(atlas)[key] for key in (frame.OLDER, frame.OLDER_SINCE))
    found = frame.cited(atlas, [before.key, after.key])
    known = [point.to_year for _, point in found if point.to_year is not None]
    last = max(point.to_year or 0 for series, point in found if series is before)
    most = max(point.value for _, point in found)
    narrow = width <= NARROW
    high, head = 300.0, 40.0
    field = Field(
        (min(known), max(known)), (0, most), (0, head, width, high), ink,
        lambda value: f"{value / 1e6:g}m" if value else "0",
    )  # fmt: skip
    parts = field.axes()
    # On a phone the one figure after the break needs the room.
    at = field.x(last + (0.35 if narrow else 0.5))
    parts.append(field.track(_track(atlas, before, "circle", BLUE), (0, at - 4)))
    parts.append(field.track(_track(atlas, after, "square", ORANGE), (at + 4, width)))
    parts.append(
        f'<path d="M{svg.number(at)} {svg.number(head - 14)}V{svg.number(field.bottom)}" '
        f'stroke="{ink.soft}" stroke-width="1.5" stroke-dasharray="5 4" fill="none"/>'
    )
    parts.append(
        svg.text(at, head - 20, "series breaks here", ink.text, anchor="end" if narrow else
                 "middle", size=years.SMALL, bold=True)
    )  # fmt: skip
    y = high + 6
    for series, shape, colour in ((before, "circle", BLUE), (after, "square", ORANGE)):
        y += 4
        parts.append(svg.mark(shape, 8, y + 11, colour, years.RADIUS, filled=True))
        for line in svg.wrapped(series.label, width - 22, years.SMALL):
            y += 16
            parts.append(svg.text(22, y, line, ink.text, size=years.SMALL))
    return _figure(
        atlas,
        Drawing(width, round(y + 8), "".join(parts)),
        frame.older_finding(atlas),
        f"People aged 65 and over, England, {national.financial_year(min(known))} to "
        f"{national.financial_year(max(known))}. {before.caution}",
        found,
    )


def _cited(found: tuple[Basis, ...]) -> tuple[Cited, ...]:
    return tuple(figure for basis in found for figure in basis.figures)


def _figure(
    atlas: Atlas, drawing: Drawing, title: str, subtitle: str, found: tuple[Cited, ...]
) -> Figure:
    keys = dict.fromkeys(key for _, point in found for key in point.sources)
    said = [wording.short_citation(sources.source(atlas, key)) for key in keys]
    return Figure(
        drawing,
        Words(
            title=title,
            subtitle=subtitle,
            source=f"{'; '.join(dict.fromkeys(said))}.",
            alt=f"{title}. {TABLE}",
        ),
    )


Draw = Callable[[Atlas, Mapping[str, str], Ink, int], Figure]
CHARTS: Mapping[str, Draw] = {
    "care-cut": care_cut,
    "care-spending": care_spending,
    "admissions": admissions,
    "gap-sums": gap_sums,
    "capital": capital,
    "trusts": trusts,
    "fund": fund,
    "nhs-england": budget,
    "older-people": older_people,
}
"""By name in the catalogue."""
