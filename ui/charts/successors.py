"""Sankey diagram from footprints to the integrated care boards that succeeded them, by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.history import successor_bodies
from stp_data.history.successor_bodies import Flow
from stp_data.overview import colours
from stp_data.pictures.figure import Words
from stp_data.places import footprints
from ui.charts import look
from ui.charts.dots import Kind, Mark, tips
from ui.charts.look import LABEL, MARK, SMALL, Chart, Look

MOST = Kind("", colours.PURPLE)
OTHERS = Kind("", colours.ORANGE, shape="diamond")
"""People who came under another board than most of their footprint."""
LINE, GAP, NODE = 16, 10, 8
"""Height of a line of words, the gap between names, and the width of an upright."""
PER_MILLION = 16
"""Least height in pixels for a million people."""
LEAST_BAND = 3
"""Plotly gives uprights at least this part of the height: one in three."""
BESIDE = 12
"""From an upright to the mark of a flow."""


@dataclass(frozen=True)
class _Node:
    """A footprint or a board: its words, its flows, and where it is along the side."""

    name: str
    lines: tuple[str, ...]
    flows: tuple[Flow, ...]
    is_board: bool
    top: float = 0
    height: float = 0

    @property
    def people(self) -> float:
        return sum(flow.people for flow in self.flows)

    @property
    def words_high(self) -> float:
        """Height of the name, with a line below for each flow, or for the people of a board."""
        return LINE * (len(self.lines) + (1 if self.is_board else len(self.flows)))

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True)
class _Plan:
    """Both sides from the top, by code, with the height of all and the pixels for each person."""

    left: dict[str, _Node]
    right: dict[str, _Node]
    height: float
    scale: float


@lru_cache(maxsize=16)
def chart(atlas: Atlas, flows: tuple[Flow, ...], look_: Look, chosen: str = "") -> Chart | None:
    """Return the flows as bands as wide as their number of people; None where there are none.

    Each flow has a mark beside its footprint, which can be clicked; ``chosen`` is the key of the
    one that is emphasised.
    """
    if not flows:
        return None
    room = look_.width - 2 * look.EDGE
    left, right = (94.0, 102.0) if look_.narrow else (164.0, 168.0)
    start, end = left - BESIDE, room - right
    plan = _plan(atlas, flows, look_, start, right - BESIDE)
    head = [
        {
            "text": f"<b>{words}</b>", "xref": "x", "x": at, "xanchor": side,
            "y": 1, "yanchor": "bottom", "xshift": shift,
        }
        for words, at, side, shift in (
            ("Footprint, 2017", start, "right", 6), ("Board, July 2022", end, "left", 8),
        )
    ]  # fmt: skip
    hidden = {"visible": False, "showgrid": False}
    return look.compose(
        atlas, "successors", _words(atlas, flows),
        [
            _sankey(plan, flows, chosen, [left / room, 1 - right / room]),
            *_marks(plan, look_, chosen, start),
        ],
        look_, plot=plan.height, above=24, below=10,
        layout={
            "xaxis": {"range": [0, room], **hidden},
            "yaxis": {"range": [plan.height, 0], **hidden},
            "annotations": [*head, *_names(plan, look_, start, end)],
        },
    )  # fmt: skip


def choices(atlas: Atlas, flows: Sequence[Flow]) -> dict[str, str]:
    """Return the key of each flow, and what it says in a few words."""
    places, boards = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    return {
        flow.key: f"{places[flow.code].short_name} to {boards[flow.board]}: "
        f"{wording.share(flow.share)}"
        for flow in flows
    }


def _words(atlas: Atlas, flows: tuple[Flow, ...]) -> Words:
    title = successor_bodies.finding(atlas)
    everything, shown = len(footprints.all_footprints(atlas)), len({flow.code for flow in flows})
    which = f"All {everything} footprints and their boards."
    if shown < everything:
        which = (
            f"The {shown} footprints that were split or merged; each of the other "
            f"{everything - shown} became one board with the same people."
        )
    cited = dict.fromkeys((*(flow.source for flow in flows), sources.PEOPLE))
    return Words(
        title=title,
        subtitle=(
            f"{which} Width: people, mid-2017. Orange diamonds: people who came under another "
            f"board than most of their footprint. {successor_bodies.BASIS}"
        ),
        source="; ".join(sources.citation(sources.source(atlas, one)) for one in cited) + ".",
        alt=f"{title}. Sankey diagram of {len(flows)} flows of people. The table has each share.",
    )


def _people(number: float) -> str:
    return f"{number / 1e6:.1f}m" if number >= 1e5 else f"{number:,.0f}"


# Where everything is


def _plan(atlas: Atlas, flows: tuple[Flow, ...], look_: Look, left: float, right: float) -> _Plan:
    """Stack both sides from the top, the shorter spread out so that bands run level."""
    places, boards = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    size = SMALL if look_.narrow else LABEL
    codes, keys = _order(flows)
    starts, ends = {}, {}
    for code in codes:
        name, own = places[code].short_name, tuple(flow for flow in flows if flow.code == code)
        starts[code] = _Node(name, look.lines(name, left, size), own, is_board=False)
    for key in keys:
        name, own = boards[key], tuple(flow for flow in flows if flow.board == key)
        ends[key] = _Node(name, look.lines(name, right, size), own, is_board=True)
    people, scale = sum(flow.people for flow in flows), PER_MILLION / 1e6
    height = max(_needed(starts, scale), _needed(ends, scale))
    while scale * people * LEAST_BAND < height - 0.5:
        scale = height / LEAST_BAND / people
        height = max(_needed(starts, scale), _needed(ends, scale))
    return _Plan(_stack(starts, scale, height), _stack(ends, scale, height), height, scale)


def _needed(nodes: dict[str, _Node], scale: float) -> float:
    heights = [max(node.words_high, node.people * scale) for node in nodes.values()]
    return sum(heights) + GAP * (len(heights) - 1)


def _stack(nodes: dict[str, _Node], scale: float, height: float) -> dict[str, _Node]:
    """Return each with its top and height, spread over the height of all."""
    spare = (height - _needed(nodes, scale)) / max(1, len(nodes) - 1)
    found, y = {}, 0.0
    for key, node in nodes.items():
        tall = max(node.words_high, node.people * scale)
        found[key] = replace(node, top=y, height=tall)
        y += tall + GAP + spare
    return found


def _order(flows: Sequence[Flow]) -> tuple[list[str], list[str]]:
    """Return footprints and boards, those with common flows together, so that few bands cross."""
    groups: list[list[Flow]] = []
    for flow in flows:
        touching = [
            group
            for group in groups
            if any(flow.code == other.code or flow.board == other.board for other in group)
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([flow, *(other for group in touching for other in group)])
    left, right = [], []
    for group in sorted(groups, key=lambda g: (-len({f.code for f in g}), min(f.code for f in g))):
        first = sorted({flow.code for flow in group})
        second = sorted({flow.board for flow in group})
        for _ in range(len(first)):
            second = _near(second, first, [(flow.board, flow.code, flow.people) for flow in group])
            first = _near(first, second, [(flow.code, flow.board, flow.people) for flow in group])
        left += first
        right += second
    return left, right


def _near(keys: list[str], others: list[str], ties: list[tuple[str, str, float]]) -> list[str]:
    """Return keys by the mean place of the others that share people with them."""

    def middle(key: str) -> float:
        tied = [(others.index(other), people) for one, other, people in ties if one == key]
        return sum(at * people for at, people in tied) / sum(people for _, people in tied)

    return sorted(keys, key=middle)


# What is drawn


def _sankey(plan: _Plan, flows: tuple[Flow, ...], chosen: str, across: list[float]) -> go.Sankey:
    nodes = [*plan.left.values(), *plan.right.values()]
    codes, boards = list(plan.left), list(plan.right)
    used = sum(flow.people for flow in flows) * plan.scale
    most = max(len(codes), len(boards))
    return go.Sankey(
        arrangement="fixed",
        domain={"x": across, "y": [0, 1]},
        node={
            "thickness": NODE, "color": colours.GREY, "line": {"width": 0},
            # What Plotly needs to come to the same scale.
            "pad": (plan.height - used) / max(1, most - 1),
            # 0 would mean that no place is given.
            "x": [0.001] * len(codes) + [0.999] * len(boards),
            "y": [round(node.middle / plan.height, 5) for node in nodes],
            "customdata": [[look.hover(node.name), f"{node.people:,.0f}"] for node in nodes],
            "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]} people, mid-2017"
            "<extra></extra>",
        },
        link={
            # Some codes of boards are also codes of footprints.
            "source": [codes.index(flow.code) for flow in flows],
            "target": [len(codes) + boards.index(flow.board) for flow in flows],
            "value": [round(flow.people) for flow in flows],
            "color": [
                "rgba({},{},{},{})".format(
                    *colours.rgb(_kind(flow).colour), 0.85 if flow.key == chosen else 0.45
                )
                for flow in flows
            ],
            # Thin bands stay visible. Plotly takes one colour for all lines.
            "line": {"width": 1, "color": colours.GREY},
            "customdata": [
                [
                    flow.key,
                    look.hover(f"{plan.left[flow.code].name} to {plan.right[flow.board].name}"),
                    f"{flow.people:,.0f}", wording.share(flow.share),
                ]
                for flow in flows
            ],
            "hovertemplate": "<b>%{customdata[1]}</b><br>%{customdata[2]} people, mid-2017<br>"
            "%{customdata[3]} of the footprint’s people<extra></extra>",
        },
    )  # fmt: skip


def _kind(flow: Flow) -> Kind:
    return MOST if flow.share >= 0.5 else OTHERS


def _marks(plan: _Plan, look_: Look, chosen: str, x: float) -> list[go.Scatter]:
    """Return a mark for each flow below the name of its footprint: bands cannot be clicked."""
    found: list[tuple[Flow, float]] = []
    for node in plan.left.values():
        top = node.middle - node.words_high / 2 + LINE * len(node.lines)
        ordered = sorted(node.flows, key=lambda flow: list(plan.right).index(flow.board))
        found += [(flow, top + LINE * (at + 0.5)) for at, flow in enumerate(ordered)]
    traces = [look.ring(x, y, look_, MARK + 6) for flow, y in found if flow.key == chosen]
    for kind in (MOST, OTHERS):
        mine = [(flow, y) for flow, y in found if _kind(flow) == kind]
        if not mine:
            continue
        marks = []
        for flow, _ in mine:
            # Clear of the ring.
            space = "\u2002" if flow.key == chosen else " "
            said = f"{_people(flow.people)}, {wording.share(flow.share)}{space}"
            tip = (
                ("", f"To {plan.right[flow.board].name}"),
                ("People, mid-2017", f"{flow.people:,.0f}"),
                ("Share of the footprint’s people", wording.share(flow.share)),
            )
            marks.append(Mark(flow.key, kind, flow.people, flow.people, said, tip))
        traces.append(
            go.Scatter(
                x=[x] * len(mine), y=[y for _, y in mine], name="flows", showlegend=False,
                text=[mark.said for mark in marks], textposition="middle left",
                marker={"symbol": kind.shape, "color": kind.colour, "size": 9},
                **tips(marks),
            )
        )  # fmt: skip
    return traces


def _names(plan: _Plan, look_: Look, left: float, right: float) -> list[dict[str, Any]]:
    """Return the names of footprints above their flows, and of boards with their people below."""
    small = f'<span style="font-size:{SMALL}px;color:{look_.palette.soft}">'
    every = {
        "font": {"size": SMALL if look_.narrow else LABEL, "color": look_.palette.text},
        "bgcolor": "rgba(0,0,0,0)", "xref": "x", "yref": "y", "yanchor": "middle",
    }  # fmt: skip
    return [
        *(
            {
                **every, "text": "<br>".join(node.lines), "x": left, "xanchor": "right",
                "align": "right", "xshift": 6,
                "y": node.middle - node.words_high / 2 + LINE * len(node.lines) / 2,
            }
            for node in plan.left.values()
        ),
        *(
            {
                **every, "x": right, "xshift": 8, "y": node.middle,
                "text": "<br>".join([*node.lines, f"{small}{_people(node.people)} people</span>"]),
            }
            for node in plan.right.values()
        ),
    ]  # fmt: skip
