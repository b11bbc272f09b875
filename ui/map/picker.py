"""The 44 on the map, as hexes and as a table, to be picked by mouse, touch or keyboard.

Streamlit's own table is a canvas that screen readers cannot read, and hexes need no WebGL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.overview.shading import Shading
from stp_data.overview.subject import Subject
from stp_data.places.footprints import Footprint, all_footprints
from ui.map import deck
from ui.parts import chrome, component

OnPick = Callable[[str], None]
"""What gets the code of a footprint that the reader picks."""


def map_or_hexes(
    atlas: Atlas,
    view: str,
    shading: Shading,
    chosen: Footprint | None,
    *,
    alt: str,
    narrow: bool = True,
    on_pick: OnPick,
) -> None:
    """The 44 in their colours: on the map where ``view`` is "map", else a hex each."""
    dark = chrome.is_dark()
    if view == "map":
        deck.draw(atlas, shading, chosen, dark=dark, narrow=narrow, alt=alt, on_pick=on_pick)
    else:
        accent = colours.palette(dark).chosen
        hexes(atlas, shading, chosen, title=alt, accent=accent, on_pick=on_pick)


def hexes(
    atlas: Atlas,
    shading: Shading,
    chosen: Footprint | None,
    *,
    title: str,
    accent: str,
    on_pick: OnPick,
) -> None:
    """A hex a footprint."""
    data = _data(atlas, "hexes", shading, chosen) | {"title": title, "accent": accent}
    component.draw(atlas, "picker_hexes", data, on_pick)


def table(atlas: Atlas, shown: Subject, chosen: Footprint | None, *, on_pick: OnPick) -> None:
    """A row a footprint that the filter keeps, sortable by name, region and figure."""
    data = _data(atlas, "table", shown.shading, chosen, shown.figures) | {
        "title": shown.subtitle,
        "accent": colours.palette(chrome.is_dark()).chosen,
        "columns": ["Footprint", "NHS region", shown.label],
    }
    component.draw(atlas, "picker_table", data, on_pick)


def _data(
    atlas: Atlas,
    kind: str,
    shading: Shading,
    chosen: Footprint | None,
    figures: Mapping[str, float] | None = None,
) -> dict[str, object]:
    """What picker.js draws; with ``figures`` only the footprints that the filter keeps.

    A row is [number, colour, text, inside, value]. Rows travel at every change, so what ends one
    is left out where it is as usual: no value, inside, and the colour and text that most have.
    """
    used = list(dict.fromkeys(shade.colour for shade in shading.shades))
    looks = Counter((used.index(shade.colour), shade.text) for shade in shading.shades)
    usual = looks.most_common(1)[0][0]
    rows: list[list[object]] = []
    for shade in shading.shades:
        if figures is not None and not shade.inside:
            continue
        row: list[object] = [all_footprints(atlas)[shade.code].number]
        look, value = (used.index(shade.colour), shade.text), (figures or {}).get(shade.code)
        if value is not None:
            row += [*look, int(shade.inside), round(value, 4)]
        elif not shade.inside:
            row += [*look, 0]
        elif look != usual:
            row += look
        rows.append(row)
    return {
        "kind": kind,
        "rows": rows,
        "usual": list(usual),
        "colours": used,
        "chosen": chosen.code if chosen else "",
    }
