"""Hexes and tables whose footprints can be picked by mouse, touch or keyboard.

A small component of our own because Streamlit's table is a canvas that screen readers cannot
read, and because hexes need no WebGL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from stp_data import measures, priorities
from stp_data.atlas import Atlas
from stp_data.footprints import Footprint, all_footprints
from stp_data.priorities import Question
from ui import assets, colours
from ui.shading import Shade, Shading

# A few lines only: what Streamlit is given here travels again at every interaction.
_LOADER = """export default (component) => {
const at = (address) => new URL(address, document.baseURI)
import(at("SCRIPT")).then((picker) => picker.mount(component, at("WHO")))}"""


def _component(atlas: Atlas) -> Callable[..., object]:
    """Make the component known to Streamlit: once a run, before it is drawn."""
    script = _LOADER.replace("SCRIPT", assets.address("picker.js", "picker.css"))
    script = script.replace("WHO", f"app/static/{atlas.static_files.who}")
    return st.components.v2.component("stp_picker", html="<div data-holder></div>", js=script)


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
    measure: str,
    shading: Shading,
    chosen: Footprint | None,
    *,
    title: str,
    accent: str,
    on_pick: Callable[[str], None],
) -> None:
    """A row a footprint that the filter keeps, sortable by name, region and figure."""
    found = measures.values(atlas, measure)
    inside = [shade for shade in shading.shades if shade.inside]
    rows = _rows(atlas, shading, inside, found.by_code)
    columns = ["Footprint", "NHS region", found.measure.label]
    more: dict[str, object] = {"title": title, "accent": accent, "columns": columns}
    _mount(atlas, "table", shading, rows, chosen, on_pick, more)


def matrix(
    atlas: Atlas,
    question: Question,
    cell: tuple[str, str] | None,
    *,
    dark: bool,
    on_pick: Callable[[str], None],
) -> None:
    """All footprints by all themes: how strong the evidence is; a cell picked is code:theme.

    Columns run from the theme most plans name to the rarest, clinical ones first; rows by NHS
    region, and inside one by how many themes were found.
    """
    places, themes = all_footprints(atlas), priorities.themes(atlas)
    proofs = priorities.evidence(atlas, later=question.rules.later)
    counts = priorities.counts(atlas, question.rules)
    named = priorities.named(atlas, question.rules)
    columns = sorted(themes, key=lambda key: (themes[key].kind, -counts[key], key))
    codes = sorted(
        (c for c, place in places.items() if question.region in (None, place.region)),
        key=lambda c: (places[c].region, -len(named[c]), c),
    )
    rows = [
        [
            places[code].number,
            "".join(str(priorities.strength_of(proofs.get((code, key), ()))) for key in columns),
            len(named[code]),
        ]
        for code in codes
    ]
    data: dict[str, object] = {
        "kind": "matrix",
        "title": "Footprints by themes. 1: other sources only. 2: an official source. "
        "3: an official source and more",
        "rows": rows,
        "heads": [[key, themes[key].label, counts[key]] for key in columns],
        "colours": ["", *(colours.palette(dark).scale[i] for i in (0, 2, 4))],
        "accent": colours.palette(dark).chosen,
        "chosen": ":".join(cell) if cell else "",
    }
    _draw(atlas, "picker_matrix", data, on_pick)


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
    _draw(atlas, f"picker_{kind}", data, on_pick)


def _draw(atlas: Atlas, key: str, data: dict[str, object], on_pick: Callable[[str], None]) -> None:
    def picked() -> None:
        code = st.session_state[key].picked
        if code:
            on_pick(str(code))

    _component(atlas)(key=key, data=data, on_picked_change=picked)
