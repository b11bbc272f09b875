"""Sankey diagram from footprints to the integrated care boards that succeeded them, by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
"""People who went to another board than most of their footprint."""
LINE, GAP, NODE = 16, 10, 8
"""Height of a line of words, what lies between names, and the width of an upright."""
PER_MILLION = 16
"""Least height in pixels for a million people."""
LEAST_BAND = 3
"""Plotly gives uprights at least this part of the height: one in three."""
BESIDE = 12
"""From an upright to the mark of a flow."""
MAJORITY = 0.5


def key(flow: Flow) -> str:
    """Name of a flow in an address."""
    return f"{flow.code}:{flow.board}"


@dataclass(frozen=True)
class _Name:
    """A footprint or a board: its words, its flows, and where it lies along the side."""

    lines: tuple[str, ...]
    flows: tuple[Flow, ...]
    is_board: bool
    top: float = 0

    @property
    def people(self) -> float:
        return sum(flow.people for flow in self.flows)

    @property
    def words_high(self) -> float:
        """Height of the name, with a line below for each flow, or for the people of a board."""
        return LINE * (len(self.lines) + (1 if self.is_board else len(self.flows)))


@dataclass(frozen=True)
class _Plan:
    """Both sides with the height of each name, and of all."""

    left: dict[str, _Name]
    right: dict[str, _Name]
    height: float
    scale: float
    """Pixels for each of the people."""

    def middle(self, name: _Name) -> float:
        return name.top + _height(name, self.scale) / 2


@lru_cache(maxsize=16)
def chart(atlas: Atlas, flows: tuple[Flow, ...], look_: Look, chosen: str = "") -> Chart | None:
    """The flows as bands as wide as the people they stand for; None where there are none.

    Each flow has a mark beside its footprint, which can be clicked; ``chosen`` is the key of the
    one that is emphasised.
    """
    if not flows:
        return None
    room = look_.width - 2 * look.EDGE
    left, right = (94.0, 102.0) if look_.narrow else (164.0, 168.0)
    plan = _plan(atlas, flows, look_, left - BESIDE, right - BESIDE)
    traces: list[Any] = [
        _sankey(atlas, plan, flows, chosen, (left / room, 1 - right / room)),
        *_marks(atlas, plan, look_, chosen, left - BESIDE),
    ]
    heads = {
        "Footprint, 2017": (left - BESIDE, "right"),
        "Board, July 2022": (room - right, "left"),
    }
    head = [
        {
            "text": f"<b>{words}</b>", "xref": "x", "x": at, "xanchor": side,
            "y": 1, "yanchor": "bottom", "xshift": 6 if side == "right" else 8,
        }
        for words, (at, side) in heads.items()
    ]  # fmt: skip
    hidden = {"visible": False, "showgrid": False}
    return look.compose(
        atlas, "successors", _words(atlas, flows), traces, look_,
        plot=plan.height, above=24, below=10,
        layout={
            "xaxis": {"range": [0, room], **hidden},
            "yaxis": {"range": [plan.height, 0], **hidden},
            "annotations": [*head, *_names(plan, look_, left - BESIDE, room - right)],
        },
    )  # fmt: skip


def choices(atlas: Atlas, flows: Iterable[Flow]) -> dict[str, str]:
    """The key of each flow, and what it says in a few words."""
    places, names = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    return {
        key(flow): f"{places[flow.code].short_name} to {names[flow.board]}: "
        f"{wording.share(flow.share)}"
        for flow in flows
    }


def _words(atlas: Atlas, flows: tuple[Flow, ...]) -> Words:
    title = successor_bodies.finding(atlas)
    changed = set(successor_bodies.changed(atlas))
    everything = len(footprints.all_footprints(atlas))
    shown = len({flow.code for flow in flows})
    which = f"All {everything} footprints and their boards."
    if set(flows) == changed:
        which = (
            f"The {shown} footprints that were split or merged, and their boards; each of the "
            f"other {everything - shown} became one board with the same people."
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
    if number >= 1e5:
        return f"{number / 1e6:.1f}m"
    return f"{number:,.0f}"


# Where everything lies


def _plan(atlas: Atlas, flows: tuple[Flow, ...], look_: Look, left: float, right: float) -> _Plan:
    """Both sides stacked from the top, the shorter spread out so that bands run level."""
    places, boards = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    size = SMALL if look_.narrow else LABEL
    codes, keys = _order(flows)
    starts = {
        code: _Name(
            look.lines(places[code].short_name, left, size),
            tuple(flow for flow in flows if flow.code == code),
            is_board=False,
        )
        for code in codes
    }
    ends = {
        key: _Name(
            look.lines(boards[key], right, size),
            tuple(flow for flow in flows if flow.board == key),
            is_board=True,
        )
        for key in keys
    }
    people = sum(flow.people for flow in flows)
    scale = PER_MILLION / 1e6
    height = _stacked_height(starts, ends, scale)
    while scale * people * LEAST_BAND < height - 0.5:
        scale = height / LEAST_BAND / people
        height = _stacked_height(starts, ends, scale)
    return _Plan(_stack(starts, scale, height), _stack(ends, scale, height), height, scale)


def _height(name: _Name, scale: float) -> float:
    return max(name.words_high, name.people * scale)


def _needed(names: Iterable[_Name], scale: float) -> float:
    heights = [_height(name, scale) for name in names]
    return sum(heights) + GAP * (len(heights) - 1)


def _stacked_height(left: dict[str, _Name], right: dict[str, _Name], scale: float) -> float:
    return max(_needed(side.values(), scale) for side in (left, right))


def _stack(names: dict[str, _Name], scale: float, height: float) -> dict[str, _Name]:
    """Each with its top, spread over the height."""
    spare = (height - _needed(names.values(), scale)) / max(1, len(names) - 1)
    found, y = {}, 0.0
    for key, name in names.items():
        found[key] = _Name(name.lines, name.flows, name.is_board, y)
        y += _height(name, scale) + GAP + spare
    return found


def _order(flows: Sequence[Flow]) -> tuple[list[str], list[str]]:
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


# What is drawn


def _sankey(
    atlas: Atlas,
    plan: _Plan,
    flows: tuple[Flow, ...],
    chosen: str,
    across: tuple[float, float],
) -> go.Sankey:
    places, boards = footprints.all_footprints(atlas), successor_bodies.boards(atlas)
    keys = [*plan.left, *plan.right]
    names = [*plan.left.values(), *plan.right.values()]
    called = [
        *(places[code].short_name for code in plan.left),
        *(boards[board] for board in plan.right),
    ]
    used = sum(flow.people for flow in flows) * plan.scale
    most = max(len(plan.left), len(plan.right))
    return go.Sankey(
        arrangement="fixed",
        domain={"x": list(across), "y": [0, 1]},
        node={
            "thickness": NODE, "color": colours.GREY, "line": {"width": 0},
            # What Plotly needs to come to the same scale.
            "pad": (plan.height - used) / max(1, most - 1),
            # 0 would mean that no place is given.
            "x": [0.001] * len(plan.left) + [0.999] * len(plan.right),
            "y": [round(plan.middle(name) / plan.height, 5) for name in names],
            "customdata": [
                [look.hover(word), f"{name.people:,.0f}"]
                for word, name in zip(called, names, strict=True)
            ],
            "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]} people, mid-2017"
            "<extra></extra>",
        },
        link={
            "source": [keys.index(flow.code) for flow in flows],
            "target": [len(plan.left) + list(plan.right).index(flow.board) for flow in flows],
            "value": [round(flow.people) for flow in flows],
            "color": [_see_through(flow, chosen) for flow in flows],
            # Thin bands stay visible. Plotly takes one colour for all lines.
            "line": {"width": 1, "color": colours.GREY},
            "customdata": [
                [
                    key(flow),
                    look.hover(f"{places[flow.code].short_name} to {boards[flow.board]}"),
                    f"{flow.people:,.0f}", wording.share(flow.share),
                ]
                for flow in flows
            ],
            "hovertemplate": "<b>%{customdata[1]}</b><br>%{customdata[2]} people, mid-2017<br>"
            "%{customdata[3]} of the footprint’s people<extra></extra>",
        },
    )  # fmt: skip


def _kind(flow: Flow) -> Kind:
    return MOST if flow.share >= MAJORITY else OTHERS


def _see_through(flow: Flow, chosen: str) -> str:
    red, green, blue = colours.rgb(_kind(flow).colour)
    return f"rgba({red},{green},{blue},{0.85 if key(flow) == chosen else 0.45})"


def _marks(atlas: Atlas, plan: _Plan, look_: Look, chosen: str, x: float) -> list[go.Scatter]:
    """A mark for each flow below the name of its footprint: bands themselves cannot be chosen."""
    boards = successor_bodies.boards(atlas)
    found: list[tuple[Flow, float]] = []
    for name in plan.left.values():
        top = plan.middle(name) - name.words_high / 2 + LINE * len(name.lines)
        ordered = sorted(name.flows, key=lambda flow: list(plan.right).index(flow.board))
        found += [(flow, top + LINE * (at + 0.5)) for at, flow in enumerate(ordered)]
    traces = []
    if ring := [y for flow, y in found if key(flow) == chosen]:
        traces.append(
            go.Scatter(
                x=[x], y=ring, mode="markers", hoverinfo="skip", showlegend=False, name="chosen",
                marker={
                    "symbol": "circle-open", "size": MARK + 6, "color": look_.palette.chosen,
                    "line": {"width": 3, "color": look_.palette.chosen},
                },
            )
        )  # fmt: skip
    for kind in (MOST, OTHERS):
        mine = [(flow, y) for flow, y in found if _kind(flow) == kind]
        if not mine:
            continue
        marks = [
            Mark(
                key(flow), kind, flow.people, flow.people, "",
                (
                    ("", f"To {boards[flow.board]}"),
                    ("People, mid-2017", f"{flow.people:,.0f}"),
                    ("Share of the footprint’s people", wording.share(flow.share)),
                ),
            )
            for flow, _ in mine
        ]  # fmt: skip
        traces.append(
            go.Scatter(
                x=[x] * len(mine), y=[y for _, y in mine], name="flows", showlegend=False,
                text=[_said(flow, chosen) for flow, _ in mine], textposition="middle left",
                marker={"symbol": kind.shape, "color": kind.colour, "size": 9},
                **tips(marks),
            )
        )  # fmt: skip
    return traces


def _said(flow: Flow, chosen: str) -> str:
    # Clear of the ring.
    space = "\u2002" if key(flow) == chosen else " "
    return f"{_people(flow.people)}, {wording.share(flow.share)}{space}"


def _names(plan: _Plan, look_: Look, left: float, right: float) -> list[dict[str, Any]]:
    """Names of footprints above their flows, of boards with their people below."""
    font = {"size": SMALL if look_.narrow else LABEL, "color": look_.palette.text}
    clear = "rgba(0,0,0,0)"
    of_footprints = [
        {
            "text": "<br>".join(name.lines), "font": font, "xref": "x", "x": left,
            "xanchor": "right", "align": "right", "xshift": 6, "bgcolor": clear,
            "yref": "y", "yanchor": "middle",
            "y": plan.middle(name) - name.words_high / 2 + LINE * len(name.lines) / 2,
        }
        for name in plan.left.values()
    ]  # fmt: skip
    small = f'<span style="font-size:{SMALL}px;color:{look_.palette.soft}">'
    of_boards = [
        {
            "text": "<br>".join([*name.lines, f"{small}{_people(name.people)} people</span>"]),
            "font": font, "xref": "x", "x": right, "xshift": 8, "bgcolor": clear,
            "yref": "y", "yanchor": "middle", "y": plan.middle(name),
        }
        for name in plan.right.values()
    ]  # fmt: skip
    return [*of_footprints, *of_boards]
