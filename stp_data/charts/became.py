"""From footprints that were split or merged to boards: bands as wide as the people they stand for.

Drawn here and not by a charting library of the browser: the bands can be reached by keyboard, the
page and the file are one drawing, and nothing has to be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping

from stp_data import became, footprints, sources, wording
from stp_data.atlas import Atlas
from stp_data.became import Flow
from stp_data.charts import svg
from stp_data.charts.figure import WIDE, Drawing, Figure, Words
from stp_data.charts.ink import GREY, ORANGE, PURPLE, Ink

LEFT, RIGHT, NODE = 270, WIDE - 250, 8
"""Where bands leave and arrive, and how wide the uprights there are."""
PER_MILLION = 15
SLOT, GAP, THIN = 32, 8, 1.5
"""Least height of a name with its line below, what lies between, and of a band."""
SIZE, SMALL = 13, 12


def draw(atlas: Atlas, _choices: Mapping[str, str], ink: Ink, _width: int) -> Figure:
    """The split and the merged in full, the others in words; a band's key is code:board.

    Always for a desk: on a phone the page has the table instead.
    """
    flows = became.changed(atlas)
    codes, boards = _order(flows)
    starts = _stack(codes, {code: [f for f in flows if f.code == code] for code in codes})
    arrivals = {key: [f for f in flows if f.board == key] for key in boards}
    spare = _reach(starts, codes[-1], [f for f in flows if f.code == codes[-1]])
    spare -= sum(map(_height, arrivals.values())) + GAP * (len(boards) - 1)
    # The shorter side is spread out, so that bands run level.
    ends = _stack(boards, arrivals, GAP + spare / (len(boards) - 1))
    parts = [
        svg.text(LEFT - 12, 14, "Footprints of 2016", ink.soft, anchor="end", bold=True),
        svg.text(RIGHT + 12, 14, "Boards of July 2022", ink.soft, bold=True),
    ]
    top = 28.0
    leaving = _ports(codes, flows, starts, boards, outward=True)
    arriving = _ports(boards, flows, ends, codes, outward=False)
    for flow in sorted(flows, key=lambda f: -f.people):
        band = _band(flow, top + leaving[flow], top + arriving[flow])
        parts.append(
            svg.pickable(f"{flow.code}:{flow.board}", became.flow_in_words(atlas, flow), band)
        )
    places, names = footprints.all_footprints(atlas), became.boards(atlas)
    for code in codes:
        mine = [f for f in flows if f.code == code]
        below = _people(sum(f.people for f in mine))
        if len(mine) > 1:
            shares = [wording.share(f.share) for f in sorted(mine, key=lambda f: leaving[f])]
            below += f": {' and '.join(shares)}"
        parts += _name(places[code].short_name, below, top + starts[code], mine, ink, left=True)
    for key in boards:
        mine = [f for f in flows if f.board == key]
        below = _people(sum(f.people for f in mine))
        parts += _name(names[key], below, top + ends[key], mine, ink, left=False)
    bottom = _reach(starts, codes[-1], [f for f in flows if f.code == codes[-1]])
    drawing = Drawing(WIDE, round(top + bottom + 8), "".join(parts))
    return Figure(drawing, _words(atlas))


def _words(atlas: Atlas) -> Words:
    title = became.finding(atlas)
    count = len({flow.code for flow in became.changed(atlas)})
    cited = dict.fromkeys((*(flow.source for flow in became.flows(atlas)), sources.PEOPLE))
    return Words(
        title=title,
        subtitle=(
            f"The {count} footprints that were split or merged, and their boards. Orange: people "
            "who went to another board than most of their footprint. The other "
            f"{len(became.unchanged(atlas))} became one board each with the same people. "
            f"{became.BASIS}"
        ),
        source="; ".join(wording.citation(sources.source(atlas, key)) for key in cited) + ".",
        alt=f"{title}. The table has each footprint with its boards and shares.",
    )


def _people(number: float) -> str:
    if number >= 1e6:
        return f"{number / 1e6:.1f} million people"
    return f"{number:,.0f} people"


def _thick(flow: Flow) -> float:
    return max(THIN, flow.people / 1e6 * PER_MILLION)


def _height(flows: list[Flow]) -> float:
    return max(SLOT, sum(map(_thick, flows)))


def _stack(keys: list[str], flows: dict[str, list[Flow]], gap: float = GAP) -> dict[str, float]:
    """Top of each, one below the other."""
    y, found = 0.0, {}
    for key in keys:
        found[key] = y
        y += _height(flows[key]) + gap
    return found


def _reach(tops: dict[str, float], last: str, flows: list[Flow]) -> float:
    """Where the last of a side ends."""
    return tops[last] + _height(flows)


def _order(flows: tuple[Flow, ...]) -> tuple[list[str], list[str]]:
    """Footprints and boards, those that belong together side by side, so that few bands cross."""
    groups: list[tuple[set[str], set[str]]] = []
    for flow in flows:
        touching = [g for g in groups if flow.code in g[0] or flow.board in g[1]]
        groups = [g for g in groups if g not in touching]
        codes = {flow.code}.union(*(g[0] for g in touching))
        boards = {flow.board}.union(*(g[1] for g in touching))
        groups.append((codes, boards))
    left, right = [], []
    for codes, boards in sorted(groups, key=lambda g: (-len(g[0]), min(g[0]))):
        first, second = sorted(codes), sorted(boards)
        for _ in range(len(codes)):
            second = _near(second, first, {(f.board, f.code): f.people for f in flows})
            first = _near(first, second, {(f.code, f.board): f.people for f in flows})
        left += first
        right += second
    return left, right


def _near(keys: list[str], others: list[str], weight: dict[tuple[str, str], float]) -> list[str]:
    """Keys by the mean place of the others that they are tied to."""

    def middle(key: str) -> float:
        tied = {i: weight[key, other] for i, other in enumerate(others) if (key, other) in weight}
        return sum(i * w for i, w in tied.items()) / sum(tied.values())

    return sorted(keys, key=middle)


def _ports(
    keys: list[str],
    flows: tuple[Flow, ...],
    tops: dict[str, float],
    others: list[str],
    *,
    outward: bool,
) -> dict[Flow, float]:
    """Top of each band at this side, in the order of the other side."""
    found = {}
    for key in keys:
        mine = [f for f in flows if (f.code if outward else f.board) == key]
        y = tops[key] + (_height(mine) - sum(map(_thick, mine))) / 2
        for flow in sorted(mine, key=lambda f: others.index(f.board if outward else f.code)):
            found[flow] = y
            y += _thick(flow)
    return found


def _band(flow: Flow, start: float, end: float) -> str:
    n, thick = svg.number, _thick(flow)
    x1, x2 = LEFT + NODE, RIGHT - NODE
    half = n((x1 + x2) / 2)
    colour = PURPLE if flow.share >= 0.5 else ORANGE
    path = (
        f"M{n(x1)} {n(start)}C{half} {n(start)} {half} {n(end)} {n(x2)} {n(end)}v{n(thick)}"
        f"C{half} {n(end + thick)} {half} {n(start + thick)} {n(x1)} {n(start + thick)}z"
    )
    return (
        f'<path d="{path}" fill="{colour}" fill-opacity="0.45" stroke="{colour}" '
        'stroke-width="0.8"/>'
    )


def _name(
    name: str, below: str, top: float, flows: list[Flow], ink: Ink, *, left: bool
) -> list[str]:
    """The upright that bands meet, and the name beside it with a line below."""
    height, thick = _height(flows), sum(map(_thick, flows))
    x, anchor = (LEFT - 12, "end") if left else (RIGHT + 12, "start")
    middle = top + height / 2
    upright = LEFT if left else RIGHT - NODE
    return [
        f'<path d="M{svg.number(upright)} {svg.number(middle - thick / 2)}h{NODE}'
        f'v{svg.number(thick)}h{-NODE}z" fill="{GREY}"/>',
        svg.text(x, middle - 3, name, ink.text, anchor=anchor, size=SIZE),
        svg.text(x, middle + 12, below, ink.soft, anchor=anchor, size=SMALL),
    ]
