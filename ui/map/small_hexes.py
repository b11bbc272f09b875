"""The 44 as small hexes, one of them and its neighbours marked."""

from __future__ import annotations

from functools import lru_cache

from stp_data.core.atlas import Atlas
from stp_data.pictures.drawing import CHOSEN, LAND, NEIGHBOUR
from stp_data.places import footprints
from ui.parts import pictures

RADIUS = 10
WIDTH = RADIUS * 3**0.5


@lru_cache(maxsize=64)
def hexes(atlas: Atlas, code: str) -> str:
    """SVG: each footprint the same size, in about its place."""
    everyone = footprints.all_footprints(atlas)
    beside = {other.code for other in footprints.neighbours(atlas, code)}
    at = {
        place.code: ((place.hex_q + place.hex_r / 2) * WIDTH, place.hex_r * 1.5 * RADIUS)
        for place in everyone.values()
    }
    left, top = min(x for x, _ in at.values()), min(y for _, y in at.values())
    right, bottom = max(x for x, _ in at.values()), max(y for _, y in at.values())

    def cells(codes: list[str]) -> str:
        return "".join(_hex(at[one][0] - left, at[one][1] - top) for one in codes)

    others = [one for one in everyone if one != code and one not in beside]
    margin = RADIUS + 1
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{-margin} {-margin} "
        f"{right - left + 2 * margin:.0f} {bottom - top + 2 * margin:.0f}'>"
        f"<path fill='{LAND}' d='{cells(others)}'/>"
        f"<path fill='{NEIGHBOUR}' d='{cells(sorted(beside))}'/>"
        f"<path fill='{CHOSEN}' d='{cells([code])}'/></svg>"
    )
    words = f"{everyone[code].name} among the 44, each drawn as one hex, with its neighbours"
    return pictures.image(svg, words, "stp-hexes")


def _hex(x: float, y: float) -> str:
    """Path data of a hex with a corner at its top, a little smaller than its cell."""
    tall, half = RADIUS - 0.6, (WIDTH - 1) / 2
    return (
        f"M{x:.1f} {y - tall:.1f}l{half:.1f} {tall / 2:.1f}v{tall:.1f}l{-half:.1f} {tall / 2:.1f}"
        f"l{-half:.1f} {-tall / 2:.1f}v{-tall:.1f}z"
    )
