"""How every chart looks: our Plotly templates, and the frame of words around a plot.

Title, subtitle, source and date are part of the figure, so that a downloaded picture has them too.
They are placed in pixels, so heights must be known: each chart says how high its plot is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.overview.colours import Palette
from stp_data.pictures import svg
from stp_data.pictures.figure import Words

FONT = '"Source Sans", "Source Sans Pro", Arial, Helvetica, sans-serif'
"""That of the app; a downloaded picture falls back to Arial."""
SMALL, LABEL, TITLE = 12, 13, 17
MARK = 11
"""Of a mark, in pixels."""
LINE = 1.3
"""Height of a line in Plotly, in sizes of its letters."""
MODE_BAR = 32
"""Kept free above the title for Plotly's buttons."""
EDGE = 8
"""Kept free at the left and right, which a downloaded picture needs."""
LEGEND_LINE = 22


@dataclass(frozen=True)
class Look:
    """What depends on the reader's screen and theme."""

    dark: bool = False
    narrow: bool = False

    @property
    def palette(self) -> Palette:
        """Colours of the theme."""
        return colours.palette(self.dark)

    @property
    def width(self) -> int:
        """The least width in pixels that a chart gets on such a screen: plan for this one."""
        return 288 if self.narrow else 560


@dataclass(frozen=True)
class Chart:
    """A figure, the words around it, and the name of the file that a reader takes away."""

    name: str
    figure: go.Figure
    words: Words
    height: int
    """Of the whole chart, in pixels."""
    is_narrow: bool
    """Whether it is drawn for a phone."""

    @property
    def picture_width(self) -> int:
        """Width of a downloaded picture, in pixels before scaling."""
        return 390 if self.is_narrow else 900


@cache
def template(dark: bool) -> go.layout.Template:
    """The Plotly template of a theme."""
    palette = colours.palette(dark)
    axis = {
        "color": palette.soft,
        "gridcolor": palette.grid,
        "linecolor": palette.grid,
        "zerolinecolor": palette.soft,
        "zerolinewidth": 1,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": SMALL, "color": palette.soft},
        "title": {"font": {"size": SMALL, "color": palette.soft}, "standoff": 6},
        "automargin": False,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": LABEL, "color": palette.text},
            "paper_bgcolor": palette.background,
            "plot_bgcolor": palette.background,
            "colorway": list(colours.MARKS),
            "separators": ".,",
            # A finger that moves over a chart scrolls the page.
            "dragmode": False,
            "hovermode": "closest",
            "clickmode": "event+select",
            "hoverlabel": {
                "align": "left",
                "bgcolor": palette.background,
                "bordercolor": palette.soft,
                "font": {"family": FONT, "size": LABEL, "color": palette.text},
                "namelength": -1,
            },
            "modebar": {
                "bgcolor": "rgba(0,0,0,0)", "color": palette.soft, "activecolor": palette.text,
            },
            "legend": {
                "orientation": "h", "x": 0, "xref": "container", "xanchor": "left",
                "yref": "container", "yanchor": "top", "traceorder": "normal",
                "font": {"size": SMALL, "color": palette.text}, "itemsizing": "constant",
                "itemdoubleclick": False, "bgcolor": "rgba(0,0,0,0)",
            },
            "annotationdefaults": {
                "showarrow": False, "align": "left", "borderpad": 0,
                "xref": "paper", "x": 0, "xanchor": "left", "yref": "paper",
                "bgcolor": palette.background, "font": {"size": SMALL, "color": palette.soft},
            },
            "xaxis": axis,
            "yaxis": axis,
        },
        data={
            "scatter": [
                go.Scatter(
                    mode="markers+text",
                    textposition="middle right",
                    textfont={"size": SMALL, "color": palette.soft},
                    marker={"size": MARK},
                    # A mark that is chosen gets a ring; the others stay as they are.
                    unselected={"marker": {"opacity": 1}, "textfont": {"color": palette.soft}},
                )
            ]
        },
    )  # fmt: skip


def width_of(words: str, size: float = LABEL, *, bold: bool = False) -> float:
    """How wide a line is drawn, a little more rather than less."""
    return svg.width_of(words, size, bold=bold)


def lines(words: str, most: float, size: float = LABEL, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than ``most`` pixels, safe to be given to Plotly."""
    return tuple(map(escaped, svg.wrapped(words, most, size, bold=bold)))


def wrapped(words: str, most: float, size: float = LABEL, *, bold: bool = False) -> str:
    """The same as one text of Plotly's."""
    return "<br>".join(lines(words, most, size, bold=bold))


def escaped(words: str) -> str:
    """Text that Plotly must not take for markup, nor for a formula."""
    words = re.sub(r"&(?=#?\w+;)", "&amp;", words)
    return words.replace("<", "&lt;").replace("$", "&#36;")


def ring(x: float | str, y: float, look_: Look, size: float) -> go.Scatter:
    """What surrounds a chosen mark."""
    colour = look_.palette.chosen
    return go.Scatter(
        x=[x], y=[y], mode="markers", hoverinfo="skip", showlegend=False, name="chosen",
        marker={
            "symbol": "circle-open", "size": size, "color": colour,
            "line": {"width": 3, "color": colour},
        },
    )  # fmt: skip


HOVER_WIDE = 320
"""Lines shown on hovering are no wider, so that they fit on a phone."""


def cited(atlas: Atlas, keys: Iterable[str], most: int = 1) -> str:
    """Who says so, in few words for hovering: the first sources, and how many more there are."""
    named = list(dict.fromkeys(sources.short_citation(sources.source(atlas, key)) for key in keys))
    more = f" and {len(named) - most} more" if len(named) > most else ""
    return f"{'; '.join(named[:most])}{more}"


def hover(words: str) -> str:
    """Words to be shown on hovering, in short lines."""
    return wrapped(words, HOVER_WIDE if len(words) > 50 else 10_000)


def compose(
    atlas: Atlas,
    name: str,
    words: Words,
    traces: Sequence[go.Scatter | go.Bar | go.Sankey],
    look: Look,
    *,
    plot: float,
    left: float = 0,
    right: float = 0,
    above: float = 0,
    below: float = 24,
    legend: Sequence[str] = (),
    layout: Mapping[str, Any] | None = None,
) -> Chart:
    """Traces with their words around them.

    ``plot`` is the height of the plot; ``left`` and ``right`` are its margins, ``above`` and
    ``below`` the room for words of axes; ``legend`` names the entries of the legend, where there is
    one. ``layout`` are axes and what else this chart needs.
    """
    most = look.width - 2 * EDGE
    title_size = 15 if look.narrow else TITLE
    title = lines(words.title, most, title_size, bold=True)
    subtitle = lines(words.subtitle, most, LABEL)
    whose = f"STP Atlas, {wording.data_of(atlas)}. Not an official NHS service."
    foot = (
        *lines(f"Source: {words.source}", most, SMALL),
        *lines(whose, most, SMALL),
    )
    subtitle_at = MODE_BAR + len(title) * title_size * LINE + 4
    legend_at = subtitle_at + len(subtitle) * LABEL * LINE + 8
    top = legend_at + _legend_height(legend, look.width) + 6 + above
    bottom = below + 8 + len(foot) * SMALL * LINE + 8
    height = round(top + plot + bottom)
    palette = look.palette
    given = dict(layout or {})
    annotations = [
        *given.pop("annotations", ()),
        {
            "y": 1, "yanchor": "top", "yshift": top - MODE_BAR, "xshift": -left,
            "text": f"<b>{'<br>'.join(title)}</b>", "name": "title",
            "font": {"size": title_size, "color": palette.text},
        },
        {
            "y": 1, "yanchor": "top", "yshift": top - subtitle_at, "xshift": -left,
            "text": "<br>".join(subtitle), "font": {"size": LABEL}, "name": "subtitle",
        },
        {
            "y": 0, "yanchor": "top", "yshift": -below - 8, "xshift": -left,
            "text": "<br>".join(foot), "name": "source",
        },
    ]  # fmt: skip
    figure = go.Figure(
        data=list(traces),
        layout={
            "template": template(look.dark),
            "height": height,
            "margin": {
                "l": left + EDGE, "r": right + EDGE, "t": top, "b": bottom, "autoexpand": False,
            },
            "showlegend": bool(legend),
            "legend": {
                **given.pop("legend", {}), "y": 1 - legend_at / height,
                # Measured here: a picture has other letters than the page.
                "entrywidth": _entry_width(legend), "entrywidthmode": "pixels",
            },
            "annotations": annotations,
            **given,
        },
    )  # fmt: skip
    return Chart(name, figure, words, height, look.narrow)


def _legend_height(names: Sequence[str], width: float) -> float:
    """Pixels that a legend takes; entries wider than the chart stand below each other."""
    if not names:
        return 0
    each = _entry_width(names) + 45
    if each > width:
        texts = [lines(name, width - 60, SMALL) for name in names]
        return sum(len(text) * SMALL * LINE + 5 for text in texts)
    return -(-len(names) // max(1, int(width // each))) * LEGEND_LINE


def _entry_width(names: Sequence[str]) -> float:
    return max((width_of(name, SMALL) for name in names), default=0)
