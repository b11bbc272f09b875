"""Hexes and tables whose footprints can be picked by mouse, touch or keyboard.

Streamlit's own table is a canvas that screen readers cannot read, and hexes need no WebGL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stp_data.atlas import Atlas
from stp_data.footprints import Footprint, all_footprints
from stp_data.shading import Shade, Shading
from ui import component


def hexes(
    atlas: Atlas,
    shading: Shading,
    chosen: Footprint | None,
    *,
    title: str,
    accent: str,
    on_pick: Callable[[str], None],
) -> None:
    """A hex a footprint."""
    rows = _rows(atlas, shading, list(shading.shades), {})
    _mount(atlas, "hexes", shading, rows, chosen, on_pick, {"title": title, "accent": accent})


def table(
    atlas: Atlas,
    label: str,
    figures: Mapping[str, float],
    shading: Shading,
    chosen: Footprint | None,
    *,
    title: str,
    accent: str,
    on_pick: Callable[[str], None],
) -> None:
    """A row a footprint that the filter keeps, sortable by name, region and figure.

    ``figures`` (by code) are what the last column, headed ``label``, is sorted by.
    """
    inside = [shade for shade in shading.shades if shade.inside]
    rows = _rows(atlas, shading, inside, figures)
    columns = ["Footprint", "NHS region", label]
    more: dict[str, object] = {"title": title, "accent": accent, "columns": columns}
    _mount(atlas, "table", shading, rows, chosen, on_pick, more)


def _rows(
    atlas: Atlas, shading: Shading, shades: list[Shade], figures: Mapping[str, float]
) -> list[list[object]]:
    """[number, colour, text, inside, value] for each shade, as picker.js unpacks them."""
    places, used = all_footprints(atlas), _colours(shading)
    return [
        [
            places[shade.code].number,
            used.index(shade.colour),
            shade.text,
            int(shade.inside),
            figures.get(shade.code),
        ]
        for shade in shades
    ]


def _colours(shading: Shading) -> list[str]:
    return list(dict.fromkeys(shade.colour for shade in shading.shades))


def _mount(
    atlas: Atlas,
    kind: str,
    shading: Shading,
    rows: list[list[object]],
    chosen: Footprint | None,
    on_pick: Callable[[str], None],
    more: dict[str, object],
) -> None:
    data = {
        "kind": kind,
        "rows": rows,
        "colours": _colours(shading),
        "chosen": chosen.code if chosen else "",
        **more,
    }
    component.draw(atlas, f"picker_{kind}", data, on_pick)
