"""Hexes and tables whose footprints can be picked by mouse, touch or keyboard.

Streamlit's own table is a canvas that screen readers cannot read, and hexes need no WebGL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from stp_data.core.atlas import Atlas
from stp_data.overview.shading import Shade, Shading
from stp_data.places.footprints import Footprint, all_footprints
from ui.parts import component


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
    """[number, colour, text, inside, value] for each shade, as picker.js unpacks them.

    They travel at every change, so what ends a row is left out where it is as usual: no value,
    inside, and the colour and text that most have ("no figure").
    """
    places, used, usual = all_footprints(atlas), _colours(shading), _usual(shading)
    rows: list[list[object]] = []
    for shade in shades:
        row: list[object] = [places[shade.code].number]
        value, look = figures.get(shade.code), [used.index(shade.colour), shade.text]
        if value is not None:
            row += [*look, int(shade.inside), round(value, 4)]
        elif not shade.inside:
            row += [*look, 0]
        elif look != usual:
            row += look
        rows.append(row)
    return rows


def _usual(shading: Shading) -> list[object]:
    """The colour, as a place among the colours, and the text that most footprints have."""
    used = _colours(shading)
    looks = Counter((used.index(shade.colour), shade.text) for shade in shading.shades)
    return list(looks.most_common(1)[0][0])


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
        "usual": _usual(shading),
        "colours": _colours(shading),
        "chosen": chosen.code if chosen else "",
        **more,
    }
    component.draw(atlas, f"picker_{kind}", data, on_pick)
