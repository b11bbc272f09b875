"""The map of the 44: drawn by deck.gl from files that the browser fetches once.

Only colours travel when the view changes. Each layer names an accessor that looks a colour up by
the outline's number, so a change sends a list of 44 small numbers and no geometry.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import pydeck
import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.overview.shading import Shading
from stp_data.places.footprints import Footprint

KEY = "footprint_map"
HEIGHT, HEIGHT_NARROW = 640, 430
ZOOM, ZOOM_NARROW = 5.42, 4.58
CENTRE = {"latitude": 52.95, "longitude": -2.1}
# Further to the east, so that the map's buttons do not lie on London.
CENTRE_NARROW = {"latitude": 52.95, "longitude": -1.4}

# Edges of the sea box in which London is drawn larger.
LONDON_BOX_ALPHA = 110
LONDON_BOX = [[-0.66, 54.42], [2.4, 54.42], [2.4, 55.84], [-0.66, 55.84], [-0.66, 54.42]]


def draw(
    atlas: Atlas,
    shading: Shading,
    chosen: Footprint | None,
    *,
    dark: bool,
    narrow: bool,
    alt: str,
    on_pick: Callable[[str], None],
) -> None:
    """Draw the map; ``on_pick`` gets the code of a footprint that the reader clicks."""
    st.pydeck_chart(
        _deck(atlas, shading, chosen, dark, narrow),
        height=HEIGHT_NARROW if narrow else HEIGHT,
        on_select=lambda: _picked(on_pick),
        selection_mode="single-object",
        key=KEY,
        alt=alt,
    )


def _picked(on_pick: Callable[[str], None]) -> None:
    layers = st.session_state[KEY].selection.objects
    for objects in layers.values():
        if objects:
            on_pick(str(objects[0]["properties"]["code"]))


@lru_cache(maxsize=512)
def _deck(
    atlas: Atlas, shading: Shading, chosen: Footprint | None, dark: bool, narrow: bool
) -> pydeck.Deck:
    palette = colours.palette(dark)
    style = "blank-dark.json" if dark else "blank-light.json"
    number = chosen.number if chosen else 0
    data = f"app/static/{atlas.static_files.map}"
    return _CompactDeck(
        layers=_layers(data, shading, palette, number),
        views=[pydeck.View("MapView", controller={"scrollZoom": False})],
        initial_view_state=_NARROW if narrow else _WIDE,
        map_style=f"app/static/{style}",
        tooltip=_tooltip(shading),
    )


_WIDE = pydeck.ViewState(**CENTRE, zoom=ZOOM)
_NARROW = pydeck.ViewState(**CENTRE_NARROW, zoom=ZOOM_NARROW)


class _CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck without the spaces and line breaks that pydeck writes into every message.

    Decks are kept and drawn for many readers, so the text is made once.
    """

    _text: str | None = None

    def to_json(self) -> str:
        """The deck as deck.gl reads it."""
        if self._text is None:
            self._text = json.dumps(json.loads(super().to_json()), separators=(",", ":"))
        return self._text


def _layers(
    data: str, shading: Shading, palette: colours.Palette, number: int
) -> list[pydeck.Layer]:
    """Colours and borders, the border of the chosen footprint, what clicks meet, London's box.

    An accessor finds an outline by its number n (from 1); ``number`` is the chosen one's, or 0.
    """
    used = list(dict.fromkeys(shade.colour for shade in shading.shades))
    # A digit a footprint: there are at most five classes, missing and outside.
    picks = "".join(str(used.index(shade.colour)) for shade in shading.shades)
    table = str([colours.rgb(colour) for colour in used]).replace(" ", "")
    # The parser of deck.gl indexes a list or text only when it stands in brackets.
    accessor = f"({table})[('{picks}')[properties.n-1]]"
    pixels = pydeck.types.String("pixels")
    return [
        pydeck.Layer(
            "GeoJsonLayer",
            id="fill",
            data=data,
            pickable=False,
            get_fill_color=accessor,
            get_line_color=colours.rgb(palette.edge),
            line_width_units=pixels,
            get_line_width=0.8,
            # deck.gl looks at an accessor again only when its trigger changes.
            update_triggers={"getFillColor": zlib.crc32(accessor.encode())},
        ),
        # The id changes with the choice: Streamlit keeps only its own update triggers, and deck.gl
        # would not look at the widths again.
        pydeck.Layer(
            "GeoJsonLayer",
            id=f"chosen-{number}",
            data=data,
            filled=False,
            pickable=False,
            get_line_color=colours.rgb(palette.chosen),
            line_width_units=pixels,
            get_line_width=f"properties.n=={number}?3.5:0",
            line_joint_rounded=True,
        ),
        # An invisible fill apart from the outlines, which in a pickable layer make clicks too slow
        # to count without a GPU. The id changes with the choice because Streamlit forgets its own
        # selection, and the dimming that goes with it, only when the layer is gone.
        pydeck.Layer(
            "GeoJsonLayer",
            id=f"target-{number}",
            data=data,
            stroked=False,
            pickable=True,
            get_fill_color=[0, 0, 0, 1],
        ),
        pydeck.Layer(
            "PathLayer",
            id="london-box",
            data=[{"path": LONDON_BOX}],
            get_path="path",
            get_color=[*colours.rgb(palette.text), LONDON_BOX_ALPHA],
            width_units=pixels,
            get_width=1,
        ),
    ]


def _tooltip(shading: Shading) -> dict[str, object]:
    """Name and figure. The page's figures all travel in it; a rule shows the n-th."""
    texts = [shade.text for shade in shading.shades]
    usual, times = Counter(texts).most_common(1)[0]
    # What most have ("no figure") stands once, for the empty ones.
    is_common = times > len(texts) // 2
    figures = "".join(f"<p>{'' if is_common and text == usual else text}" for text in texts)
    rule = ".stp-tip p{display:none;margin:0}.stp-tip p:nth-of-type({n}){display:block}"
    if is_common:
        rule += f".stp-tip p:empty::after{{content:'{usual}'}}"
    return {"html": f"<style>{rule}</style><b>{{name}}</b><div class=stp-tip>{figures}</div>"}
