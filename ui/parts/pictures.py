"""Drawings as pictures: Streamlit takes SVG out of HTML, but not out of an address."""

from __future__ import annotations

from html import escape
from urllib.parse import quote


def image(svg: str, words: str, css: str) -> str:
    """HTML of a picture that is an SVG drawing, and the words for whoever does not see it."""
    address = quote(svg, safe=" /=:',.-;()")
    return (
        f'<img class="{css}" src="data:image/svg+xml,{address}" alt="{escape(words)}" '
        f'title="{escape(words)}">'
    )
