"""The sheet of a theme as a page, and the list of all."""

from __future__ import annotations

from functools import lru_cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview import colours
from stp_data.pictures import outlines
from stp_data.places import footprints
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import KINDS, Question
from stp_data.search.find import LONGEST_QUERY
from web.briefing import page as briefing
from web.briefing.parts import Briefing
from web.pages import templates_of
from web.theme import content

KEPT = 35
"""Sheets kept: one for each theme."""
MAP_WIDTH = 400

templates = templates_of(__file__, briefing.__file__)


@lru_cache(maxsize=KEPT)
def sheet(atlas: Atlas, key: str, base: str) -> Briefing:
    """What the sheet of a theme says."""
    return content.sheet(atlas, key, base)


def html(atlas: Atlas, key: str, base: str) -> str:
    """The page; ``base`` is the address of this site, without a slash at its end."""
    found, degrees = sheet(atlas, key, base), content.degrees(atlas, key)
    drawn, height = outlines.england(atlas, MAP_WIDTH, london=True)
    words = {**sharing.DEGREES, 0: sharing.NOT_FOUND.lower()}
    return templates.get_template("theme.html.j2").render(
        b=found,
        width=MAP_WIDTH,
        height=height,
        shapes={
            degree: "".join(drawn[code] for code, of in degrees.items() if of == degree)
            for degree in sorted(words)
        },
        legend={degree: words[degree] for degree in sorted(words, reverse=True)},
        light=colours.strengths(dark=False),
        dark=colours.strengths(dark=True),
        address=f"{base}/theme/{key}",
        **briefing.links(base),
    )


def index(atlas: Atlas, base: str) -> str:
    """All themes, with at least how many plans name each."""
    themes = themes_named.themes(atlas).values()
    return templates.get_template("themes.html.j2").render(
        kinds={
            title: [
                (theme, sharing.sentence(atlas, Question((theme.key,), rules=content.COUNTED)))
                for theme in themes
                if theme.kind == kind
            ]
            for kind, title in KINDS.items()
        },
        plans=len(footprints.all_footprints(atlas)),
        address=f"{base}/theme/",
        home="../",
        what_this_is=wording.WHAT_THIS_IS,
    )


def unknown(atlas: Atlas, asked: str, home: str) -> str:
    """What is shown for a name of no theme; ``home`` is the path of this site."""
    return templates.get_template("no_theme.html.j2").render(
        asked=asked[:LONGEST_QUERY],
        themes=list(themes_named.themes(atlas).values()),
        home=home,
        what_this_is=wording.WHAT_THIS_IS,
    )
