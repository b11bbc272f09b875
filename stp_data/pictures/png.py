"""A chart as PNG, for where SVG is not taken: office papers and social media."""

from __future__ import annotations

import font_source_sans_pro as letters
import resvg_py

FINER = 2
"""Pixels for each unit of the drawing, so that letters are sharp on paper."""


def png(document: str) -> bytes:
    """The picture of a whole SVG document; letters come with the package, not from the machine."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=document,
            skip_system_fonts=True,
            font_files=[letters.SourceSansPro, letters.SourceSansProSemibold],
            font_family="Source Sans Pro",
            sans_serif_family="Source Sans Pro",
            zoom=FINER,
        )
    )
