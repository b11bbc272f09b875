"""A hex cartogram: one cell a footprint, so that London is as easy to see as Cumbria.

Cells are axial coordinates (q, r) of pointy-top hexagons. The layout is searched for by
simulated annealing from a fixed seed, so that a second build gives the same cells.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Iterable, Mapping

Cell = tuple[int, int]
Point = tuple[float, float]

DIRECTIONS: tuple[Cell, ...] = ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1))
# The best of the first forty seeds at this many steps: 87 of 103 borders kept.
SEED = 11
STEPS = 40_000

# What a layout costs: a cell's width away from its true place (squared) costs 1.
COST_PARTED_NEIGHBOURS = 6.0
COST_WRONG_SIDE = 3.0
COST_SPLIT_GROUP = 40.0
COST_LONELY_CELL = 4.0


@functools.cache
def centre(cell: Cell) -> Point:
    """Centre of a cell in cell widths, x to the east and y to the north."""
    q, r = cell
    return q + r / 2, -r * math.sqrt(3) / 2


def nearest_cell(point: Point) -> Cell:
    """The cell whose centre is nearest to a point given in cell widths."""
    x, y = point
    r = round(-y / (math.sqrt(3) / 2))
    near = [(q, row) for row in (r - 1, r, r + 1) for q in _columns(x, row)]
    return min(near, key=lambda cell: math.dist(centre(cell), point))


def _columns(x: float, row: int) -> tuple[int, int]:
    q = math.floor(x - row / 2)
    return q, q + 1


def adjacent(a: Cell, b: Cell) -> bool:
    """Whether two cells share an edge."""
    return (b[0] - a[0], b[1] - a[1]) in DIRECTIONS


def kept_neighbours(cells: Mapping[str, Cell], pairs: Iterable[tuple[str, str]]) -> float:
    """Share of the true neighbours that are neighbours in the layout too (0 to 1)."""
    listed = list(pairs)
    return sum(adjacent(cells[a], cells[b]) for a, b in listed) / len(listed)


class _Search:
    """The state of one annealing run: who sits where, and what that costs."""

    def __init__(
        self,
        places: Mapping[str, Point],
        pairs: list[tuple[str, str]],
        together: frozenset[str],
        rng: random.Random,
    ) -> None:
        self.places, self.together, self.rng = places, together, rng
        self.names = sorted(places)
        self.linked: dict[str, list[str]] = {name: [] for name in self.names}
        for a, b in pairs:
            self.linked[a].append(b)
            self.linked[b].append(a)
        self.cells: dict[str, Cell] = {}
        self.taken: dict[Cell, str] = {}
        for name in sorted(self.names, key=lambda n: (places[n][1], n)):
            self._seat_near(name)

    def _seat_near(self, name: str) -> None:
        start = nearest_cell(self.places[name])
        ring = [start]
        while all(cell in self.taken for cell in ring):
            ring = [(q + dq, r + dr) for q, r in ring for dq, dr in DIRECTIONS]
        free = [cell for cell in ring if cell not in self.taken]
        best = min(free, key=lambda cell: (math.dist(centre(cell), self.places[name]), cell))
        self.cells[name], self.taken[best] = best, name

    def cost_of(self, name: str) -> float:
        """What this one's seat costs, counting its links to others."""
        cell = self.cells[name]
        here, true = centre(cell), self.places[name]
        cost = math.dist(here, true) ** 2
        for other in self.linked[name]:
            seat = self.cells[other]
            if not adjacent(cell, seat):
                cost += COST_PARTED_NEIGHBOURS
            there, goal = centre(seat), self.places[other]
            dx, dy = goal[0] - true[0], goal[1] - true[1]
            along = dx * (there[0] - here[0]) + dy * (there[1] - here[1])
            if along <= 0:
                cost += COST_WRONG_SIDE
        beside = [self.taken.get((cell[0] + q, cell[1] + r)) for q, r in DIRECTIONS]
        if not any(beside):
            cost += COST_LONELY_CELL
        if name in self.together:
            mates = sum(b in self.together for b in beside if b)
            cost += COST_SPLIT_GROUP * max(0, 2 - mates)
        return cost

    def total(self) -> float:
        return sum(self.cost_of(name) for name in self.names)

    def swap(self, name: str, cell: Cell) -> str | None:
        """Put ``name`` on ``cell``; whoever sat there takes the seat that comes free."""
        old, other = self.cells[name], self.taken.get(cell)
        self.taken[cell], self.cells[name] = name, cell
        if other is None:
            del self.taken[old]
        else:
            self.taken[old], self.cells[other] = other, old
        return other

    def run(self, steps: int) -> dict[str, Cell]:
        current = self.total()
        best, best_cells = current, dict(self.cells)
        for step in range(steps):
            heat = 12.0 * (1 - step / steps) ** 2 + 0.02
            name = self.rng.choice(self.names)
            old = self.cells[name]
            dq, dr = self.rng.choice(DIRECTIONS)
            target = (old[0] + dq, old[1] + dr)
            if self.rng.random() < 0.15:
                target = nearest_cell(self.places[name])
            if target == old:
                continue
            touched = {name, *self.linked[name], *self.together}
            if (mover := self.taken.get(target)) is not None:
                touched |= {mover, *self.linked[mover]}
            before = sum(self.cost_of(n) for n in sorted(touched))
            self.swap(name, target)
            change = sum(self.cost_of(n) for n in sorted(touched)) - before
            if change <= 0 or self.rng.random() < math.exp(-change / heat):
                current += change
                if current < best:
                    best, best_cells = current, dict(self.cells)
            else:
                self.swap(name, old)
        return best_cells


def layout(
    points: Mapping[str, Point], pairs: list[tuple[str, str]], together: frozenset[str]
) -> dict[str, Cell]:
    """A cell for each name, near its true place, with true neighbours side by side.

    ``points`` are positions on the ground in any unit, x east and y north; ``pairs`` are the
    true neighbours, each once; the names in ``together`` are kept in one clump.
    """
    search = _Search(_spread(points), pairs, together, random.Random(SEED))
    cells = search.run(STEPS)
    west = min(math.floor(centre(cell)[0]) for cell in cells.values())
    north = min(r for _, r in cells.values())
    # Moving by whole rows shifts x by half a width a row, which q takes back.
    return {name: (q - west + north // 2, r - north + north % 2) for name, (q, r) in cells.items()}


def _spread(points: Mapping[str, Point]) -> dict[str, Point]:
    """Positions in cell widths: crowded places pushed apart so that each has room for a cell.

    Every name is first moved towards its rank in each direction, half and half with its true
    position, and the whole is scaled to the area that so many cells take.
    """
    names = sorted(points)
    axes: list[dict[str, float]] = []
    for axis in (0, 1):
        order = sorted(names, key=lambda n: (points[n][axis], n))
        low, high = points[order[0]][axis], points[order[-1]][axis]
        axes.append(
            {
                name: 0.5 * (points[name][axis] - low) / (high - low) + 0.5 * rank / len(names)
                for rank, name in enumerate(order)
            }
        )
    # England is about one and a fifth times as tall as wide; it fills about half of its box.
    tall, wide = 1.2, 1.0
    scale = math.sqrt(len(names) / 0.62 / (tall * wide) * math.sqrt(3) / 2)
    return {n: (axes[0][n] * wide * scale, axes[1][n] * tall * scale) for n in names}
