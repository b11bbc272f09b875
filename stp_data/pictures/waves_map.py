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
ACROSS, ACROSS_NARROW = 3, 2
SPACE = 26
MOST = 192
"""Width of the hexes of a panel: each is then as wide as a finger needs."""


def draw(atlas: Atlas, _choices: Mapping[str, str], ink: Ink, width: int) -> Figure:
    """A panel a wave; the key of a hex is wave:code, of footprints found in the wave only."""
    across = ACROSS_NARROW if width <= NARROW else ACROSS
    wide = (width - SPACE * (across - 1)) / across
    parts, y = [], 0.0
    for first in range(0, len(WAVES), across):
        line = WAVES[first : first + across]
        heads = [_head(atlas, wave, wide) for wave in line]
        down = max(len(head) for head in heads) * LINE + HEAD
        height = 0.0
        for column, (wave, head) in enumerate(zip(line, heads, strict=True)):
            hexes, height = _hexes(atlas, wave, min(wide, MOST), ink)
            texts = [
                svg.text(0, LINE * (i + 1) - 3, words, ink.text if bold else ink.soft,
                         size=SIZE, bold=bold)
                for i, (words, bold) in enumerate(head)
            ]  # fmt: skip
            across_by = column * (wide + SPACE)
            parts.append(svg.group([*texts, svg.group(hexes, down=down)], across=across_by, down=y))
        y += down + height + SPACE / 2
    return Figure(Drawing(width, round(y), "".join(parts)), _words(atlas))


def _words(atlas: Atlas) -> Words:
    documents = {
        key
        for wave in WAVES
        for one in waves.members(atlas, wave).values()
        for event in one.told
        for key in event.sources
    }
    title = waves.finding(atlas)
    return Words(
        title=title,
        subtitle=(
            "Integrated care, 2017 to 2021: filled, a source names the footprint in the wave; "
            "outlined strongly, a part of it; grey, named in an earlier wave. An empty hex is not "
            "a no: nobody is put in a wave because the others were in another. A system was not "
            "always one footprint."
        ),
        source=f"{len(documents)} documents, each named in the table and in the CSV.",
        alt=f"{title}. The table has each wave with its footprints and sources.",
    )


def _head(atlas: Atlas, wave: Wave, wide: float) -> list[tuple[str, bool]]:
    """Lines above a panel, each with whether it is bold."""
    first = [(f"{wave.label}, {wording.date(wave.when)}", True)]
    return first + [(line, False) for line in svg.wrapped(waves.counted(atlas, wave), wide, SIZE)]


def label(atlas: Atlas, wave: Wave, code: str) -> str:
    """What a reader hears of a hex."""
    one = waves.members(atlas, wave)[code]
    part = ", in part" if waves.only_a_part(one) else ""
    when = " or ".join(map(wording.date, one.dates))
    return f"{footprints.all_footprints(atlas)[code].name}: {wave.label.lower()}{part}, {when}"


def _hexes(atlas: Atlas, wave: Wave, wide: float, ink: Ink) -> tuple[list[str], float]:
    """The 44 in a panel so wide, and how high they are."""
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
    here = waves.members(atlas, wave)
    before = {
        code for earlier in WAVES[: WAVES.index(wave)] for code in waves.members(atlas, earlier)
    }
    quiet = [code for code in at if code not in here]
    parts = [
        _path([code for code in quiet if code not in before], at, radius, "none", ink.grid, 1),
        _path([code for code in quiet if code in before], at, radius, ink.grid, ink.grid, 1),
    ]
    for code, one in here.items():
        fill = "none" if waves.only_a_part(one) else PURPLE
        shape = _path([code], at, radius, fill, PURPLE, 2)
        parts.append(svg.pickable(f"{wave.key}:{code}", label(atlas, wave, code), shape))
    return parts, max(y for _, y in at.values()) + radius + 2


def _path(
    codes: Iterable[str],
    at: Mapping[str, tuple[float, float]],
    radius: float,
    fill: str,
    stroke: str,
    width: float,
) -> str:
    """Hexes with a corner at the top, a little smaller than their cells."""
    n, tall = svg.number, radius * 0.9
    half = tall * math.sqrt(3) / 2
    path = "".join(
        f"M{n(at[code][0])} {n(at[code][1] - tall)}l{n(half)} {n(tall / 2)}v{n(tall)}"
        f"l{n(-half)} {n(tall / 2)} {n(-half)} {n(-tall / 2)}v{n(-tall)}z"
        for code in codes
    )
    return f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="{n(width)}"/>'
