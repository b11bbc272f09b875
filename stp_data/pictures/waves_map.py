"""Waves of integrated care as small maps of hexes, one a wave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.history import waves
from stp_data.history.waves import WAVES, Wave
from stp_data.pictures import svg
from stp_data.pictures.figure import NARROW, Drawing, Figure, Words
from stp_data.pictures.ink import PURPLE, Ink
from stp_data.places import footprints

SIZE, LINE, HEAD = 12, 16, 6
SPACE = 26
MOST = 192
"""Greatest width of a map, at which hexes are large enough for a finger."""
Spots = Mapping[str, tuple[float, float]]


def draw(atlas: Atlas, _choices: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """Return a map a wave; the key of a hex is month:code, for footprints in the wave only."""
    columns = 2 if width <= NARROW else 3
    wide = (width - SPACE * (columns - 1)) / columns
    at, radius, high = _places(atlas, min(wide, MOST))
    parts, y = [], 0.0
    for first in range(0, len(WAVES), columns):
        row = WAVES[first : first + columns]
        counts = [svg.wrapped(waves.counts(atlas, wave), wide, SIZE) for wave in row]
        down = (1 + max(map(len, counts))) * LINE + HEAD
        for column, (wave, said) in enumerate(zip(row, counts, strict=True)):
            name = f"{wave.label}, {wording.date(wave.when)}"
            texts = [svg.text(0, LINE - 3, name, ink.text, size=SIZE, bold=True)]
            for number, line in enumerate(said, 2):
                texts.append(svg.text(0, LINE * number - 3, line, ink.soft, size=SIZE))
            hexes = svg.group(_hexes(atlas, wave, at, radius, ink), down=down)
            parts.append(svg.group([*texts, hexes], across=column * (wide + SPACE), down=y))
        y += down + high + SPACE / 2
    title = waves.finding(atlas)
    words = Words(
        title=title,
        subtitle=(
            "Integrated care, 2017 to 2021. Filled: named in this wave; outlined: a part was "
            "named; grey: named in an earlier wave. Other footprints may have been in a wave too, "
            "and a system was not always one footprint."
        ),
        source=f"{len(waves.cited(atlas))} documents, each named in the table and in the CSV.",
        alt=f"{title}. The table has each wave with its footprints and sources.",
    )
    return Figure(Drawing(width, round(y), "".join(parts)), words)


def _places(atlas: Atlas, wide: float) -> tuple[Spots, float, float]:
    """Return the middle of each hex on a map so wide, their radius, and how high the map is."""
    places = footprints.all_footprints(atlas).values()
    across = {p.code: p.hex_q + p.hex_r / 2 for p in places}
    west, north = min(across.values()), min(p.hex_r for p in places)
    radius = (wide - 4) / (max(across.values()) - west + 1) / math.sqrt(3)
    at = {
        p.code: (
            2 + (across[p.code] - west + 0.5) * math.sqrt(3) * radius,
            2 + radius + (p.hex_r - north) * 1.5 * radius,
        )
        for p in places
    }
    return at, radius, max(y for _, y in at.values()) + radius + 2


def _hexes(atlas: Atlas, wave: Wave, at: Spots, radius: float, ink: Ink) -> list[str]:
    here = waves.members(atlas, wave)
    earlier = {code for other in WAVES[: WAVES.index(wave)] for code in waves.members(atlas, other)}

    def drawn(codes: Iterable[str], fill: str, line: str) -> str:
        path = "".join(_path(*at[code], radius * 0.9) for code in codes)
        return f'<path d="{path}" fill="{fill}" {line}/>'

    thin, thick = f'stroke="{ink.grid}" stroke-width="1"', f'stroke="{PURPLE}" stroke-width="2"'
    parts = [
        drawn([code for code in at if code not in earlier | here.keys()], "none", thin),
        drawn([code for code in at if code in earlier - here.keys()], ink.grid, thin),
    ]
    for code, event in here.items():
        is_partial = waves.is_partial(event)
        name = footprints.all_footprints(atlas)[code].name
        when = " or ".join(map(wording.date, event.dates))
        label = f"{name}: {wave.label.lower()}{', in part' if is_partial else ''}, {when}"
        shape = drawn([code], "none" if is_partial else PURPLE, thick)
        parts.append(svg.pickable(f"{wave.when}:{code}", label, shape))
    return parts


def _path(x: float, y: float, tall: float) -> str:
    """Return the outline of a hex with a corner at the top."""
    n, half = svg.number, tall * math.sqrt(3) / 2
    return (
        f"M{n(x)} {n(y - tall)}l{n(half)} {n(tall / 2)}v{n(tall)}l{n(-half)} {n(tall / 2)} "
        f"{n(-half)} {n(-tall / 2)}v{n(-tall)}z"
    )
