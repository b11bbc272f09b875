"""A chart of the catalogue on a page: drawn inline, its dots picked by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from stp_data.core.atlas import Atlas
from stp_data.pictures.catalogue import CHARTS
from stp_data.pictures.figure import NARROW, WIDE, Figure, in_page
from stp_data.pictures.ink import IN_PAGE
from ui.parts import component


def draw(
    atlas: Atlas,
    name: str,
    choices: Mapping[str, str],
    *,
    narrow: bool,
    file: str,
    headed: bool = True,
    chosen: str = "",
    accent: str = "",
    on_pick: Callable[[str], None] = lambda _: None,
) -> None:
    """Heading, chart, source line and downloads.

    ``choices`` must be words that the catalogue allows; ``file`` is the address of the CSV with
    the same figures. Without ``headed`` the page has put the title itself.
    """
    given = tuple(sorted(choices.items()))
    figure = _figure(atlas, name, given, NARROW if narrow else WIDE)
    if headed:
        st.subheader(figure.words.title, anchor=False)
    st.caption(figure.words.subtitle)
    data: dict[str, object] = {
        "kind": "chart",
        "svg": in_page(figure),
        "chosen": chosen,
        "accent": accent,
        "width": figure.drawing.width,
    }
    component.draw(atlas, f"chart_{name}", data, on_pick)
    query = f"?{escape(urlencode(given))}" if given else ""
    st.html(
        f'<p class="stp-note">Source: {escape(figure.words.source)} '
        f'<a href="{escape(file)}" download>CSV</a> · '
        f'<a href="chart/{name}.png{query}" download>PNG</a> · '
        f'<a href="chart/{name}.svg{query}" download>SVG</a></p>'
    )


@lru_cache(maxsize=128)
def _figure(atlas: Atlas, name: str, choices: tuple[tuple[str, str], ...], width: int) -> Figure:
    return CHARTS[name].draw(atlas, dict(choices), IN_PAGE, width)
